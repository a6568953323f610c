//! Normalisations that are folded into the layer before them.

use crate::deploy::shared::Shared;
use crate::graph::graph::{Graph, MAX_NODES, NONE};
use crate::memory::liveness::Liveness;
use crate::op::storage::Folding;

/// Whether a layer can take the normalisation after it: its output has no other reader.
const fn folds(graph: &Graph, live: &Liveness, layer: usize, norm: usize) -> bool {
    live.root[layer] as usize == layer
        && live.readers[layer] == 1
        && live.last_use[layer] as usize == norm
        && live.size[layer] == live.size[norm]
        && graph.storage(layer).folding.channels(&graph.node(layer).shape).is_some()
}

/// The normalisation after a layer that it can take.
const fn norm_after(graph: &Graph, live: &Liveness, layer: usize) -> Option<usize> {
    let norm = live.last_use[layer] as usize;
    if norm < graph.len()
        && matches!(graph.storage(norm).folding, Folding::Normalisation)
        && graph.node(norm).first as usize == layer
        && folds(graph, live, layer, norm)
    {
        return Some(norm);
    }
    None
}

/// Marks each layer whose weights are shared by one that is followed by another normalisation, or by none: the scale and
/// shift of a folded normalisation are stored with the layer's own weights.
const fn unlike(graph: &Graph, live: &Liveness, shared: &Shared) -> [bool; MAX_NODES] {
    let mut unlike = [false; MAX_NODES];
    let mut node = graph.input_count;
    while shared.any && node < graph.len() {
        if let Some(first) = shared.first(node) {
            let same = match (norm_after(graph, live, first), norm_after(graph, live, node)) {
                (Some(a), Some(b)) => shared.owner(a) == shared.owner(b),
                (None, None) => true,
                _ => false,
            };
            unlike[first] |= !same;
        }
        node += 1;
    }
    unlike
}

/// Which normalisation is folded into which layer.
pub(crate) struct Folds {
    /// For a layer, its normalisation; for a normalisation, its layer.
    partner: [u16; MAX_NODES],
}

impl Folds {
    /// Nothing is folded.
    pub const fn none() -> Self {
        Folds { partner: [NONE; MAX_NODES] }
    }

    /// Folds each normalisation into the layer before it, if that layer can take it and has no other reader.
    pub const fn fold(&mut self, graph: &Graph, live: &mut Liveness, shared: &Shared) {
        let unlike = unlike(graph, live, shared);
        let len = graph.len();
        let mut node = graph.input_count;
        while node < len {
            let this = graph.node(node);
            if live.is_view(node) {
                // Its root may have been folded.
                live.root[node] = live.root[live.root[node] as usize];
            } else if matches!(graph.storage(node).folding, Folding::Normalisation) {
                let layer = this.first as usize;
                if folds(graph, live, layer, node) && !unlike[shared.owner(layer)] {
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
