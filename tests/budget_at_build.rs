//! When a budget fires: `cargo check` and `cargo build` on a small crate, for each place where a number can be read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A network that exceeds its budget for images of 224 × 224 and larger, one whose data type has no kernels, and
/// one that is not run in `f32`.
const DECLARATIONS: &str = "
use netcost::prelude::*;

#[network]
#[budget(macs <= 1M)]
pub fn Classifier<const SIZE: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<10> {
    x.conv2d(8, 3).relu().global_avg_pool().flatten().linear(10)
}

pub type Small = Classifier<32>;
pub type Large = Classifier<224>;

#[network(dtype = f16)]
pub fn Half(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}

#[network(dtype = i8)]
pub fn Int8(x: Tensor<80>) -> Tensor<10> {
    x.linear(10)
}
";

const OVER_BUDGET: &str = "`Classifier` breaks its budget";
const NO_KERNELS: &str = "layer `0` (linear) of network `Half` has no kernel for f16: its costs are known";
const GENERIC: &str = "network `Family` has parameters: in i8, only one without any is run";
const NO_FLOATS: &str = "`Int8` runs in 8-bit integers: `Int8::run(&weights, &mut arena)`";

/// A crate of its own in the target folder.
struct Crate {
    folder: PathBuf,
}

impl Crate {
    fn new(name: &str, items: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("when").join(name);
        fs::create_dir_all(folder.join("src")).expect("the target folder can be written");
        let manifest = format!(
            "[package]\nname = \"when_{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\nnetcost = {{ path = {root:?}, default-features = false }}\n"
        );
        let write = |file: &str, text: &str| fs::write(folder.join(file), text).expect("the folder can be written");
        write("Cargo.toml", &manifest);
        write("src/main.rs", &format!("{DECLARATIONS}\n{items}\n"));
        let lock = fs::read_to_string(root.join("Cargo.lock")).expect("the workspace has a lock file");
        write("Cargo.lock", &lock);
        Crate { folder }
    }

    /// The messages of a command that fails; `None` if it succeeds.
    fn errors(&self, command: &str) -> Option<String> {
        let output = Command::new(env!("CARGO"))
            .args([command, "--quiet", "--color=never"])
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            // All crates share the compiled dependencies.
            .env("CARGO_TARGET_DIR", self.folder.with_file_name("target"))
            .output()
            .expect("cargo can be run");
        (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn fires_at_check(name: &str, items: &str, message: &str, place: &str) {
    let errors = Crate::new(name, items).errors("check").expect("the crate is refused at check");
    expect(&errors, message, place);
}

fn fires_at_build(name: &str, items: &str, message: &str, place: &str) {
    let package = Crate::new(name, items);
    assert_eq!(package.errors("check"), None, "the crate passes `cargo check`");
    let errors = package.errors("build").expect("the crate is refused at build");
    expect(&errors, message, place);
}

fn never_fires(name: &str, items: &str) {
    let package = Crate::new(name, items);
    assert_eq!(package.errors("check"), None);
    assert_eq!(package.errors("build"), None);
}

/// There is one error, with this message, and it shows this line.
fn expect(errors: &str, message: &str, line: &str) {
    assert_eq!(errors.matches("error[E").count(), 1, "one error:\n{errors}");
    assert!(errors.contains(message), "`{message}` in:\n{errors}");
    assert!(errors.contains(line), "`{line}` in:\n{errors}");
}

#[test]
fn a_concrete_network_is_checked_unasked() {
    fires_at_check(
        "concrete",
        "#[network] #[budget(macs <= 799)] fn Net(x: Tensor<80>) -> Tensor<10> { x.linear(10) }
         fn main() {}",
        "`Net` breaks its budget",
        "#[budget(macs <= 799)]",
    );
}

#[test]
fn an_alias_of_an_instance_is_checked_unasked() {
    fires_at_check(
        "alias",
        "#[budget(params <= 100)] type Limited = Classifier<32>;
         fn main() {}",
        "params <= 100: it has 314 parameters",
        "#[budget(params <= 100)]",
    );
}

#[test]
fn a_generic_network_is_not_checked_before_it_is_used() {
    never_fires("unused", "fn main() { println!(\"{}\", Small::MACS); let _: Option<Large>; }");
}

#[test]
fn a_constant_that_reads_an_instance_fires_at_check() {
    fires_at_check("const_item", "const FLOPS: u64 = Large::FLOPS; fn main() {}", OVER_BUDGET, "#[budget(macs <= 1M)]");
    let items = "static WEIGHTS: [f32; Large::WEIGHTS_LEN] = [0.0; Large::WEIGHTS_LEN]; fn main() {}";
    fires_at_check("array_length", items, OVER_BUDGET, "#[budget(macs <= 1M)]");
}

#[test]
fn a_function_that_reads_an_instance_fires_at_build() {
    let items = "fn main() { println!(\"{}\", Large::MACS); }";
    fires_at_build("body", items, OVER_BUDGET, "#[budget(macs <= 1M)]");
}

#[test]
fn a_function_that_runs_an_instance_fires_at_build() {
    // The arena's length would be a constant that is read at check.
    let items = "fn main() { let _ = Large::run(&[], &mut []); }";
    fires_at_build("run", items, OVER_BUDGET, "#[budget(macs <= 1M)]");
    let items = "fn main() { let _ = Large::validate(&[], &mut [], |_| ()); }";
    fires_at_build("validate", items, OVER_BUDGET, "#[budget(macs <= 1M)]");
}

#[test]
fn a_function_that_touches_an_instance_fires_at_build() {
    let uses = [
        ("input", "Large::input(&mut []);"),
        ("input_at", "Large::input_at(&mut [], 1);"),
        ("name", "println!(\"{}\", Large::NAME);"),
        ("layers", "println!(\"{}\", Large::LAYERS.len());"),
        ("arena", "println!(\"{}\", Large::ARENA_LEN);"),
        ("thop", "println!(\"{}\", netcost::conventions::Thop::of::<Large>().macs);"),
        ("seeded", "let _ = netcost::weights::seeded::<Large>(1, &mut []);"),
    ];
    for (name, body) in uses {
        fires_at_build(name, &format!("fn main() {{ {body} }}"), OVER_BUDGET, "#[budget(macs <= 1M)]");
    }
}

#[test]
fn a_network_with_an_instance_as_a_block_fires_at_check() {
    let items = "#[network] fn Outer(x: Tensor<3, 224, 224>) -> Tensor<10> { Classifier::<224>(x) } fn main() {}";
    fires_at_check("block", items, OVER_BUDGET, "#[budget(macs <= 1M)]");
}

#[test]
fn a_report_of_an_instance_fires_at_build() {
    let items = "fn main() { println!(\"{}\", Large::report()); }";
    fires_at_build("report", items, OVER_BUDGET, "#[budget(macs <= 1M)]");
}

#[test]
fn an_instance_behind_a_type_parameter_fires_at_build() {
    let items = "fn macs<N: Network>() -> u64 { N::MACS } fn main() { println!(\"{}\", macs::<Large>()); }";
    fires_at_build("parameter", items, OVER_BUDGET, "#[budget(macs <= 1M)]");
}

/// A data type with costs but no kernels: its costs are known, and running it is rejected.
#[test]
fn a_run_in_integers_fires_at_build() {
    never_fires("int8_costs", "const FLASH: u64 = Int8::WEIGHT_BYTES; fn main() { println!(\"{FLASH}\"); }");
    fires_at_build("half_run", "fn main() { let _ = Half::run(&[], &mut []); }", NO_KERNELS, "#[network(dtype = f16)]");
    let items = "#[network(dtype = i8)] fn Family<const N: usize>(x: Tensor<N>) -> Tensor<10> { x.linear(10) }
        fn main() { let _ = Family::<8>::run(&[], &mut []); }";
    fires_at_build("int8_family", items, GENERIC, "dtype = i8");
    let items = "fn main() { let _ = Int8::validate(&[], &mut [], |_| ()); }";
    fires_at_build("int8_validated", items, NO_FLOATS, "pub fn Int8");
}

/// A network with state is started; any other way to run it is rejected at its name.
#[test]
fn a_run_without_a_start_fires_at_build() {
    let net = "#[network] fn Stream(x: Tensor<1, 4>) -> Tensor<1, 8> { x.gru(8, stateful = true).0 }";
    let message = "`Stream` keeps state from one run to the next: start it, `let mut net = Stream::start(";
    for (name, body) in [("run", "Stream::run(&[], &mut [])"), ("validate", "Stream::validate(&[], &mut [], |_| ())")] {
        let items = format!("{net} fn main() {{ let _ = {body}; }}");
        fires_at_build(&format!("stateful_{name}"), &items, message, "#[network] fn Stream(");
    }
    never_fires(
        "stateful_start",
        &format!("{net} fn main() {{ let _ = Stream::start(&[], &mut []).map(|mut net| net.reset()); }}"),
    );
}
