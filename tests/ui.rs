//! What does not compile, with the compiler's messages; and what does.
//!
//! `tests/ui` has a folder for each subject, with `fail` and `pass`. The messages are those of the toolchain in
//! `rust-toolchain.toml`; `TRYBUILD=overwrite cargo test --test ui` updates them.

use std::fs;
use std::path::Path;

/// `cargo check` is enough for these to fail.
#[test]
fn fail() {
    fixtures();
    trybuild::TestCases::new().compile_fail("tests/ui/*/fail/*.rs");
}

#[test]
fn pass() {
    fixtures();
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

/// Copies the files that `weights!` and networks read to the package of the cases.
fn fixtures() {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild/netcost");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        ("tests/fixtures/weights", "weights"),
        ("tests/fixtures/tflite", "weights"),
        ("examples/digits", "weights"),
        ("tests/fixtures/tflite", "tflite"),
        ("tests/fixtures/tflite/bad", "tflite/bad"),
    ];
    for (from, to) in folders {
        fs::create_dir_all(package.join(to)).expect("the target folder can be written");
        for file in fs::read_dir(root.join(from)).expect("the fixtures are in the repository") {
            let file = file.expect("the fixtures can be read").path();
            if file.is_file() {
                let name = file.file_name().expect("a file has a name");
                fs::copy(&file, package.join(to).join(name)).expect("a fixture can be copied");
            }
        }
    }
}
