//! The attributes of the crate `netcost`, which re-exports and documents them: depend on that crate.
//!
//! `pipeline` joins the steps that a declaration passes through: `parse` reads what was written, `check` validates it
//! and returns the `model`, `lower` rewrites the body, and `expand` writes the items.
//!
//! A file imports only from those before it: `manifest`, `span`, `diagnostics`, `budget`, `model`, `parse`, `check`, `imported`,
//! `lower`, `expand`, `pipeline`. `weights` is independent of the others.

#![forbid(unsafe_code)]
// The attributes are documented once, where the facade re-exports them: only there can the text link to the core.
#![allow(missing_docs)]

mod budget;
mod check;
mod diagnostics;
mod expand;
mod imported;
mod lower;
mod manifest;
mod model;
mod parse;
mod pipeline;
mod span;
#[cfg(test)]
mod tests;
mod weights;

use proc_macro::TokenStream;

#[proc_macro_attribute]
pub fn network(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    pipeline::network(arguments.into(), item.into(), root.as_ref()).into()
}

#[proc_macro_attribute]
pub fn block(arguments: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::block(arguments.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn budget(arguments: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::budget(arguments.into(), item.into()).into()
}

#[proc_macro]
pub fn weights(input: TokenStream) -> TokenStream {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    weights::expand(input.into(), root.as_ref()).into()
}
