//! A network that runs in 8-bit integers: `impl Quantized for Kws`, and `Kws::run`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::model::{Definition, Network};
use crate::span::Place;

/// What a declared network that runs in 8-bit integers has besides its graph. Only lengths that are known make types, so
/// a generic one has none of it.
pub fn items(network: &Network) -> Option<TokenStream> {
    let is_declared = matches!(network.definition, Definition::Body { .. });
    if !is_declared || !is_quantized(network) {
        return None;
    }
    let (name, krate, internal) = (&network.name, &network.krate, network.krate.internal(Span::mixed_site()));
    let internal = quote!(#internal::quantized);
    let deployed = quote!(<#name as #krate::Declared>::GRAPH);
    let [steps, inputs, outputs] = ["steps", "inputs", "outputs"].map(|name| length(network, name));
    let recipe = quote!(#internal::WithWeights<#steps, #inputs, #outputs>);
    let lengths = lengths(network, &recipe, &quote!(#internal::mask_declared(#deployed)));
    let run = run(network);
    let (cfg, bytes) = (&network.attributes.cfg, length(network, "weights"));
    Some(quote! {
        #lengths

        #(#cfg)*
        impl #internal::TakesWeights<#bytes, #steps, #inputs, #outputs> for #name {}

        #run
    })
}

/// Whether a declared network runs in 8-bit integers.
pub fn is_quantized(network: &Network) -> bool {
    network.is_concrete() && network.settings.dtype.as_ref().is_some_and(|dtype| dtype == "I8")
}

/// `impl Quantized for Kws`: the lengths of its memory.
pub fn lengths(network: &Network, recipe: &TokenStream, kernels: &TokenStream) -> TokenStream {
    let (name, krate, cfg) = (&network.name, &network.krate, &network.attributes.cfg);
    let internal = krate.internal(Span::mixed_site());
    let internal = quote!(#internal::quantized);
    // An error in the graph is told at the name, as everywhere.
    let graph = quote_spanned!(name.span()=> <Self as #krate::Declared>::GRAPH);
    let [arena, weights] = ["arena", "weights"].map(|name| length(network, name));
    quote! {
        #(#cfg)*
        impl #krate::Quantized for #name {
            const LENGTHS: #internal::Lengths = #internal::Lengths::of::<Self>(#graph);
            type ArenaBytes = [i8; #arena];
            const EMPTY: Self::ArenaBytes = [0; #arena];
            type WeightBytes = [u8; #weights];
            type Recipe = #recipe;
            const KERNELS: u32 = #kernels;
        }
    }
}

/// A length of a network. If its graph has an error, the compiler notes that here: at the name, as everywhere.
pub fn length(network: &Network, length: &str) -> TokenStream {
    let (name, span) = (&network.name, network.name.span());
    let (krate, length) = (network.krate.at(span), Ident::new(length, span));
    quote_spanned!(span=> { <#name as #krate::Quantized>::LENGTHS.#length })
}

/// `Kws::start` and `Kws::run`. The compiler looks at what is inlined only where it is called.
pub fn run(network: &Network) -> TokenStream {
    if let Some(word) = &network.settings.stream {
        return run_by_rows(network, word);
    }
    let (name, krate, cfg) = (&network.name, &network.krate, &network.attributes.cfg);
    let internal = krate.internal(Span::mixed_site());
    let internal = quote!(#internal::quantized);
    quote! {
        #(#cfg)*
        impl #name {
            /// Starts the network: writes the first numbers of its state, which the runner keeps from one run to the next.
            #[inline]
            pub fn start<'a>(
                weights: &'a #krate::Weights<Self>,
                arena: &'a mut #krate::Arena<Self>,
            ) -> #krate::QuantizedRunner<'a, Self> {
                #krate::QuantizedRunner::new(weights, arena)
            }

            /// Runs the network on the inputs in the arena. The result derefs to the first output.
            ///
            /// # Errors
            /// If the steps are damaged, which only corrupted flash can cause.
            #[inline]
            pub fn run<'a>(
                weights: &#krate::Weights<Self>,
                arena: &'a mut #krate::Arena<Self>,
            ) -> ::core::result::Result<#krate::Outputs<'a, i8>, #krate::RunError> {
                #internal::run(weights, arena, |_| ())
            }

            /// The same, calling `after` with the index in `LAYERS` of each layer that a kernel has run.
            ///
            /// # Errors
            /// As `run`.
            #[inline]
            pub fn run_each<'a>(
                weights: &#krate::Weights<Self>,
                arena: &'a mut #krate::Arena<Self>,
                after: impl ::core::ops::FnMut(usize),
            ) -> ::core::result::Result<#krate::Outputs<'a, i8>, #krate::RunError> {
                #internal::run(weights, arena, after)
            }
        }
    }
}

/// The same of a network that runs row by row.
fn run_by_rows(network: &Network, word: &Ident) -> TokenStream {
    let (name, krate, cfg) = (&network.name, &network.krate, &network.attributes.cfg);
    let internal = krate.internal(Span::mixed_site());
    let internal = quote!(#internal::quantized);
    let tensors = length(network, "tensors");
    let place = Place::of(word);
    let at = krate.internal(place.first);
    let check = quote_spanned!(place.first=> #at::quantized::check_stream);
    let graph = quote_spanned!(name.span()=> <#name as #krate::Declared>::GRAPH);
    let check = place.call(check, graph);
    quote! {
        #(#cfg)*
        const _: () = #check;

        #(#cfg)*
        impl #krate::Streamed for #name {
            type Made = [#internal::Made; #tensors];
            const NOTHING: Self::Made = [#internal::Made::NONE; #tensors];
        }

        #(#cfg)*
        impl #name {
            /// Starts the network, which is then fed with the rows of its input.
            #[inline]
            pub fn start<'a>(
                weights: &'a #krate::Weights<Self>,
                arena: &'a mut #krate::Arena<Self>,
            ) -> #krate::RowRunner<'a, Self> {
                #krate::RowRunner::new(weights, arena)
            }

            /// Runs the network on all rows of an input. The result derefs to the first output.
            ///
            /// # Errors
            /// If the input has the wrong length, or the steps are damaged, which only corrupted flash can cause.
            #[inline]
            pub fn run<'a>(
                weights: &#krate::Weights<Self>,
                arena: &'a mut #krate::Arena<Self>,
                input: &[i8],
            ) -> ::core::result::Result<#krate::Outputs<'a, i8>, #krate::RunError> {
                #internal::run_by_rows(weights, arena, input, |_| ())
            }

            /// Proves that a run reads only memory that is in use: runs twice, and overwrites all other memory with
            /// anything before each row.
            ///
            /// # Errors
            /// If the input has the wrong length; or naming the first layer whose rows differ.
            #[inline]
            pub fn validate<'a>(
                weights: &#krate::Weights<Self>,
                arena: &'a mut #krate::Arena<Self>,
                input: &[i8],
            ) -> ::core::result::Result<#krate::Outputs<'a, i8>, #krate::ValidateError> {
                #internal::validate_by_rows(weights, arena, input)
            }

            /// The same as `run`, calling `after` with the index in `LAYERS` of each layer that has made its last row.
            ///
            /// # Errors
            /// As `run`.
            #[inline]
            pub fn run_each<'a>(
                weights: &#krate::Weights<Self>,
                arena: &'a mut #krate::Arena<Self>,
                input: &[i8],
                after: impl ::core::ops::FnMut(usize),
            ) -> ::core::result::Result<#krate::Outputs<'a, i8>, #krate::RunError> {
                #internal::run_by_rows(weights, arena, input, after)
            }
        }
    }
}
