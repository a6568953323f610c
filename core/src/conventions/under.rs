//! The report of a network in the numbers of another tool.

use core::fmt::{self, Write};
use core::marker::PhantomData;

use super::{Convention, Refused, Row, of_row};
use crate::budget::Quantity;
use crate::table::{self, Cell, Grouped};
use crate::{Cost, Layer, Network};

/// A network in the numbers of another tool, beside netcost's own: what `DsCnn::report().under(Fvcore)` gives. It
/// displays as aligned text.
#[derive(Clone, Copy)]
pub struct Under<C: Convention> {
    /// The network's name.
    pub network: &'static str,
    /// Its layers.
    pub layers: &'static [Layer],
    /// What the tool prints for it, or why it prints nothing.
    pub count: Result<C::Count, Refused>,
    cost: Cost,
    total: Row,
    rows: &'static [Row],
    convention: PhantomData<C>,
}

/// An operator that a tool counts as zero although it computes something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Missed {
    /// As it is written: `softmax`.
    pub operator: &'static str,
    /// How many layers of it there are.
    pub layers: usize,
    /// What they cost, as netcost counts them.
    pub macs: u64,
    /// What they cost, as netcost counts them.
    pub flops: u64,
}

/// Layer, operator, output, netcost's MACs and FLOPs, and the tool's numbers, as many as it has.
const COLUMNS: usize = 5 + MOST_QUANTITIES;

/// The most numbers that a tool has.
const MOST_QUANTITIES: usize = 6;

impl<C: Convention> Under<C> {
    pub(crate) fn new<N: Network>() -> Self {
        Under {
            network: N::NAME,
            layers: N::LAYERS,
            count: C::count::<N>(),
            cost: const { N::COST },
            total: const { N::TALLY.total() },
            rows: N::ROWS,
            convention: PhantomData,
        }
    }

    /// The operators that the tool counts as zero in the number that it is known for, in the order in which they occur.
    pub fn missed(&self) -> impl Iterator<Item = Missed> + '_ {
        let missed = |index: usize| self.is_missed(index);
        let first = move |index: &usize| {
            let operator = self.layers[*index].operator;
            missed(*index) && !(0..*index).any(|before| missed(before) && self.layers[before].operator == operator)
        };
        (0..self.layers.len()).filter(first).map(move |first| {
            let operator = self.layers[first].operator;
            let mut all = Missed { operator, layers: 0, macs: 0, flops: 0 };
            for (index, layer) in self.layers.iter().enumerate().skip(first) {
                if layer.operator == operator && self.is_missed(index) {
                    all.layers += 1;
                    all.macs += layer.cost.macs;
                    all.flops += layer.cost.flops;
                }
            }
            all
        })
    }

    fn is_missed(&self, index: usize) -> bool {
        let counted = C::QUANTITIES.first().is_some_and(|&quantity| of_row(quantity, &self.rows[index], 1) > 0);
        self.layers[index].cost.flops > 0 && !counted
    }

    fn table_row(&self, index: usize) -> table::Row<COLUMNS> {
        let (layer, row) = (&self.layers[index], &self.rows[index]);
        let number = |value| if value == 0 { Cell::new("") } else { Cell::new(Grouped(value)) };
        let mut cells = [Cell::new(""); COLUMNS];
        cells[0] = Cell::new(layer.name);
        cells[1] = Cell::new(layer.operator);
        cells[2] = Cell::new(layer.output);
        cells[3] = number(layer.cost.macs);
        cells[4] = number(layer.cost.flops);
        for (cell, &quantity) in cells[5..].iter_mut().zip(C::QUANTITIES) {
            *cell = number(of_row(quantity, row, 1));
        }
        table::Row { cells, note: if self.is_missed(index) { "missed" } else { "" } }
    }

    fn table_total(&self) -> table::Row<COLUMNS> {
        let mut cells = [Cell::new(""); COLUMNS];
        cells[0] = Cell::new("total");
        cells[3] = Cell::new(Grouped(self.cost.macs));
        cells[4] = Cell::new(Grouped(self.cost.flops));
        for (cell, &quantity) in cells[5..].iter_mut().zip(C::QUANTITIES) {
            *cell = match self.count {
                Ok(_) => Cell::new(Grouped(of_row(quantity, &self.total, 1))),
                Err(_) => Cell::new("-"),
            };
        }
        table::Row { cells, note: "" }
    }
}

/// A tool's own name of its number: "flops" of "fvcore.flops".
fn heading(quantity: Quantity) -> &'static str {
    quantity.word().split_once('.').map_or("", |(_, name)| name)
}

impl<C: Convention> fmt::Display for Under<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} under {}\n", self.network, C::TOOL)?;
        let mut headings = ["layer", "operator", "output", "MACs", "FLOPs", "", "", "", "", "", ""];
        for (name, &quantity) in headings[5..].iter_mut().zip(C::QUANTITIES) {
            *name = heading(quantity);
        }
        table::write(f, headings, || (0..self.layers.len()).map(|index| self.table_row(index)), &self.table_total())?;
        if let Err(refused) = &self.count {
            writeln!(f, "\n{} gives no number: it fails {refused}", C::TOOL)?;
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
            write!(f, "on layer `{}`, {} to {}: ", layer.name, layer.operator, layer.output)?;
        }
        f.write_str(self.reason)
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Refused {}
