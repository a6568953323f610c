//! Normalisations and, in 8 bits, clamps that are folded into the layer before them.

use crate::base::dtype::DataType;
use crate::deploy::shared::Shared;
use crate::graph::graph::{Graph, MAX_NODES, NONE};
use crate::memory::liveness::Liveness;
use crate::op::storage::{Folding, Limiting, Storage};

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

/// Which normalisation and which clamp is folded into which layer.
pub(crate) struct Folds {
    pub norms: Pairs,
    pub clamps: Pairs,
    /// Whether a node is folded into a layer.
    pub folded: [bool; MAX_NODES],
}

impl Folds {
    /// Nothing is folded.
    pub const fn none() -> Self {
        Folds { norms: Pairs::NONE, clamps: Pairs::NONE, folded: [false; MAX_NODES] }
    }

    /// Folds each normalisation into the layer before it, if that layer can take it and has no other reader; and, in 8
    /// bits, each clamp into the layer before it, with the normalisation between them, if there is one.
    pub const fn fold(&mut self, graph: &Graph, live: &mut Liveness, shared: &Shared) {
        let unlike = unlike(graph, live, shared);
        let len = graph.len();
        let mut node = graph.input_count;
        while node < len {
            let operand = graph.node(node).first as usize;
            if live.is_view(node) {
                // Its root may have been folded.
                live.root[node] = live.root[live.root[node] as usize];
            } else {
                let Storage { folding, limiting, .. } = graph.storage(node);
                let mut taken = None;
                let mut pairs = &mut self.norms;
                if let Folding::Normalisation = folding {
                    if folds(graph, live, operand, node) && !unlike[shared.owner(operand)] {
                        taken = Some(operand);
                    }
                } else if let Limiting::Operand = limiting
                    && let DataType::I8 = graph.settings.dtype
                {
                    taken = limited(graph, live, pairs, operand, node);
                    pairs = &mut self.clamps;
                }
                if let Some(layer) = taken {
                    pairs.0[node] = layer as u16;
                    pairs.0[layer] = node as u16;
                    self.folded[node] = true;
                    live.root[node] = layer as u16;
                    live.written[node] = 0;
                    live.last_use[layer] = live.last_use[node];
                }
            }
            node += 1;
        }
    }
}

/// The layer that can limit its outputs in place of a clamp: it makes the clamp's operand, by itself or with a
/// normalisation, and that has no other reader.
const fn limited(graph: &Graph, live: &Liveness, norms: &Pairs, operand: usize, clamp: usize) -> Option<usize> {
    let layer = match norms.before(operand) {
        Some(layer) => layer,
        None => operand,
    };
    if live.root[operand] as usize == layer
        && live.readers[operand] == 1
        && live.last_use[operand] as usize == clamp
        && live.size[layer] == live.size[clamp]
        && matches!(graph.storage(layer).limiting, Limiting::Outputs)
    {
        return Some(layer);
    }
    None
}

/// Layers and what is folded into them: for each of the two, the other.
pub(crate) struct Pairs([u16; MAX_NODES]);

impl Pairs {
    const NONE: Pairs = Pairs([NONE; MAX_NODES]);

    /// What is folded into a layer.
    pub const fn after(&self, layer: usize) -> Option<usize> {
        match self.0[layer] {
            NONE => None,
            folded if (folded as usize) < layer => None,
            folded => Some(folded as usize),
        }
    }

    /// The layer that a node is folded into.
    pub const fn before(&self, folded: usize) -> Option<usize> {
        match self.0[folded] {
            NONE => None,
            layer if layer as usize > folded => None,
            layer => Some(layer as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deploy::deployed::Deployed;
    use crate::graph::settings::Settings;
    use crate::layers::conv::conv::Conv2d;
    use crate::layers::norm::batch_norm::BatchNorm;
    use crate::layers::pool::max_pool::MaxPool2d;
    use crate::testing::testing::{Array, build, vec, with_room};

    #[test]
    fn a_layer_writes_the_tensor_of_what_is_folded_into_it_last() {
        with_room(|| {
            let of = |dtype| {
                build(Settings::new().fuse().dtype(dtype), &[Array::numbers(&[2, 6, 6])], &|_, x| {
                    let conv = Conv2d::new(4, 1);
                    let x = x[0].conv2d(conv).batch_norm(BatchNorm::new()).relu();
                    let x = x.conv2d(conv).relu6().conv2d(conv).batch_norm(BatchNorm::new());
                    vec![x.sigmoid().max_pool2d(MaxPool2d::new(2)).clamp(-1.0, 1.0)]
                })
            };
            let (f32, i8) = (of(DataType::F32), of(DataType::I8));
            let results = |deployed: &Deployed| [1, 4, 6, 8, 9].map(|layer| deployed.result(layer));
            assert_eq!(results(&f32), [2, 4, 7, 8, 9]);
            assert_eq!(results(&i8), [3, 5, 7, 8, 10]);
            let steps = |deployed: &Deployed| (0..deployed.len()).filter(|&node| deployed.is_step(node)).count();
            assert_eq!((steps(&f32), steps(&i8)), (8, 5));
        });
    }
}
