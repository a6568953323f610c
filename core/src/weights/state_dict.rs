//! The weights of a network: what its state dict contains, and what the run reads.

use crate::base::math::add;
use crate::base::name::Spelling;
use crate::base::shape::Shape;
use crate::deploy::deployed::Deployed;
use crate::graph::graph::{Graph, MAX_NODES};
use crate::graph::io::Io;
use crate::op::state::State;

/// One tensor of the run's weights.
#[derive(Clone, Copy)]
pub(crate) struct Stored {
    pub shape: Shape,
    /// The layer in the state dict it comes from: a folded normalisation's tensors are stored with the layer before it.
    pub node: usize,
    pub source: Source,
}

/// How it derives from the state dict.
#[derive(Clone, Copy)]
pub(crate) enum Source {
    /// Unchanged: the layer's entry with this index.
    Entry(usize),
    /// A normalisation's scale.
    Scale,
    /// A normalisation's shift, including the bias of the layer it is folded into.
    Shift,
}

impl Deployed {
    /// The number of tensors a layer stores for the run: none if it reads those of an earlier one.
    pub(crate) const fn stored_count(&self, node: usize, state: &State) -> usize {
        if self.shared.first(node).is_some() {
            return 0;
        }
        if state.normalisation.is_some() {
            return if self.is_folded(node) { 0 } else { 2 };
        }
        if self.epilogue(node).is_none() {
            return state.len;
        }
        // The weights, and the normalisation's scale and shift, which absorb the bias.
        let biases = if state.len > 1 { 1 } else { 0 };
        state.len - biases + 2
    }

    /// Whether weights are read in another order than they are stored in.
    pub(crate) const fn has_jumps(&self) -> bool {
        self.shared.any || self.live.schedule.differs
    }

    /// Where the weights of each layer start, and where those of the last end; zeros if they are read in order.
    pub(crate) const fn weight_starts(&self) -> [u64; MAX_NODES + 1] {
        let mut starts = [0; MAX_NODES + 1];
        let (mut start, mut node) = (0, 0);
        while self.has_jumps() && node < self.len() {
            let state = self.graph.state(node);
            let mut i = 0;
            while i < self.stored_count(node, &state) {
                start = add(start, self.stored(node, &state, i).shape.elements());
                i += 1;
            }
            node += 1;
            starts[node] = start;
        }
        starts
    }

    /// One of them, in storage order.
    pub(crate) const fn stored(&self, node: usize, state: &State, index: usize) -> Stored {
        let first = if state.normalisation.is_some() {
            0
        } else {
            match self.epilogue(node) {
                Some(_) => 1,
                None => state.len,
            }
        };
        if index < first {
            return Stored { shape: state.entry(index).shape, node, source: Source::Entry(index) };
        }
        let channels = Shape::new(&[self.graph.node(node).shape.at(0)]);
        let norm = match self.epilogue(node) {
            Some(norm) => norm,
            None => node,
        };
        let source = if index == first { Source::Scale } else { Source::Shift };
        Stored { shape: channels, node: norm, source }
    }
}

impl Graph {
    /// The tensors of a node's layer.
    pub(crate) const fn state(&self, node: usize) -> State {
        self.node(node).op.state(Io::shapes(self, node))
    }
}

/// One tensor of the run's weights: a row of `PARAMS_TABLE`.
#[derive(Clone, Copy)]
pub struct Parameter {
    /// Its name: the layer's, followed by `weight` or `bias`, or a normalisation's `scale` or `shift`.
    pub name: Spelling,
    /// Its extents.
    pub shape: Shape,
    /// Where it starts in the weights, in elements.
    pub offset: u64,
}

impl Parameter {
    pub(crate) const EMPTY: Parameter = Parameter { name: Spelling::new(), shape: Shape::new(&[]), offset: 0 };
}

/// Writes the rows of `PARAMS_TABLE`, in the order of the weights, to a buffer that may be shorter; returns their
/// number.
pub(crate) const fn parameters(deployed: &Deployed, rows: &mut [Parameter]) -> usize {
    let graph = &deployed.graph;
    let (mut row, mut offset) = (0, 0);
    let mut node = 0;
    while node < graph.len() {
        let state = graph.state(node);
        let mut i = 0;
        while i < deployed.stored_count(node, &state) {
            let stored = deployed.stored(node, &state, i);
            if row < rows.len() {
                let name = match stored.source {
                    Source::Entry(entry) => graph.spell_entry(stored.node, &state, entry, &[]),
                    Source::Scale => graph.spell(stored.node).str(".scale"),
                    Source::Shift => graph.spell(stored.node).str(".shift"),
                };
                rows[row] = Parameter { name, shape: stored.shape, offset };
            }
            offset = add(offset, stored.shape.elements());
            row += 1;
            i += 1;
        }
        node += 1;
    }
    row
}
