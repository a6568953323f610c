//! Orders of a network in which less may be in use than in that of the declaration.

use crate::deploy::order::spans::Spans;
use crate::graph::graph::Graph;
use crate::graph::settings::Settings;
use crate::memory::buffers::{Buffers, Live, Sharing};
use crate::memory::liveness::Liveness;
use crate::memory::schedule::Schedule;

/// Networks of so many nodes have time for orders that may be of no use.
const FEW: usize = 64;

/// Orders, and the most elements in use in each: that of the declaration, and some in which less is.
pub(crate) struct Orders {
    len: usize,
    orders: [(Schedule, u64); 3],
}

impl Orders {
    /// None if there is only that of the declaration.
    pub const fn new(graph: &Graph, live: &mut Liveness) -> Self {
        let mut all = Orders { len: 0, orders: [(Schedule::DECLARED, 0); 3] };
        let Settings { fuse, stream, declared_order, .. } = graph.settings;
        if !live.branches || declared_order || stream || live.states.count > 0 {
            return all;
        }
        let sharing = if fuse { Sharing::TRAILING } else { Sharing::APART };
        let few = graph.len() <= FEW;
        let mut spans = Spans::new(graph, live, !few);
        if spans.len == 0 {
            return all;
        }
        let (others, last_use) = (spans.orders(graph, live), live.last_use);
        let mut i = 0;
        while i < others.len() {
            if others[i].differs {
                if all.len == 0 {
                    let Live { peak, step, .. } = Buffers::new(graph, live, sharing).live(graph.len());
                    all.orders[0].1 = peak;
                    all.len = 1;
                    if !few {
                        spans.only(step);
                    }
                }
                let declared = all.orders[0].1;
                if few || spans.len > 0 && spans.all[0].is_moved(&others[i]) {
                    live.follow_by(graph, others[i]);
                    let peak = Buffers::new(graph, live, sharing).live(graph.len()).peak;
                    (live.schedule, live.last_use) = (Schedule::DECLARED, last_use);
                    // Where less is not in use, a plan may still take less: fusing takes no more than not fusing.
                    if peak < declared || few && fuse && peak == declared {
                        all.orders[all.len] = (others[i], peak);
                        all.len += 1;
                    }
                }
            }
            i += 1;
        }
        if all.len == 1 {
            all.len = 0;
        }
        all
    }

    /// Takes the one in which least is in use.
    pub const fn take(&mut self) -> Option<(Schedule, u64)> {
        if self.len == 0 {
            return None;
        }
        let (mut least, mut i) = (0, 1);
        while i < self.len {
            if self.orders[i].1 < self.orders[least].1 {
                least = i;
            }
            i += 1;
        }
        let taken = self.orders[least];
        self.len -= 1;
        self.orders[least] = self.orders[self.len];
        Some(taken)
    }
}
