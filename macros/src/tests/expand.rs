//! What declarations expand to: compares `tests/expand/*.rs` with the `*.expanded.rs` next to them.
//!
//! `NETCOST_BLESS=1 cargo test -p netcost-macros` updates the expected files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use super::expand;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expand")
}

/// The declarations, and the files expected of them.
fn files() -> (BTreeSet<PathBuf>, BTreeSet<PathBuf>) {
    let entries = fs::read_dir(folder()).expect("the folder exists");
    entries
        .map(|entry| entry.expect("an entry").path())
        .partition(|path| !path.to_string_lossy().ends_with(".expanded.rs"))
}

#[test]
fn declarations_expand_as_expected() {
    let bless = env::var_os("NETCOST_BLESS").is_some();
    let (declarations, _) = files();
    assert!(!declarations.is_empty());
    for declaration in declarations {
        let source = fs::read_to_string(&declaration).expect("a source");
        let file = syn::parse2(expand(&source)).expect("the expansion is Rust");
        let found = prettyplease::unparse(&file);
        let expected = declaration.with_extension("expanded.rs");
        if bless {
            fs::write(&expected, found).expect("written");
        } else {
            let expected = fs::read_to_string(&expected).unwrap_or_default();
            assert_eq!(found, expected, "{} (bless with NETCOST_BLESS=1)", declaration.display());
        }
    }
    let (declarations, expected) = files();
    let of: BTreeSet<PathBuf> = declarations.iter().map(|path| path.with_extension("expanded.rs")).collect();
    assert_eq!(expected, of, "an expected file is stale");
}
