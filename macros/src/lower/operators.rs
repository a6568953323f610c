//! `+ - * /` on what may be tensors, their assignments, and `==` on enums.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{BinOp, Expr, ExprBinary};

use super::Lower;
use super::kind::{Kind, bare, is_camel_case, peel};
use crate::span::{Place, hidden, parenthesized};

impl Lower<'_> {
    /// An operator with two operands.
    pub(super) fn binary(&mut self, expr: &mut Expr) -> Kind {
        let place = Place::of_expr(expr);
        let Expr::Binary(binary) = expr else {
            return Kind::Unknown;
        };
        if let BinOp::Eq(_) | BinOp::Ne(_) = binary.op
            && let Some(matches) = self.comparison(binary)
        {
            *expr = matches;
            return Kind::Number;
        }
        let Some((method, span, assigns)) = arithmetic(&binary.op) else {
            self.expr(&mut binary.left);
            self.expr(&mut binary.right);
            return Kind::Number;
        };
        // What is assigned to is lent to be changed, and is read as well.
        let mut target = assigns.then(|| binary.left.clone());
        let errors = self.report.len();
        let assigned = target.as_mut().map(|target| self.place(target));
        let left = match assigned {
            Some(kind) if self.report.len() > errors => kind,
            _ => self.expr(&mut binary.left),
        };
        let right = self.expr(&mut binary.right);
        if left == Kind::Number && (right == Kind::Number || assigns) {
            if let Some(target) = target {
                binary.left = target;
            }
            return Kind::Number;
        }
        let taken = |operand: &mut Expr| bare(std::mem::replace(operand, Expr::PLACEHOLDER)).into_token_stream();
        let (a, b) = (taken(&mut binary.left), taken(&mut binary.right));
        let internal = self.krate.internal(place.first);
        let operands = parenthesized(quote!(#a, #b), place.last);
        let operands = quote_spanned!(place.first=> #internal::Operands::new #operands);
        let method = Ident::new(method, span);
        let operation = place.call(quote_spanned!(span=> #operands.#method), TokenStream::new());
        *expr = Expr::Verbatim(match target {
            Some(target) => quote_spanned!(span=> #target = #operation),
            None => operation,
        });
        match (left, right) {
            _ if assigns => Kind::Unknown,
            (Kind::Tensor, _) | (_, Kind::Tensor) => Kind::Tensor,
            _ => Kind::Unknown,
        }
    }

    /// `act == Act::Relu`, which const Rust forbids, as `matches!(act, Act::Relu)`.
    fn comparison(&mut self, binary: &mut ExprBinary) -> Option<Expr> {
        let (value, variant) = match (is_variant(&binary.left), is_variant(&binary.right)) {
            (_, true) => (&mut binary.left, &binary.right),
            (true, false) => (&mut binary.right, &binary.left),
            _ => return None,
        };
        let span = hidden(Place::of(&binary.op).first);
        let variant = peel(variant).to_token_stream();
        self.expr(value);
        let value = bare((**value).clone());
        let not = matches!(binary.op, BinOp::Ne(_)).then(|| quote_spanned!(span=> !));
        Some(Expr::Verbatim(quote_spanned!(span=> #not ::core::matches!(#value, #variant))))
    }

    /// `x = ..`
    pub(super) fn assign(&mut self, expr: &mut Expr) -> Kind {
        if let Expr::Assign(assign) = expr {
            self.place(&mut assign.left);
            self.expr(&mut assign.right);
        }
        Kind::Unknown
    }
}

/// The method of `Operands`, the operator's span, and whether it assigns.
fn arithmetic(op: &BinOp) -> Option<(&'static str, Span, bool)> {
    Some(match op {
        BinOp::Add(token) => ("add", token.span, false),
        BinOp::Sub(token) => ("sub", token.span, false),
        BinOp::Mul(token) => ("mul", token.span, false),
        BinOp::Div(token) => ("div", token.span, false),
        BinOp::AddAssign(token) => ("add", token.spans[0], true),
        BinOp::SubAssign(token) => ("sub", token.spans[0], true),
        BinOp::MulAssign(token) => ("mul", token.spans[0], true),
        BinOp::DivAssign(token) => ("div", token.spans[0], true),
        _ => return None,
    })
}

/// A path such as `Act::Relu`.
fn is_variant(expr: &Expr) -> bool {
    match peel(expr) {
        Expr::Path(path) if path.qself.is_none() && path.path.segments.len() > 1 => {
            path.path.segments.last().is_some_and(|last| is_camel_case(&last.ident.to_string()))
        }
        _ => false,
    }
}
