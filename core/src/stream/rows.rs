//! How rows pass through the layers of a network: which layers take them, when each row is made, and how many are kept.
//!
//! Time is counted in rows of the network's input: as soon as one arrives, everything that can be computed is. Row `r` of
//! a tensor is made when input row `rate * r + delay` arrives; what would be made after the last is made when that does.

use crate::base::math::{add, multiply};
use crate::deploy::deployed::Deployed;
use crate::graph::graph::MAX_NODES;
use crate::int8::kernel::{Numbers, Streams};
use crate::op::axis::Axis;
use crate::op::storage::Place;

/// The most layers that run by rows, and tensors with them.
pub(crate) const MAX_LAYERS: usize = if MAX_NODES < 512 { MAX_NODES } else { 512 };

/// No layer.
pub(crate) const NONE: u16 = u16::MAX;

/// A layer that takes rows. The tensor that it makes is the one after its own number.
#[derive(Clone, Copy)]
pub(crate) struct Layer {
    pub node: u16,
    /// The tensors that it reads, one or two.
    pub inputs: [u16; 2],
    pub input_count: u16,
    /// The windows from row to row.
    pub axis: Axis,
    /// Whether each element is computed from those at its place, and may be written over them.
    pub is_elementwise: bool,
    /// The bytes of its scratch, in whole words.
    scratch: u64,
    /// The bytes of its sums, if it adds up all rows as they come.
    pub sums: u64,
}

impl Layer {
    pub const NONE: Layer =
        Layer { node: 0, inputs: [0; 2], input_count: 0, axis: Axis::UNIT, is_elementwise: false, scratch: 0, sums: 0 };

    /// Whether it reads a tensor.
    pub const fn reads(&self, tensor: usize) -> bool {
        self.inputs[0] as usize == tensor || self.input_count == 2 && self.inputs[1] as usize == tensor
    }
}

/// A tensor between layers that take rows.
#[derive(Clone, Copy)]
pub(crate) struct Tensor {
    pub height: u32,
    /// The bytes of a row.
    pub row: u64,
    rate: i64,
    delay: i64,
    /// The layers that read it: the first, the last, and how many.
    pub first: u16,
    pub last: u16,
    pub readers: u16,
    /// The rows for which it has memory of its own; with the newest in memory that all tensors share, or not.
    pub slots: u32,
    pub shares: bool,
    /// Whether no other tensor is in use when it is made.
    pub is_cut: bool,
}

impl Tensor {
    pub const NONE: Tensor = Tensor {
        height: 0,
        row: 0,
        rate: 1,
        delay: 0,
        first: NONE,
        last: NONE,
        readers: 0,
        slots: 0,
        shares: false,
        is_cut: false,
    };

    /// The bytes of all rows.
    pub const fn map(&self) -> u64 {
        multiply(self.row, self.height as u64)
    }

    /// The bytes of its own memory if its rows pass through.
    pub const fn ring(&self) -> u64 {
        multiply(self.row, self.slots as u64).next_multiple_of(4)
    }

    /// The bytes that its newest row takes of the memory that all tensors share.
    pub const fn newest(&self) -> u64 {
        if self.shares { self.row.next_multiple_of(4) } else { 0 }
    }

    /// The rows of this tensor that were made when a row of another one is, as if there was no end: those before this.
    pub const fn made_with(&self, other: &Tensor, row: i64) -> i64 {
        (row * other.rate + other.delay - self.delay).div_euclid(self.rate) + 1
    }
}

/// Why no more layers take rows.
#[derive(Clone, Copy)]
pub(crate) struct Stop {
    /// The layer that does not; the input, if it is that.
    pub node: usize,
    pub why: &'static str,
}

/// The layers that take rows, from the first on, and their tensors: that with the number 0 is the input.
pub(crate) struct Rows {
    pub len: usize,
    pub layers: [Layer; MAX_LAYERS],
    pub tensors: [Tensor; MAX_LAYERS + 1],
    /// The tensor that each node makes.
    of_node: [u16; MAX_NODES],
    pub stop: Option<Stop>,
}

impl Rows {
    /// The layers of a network that take rows, up to the first that does not.
    pub const fn new(deployed: &Deployed) -> Self {
        let mut all = Rows {
            len: 0,
            layers: [Layer::NONE; MAX_LAYERS],
            tensors: [Tensor::NONE; MAX_LAYERS + 1],
            of_node: [NONE; MAX_NODES],
            stop: None,
        };
        let (graph, live) = (&deployed.graph, &deployed.live);
        if graph.len() == 0 {
            // An error in it was told.
            return all;
        }
        let input = &graph.node(0).shape;
        if live.states.count > 0 {
            all.stop = Some(Stop { node: 0, why: "it keeps state from one run to the next" });
        } else if graph.input_count != 1 {
            all.stop = Some(Stop { node: 0, why: "it has more than one input" });
        } else if input.rank() != 3 || input.at(1) > u16::MAX as usize {
            all.stop = Some(Stop { node: 0, why: "its input is not an image of at most 65,535 rows" });
        } else {
            all.of_node[0] = 0;
            all.tensors[0] = Tensor { height: input.at(1) as u32, row: row(deployed, 0), ..Tensor::NONE };
        }
        // The last reader of a tensor that is not the latest.
        let (mut open, mut node) = (0, 1);
        all.tensors[0].is_cut = true;
        while node < graph.len() && all.stop.is_none() && all.len < MAX_LAYERS {
            if deployed.is_step(node) {
                let latest = match all.len {
                    0 => 0,
                    len => all.layers[len - 1].node as usize,
                };
                if live.last_use[latest] > open {
                    open = live.last_use[latest];
                }
                match all.take(deployed, node) {
                    Ok(()) => all.tensors[all.len].is_cut = open as usize <= node,
                    Err(why) => all.stop = Some(Stop { node, why }),
                }
            }
            node += 1;
        }
        all.keep();
        all
    }

    /// Takes the next layer.
    const fn take(&mut self, deployed: &Deployed, node: usize) -> Result<(), &'static str> {
        let (graph, live) = (&deployed.graph, &deployed.live);
        let this = graph.node(node);
        if let Place::Joined { .. } = graph.storage(node).place {
            return Err("it joins tensors");
        }
        let Some(kernel) = this.op.int8(deployed.io(node), &Numbers::UNIT) else {
            return Err("it has no kernel for i8");
        };
        let height = this.shape.at(1) as u32;
        let scratch = graph.scratch(node).next_multiple_of(4);
        let mut layer = Layer { node: node as u16, input_count: this.inputs, scratch, ..Layer::NONE };
        let mut made = Tensor { height, row: this.shape.elements, ..Tensor::NONE };
        let shares = match kernel.streams() {
            Streams::Windows { axis, shares } => {
                layer.axis = axis;
                shares
            }
            Streams::Elements => {
                (layer.axis, layer.is_elementwise) = (Axis { input: height, output: height, ..Axis::UNIT }, true);
                true
            }
            Streams::Pads { before } => {
                let input = graph.node(this.first as usize).shape.at(1) as u32;
                let before = before as u64 / row(deployed, node);
                layer.axis = Axis { input, output: height, before: before as u32, ..Axis::UNIT };
                true
            }
            Streams::Sums => {
                let rows = graph.node(this.first as usize).shape.at(1) as u32;
                layer.axis = Axis { input: rows, kernel: rows, ..Axis::UNIT };
                (made.height, layer.sums) = (1, multiply(4, this.shape.elements));
                true
            }
            Streams::No => return Err("it reads all of its input at once"),
        };
        if layer.sums == 0 {
            if this.shape.rank() != 3 || this.inputs == 0 || this.inputs > 2 {
                return Err("it does not make rows of one image");
            }
            if height > u16::MAX as u32 {
                return Err("it has more than 65,535 rows");
            }
            made.row = row(deployed, node);
        }
        let axis = layer.axis;
        let mut input = 0;
        while input < this.inputs as usize {
            let operand = graph.operand(node, input);
            let root = live.root[operand] as usize;
            let tensor = self.of_node[root] as usize;
            let shape = &graph.node(operand).shape;
            if live.offset[operand] != 0
                || tensor == NONE as usize
                || !shape.same(&graph.node(deployed.result(root)).shape)
            {
                return Err("it reads a part of a tensor, or one in another shape");
            }
            if input > 0 && (!shape.same(&this.shape) || !graph.node(this.first as usize).shape.same(&this.shape)) {
                return Err("it repeats one of its operands");
            }
            layer.inputs[input] = tensor as u16;
            let of = &self.tensors[tensor];
            if of.readers > 0 && (layer.sums > 0 || self.layers[of.first as usize].sums > 0) {
                return Err("it reads again what is added up row by row");
            }
            let delay = of.delay + of.rate * (axis.span() as i64 - axis.before as i64);
            if input > 0 && of.rate * axis.stride as i64 != made.rate {
                return Err("its operands come at different rates");
            }
            made.rate = of.rate * axis.stride as i64;
            if input == 0 || delay > made.delay {
                made.delay = delay;
            }
            input += 1;
        }
        let mut input = 0;
        while input < layer.input_count as usize {
            let of = &mut self.tensors[layer.inputs[input] as usize];
            if of.readers == 0 || of.last as usize != self.len {
                of.readers += 1;
            }
            if of.readers == 1 {
                of.first = self.len as u16;
            }
            of.last = self.len as u16;
            // Where a window begins before the first row, another may follow at the same row.
            let is_at_once = axis.span() < of.height as u64 && axis.before as u64 <= axis.span();
            of.shares = shares && (layer.sums > 0 || is_at_once);
            input += 1;
        }
        self.layers[self.len] = layer;
        self.len += 1;
        self.tensors[self.len] = made;
        self.of_node[node] = self.len as u16;
        Ok(())
    }

    /// The node that makes a tensor.
    pub const fn node(&self, tensor: usize) -> usize {
        match tensor {
            0 => 0,
            tensor => self.layers[tensor - 1].node as usize,
        }
    }

    /// Finds how many rows of each tensor are kept: from when a row is made until its last reader is done with it.
    const fn keep(&mut self) {
        let mut at = 0;
        while at < self.len {
            let Layer { inputs, input_count, axis, sums, .. } = self.layers[at];
            let made = self.tensors[at + 1];
            let mut input = 0;
            while input < input_count as usize {
                let of = &mut self.tensors[inputs[input] as usize];
                // Until it makes row 0, whose first tap is row `-before`.
                let kept = if sums > 0 { 1 } else { of.made_with(&made, 0) + axis.before as i64 };
                let kept = if kept < of.height as i64 { kept } else { of.height as i64 };
                if kept > of.slots as i64 {
                    of.slots = kept as u32;
                }
                input += 1;
            }
            at += 1;
        }
        // A row that only one layer reads, at once, is read where it arrives.
        let mut at = 0;
        while at <= self.len {
            let of = &self.tensors[at];
            let shares = of.readers == 1 && of.shares && self.is_read_last(of.first as usize, at);
            let of = &mut self.tensors[at];
            of.shares = shares;
            if shares {
                of.slots -= 1;
            }
            at += 1;
        }
    }

    /// Whether a layer can run as soon as a row of this one of its inputs is made: that of the other was made before, if
    /// this one is computed from it.
    const fn is_read_last(&self, layer: usize, tensor: usize) -> bool {
        let Layer { inputs: [a, b], input_count, .. } = self.layers[layer];
        let other = if a as usize == tensor { b } else { a } as usize;
        let mut at = tensor;
        while input_count == 2 && at > other {
            at = self.layers[at - 1].inputs[0] as usize;
        }
        input_count == 1 || at == other && other != tensor && self.tensors[other].delay <= self.tensors[tensor].delay
    }

    /// The bytes that the newest rows and the scratch of a layer take while it makes a row, in a segment from tensor `from`
    /// to tensor `to`.
    pub const fn shared(&self, layer: usize, from: usize, to: usize) -> u64 {
        let Layer { inputs, input_count, scratch: mut bytes, .. } = self.layers[layer];
        let mut input = 0;
        while input < input_count as usize {
            let tensor = inputs[input] as usize;
            if tensor != from {
                bytes = add(bytes, self.tensors[tensor].newest());
            }
            input += 1;
        }
        if layer + 1 != to {
            bytes = add(bytes, self.tensors[layer + 1].newest());
        }
        bytes
    }

    /// How far the map that a segment makes has to start before that which it reads, for none of its rows to overwrite
    /// one that is still read.
    pub const fn lag(&self, from: usize, to: usize) -> u64 {
        let (input, output) = (&self.tensors[from], &self.tensors[to]);
        let last = output.height as i64 - 1;
        // Between these rows, what is written is a linear function of what was read.
        let begun = self.first_with(from, to, 1) - 1;
        let rows = [0, begun, begun + 1, self.first_with(from, to, input.height as i64) - 1, last];
        let (mut lag, mut i) = (0, 0);
        while i < rows.len() {
            let row = if rows[i] < last { rows[i] } else { last };
            if row >= 0 {
                let over = (row + 1) * output.row as i64 - self.read(from, to, row) * input.row as i64;
                lag = if over > lag { over } else { lag };
            }
            i += 1;
        }
        lag as u64
    }

    /// The first row of a segment's output that is made when so many rows of its input, from the first on, are no longer
    /// read.
    const fn first_with(&self, from: usize, to: usize, read: i64) -> i64 {
        let (mut low, mut high) = (0, self.tensors[to].height as i64);
        while low < high {
            let middle = (low + high) / 2;
            if self.read(from, to, middle) < read {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// How many rows of a segment's input, from the first on, are no longer read when a row of its output is written.
    const fn read(&self, from: usize, to: usize, row: i64) -> i64 {
        let input = &self.tensors[from];
        let mut least = input.height as i64;
        let mut at = input.first as usize;
        while at < to && at <= input.last as usize {
            let layer = &self.layers[at];
            if layer.reads(from) {
                let made = &self.tensors[at + 1];
                // Of several layers that read a row when it comes, any may be the first.
                let next = match (at + 1 == to, input.readers) {
                    (true, _) if layer.is_elementwise => row + 1,
                    (true, _) => row,
                    (false, 1) => made.made_with(&self.tensors[to], row),
                    (false, _) => made.made_with(&self.tensors[to], row) - 1,
                };
                let mut read = next * layer.axis.stride as i64 - layer.axis.before as i64;
                if next >= made.height as i64 && (at + 1 != to || layer.is_elementwise) {
                    read = input.height as i64;
                }
                least = if read < least { read } else { least };
            }
            at += 1;
        }
        if least > 0 { least } else { 0 }
    }
}

/// The bytes of a row of a node's tensor.
const fn row(deployed: &Deployed, node: usize) -> u64 {
    let shape = &deployed.graph.node(node).shape;
    multiply(shape.at(0) as u64, shape.at(2) as u64)
}
