//! Any tokens as declarations, budgets and arguments: nothing panics, the output is Rust, and it declares the name
//! whatever else is wrong.

#![no_main]

use std::path::Path;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use netcost_fuzz::{pipeline, tokens, weights};
use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, Expr, File, Item};

type Macro = fn(TokenStream, TokenStream) -> TokenStream;
const MACROS: [(&str, Macro); 3] = [("network", network), ("block", pipeline::block), ("budget", pipeline::budget)];

/// `#[network]` in a package without files.
fn network(arguments: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::network(arguments, item, "".as_ref())
}

fuzz_target!(|source: &str| {
    let Some(tokens) = tokens::parse(source) else { return };
    // Items: expanded as by the compiler, repeatedly from the outermost attribute inwards.
    if let Ok(file) = syn::parse2::<File>(tokens.clone()) {
        return expand_all(file, 4);
    }
    // Not items: the body of a block, the arguments of an attribute, or tokens no compiler would pass to one.
    expand(pipeline::block, TokenStream::new(), quote!(fn b(x: Tensor, n: usize) -> Tensor { #tokens }));
    let network = quote!(
        fn N(x: Tensor<1>) -> Tensor<1> {
            x
        }
    );
    for (_, of) in MACROS {
        expand(of, tokens.clone(), network.clone());
        of(TokenStream::new(), tokens.clone());
    }
    expand(
        pipeline::budget,
        tokens.clone(),
        quote!(
            type A = N<1>;
        ),
    );
    if names_no_folder(&tokens) {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/weights"));
        let expanded = weights::expand(tokens, folder);
        assert!(syn::parse2::<Expr>(expanded.clone()).is_ok(), "{expanded}");
    }
});

fn expand_all(file: File, rounds: usize) {
    if rounds == 0 {
        return;
    }
    for mut item in file.items {
        let Some(attributes) = attributes(&mut item) else { continue };
        let of = |attribute: &Attribute| {
            let last = attribute.path().segments.last()?;
            MACROS.iter().find(|(name, _)| last.ident == name).map(|(_, of)| *of)
        };
        let Some((at, of)) = attributes.iter().enumerate().find_map(|(at, attribute)| Some((at, of(attribute)?)))
        else {
            continue;
        };
        let arguments = match attributes.remove(at).meta {
            syn::Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        if let Some(expanded) = expand(of, arguments, quote!(#item)) {
            expand_all(expanded, rounds - 1);
        }
    }
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Fn(item) => Some(&mut item.attrs),
        Item::Type(item) => Some(&mut item.attrs),
        Item::Struct(item) => Some(&mut item.attrs),
        _ => None,
    }
}

/// Expands an attribute. Whatever the compiler would not accept as an item does not get this far; for everything else,
/// the expansion is items and declares the name.
fn expand(of: Macro, arguments: TokenStream, item: TokenStream) -> Option<File> {
    let expanded = of(arguments, item.clone());
    let parsed = syn::parse2::<Item>(item.clone()).ok()?;
    let file = match syn::parse2::<File>(expanded.clone()) {
        Ok(file) => file,
        Err(error) => panic!("{error}\n{item}\n{expanded}"),
    };
    let name = match parsed {
        Item::Fn(item) => Some(item.sig.ident),
        Item::Struct(item) => Some(item.ident),
        _ => None,
    };
    if let Some(name) = name {
        let declares = file.items.iter().any(|item| match item {
            Item::Fn(item) => item.sig.ident == name,
            Item::Enum(item) => item.ident == name,
            Item::Struct(item) => item.ident == name,
            _ => false,
        });
        assert!(declares, "{item}\n{expanded}");
    }
    Some(file)
}

/// Whether every string, as a path, stays within the folder that `weights!` is given.
fn names_no_folder(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().all(|tree| match tree {
        TokenTree::Group(group) => names_no_folder(&group.stream()),
        TokenTree::Literal(literal) => !literal.to_string().contains(['/', '\\']),
        _ => true,
    })
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let source = std::str::from_utf8(&data[..size]).ok();
    match source.filter(|_| !seed.is_multiple_of(4)).and_then(|source| tokens::changed(source, seed)) {
        Some(changed) if changed.len() <= max_size => {
            data[..changed.len()].copy_from_slice(changed.as_bytes());
            changed.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
});
