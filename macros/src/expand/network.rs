//! A network: a type for its constants, and a function for its use as a block of another.

use netcost_core::__macro::is_channels_last;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Block, Expr, ExprLit, GenericParam, Generics, Lifetime, Lit};

use super::{budget, imported, integers, tensor};
use crate::diagnostics::spell;
use crate::lower::extents::shape;
use crate::model::{Attributes, Definition, Extents, Input, Network, Output};
use crate::span::{LIFETIME, Place, graph, local};

/// The label of the block that holds a network's body.
pub fn body_label() -> Lifetime {
    Lifetime::new("'__body", Span::mixed_site())
}

/// `let out = body;`, in the user's own braces, which the compiler then points into. Only a `return` needs a label.
pub fn value_of_body(declared: TokenStream, body: &Block, returns: bool) -> TokenStream {
    let label = returns.then(|| {
        let label = body_label();
        quote!(#label:)
    });
    quote! {
        #[allow(unused_braces)]
        let #declared = #label #body;
    }
}

/// All items of a network whose body is lowered.
pub fn network(network: &Network) -> TokenStream {
    let declared = network_type(network);
    let graph = implementation(network);
    let function = function(network);
    let evaluated = evaluated(network);
    let (channels_last, typelevel) = (channels_last(network), typelevel(network));
    let (of_file, of_integers) = (imported::items(network), integers::items(network));
    quote!(#declared #graph #of_file #of_integers #function #evaluated #channels_last #typelevel)
}

/// `pub enum DsCnn {}`
fn network_type(network: &Network) -> TokenStream {
    let Network { attributes, vis, name, generics, .. } = network;
    let Attributes { cfg, lints, rest, deprecated, .. } = attributes;
    let clause = &generics.where_clause;
    // Lints about the type point at its name.
    let (keyword, nothing) = (quote_spanned!(name.span()=> enum), quote_spanned!(name.span()=> {}));
    quote! {
        #(#rest)* #deprecated #(#cfg)* #(#lints)*
        #[allow(non_camel_case_types, missing_debug_implementations, missing_copy_implementations)]
        #vis #keyword #name #generics #clause #nothing
    }
}

/// `impl Declared for DsCnn`: its graph, built by the body or from the file. `impl Network for DsCnn`: all that follows
/// from it.
fn implementation(network: &Network) -> TokenStream {
    let Network { attributes, name, generics, krate, limits, .. } = network;
    let (cfg, lints) = (&attributes.cfg, &attributes.lints);
    let uses = uses(attributes);
    let (impl_generics, _, clause) = generics.split_for_impl();
    let arguments = arguments(generics);
    let graph = match &network.definition {
        Definition::Body { body, returns } => declared(network, body, *returns),
        Definition::File { quantized, .. } => imported::graph(network, *quantized),
    };
    let budget = (!limits.is_empty()).then(|| budget::constant(krate, limits));
    let runs = runs(network);
    let assert = (!limits.is_empty() && !network.is_concrete()).then(|| budget::assertion(krate, limits));
    quote! {
        #(#cfg)* #(#lints)* #uses
        impl #impl_generics #krate::Declared for #name #arguments #clause {
            #graph
            #budget
            #assert
            #runs
        }
        #(#cfg)* #uses
        impl #impl_generics #krate::Network for #name #arguments #clause {}
    }
}

/// `const GRAPH: &'static Deployed = ..`, built by a body.
fn declared(network: &Network, body: &Block, returns: bool) -> TokenStream {
    let Network { name, krate, .. } = network;
    let internal = krate.internal(Span::mixed_site());
    let text = name.unraw().to_string();
    let settings = settings(network);
    let inputs = network.inputs.iter().map(|input| declare(network, input));
    let output = output_type(network, "'_");
    let outputs = outputs(network);
    let (store, builder, graph, out) = (local("__store"), local("__builder"), graph(), local("__out"));
    let body = value_of_body(quote!(#out: #output), body, returns);
    let at_name = Place::of(name);
    let finish_path = krate.internal(at_name.first);
    let finish = at_name.call(quote_spanned!(at_name.first=> #finish_path::Builder::finish), quote!(#graph));
    let deployed = at_name.call(quote_spanned!(at_name.first=> #finish_path::Deployed::deploy), quote!(&mut #store));
    quote! {
        const GRAPH: &'static #internal::Deployed = &{
            let mut #store = #internal::Deployed::new(#settings);
            let #builder = #internal::Builder::new(#store.graph_mut(), #text);
            let #graph = &#builder;
            #(#inputs)*
            #body
            #outputs
            #finish;
            #deployed;
            #store
        };
    }
}

/// The expansion's own uses of a deprecated network deserve no warning.
fn uses(attributes: &Attributes) -> Option<TokenStream> {
    attributes.deprecated.as_ref().map(|_| quote!(#[allow(deprecated)]))
}

/// `const RUNS: () = check_kernels(Self::GRAPH);`, which fails at the data type, and `const STATELESS: () = ..`, at the
/// name. The notes on an error in the graph point at the name.
fn runs(network: &Network) -> TokenStream {
    let graph = quote_spanned!(network.name.span()=> Self::GRAPH);
    let check = |tokens: &Ident, check: &str| {
        let place = Place::of(tokens);
        let (path, check) = (network.krate.internal(place.first), Ident::new(check, place.first));
        place.call(quote_spanned!(place.first=> #path::#check), graph.clone())
    };
    let kernels = match &network.definition {
        Definition::File { quantized: true, .. } => Some(check(&network.name, "check_floats")),
        Definition::Body { .. } if integers::is_quantized(network) => Some(check(&network.name, "check_floats")),
        _ => network.settings.dtype.as_ref().map(|dtype| check(dtype, "check_kernels")),
    };
    let kernels = kernels.map(|check| quote!(const RUNS: () = #check;));
    let stateless = check(&network.name, "check_stateless");
    quote! {
        #kernels
        const STATELESS: () = #stateless;
    }
}

/// `Settings::new().fuse().dtype(DataType::I8)`
fn settings(network: &Network) -> TokenStream {
    let krate = &network.krate;
    let internal = krate.internal(Span::mixed_site());
    let mut settings = quote!(#internal::Settings::new());
    if network.settings.fuse {
        settings.extend(quote!(.fuse()));
    }
    if network.settings.declared_order {
        settings.extend(quote!(.declared_order()));
    }
    if network.settings.stream.is_some() {
        settings.extend(quote!(.stream()));
    }
    if let Some(variant) = &network.settings.dtype {
        settings.extend(quote!(.dtype(#krate::DataType::#variant)));
    }
    settings
}

/// `let x = Builder::input(__graph, "x", Shape::new(&[3, 224, 224]));`
fn declare(network: &Network, input: &Input) -> TokenStream {
    let Input { mutability, name, tensor } = input;
    let place = Place::of(&tensor.ty);
    let internal = network.krate.internal(place.first);
    let text = name.unraw().to_string();
    let (graph, shape) = (graph(), shape(&network.krate, tensor));
    let call = place.call(quote_spanned!(place.first=> #internal::Builder::input), quote!(#graph, #text, #shape));
    quote!(let #mutability #name = #call;)
}

/// The checks of what the body returns, each shown at its own type.
fn outputs(network: &Network) -> TokenStream {
    let out = local("__out");
    let check = |tensor: &Extents, value: TokenStream| {
        let place = Place::of(&tensor.ty);
        let internal = network.krate.internal(place.first);
        let (graph, shape) = (graph(), shape(&network.krate, tensor));
        let path = quote_spanned!(place.first=> #internal::Builder::output);
        let call = place.call(path, quote!(#graph, #value, #shape));
        quote!(#call;)
    };
    match &network.output {
        Output::One(tensor) => check(tensor, quote!(#out)),
        Output::Tuple(tensors) => {
            (0..).map(syn::Index::from).zip(tensors).map(|(field, tensor)| check(tensor, quote!(#out.#field))).collect()
        }
        Output::Array(tensor, _) => {
            let next = local("__next");
            let check = check(tensor, quote!(#out[#next]));
            quote! {
                let mut #next = 0usize;
                while #next < #out.len() {
                    #check
                    #next += 1;
                }
            }
        }
    }
}

/// The type of what the body returns.
fn output_type(network: &Network, lifetime: &str) -> TokenStream {
    let tensor = tensor(&network.krate, lifetime);
    match &network.output {
        Output::One(_) => tensor,
        Output::Tuple(tensors) => {
            let tensors = tensors.iter().map(|_| &tensor);
            quote!((#(#tensors,)*))
        }
        Output::Array(_, len) => quote!([#tensor; #len]),
    }
}

/// `pub const fn DsCnn(x: Tensor) -> Tensor`: the network as a block of another. It replays the graph, so the body is
/// compiled, and its errors are shown, once.
fn function(network: &Network) -> TokenStream {
    let Network { attributes, vis, name, generics, krate, .. } = network;
    let Attributes { cfg, function, deprecated, .. } = attributes;
    let inlined = (!function.iter().any(|attribute| attribute.path().is_ident("inline"))).then(|| quote!(#[inline]));
    let uses = uses(attributes);
    let (arguments, clause) = (arguments(generics), &generics.where_clause);
    let internal = krate.internal(Span::mixed_site());
    let names: Vec<_> = network.inputs.iter().map(|input| &input.name).collect();
    let first = names.first();
    let spliced = quote!(#first.builder().splice(#internal::block::<#name #arguments>(), [#(#names),*]));
    let body = match &network.output {
        Output::One(_) => {
            let out = local("__out");
            quote!(let [#out] = #spliced; #out)
        }
        Output::Tuple(tensors) => {
            let outs: Vec<_> = (0..tensors.len()).map(|i| local(&format!("__out{i}"))).collect();
            quote!(let [#(#outs),*] = #spliced; (#(#outs,)*))
        }
        Output::Array(..) => spliced,
    };
    let generics = function_generics(generics);
    let (tensor, output) = (tensor(krate, LIFETIME), output_type(network, LIFETIME));
    quote! {
        #(#cfg)*
        #[doc(hidden)]
        #[allow(non_snake_case, dead_code)]
        #inlined #(#function)* #deprecated #uses
        #vis const fn #name #generics (#(#names: #tensor),*) -> #output #clause {
            #body
        }
    }
}

/// The generics as the arguments of the network's type, in braces: a type may have the name of a number.
pub fn arguments(generics: &Generics) -> Option<TokenStream> {
    let names = generics.const_params().map(|param| &param.ident);
    (!generics.params.is_empty()).then(|| quote!(<#({ #names }),*>))
}

/// The generics of the function: the lifetime of the graph it is called in, and no defaults.
pub fn function_generics(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    for param in &mut generics.params {
        if let GenericParam::Const(param) = param {
            param.eq_token = None;
            param.default = None;
        }
    }
    let lifetime = Lifetime::new(LIFETIME, Span::mixed_site());
    generics.params.insert(0, syn::parse_quote!(#lifetime));
    generics.where_clause = None;
    generics
}

/// Makes the compiler evaluate a concrete network, so that `cargo check` reports its errors and those of its budget.
fn evaluated(network: &Network) -> TokenStream {
    let Network { attributes, name, krate, limits, .. } = network;
    let cfg = &attributes.cfg;
    if !network.is_concrete() {
        return TokenStream::new();
    }
    let check = match &limits[..] {
        [] => {
            let graph = budget::evaluate(krate, name);
            quote!(#graph let _ = <#name as #krate::Network>::COST;)
        }
        limits => budget::check(krate, name, &quote!(<#name as #krate::Declared>::LIMITS), limits),
    };
    let (uses, unread) = (uses(attributes), unread(network));
    quote!(#(#cfg)* #uses const _: () = { #check }; #unread)
}

/// A warning if there are layers that nobody reads.
fn unread(network: &Network) -> TokenStream {
    let Network { attributes, name, krate, .. } = network;
    let Attributes { cfg, lints, .. } = attributes;
    let (uses, span) = (uses(attributes), Place::of(name).first);
    let krate = krate.at(span);
    let any = quote_spanned!(span=> <#name as #krate::Declared>::GRAPH.has_unread());
    let note = format!(
        "no output of `{name}` depends on some of its layers, so they are neither counted nor run: `{name}::UNREAD` and \
         `report()` name them; write `#[allow(deprecated)]` if you mean it"
    );
    let warning = budget::warning(span, ["Layers", "UNREAD"], &any, &note);
    quote!(#(#cfg)* #(#lints)* #uses const _: () = #warning;)
}

/// A warning for each input that looks like an image with its channels last, as other libraries have them.
fn channels_last(network: &Network) -> TokenStream {
    let Network { attributes, krate, .. } = network;
    let (cfg, lints) = (&attributes.cfg, &attributes.lints);
    let is_read = matches!(network.definition, Definition::File { .. });
    if attributes.deprecated.is_some() || is_read {
        return TokenStream::new();
    }
    let mut warnings = TokenStream::new();
    for (index, Input { name, tensor, .. }) in network.inputs.iter().enumerate() {
        let [height, width, channels] = &tensor.dims[..] else {
            continue;
        };
        let known = [height, width, channels].map(number);
        let possible = [known[0].unwrap_or(8), known[1].unwrap_or(8), known[2].unwrap_or(1)];
        let is_known = !known.contains(&None);
        if !is_channels_last(possible) || !is_known && !network.is_concrete() {
            continue;
        }
        // An extent that is wrong is an error where the graph is built, and not here again.
        let (network, at) = (&network.name, Place::of(&network.name).first);
        let is_last = match is_known {
            true => quote!(true),
            false => quote_spanned!(at=> <#network as #krate::Declared>::GRAPH.has_channels_last(#index)),
        };
        let [height, width, channels] = [height, width, channels].map(spell);
        let note = format!(
            "the channels of an image come first: write `{name}: Tensor<{channels}, {height}, {width}>`, \
             or `#[allow(deprecated)]` if it is no image"
        );
        let place = Place::of(&tensor.ty);
        let warning = budget::warning(place.first, ["Image", "CHANNELS_LAST"], &is_last, &note);
        warnings.extend(quote!(#(#cfg)* #(#lints)* const _: () = #warning;));
    }
    warnings
}

/// The number that an extent is at sight.
fn number(extent: &Expr) -> Option<usize> {
    match extent {
        Expr::Lit(ExprLit { lit: Lit::Int(extent), .. }) => extent.base10_parse().ok(),
        _ => None,
    }
}

fn typelevel(network: &Network) -> Option<TokenStream> {
    let Network { attributes, name, krate, settings, .. } = network;
    let cfg = &attributes.cfg;
    let word = settings.typelevel.as_ref()?;
    let mac = format_ident!("__typelevel", span = word.span().resolved_at(Span::mixed_site()));
    Some(quote!(#(#cfg)* #krate::#mac!(#name);))
}
