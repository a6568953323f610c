//! Whether operands of concatenations are computed in place.

use crate::graph::graph::Graph;
use crate::memory::buffers::{Buffers, Sharing};
use crate::memory::liveness::{Liveness, Shares};
use crate::memory::plan::Plan;

/// How a network shares memory, if its concatenations may be built in place; and its plan, if that had to be made to
/// decide. Building in place leaves less in use at every step, but at fixed distances, which may not fit as well.
pub(crate) const fn join(graph: &Graph, live: &mut Liveness) -> (Sharing, Option<Plan>) {
    let joining = Sharing::TRAILING;
    let buffers = Buffers::new(graph, live, joining);
    if !buffers.joining {
        return (joining, None);
    }
    let plan = Plan::of(graph, live, &buffers, joining);
    let copying = joining.with_joins(false);
    let copies = Buffers::new(graph, live, copying);
    if plan.len > copies.live(graph.len()).peak {
        let other = Plan::of(graph, live, &copies, copying);
        if other.len < plan.len {
            return (copying, Some(other));
        }
    }
    // An operand that was computed in place is not copied.
    let mut node = graph.input_count;
    while node < graph.len() {
        if let Shares::Joined = live.shares[node] {
            live.written[node] = buffers.buffers[buffers.of_root[node] as usize].moved / live.width(node);
        }
        node += 1;
    }
    (joining, Some(plan))
}
