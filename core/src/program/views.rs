//! Where the inputs and the outputs of a network lie in the arena.

use crate::deploy::deployed::Deployed;
use crate::graph::graph::MAX_PORTS;
use crate::memory::plan::Plan;

/// Each by its number.
#[derive(Clone, Copy)]
pub(crate) struct Views {
    pub inputs: [View; MAX_PORTS],
    pub outputs: [View; MAX_PORTS],
}

/// A tensor's part of the arena.
#[derive(Clone, Copy)]
pub(crate) struct View {
    pub offset: usize,
    pub len: usize,
}

impl Views {
    pub const fn new(deployed: &Deployed, plan: &Plan) -> Self {
        let graph = &deployed.graph;
        let mut views =
            Views { inputs: [View { offset: 0, len: 0 }; MAX_PORTS], outputs: [View { offset: 0, len: 0 }; MAX_PORTS] };
        let mut i = 0;
        while i < graph.input_count {
            views.inputs[i] = View::of(deployed, plan, graph.inputs[i].node as usize);
            i += 1;
        }
        i = 0;
        while i < graph.output_count {
            views.outputs[i] = View::of(deployed, plan, graph.outputs[i].node as usize);
            i += 1;
        }
        views
    }
}

impl View {
    const fn of(deployed: &Deployed, plan: &Plan, node: usize) -> Self {
        if deployed.graph.settings.stream && node < deployed.graph.input_count {
            // It is fed by rows.
            return View { offset: 0, len: 0 };
        }
        let elements = deployed.graph.node(node).shape.elements;
        View { offset: plan.offset(&deployed.live, node) as usize, len: elements as usize }
    }

    /// The tensor's part of an arena; empty if the arena ends before it.
    pub fn of_mut<T>(self, arena: &mut [T]) -> &mut [T] {
        arena.get_mut(self.offset..).and_then(|rest| rest.get_mut(..self.len)).unwrap_or(&mut [])
    }
}
