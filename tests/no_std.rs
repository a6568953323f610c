//! What netcost leaves in a binary: for a network that runs, the kernels it uses, without panics or formatting; for one
//! whose numbers are read, only the numbers.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use object::{Object, ObjectSection, ObjectSymbol, SectionKind};

/// Builds the libraries of `tests/no_std`, and reads the named one.
fn library(profile: &str, name: &str) -> Vec<u8> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no_std");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--lib", "--examples", "--quiet", "--profile", profile, "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/no_std/Cargo.toml"))
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .expect("cargo can be run");
    assert!(output.status.success(), "it does not build:\n{}", String::from_utf8_lossy(&output.stderr));
    let folder = target.join(if profile == "dev" { "debug" } else { profile });
    // Cargo puts examples into their own folder.
    let folder = if name == "no_std" { folder } else { folder.join("examples") };
    fs::read(folder.join(format!("{}{name}{}", DLL.0, DLL.1))).expect("it was built")
}

const DLL: (&str, &str) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);

/// The names of the symbols that a library defines or imports.
fn symbols(library: &[u8]) -> Vec<String> {
    let library = object::File::parse(library).expect("it is a library");
    library.symbols().filter_map(|symbol| Some(symbol.name().ok()?.to_owned())).collect()
}

/// The layers whose kernels are among these symbols.
fn kernels(symbols: &[String]) -> BTreeSet<&str> {
    let kernel = |symbol| match &*path(symbol) {
        // A kernel in a file of its own is called `<impl netcost_core::layers::conv::conv::Conv>::kernel`.
        ["netcost_core", "layers", .., layer, "kernel", _hash] => layer.trim_end_matches("$GT$").rsplit("..").next(),
        _ => None,
    };
    symbols.iter().filter_map(|symbol| kernel(symbol)).collect()
}

/// The identifiers that a symbol is made of: `_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE`.
fn path(symbol: &str) -> Vec<&str> {
    let mut identifiers = Vec::new();
    let mut rest = symbol.trim_start_matches('_').strip_prefix("ZN").unwrap_or("");
    while let Some((len, after)) = rest.find(|c: char| !c.is_ascii_digit()).map(|end| rest.split_at(end))
        && let Some((identifier, after)) = len.parse().ok().and_then(|len| after.split_at_checked(len))
    {
        identifiers.push(identifier);
        rest = after;
    }
    identifiers
}

#[test]
fn a_run_links_its_kernels_and_nothing_else() {
    let symbols = symbols(&library("release", "no_std"));
    let has = |part: &str| symbols.iter().find(|symbol| symbol.contains(part));
    // These must be there, or the rest proves nothing.
    for present in ["infer", "infer_generic", "macs", "conv..Conv$GT$6kernel"] {
        assert!(has(present).is_some(), "`{present}` is missing from {symbols:#?}");
    }
    for (absent, why) in [
        ("panicking", "a kernel can panic"),
        ("panic_fmt", "a kernel can panic"),
        ("core3fmt", "something is formatted"),
        ("rust_alloc", "something is allocated"),
        ("expf", "softmax, sigmoid and silu are not used"),
        ("tanhf", "tanh is not used"),
        ("erff", "gelu is not used"),
        ("Softmax", "softmax is not used"),
        ("Counting", "nothing is validated"),
        ("WHOLE_PROGRAM", "only the steps of a network are needed, not the buffer they were made in"),
    ] {
        assert!(has(absent).is_none(), "`{}` is linked, though {why}", has(absent).map_or("", |symbol| symbol));
    }
}

/// Libraries with one network each; together with the one tested on its own, they contain all kernels.
const EXAMPLES: [&str; 8] = ["activations", "attention", "axes", "dense", "norms", "recurrent", "resample", "state"];

#[test]
fn no_layer_panics() {
    for example in EXAMPLES {
        let symbols = symbols(&library("release", example));
        assert!(symbols.iter().any(|symbol| symbol.contains("infer")));
        for absent in ["panicking", "panic_fmt", "core3fmt"] {
            let found = symbols.iter().find(|symbol| symbol.contains(absent));
            assert!(found.is_none(), "{found:?} is linked by `{example}`");
        }
    }
}

/// Without optimisation, nothing is inlined, and each kernel has a symbol.
#[test]
fn a_kernel_is_linked_if_its_layer_is_there() {
    let used = [
        "AdaptiveAvgPool",
        "AvgPool",
        "BatchNorm",
        "Concat",
        "Conv",
        "Elementwise",
        "Linear",
        "MaxPool",
        "Relu",
        "Relu6",
    ];
    assert_eq!(kernels(&symbols(&library("dev", "no_std"))), used.into());
    assert_eq!(kernels(&symbols(&library("dev", "dense"))), ["Linear", "Softmax", "Tanh"].into());
}

/// A kernel in no library would not be checked for panics.
#[test]
fn every_kernel_is_looked_at() {
    let libraries = EXAMPLES.iter().chain(&["no_std"]).map(|library_name| symbols(&library("dev", library_name)));
    let libraries: Vec<_> = libraries.collect();
    let looked_at: BTreeSet<&str> = libraries.iter().flat_map(|symbols| kernels(symbols)).collect();
    // Inputs, states and views have no kernel; a custom kernel is its author's responsibility.
    let idle = ["Input", "InitialState", "Reshape", "Identity", "Custom"];
    let kernels = netcost::layers::KERNELS.iter().filter(|kernel| !idle.contains(kernel));
    let missing: Vec<_> = kernels.filter(|kernel| !looked_at.contains(**kernel)).collect();
    assert!(missing.is_empty(), "kernels in no library of tests/no_std: {missing:?}");
}

#[test]
fn numbers_leave_nothing_but_themselves() {
    let (queries, literals) = (library("release", "queries"), library("release", "literals"));
    let parse = |library| object::File::parse(library).expect("it is a library");
    let (queries, literals) = (parse(&*queries), parse(&*literals));
    let sizes = |library: &object::File<'_>| -> Vec<(String, u64)> {
        let sections = library.sections().filter(|section| section.address() != 0);
        sections.map(|section| (section.name().unwrap_or("?").to_owned(), section.size())).collect()
    };
    assert_eq!(sizes(&queries), sizes(&literals), "the sections that are loaded have the same sizes");
    for kind in [SectionKind::Text, SectionKind::ReadOnlyData, SectionKind::Data] {
        let data = |library: &object::File<'_>| -> Vec<u8> {
            let sections = library.sections().filter(|section| section.kind() == kind);
            sections.flat_map(|section| section.data().expect("it has data").to_vec()).collect()
        };
        assert!(!data(&queries).is_empty());
        assert!(data(&queries) == data(&literals), "{kind:?} differs: are the numbers in `literals.rs` old?");
    }
}
