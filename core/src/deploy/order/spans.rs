//! The parts of a network that can be run in another order.

use crate::deploy::order::search::Search;
use crate::graph::graph::{Graph, MAX_NODES};
use crate::memory::liveness::{Liveness, Shares};
use crate::memory::schedule::Schedule;

/// The nodes `from..to`.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub from: u16,
    pub to: u16,
}

/// The parts of a network that can be run in another order: all nodes after one read it, directly or not, and one reads
/// all nodes before it.
pub(super) struct Spans {
    pub len: usize,
    pub all: [Span; MAX_NODES],
}

impl Span {
    /// Whether an order is another one here.
    pub const fn is_moved(self, schedule: &Schedule) -> bool {
        let mut node = self.from;
        while node < self.to {
            if schedule.nodes[node as usize] != node {
                return true;
            }
            node += 1;
        }
        false
    }
}

impl Spans {
    /// All of them, or those in which more is in use than outside of them, about.
    pub const fn new(graph: &Graph, live: &Liveness, above: bool) -> Self {
        let len = graph.len();
        // The first node that reads each. Views are no nodes here.
        let mut read_by = [len as u16; MAX_NODES];
        // The nodes that are not read by the one after them, and the last that is.
        let (mut breaks, mut count) = ([(0, 0); MAX_NODES], 0);
        // What is read for the last time by each node, and what is in use when it is run.
        let (mut dying, mut in_use, mut now) = ([0; MAX_NODES + 1], [0; MAX_NODES], 0);
        // Inputs are there before the run.
        let mut before = graph.input_count - 1;
        let mut node = 0;
        while node < len {
            let this = graph.nodes.get(node);
            // What reads nothing is often read at once: it stays, so that it does not set the whole network free.
            let mut latest = if above && this.inputs == 0 { before } else { graph.input_count - 1 };
            if this.inputs > 0 && live.written[node] > 0 {
                let mut operand = this.first as usize;
                let (mut edge, end) = (this.edge as usize, this.edge as usize + this.inputs as usize - 1);
                loop {
                    let root = live.root[operand] as usize;
                    if read_by[root] as usize == len {
                        read_by[root] = node as u16;
                    }
                    if root > latest {
                        latest = root;
                    }
                    if edge == end {
                        break;
                    }
                    operand = graph.edges[edge] as usize;
                    edge += 1;
                }
            }
            if live.written[node] > 0 && node >= graph.input_count {
                if latest < before {
                    breaks[count] = (before, latest as u16);
                    count += 1;
                }
                before = node;
            }
            if live.root[node] as usize == node {
                let size = live.size[node];
                dying[live.last_use[node] as usize] += size;
                in_use[node] = now + size;
                if graph.settings.fuse && !matches!(live.shares[node], Shares::Nothing) {
                    in_use[node] -= if dying[node] < size { dying[node] } else { size };
                }
                now += size;
            }
            now -= dying[node];
            node += 1;
        }
        let mut spans = Spans { len: 0, all: [Span { from: 0, to: 0 }; MAX_NODES] };
        let mut i = 0;
        while i < count {
            // The one after it can be run before it, right after what that reads; and it, right before what reads it.
            let (node, latest) = breaks[i];
            let mut span = Span { from: latest + 1, to: read_by[node] };
            while spans.len > 0 && spans.all[spans.len - 1].to >= span.from {
                spans.len -= 1;
                let Span { from, to } = spans.all[spans.len];
                span = Span {
                    from: if from < span.from { from } else { span.from },
                    to: if to > span.to { to } else { span.to },
                };
            }
            spans.all[spans.len] = span;
            spans.len += 1;
            i += 1;
        }
        if above {
            spans.above(&in_use, len);
        }
        spans
    }

    /// Keeps that with a node, if there is one.
    pub const fn only(&mut self, node: usize) {
        let mut i = 0;
        while i < self.len && self.all[i].to as usize <= node {
            i += 1;
        }
        self.all[0] = self.all[i];
        self.len = (i < self.len && self.all[i].from as usize <= node) as usize;
    }

    /// Other orders: as if outputs shared memory with operands, and as if they did not.
    pub const fn orders(&self, graph: &Graph, live: &Liveness) -> [Schedule; 2] {
        let mut orders = [Schedule::DECLARED; 2];
        let mut search = Search::new(graph, live);
        let mut i = 0;
        while i < self.len {
            let Span { from, to } = self.all[i];
            search.order(from as usize, to as usize, &mut orders);
            i += 1;
        }
        orders
    }

    /// Drops those in which no more is in use than elsewhere.
    const fn above(&mut self, in_use: &[u64; MAX_NODES], len: usize) {
        let mut most = [0; MAX_NODES + 1];
        let (mut node, mut i) = (0, 0);
        while node < len && self.len > 0 {
            if i < self.len && node >= self.all[i].to as usize {
                i += 1;
            }
            // The last is elsewhere.
            let at = if i < self.len && node >= self.all[i].from as usize { i } else { MAX_NODES };
            if in_use[node] > most[at] {
                most[at] = in_use[node];
            }
            node += 1;
        }
        let mut kept = 0;
        i = 0;
        while i < self.len {
            if most[i] > most[MAX_NODES] {
                self.all[kept] = self.all[i];
                kept += 1;
            }
            i += 1;
        }
        self.len = kept;
    }
}
