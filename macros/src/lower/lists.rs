//! Lists: `vec![..]` as the list of the core, and indexing of lists.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprIndex, ExprMethodCall, ExprUnary, Macro, Token, UnOp};

use super::kind::{Kind, bare};
use super::types::Types;
use super::{Lower, common};
use crate::span::Place;

impl Lower<'_> {
    /// `vec![a, b]`, `vec![x; n]`, `vec![]`
    pub(super) fn list(&mut self, call: &Macro) -> (Expr, Kind) {
        let parsed = elements.parse2(call.tokens.clone());
        let place = Place::of(call);
        let internal = self.krate.internal(place.first);
        let list = quote_spanned!(place.first=> #internal::List);
        let mut element = |mut value: Expr| {
            Types::inferred(self.krate).visit_expr_mut(&mut value);
            let kind = self.expr(&mut value);
            (value, kind)
        };
        let (method, arguments, kind) = match parsed {
            Ok(Elements::All(values)) if values.is_empty() => ("new", TokenStream::new(), Kind::Unknown),
            Ok(Elements::All(values)) => {
                let (values, kinds): (Vec<Expr>, Vec<Kind>) = values.into_iter().map(element).unzip();
                ("from_array", quote!([#(#values),*]), common(kinds))
            }
            Ok(Elements::Repeated(value, len)) => {
                let (value, kind) = element(*value);
                let (len, _) = element(*len);
                let (value, len) = (bare(value), bare(len));
                ("repeat", quote!(#value, #len), kind)
            }
            Err(error) => {
                self.report.error(error);
                ("new", TokenStream::new(), Kind::Unknown)
            }
        };
        let method = Ident::new(method, place.first);
        let call = place.call(quote_spanned!(place.first=> #list::#method), arguments);
        (Expr::Verbatim(call), Kind::list(kind))
    }

    /// `list[i]` where it is read.
    pub(super) fn index(&mut self, expr: &mut Expr) -> Kind {
        self.element(expr, "at")
    }

    /// The target of an assignment: `list[i]` is borrowed mutably.
    pub(super) fn place(&mut self, expr: &mut Expr) -> Kind {
        match expr {
            Expr::Index(_) => self.element(expr, "at_mut"),
            Expr::Paren(paren) => self.place(&mut paren.expr),
            Expr::Tuple(tuple) => Kind::Tuple(tuple.elems.iter_mut().map(|element| self.place(element)).collect()),
            expr => self.expr(expr),
        }
    }

    fn element(&mut self, expr: &mut Expr, method: &str) -> Kind {
        let whole = Place::of_expr(expr);
        let Expr::Index(index) = expr else {
            return Kind::Unknown;
        };
        let list = if method == "at" { self.expr(&mut index.expr) } else { self.place(&mut index.expr) };
        self.expr(&mut index.index);
        if list == Kind::Tensor {
            self.report.at(&index.index, "a tensor has no elements here: a part of it is `x.narrow(axis, start, len)`");
        }
        let is_place = method == "at_mut";
        match list {
            _ if matches!(*index.index, Expr::Range(_)) => {}
            Kind::List(_) => {
                let receiver = std::mem::replace(&mut *index.expr, Expr::PLACEHOLDER);
                *expr = at(receiver, method, index, whole);
            }
            // The types know whether it is a list.
            Kind::Unknown if !is_place && !self.conditional => {
                let items = std::mem::replace(&mut *index.expr, Expr::PLACEHOLDER);
                let internal = self.krate.internal(whole.first);
                let items = whole.call(quote_spanned!(whole.first=> #internal::Items), quote!(&#items));
                *expr = at(Expr::Verbatim(items), method, index, whole);
            }
            _ => {}
        }
        list.element()
    }
}

/// `*receiver.at(index)`
fn at(receiver: Expr, method: &str, index: &mut ExprIndex, whole: Place) -> Expr {
    let position = bare(std::mem::replace(&mut *index.index, Expr::PLACEHOLDER));
    let call = ExprMethodCall {
        attrs: Vec::new(),
        receiver: Box::new(receiver),
        dot_token: Token![.](whole.last),
        method: Ident::new(method, whole.last),
        turbofish: None,
        paren_token: syn::token::Paren(whole.last),
        args: [position].into_iter().collect(),
    };
    Expr::Unary(ExprUnary {
        attrs: Vec::new(),
        op: UnOp::Deref(Token![*](whole.first)),
        expr: Box::new(Expr::MethodCall(call)),
    })
}

/// The contents of `vec![..]`.
enum Elements {
    All(Punctuated<Expr, Token![,]>),
    Repeated(Box<Expr>, Box<Expr>),
}

fn elements(input: ParseStream<'_>) -> syn::Result<Elements> {
    if input.is_empty() {
        return Ok(Elements::All(Punctuated::new()));
    }
    let first: Expr = input.parse()?;
    if input.peek(Token![;]) {
        input.parse::<Token![;]>()?;
        return Ok(Elements::Repeated(Box::new(first), input.parse()?));
    }
    let mut all = Punctuated::new();
    all.push_value(first);
    while !input.is_empty() {
        all.push_punct(input.parse()?);
        if !input.is_empty() {
            all.push_value(input.parse()?);
        }
    }
    Ok(Elements::All(all))
}
