//! A small `no_std` library that runs a network holds the kernels it uses, and neither panics nor formatting.

use std::fs;
use std::path::Path;
use std::process::Command;

use object::{Object, ObjectSymbol};

/// Builds `tests/no_std` and lists the names of the symbols that its library defines or asks for.
fn symbols() -> Vec<String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no_std");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/no_std/Cargo.toml"))
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .expect("cargo can be run");
    assert!(output.status.success(), "it does not build:\n{}", String::from_utf8_lossy(&output.stderr));
    let library = fs::read(target.join("release").join(format!("{}no_std{}", DLL.0, DLL.1))).expect("it was built");
    let library = object::File::parse(&*library).expect("it is a library");
    library.symbols().filter_map(|symbol| Some(symbol.name().ok()?.to_owned())).collect()
}

const DLL: (&str, &str) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);

#[test]
fn a_run_links_its_kernels_and_nothing_else() {
    let symbols = symbols();
    let has = |part: &str| symbols.iter().find(|symbol| symbol.contains(part));
    // What must be there, or the rest would prove nothing.
    for present in ["infer", "infer_generic", "macs", "4conv4Conv6kernel"] {
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
