//! Stated extents: `Tensor<3, 224, 224>` as a shape, and the check that a tensor has it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::model::Extents;
use crate::span::{Crate, Place};

/// `Shape::new(&[3, 224, 224])`, shown at the type that states it.
pub fn shape(krate: &Crate, tensor: &Extents) -> TokenStream {
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
