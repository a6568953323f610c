//! What a declaration with an error becomes, so that uses of its name are not errors as well.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Attribute, FnArg, GenericParam, Generics, Pat, ReturnType, Type};

use super::network::function_generics;
use super::tensor;
use crate::check::{is_named, is_of_functions};
use crate::lower::types::Types;
use crate::parse::Function;
use crate::span::{Crate, local};

/// A network of no layers, under the right name.
pub fn network(function: &Function, krate: &Crate) -> TokenStream {
    let internal = krate.internal(Span::mixed_site());
    let (vis, name) = (&function.vis, &function.signature.ident);
    let is_of_type = |attribute: &&Attribute| !is_named(attribute, "budget") && !is_of_functions(attribute);
    let attributes: Vec<_> = function.attributes.iter().filter(is_of_type).collect();
    let cfg: Vec<_> = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let mut generics = function.signature.generics.clone();
    keep_const(&mut generics);
    let (impl_generics, arguments, clause) = generics.split_for_impl();
    let block = block_of(function, function_generics(&generics), krate);
    quote! {
        #(#attributes)*
        #[allow(non_camel_case_types)]
        #vis enum #name #generics #clause {}

        #(#cfg)*
        impl #impl_generics #krate::Declared for #name #arguments #clause {
            const GRAPH: &'static #internal::Deployed = #internal::Deployed::STUB;
        }

        #(#cfg)*
        impl #impl_generics #krate::Network for #name #arguments #clause {}

        #block
    }
}

/// A block that returns some tensor, under the right name.
pub fn block(function: &Function, krate: &Crate) -> TokenStream {
    let attributes = &function.attributes;
    let mut generics = function_generics(&function.signature.generics);
    generics.where_clause = function.signature.generics.where_clause.clone();
    let block = block_of(function, generics, krate);
    quote!(#(#attributes)* #block)
}

fn keep_const(generics: &mut Generics) {
    let params = std::mem::take(&mut generics.params);
    generics.params = params.into_iter().filter(|param| matches!(param, GenericParam::Const(_))).collect();
}

/// The function, with its parameters and result as declared.
fn block_of(function: &Function, generics: Generics, krate: &Crate) -> TokenStream {
    let (vis, name) = (&function.vis, &function.signature.ident);
    let cfg = function.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let mut first = None;
    let mut params = Vec::new();
    for (i, argument) in function.signature.inputs.iter().enumerate() {
        match argument {
            FnArg::Receiver(receiver) => params.push(receiver.to_token_stream()),
            FnArg::Typed(argument) => {
                let name = match &*argument.pat {
                    Pat::Ident(pat) => pat.ident.clone(),
                    _ => local(&format!("__{i}")),
                };
                if is_tensor(&argument.ty) {
                    first.get_or_insert_with(|| name.clone());
                }
                let ty = in_graph(&argument.ty, krate);
                params.push(quote!(#name: #ty));
            }
        }
    }
    let (output, pattern, value) = output(&function.signature.output, krate);
    let internal = krate.internal(Span::mixed_site());
    let body = match (first, pattern) {
        (Some(x), Some(pattern)) => quote! {
            let #pattern = #x.builder().splice(#internal::Deployed::STUB.graph(), [#x]);
            #value
        },
        _ => quote!(::core::panic!("this declaration has an error")),
    };
    let clause = &generics.where_clause;
    quote! {
        #(#cfg)*
        #[doc(hidden)]
        #[allow(non_snake_case, dead_code, unused_variables)]
        #vis const fn #name #generics (#(#params),*) #output #clause {
            #body
        }
    }
}

/// The declared result, and how to make one from the tensor of the fallback.
fn output(output: &ReturnType, krate: &Crate) -> (TokenStream, Option<TokenStream>, TokenStream) {
    let out = local("__out");
    let ReturnType::Type(arrow, ty) = output else {
        // A network without a result has been reported; it returns a tensor like any other.
        let tensor = tensor(krate, "'__g");
        return (quote!(-> #tensor), Some(quote!([#out])), quote!(#out));
    };
    let declared = in_graph(ty, krate);
    let declared = quote!(#arrow #declared);
    match &**ty {
        ty if is_tensor(ty) => (declared, Some(quote!([#out])), quote!(#out)),
        Type::Array(array) if is_tensor(&array.elem) => (declared, Some(quote!(#out)), quote!(#out)),
        Type::Tuple(tuple) if !tuple.elems.is_empty() && tuple.elems.iter().all(is_tensor) => {
            let outs: Vec<_> = (0..tuple.elems.len()).map(|i| local(&format!("__out{i}"))).collect();
            (declared, Some(quote!([#(#outs),*])), quote!((#(#outs,)*)))
        }
        _ => (declared, None, TokenStream::new()),
    }
}

fn is_tensor(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Tensor"))
}

/// A type with the lifetime of the graph.
fn in_graph(ty: &Type, krate: &Crate) -> Type {
    let mut ty = ty.clone();
    Types::declared(krate).visit_type_mut(&mut ty);
    ty
}
