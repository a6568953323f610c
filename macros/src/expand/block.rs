//! A block: a `const fn` over tensors of one graph.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Block, FnArg, Index, Lifetime, Pat, ReturnType, Type};

use super::network::{body_label, value_of_body};
use crate::diagnostics::Report;
use crate::lower::extents::expect;
use crate::lower::kind::Kind;
use crate::lower::types::Types;
use crate::lower::{Lowered, lower, parameters};
use crate::parse::{Function, Spelling, spelling};
use crate::span::{Crate, LIFETIME, graph, local};

/// The function of a block.
pub fn block(mut function: Function, mut body: Block, krate: &Crate, report: &mut Report) -> TokenStream {
    let before = checks_of_inputs(&function, krate, report);
    let after = checks_of_output(&function, krate, report);
    let leaves = (!after.is_empty()).then(body_label);
    let variables = parameters(&function.signature);
    let has_label = leaves.is_some();
    let Lowered { graph: needed, left } = lower(&mut body, variables, leaves, krate, report);
    let builder = needed.map(|span| builder(&function, span, report));

    let mut types = Types::declared(krate);
    for argument in &mut function.signature.inputs {
        if let FnArg::Typed(argument) = argument {
            types.visit_type_mut(&mut argument.ty);
        }
    }
    if let ReturnType::Type(_, ty) = &mut function.signature.output {
        types.visit_type_mut(ty);
    }
    let lifetime = Lifetime::new(LIFETIME, Span::mixed_site());
    if types.used {
        function.signature.generics.params.insert(0, syn::parse_quote!(#lifetime));
    }
    function.signature.constness = Some(syn::Token![const](function.signature.fn_token.span));

    let Function { attributes, vis, signature, .. } = &function;
    let body = match has_label {
        false => {
            let Block { stmts, .. } = &body;
            quote!({ #builder #before #(#stmts)* })
        }
        true => {
            let out = local("__out");
            let declared = match &signature.output {
                ReturnType::Type(_, ty) if Kind::of_type(ty) == Kind::Tensor => quote!(#out: #ty),
                _ => quote!(#out),
            };
            let body = value_of_body(declared, &body, left);
            quote!({ #builder #before #body #after #out })
        }
    };
    quote!(#(#attributes)* #vis #signature #body)
}

/// `let __graph = x.builder();`
fn builder(function: &Function, needed: Span, report: &mut Report) -> TokenStream {
    let graph = graph();
    let tensor = function.signature.inputs.iter().find_map(|argument| match argument {
        FnArg::Typed(argument) if argument.attrs.is_empty() => first_tensor(&argument.pat, &argument.ty),
        // A parameter with an attribute may be configured out.
        _ => None,
    });
    match tensor {
        Some(tensor) => quote!(let #graph = #tensor.builder();),
        None => {
            report.error(syn::Error::new(
                needed,
                "the block needs a tensor among its arguments, from which it takes the graph: give it one",
            ));
            TokenStream::new()
        }
    }
}

/// How to reach the first tensor in a parameter.
fn first_tensor(pat: &Pat, ty: &Type) -> Option<TokenStream> {
    match (pat, ty) {
        (Pat::Ident(pat), ty) => {
            let name = &pat.ident;
            reach(quote!(#name), ty)
        }
        (Pat::Tuple(pats), Type::Tuple(types)) if pats.elems.len() == types.elems.len() => {
            pats.elems.iter().zip(&types.elems).find_map(|(pat, ty)| first_tensor(pat, ty))
        }
        (Pat::Slice(pats), Type::Array(array)) => pats.elems.iter().find_map(|pat| first_tensor(pat, &array.elem)),
        _ => None,
    }
}

fn reach(value: TokenStream, ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::Reference(reference) => reach(value, &reference.elem),
        Type::Array(array) => reach(quote!(#value[0]), &array.elem),
        Type::Slice(slice) => reach(quote!(#value[0]), &slice.elem),
        Type::Tuple(tuple) => (0..).map(Index::from).zip(&tuple.elems).find_map(|(i, ty)| reach(quote!(#value.#i), ty)),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            match Kind::of_type(ty) {
                Kind::Tensor => Some(value),
                Kind::List(_) => match &last.arguments {
                    syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
                        syn::GenericArgument::Type(element) => reach(quote!((*#value.at(0))), element),
                        _ => None,
                    },
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
}

fn checks_of_inputs(function: &Function, krate: &Crate, report: &mut Report) -> TokenStream {
    let mut checks = TokenStream::new();
    for argument in &function.signature.inputs {
        if let FnArg::Typed(argument) = argument {
            let name = match &*argument.pat {
                Pat::Ident(pat) => pat.ident.to_token_stream(),
                _ => continue,
            };
            let mut checked = TokenStream::new();
            check(name, &argument.ty, krate, report, &mut checked);
            // A parameter that is configured out is not checked.
            match &argument.attrs[..] {
                [] => checks.extend(checked),
                attributes if !checked.is_empty() => checks.extend(quote!(#(#attributes)* { #checked })),
                _ => {}
            }
        }
    }
    checks
}

fn checks_of_output(function: &Function, krate: &Crate, report: &mut Report) -> TokenStream {
    let mut checks = TokenStream::new();
    if let ReturnType::Type(_, ty) = &function.signature.output {
        check(local("__out").into_token_stream(), ty, krate, report, &mut checks);
    }
    checks
}

/// Checks the shapes that a type states: `Tensor<8, 32, 32>`, alone or in a tuple.
fn check(value: TokenStream, ty: &Type, krate: &Crate, report: &mut Report, checks: &mut TokenStream) {
    match ty {
        Type::Tuple(tuple) => {
            for (i, ty) in (0..).map(Index::from).zip(&tuple.elems) {
                check(quote!(#value.#i), ty, krate, report, checks);
            }
        }
        ty => {
            if let Spelling::Extents(tensor) = spelling(ty, report) {
                let checked = expect(krate, &tensor, value);
                checks.extend(quote!(let _ = #checked;));
            }
        }
    }
}
