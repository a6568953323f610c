//! The check of a budget: one call for each limit, shown at the limit.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Lit, Stmt};

use crate::budget::{Limit, Value};
use crate::span::{Crate, Place, hidden, local, parenthesized};

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
        // It takes the type of what it is assigned to.
        Value::Expr(expr) if is_made_of(expr, &|literal| matches!(literal, Lit::Int(_))) => quote!(#expr),
        Value::Expr(expr) => {
            let place = Place::of_expr(expr);
            let internal = krate.internal(place.first);
            // A number with a point is an `f64` if nothing else says its type.
            let ty = is_made_of(expr, &|_| true).then(|| quote!(::<f64>));
            let written = parenthesized(quote!(#expr), place.last);
            let value = quote_spanned!(place.first=> #internal::Written #ty #written);
            let value = place.call(quote_spanned!(place.first=> #value.limit), TokenStream::new());
            quote_spanned! {span=> {
                #[allow(unused_imports)]
                use #internal::refusals::*;
                #value
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

/// Whether an expression is made of literals alone, all of them of a kind.
fn is_made_of(expr: &Expr, kind: &impl Fn(&Lit) -> bool) -> bool {
    match expr {
        Expr::Lit(literal) => kind(&literal.lit),
        Expr::Paren(paren) => is_made_of(&paren.expr, kind),
        Expr::Unary(unary) => is_made_of(&unary.expr, kind),
        Expr::Binary(binary) => is_made_of(&binary.left, kind) && is_made_of(&binary.right, kind),
        Expr::Block(block) => matches!(&block.block.stmts[..], [Stmt::Expr(expr, None)] if is_made_of(expr, kind)),
        Expr::If(branch) => {
            let then = &branch.then_branch.stmts[..];
            matches!(then, [Stmt::Expr(expr, None)] if is_made_of(expr, kind))
                && branch.else_branch.as_ref().is_some_and(|(_, expr)| is_made_of(expr, kind))
        }
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
    // The generic network may have a budget as well.
    let own = quote_spanned!(network.span()=> let () = <#network as #krate::Declared>::ASSERT;);
    quote! {
        #is_network
        const #budget: &[#internal::Limit] = &[#(#limits_of),*];
        #check
        #own
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

/// The warning that a network is near a limit.
fn near(
    krate: &Crate,
    network: &TokenStream,
    budget: &TokenStream,
    index: usize,
    limit: &Limit,
) -> Option<TokenStream> {
    let percent = limit.warn?;
    let place = limit.place;
    let internal = krate.internal(place.first);
    let percentage = u64::from(percent);
    let condition = quote_spanned!(place.first=> #internal::near::<#network>(#budget, #index, #percentage));
    let text = &limit.text;
    let note = format!("`{network}` uses {percent}% or more of its limit `{text}`; its `report()` shows how much");
    Some(warning(place.first, ["Budget", "NEARLY_USED"], &condition, &note))
}

/// A warning under a condition that is known at compile time. On stable Rust it is the use of something deprecated: a
/// constant of one of two types. The compiler shows the names of the type and the constant.
pub fn warning(span: Span, [ty, constant]: [&str; 2], condition: &TokenStream, note: &str) -> TokenStream {
    let (ty, constant) = (Ident::new(ty, span), Ident::new(constant, span));
    // The condition may have names of the user's that are those of the type and the constant.
    quote_spanned! {span=> {
        const __WARN: bool = #condition;
        {
            #[allow(dead_code)]
            struct #ty<const WARN: bool>;
            #[allow(dead_code)]
            impl #ty<true> {
                #[deprecated(note = #note)]
                const #constant: () = ();
            }
            #[allow(dead_code)]
            impl #ty<false> {
                const #constant: () = ();
            }
            let () = #ty::<__WARN>::#constant;
        }
    }}
}
