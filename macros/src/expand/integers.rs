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

/// The docs of `start`, of `run` and its errors, and of `run_each`.
type Docs = [&'static str; 4];

const WHOLE: Docs = [
    " Starts the network: writes the first numbers of its state, which the runner keeps from one run to the next.",
    " Runs the network on the inputs in the arena. The result derefs to the first output.",
    " If the steps are damaged, which only corrupted flash can cause.",
    " The same, calling `after` with the index in `LAYERS` of each layer that a kernel has run.",
];

const ROWS: Docs = [
    " Starts the network, which is then fed with the rows of its input.",
    " Runs the network on all rows of an input. The result derefs to the first output.",
    " If the input has the wrong length, or the steps are damaged, which only corrupted flash can cause.",
    " The same, calling `after` with the index in `LAYERS` of each layer that has made its last row.",
];

/// `Kws::start` and `Kws::run`. The compiler looks at what is inlined only where it is called.
pub fn run(network: &Network) -> TokenStream {
    let (name, krate, cfg) = (&network.name, &network.krate, &network.attributes.cfg);
    let internal = krate.internal(Span::mixed_site());
    let internal = quote!(#internal::quantized);
    let by_rows = network.settings.stream.as_ref().map(|word| by_rows(network, word));
    // The runner, the run, its input, and what is said of them.
    let (runner, of, [input, given], [start, run, errors, each]) = match by_rows {
        None => (quote!(QuantizedRunner), quote!(run), [None, None], WHOLE),
        Some(_) => {
            let input = [Some(quote!(input: &[i8],)), Some(quote!(input,))];
            (quote!(RowRunner), quote!(run_by_rows), input, ROWS)
        }
    };
    quote! {
        #(#cfg)*
        impl #name {
            #[doc = #start]
            #[inline]
            pub fn start<'a>(
                weights: &'a #krate::Weights<Self>,
                arena: &'a mut #krate::Arena<Self>,
            ) -> #krate::#runner<'a, Self> {
                #krate::#runner::new(weights, arena)
            }

            #[doc = #run]
            ///
            /// # Errors
            #[doc = #errors]
            #[inline]
            pub fn run<'a>(
                weights: &#krate::Weights<Self>,
                arena: &'a mut #krate::Arena<Self>,
                #input
            ) -> ::core::result::Result<#krate::Outputs<'a, i8>, #krate::RunError> {
                #internal::#of(weights, arena, #given |_| ())
            }

            #[doc = #each]
            ///
            /// # Errors
            /// As `run`.
            #[inline]
            pub fn run_each<'a>(
                weights: &#krate::Weights<Self>,
                arena: &'a mut #krate::Arena<Self>,
                #input
                after: impl ::core::ops::FnMut(usize),
            ) -> ::core::result::Result<#krate::Outputs<'a, i8>, #krate::RunError> {
                #internal::#of(weights, arena, #given after)
            }
        }

        #by_rows
    }
}

/// What a network that runs row by row has besides: the check that it does, and its validation.
fn by_rows(network: &Network, word: &Ident) -> TokenStream {
    let (name, krate, cfg) = (&network.name, &network.krate, &network.attributes.cfg);
    let internal = krate.internal(Span::mixed_site());
    let internal = quote!(#internal::quantized);
    let tensors = length(network, "tensors");
    let place = Place::of(word);
    let at = krate.internal(place.first);
    let graph = quote_spanned!(name.span()=> <#name as #krate::Declared>::GRAPH);
    let check = place.call(quote_spanned!(place.first=> #at::quantized::check_stream), graph);
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
            /// Proves that a run reads only what is in use, and overwrites nothing that is read later: runs twice, with
            /// anything in all other memory before each row.
            ///
            /// # Errors
            /// If the input has the wrong length; or naming the first layer that does.
            #[inline]
            pub fn validate<'a>(
                weights: &#krate::Weights<Self>,
                arena: &'a mut #krate::Arena<Self>,
                input: &[i8],
            ) -> ::core::result::Result<#krate::Outputs<'a, i8>, #krate::ValidateError> {
                #internal::validate_by_rows(weights, arena, input)
            }
        }
    }
}
