//! Inference speed on one thread: netcost against tract, rten, ONNX Runtime, LiteRT and tflite-micro, on the same weights
//! and inputs, in rounds over all engines. `run.sh` prepares and runs it; see the README.

mod engines;
mod networks;
mod peak;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use engines::Engine;
use engines::python::Python;
use engines::rten::Rten;
use engines::tract::Tract;
use networks::{SUBJECTS, Subject};
use peak::Peak;
use table::{Row, Summary, Table};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

const USAGE: &str = "\
usage: inference --models FOLDER [--python FILE] [--networks A,B] [--rounds N] [--quick]
  --models    where export.py put the networks
  --python    the Python that has the engines of requirements.txt
  --networks  of mobilenet_v2, mobilenet_v2_narrow, resnet18, ds_cnn, resnet8, visual_wake_words, autoencoder; all unless said
  --rounds    how often each engine has its turn; 20 unless said
  --quick     3 rounds of short turns, for a first look";

/// The largest difference of an output from netcost's, relative to the largest magnitude of netcost's.
const TOLERANCE: f32 = 1e-3;

struct Arguments {
    models: PathBuf,
    python: Option<PathBuf>,
    networks: Option<Vec<String>>,
    rounds: usize,
    /// The least time that an engine's turn takes.
    turn: Duration,
}

impl Arguments {
    fn read() -> Result<Self> {
        let mut read = Arguments {
            models: PathBuf::new(),
            python: None,
            networks: None,
            rounds: 20,
            turn: Duration::from_millis(20),
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value\n{USAGE}"));
            match word.as_str() {
                "--models" => read.models = value()?.into(),
                "--python" => read.python = Some(value()?.into()),
                "--networks" => read.networks = Some(value()?.split(',').map(str::to_owned).collect()),
                "--rounds" => read.rounds = value()?.parse::<usize>()?.max(1),
                "--quick" => (read.rounds, read.turn) = (3, Duration::from_millis(5)),
                _ => return Err(format!("unknown argument {word}\n{USAGE}").into()),
            }
        }
        if read.models.as_os_str().is_empty() {
            return Err(USAGE.into());
        }
        for name in read.networks.iter().flatten() {
            if !SUBJECTS.iter().any(|subject| subject.name == name) {
                return Err(format!("there is no network {name}\n{USAGE}").into());
            }
        }
        Ok(read)
    }

    fn asks_for(&self, subject: &Subject) -> bool {
        self.networks.as_ref().is_none_or(|names| names.iter().any(|name| name == subject.name))
    }
}

fn main() -> ExitCode {
    match Arguments::read().and_then(|arguments| measure(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: &Arguments) -> Result<()> {
    let peak = Peak::of_this_machine();
    println!("{}, multiply-adds with {}, {} rounds\n", processor(), peak.name, arguments.rounds);
    let mut tables = Vec::new();
    for subject in SUBJECTS.iter().filter(|subject| arguments.asks_for(subject)) {
        let table = compare(subject, arguments, &peak)?;
        println!("{table}");
        tables.push(table);
    }
    println!("### Milliseconds, least of the rounds (share of peak)\n\n{}", Summary(&tables));
    let different: Vec<String> = tables
        .iter()
        .flat_map(|table| table.rows.iter().map(move |row| (table, row)))
        .filter(|(_, row)| row.difference > TOLERANCE)
        .map(|(table, row)| format!("{} on {}", row.name, table.title))
        .collect();
    if different.is_empty() { Ok(()) } else { Err(format!("outputs differ: {}", different.join("; ")).into()) }
}

/// Measures all engines on a network, in rounds.
fn compare(subject: &Subject, arguments: &Arguments, peak: &Peak) -> Result<Table> {
    let input = arguments.models.join(subject.name).with_extension("input");
    let data: Vec<f32> = std::fs::read(&input)
        .map_err(|error| format!("{}: {error}; export.py writes it", input.display()))?
        .chunks_exact(4)
        .map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
        .collect();
    let mut engines = (subject.engines)(&data)?;
    let mut missing = Vec::new();
    for (name, engine) in others(subject, arguments, &input, &data) {
        match engine {
            Ok(engine) => engines.push(engine),
            Err(reason) => missing.push(format!("{name}: {reason}")),
        }
    }

    // Outputs are compared and turns sized before the first round, which also warms everything up.
    let expected = engines[0].output()?;
    let mut rows = Vec::new();
    let mut counts = Vec::new();
    for engine in &mut engines {
        let difference = difference(&expected, &engine.output()?);
        engine.time(1)?;
        let once = engine.time(1)?.max(Duration::from_nanos(100));
        counts.push(arguments.turn.div_duration_f64(once).ceil() as usize);
        rows.push(Row { name: engine.name().to_owned(), difference, times: Vec::new() });
    }
    let mut peaks = Vec::new();
    for _ in 0..arguments.rounds {
        peaks.push(peak.measure());
        for ((engine, row), &count) in engines.iter_mut().zip(&mut rows).zip(&counts) {
            if count > 1 {
                engine.time(1)?; // the previous engine has filled the caches
            }
            row.times.push(engine.time(count)?.as_secs_f64() / count as f64);
        }
    }
    Ok(Table { title: subject.title, macs: subject.macs, peaks, rows, missing })
}

/// An engine, or why it is missing.
type Found = (&'static str, Result<Box<dyn Engine>>);

/// The engines other than netcost's.
fn others(subject: &Subject, arguments: &Arguments, input: &Path, data: &[f32]) -> Vec<Found> {
    let onnx = arguments.models.join(subject.name).with_extension("onnx");
    let tflite = onnx.with_extension("tflite");
    let python = |engine, model: &Path| -> Result<Box<dyn Engine>> {
        let python = arguments.python.as_ref().ok_or("no --python")?;
        Ok(Box::new(Python::new(python, engine, model, input)?))
    };
    let mut engines = vec![
        ("tract", Tract::new(&onnx, subject.shape, data).map(|engine| Box::new(engine) as _)),
        ("rten", Rten::new(&onnx, subject.shape, data).map(|engine| Box::new(engine) as _)),
        ("ONNX Runtime", python("onnxruntime", &onnx)),
    ];
    if subject.tiny {
        engines.extend([
            ("LiteRT, XNNPACK", python("litert-xnnpack", &tflite)),
            ("LiteRT, builtin kernels", python("litert", &tflite)),
            ("tflite-micro", python("tflite-micro", &tflite)),
        ]);
    }
    engines
}

/// The largest difference relative to the largest magnitude that is expected.
fn difference(expected: &[f32], found: &[f32]) -> f32 {
    if expected.len() != found.len() {
        return f32::INFINITY;
    }
    let magnitude = expected.iter().fold(0.0f32, |most, x| most.max(x.abs()));
    let difference = expected.iter().zip(found).map(|(x, y)| (x - y).abs());
    // NaN does not agree with anything.
    difference.fold(0.0, |most: f32, x| if x.is_nan() { f32::INFINITY } else { most.max(x) }) / magnitude
}

/// The processor's name, from Linux.
fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    model.map_or("unknown processor", |(_, name)| name).to_owned()
}
