//! The layers that weigh most in a quantity.

use crate::cost::memory::Memory;
use crate::cost::quantities::{Own, own};
use crate::deploy::deployed::Deployed;
use crate::op::row::Row;
use crate::quantity::quantity::{Owner, Quantity};
use crate::stream::stream::Stream;

/// The heaviest layers in a quantity.
pub(crate) struct Heaviest {
    pub nodes: [usize; Heaviest::LEN],
    pub values: [u64; Heaviest::LEN],
    pub len: usize,
}

impl Heaviest {
    /// How many layers a message names.
    const LEN: usize = 3;

    pub const fn new(network: &Deployed, quantity: &Quantity) -> Self {
        let settings = &network.graph.settings;
        let live = match quantity.live(settings.fuse) {
            Some(_) if settings.stream && quantity.is(own::Number::ram) => Some(Stream::new(network).in_use(network)),
            Some(shared) => Some(network.in_use(shared)),
            None => None,
        };
        let mut all = Heaviest { nodes: [0; Self::LEN], values: [0; Self::LEN], len: 0 };
        let mut node = network.graph.input_count;
        while node < network.len() {
            let value = match (&live, quantity.owner) {
                (Some(live), _) => live.at[network.live.schedule.times[node] as usize] * network.dtype().bytes(),
                (None, Owner::Tool(_)) => quantity.of_row(&Row::of_node(network, node)),
                (None, Owner::Netcost) => Own::value(quantity.number, &network.cost_of(node), &Memory::NONE),
            };
            all.insert(node, value);
            node += 1;
        }
        all
    }

    /// Inserts a layer, with values in descending order; of equal ones, the earlier layer comes first.
    const fn insert(&mut self, node: usize, value: u64) {
        let mut at = self.len;
        while at > 0 && self.values[at - 1] < value {
            at -= 1;
        }
        if at == Self::LEN || value == 0 {
            return;
        }
        let mut last = if self.len == Self::LEN { Self::LEN - 1 } else { self.len };
        self.len = last + 1;
        while last > at {
            (self.nodes[last], self.values[last]) = (self.nodes[last - 1], self.values[last - 1]);
            last -= 1;
        }
        (self.nodes[at], self.values[at]) = (node, value);
    }
}
