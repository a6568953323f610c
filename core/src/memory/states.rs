//! Tensors that are kept from one run to the next: they lie at the start of the arena, one after another.

use crate::base::math::add;
use crate::base::message::Text;
use crate::graph::graph::{Graph, NONE};
use crate::memory::liveness::{Kept, Liveness, MAX_STATES, States};

impl Liveness {
    /// A node is kept: it takes no memory of the plan, and is written before the run.
    pub const fn keep(&mut self, node: usize) {
        let States { count, elements, .. } = self.states;
        if count == MAX_STATES {
            panic!("a network keeps at most 64 tensors from one run to the next");
        }
        self.states.all[count].node = node as u16;
        self.states.count += 1;
        self.states.elements = add(elements, self.size[node]);
        self.offset[node] = elements;
        (self.written[node], self.size[node]) = (0, 0);
        self.irregular = true;
    }

    /// A node changes its first operand, which is kept.
    #[track_caller]
    pub const fn change(&mut self, graph: &Graph, node: usize) {
        let state = graph.operand(node, 0);
        self.root[node] = state as u16;
        self.offset[node] = self.offset[state];
        let mut i = 0;
        while i < self.states.count {
            let kept = &mut self.states.all[i];
            if kept.node as usize == state {
                if kept.changed_by != NONE {
                    Text::new().str("the state `").str(graph.spell(state).as_str()).str("` is updated twice").fail();
                }
                kept.changed_by = node as u16;
            }
            i += 1;
        }
    }

    /// Checks that each state is changed, and read only before.
    #[track_caller]
    pub const fn check_states(&self, graph: &Graph) {
        let mut i = 0;
        while i < self.states.count {
            let Kept { node, changed_by } = self.states.all[i];
            let text = Text::new().str("the state `").str(graph.spell(node as usize).as_str());
            if changed_by == NONE {
                text.str("` is never updated: it would keep the numbers it starts with; use `constant`").fail();
            }
            if self.last_use[node as usize] > changed_by {
                text.str("` is read after it is updated: use what it is updated with, or read it before").fail();
            }
            i += 1;
        }
    }

    /// Whether a node is kept.
    pub const fn is_kept(&self, node: usize) -> bool {
        self.states.count > 0 && self.size[node] == 0 && self.root[node] as usize == node
    }

    /// Whether a node changes what is kept.
    pub const fn changes(&self, node: usize) -> bool {
        self.written[node] > 0 && self.root[node] as usize != node
    }
}
