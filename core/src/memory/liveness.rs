//! Where each output lies, and how long it is in use.

use crate::base::math::add;
use crate::graph::graph::{Graph, MAX_NODES};
use crate::graph::io::Io;
use crate::memory::schedule::Schedule;
use crate::memory::states::States;
use crate::op::storage::{Place, Reads};

/// Where each output lies, and how long it is in use.
pub(crate) struct Liveness {
    /// The order in which nodes are run.
    pub schedule: Schedule,
    /// Whether another order is possible: a node does not read the one before it.
    pub branches: bool,
    /// The node in whose memory an output lies: its own, unless it is a view.
    pub root: [u16; MAX_NODES],
    /// Where in that memory, in elements.
    pub offset: [u64; MAX_NODES],
    /// The time at which a root's memory is read last, or the number of nodes for an output of the network; and how
    /// many nodes read it.
    pub last_use: [u16; MAX_NODES],
    pub readers: [u16; MAX_NODES],
    /// The elements that a node writes: none if it is a view.
    pub written: [u64; MAX_NODES],
    /// The memory of a node's output and of its tail, in values of the network's data type.
    pub size: [u64; MAX_NODES],
    /// How many values beyond one an element of a node's output takes, if there are [indices](Liveness::widen).
    pub extra: [u8; MAX_NODES],
    pub has_indices: bool,
    /// The tensors that are kept from one run to the next, and their memory.
    pub states: States,
    /// Whether a layer needs memory besides its operands and its output.
    pub irregular: bool,
    /// What a node's output may share memory with.
    pub shares: [Shares; MAX_NODES],
}

/// What an output may share memory with.
#[derive(Clone, Copy)]
pub(crate) enum Shares {
    Nothing,
    /// With a dying operand of its size.
    InPlace,
    /// With a dying operand that starts a lag after it.
    Trailing,
    /// With its operands, which lie one after another in it.
    Joined,
}

impl Liveness {
    /// The liveness of an empty graph.
    pub const fn none() -> Self {
        Liveness {
            schedule: Schedule::DECLARED,
            branches: false,
            root: [0; MAX_NODES],
            offset: [0; MAX_NODES],
            last_use: [0; MAX_NODES],
            readers: [0; MAX_NODES],
            written: [0; MAX_NODES],
            size: [0; MAX_NODES],
            extra: [0; MAX_NODES],
            has_indices: false,
            states: States::NONE,
            shares: [Shares::Nothing; MAX_NODES],
            irregular: false,
        }
    }

    /// Follows the tensors of a declared graph.
    #[track_caller]
    pub const fn follow(&mut self, graph: &Graph) {
        let layout = graph.settings.layout;
        let len = graph.len();
        let mut node = 0;
        while node < len {
            let this = graph.nodes.get(node);
            let mut follows = node <= graph.input_count;
            if this.inputs > 0 {
                follows |= this.first as usize + 1 == node;
                let root = self.root[this.first as usize] as usize;
                self.last_use[root] = node as u16;
                self.readers[root] += 1;
                let (mut edge, end) = (this.edge as usize, this.edge as usize + this.inputs as usize - 1);
                while edge < end {
                    follows |= graph.edges[edge] as usize + 1 == node;
                    self.read(graph.edges[edge], node as u16);
                    edge += 1;
                }
            }
            self.branches |= !follows;
            let storage = this.op.storage(Io { graph, node, this, written: 0, epilogue: false, folded: false });
            self.size[node] = this.shape.elements;
            if let Place::View { offset } = storage.place {
                self.root[node] = self.root[this.first as usize];
                self.offset[node] = self.offset[this.first as usize] + offset;
            } else {
                self.root[node] = node as u16;
                self.last_use[node] = node as u16;
                self.written[node] = this.shape.elements;
                if storage.tail > 0 || storage.scratch > 0 {
                    self.written[node] = add(this.shape.elements, storage.tail);
                    self.size[node] = self.written[node];
                    self.irregular = true;
                }
                if let Reads::Rows(_) = storage.reads {
                    self.has_indices = true;
                }
                self.shares[node] = match storage.place {
                    Place::OverOperand => Shares::InPlace,
                    Place::Sliding(_) => Shares::Trailing,
                    Place::Joined { axis } if layout.is_outermost(&this.shape, axis) => Shares::Joined,
                    Place::Own | Place::Joined { .. } | Place::View { .. } => Shares::Nothing,
                    Place::Kept => {
                        // It is written before the run, and takes no memory of the plan.
                        self.offset[node] = self.states.push(node, this.shape.elements);
                        (self.written[node], self.size[node]) = (0, 0);
                        self.irregular = true;
                        Shares::Nothing
                    }
                    Place::IntoOperand => {
                        let state = this.first as usize;
                        self.states.change(graph, state, node);
                        (self.root[node], self.offset[node]) = (this.first, self.offset[state]);
                        Shares::Nothing
                    }
                };
            }
            node += 1;
        }
        self.outlive(graph);
        if self.has_indices {
            self.widen(graph);
        }
        if self.states.count > 0 {
            self.slide(graph);
        }
    }

    /// Follows the tensors of a graph that is run in another order.
    pub const fn follow_by(&mut self, graph: &Graph, schedule: Schedule) {
        self.schedule = schedule;
        let len = graph.len();
        let mut time = 0;
        while time < len {
            let node = self.schedule.nodes[time] as usize;
            if self.root[node] as usize == node {
                self.last_use[node] = time as u16;
            }
            let this = graph.nodes.get(node);
            if this.inputs > 0 {
                self.last_use[self.root[this.first as usize] as usize] = time as u16;
                let (mut edge, end) = (this.edge as usize, this.edge as usize + this.inputs as usize - 1);
                while edge < end {
                    self.last_use[self.root[graph.edges[edge] as usize] as usize] = time as u16;
                    edge += 1;
                }
            }
            time += 1;
        }
        self.outlive(graph);
    }

    /// Keeps the outputs of the network until its end.
    pub const fn outlive(&mut self, graph: &Graph) {
        let mut output = 0;
        while output < graph.output_count {
            let root = self.root[graph.outputs[output].node as usize];
            self.last_use[root as usize] = graph.len() as u16;
            output += 1;
        }
    }

    const fn read(&mut self, operand: u16, node: u16) {
        let root = self.root[operand as usize] as usize;
        self.last_use[root] = node;
        self.readers[root] += 1;
    }

    /// Whether a node is kept from one run to the next.
    pub const fn is_kept(&self, node: usize) -> bool {
        self.states.count > 0 && self.size[node] == 0 && self.root[node] as usize == node
    }

    /// Whether a node changes what is kept.
    pub const fn changes(&self, node: usize) -> bool {
        self.written[node] > 0 && self.root[node] as usize != node
    }

    /// Whether a node moves no data: its output is its operand's memory.
    pub const fn is_view(&self, node: usize) -> bool {
        self.written[node] == 0
    }
}
