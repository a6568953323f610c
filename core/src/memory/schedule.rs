//! The order in which nodes are run. A time is a place in it.

use crate::graph::graph::MAX_NODES;

/// The order in which nodes are run.
#[derive(Clone, Copy)]
pub(crate) struct Schedule {
    /// Whether it differs from that of the declaration.
    pub differs: bool,
    /// The node at each time.
    pub nodes: [u16; MAX_NODES],
    /// The time of each node.
    pub times: [u16; MAX_NODES],
}

impl Schedule {
    /// That of the declaration.
    pub const DECLARED: Schedule = {
        let mut nodes = [0; MAX_NODES];
        let mut node = 0;
        while node < MAX_NODES {
            nodes[node] = node as u16;
            node += 1;
        }
        Schedule { differs: false, nodes, times: nodes }
    };
}
