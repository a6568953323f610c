//! Where generated code is shown, and where its names are looked up.
//!
//! A call whose failure the user should see (a layer, an operator, a declared output) carries the spans of the user's
//! own tokens, from the first to the last. All other generated code is `hidden`: it resolves at the macro and is exempt
//! from the user's lints.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Path};

use crate::manifest;

/// The first and the last token of something the user wrote.
#[derive(Clone, Copy)]
pub struct Place {
    pub first: Span,
    pub last: Span,
}

impl Place {
    /// The place of some tokens.
    pub fn of(tokens: &impl ToTokens) -> Self {
        let mut tokens = tokens.to_token_stream().into_iter();
        let Some(first) = tokens.next() else {
            return Place { first: Span::call_site(), last: Span::call_site() };
        };
        let last = tokens.last().map_or_else(|| close(&first), |token| close(&token));
        Place { first: open(&first), last }
    }

    /// The place of an expression, if possible without producing its tokens.
    pub fn of_expr(expr: &Expr) -> Self {
        match (first(expr), last(expr)) {
            (Some(first), Some(last)) => Place { first, last },
            _ => Place::of(expr),
        }
    }

    /// A call that is shown from the first to the last token of this place. `path` should be spanned at the first.
    pub fn call(&self, path: TokenStream, arguments: TokenStream) -> TokenStream {
        let arguments = parenthesized(arguments, self.last);
        quote!(#path #arguments)
    }
}

fn first(mut expr: &Expr) -> Option<Span> {
    loop {
        expr = match expr {
            Expr::Binary(binary) if binary.attrs.is_empty() => &binary.left,
            Expr::Call(call) if call.attrs.is_empty() => &call.func,
            Expr::Field(field) if field.attrs.is_empty() => &field.base,
            Expr::Index(index) if index.attrs.is_empty() => &index.expr,
            Expr::MethodCall(call) if call.attrs.is_empty() => &call.receiver,
            Expr::Array(array) if array.attrs.is_empty() => return Some(array.bracket_token.span.open()),
            Expr::Lit(literal) if literal.attrs.is_empty() => return Some(literal.lit.span()),
            Expr::Paren(paren) if paren.attrs.is_empty() => return Some(paren.paren_token.span.open()),
            Expr::Path(path) if path.attrs.is_empty() && path.qself.is_none() && path.path.leading_colon.is_none() => {
                return path.path.segments.first().map(|segment| segment.ident.span());
            }
            Expr::Reference(reference) if reference.attrs.is_empty() => return Some(reference.and_token.span),
            Expr::Tuple(tuple) if tuple.attrs.is_empty() => return Some(tuple.paren_token.span.open()),
            _ => return None,
        }
    }
}

fn last(mut expr: &Expr) -> Option<Span> {
    loop {
        expr = match expr {
            Expr::Binary(binary) => &binary.right,
            Expr::Reference(reference) => &reference.expr,
            Expr::Array(array) => return Some(array.bracket_token.span.close()),
            Expr::Call(call) => return Some(call.paren_token.span.close()),
            Expr::Index(index) => return Some(index.bracket_token.span.close()),
            Expr::Lit(literal) => return Some(literal.lit.span()),
            Expr::MethodCall(call) => return Some(call.paren_token.span.close()),
            Expr::Paren(paren) => return Some(paren.paren_token.span.close()),
            Expr::Path(path) if path.qself.is_none() => match path.path.segments.last() {
                Some(segment) if segment.arguments.is_none() => return Some(segment.ident.span()),
                _ => return None,
            },
            Expr::Tuple(tuple) => return Some(tuple.paren_token.span.close()),
            _ => return None,
        }
    }
}

/// `(tokens)`, with a span.
pub fn parenthesized(tokens: TokenStream, span: Span) -> TokenTree {
    let mut group = Group::new(Delimiter::Parenthesis, tokens);
    group.set_span(span);
    group.into()
}

fn open(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            group.stream().into_iter().next().map_or_else(|| group.span(), |first| open(&first))
        }
        TokenTree::Group(group) => group.span_open(),
        token => token.span(),
    }
}

fn close(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            group.stream().into_iter().last().map_or_else(|| group.span(), |last| close(&last))
        }
        TokenTree::Group(group) => group.span_close(),
        token => token.span(),
    }
}

/// The span of generated code that is exempt from the user's lints, and shown, if at all, at a place in the user's
/// code.
pub fn hidden(shown: Span) -> Span {
    Span::mixed_site().located_at(shown)
}

/// A variable of the expansion, which no name of the user's can clash with.
pub fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// The lifetime of the graph in generated signatures. The compiler shows it to users.
pub const LIFETIME: &str = "'graph";

/// The graph's builder, as the lowered bodies call it.
pub fn graph() -> Ident {
    local("__graph")
}

/// The path of the facade crate: that of `crate = ..`, or else `::netcost`, or what `Cargo.toml` calls it.
#[derive(Clone)]
pub struct Crate(Option<Path>);

impl Crate {
    pub fn new(path: Option<Path>) -> Self {
        let renamed = || syn::parse_str(&format!("::{}", manifest::renamed()?)).ok();
        Crate(path.or_else(renamed))
    }

    /// The path of the crate, spanned.
    pub fn at(&self, span: Span) -> TokenStream {
        match &self.0 {
            None => quote_spanned!(span=> ::netcost),
            Some(path) => respan(path.to_token_stream(), span),
        }
    }

    /// The path of the items that exist for expansions, spanned.
    pub fn internal(&self, span: Span) -> TokenStream {
        let krate = self.at(span);
        quote_spanned!(span=> #krate::__macro)
    }
}

impl ToTokens for Crate {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.at(Span::mixed_site()));
    }
}

/// The same tokens shown elsewhere; names are still looked up where they were.
fn respan(tokens: TokenStream, shown: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            token.set_span(token.span().located_at(shown));
            token
        })
        .collect()
}
