//! What does not compile, with the compiler's words; and what does.
//!
//! `tests/ui` has a folder for each subject, with `fail` and `pass`. The words are those of the toolchain in
//! `rust-toolchain.toml`; `TRYBUILD=overwrite cargo test --test ui` writes them anew.

use std::fs;
use std::path::Path;

/// `cargo check` is enough for these to fail.
#[test]
fn fail() {
    weight_files();
    trybuild::TestCases::new().compile_fail("tests/ui/*/fail/*.rs");
}

#[test]
fn pass() {
    weight_files();
    trybuild::TestCases::new().pass("tests/ui/*/pass/*.rs");
}

/// Words without a case would be read by nobody.
#[test]
fn every_stderr_has_its_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let entries = |folder: &Path| -> Vec<_> {
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
    };
    for file in entries(&root).iter().flat_map(|subject| entries(&subject.join("fail"))) {
        assert!(file.with_extension("rs").exists(), "{}", file.display());
    }
}

/// Puts the files that `weights!` reads where the package of the cases is.
fn weight_files() {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild/netcost/weights");
    fs::create_dir_all(&package).expect("the target folder can be written");
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/weights");
    for file in fs::read_dir(files).expect("the fixtures are in the repository") {
        let file = file.expect("the fixtures can be read").path();
        fs::copy(&file, package.join(file.file_name().expect("a file has a name"))).expect("a fixture can be copied");
    }
}
