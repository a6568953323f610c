//! Tensors of indices, whose elements may be wider than a value of the network's data type.

use crate::base::element::Element;
use crate::base::math::multiply;
use crate::graph::graph::Graph;
use crate::graph::io::Io;
use crate::memory::liveness::{Liveness, Shares};
use crate::op::storage::Reads;
use crate::op::sums::Sums;

impl Liveness {
    /// Gives tensors of indices their size: those that a layer looks rows up by, and those that such tensors are moved
    /// from.
    #[track_caller]
    pub const fn widen(&mut self, graph: &Graph) {
        let dtype = graph.settings.dtype;
        let mut node = graph.len();
        while node > 0 {
            node -= 1;
            let mut extra = self.extra[node];
            if let Reads::Rows(rows) = graph.storage(node).reads {
                extra = (Element::Index { rows }.bytes(dtype) / dtype.bytes()) as u8 - 1;
            } else if extra == 0 || !self.moves(graph, node) {
                continue;
            }
            let mut input = 0;
            while input < graph.node(node).inputs as usize {
                let operand = graph.operand(node, input);
                if extra > self.extra[operand] {
                    self.extra[operand] = extra;
                }
                input += 1;
            }
        }
        while node < graph.len() {
            // All views of a piece of memory have elements of the same size.
            self.extra[node] = self.extra[self.root[node] as usize];
            let width = self.width(node);
            if width > 1 && self.is_kept(self.root[node] as usize) {
                panic!("a state holds indices, which take more bytes each than a number of this data type");
            }
            self.size[node] = multiply(self.size[node], width);
            self.offset[node] = multiply(self.offset[node], width);
            if !self.is_of_one_width(graph, node) {
                self.shares[node] = Shares::Nothing;
            }
            node += 1;
        }
    }

    /// The size of an element of a node's output, in values.
    pub const fn width(&self, node: usize) -> u64 {
        self.extra[node] as u64 + 1
    }

    /// Whether a layer passes its operands' numbers on unchanged.
    const fn moves(&self, graph: &Graph, node: usize) -> bool {
        let mut sums = Sums::ZERO;
        let io = Io { written: self.written[node], ..Io::shapes(graph, node) };
        io.this.op.count(io, &mut sums);
        let cost = sums.cost(graph.settings.dtype);
        cost.flops == 0 && cost.macs == 0 && cost.weights == 0
    }

    /// Whether a node's output may share memory with its operands: their elements have the same size.
    const fn is_of_one_width(&self, graph: &Graph, node: usize) -> bool {
        if let Shares::Trailing = self.shares[node] {
            return self.extra[node] == 0 && self.extra[graph.operand(node, 0)] == 0;
        }
        let mut input = 0;
        while input < graph.node(node).inputs as usize {
            if self.extra[graph.operand(node, input)] != self.extra[node] {
                return false;
            }
            input += 1;
        }
        true
    }
}

impl Sums {
    /// Adds to the counts of a layer what its elements take in excess of values.
    pub const fn count_indices(&mut self, io: Io<'_>, live: &Liveness) {
        if io.written == 0 {
            return;
        }
        self.output += io.written as u128 * live.extra[io.node] as u128;
        let reads = io.this.op.storage(io).reads;
        let mut input = 0;
        while input < io.inputs() {
            let operand = io.graph.operand(io.node, input);
            let mut read = io.graph.node(operand).shape.elements;
            if let Reads::Written = reads {
                // This is for all operands together, whose elements have the same size.
                read = if input == 0 { io.written } else { 0 };
            }
            let extra = read as u128 * live.extra[operand] as u128;
            self.input += extra;
            self.input_uncached += extra;
            input += 1;
        }
    }
}
