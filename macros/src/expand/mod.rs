//! Writing: from a lowered declaration to the items it becomes.

pub mod block;
pub mod budget;
pub mod fallback;
mod imported;
pub mod integers;
pub mod network;

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use crate::span::Crate;

/// `Tensor<'lifetime>`
fn tensor(krate: &Crate, lifetime: &str) -> TokenStream {
    let span = Span::mixed_site();
    let internal = krate.internal(span);
    let lifetime = syn::Lifetime::new(lifetime, span);
    quote_spanned!(span=> #internal::Tensor<#lifetime>)
}
