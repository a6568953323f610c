//! The report of a network in another tool's numbers.

use core::fmt::{self, Write};
use core::marker::PhantomData;

use crate::cost::cost::Cost;
use crate::cost::layer::Layer;
use crate::declared::Declared;
use crate::deploy::deployed::Deployed;
use crate::op::row::Row;
use crate::quantity::quantity::Quantity;
use crate::quantity::tool::Tool;
use crate::report::subject::Subject;
use crate::report::table;
use crate::report::table::{Cell, Grouped};
use crate::tables::Tables;
use crate::tools::counted::{Counted, Part};
use crate::tools::tally::{Refusal, Tally};
use crate::tools::tool::Counter;

/// A network in another tool's numbers, next to netcost's own: the result of `DsCnn::report().under(Fvcore)`. It
/// displays as aligned text.
#[derive(Clone, Copy)]
pub struct Under<C: Counter> {
    /// The network's name.
    pub network: &'static str,
    /// Its layers.
    pub layers: &'static [Layer],
    /// What the tool prints for it, or why it prints nothing.
    pub count: Result<C::Count, Refused>,
    cost: Cost,
    total: Row,
    counted: &'static [Counted],
    convention: PhantomData<C>,
}

/// A tool's failure on a network.
#[derive(Clone, Copy)]
pub struct Refused {
    /// The layer it fails on, if any.
    pub layer: Option<&'static Layer>,
    /// Why: "its Linear takes a tensor of one axis".
    pub reason: &'static str,
}

impl Refused {
    pub(crate) const fn of(tool: Tool, tally: &Tally, network: &Deployed, layers: &'static [Layer]) -> Option<Self> {
        match tally.refusal(tool, network) {
            None => None,
            Some(Refusal { node: None, reason }) => Some(Refused { layer: None, reason }),
            Some(Refusal { node: Some(node), reason }) => {
                Some(Refused { layer: Some(&layers[network.graph.layer_number(node)]), reason })
            }
        }
    }
}

/// An operator that a tool counts as zero although it computes something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Missed {
    /// Its name as written in a declaration: `softmax`.
    pub operator: &'static str,
    /// The number of its layers.
    pub layers: usize,
    /// What they cost, as netcost counts them.
    pub macs: u64,
    /// What they cost, as netcost counts them.
    pub flops: u64,
}

/// Layer, operator, output, netcost's MACs and FLOPs, and each of the tool's numbers.
const COLUMNS: usize = 5 + MOST_QUANTITIES;

/// The most numbers a tool has.
const MOST_QUANTITIES: usize = 6;

impl<C: Counter> Under<C> {
    pub(crate) fn new<N: Declared>() -> Self {
        let refused = const { Refused::of(C::ID, &Tables::<N>::TALLY, N::GRAPH, Tables::<N>::LAYERS) };
        Self::of(Subject::of::<N>(), refused, const { Tables::<N>::TALLY.total }, Tables::<N>::COUNTED)
    }

    /// From values: why the tool fails, if it does; the sum of the layers' rows; and what is counted at each layer.
    pub(crate) fn of(
        Subject { network, layers, cost, .. }: Subject,
        refused: Option<Refused>,
        total: Row,
        counted: &'static [Counted],
    ) -> Self {
        let count = refused.map_or_else(|| Ok(C::count_of(total)), Err);
        Under { network, layers, count, cost, total, counted, convention: PhantomData }
    }

    /// The operators that the tool counts as zero in its best-known number, in order of occurrence.
    pub fn missed(&self) -> impl Iterator<Item = Missed> + '_ {
        let all = move || (0..self.layers.len()).filter_map(move |index| self.missed_at(index));
        let first = move |&(position, missed): &(usize, Missed)| {
            !all().take(position).any(|before| before.operator == missed.operator)
        };
        all().enumerate().filter(first).map(move |(position, missed)| {
            let others = all().skip(position + 1).filter(move |other| other.operator == missed.operator);
            others.fold(missed, |sum, other| Missed {
                layers: sum.layers + other.layers,
                macs: sum.macs + other.macs,
                flops: sum.flops + other.flops,
                ..sum
            })
        })
    }

    /// What the tool misses in a layer, or in the module that ends with it.
    fn missed_at(&self, index: usize) -> Option<Missed> {
        let counted = &self.counted[index];
        let main = C::QUANTITIES.first()?;
        let (operator, first) = match counted.module {
            Some(Part { last, .. }) if last != index => return None,
            Some(Part { operator, first, .. }) => (operator, first),
            None => (self.layers[index].operator, index),
        };
        let layers = &self.layers[first..=index];
        let macs = layers.iter().map(|layer| layer.cost.macs).sum();
        let flops = layers.iter().map(|layer| layer.cost.flops).sum();
        let is_refused = C::ID.fails_on_layer(&counted.row).is_some();
        let is_missed = flops > 0 && !is_refused && main.of_row(&counted.row) == 0;
        is_missed.then_some(Missed { operator, layers: 1, macs, flops })
    }

    fn table_row(&self, index: usize) -> table::Row<COLUMNS> {
        let (layer, counted) = (&self.layers[index], &self.counted[index]);
        let number = |value| if value == 0 { Cell::new("") } else { Cell::new(Grouped(value)) };
        let mut cells = [Cell::new(""); COLUMNS];
        cells[0] = Cell::new(layer.name);
        cells[1] = Cell::new(layer.operator);
        cells[2] = Cell::new(layer.output);
        cells[3] = number(layer.cost.macs);
        cells[4] = number(layer.cost.flops);
        for (cell, quantity) in cells[5..].iter_mut().zip(C::QUANTITIES) {
            *cell = number(quantity.of_row(&counted.row));
        }
        if self.missed_at(index).is_some() {
            cells[5] = Cell::new("0");
        }
        table::Row { cells, note: "" }
    }

    fn table_total(&self) -> table::Row<COLUMNS> {
        let mut cells = [Cell::new(""); COLUMNS];
        cells[0] = Cell::new("total");
        cells[3] = Cell::new(Grouped(self.cost.macs));
        cells[4] = Cell::new(Grouped(self.cost.flops));
        for (cell, quantity) in cells[5..].iter_mut().zip(C::QUANTITIES) {
            *cell = match self.count {
                Ok(_) => Cell::new(Grouped(quantity.of_row(&self.total))),
                Err(_) => Cell::new("-"),
            };
        }
        table::Row { cells, note: "" }
    }
}

/// A tool's own name for its number: "flops" of "fvcore.flops".
fn heading(quantity: &Quantity) -> &'static str {
    quantity.word.split_once('.').map_or("", |(_, name)| name)
}

impl<C: Counter> fmt::Display for Under<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} under {}\n", self.network, C::TOOL)?;
        let mut headings = ["layer", "operator", "output", "MACs", "FLOPs", "", "", "", "", "", ""];
        for (name, quantity) in headings[5..].iter_mut().zip(C::QUANTITIES) {
            *name = heading(quantity);
        }
        table::write(f, headings, || (0..self.layers.len()).map(|index| self.table_row(index)), &self.table_total())?;
        if let Err(refused) = &self.count {
            writeln!(f, "\n{} gives no number: it fails{refused}", C::TOOL)?;
        }
        let mut missed = self.missed().peekable();
        if missed.peek().is_some() {
            f.write_str("\ncounted as zero\n")?;
        }
        for Missed { operator, layers, macs, flops } in missed {
            let count = Cell::new(format_args!("{layers} layer{}", if layers == 1 { "" } else { "s" }));
            write!(f, "  {operator:<26}{:<12}{} FLOPs", count.as_str(), Grouped(flops))?;
            if macs > 0 {
                write!(f, ", {} MACs", Grouped(macs))?;
            }
            f.write_char('\n')?;
        }
        Ok(())
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(layer) = &self.layer {
            write!(f, " on layer `{}`, {} to {}", layer.name, layer.operator, layer.output)?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Refused {}
