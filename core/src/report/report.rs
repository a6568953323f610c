//! The report of a network: layers, totals, budgets.

use core::fmt::{self, Write};
use core::marker::PhantomData;

use crate::budget::budget;
use crate::cost::cost::Cost;
use crate::cost::layer::{Layer, LayerRun};
use crate::cost::memory::Memory;
use crate::graph::graph::Port;
use crate::graph::settings::Deployment;
use crate::network::Network;
use crate::quantity::limit::{Limit, Relation};
use crate::quantity::quantity::Unit;
use crate::report::table;
use crate::report::table::{Bytes, Cell, Grouped, Row, Tenths, tenths};
use crate::report::under::Under;
use crate::tools::tool::Counter;

/// How many limits of a budget a report shows.
const MAX_LIMITS: usize = 64;

/// The report of a network. It displays as aligned text; with the feature `std` it also comes as Markdown and JSON.
///
/// A layer's RAM is what is live while it runs; the layer that makes the peak is marked. Shares are of the MACs or,
/// in a network without any, of the FLOPs.
pub struct Report<N> {
    /// The network's name.
    pub network: &'static str,
    /// How it is deployed.
    pub deployment: Deployment,
    /// What it costs in all.
    pub cost: Cost,
    /// The RAM it takes.
    pub memory: Memory,
    /// Its layers.
    pub layers: &'static [Layer],
    /// Its budget.
    pub budget: &'static [Limit],
    used: &'static [u64; MAX_LIMITS],
    inputs: &'static [Port],
    outputs: &'static [Port],
    of: PhantomData<fn() -> N>,
}

impl<N> Clone for Report<N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<N> Copy for Report<N> {}

impl<N: Network> Report<N> {
    pub(crate) fn new() -> Self {
        Report {
            network: N::NAME,
            deployment: const { N::DEPLOYMENT },
            cost: const { N::COST },
            memory: const { N::MEMORY },
            layers: N::LAYERS,
            budget: N::BUDGET,
            used: const { &used::<N>() },
            inputs: N::INPUTS,
            outputs: N::OUTPUTS,
            of: PhantomData,
        }
    }

    /// The same network in the numbers of another tool, layer by layer, with the operators that it counts as zero:
    /// `DsCnn::report().under(Fvcore)`.
    pub fn under<C: Counter>(self, _: C) -> Under<C> {
        Under::new::<N>()
    }
}

impl<N> Report<N> {
    /// Each limit of the budget, with what the network uses of it.
    pub fn limits(&self) -> impl Iterator<Item = (&'static Limit, u64)> + '_ {
        self.budget.iter().zip(self.used.iter().copied())
    }

    /// The layer that makes the peak of live RAM.
    pub fn peak(&self) -> Option<&'static Layer> {
        // `max_by_key` would give the last of equal ones; the first is where the memory has to be found.
        self.layers.iter().rev().max_by_key(|layer| layer.live_bytes)
    }

    fn rows(&self) -> impl Iterator<Item = Row<COLUMNS>> + '_ {
        let peak = self.peak().map(|layer| layer as *const Layer);
        self.layers.iter().map(move |layer| row(layer, &self.cost, peak == Some(layer as *const Layer)))
    }
}

const fn used<N: Network>() -> [u64; MAX_LIMITS] {
    let mut used = [0; MAX_LIMITS];
    let mut i = 0;
    while i < N::BUDGET.len() && i < MAX_LIMITS {
        used[i] = budget::used::<N>(&N::BUDGET[i]);
        i += 1;
    }
    used
}

const COLUMNS: usize = 9;
const HEADINGS: [&str; COLUMNS] =
    ["layer", "operator", "output", "MACs", "FLOPs", "params", "flash [B]", "RAM live [B]", "share"];

fn row(layer: &Layer, network: &Cost, is_peak: bool) -> Row<COLUMNS> {
    let cost = &layer.cost;
    let share = layer.share(network);
    // What a layer does not do at all is left blank.
    let number = |value| if value == 0 { Cell::new("") } else { Cell::new(Grouped(value)) };
    let share = match layer.run {
        LayerRun::Kernel if share > 0 => Cell::new(format_args!("{} %", Tenths(share))),
        LayerRun::Kernel => Cell::new(""),
        LayerRun::View => Cell::new("view"),
        LayerRun::Folded => Cell::new("folded"),
    };
    Row {
        cells: [
            Cell::new(layer.name),
            Cell::new(layer.operator),
            Cell::new(layer.output),
            number(cost.macs),
            number(cost.flops),
            number(cost.params),
            number(cost.weight_bytes),
            number(layer.live_bytes),
            share,
        ],
        note: if is_peak { "RAM peak" } else { "" },
    }
}

fn total<N>(report: &Report<N>) -> Row<COLUMNS> {
    let cost = &report.cost;
    Row {
        cells: [
            Cell::new("total"),
            Cell::new(""),
            Cell::new(""),
            Cell::new(Grouped(cost.macs)),
            Cell::new(Grouped(cost.flops)),
            Cell::new(Grouped(cost.params)),
            Cell::new(Grouped(cost.weight_bytes)),
            Cell::new(Grouped(report.memory.arena_bytes)),
            Cell::new(""),
        ],
        note: "",
    }
}

impl<N> fmt::Display for Report<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.network)?;
        ports(f, self.inputs)?;
        f.write_str(" -> ")?;
        ports(f, self.outputs)?;
        write!(f, ", {}{}", self.deployment.dtype, if self.deployment.fused { ", fused" } else { "" })?;
        f.write_str("\n\n")?;

        table::write(f, HEADINGS, || self.rows(), &total(self))?;

        f.write_char('\n')?;
        for (what, value) in self.totals() {
            writeln!(f, "{what:<34}{value}", value = value.as_str())?;
        }
        if !self.budget.is_empty() {
            f.write_str("\nbudget\n")?;
            for (limit, used) in self.limits() {
                writeln!(f, "  {:<30}  {}", limit.text, headroom(limit, used).as_str())?;
            }
        }
        Ok(())
    }
}

impl<N> Report<N> {
    /// The totals that the table does not show.
    fn totals(&self) -> [(&'static str, Cell); 10] {
        let (cost, memory) = (&self.cost, &self.memory);
        [
            ("MACs executed, without padding", Cell::new(Grouped(cost.macs_executed))),
            ("FLOPs executed, without padding", Cell::new(Grouped(cost.census_executed.total()))),
            ("flash for weights", Cell::new(Bytes(cost.weight_bytes))),
            ("RAM for the arena", Cell::new(Bytes(memory.arena_bytes))),
            ("  scratch of a layer within it", Cell::new(Bytes(memory.scratch_bytes))),
            ("  bound, no operator in place", Cell::new(Bytes(memory.peak_live_bytes))),
            ("  bound, operators in place", Cell::new(Bytes(memory.peak_live_in_place_bytes))),
            ("traffic, each operand moved once", Cell::new(Bytes(cost.traffic.total()))),
            ("traffic, nothing reused", Cell::new(Bytes(cost.traffic_uncached.total()))),
            ("MACs a byte of traffic", Cell::new(Tenths(tenths(cost.macs, cost.traffic.total())))),
        ]
    }
}

fn ports(f: &mut impl Write, ports: &[Port]) -> fmt::Result {
    for (i, port) in ports.iter().enumerate() {
        write!(f, "{}{}", if i == 0 { "" } else { ", " }, port.shape)?;
    }
    Ok(())
}

/// What is left of a limit.
fn headroom(limit: &Limit, used: u64) -> Cell {
    let unit = if limit.quantity.unit == Unit::Bytes { " B" } else { "" };
    if limit.relation == Relation::Exactly {
        return match limit.value == used {
            true => Cell::new(format_args!("{}{unit}, as pinned", Grouped(used))),
            false => Cell::new(format_args!("{}{unit}, pinned to {}", Grouped(used), Grouped(limit.value))),
        };
    }
    let percent = Tenths(tenths(used.saturating_mul(100), limit.value));
    match limit.value.checked_sub(used) {
        Some(left) => Cell::new(format_args!("{}{unit}, {percent} %, {}{unit} left", Grouped(used), Grouped(left))),
        None => {
            let over = Grouped(used - limit.value);
            Cell::new(format_args!("{}{unit}, {percent} %, {over}{unit} OVER", Grouped(used)))
        }
    }
}

#[cfg(feature = "std")]
mod export {
    use core::fmt::Write;
    use std::string::{String, ToString};
    use std::vec::Vec;

    use serde_json::{Value, json};

    use crate::base::shape::Shape;
    use crate::cost::layer::LayerRun;
    use crate::cost::traffic::Traffic;
    use crate::op::work::Census;
    use crate::report::report::{HEADINGS, Report, headroom, total};
    use crate::report::table;

    impl<N> Report<N> {
        /// The report as Markdown.
        pub fn to_markdown(&self) -> String {
            let mut out = String::new();
            // Writing to a string does not fail.
            let _ = self.markdown(&mut out);
            out
        }

        fn markdown(&self, out: &mut String) -> core::fmt::Result {
            writeln!(out, "## {}\n", self.network)?;
            table::write_markdown(out, HEADINGS, self.rows(), &total(self))?;
            out.push('\n');
            for (what, value) in self.totals() {
                writeln!(out, "- {}: {}", what.trim_start(), value.as_str())?;
            }
            if !self.budget.is_empty() {
                out.push_str("\n| budget | used |\n|:--|:--|\n");
                for (limit, used) in self.limits() {
                    writeln!(out, "| `{}` | {} |", limit.text, headroom(limit, used).as_str())?;
                }
            }
            Ok(())
        }

        /// The report as JSON: one object, with `layers` and `budget` as arrays.
        pub fn to_json(&self) -> String {
            let layers: Vec<Value> = self
                .layers
                .iter()
                .map(|layer| {
                    let mut value = cost(&layer.cost);
                    value["name"] = layer.name.as_str().into();
                    value["operator"] = layer.operator.into();
                    value["output"] = shape(&layer.output);
                    value["live_bytes"] = layer.live_bytes.into();
                    value["scratch_bytes"] = layer.scratch_bytes.into();
                    value["run"] = match layer.run {
                        LayerRun::Kernel => "kernel",
                        LayerRun::View => "view",
                        LayerRun::Folded => "folded",
                    }
                    .into();
                    value
                })
                .collect();
            let budget: Vec<Value> = self
                .limits()
                .map(|(limit, used)| json!({"limit": limit.text, "value": limit.value, "used": used}))
                .collect();
            let mut value = cost(&self.cost);
            value["network"] = self.network.into();
            value["dtype"] = self.deployment.dtype.name().into();
            value["fused"] = self.deployment.fused.into();
            value["inputs"] = self.inputs.iter().map(|port| shape(&port.shape)).collect();
            value["outputs"] = self.outputs.iter().map(|port| shape(&port.shape)).collect();
            value["arena_bytes"] = self.memory.arena_bytes.into();
            value["scratch_bytes"] = self.memory.scratch_bytes.into();
            value["peak_live_bytes"] = self.memory.peak_live_bytes.into();
            value["peak_live_in_place_bytes"] = self.memory.peak_live_in_place_bytes.into();
            value["layers"] = layers.into();
            value["budget"] = budget.into();
            value.to_string()
        }
    }

    fn shape(shape: &Shape) -> Value {
        shape.dims().collect()
    }

    fn census(census: &Census) -> Value {
        Census::KINDS.iter().map(|kind| kind.to_string()).zip(census.counts().map(Value::from)).collect()
    }

    fn traffic(traffic: &Traffic) -> Value {
        json!({"weights": traffic.weights, "input": traffic.input, "output": traffic.output})
    }

    fn cost(cost: &crate::cost::cost::Cost) -> Value {
        json!({
            "macs": cost.macs,
            "macs_executed": cost.macs_executed,
            "flops": cost.flops,
            "census": census(&cost.census),
            "census_executed": census(&cost.census_executed),
            "params": cost.params,
            "weights": cost.weights,
            "weight_bytes": cost.weight_bytes,
            "traffic": traffic(&cost.traffic),
            "traffic_uncached": traffic(&cost.traffic_uncached),
        })
    }
}
