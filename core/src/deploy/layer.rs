//! The layers of a deployed network, each with its cost; and the RAM of its run.

use crate::base::math::multiply;
use crate::cost::layer::{Layer, LayerRun};
use crate::cost::memory::Memory;
use crate::deploy::deployed::Deployed;
use crate::graph::settings::Settings;
use crate::memory::buffers::Live;
use crate::memory::plan::Plan;

impl Layer {
    pub(crate) const fn of(deployed: &Deployed, node: usize, live: &Live) -> Self {
        let graph = &deployed.graph;
        let (this, bytes) = (graph.node(node), deployed.dtype().bytes());
        Layer {
            name: graph.spell(node),
            operator: this.op.name(),
            output: this.shape,
            cost: deployed.cost_of(node),
            live_bytes: multiply(live.at[deployed.live.schedule.times[node] as usize], bytes),
            scratch_bytes: multiply(graph.scratch(node), bytes),
            run: if deployed.is_folded(node) {
                LayerRun::Folded
            } else if deployed.is_step(node) {
                LayerRun::Kernel
            } else {
                LayerRun::View
            },
        }
    }
}

/// Writes the layers that nobody reads.
pub(crate) const fn unread(deployed: &Deployed, rows: &mut [Layer]) {
    let graph = &deployed.graph;
    let (mut row, mut node) = (0, graph.len());
    while node < graph.nodes.len() {
        if graph.is_reported(node) {
            let (this, name) = (graph.node(node), graph.spell(node));
            rows[row] =
                Layer { name, operator: this.op.name(), output: this.shape, run: LayerRun::Unread, ..Layer::EMPTY };
            row += 1;
        }
        node += 1;
    }
}

impl Memory {
    pub(crate) const fn of(deployed: &Deployed, plan: &Plan) -> Self {
        let bytes = deployed.dtype().bytes();
        Memory {
            arena_bytes: multiply(plan.len, bytes),
            scratch_bytes: multiply(most_scratch(deployed), bytes),
            state_bytes: multiply(deployed.live.states.elements, bytes),
            peak_live_bytes: multiply(deployed.in_use(false).peak, bytes),
            peak_live_in_place_bytes: multiply(deployed.in_use(true).peak, bytes),
        }
    }
}

/// What a network takes with its branches in another order.
#[derive(Clone, Copy)]
pub(crate) struct OtherOrder {
    /// Whether that is the order of the declaration.
    pub is_declared: bool,
    /// The bytes of the arena.
    pub bytes: u64,
}

impl OtherOrder {
    /// That of the declaration, if it is not run; or, if it is run by request, one that takes less.
    pub(crate) const fn of(deployed: &Deployed) -> Option<Self> {
        let settings = deployed.graph.settings;
        let is_declared = deployed.live.schedule.differs;
        if !is_declared && !settings.declared_order {
            return None;
        }
        let other = deployed.with(Settings { declared_order: is_declared, ..settings });
        if !is_declared && !other.live.schedule.differs {
            return None;
        }
        Some(OtherOrder { is_declared, bytes: multiply(other.plan().len, deployed.dtype().bytes()) })
    }
}

/// The largest scratch of a layer, in elements.
const fn most_scratch(deployed: &Deployed) -> u64 {
    let (mut most, mut node) = (0, 0);
    while node < deployed.len() {
        let scratch = deployed.graph.scratch(node);
        if scratch > most {
            most = scratch;
        }
        node += 1;
    }
    most
}
