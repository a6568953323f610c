//! Tensors that are kept from one run to the next: they lie at the start of the arena, one after another.

use crate::base::math::add;
use crate::base::message::Text;
use crate::graph::graph::{Graph, MAX_NODES, NONE};

/// The most tensors that are kept.
const MAX_STATES: usize = 64;

/// The tensors that are kept.
#[derive(Clone, Copy)]
pub(crate) struct States {
    pub count: usize,
    pub all: [Kept; MAX_STATES],
    /// The elements of all of them.
    pub elements: u64,
}

/// A tensor that is kept.
#[derive(Clone, Copy)]
pub(crate) struct Kept {
    pub node: u16,
    /// The node that changes it.
    pub changed_by: u16,
    /// The elements of its memory, which all have its first value before the first run.
    pub elements: u64,
}

impl States {
    pub const NONE: States =
        States { count: 0, all: [Kept { node: NONE, changed_by: NONE, elements: 0 }; MAX_STATES], elements: 0 };

    /// Takes a node in; returns its offset.
    pub const fn push(&mut self, node: usize, elements: u64) -> u64 {
        if self.count == MAX_STATES {
            panic!("a network keeps at most 64 tensors from one run to the next");
        }
        let offset = self.elements;
        self.all[self.count] = Kept { node: node as u16, changed_by: NONE, elements };
        self.count += 1;
        self.elements = add(offset, elements);
        offset
    }

    /// Notes that a node changes one of them.
    #[track_caller]
    pub const fn change(&mut self, graph: &Graph, state: usize, node: usize) {
        let mut i = 0;
        while i < self.count {
            let kept = &mut self.all[i];
            if kept.node as usize == state {
                if kept.changed_by != NONE {
                    Text::new().str("the state `").str(graph.spell(state).as_str()).str("` is updated twice").fail();
                }
                kept.changed_by = node as u16;
            }
            i += 1;
        }
    }

    /// Checks that each is changed, and read only before.
    #[track_caller]
    pub const fn check(&self, graph: &Graph, last_use: &[u16; MAX_NODES]) {
        let mut i = 0;
        while i < self.count {
            let Kept { node, changed_by, .. } = self.all[i];
            let text = Text::new().str("the state `").str(graph.spell(node as usize).as_str());
            if changed_by == NONE {
                text.str("` is never updated: it would keep the numbers it starts with; use `constant`").fail();
            }
            if last_use[node as usize] > changed_by {
                text.str("` is read after it is updated: use what it is updated with, or read it before").fail();
            }
            i += 1;
        }
    }
}
