//! Outputs that overwrite, wholly or in part, an operand that is not read again.

use crate::base::layout::Layout;
use crate::graph::graph::Graph;
use crate::graph::graph::MAX_NODES;
use crate::memory::buffers::{Buffer, Buffers, NONE, Sharing, reach};
use crate::memory::liveness::{Liveness, Shares};
use crate::op::lag::{Direction, lag};
use crate::op::storage::Place;

impl Buffers {
    /// The buffer of an operand that a layer may overwrite: of the same size, and not read later. Of several, it is the
    /// oldest or the newest, whatever their order.
    pub const fn dying_operand(&mut self, graph: &Graph, live: &Liveness, node: usize, newest: bool) -> Option<usize> {
        if !matches!(live.shares[node], Shares::InPlace) {
            return None;
        }
        let mut found = None;
        let mut input = 0;
        while input < graph.node(node).inputs as usize {
            let root = live.root[graph.operand(node, input)] as usize;
            let buffer = self.of_root[root] as usize;
            if self.dies_at(buffer, live.schedule.times[node] as usize)
                && self.buffers[buffer].elements == live.size[node]
                && !self.reads_part(graph, live, node, buffer)
            {
                match found {
                    Some(other) if buffer != other => {
                        self.choosing = true;
                        if (buffer > other) == newest {
                            found = Some(buffer);
                        }
                    }
                    _ => found = Some(buffer),
                }
            }
            input += 1;
        }
        found
    }

    /// Whether a buffer is read last at a time, and no part of it is read from then on.
    const fn dies_at(&self, buffer: usize, time: usize) -> bool {
        let Buffer { last, heir, held, .. } = self.buffers[buffer];
        last as usize == time && heir == NONE && (held as usize) < time
    }

    /// Whether an operand is a part of a buffer: a broadcast operand is still read when its memory would be written.
    const fn reads_part(&self, graph: &Graph, live: &Liveness, node: usize, buffer: usize) -> bool {
        let mut input = 0;
        while input < graph.node(node).inputs as usize {
            let operand = graph.operand(node, input);
            if self.of_root[live.root[operand] as usize] as usize == buffer
                && live.size[operand] != self.buffers[buffer].elements
            {
                return true;
            }
            input += 1;
        }
        false
    }

    /// Places outputs before their dying operand, or after it, as closely as their layer allows, at steps at which more
    /// than `above` elements would be in use otherwise. Of both, they lie where less is in use, or else where all that trail
    /// each other reach less far: so a chain of them does not move in one direction.
    pub const fn trail(&mut self, graph: &Graph, live: &Liveness, Sharing { above, from, .. }: Sharing) {
        let in_use = if above > 0 { Some(self.live(graph.len())) } else { None };
        let directions = Direction::all(graph.settings.layout);
        // How far those that trail each other reach after the start of a buffer.
        let mut after = [0; MAX_NODES];
        let mut time = if from > 0 { from as usize + 1 } else { graph.input_count };
        while time < graph.len() {
            let node = live.schedule.nodes[time] as usize;
            if let Shares::Trailing = live.shares[node]
                && let Place::Sliding(axes) = graph.storage(node).place
            {
                let is_needed = match &in_use {
                    Some(in_use) => in_use.at[time] > above,
                    None => true,
                };
                let this = self.of_root[node];
                let operand = graph.operand(node, 0);
                let (input, output) = (&graph.node(operand).shape, &graph.node(node).shape);
                let buffer = self.of_root[live.root[operand] as usize] as usize;
                if is_needed
                    && self.buffers[this as usize].heir == NONE
                    && self.dies_at(buffer, time)
                    && live.size[operand] == self.buffers[buffer].elements
                {
                    let elements = self.buffers[buffer].elements;
                    let chain = (self.before[buffer], if after[buffer] > 0 { after[buffer] } else { elements });
                    let mut least = (u64::MAX, u64::MAX);
                    let mut i = 0;
                    while i < directions.len() {
                        let lag = lag(axes, input, output, graph.settings.layout, directions[i]);
                        let shift = match directions[i] {
                            // Scratch often lies after the input: it ends at a word, except where that would put each
                            // channel over another.
                            Direction::Forward
                                if matches!(graph.settings.layout, Layout::ChannelLast)
                                    && input.at(0) != output.at(0) =>
                            {
                                (lag + elements).next_multiple_of(4) as i64 - elements as i64
                            }
                            Direction::Forward => lag as i64,
                            Direction::Backward => output.elements as i64 - (elements + lag) as i64,
                        };
                        let of_both = reach(shift, (0, elements), output.elements);
                        let of_all = reach(shift, chain, output.elements);
                        let (both, all) = (of_both.0 + of_both.1, of_all.0 + of_all.1);
                        if lag < output.elements && (both < least.0 || both == least.0 && all < least.1) {
                            least = (both, all);
                            (self.before[this as usize], after[this as usize]) = of_all;
                            (self.buffers[buffer].heir, self.buffers[buffer].shift) = (this, shift);
                            self.trailing = true;
                        }
                        i += 1;
                    }
                }
            }
            time += 1;
        }
    }
}
