//! Normalisations that are folded into the layer before them.

use crate::graph::graph::{Graph, MAX_NODES, NONE};
use crate::memory::liveness::Liveness;
use crate::op::storage::Folding;

/// Which normalisation is folded into which layer.
pub(crate) struct Folds {
    /// The normalisation of a layer, and the layer of a normalisation.
    partner: [u16; MAX_NODES],
}

impl Folds {
    /// Nothing is folded.
    pub const fn none() -> Self {
        Folds { partner: [NONE; MAX_NODES] }
    }

    /// Folds each normalisation into the layer before it, where that can take it and nobody else reads its output.
    pub const fn fold(&mut self, graph: &Graph, live: &mut Liveness) {
        let len = graph.len();
        let mut node = graph.input_count;
        while node < len {
            let this = graph.node(node);
            if live.is_view(node) {
                // Its root may have been folded.
                live.root[node] = live.root[live.root[node] as usize];
            } else if matches!(graph.storage(node).folding, Folding::Normalisation) {
                let layer = this.first as usize;
                if live.root[layer] as usize == layer
                    && live.readers[layer] == 1
                    && live.last_use[layer] as usize == node
                    && live.size[layer] == live.size[node]
                    && graph.storage(layer).folding.channels(&graph.node(layer).shape).is_some()
                {
                    self.partner[node] = layer as u16;
                    self.partner[layer] = node as u16;
                    live.root[node] = layer as u16;
                    live.written[node] = 0;
                    live.last_use[layer] = live.last_use[node];
                }
            }
            node += 1;
        }
    }

    /// The normalisation that is folded into a layer.
    pub const fn norm_of(&self, layer: usize) -> Option<usize> {
        match self.partner[layer] {
            NONE => None,
            norm if (norm as usize) < layer => None,
            norm => Some(norm as usize),
        }
    }

    /// The layer that a normalisation is folded into.
    pub const fn layer_of(&self, norm: usize) -> Option<usize> {
        match self.partner[norm] {
            NONE => None,
            layer if layer as usize > norm => None,
            layer => Some(layer as usize),
        }
    }
}
