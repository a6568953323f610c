//! Whatever the input, the macros return tokens and never panic.

use std::path::Path;
use std::{env, fs, thread};

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::pipeline;

/// Every stream with one token less, or with one token twice, at any depth.
fn mutations(tokens: &TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut all = Vec::new();
    for i in 0..tokens.len() {
        let (before, after) = (&tokens[..i], &tokens[i + 1..]);
        let with = |middle: Vec<TokenTree>| before.iter().cloned().chain(middle).chain(after.iter().cloned()).collect();
        all.push(with(vec![]));
        all.push(with(vec![tokens[i].clone(), tokens[i].clone()]));
        if let TokenTree::Group(group) = &tokens[i] {
            for inner in mutations(&group.stream()) {
                all.push(with(vec![Group::new(group.delimiter(), inner).into()]));
            }
        }
    }
    all
}

#[test]
fn damaged_declarations_never_panic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expand");
    for name in ["network", "budget", "keywords", "lists", "errors"] {
        let source = fs::read_to_string(folder.join(name).with_extension("rs")).expect("a source");
        let file: syn::File = syn::parse_str(&source).expect("Rust");
        for item in file.items {
            let item = quote::quote!(#item);
            for damaged in mutations(&item) {
                pipeline::network(TokenStream::new(), damaged.clone(), "".as_ref());
                pipeline::block(TokenStream::new(), damaged.clone());
                pipeline::budget(quote::quote!(macs <= 3M), damaged);
            }
        }
    }
}

#[test]
fn damaged_arguments_never_panic() {
    let item = quote::quote!(
        fn N(x: Tensor<1>) -> Tensor<1> {
            x
        }
    );
    let alias = quote::quote!(
        type A = N<1>;
    );
    let arguments: TokenStream =
        "fuse, dtype = i8, typelevel, crate = a::b, macs <= 3M, layer.flops < 6.2e3k, ram == 64 KiB, warn = 90%, flash <= 2 * { L }"
            .parse()
            .expect("tokens");
    for damaged in mutations(&arguments) {
        pipeline::network(damaged.clone(), item.clone(), "".as_ref());
        pipeline::block(damaged.clone(), item.clone());
        pipeline::budget(damaged.clone(), alias.clone());
        pipeline::network(TokenStream::new(), quote::quote!(#[budget(#damaged)] #item), "".as_ref());
    }
}

/// A chain is long, not deep: it fits in rustc's stack of 8 MiB.
#[test]
fn long_chains_fit_on_the_stack() {
    for link in [" + x", ".relu()", ".conv2d(8, 3, stride = 2)"] {
        let item = format!("fn f(x: Tensor) -> Tensor {{ x{} }}", link.repeat(3_000));
        let expand = move || {
            let item = item.parse().expect("tokens");
            pipeline::block(TokenStream::new(), item).to_string()
        };
        let thread = thread::Builder::new().stack_size(8 << 20).spawn(expand).expect("a thread");
        let expanded = thread.join().expect("no panic");
        assert!(expanded.starts_with("const fn f"), "{link}");
    }
}
