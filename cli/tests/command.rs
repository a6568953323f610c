//! The command, run on files: what it prints, held against `tests/expected`, and its exit codes. `BLESS=1` updates what
//! is expected.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use netcost::conventions::Fvcore;
use netcost::prelude::*;
use serde_json::Value;

/// The command, run in the repository, so that paths are the same everywhere.
fn netcost(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_netcost"));
    command.args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).env("NO_COLOR", "1");
    command
}

fn run(arguments: &[&str]) -> Output {
    netcost(arguments).output().expect("the command runs")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("a text")
}

/// What it prints, if it succeeds.
fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(output.stderr));
    text(output.stdout)
}

/// Compares what is printed, the errors among it, and the exit code.
fn expect(name: &str, code: i32, arguments: &[&str]) {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", text(output.stderr));
    let found = text(output.stdout) + &text(output.stderr);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, found).expect("the file can be written");
    } else {
        assert_eq!(found, fs::read_to_string(&path).unwrap_or_default(), "{arguments:?}, expected in {name}");
    }
}

/// A file with this content, for as long as the tests run.
fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("the file can be written");
    path.to_string_lossy().into_owned()
}

const DS_CNN: &str = "tests/fixtures/tflite/ds_cnn.tflite";
const RESNET: &str = "tests/fixtures/tflite/resnet.tflite";
const DIGITS: &str = "examples/digits/digits.tflite";

#[test]
fn reports() {
    expect("report.txt", 0, &["report", DS_CNN]);
    expect("report_stream.txt", 0, &["report", DS_CNN, "--stream"]);
    expect("report_digits.md", 0, &["report", DIGITS, "--format", "markdown"]);
    expect("report_digits.csv", 0, &["report", DIGITS, "--format", "csv"]);
    expect("report_under.txt", 0, &["report", DIGITS, "--under", "fvcore"]);
    expect("report_floats.txt", 0, &["report", "tests/fixtures/tflite/flattened.tflite"]);
    expect("layers.txt", 0, &["layers", RESNET]);
}

/// What a file states, declared in a crate.
mod declared {
    #![allow(non_camel_case_types)]

    use netcost::prelude::*;

    #[network(file = "../tests/fixtures/tflite/ds_cnn.tflite")]
    pub struct ds_cnn;

    pub mod stream {
        use netcost::prelude::*;

        #[network(stream, file = "../tests/fixtures/tflite/ds_cnn.tflite")]
        pub struct ds_cnn;
    }

    #[network(file = "../tests/fixtures/tflite/flattened.tflite")]
    pub struct flattened;

    #[network(fuse, dtype = i8)]
    pub fn Wide(x: Tensor<3, 16, 16>) -> Tensor<10> {
        let x = x.conv2d(16, 3, padding = 1, name = "stem").relu();
        let x = x.conv2d(16, 3, padding = 1, groups = 16, name = "depthwise").relu();
        x.max_pool2d(4).flatten().linear(10, name = "head")
    }

    #[network(fuse, dtype = i8)]
    #[budget(macs <= 250k, ram <= 16 KiB)]
    pub fn Narrow(x: Tensor<3, 16, 16>) -> Tensor<10> {
        let x = x.conv2d(16, 3, padding = 1, name = "stem").relu();
        let x = x.conv2d(24, 1, name = "wider").relu();
        x.max_pool2d(4).flatten().linear(10, name = "head")
    }
}

#[test]
fn reports_are_those_of_a_declared_network() {
    let flattened = "tests/fixtures/tflite/flattened.tflite";
    let report = declared::ds_cnn::report();
    assert_eq!(printed(&["report", DS_CNN]), report.to_string());
    assert_eq!(printed(&["report", DS_CNN, "--format", "markdown"]), report.to_markdown());
    assert_eq!(printed(&["report", DS_CNN, "--format", "json"]), report.to_json() + "\n");
    assert_eq!(printed(&["report", DS_CNN, "--under", "fvcore"]), report.under(Fvcore).to_string());
    assert_eq!(printed(&["report", DS_CNN, "--stream"]), declared::stream::ds_cnn::report().to_string());
    assert_eq!(printed(&["report", flattened]), declared::flattened::report().to_string());
}

#[test]
fn json_holds_the_numbers_of_the_text() {
    let json: Value = serde_json::from_str(&printed(&["report", DS_CNN, "--format", "json"])).expect("it is JSON");
    assert_eq!((&json["network"], &json["macs"]), (&"ds_cnn".into(), &280_192.into()));
    assert_eq!(json["layers"].as_array().map(Vec::len), Some(printed(&["layers", DS_CNN]).lines().count()));
}

#[test]
fn budgets() {
    expect("check_kept.txt", 0, &["check", DS_CNN, "--budget", "macs <= 300k, ram <= 4 KiB, warn = 90%"]);
    let broken = "macs <= 250k, ram <= 2 KiB, layer.params < 500, thop.macs <= 1k";
    expect("check_broken.txt", 1, &["check", DS_CNN, "--budget", broken]);
    expect("check_stream.txt", 0, &["check", DS_CNN, "--stream", "--budget", "ram <= 2 KiB"]);
    expect("check_fits.txt", 0, &["check", DS_CNN, "--fits", "stm32f407"]);
    expect("check_fits_broken.txt", 1, &["check", DS_CNN, "--fits", "Stm32F407", "--budget", "ram <= 1 KiB"]);
    assert_eq!(run(&["check", DS_CNN]).status.code(), Some(2));
    assert_eq!(run(&["check", DS_CNN, "--fits", "toaster"]).status.code(), Some(2));
    expect("budget_words.txt", 2, &["check", DS_CNN, "--budget", "mac <= 3M,\nram <= 64 KB, flash <= SIZE"]);
    expect("budget_empty.txt", 2, &["check", DS_CNN, "--budget", " "]);
}

#[test]
fn files_that_are_none() {
    let bad = |name: &str, content: &[u8]| {
        let output = run(&["report", &file(name, content)]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        text(output.stderr)
    };
    let garbage: Vec<u8> = (0..1000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for (name, content, says) in [
        ("none.onnx", &b"\x08\x08\x12\x07pytorch"[..], "an ONNX model"),
        ("none.safetensors", b"\x40\0\0\0\0\0\0\0{\"weight\":{}}", "a safetensors file"),
        ("none.h5", b"\x89HDF\r\n\x1a\n\0\0\0\0", "an HDF5 file"),
        ("none.gguf", b"GGUF\x03\0\0\0\0\0", "a GGUF file"),
        ("none.pt", b"PK\x03\x04\0\0\0\0\0\0", "a zip archive"),
        ("none.txt", b"The quick brown fox jumps over the lazy dog.\n", "a text file"),
        ("none.tflite", b"", "is empty"),
        ("garbage.tflite", &garbage, "is not a TensorFlow Lite model"),
    ] {
        let said = bad(name, content);
        assert!(said.contains(says), "{name}: {said}");
    }
    let whole = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(DS_CNN)).expect("the fixture");
    for len in (8..whole.len()).step_by(997) {
        let said = bad("truncated.tflite", &whole[..len]);
        assert!(said.starts_with("error: `") && !said.contains("panicked"), "{len} bytes: {said}");
    }
    expect("no_file.txt", 2, &["report", "tests/fixtures/tflite/nothing.tflite"]);
    expect("folder.txt", 2, &["layers", "tests"]);
    expect("stream_of_state.txt", 2, &["report", "--stream", "tests/fixtures/tflite/streaming.tflite"]);
    expect("stream_of_floats.txt", 2, &["report", "--stream", "tests/fixtures/tflite/flattened.tflite"]);
}

#[test]
fn differences() {
    expect("diff.txt", 0, &["diff", DS_CNN, RESNET]);
    expect("diff.md", 0, &["diff", DS_CNN, RESNET, "--format", "markdown"]);
    let report = file("ds_cnn.json", printed(&["report", DS_CNN, "--format", "json"]));
    for [old, new] in [[DS_CNN, DS_CNN], [&report, DS_CNN], [DS_CNN, &report]] {
        assert_eq!(printed(&["diff", old, new]), "");
    }
    let foreign = file("foreign.json", r#"{"macs": 280192, "flops": "many"}"#);
    expect("diff_foreign.txt", 0, &["diff", &foreign, DS_CNN]);
    // A crate's own network, whose report has its budget.
    let own = file("own.json", declared::Wide::report().to_json());
    let new = file("own_new.json", declared::Narrow::report().to_json());
    expect("diff_own.txt", 0, &["diff", &own, &new]);
    expect("diff_own.md", 0, &["diff", &own, &new, "--format", "markdown", "--threshold", "20"]);
    let array = file("array.json", "[1, 2]");
    assert_eq!(run(&["diff", &array, DS_CNN]).status.code(), Some(2));
}

/// The lines before the details, and the details.
fn parts(diff: &str) -> (usize, &str) {
    let at = diff.find("layers: ").unwrap_or(diff.len());
    (diff[..at].lines().count(), &diff[at..])
}

#[test]
fn an_edited_layer_is_named() {
    let json: Value = serde_json::from_str(&printed(&["report", DS_CNN, "--format", "json"])).expect("it is JSON");
    let old = file("before.json", json.to_string());
    let layers = json["layers"].as_array().expect("layers");
    let kernels: Vec<usize> = (0..layers.len()).filter(|&i| layers[i]["run"] == "kernel").collect();
    for &i in &kernels {
        let name = layers[i]["name"].as_str().expect("a name");
        // Removed, added once more under another name, or of twice the MACs.
        for sign in ['-', '+', '~'] {
            let mut edited = json.clone();
            let all = edited["layers"].as_array_mut().expect("layers");
            let mut expected = name.to_owned();
            match sign {
                '-' => drop(all.remove(i)),
                '+' => {
                    expected = format!("{name}_more");
                    all.insert(i + 1, layers[i].clone());
                    all[i + 1]["name"] = expected.clone().into();
                }
                _ => all[i]["flops"] = (2 * all[i]["flops"].as_u64().unwrap_or(0) + 1).into(),
            }
            edited["flops"] = 1.into();
            let new = file("after.json", edited.to_string());
            let diff = printed(&["diff", &old, &new]);
            let (before, details) = parts(&diff);
            assert!(before <= 15, "{diff}");
            assert_eq!(details.lines().count(), 2, "{name}: {diff}");
            assert!(details.contains(&format!("  {sign} `{expected}`")), "{name}: {diff}");
        }
    }
}

#[test]
fn small_changes_are_left_out() {
    let mut json: Value = serde_json::from_str(&printed(&["report", DS_CNN, "--format", "json"])).expect("it is JSON");
    let old = file("large.json", json.to_string());
    json["macs"] = (280_192 * 101 / 100).into();
    json["flops"] = 1.into();
    let new = file("larger.json", json.to_string());
    assert!(printed(&["diff", &old, &new]).contains("MACs"));
    assert!(!printed(&["diff", &old, &new, "--threshold", "1"]).contains("MACs"));
    assert_eq!(printed(&["diff", &old, &new, "--threshold", "100"]), "");
}

#[test]
fn a_reader_may_close_its_pipe() {
    let mut child = netcost(&["layers", "tests/fixtures/tflite/mobilenet.tflite"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("a text");
    assert_eq!(said, "");
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn the_help_has_examples() {
    for command in
        [&["--help"][..], &["report", "--help"], &["check", "--help"], &["layers", "--help"], &["diff", "-h"]]
    {
        assert!(printed(command).contains("Example"), "{command:?}");
    }
    assert!(printed(&["completions", "bash"]).contains("_netcost()"));
    assert_eq!(run(&["report", DS_CNN, "--under", "nothing"]).status.code(), Some(2));
}
