//! The attributes of netcost: `#[network]`, `#[block]` and `#[budget]`.
//!
//! They are documented in the `netcost` crate, which re-exports them. A declaration passes through the files here in
//! this order: `parse` (what was written), `check` (what may not be written) to `model`, `lower` (the body), `expand`.

#![forbid(unsafe_code)]

mod amount;
mod budget;
mod check;
mod expand;
mod lower;
mod model;
mod parse;
mod pipeline;
mod place;
mod report;
#[cfg(test)]
mod tests;
mod weights;

use proc_macro::TokenStream;

/// Declares a network.
#[proc_macro_attribute]
pub fn network(arguments: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::network(arguments.into(), item.into()).into()
}

/// Declares a block: a function of tensors that networks and other blocks call.
#[proc_macro_attribute]
pub fn block(arguments: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::block(arguments.into(), item.into()).into()
}

/// Sets limits to what a network may cost.
#[proc_macro_attribute]
pub fn budget(arguments: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::budget(arguments.into(), item.into()).into()
}

/// The weights of a network from a safetensors file.
#[proc_macro]
pub fn weights(input: TokenStream) -> TokenStream {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    weights::expand(input.into(), root.as_ref()).into()
}
