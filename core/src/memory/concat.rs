//! Concatenations whose operands are computed in place.

use crate::graph::graph::Graph;
use crate::graph::list::CAPACITY;
use crate::memory::buffers::{Buffer, Buffers, NONE};
use crate::memory::liveness::{Liveness, Shares};

/// The most operands of a concatenation.
const MAX_OPERANDS: usize = CAPACITY;

/// The position within the operands of a concatenation.
struct Cursor {
    input: usize,
    at: u64,
    first: usize,
    edge: usize,
    inputs: usize,
}

/// An operand: the buffer it is a part of, and its offset there.
struct Operand {
    buffer: usize,
    at: u64,
    elements: u64,
}

/// A buffer that may become a part of a concatenation, and its offset there.
#[derive(Clone, Copy)]
struct Run {
    buffer: usize,
    at: u64,
}

impl Buffers {
    /// The latest buffer that a buffer is a part of, and its offset there.
    const fn outermost(&mut self, buffer: usize) -> (usize, u64) {
        let mut around = self.around[buffer] as usize;
        let mut at = self.at[buffer];
        while self.buffers[around].joined {
            at += self.buffers[around].shift as u64;
            around = self.buffers[around].heir as usize;
        }
        (self.around[buffer], self.at[buffer]) = (around as u16, at);
        (around, at)
    }

    /// Places the operands of a concatenation in its memory: those with memory of their own, and runs of those that
    /// already lie together in another concatenation.
    pub const fn join(&mut self, graph: &Graph, live: &Liveness, node: usize) {
        let this = self.of_root[node] as usize;
        let end = self.buffers[this].last;
        let mut runs = [Run { buffer: 0, at: 0 }; MAX_OPERANDS];
        let mut count = 0;
        let operands = graph.node(node);
        let mut cursor = Cursor {
            input: 0,
            at: 0,
            first: operands.first as usize,
            edge: operands.edge as usize,
            inputs: operands.inputs as usize,
        };
        while let Some(run) = self.next_run(graph, live, node, &mut cursor) {
            runs[count] = run;
            count += 1;
        }
        // A part that is read from here on would prevent the concatenation from being overwritten. If all parts are
        // read from here on, nothing is lost by that.
        let mut spare_living = false;
        if self.is_overwritten(graph, live, this) {
            let mut living = 0;
            let mut i = 0;
            while i < count {
                let part = &mut self.buffers[runs[i].buffer];
                if part.whole >= end && part.seen_by as usize != node {
                    living += part.elements;
                }
                part.seen_by = node as u16;
                i += 1;
            }
            spare_living = living != self.buffers[this].elements;
        }
        let mut whole = u16::MAX;
        let mut i = 0;
        while i < count {
            let Run { buffer, at } = runs[i];
            i += 1;
            let part = &mut self.buffers[buffer];
            let held = if part.last > part.held { part.last } else { part.held };
            if spare_living && held >= end || part.heir != NONE {
                continue;
            }
            part.heir = this as u16;
            part.shift = at as i64;
            part.joined = true;
            self.joining = true;
            let elements = part.elements;
            if part.whole < whole {
                whole = part.whole;
            }
            self.buffers[this].moved -= elements;
            if held > self.buffers[this].held {
                self.buffers[this].held = held;
            }
        }
        if self.buffers[this].moved == 0 && whole > end {
            self.buffers[this].whole = whole;
        }
    }

    /// Whether the last layer that reads a buffer can overwrite it.
    const fn is_overwritten(&self, graph: &Graph, live: &Liveness, buffer: usize) -> bool {
        let Buffer { last, elements, .. } = self.buffers[buffer];
        if last as usize == graph.len() {
            return false;
        }
        let reader = live.schedule.nodes[last as usize] as usize;
        matches!(live.shares[reader], Shares::InPlace) && live.size[reader] == elements
    }

    /// The next operands of a concatenation that together form a buffer, which may become a part of it.
    const fn next_run(&mut self, graph: &Graph, live: &Liveness, node: usize, cursor: &mut Cursor) -> Option<Run> {
        while cursor.input < cursor.inputs {
            let first = self.operand(graph, live, cursor, cursor.input);
            let Buffer { elements, last, heir, .. } = self.buffers[first.buffer];
            let mut end = cursor.input;
            let mut covered = 0;
            let mut place = first.at;
            let mut width = first.elements;
            while covered < elements && place == covered {
                covered += width;
                end += 1;
                if end == cursor.inputs {
                    break;
                }
                let other = self.operand(graph, live, cursor, end);
                place = if other.buffer == first.buffer { other.at } else { u64::MAX };
                width = other.elements;
            }
            let at = cursor.at;
            if covered == elements
                && heir == NONE
                // What is kept stays where it is.
                && elements > 0
                && first.buffer != self.of_root[node] as usize
                && (last as usize <= live.schedule.times[node] as usize || !self.is_overwritten(graph, live, first.buffer))
            {
                cursor.input = end;
                cursor.at = at + elements;
                return Some(Run { buffer: first.buffer, at });
            }
            cursor.at = at + first.elements;
            cursor.input += 1;
        }
        None
    }

    /// The buffer an operand is a part of, and its offset there.
    const fn operand(&mut self, graph: &Graph, live: &Liveness, cursor: &Cursor, input: usize) -> Operand {
        let mut operand = cursor.first;
        if input > 0 {
            operand = graph.edges[cursor.edge + input - 1] as usize;
        }
        let own = self.of_root[live.root[operand] as usize] as usize;
        let mut around = self.around[own] as usize;
        let mut at = self.at[own];
        if self.buffers[around].joined {
            (around, at) = self.outermost(own);
        }
        // What is kept takes no memory of the plan.
        let elements = if live.is_kept(operand) { graph.node(operand).shape.elements } else { live.size[operand] };
        Operand { buffer: around, at: at + live.offset[operand], elements }
    }
}
