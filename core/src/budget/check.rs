//! What a network uses of its limits, and whether it keeps them.

use crate::budget::heaviest::Heaviest;
use crate::cost::memory::Memory;
use crate::cost::quantities::Own;
use crate::deploy::deployed::Deployed;
use crate::quantity::limit::{Limit, Relation};
use crate::quantity::quantity::Owner;
use crate::tools::tally::{Refusal, Tally};

/// The numbers of a network that are compared with limits. Those that no limit asks for may be zero.
#[derive(Clone, Copy)]
pub(crate) struct Numbers<'a> {
    pub network: &'a Deployed,
    pub memory: Memory,
    pub tally: Tally,
}

impl Numbers<'_> {
    /// What the network uses of a limit; if it is one on each layer, what the heaviest layer uses.
    pub const fn used(&self, limit: &Limit) -> u64 {
        let quantity = &limit.quantity;
        if limit.per_layer {
            return Heaviest::new(self.network, quantity).values[0];
        }
        match quantity.owner {
            Owner::Netcost => Own::value(quantity.number, &self.network.cost, &self.memory),
            Owner::Tool(_) => quantity.of_row(&self.tally.total),
        }
    }

    /// Why the limited tool gives no number, if it fails.
    pub const fn refusal(&self, limit: &Limit) -> Option<Refusal> {
        match limit.quantity.owner {
            Owner::Netcost => None,
            Owner::Tool(tool) => self.tally.refusal(tool, self.network),
        }
    }

    /// The first limit that the network breaks; `usize::MAX` if it keeps all.
    pub const fn first_broken(&self, limits: &[Limit]) -> usize {
        let mut i = 0;
        while i < limits.len() {
            if self.refusal(&limits[i]).is_some() || !limits[i].holds(self.used(&limits[i])) {
                return i;
            }
            i += 1;
        }
        usize::MAX
    }

    /// Whether the network keeps a limit, but uses `percent` of it or more.
    pub const fn near(&self, limit: &Limit, percent: u64) -> bool {
        let used = self.used(limit);
        self.refusal(limit).is_none()
            && !matches!(limit.relation, Relation::Exactly)
            && limit.holds(used)
            && used as u128 * 100 >= limit.value as u128 * percent as u128
    }
}
