//! What a declaration with an error becomes, so that uses of its name are not errors as well.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Attribute, FnArg, GenericParam, Generics, ItemStruct, Pat, ReturnType, Type};

use super::network::{arguments, function_generics};
use super::tensor;
use crate::check::{is_named, is_of_functions};
use crate::lower::types::Types;
use crate::parse::Function;
use crate::span::{Crate, LIFETIME, local};

/// A network of no layers, under the right name. A method cannot be one, nor have items beside it.
pub fn network(function: &Function, errors: &TokenStream, krate: &Crate) -> TokenStream {
    let internal = krate.internal(Span::mixed_site());
    let (vis, name) = (&function.vis, &function.signature.ident);
    if function.signature.receiver().is_some() {
        return quote!(#[allow(non_snake_case, dead_code)] #vis fn #name() { #errors });
    }
    let is_of_type = |attribute: &&Attribute| !is_named(attribute, "budget") && !is_of_functions(attribute);
    let attributes: Vec<_> = function.attributes.iter().filter(is_of_type).collect();
    let cfg: Vec<_> = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let mut generics = function.signature.generics.clone();
    keep_const(&mut generics);
    let (impl_generics, _, clause) = generics.split_for_impl();
    let arguments = arguments(&generics);
    let block = block_of(function, function_generics(&generics), errors, krate);
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

/// A block under the right name, which the errors keep from being evaluated.
pub fn block(function: &Function, errors: &TokenStream, krate: &Crate) -> TokenStream {
    let attributes = &function.attributes;
    let mut generics = function_generics(&function.signature.generics);
    generics.where_clause = function.signature.generics.where_clause.clone();
    let block = block_of(function, generics, errors, krate);
    quote!(#(#attributes)* #block)
}

/// A network whose signature cannot be parsed: its name alone.
pub fn unparsed(item: TokenStream, krate: &Crate) -> TokenStream {
    let internal = krate.internal(Span::mixed_site());
    let mut tokens = item.into_iter().skip_while(|token| token.to_string() != "fn").skip(1);
    match tokens.next() {
        Some(TokenTree::Ident(name)) if syn::parse2::<Ident>(name.to_token_stream()).is_ok() => quote! {
            #[allow(non_camel_case_types, dead_code)]
            pub enum #name {}

            impl #krate::Declared for #name {
                const GRAPH: &'static #internal::Deployed = #internal::Deployed::STUB;
            }

            impl #krate::Network for #name {}
        },
        _ => TokenStream::new(),
    }
}

/// What a file would have stated: a network under the right name, whatever it was written as.
pub fn of_file(item: TokenStream, errors: &TokenStream, krate: &Crate) -> TokenStream {
    if let Ok(function) = syn::parse2::<Function>(item.clone()) {
        return network(&function, errors, krate);
    }
    let internal = krate.internal(Span::mixed_site());
    let stub = match syn::parse2::<ItemStruct>(item.clone()) {
        Ok(item) => {
            let (vis, name) = (&item.vis, &item.ident);
            quote! {
                #[allow(dead_code)]
                #vis enum #name {}

                impl #krate::Declared for #name {
                    const GRAPH: &'static #internal::Deployed = #internal::Deployed::STUB;
                }

                impl #krate::Network for #name {}
            }
        }
        Err(_) => unparsed(item, krate),
    };
    quote!(#errors #stub)
}

fn keep_const(generics: &mut Generics) {
    let params = std::mem::take(&mut generics.params);
    let is_kept =
        |param: &GenericParam| matches!(param, GenericParam::Const(param) if matches!(param.ty, Type::Path(_)));
    generics.params = params.into_iter().filter(is_kept).collect();
}

/// The function, its parameters and its result as they were declared. Its body is the errors, which stop the evaluation of
/// what calls it without another.
fn block_of(function: &Function, generics: Generics, errors: &TokenStream, krate: &Crate) -> TokenStream {
    let (vis, name) = (&function.vis, &function.signature.ident);
    let cfg = function.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let params = function.signature.inputs.iter().enumerate().map(|(i, argument)| match argument {
        FnArg::Receiver(receiver) => receiver.to_token_stream(),
        FnArg::Typed(argument) => {
            let name = match &*argument.pat {
                Pat::Ident(pat) => pat.ident.clone(),
                _ => local(&format!("__{i}")),
            };
            let ty = in_graph(&argument.ty, krate);
            quote!(#name: #ty)
        }
    });
    let output = match &function.signature.output {
        ReturnType::Type(_, ty) if !matches!(**ty, Type::Slice(_)) => in_graph(ty, krate).into_token_stream(),
        _ => tensor(krate, LIFETIME),
    };
    let clause = &generics.where_clause;
    quote! {
        #(#cfg)*
        #[doc(hidden)]
        #[allow(non_snake_case, dead_code, unused_variables)]
        #vis const fn #name #generics (#(#params),*) -> #output #clause {
            #errors
        }
    }
}

/// A type with the lifetime of the graph.
fn in_graph(ty: &Type, krate: &Crate) -> Type {
    let mut ty = ty.clone();
    Types::declared(krate).visit_type_mut(&mut ty);
    ty
}
