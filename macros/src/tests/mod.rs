//! Tests of the pipeline on tokens.

mod errors;
mod expand;
mod robust;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Item};

use crate::check::is_named;
use crate::pipeline;

/// Expands the attributes of netcost on the items of a file, as the compiler does: the outermost first, again and
/// again.
fn expand(source: &str) -> TokenStream {
    let tokens: TokenStream = source.parse().expect("the source has tokens");
    let file: syn::File = syn::parse2(tokens).expect("the source is Rust");
    file.items.into_iter().map(expand_item).collect()
}

fn expand_item(mut item: Item) -> TokenStream {
    const NAMES: [&str; 3] = ["network", "block", "budget"];
    let is_ours = |attribute: &Attribute| NAMES.iter().any(|name| is_named(attribute, name));
    let Some(attributes) = attributes(&mut item) else {
        return quote!(#item);
    };
    let Some(first) = attributes.iter().position(is_ours) else {
        return quote!(#item);
    };
    let attribute = attributes.remove(first);
    let arguments = match &attribute.meta {
        syn::Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    let item = quote!(#item);
    let expanded = match NAMES.iter().find(|name| is_named(&attribute, name)) {
        Some(&"network") => pipeline::network(arguments, item, "".as_ref()),
        Some(&"block") => pipeline::block(arguments, item),
        _ => pipeline::budget(arguments, item),
    };
    let file: syn::File = syn::parse2(expanded).expect("the expansion is Rust");
    file.items.into_iter().map(expand_item).collect()
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Fn(item) => Some(&mut item.attrs),
        Item::Type(item) => Some(&mut item.attrs),
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Enum(item) => Some(&mut item.attrs),
        _ => None,
    }
}
