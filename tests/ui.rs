//! What does not compile, with the compiler's messages; and what does.
//!
//! `tests/ui` has a folder for each subject, with `fail` and `pass`. The messages are those of the toolchain in
//! `rust-toolchain.toml`; `TRYBUILD=overwrite cargo test --test ui` updates them.

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

/// A message without a case would never be compared.
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

/// Copies the files that `weights!` reads to the package of the cases.
fn weight_files() {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild/netcost/weights");
    fs::create_dir_all(&package).expect("the target folder can be written");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = fs::read_dir(root.join("tests/fixtures/weights")).expect("the fixtures are in the repository");
    let fixtures = fixtures.map(|file| file.expect("the fixtures can be read").path());
    let models = ["examples/digits/digits", "tests/fixtures/tflite/ds_cnn", "tests/fixtures/tflite/flattened"];
    let models = models.map(|model| root.join(model).with_extension("tflite"));
    for file in fixtures.chain(models) {
        fs::copy(&file, package.join(file.file_name().expect("a file has a name"))).expect("a fixture can be copied");
    }
}
