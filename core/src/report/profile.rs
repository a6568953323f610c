//! The profile of a network: how long each layer takes on this machine, beside what it declares.

use core::cell::Cell as Place;
use core::fmt::{self, Write};
use std::string::{String, ToString};
use std::time::{Duration, Instant};
use std::vec;
use std::vec::Vec;

use serde_json::{Value, json};

use crate::cost::cost::Cost;
use crate::cost::layer::{Layer, LayerRun};
use crate::graph::settings::Deployment;
use crate::kernel::custom::Customs;
use crate::kernel::machine::Plain;
use crate::network::Network;
use crate::report::table;
use crate::report::table::{Cell, Grouped, Row, Tenths, tenths};
use crate::run::engine;
use crate::run::engine::RunError;
use crate::weights;

/// A layer is timed in at least `MIN_RUNS` runs, and in as many as start within `TIME`, up to `MAX_RUNS`.
const MIN_RUNS: usize = 5;
const MAX_RUNS: usize = 1000;
const TIME: Duration = Duration::from_millis(500);

/// How long each layer of a network takes on this machine. It displays as aligned text, in the form of the
/// [`Report`](crate::report::report::Report), and also comes as Markdown and JSON.
///
/// A layer's time is the median over the runs, after one that is not counted; reading the clock, some tens of
/// nanoseconds, is in it. Beside it stand what the layer declares, MACs and bytes of compulsory traffic, and what
/// follows from both:
///
/// - **GMAC/s**: declared MACs by time. MACs by cycle are not given: no portable clock counts cycles.
/// - **FLOPs/B**, the arithmetic intensity: declared FLOPs by bytes of compulsory traffic. It does not depend on the
///   machine; a layer of low intensity waits for memory, whatever its kernel.
///
/// Inputs and views are not run and take no time; a normalisation that is folded takes its time in the layer before it.
///
/// ```
/// fn show<N: netcost_core::Network>() -> Result<(), netcost_core::RunError> {
///     println!("{}", N::profile()?);
///     Ok(())
/// }
/// ```
#[derive(Clone)]
pub struct Profile {
    /// The network's name.
    pub network: &'static str,
    /// How it is deployed.
    pub deployment: Deployment,
    /// What it costs in all.
    pub cost: Cost,
    /// What ran it.
    pub engine: &'static str,
    /// How many runs were timed.
    pub runs: usize,
    /// Its layers, in the order of execution.
    pub layers: Vec<Timed>,
}

/// A layer and its time.
#[derive(Clone, Copy)]
pub struct Timed {
    /// The layer as declared.
    pub layer: &'static Layer,
    /// The median of its times; zero if it is not run.
    pub nanoseconds: u64,
}

impl Timed {
    /// Declared MACs in a nanosecond, which is 10⁹ of them in a second; zero if it is not run.
    pub fn gmacs_per_second(&self) -> f64 {
        ratio(self.layer.cost.macs, self.nanoseconds)
    }

    /// Declared FLOPs by byte of compulsory traffic; zero if it moves nothing.
    pub fn intensity(&self) -> f64 {
        ratio(self.layer.cost.flops, self.layer.cost.traffic.total())
    }
}

impl Profile {
    /// The time of all layers.
    pub fn nanoseconds(&self) -> u64 {
        self.layers.iter().map(|timed| timed.nanoseconds).sum()
    }

    /// The profile as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = self.markdown(&mut out);
        out
    }

    fn markdown(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "## {}\n\n{}\n", self.network, self.origin())?;
        table::write_markdown(out, HEADINGS, self.rows(), &self.total())
    }

    /// The profile as JSON: one object, with `layers` as an array.
    pub fn to_json(&self) -> String {
        let layers: Vec<Value> = self
            .layers
            .iter()
            .map(|timed| {
                let Layer { name, operator, output, cost, .. } = timed.layer;
                json!({
                    "name": name.as_str(),
                    "operator": operator,
                    "output": output.dims().collect::<Vec<_>>(),
                    "macs": cost.macs,
                    "flops": cost.flops,
                    "traffic": cost.traffic.total(),
                    "nanoseconds": timed.nanoseconds,
                    "gmacs_per_second": timed.gmacs_per_second(),
                    "intensity": timed.intensity(),
                })
            })
            .collect();
        json!({
            "network": self.network,
            "dtype": self.deployment.dtype.name(),
            "fused": self.deployment.fused,
            "engine": self.engine,
            "runs": self.runs,
            "macs": self.cost.macs,
            "flops": self.cost.flops,
            "traffic": self.cost.traffic.total(),
            "nanoseconds": self.nanoseconds(),
            "layers": layers,
        })
        .to_string()
    }

    /// What was run, and how.
    fn origin(&self) -> String {
        let fused = if self.deployment.fused { ", fused" } else { "" };
        std::format!("{}{fused}, {}, median of {} runs", self.deployment.dtype, self.engine, self.runs)
    }

    fn rows(&self) -> impl Iterator<Item = Row<COLUMNS>> + '_ {
        let total = self.nanoseconds();
        self.layers.iter().map(move |timed| row(timed, total))
    }

    fn total(&self) -> Row<COLUMNS> {
        let (cost, time) = (&self.cost, self.nanoseconds());
        let traffic = cost.traffic.total();
        Row {
            cells: [
                Cell::new("total"),
                Cell::new(""),
                Cell::new(""),
                Cell::new(Grouped(cost.macs)),
                Cell::new(Grouped(traffic)),
                decimal(ratio(cost.flops, traffic)),
                microseconds(time),
                Cell::new(""),
                decimal(ratio(cost.macs, time)),
            ],
            note: "",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}\n", self.network, self.origin())?;
        table::write(f, HEADINGS, || self.rows(), &self.total())
    }
}

const COLUMNS: usize = 9;
const HEADINGS: [&str; COLUMNS] =
    ["layer", "operator", "output", "MACs", "traffic [B]", "FLOPs/B", "time [µs]", "share", "GMAC/s"];

fn row(timed: &Timed, total: u64) -> Row<COLUMNS> {
    let Timed { layer, nanoseconds } = timed;
    let number = |value| if value == 0 { Cell::new("") } else { Cell::new(Grouped(value)) };
    let (time, share) = match layer.run {
        LayerRun::Kernel => {
            let share = tenths(nanoseconds.saturating_mul(100), total);
            (microseconds(*nanoseconds), Cell::new(format_args!("{} %", Tenths(share))))
        }
        LayerRun::View => (Cell::new(""), Cell::new("view")),
        LayerRun::Folded => (Cell::new(""), Cell::new("folded")),
    };
    Row {
        cells: [
            Cell::new(layer.name),
            Cell::new(layer.operator),
            Cell::new(layer.output),
            number(layer.cost.macs),
            number(layer.cost.traffic.total()),
            decimal(timed.intensity()),
            time,
            share,
            decimal(timed.gmacs_per_second()),
        ],
        note: "",
    }
}

/// Two decimals; nothing for zero.
fn decimal(value: f64) -> Cell {
    if value == 0.0 { Cell::new("") } else { Cell::new(format_args!("{value:.2}")) }
}

fn microseconds(nanoseconds: u64) -> Cell {
    Cell::new(Tenths(tenths(nanoseconds, 1000)))
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Takes the time from layer to layer.
pub(crate) struct Clock {
    last: Instant,
    /// Of each layer, one a run.
    times: Vec<Vec<u64>>,
    /// How many of the nodes are inputs.
    inputs: usize,
}

impl Clock {
    /// The run starts now.
    pub fn start(&mut self) {
        self.last = Instant::now();
    }

    /// The layer of this number is done; numbers count inputs too.
    pub fn lap(&mut self, node: usize) {
        let now = Instant::now();
        if let Some(times) = node.checked_sub(self.inputs).and_then(|layer| self.times.get_mut(layer)) {
            times.push((now - self.last).as_nanos() as u64);
        }
        // What the clock's own books take is no layer's time.
        self.last = Instant::now();
    }
}

/// Calls `run`, which runs the network once by the clock, several times.
pub(crate) fn measure<N: Network>(
    engine: &'static str,
    mut run: impl FnMut(&mut Clock) -> Result<(), RunError>,
) -> Result<Profile, RunError> {
    let begin = Instant::now();
    let mut clock = Clock { last: begin, times: vec![Vec::new(); N::LAYERS.len()], inputs: N::INPUTS.len() };
    run(&mut clock)?;
    clock.times.iter_mut().for_each(Vec::clear);
    let mut runs = 0;
    while runs < MIN_RUNS || runs < MAX_RUNS && begin.elapsed() < TIME {
        run(&mut clock)?;
        runs += 1;
    }
    let layers = N::LAYERS.iter().zip(&mut clock.times);
    Ok(Profile {
        network: N::NAME,
        deployment: const { N::DEPLOYMENT },
        cost: const { N::COST },
        engine,
        runs,
        layers: layers.map(|(layer, times)| Timed { layer, nanoseconds: median(times) }).collect(),
    })
}

/// The median; zero if there is none.
fn median(times: &mut [u64]) -> u64 {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or(0)
}

/// On the portable engine.
pub(crate) fn run<N: Network>(weights: &[f32], mut write_inputs: impl FnMut(&mut [f32])) -> Result<Profile, RunError> {
    let mut arena = vec![0.0; N::ARENA_LEN];
    engine::lengths::<N>(weights, &arena)?;
    measure::<N>("portable engine, one thread", |clock| {
        write_inputs(&mut arena);
        let cells = Place::from_mut(&mut *arena).as_slice_of_cells();
        clock.start();
        engine::steps::<N, Plain, _>(&mut Plain, Customs::Plain(N::PLAIN_KERNELS), weights, cells, |_, node| {
            clock.lap(node);
            Ok(())
        })
    })
}

/// On seeded weights and inputs.
pub(crate) fn seeded<N: Network>() -> Result<Profile, RunError> {
    let mut weights = vec![0.0; N::WEIGHTS_LEN];
    weights::seeded::<N>(1, &mut weights)?;
    run::<N>(&weights, |arena| {
        for input in 0..N::INPUTS.len() {
            match N::GRAPH.rows_of_input(input) {
                Some(rows) => fill(rows, N::input_at(arena, input)),
                None => weights::fill(input as u64, N::input_at(arena, input)),
            }
        }
    })
}

/// Fills an input with indices.
fn fill(rows: usize, numbers: &mut [f32]) {
    for (number, row) in numbers.iter_mut().zip((0..rows).cycle()) {
        *number = row as f32;
    }
}
