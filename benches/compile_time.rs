//! What a network adds to the compilation of a crate: `cargo bench --bench compile_time`.
//!
//! Generates a crate with one network, of 10, 100, 300 and 1,000 layers in residual units and of ResNet-152, and
//! prints the time of `cargo check` and `cargo build` over that of the same crate with an empty one, as the median of
//! several. What is asked of the network is varied: its costs, its arena plan, its run. The dependencies are compiled
//! beforehand, and nothing is kept from one compilation to the next. A wide spread of the runs means that the machine was busy; only figures of one run compare.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often each time is taken; the median counts.
const RUNS: usize = 7;

/// What is asked of a network: its name in the table, and the items behind the declaration.
const QUESTIONS: &[(&str, &str)] = &[
    ("costs", "pub const ANSWER: u64 = Net::MACS;"),
    ("costs and plan", "pub const ANSWER: u64 = Net::MACS + Net::ARENA_BYTES;"),
    (
        "costs, plan, run",
        "pub const ANSWER: u64 = Net::MACS + Net::ARENA_BYTES;
         pub fn run(weights: &[f32], arena: &mut [f32]) -> f32 {
             Net::run(weights, arena).map_or(0.0, |outputs| outputs.first().copied().unwrap_or(0.0))
         }",
    ),
];

fn main() {
    // `cargo test` runs benches too; there is nothing to test here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let project = Project::new();
    let networks: Vec<(String, String)> = [10, 100, 300, 1000]
        .map(|layers| (format!("{layers} layers"), residual(layers)))
        .into_iter()
        .chain([("ResNet-152".to_owned(), RESNET_152.to_owned())])
        .collect();
    for (command, heading) in [("check", "cargo check"), ("build", "cargo build")] {
        project.write("");
        project.median(command);
        let empty = project.median(command);
        println!("{heading}: seconds over an empty crate ({:.2} s), median of {RUNS}\n", empty.as_secs_f64());
        print!("| network |");
        for (question, _) in QUESTIONS {
            print!(" {question} |");
        }
        println!("\n|:--|{}", "--:|".repeat(QUESTIONS.len()));
        for (name, network) in &networks {
            print!("| {name} |");
            for (_, question) in QUESTIONS {
                project.write(&format!("use netcost::prelude::*;\n{network}\n{question}\n"));
                let time = project.median(command);
                print!(" {:.2} |", time.as_secs_f64() - empty.as_secs_f64());
            }
            println!();
        }
        println!();
    }
}

/// A network of about `layers` layers: units of convolution, normalisation, activation and a residual sum, each
/// written out.
fn residual(layers: usize) -> String {
    let mut body = String::new();
    for _ in 0..layers / 4 {
        body.push_str("    let x = x + x.conv2d(16, 3, padding = 1, bias = false).batch_norm().relu();\n");
    }
    for _ in 0..layers % 4 {
        body.push_str("    let x = x.relu();\n");
    }
    let mut network = String::from("#[network]\npub fn Net(x: Tensor<16, 32, 32>) -> Tensor<16, 32, 32> {\n");
    let _ = writeln!(network, "{body}    x\n}}");
    network
}

/// He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2015, as torchvision builds it.
const RESNET_152: &str = "
#[block]
fn bottleneck(x: Tensor, width: usize, stride: usize) -> Tensor {
    let y = x.conv2d(width, 1, bias = false).batch_norm().relu()
        .conv2d(width, 3, stride = stride, padding = 1, bias = false).batch_norm().relu()
        .conv2d(4 * width, 1, bias = false).batch_norm();
    if stride == 1 && x.channels() == 4 * width {
        (x + y).relu()
    } else {
        (x.conv2d(4 * width, 1, stride = stride, bias = false).batch_norm() + y).relu()
    }
}

#[network]
pub fn Net(x: Tensor<3, 224, 224>) -> Tensor<1000> {
    let x = x.conv2d(64, 7, stride = 2, padding = 3, bias = false).batch_norm().relu();
    let mut x = x.max_pool2d(3, stride = 2, padding = 1);
    for (stage, (width, depth)) in [(64, 3), (128, 8), (256, 36), (512, 3)].iter().enumerate() {
        for unit in 0..*depth {
            x = bottleneck(x, *width, if unit == 0 && stage > 0 { 2 } else { 1 });
        }
    }
    x.global_avg_pool().flatten().linear(1000)
}
";

/// A crate of its own in the target folder.
struct Project {
    folder: PathBuf,
}

impl Project {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_time");
        fs::create_dir_all(folder.join("src")).expect("the target folder can be written");
        let manifest = format!(
            "[package]\nname = \"compile_time\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\nnetcost = {{ path = {root:?}, default-features = false }}\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("the target folder can be written");
        Project { folder }
    }

    fn write(&self, source: &str) {
        fs::write(self.folder.join("src/lib.rs"), source).expect("the target folder can be written");
    }

    fn median(&self, command: &str) -> Duration {
        let mut times: Vec<Duration> = (0..RUNS).map(|_| self.time(command)).collect();
        times.sort();
        times[RUNS / 2]
    }

    /// Compiles the crate, and nothing else, once.
    fn time(&self, command: &str) -> Duration {
        let file = fs::File::options().append(true).open(self.folder.join("src/lib.rs")).expect("it was written");
        file.set_modified(std::time::SystemTime::now()).expect("the time of a file can be set");
        let start = Instant::now();
        let output = Command::new(env!("CARGO"))
            .args([command, "--quiet"])
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            // What did not change since the last run would be taken from there.
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .expect("cargo can be run");
        let time = start.elapsed();
        let messages = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "the network does not compile:\n{messages}");
        assert!(messages.is_empty(), "the compiler has something to say:\n{messages}");
        time
    }
}
