//! A network that is read from a file: its graph and, if it is one of 8-bit integers, what its run needs.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;
use syn::ext::IdentExt;

use super::integers;
use crate::model::{Definition, Network};
use crate::span::{Place, local};

/// `const GRAPH: &'static Deployed = ..`. What is wrong with the file was told already.
pub fn graph(network: &Network, quantized: bool) -> TokenStream {
    let krate = &network.krate;
    let internal = krate.internal(Span::mixed_site());
    let file = match quantized {
        true => quote!(<Self as #internal::quantized::FromFile>::IMPORTED),
        false => quote!(Self::__IMPORTED),
    };
    quote!(const GRAPH: &'static #internal::Deployed = #file.deployed();)
}

/// The file, read.
fn imported(network: &Network, written: &LitStr, path: &str) -> TokenStream {
    let (name, file) = (network.name.unraw().to_string(), written.value());
    let (internal, store) = (network.krate.internal(Span::mixed_site()), local("__store"));
    let micro = network.settings.micro.as_ref().map(|_| quote!(.micro()));
    let order = network.settings.declared_order.then(|| quote!(.declared_order()));
    let stream = network.settings.stream.as_ref().map(|_| quote!(.stream()));
    let place = Place::of(written);
    let at = network.krate.internal(place.first);
    let read = quote_spanned!(place.first=> #at::Imported::read);
    let read = place.call(read, quote!(&mut #store, #name, #file));
    quote! {
        &{
            let mut #store = #internal::Imported::new(include_bytes!(#path)) #micro #order #stream;
            #read;
            #store
        }
    }
}

/// What a file gives besides its graph: weights and, in 8-bit integers, `impl Quantized for Kws` and the run. The compiler
/// looks at what is inlined only where it is called, so that a network of which a layer has no kernel has its costs.
pub fn items(network: &Network) -> Option<TokenStream> {
    match &network.definition {
        Definition::File { written, path, quantized: true } => Some(integers(network, written, path)),
        Definition::File { written, path, quantized: false } => Some(floats(network, written, path)),
        Definition::Body { .. } => None,
    }
}

/// The weights of a network in `f32`, in the order of the run.
fn floats(network: &Network, written: &LitStr, path: &str) -> TokenStream {
    let (name, krate, cfg) = (&network.name, &network.krate, &network.attributes.cfg);
    let internal = krate.internal(Span::mixed_site());
    let imported = imported(network, written, path);
    let len = quote!(<#name as #krate::Network>::WEIGHTS_LEN);
    quote! {
        #(#cfg)*
        impl #name {
            const __IMPORTED: &'static #internal::Imported = #imported;

            /// The weights of the file, as the run reads them: put them into a static.
            pub const fn weights() -> [f32; #len] {
                #krate::weights::floats(#internal::floats::<{ 4 * #len }>(Self::__IMPORTED))
            }
        }
    }
}

/// What a network in 8-bit integers gives: its lengths and steps, `Kws::weights()`, and its run.
fn integers(network: &Network, written: &LitStr, path: &str) -> TokenStream {
    let (name, krate, cfg) = (&network.name, &network.krate, &network.attributes.cfg);
    let internal = krate.internal(Span::mixed_site());
    let internal = quote!(#internal::quantized);
    let imported = imported(network, written, path);
    let this = quote!(<#name as #internal::FromFile>);
    let source = quote!(&#internal::Source::of_file(#this::IMPORTED));
    let (recipe, steps) = (quote!(#internal::OfType<#name>), integers::length(network, "steps"));
    let (lengths, run) = (integers::lengths(network, &recipe, &quote!(#this::KERNELS)), integers::run(network));
    quote! {
        #(#cfg)*
        impl #internal::FromFile for #name {
            const IMPORTED: &'static #krate::__macro::Imported = #imported;

            fn steps<Asked>() -> &'static [#internal::Step] {
                const { &#internal::steps::<#name, #steps>(#source) }
            }

            fn states<Asked>() -> &'static [(u32, i8)] {
                const { &#internal::states::<{ #internal::state_count(#source) }>(#source) }
            }
        }

        #lengths

        #(#cfg)*
        impl #name {
            /// The weights of the file, as the run reads them: `static WEIGHTS: Weights<Kws> = Kws::weights();`.
            pub const fn weights() -> #krate::Weights<Self> {
                #krate::Weights::of(#internal::pack(#source), #internal::OfType::NEW)
            }
        }

        #run
    }
}
