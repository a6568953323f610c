//! Where the arena plan puts each tensor.

use crate::base::layout::Layout;
use crate::base::math::add;
use crate::graph::graph::{Graph, MAX_NODES};
use crate::memory::buffers::{Buffers, Sharing};
use crate::memory::first_fit::{Simple, apart, by_block, in_order};
use crate::memory::greedy::{Ends, MAX_OVERLAPS, Order, Overlaps, greedy, ordered};
use crate::memory::groups::Groups;
use crate::memory::liveness::Liveness;
use crate::memory::schedule::Schedule;
use crate::op::lag::{Direction, lag};
use crate::op::storage::Place;

/// The orders in which groups are placed, in turn, each for a round of plans; and where they are placed at first.
const ORDERS: [(Order, Ends); 4] = [
    (Order::LargestThenLater, Ends::Lower),
    (Order::LargestThenEarlier, Ends::Lower),
    (Order::Earliest, Ends::Both),
    (Order::Latest, Ends::Both),
];

/// The most greedy plans, and about how many buffers and pairs of buffers they may look at altogether.
const MOST_PLANS: usize = 50;
const WORK: usize = 40_000;

/// Where each tensor lies in the arena.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    of_root: [u16; MAX_NODES],
    /// The offset of each buffer.
    offsets: [u64; MAX_NODES],
    /// The elements of the arena.
    pub len: u64,
    /// Those before all that is planned: what is kept from one run to the next, or room for what runs by rows.
    kept: u64,
}

impl Plan {
    /// The best plan for a graph whose memory is shared in this way, or less where that takes less.
    pub const fn new(graph: &Graph, live: &Liveness, sharing: Sharing) -> Self {
        if sharing.in_place || live.irregular || sharing.from > 0 {
            return Plan::of(graph, live, &Buffers::new(graph, live, sharing), sharing);
        }
        let Simple { offsets, len, bound, pairs } = apart(graph, live);
        let plan = Plan { of_root: Schedule::DECLARED.nodes, offsets, len, kept: 0 };
        if plan.len <= bound || 2 * pairs >= MAX_OVERLAPS {
            return plan;
        }
        let buffers = Buffers::new(graph, live, sharing);
        plan.or_greedy(&buffers, &buffers.groups(), bound)
    }

    /// The same, for buffers that share memory in this way. A plan in which less is shared is tried only if it may take
    /// less than those before it: more is in use, but less of it at fixed distances.
    pub const fn of(graph: &Graph, live: &Liveness, buffers: &Buffers, sharing: Sharing) -> Self {
        let steps = graph.len();
        let (choosing, trailing) = (buffers.choosing, buffers.trailing);
        let (mut plan, bound, other);
        match graph.settings.layout {
            Layout::ChannelLast if trailing => {
                // Most layers can trail, and few have to: no more is in use, and less of it at fixed distances.
                bound = buffers.live(steps).peak;
                (plan, _) = Plan::best(&Buffers::new(graph, live, Sharing { above: bound, ..sharing }), steps);
                other = sharing;
            }
            _ => {
                (plan, bound) = Plan::best(buffers, steps);
                other = Sharing { above: bound, ..sharing };
            }
        }
        if !sharing.in_place || plan.len <= bound {
            return plan;
        }
        let others = [
            (trailing, other),
            (choosing, Sharing { over_newest: true, ..sharing }),
            (trailing, Sharing { trails: false, ..sharing }),
            (trailing && choosing, Sharing { trails: false, over_newest: true, ..sharing }),
            (!buffers.joining, Sharing { from: sharing.from, ..Sharing::APART }),
        ];
        let mut i = 0;
        while i < others.len() && plan.len > bound {
            let (differs, sharing) = others[i];
            if differs {
                let buffers = Buffers::new(graph, live, sharing);
                if plan.len > buffers.live(steps).peak {
                    let (other, _) = Plan::best(&buffers, steps);
                    if other.len < plan.len {
                        plan = other;
                    }
                }
            }
            i += 1;
        }
        plan
    }

    /// First-fit in execution order, where every group of buffers is one block while any of them is live; or a greedy
    /// plan, buffer by buffer, that takes less. If too many tensors are live at a time to compare them all, only first-fit
    /// is tried. And the most elements that are live at a time.
    const fn best(buffers: &Buffers, steps: usize) -> (Self, u64) {
        if buffers.is_simple() {
            let Simple { offsets, len, bound, pairs } = in_order(buffers);
            let plan = Plan { of_root: buffers.of_root, offsets, len, kept: 0 };
            if len <= bound || 2 * pairs >= MAX_OVERLAPS {
                return (plan, bound);
            }
            return (plan.or_greedy(buffers, &buffers.groups(), bound), bound);
        }
        let bound = buffers.live(steps).peak;
        let groups = buffers.groups();
        let (offsets, len) = by_block(buffers, &groups);
        let plan = Plan { of_root: buffers.of_root, offsets, len, kept: 0 };
        let widest = groups.widest(buffers.len);
        (plan.or_greedy(buffers, &groups, if widest > bound { widest } else { bound }), bound)
    }

    /// The plan; or, if it takes more than the bound, the best of greedy ones: in several orders, from one end of the
    /// arena or from both. What does not fit below the bound is placed first in the next one.
    const fn or_greedy(mut self, buffers: &Buffers, groups: &Groups, bound: u64) -> Self {
        if self.len > bound
            && let Some(overlaps) = Overlaps::new(buffers, groups)
        {
            let mut left = WORK / (buffers.len + overlaps.len);
            if left < ORDERS.len() {
                left = ORDERS.len();
            } else if left > MOST_PLANS {
                left = MOST_PLANS;
            }
            let (mut order, mut count) = ([0; MAX_NODES], 0);
            let (mut round, mut rest, mut ends) = (0, 0, Ends::Lower);
            while left > 0 && self.len > bound {
                if rest == 0 {
                    let by;
                    (by, ends) = ORDERS[round % ORDERS.len()];
                    (order, count) = ordered(buffers, groups, by);
                    // At first one plan, so that large networks, with time for few, see all orders.
                    let earlier = round / ORDERS.len();
                    rest = 1 + 8 * earlier;
                    if earlier % 2 == 1 {
                        ends = ends.other();
                    }
                    round += 1;
                }
                let placed = greedy(buffers, groups, &overlaps, (&order, count), ends, bound);
                ends = ends.other();
                if placed.len < self.len {
                    (self.of_root, self.offsets, self.len) = (buffers.of_root, placed.offsets, placed.len);
                }
                let mut at = placed.over;
                let group = order[at];
                while at > 0 {
                    order[at] = order[at - 1];
                    at -= 1;
                }
                order[0] = group;
                (left, rest) = (left - 1, rest - 1);
            }
        }
        self
    }

    /// This plan after so many elements.
    pub const fn after(mut self, kept: u64) -> Self {
        self.len = add(self.len, kept);
        self.kept = kept;
        self
    }

    /// This plan with every tensor at the arena's start, over the others.
    #[cfg(test)]
    pub const fn collapsed(self) -> Self {
        Plan { offsets: [0; MAX_NODES], ..self }
    }

    /// Where the scratch of a node that has some starts, in elements.
    pub const fn scratch(&self, node: usize) -> u64 {
        // It follows the output in the list of buffers.
        self.kept + self.offsets[self.of_root[node] as usize + 1]
    }

    /// The order in which the windows of a layer are computed: forward, unless its output trails its input the other way.
    pub const fn direction(&self, graph: &Graph, live: &Liveness, node: usize) -> Direction {
        let Place::Sliding(axes) = graph.storage(node).place else { return Direction::Forward };
        let operand = graph.operand(node, 0);
        let (input, output) = (&graph.node(operand).shape, &graph.node(node).shape);
        let lag = lag(axes, input, output, graph.settings.layout, Direction::Forward);
        let lag = if lag < output.elements { lag } else { output.elements };
        let (from, to) = (self.offset(live, operand), self.offset(live, node));
        if to + lag <= from || from + input.elements <= to { Direction::Forward } else { Direction::Backward }
    }

    /// Where a node's output starts, in elements.
    pub const fn offset(&self, live: &Liveness, node: usize) -> u64 {
        let root = live.root[node] as usize;
        if live.is_kept(root) {
            return live.offset[node];
        }
        self.kept + self.offsets[self.of_root[root] as usize] + live.offset[node]
    }
}
