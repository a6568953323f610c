//! Where every tensor lies in the arena, and for how long: what a validation compares the run with.

use crate::base::math::{add, multiply};
use crate::deploy::deployed::Deployed;
use crate::memory::plan::Plan;

/// Where a node's tensor lies in the arena, in elements, when it is made and when it is read last. It is derived from the graph
/// and the offsets alone, so that the planner's own lifetimes are tested.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub from: u32,
    /// Equal to `from` if it has no memory of its own.
    pub to: u32,
    /// A time, as the last one.
    pub made: u16,
    pub last: u16,
    /// The end of the part of the arena that the node's operands and output occupy.
    pub end: u32,
    /// Whether it is there before the run.
    pub kept: bool,
}

impl Place {
    pub const NONE: Place = Place { from: 0, to: 0, made: 0, last: 0, end: 0, kept: false };

    /// The place of a node.
    pub const fn of(deployed: &Deployed, plan: &Plan, node: usize) -> Self {
        let (graph, live) = (&deployed.graph, &deployed.live);
        let made = live.schedule.times[node];
        let (kept, changes) = (live.is_kept(node), live.changes(node));
        let size = if kept || changes { graph.node(node).shape.elements } else { live.size[node] };
        let to = add(plan.offset(live, node), size);
        let mut end = if live.is_view(node) { end_of(deployed, plan, node) } else { to };
        let mut input = 0;
        while input < graph.node(node).inputs as usize {
            let operand = end_of(deployed, plan, graph.operand(node, input));
            if operand > end {
                end = operand;
            }
            input += 1;
        }
        if graph.scratch(node) > 0 {
            let scratch = add(plan.scratch(node), graph.scratch(node));
            if scratch > end {
                end = scratch;
            }
        }
        if live.root[node] as usize != node && !changes {
            return Place { made, end: end as u32, ..Place::NONE };
        }
        // What changes a state has its memory until the next run.
        let last = if changes { graph.len() as u16 } else { live.last_use[node] };
        Place { from: plan.offset(live, node) as u32, to: to as u32, made, last, end: end as u32, kept }
    }
}

/// The end of the inputs in the arena, in elements.
pub(crate) const fn inputs_end(deployed: &Deployed, plan: &Plan) -> u64 {
    let mut end = 0;
    let mut node = 0;
    while node < deployed.graph.input_count {
        let input = end_of(deployed, plan, node);
        if input > end {
            end = input;
        }
        node += 1;
    }
    end
}

const fn end_of(deployed: &Deployed, plan: &Plan, node: usize) -> u64 {
    let live = &deployed.live;
    add(plan.offset(live, node), multiply(deployed.graph.node(node).shape.elements, live.width(node)))
}
