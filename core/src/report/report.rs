//! The report of a network: layers, totals, budgets.

use core::fmt::{self, Write};
use core::marker::PhantomData;

use crate::budget::budget;
use crate::cost::cost::Cost;
use crate::cost::layer::{Layer, LayerRun};
use crate::cost::memory::Memory;
use crate::declared::Declared;
use crate::deploy::layer::OtherOrder;
use crate::graph::graph::Port;
use crate::graph::settings::Deployment;
use crate::quantity::limit::{Limit, Relation};
use crate::quantity::quantity::Unit;
use crate::report::subject::Subject;
use crate::report::table;
use crate::report::table::{Bytes, Cell, Grouped, Row, Tenths, tenths};
use crate::report::under::Under;
use crate::stream::stream::ByRows;
use crate::tables::Tables;
use crate::tools::tool::Counter;

/// The most limits of a budget that a report shows.
const MAX_LIMITS: usize = 64;

/// The report of a network. It displays as aligned text; with the feature `std`, it converts to Markdown and JSON.
///
/// A layer's RAM is what is live while it runs; the layer at the peak is marked. Layers that nobody reads come last.
/// Shares are of the MACs or, in a
/// network without any, of the FLOPs.
pub struct Report<N> {
    /// The network's name.
    pub network: &'static str,
    /// How it is deployed.
    pub deployment: Deployment,
    /// Its total cost.
    pub cost: Cost,
    /// The RAM it takes.
    pub memory: Memory,
    /// Its layers.
    pub layers: &'static [Layer],
    /// The layers that nobody reads.
    pub unread: &'static [Layer],
    /// Its budget.
    pub budget: &'static [Limit],
    used: &'static [u64],
    by_rows: Option<ByRows>,
    other_order: Option<OtherOrder>,
    pub(crate) inputs: &'static [Port],
    pub(crate) outputs: &'static [Port],
    of: PhantomData<fn() -> N>,
}

impl<N> Clone for Report<N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<N> Copy for Report<N> {}

impl<N> Report<N> {
    /// A report from values: the inputs and the outputs; the limits of the budget, and what is used of each.
    pub(crate) fn new(
        Subject { network, deployment, cost, layers }: Subject,
        memory: Memory,
        unread: &'static [Layer],
        [inputs, outputs]: [&'static [Port]; 2],
        (budget, used): (&'static [Limit], &'static [u64]),
    ) -> Self {
        Report {
            network,
            deployment,
            cost,
            memory,
            layers,
            unread,
            budget,
            used,
            by_rows: None,
            other_order: None,
            inputs,
            outputs,
            of: PhantomData,
        }
    }

    /// With what other kinds of run take.
    pub(crate) fn with_other_runs(self, by_rows: Option<ByRows>, other_order: Option<OtherOrder>) -> Self {
        Report { by_rows, other_order, ..self }
    }
}

impl<N: Declared> Report<N> {
    /// The report of a declared network.
    pub(crate) fn of() -> Self {
        let report = Report::new(
            Subject::of::<N>(),
            const { Tables::<N>::MEMORY },
            Tables::<N>::UNREAD,
            [Tables::<N>::INPUTS, Tables::<N>::OUTPUTS],
            (N::LIMITS, const { &used::<N>() }),
        );
        let (by_rows, other_order) = const { (ByRows::of(N::GRAPH), OtherOrder::of(N::GRAPH)) };
        report.with_other_runs(by_rows, other_order)
    }

    /// The same network in another tool's numbers, layer by layer, with the operators that the tool counts as zero:
    /// `DsCnn::report().under(Fvcore)`.
    pub fn under<C: Counter>(self, _: C) -> Under<C> {
        Under::new::<N>()
    }
}

impl<N> Report<N> {
    /// Each limit of the budget, with the network's use of it.
    pub fn limits(&self) -> impl Iterator<Item = (&'static Limit, u64)> + '_ {
        self.budget.iter().zip(self.used.iter().copied())
    }

    /// The layer at which live RAM peaks.
    pub fn peak(&self) -> Option<&'static Layer> {
        // `max_by_key` would return the last of equal ones; memory runs short at the first.
        self.layers.iter().rev().max_by_key(|layer| layer.live_bytes)
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<COLUMNS>> + '_ {
        let peak = self.peak().map(|layer| layer as *const Layer);
        self.layers
            .iter()
            .chain(self.unread)
            .map(move |layer| row(layer, &self.cost, peak == Some(layer as *const Layer)))
    }
}

const fn used<N: Declared>() -> [u64; MAX_LIMITS] {
    let mut used = [0; MAX_LIMITS];
    let mut i = 0;
    while i < N::LIMITS.len() && i < MAX_LIMITS {
        used[i] = budget::used::<N>(&N::LIMITS[i]);
        i += 1;
    }
    used
}

const COLUMNS: usize = 9;
pub(crate) const HEADINGS: [&str; COLUMNS] =
    ["layer", "operator", "output", "MACs", "FLOPs", "params", "flash [B]", "RAM live [B]", "share"];

fn row(layer: &Layer, network: &Cost, is_peak: bool) -> Row<COLUMNS> {
    let cost = &layer.cost;
    let share = layer.share(network);
    // Zeros are left blank.
    let number = |value| if value == 0 { Cell::new("") } else { Cell::new(Grouped(value)) };
    let share = match layer.run {
        LayerRun::Kernel if share > 0 => Cell::new(format_args!("{} %", Tenths(share))),
        LayerRun::Kernel => Cell::new(""),
        run => Cell::new(run.word()),
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

pub(crate) fn total<N>(report: &Report<N>) -> Row<COLUMNS> {
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
    /// The totals that are not in the table.
    pub(crate) fn totals(&self) -> impl Iterator<Item = (&'static str, Cell)> {
        let (cost, memory) = (&self.cost, &self.memory);
        // Few networks keep state.
        let state =
            (memory.state_bytes > 0).then(|| ("  state kept between runs", Cell::new(Bytes(memory.state_bytes))));
        // Or run by rows.
        let by_rows = self.by_rows.map(|ByRows { is_run, bytes, rows }| match is_run {
            true => ("  layer by layer", Cell::new(Bytes(bytes))),
            false => {
                ("  row by row, with `stream`", Cell::new(format_args!("{}, in {} rows", Bytes(bytes), Grouped(rows))))
            }
        });
        // Or have branches.
        let order = self.other_order.map(|OtherOrder { is_declared, bytes }| match is_declared {
            true => ("  branches as declared", Cell::new(Bytes(bytes))),
            false => ("  branches in another order", Cell::new(Bytes(bytes))),
        });
        // And few files have dead channels.
        let dead = (cost.dead_channels > 0).then(|| {
            [
                ("channels with all weights zero", Cell::new(Grouped(cost.dead_channels))),
                ("MACs without those channels", Cell::new(Grouped(cost.macs_live))),
            ]
        });
        let totals = [
            ("MACs executed, without padding", Cell::new(Grouped(cost.macs_executed))),
            ("FLOPs executed, without padding", Cell::new(Grouped(cost.census_executed.total()))),
            ("flash for weights", Cell::new(Bytes(cost.weight_bytes))),
            ("RAM for the arena", Cell::new(Bytes(memory.arena_bytes))),
            ("  scratch of a layer within it", Cell::new(Bytes(memory.scratch_bytes))),
        ];
        let more = [
            ("  bound, no operator in place", Cell::new(Bytes(memory.peak_live_bytes))),
            ("  bound, operators in place", Cell::new(Bytes(memory.peak_live_in_place_bytes))),
            ("traffic, each operand moved once", Cell::new(Bytes(cost.traffic.total()))),
            ("traffic, nothing reused", Cell::new(Bytes(cost.traffic_uncached.total()))),
            ("MACs a byte of traffic", Cell::new(Tenths(tenths(cost.macs, cost.traffic.total())))),
        ];
        dead.into_iter().flatten().chain(totals).chain(order).chain(by_rows).chain(state).chain(more)
    }
}

fn ports(f: &mut impl Write, ports: &[Port]) -> fmt::Result {
    for (i, port) in ports.iter().enumerate() {
        write!(f, "{}{}", if i == 0 { "" } else { ", " }, port.shape)?;
    }
    Ok(())
}

/// The headroom of a limit.
pub(crate) fn headroom(limit: &Limit, used: u64) -> Cell {
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
