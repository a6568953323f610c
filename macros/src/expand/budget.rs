//! The check of a budget: one call for each limit, shown at the limit.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Expr;

use crate::budget::{Limit, Value};
use crate::span::{Crate, hidden, local};

/// `const LIMITS: &'static [Limit] = &[..];`
pub fn constant(krate: &Crate, limits: &[Limit]) -> TokenStream {
    let internal = krate.internal(Span::mixed_site());
    let limits = limits.iter().map(|limit| value(krate, limit));
    quote!(const LIMITS: &'static [#internal::Limit] = &[#(#limits),*];)
}

fn value(krate: &Crate, limit: &Limit) -> TokenStream {
    let span = hidden(limit.place.first);
    let internal = krate.internal(span);
    let Limit { per_layer, text, .. } = limit;
    let quantity = limit.quantity.word.split('.').map(|word| Ident::new(word, span));
    let relation = Ident::new(&format!("{:?}", limit.relation), span);
    let value = match &limit.value {
        Value::Amount(value) => {
            let mut literal = Literal::u64_suffixed(*value);
            literal.set_span(span);
            quote!(#literal)
        }
        Value::Expr(expr) if is_literal(expr) => quote!(#expr),
        // A constant of any number type, usually `usize`.
        Value::Expr(expr) => {
            let (written, limit, exact) = (local("__written"), local("__limit"), local("__exact"));
            quote_spanned! {span=> {
                let #written = #expr;
                let #limit = #written as u64;
                #[allow(clippy::float_cmp)]
                let #exact = #limit as f64 == #written as f64;
                ::core::assert!(#exact, "a limit is a whole number, and not negative");
                #limit
            }}
        }
    };
    quote_spanned! {span=>
        #internal::Limit {
            quantity: #internal::quantities #(::#quantity)*,
            per_layer: #per_layer,
            relation: #internal::Relation::#relation,
            value: #value,
            text: #text,
        }
    }
}

/// Whether an expression consists only of literals, and so takes the type of what it is assigned to.
fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Paren(paren) => is_literal(&paren.expr),
        Expr::Unary(unary) => is_literal(&unary.expr),
        Expr::Binary(binary) => is_literal(&binary.left) && is_literal(&binary.right),
        _ => false,
    }
}

/// The statements that fail if a concrete network is over its budget, and warn if it is near. Its limits are in
/// `budget`.
///
/// The graph is named first: if it has an error, the compiler goes no further, and adds no notes on what depends on it.
pub fn check(krate: &Crate, network: &Ident, budget: &TokenStream, limits: &[Limit]) -> TokenStream {
    let graph = evaluate(krate, network);
    let network = network.to_token_stream();
    let broken = broken(krate, &network, budget, limits);
    let near = limits.iter().enumerate().filter_map(|(index, limit)| near(krate, &network, budget, index, limit));
    quote!(#graph #broken #(#near)*)
}

/// The check of an instance of a generic network.
pub fn check_instance(krate: &Crate, network: &Ident, limits: &[Limit]) -> TokenStream {
    let internal = krate.internal(Span::mixed_site());
    let budget = local("__BUDGET");
    let limits_of = limits.iter().map(|limit| value(krate, limit));
    let check = check(krate, network, &quote!(#budget), limits);
    // The message for a type that is not a network is that of the trait that users know.
    let krate = krate.at(network.span());
    let is_network = quote_spanned!(network.span()=> let _ = <#network as #krate::Network>::report;);
    quote! {
        #is_network
        const #budget: &[#internal::Limit] = &[#(#limits_of),*];
        #check
    }
}

/// Has the compiler build a network's graph; the note on an error in it points at the network's name.
pub fn evaluate(krate: &Crate, network: &Ident) -> TokenStream {
    let span = network.span();
    let krate = krate.at(span);
    quote_spanned!(span=> let _ = <#network as #krate::Declared>::GRAPH;)
}

/// The assertion of a generic network, evaluated for each instance.
pub fn assertion(krate: &Crate, limits: &[Limit]) -> TokenStream {
    let broken = broken(krate, &quote!(Self), &quote!(<Self as #krate::Declared>::LIMITS), limits);
    quote!(const ASSERT: () = { #broken };)
}

/// The first broken limit fails, with a message about all of them.
fn broken(krate: &Crate, network: &TokenStream, budget: &TokenStream, limits: &[Limit]) -> TokenStream {
    let first = local("__broken");
    let internal = krate.internal(Span::mixed_site());
    let checks = limits.iter().enumerate().map(|(index, limit)| {
        let place = limit.place;
        let internal = krate.internal(place.first);
        let exceeded = place.call(quote_spanned!(place.first=> #internal::exceeded::<#network>), budget.clone());
        quote!(if #first == #index { #exceeded })
    });
    quote! {
        let #first = #internal::first_broken::<#network>(#budget);
        #(#checks)*
    }
}

/// `Warn::<{ near::<N>(N::LIMITS, 0, 90) }>::check();`
fn near(
    krate: &Crate,
    network: &TokenStream,
    budget: &TokenStream,
    index: usize,
    limit: &Limit,
) -> Option<TokenStream> {
    let percent = u64::from(limit.warn?);
    let place = limit.place;
    let internal = krate.internal(place.first);
    Some(quote_spanned! {place.first=>
        #internal::Warn::<{ #internal::near::<#network>(#budget, #index, #percent) }>::check();
    })
}
