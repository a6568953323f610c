//! Whether operands of concatenations are computed in place.

use crate::graph::graph::Graph;
use crate::memory::buffers::{Buffers, Sharing};
use crate::memory::liveness::{Liveness, Shares};
use crate::memory::plan::Plan;

/// How a network shares memory, if its concatenations may be built in place; and what had to be made to decide.
pub(crate) struct Joins {
    pub sharing: Sharing,
    pub plan: Option<Plan>,
    /// The memory of a network with concatenations that are built in place.
    buffers: Option<Buffers>,
}

impl Joins {
    /// Decides. Building in place leaves less in use at every step, but at fixed distances, which may not fit as well.
    pub const fn new(graph: &Graph, live: &Liveness) -> Self {
        if !graph.settings.fuse {
            return Joins { sharing: Sharing::APART, plan: None, buffers: None };
        }
        let joining = Sharing::TRAILING;
        let buffers = Buffers::new(graph, live, joining);
        if !buffers.joining {
            return Joins { sharing: joining, plan: None, buffers: None };
        }
        let plan = Plan::of(graph, live, &buffers, joining);
        let copying = joining.with_joins(false);
        let copies = Buffers::new(graph, live, copying);
        if plan.len > copies.live(graph.len()).peak {
            let other = Plan::of(graph, live, &copies, copying);
            if other.len < plan.len {
                return Joins { sharing: copying, plan: Some(other), buffers: None };
            }
        }
        Joins { sharing: joining, plan: Some(plan), buffers: Some(buffers) }
    }

    /// The same, with a plan in any case.
    pub const fn planned(graph: &Graph, live: &Liveness) -> Self {
        let mut joins = Joins::new(graph, live);
        if joins.plan.is_none() {
            joins.plan = Some(Plan::new(graph, live, joins.sharing));
        }
        joins
    }

    /// The elements of the plan, if there is one.
    pub const fn len(&self) -> u64 {
        match &self.plan {
            Some(plan) => plan.len,
            None => 0,
        }
    }

    /// Notes what concatenations write: an operand that was computed in place is not copied.
    pub const fn note(&self, graph: &Graph, live: &mut Liveness) {
        let Some(buffers) = &self.buffers else { return };
        let mut node = graph.input_count;
        while node < graph.len() {
            if let Shares::Joined = live.shares[node] {
                live.written[node] = buffers.buffers[buffers.of_root[node] as usize].moved / live.width(node);
            }
            node += 1;
        }
    }
}
