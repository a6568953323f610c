//! The networks of `examples/zoo` against PyTorch: layer by layer, in total, and as published.

mod deployed;
mod identities;
mod layers;
mod modules;
mod state;
mod totals;

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn all_facts_are_tested() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let files = |folder: &str| -> Vec<PathBuf> {
        let files = fs::read_dir(root.join(folder)).expect("it is in the repository");
        files.map(|file| file.expect("it can be read").path()).collect()
    };
    let tests = ["zoo", "costs"].into_iter().flat_map(files);
    let tests: String = tests.map(|file| fs::read_to_string(file).expect("it is text")).collect();
    for file in files("facts").iter().filter(|file| file.extension().is_some_and(|extension| extension == "txt")) {
        let name = file.file_stem().and_then(|name| name.to_str()).expect("a name");
        let is_tested = [format!(" {name}: "), format!("/{name}.txt")].iter().any(|line| tests.contains(line));
        assert!(is_tested, "no test for the facts of `{name}`");
    }
}
