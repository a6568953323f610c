//! Writing out: from a lowered declaration to the items that stand for it.

pub mod block;
pub mod budget;
pub mod network;
pub mod stub;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::model::Extents;
use crate::place::{Crate, Place};

/// `Shape::new(&[3, 224, 224])`, shown at the type that states it.
fn shape(krate: &Crate, tensor: &Extents) -> TokenStream {
    let place = Place::of(&tensor.ty);
    let internal = krate.internal(place.first);
    let dims = &tensor.dims;
    place.call(quote_spanned!(place.first=> #internal::Shape::new), quote!(&[#(#dims),*]))
}

/// `expect(tensor, shape)`: the tensor, if it has the shape that the type states.
pub fn expect(krate: &Crate, tensor: &Extents, value: TokenStream) -> TokenStream {
    let place = Place::of(&tensor.ty);
    let internal = krate.internal(place.first);
    let shape = shape(krate, tensor);
    place.call(quote_spanned!(place.first=> #internal::expect), quote!(#value, #shape))
}

/// `Tensor<'lifetime>`
fn tensor(krate: &Crate, lifetime: &str) -> TokenStream {
    let span = Span::mixed_site();
    let internal = krate.internal(span);
    let lifetime = syn::Lifetime::new(lifetime, span);
    quote_spanned!(span=> #internal::Tensor<#lifetime>)
}
