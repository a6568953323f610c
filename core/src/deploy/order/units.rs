//! Nodes that are run one after another, and which of them could be run next.

use crate::graph::graph::{MAX_EDGES, MAX_NODES, NONE};

/// The most operands of all nodes, and as many custom layers as wait for another.
pub(super) const MAX_OPERANDS: usize = MAX_EDGES + 2 * MAX_NODES;

/// The units of a part, and which of them could be run next.
#[derive(Clone, Copy)]
pub(super) struct Units {
    pub len: usize,
    /// The first node of each.
    pub start: [u16; MAX_NODES + 1],
    /// The first that was not run yet.
    pub at: [u16; MAX_NODES],
    /// How many others each still waits for.
    pub missing: [u16; MAX_NODES],
    /// Linked lists of those that wait for each.
    waits: usize,
    head: [u16; MAX_NODES],
    next: [u16; MAX_OPERANDS],
    waiting: [u16; MAX_OPERANDS],
    /// Those that wait for none.
    pub count: usize,
    pub ready: [u16; MAX_NODES],
}

impl Units {
    pub const fn new(end: usize) -> Self {
        Units {
            len: 0,
            start: [end as u16; MAX_NODES + 1],
            at: [0; MAX_NODES],
            missing: [0; MAX_NODES],
            waits: 0,
            head: [NONE; MAX_NODES],
            next: [NONE; MAX_OPERANDS],
            waiting: [NONE; MAX_OPERANDS],
            count: 0,
            ready: [0; MAX_NODES],
        }
    }

    /// Notes that a unit waits for another one.
    pub const fn wait(&mut self, unit: usize, other: usize) {
        self.missing[unit] += 1;
        (self.waiting[self.waits], self.next[self.waits]) = (unit as u16, self.head[other]);
        self.head[other] = self.waits as u16;
        self.waits += 1;
    }

    /// Notes that a unit could be run next.
    pub const fn insert(&mut self, unit: usize) {
        let mut at = self.count;
        while at > 0 && self.ready[at - 1] as usize > unit {
            self.ready[at] = self.ready[at - 1];
            at -= 1;
        }
        self.ready[at] = unit as u16;
        self.count += 1;
    }

    /// Takes a unit that was run, by its place among those that are ready; those that waited for it alone are ready.
    pub const fn take(&mut self, mut at: usize) {
        let unit = self.ready[at] as usize;
        self.count -= 1;
        while at < self.count {
            self.ready[at] = self.ready[at + 1];
            at += 1;
        }
        let mut wait = self.head[unit];
        while wait != NONE {
            let other = self.waiting[wait as usize] as usize;
            self.missing[other] -= 1;
            if self.missing[other] == 0 {
                self.insert(other);
            }
            wait = self.next[wait as usize];
        }
    }
}
