//! What a layer's rules read, and what follows from that and the layer's own statements.

use crate::base::dtype::DataType;
use crate::base::element::Element;
use crate::base::math::add;
use crate::base::shape::Shape;
use crate::graph::graph::{Graph, Node};
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::{Reads, Storage};
use crate::op::sums::Sums;
use crate::op::work::Work;

/// What a layer's rules read: its operands and its output, and how it is deployed.
#[derive(Clone, Copy)]
pub(crate) struct Io<'a> {
    pub graph: &'a Graph,
    pub node: usize,
    /// The node itself.
    pub this: &'a Node,
    /// The elements that it writes: none if it is a view, or folded.
    pub written: u64,
    /// Whether a normalisation is folded into this layer.
    pub epilogue: bool,
    /// Whether this is a normalisation or a clamp that is folded into the layer before it.
    pub folded: bool,
}

impl<'a> Io<'a> {
    /// The shapes of a layer, for rules that need nothing else.
    pub const fn shapes(graph: &'a Graph, node: usize) -> Self {
        Io { graph, node, this: graph.nodes.get(node), written: 0, epilogue: false, folded: false }
    }

    pub const fn inputs(self) -> usize {
        self.this.inputs as usize
    }

    pub const fn input(self, input: usize) -> &'a Shape {
        let operand = if input == 0 { self.this.first } else { self.graph.edges[self.this.edge as usize + input - 1] };
        &self.graph.nodes.get(operand as usize).shape
    }

    pub const fn output(self) -> &'a Shape {
        &self.this.shape
    }

    /// Elements of the output.
    pub const fn elements(self) -> u64 {
        self.this.shape.elements
    }
}

impl Graph {
    /// How a node uses memory.
    pub(crate) const fn storage(&self, node: usize) -> Storage<'_> {
        self.node(node).op.storage(Io::shapes(self, node))
    }

    /// Whether nobody reads a node's output, one axis, in the order of its elements.
    pub(crate) const fn is_read_in_any_order(&self, node: usize) -> bool {
        if self.node(node).shape.rank() != 1 {
            return false;
        }
        let mut output = 0;
        while output < self.output_count {
            if self.outputs[output].node as usize == node {
                return false;
            }
            output += 1;
        }
        let mut reader = node + 1;
        while reader < self.len() {
            let mut input = 0;
            while input < self.node(reader).inputs as usize {
                if self.operand(reader, input) == node {
                    let storage = self.storage(reader);
                    let is_whole = self.node(reader).shape.elements == self.node(node).shape.elements;
                    let in_any_order = match storage.reads {
                        Reads::InAnyOrder => true,
                        _ => is_whole && storage.is_view() && self.is_read_in_any_order(reader),
                    };
                    if !in_any_order {
                        return false;
                    }
                }
                input += 1;
            }
            reader += 1;
        }
        true
    }

    /// The elements of memory that a node's kernel needs while it runs.
    pub(crate) const fn scratch(&self, node: usize) -> u64 {
        self.storage(node).scratch
    }
}

impl Row {
    /// A module with these tensors, or with none, that returns the layer's output.
    pub(crate) const fn module(io: Io<'_>, state: &State) -> Self {
        let (mut params, mut has_bias, mut i) = (0, false, 0);
        while i < state.len {
            let entry = state.entry(i);
            if entry.learned {
                params = add(params, entry.shape.elements());
                has_bias |= matches!(entry.element, Element::Sum);
            }
            i += 1;
        }
        if io.epilogue && !has_bias {
            params = add(params, io.output().at(0) as u64);
        }
        Row::with_params(io, params)
    }

    /// A module with this many parameters that returns the layer's output.
    pub(crate) const fn with_params(io: Io<'_>, params: u64) -> Self {
        Row {
            params,
            leaf_params: params,
            thop_params: params,
            torchstat_memory: io.elements(),
            torchinfo_output: if params > 0 { io.elements() } else { 0 },
            ..Row::UNCOUNTED
        }
    }

    /// A module without parameters.
    pub(crate) const fn stateless(io: Io<'_>) -> Self {
        Row::with_params(io, 0)
    }
}

impl Sums {
    /// Counts a layer by its [`Op::state`] and [`Op::work`].
    pub const fn count(&mut self, io: Io<'_>, state: &State, work: &Work) {
        self.count_state(io, state);
        let this = io.graph.node(io.node);
        if io.written == 0 && !io.folded {
            return;
        }
        if work.macs != 0 {
            self.macs += work.macs as u128;
            self.macs_skipped += (work.macs - work.macs_executed) as u128;
        }
        self.census.absorb(&work.census);
        self.census_skipped.absorb(&work.census.minus(&work.census_executed));
        if io.folded {
            return;
        }
        let reads = this.op.storage(io).reads;
        let written = io.written as u128;
        let mut inputs = 0;
        if let Reads::Written = reads {
            inputs = written;
        } else {
            let mut input = 0;
            while input < this.inputs as usize {
                inputs += io.graph.node(io.graph.operand(io.node, input)).shape.elements as u128;
                input += 1;
            }
        }
        if let Reads::Rows(rows) = reads {
            // None is read twice, unless nothing is reused.
            let stored = rows as u128 * (written / inputs);
            if written < stored {
                self.unread += stored - written;
            } else {
                self.reread += written - stored;
            }
        }
        self.input += inputs;
        self.output += written;
        self.input_uncached += if work.macs != 0 { work.macs as u128 * this.inputs as u128 } else { inputs };
    }

    /// Counts a layer's tensors: the learned parameters, and the numbers it stores for the run, which
    /// [`Graph::stored`] lists.
    const fn count_state(&mut self, io: Io<'_>, state: &State) {
        let this = io.graph.node(io.node);
        let epilogue = io.epilogue;
        let packs = matches!(io.graph.settings.dtype, DataType::I8);
        if packs && state.table && !io.folded {
            self.count_table();
        }
        if state.len == 0 && !epilogue {
            return;
        }
        if state.normalisation.is_some() {
            if state.is_affine() {
                self.params += 2 * this.shape.at(0) as u128;
            }
        } else {
            let mut i = 0;
            while i < state.len {
                let entry = state.entry(i);
                let elements = entry.shape.elements() as u128;
                if entry.learned {
                    self.params += elements;
                }
                match entry.element {
                    Element::Value | Element::Index { .. } => {
                        self.weights += elements;
                        if packs {
                            self.fill(elements);
                        }
                    }
                    Element::Sum if epilogue => {}
                    Element::Sum => self.wide_weights += elements,
                }
                i += 1;
            }
        }
        if epilogue || state.normalisation.is_some() && !io.folded {
            self.wide_weights += 2 * this.shape.at(0) as u128;
        }
    }
}
