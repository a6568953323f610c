//! What a network adds to the compile time of a crate: `cargo bench --bench compile_time`.
//!
//! Generates a crate with one network, of 10, 100, 300 and 1,000 layers in residual units or one of the zoo's large ones,
//! and prints the processor time of `cargo check` and `cargo build` over that of an empty crate, as the median of several
//! runs, from Linux's `/proc`. The crate reads the network's costs, its costs and arena plan, or also runs it. A second
//! table measures `weights!` for networks of the zoo, and a third networks that are read from files. Dependencies are compiled beforehand, and nothing is kept from one
//! compilation to the next. Only compare figures of the same run.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use netcost::Network;
use netcost_zoo::{MobileNetV2, VisualWakeWords};
use safetensors::tensor::{Dtype, TensorView, serialize_to_file};

/// The number of measurements of each time; their median is reported.
const RUNS: usize = 5;

/// What a crate reads from its network: the name in the table, and the items after the declaration.
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
        .chain([
            ("ResNet-152".to_owned(), zoo("resnet.rs", "ResNet152<224>")),
            ("DenseNet-201".to_owned(), zoo("densenet.rs", "DenseNet201<224>")),
            ("ViT-B/16".to_owned(), zoo("vit.rs", "VitB16<224>")),
            ("YOLO11n".to_owned(), zoo("yolo11.rs", "Yolo11n<640>")),
        ])
        .collect();
    for command in ["check", "build"] {
        project.write("");
        project.median(command);
        let empty = project.median(command);
        println!(
            "cargo {command}: seconds of processor time over an empty crate ({:.2} s), median of {RUNS}\n",
            empty.as_secs_f64()
        );
        let ask = |name: &str, network: &str, questions: &[(&str, &str)]| {
            print!("| {name} |");
            for (_, question) in questions {
                project.write(&format!("use netcost::prelude::*;\n{network}\n{question}\n"));
                let time = project.median(command);
                print!(" {:.2} |", time.as_secs_f64() - empty.as_secs_f64());
            }
            println!();
        };
        print_headings("network", QUESTIONS);
        for (name, network) in &networks {
            ask(name, network, QUESTIONS);
        }
        println!();
        print_headings("weights", WEIGHTS_QUESTIONS);
        let megabytes = |bytes| bytes as f64 / 1e6;
        let small = write_weights::<VisualWakeWords>(&project.folder);
        let name = format!("visual wake words, {:.1} MB", megabytes(small));
        ask(&name, "pub type Net = netcost_zoo::VisualWakeWords;", WEIGHTS_QUESTIONS);
        let large = write_weights::<MobileNetV2<224>>(&project.folder);
        let name = format!("MobileNetV2, {:.1} MB", megabytes(large));
        ask(&name, "pub type Net = netcost_zoo::MobileNetV2<224>;", WEIGHTS_QUESTIONS);
        println!();
        print_headings("file", FILE_QUESTIONS);
        for (name, path) in files() {
            let bytes = fs::metadata(&path).map_or(0, |file| file.len());
            let network = format!("#[network(file = {path:?})]\npub struct Net;\n");
            ask(&format!("{name}, {:.2} MB", megabytes(bytes)), &network, FILE_QUESTIONS);
        }
        println!();
    }
}

fn print_headings(first: &str, questions: &[(&str, &str)]) {
    print!("| {first} |");
    for (question, _) in questions {
        print!(" {question} |");
    }
    println!("\n|:--|{}", "--:|".repeat(questions.len()));
}

/// What is measured for a network with weights.
const WEIGHTS_QUESTIONS: &[(&str, &str)] = &[
    ("their number", "pub const ANSWER: usize = Net::WEIGHTS_LEN;"),
    ("`weights!`", "pub static ANSWER: [f32; Net::WEIGHTS_LEN] = netcost::weights!(Net, \"weights.safetensors\");"),
];

/// What is measured for a network that is read from a file.
const FILE_QUESTIONS: &[(&str, &str)] = &[
    ("costs and plan", "pub const ANSWER: u64 = Net::MACS + Net::ARENA_BYTES;"),
    ("weights", "pub static ANSWER: Weights<Net> = Net::weights();"),
];

/// Files in 8-bit integers: those of the tests, and all in the folder that `NETCOST_MODELS` names.
fn files() -> Vec<(String, PathBuf)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tflite");
    let mut files: Vec<_> = ["ds_cnn", "resnet"].iter().map(|name| tests.join(format!("{name}.tflite"))).collect();
    let folder = std::env::var_os("NETCOST_MODELS").and_then(|folder| fs::read_dir(folder).ok());
    let others = folder.into_iter().flatten().flatten().map(|entry| entry.path());
    files.extend(others.filter(|path| path.to_string_lossy().ends_with("int8.tflite")));
    files.sort();
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    files.into_iter().map(|path| (name(&path), path)).collect()
}

/// Writes a weight file for a network into a folder, and returns its size in bytes.
fn write_weights<N: Network>(folder: &Path) -> u64 {
    let mut tensors = Vec::new();
    for parameter in N::PARAMS_TABLE {
        let shape: Vec<usize> = parameter.shape.dims().collect();
        let ones = 1.0f32.to_le_bytes().repeat(shape.iter().product());
        let name = parameter.name.as_str();
        match name.rsplit_once('.') {
            // A normalisation's scale and shift come from its four tensors.
            Some((layer, "scale")) => {
                for entry in ["weight", "bias", "running_mean", "running_var"] {
                    tensors.push((format!("{layer}.{entry}"), shape.clone(), ones.clone()));
                }
            }
            Some((_, "shift")) => {}
            _ => tensors.push((name.to_owned(), shape, ones)),
        }
    }
    let views = tensors.iter().map(|(name, shape, data)| {
        (name, TensorView::new(Dtype::F32, shape.clone(), data).expect("the shape is that of the data"))
    });
    let file = folder.join("weights.safetensors");
    serialize_to_file(views, None, &file).expect("the target folder can be written");
    fs::metadata(file).expect("it was written").len()
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

/// A network of the zoo, included by its file so that it is compiled with the crate rather than before it.
fn zoo(file: &str, network: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/zoo/src").join(file);
    format!("#[path = {file:?}]\npub mod zoo;\npub type Net = zoo::{network};\n")
}

/// A crate of its own in the target folder.
struct Project {
    folder: PathBuf,
}

impl Project {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_time");
        fs::create_dir_all(folder.join("src")).expect("the target folder can be written");
        let zoo = root.join("examples/zoo");
        let manifest = format!(
            "[package]\nname = \"compile_time\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\nnetcost = {{ path = {root:?}, default-features = false }}\nnetcost-zoo = {{ path = {zoo:?} }}\n"
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

    /// Compiles the crate once, and nothing else.
    fn time(&self, command: &str) -> Duration {
        let file = fs::File::options().append(true).open(self.folder.join("src/lib.rs")).expect("it was written");
        file.set_modified(std::time::SystemTime::now()).expect("the time of a file can be set");
        let start = processor_time();
        let output = Command::new(env!("CARGO"))
            .args([command, "--quiet"])
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            // Otherwise results of the last run would be reused.
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .expect("cargo can be run");
        let time = processor_time() - start;
        let messages = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "the network does not compile:\n{messages}");
        assert!(messages.is_empty(), "the compiler has something to say:\n{messages}");
        time
    }
}

/// The processor time of all child processes that have ended: the fields `cutime` and `cstime` of proc(5), which count
/// hundredths of a second.
fn processor_time() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux reports processor time");
    // The second field, the name in parentheses, may contain anything.
    let (_, fields) = stat.rsplit_once(") ").expect("the fields follow the name");
    let ticks = fields.split(' ').skip(13).take(2).map(|field| field.parse::<u64>().expect("a number"));
    Duration::from_millis(10 * ticks.sum::<u64>())
}
