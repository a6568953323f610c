//! States that slide over a sequence.
//!
//! A sequence that comes in pieces often keeps its last frames: `let y = concat([state, x])`, of which the end is the
//! state of the next run. Unless more is new than is kept, `y` is kept in its place, and the state is the end of it. The
//! concatenation of the next run moves that to the start, where `y` begins: nothing else is moved but what is new.

use crate::base::math::add;
use crate::graph::graph::{Graph, MAX_NODES, NONE};
use crate::memory::liveness::{Liveness, Shares};
use crate::memory::states::Kept;

impl Liveness {
    /// Keeps, in the place of states, what they are joined with and are the end of in the next run.
    pub const fn slide(&mut self, graph: &Graph) {
        // For each node, the one in whose memory its views lie from now on, and how much further.
        let mut moved: [(u16, u64); MAX_NODES] = [(NONE, 0); MAX_NODES];
        let (mut at, mut i) = (0, 0);
        while i < self.states.count {
            let Kept { node, changed_by, elements } = self.states.all[i];
            let state = node as usize;
            let mut start = at;
            at = add(at, elements);
            if let Some(joined) = self.ends_with(graph, state, changed_by) {
                let size = self.size[joined];
                moved[joined] = (node, start);
                (start, at) = (start + (size - elements), start + size);
                self.states.all[i].elements = size;
                // It is the last to read the state, and what changes it.
                self.shares[joined] = Shares::Nothing;
                self.last_use[state] = joined as u16;
                self.written[changed_by as usize] = 0;
            }
            moved[state] = (node, start - self.offset[state]);
            i += 1;
        }
        self.states.elements = at;
        let mut node = 0;
        while node < graph.len() {
            let (root, further) = moved[self.root[node] as usize];
            if root != NONE {
                self.root[node] = root;
                self.offset[node] += further;
            }
            node += 1;
        }
    }

    /// The concatenation that a state is the start of, and the end of in the next run, if nobody else reads the state.
    const fn ends_with(&self, graph: &Graph, state: usize, changed_by: u16) -> Option<usize> {
        if changed_by == NONE || self.readers[state] != 2 {
            return None;
        }
        let update = graph.node(changed_by as usize);
        if update.inputs != 2 {
            return None;
        }
        let value = graph.operand(changed_by as usize, 1);
        let joined = self.root[value] as usize;
        if let Shares::Joined = self.shares[joined]
            && graph.operand(joined, 0) == state
            && self.size[joined] == self.offset[value] + self.size[value]
            && self.size[value] == graph.node(state).shape.elements
            && self.offset[value] <= self.size[value]
        {
            return Some(joined);
        }
        None
    }
}
