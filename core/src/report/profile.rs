//! The profile of a network: how long each layer takes on this machine, next to what it declares.

use core::cell::Cell as Place;
use core::fmt::{self, Write};
use std::string::{String, ToString};
use std::time::{Duration, Instant};
use std::vec;
use std::vec::Vec;

use serde_json::{Value, json};

use crate::cost::cost::Cost;
use crate::cost::layer::{Layer, LayerRun};
use crate::declared::Declared;
use crate::deploy::deployed::Deployed;
use crate::graph::settings::Deployment;
use crate::kernel::custom::Customs;
use crate::kernel::mask::Kernels;
use crate::program::views::View;
use crate::report::subject::Subject;
use crate::report::table;
use crate::report::table::{Cell, Grouped, Row, Tenths, tenths};
use crate::run::engine;
use crate::run::engine::Executable;
use crate::run::error::RunError;
use crate::session::lower::Lowered;
use crate::session::session::Session;
use crate::weights::seeded as weights;
use crate::weights::state_dict::Parameter;

/// Layers are timed in all runs that start within `TIME`, but in at least `MIN_RUNS` and at most `MAX_RUNS`.
const MIN_RUNS: usize = 5;
const MAX_RUNS: usize = 1000;
const TIME: Duration = Duration::from_millis(500);

/// How long each layer of a network takes on this machine. It displays as aligned text in the form of a
/// [`Report`](crate::report::report::Report), and converts to Markdown and JSON.
///
/// A layer's time is the median over all runs except the first, and includes reading the clock, a few tens of
/// nanoseconds. Next to it are the declared MACs and bytes of compulsory traffic, and two derived numbers:
///
/// - **GMAC/s**: declared MACs per time. There are no MACs per cycle, since no portable clock counts cycles.
/// - **FLOPs/B**, the arithmetic intensity: declared FLOPs per byte of compulsory traffic. It does not depend on the
///   machine; a layer of low intensity is limited by memory, whatever its kernel.
///
/// Inputs and views do not run and take no time; a folded normalisation is timed with the layer before it.
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
    /// Its total cost.
    pub cost: Cost,
    /// What ran it.
    pub engine: &'static str,
    /// How many runs were timed.
    pub runs: usize,
    /// Its layers, in the order of the declaration.
    pub layers: Vec<Timed>,
}

/// A layer and its time.
#[derive(Clone, Copy)]
pub struct Timed {
    /// The layer as declared.
    pub layer: &'static Layer,
    /// The median of its times; zero if it does not run.
    pub nanoseconds: u64,
}

impl Timed {
    /// Declared MACs per nanosecond, that is, 10⁹ MACs per second; zero if it does not run.
    pub fn gmacs_per_second(&self) -> f64 {
        ratio(self.layer.cost.macs, self.nanoseconds)
    }

    /// Declared FLOPs per byte of compulsory traffic; zero if it moves nothing.
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

    /// What ran, and how.
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
        run => (Cell::new(""), Cell::new(run.word())),
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

/// Times each layer.
pub(crate) struct Clock {
    last: Instant,
    /// The times of each layer, one per run.
    times: Vec<Vec<u64>>,
}

impl Clock {
    /// The run starts now.
    pub fn start(&mut self) {
        self.last = Instant::now();
    }

    /// The layer with this number is done.
    pub fn lap(&mut self, layer: usize) {
        let now = Instant::now();
        if let Some(times) = self.times.get_mut(layer) {
            times.push((now - self.last).as_nanos() as u64);
        }
        // The clock's own bookkeeping does not count towards a layer.
        self.last = Instant::now();
    }
}

impl Subject {
    /// Calls `run`, which runs the network once with a clock, several times.
    fn measure(
        self,
        engine: &'static str,
        mut run: impl FnMut(&mut Clock) -> Result<(), RunError>,
    ) -> Result<Profile, RunError> {
        let Subject { network, deployment, cost, layers } = self;
        let begin = Instant::now();
        let mut clock = Clock { last: begin, times: vec![Vec::new(); layers.len()] };
        run(&mut clock)?;
        clock.times.iter_mut().for_each(Vec::clear);
        let mut runs = 0;
        while runs < MIN_RUNS || runs < MAX_RUNS && begin.elapsed() < TIME {
            run(&mut clock)?;
            runs += 1;
        }
        let timed = layers.iter().zip(&mut clock.times);
        let layers = timed.map(|(layer, times)| Timed { layer, nanoseconds: median(times) }).collect();
        Ok(Profile { network, deployment, cost, engine, runs, layers })
    }

    /// Measures the portable engine.
    pub fn run<K: Kernels>(
        self,
        executable: Executable<'_>,
        customs: Customs,
        weights: &[f32],
        mut write_inputs: impl FnMut(&mut [f32]),
    ) -> Result<Profile, RunError> {
        let mut arena = vec![0.0; executable.arena_len];
        executable.lengths(weights, &arena)?;
        self.measure("portable engine, one thread", |clock| {
            write_inputs(&mut arena);
            let cells = Place::from_mut(&mut *arena).as_slice_of_cells();
            clock.start();
            engine::steps::<K>(executable.program, customs, weights, cells, |layer| clock.lap(layer))
        })
    }

    /// The same, on seeded weights and inputs.
    pub fn run_seeded<K: Kernels>(
        self,
        executable: Executable<'_>,
        customs: Customs,
        (deployed, parameters): (&Deployed, &[Parameter]),
        inputs: &[View],
    ) -> Result<Profile, RunError> {
        let mut weights = vec![0.0; executable.weights_len];
        weights::fill_parameters(parameters, 1, &mut weights);
        self.run::<K>(executable, customs, &weights, |arena| {
            for (number, input) in inputs.iter().enumerate().take(executable.input_count) {
                match deployed.rows_of_input(number) {
                    Some(rows) => fill(rows, input.of_mut(arena)),
                    None => weights::fill(number as u64, input.of_mut(arena)),
                }
            }
        })
    }

    /// Measures a session.
    pub fn run_session(self, lowered: &mut Lowered) -> Result<Profile, RunError> {
        self.measure("session, one thread", |clock| {
            clock.start();
            lowered.run(|layer| clock.lap(layer))
        })
    }
}

impl<N: Declared> Session<N> {
    /// Times each layer on the current inputs. A layer that is computed with an earlier one is timed there; a change of
    /// layout counts towards the layer that needs it.
    ///
    /// # Errors
    /// As [`run`](Session::run).
    pub fn profile(&mut self) -> Result<Profile, RunError> {
        Subject::of::<N>().run_session(&mut self.lowered)
    }
}

/// The median; zero if there is none.
fn median(times: &mut [u64]) -> u64 {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or(0)
}

/// Fills an input with indices.
fn fill(rows: usize, numbers: &mut [f32]) {
    for (number, row) in numbers.iter_mut().zip((0..rows).cycle()) {
        *number = row as f32;
    }
}
