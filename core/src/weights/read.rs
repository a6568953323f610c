//! The numbers of a network's tensors in a file.

use super::file::FileIndex;
use super::matching::Matching;
use crate::graph::Graph;
use crate::layers::State;

/// The square root of a positive number, by Newton's method: `core` has none at compile time, and a normalisation
/// must come out the same there as at run time.
const fn sqrt(x: f64) -> f64 {
    // Halving the exponent is within a few percent of the root; each step doubles the digits.
    let mut root = f64::from_bits((x.to_bits() >> 1) + (0x3FF0_0000_0000_0000 >> 1));
    let mut i = 0;
    while i < 5 {
        root = 0.5 * (root + x / root);
        i += 1;
    }
    root
}

/// The file's data of a network, as it is read.
pub(crate) struct Reader<'a> {
    pub graph: &'a Graph,
    pub index: &'a FileIndex<'a>,
    pub matching: &'a Matching,
    pub bytes: &'a [u8],
}

impl Reader<'_> {
    /// Where the data of an entry lies in the file.
    pub const fn start(&self, node: usize, entry: usize) -> usize {
        self.matching.tensor(self.index, node, entry).start
    }

    /// One number of an entry.
    pub const fn read(&self, node: usize, entry: usize, element: usize) -> f64 {
        let at = self.start(node, entry) + 4 * element;
        let bytes = self.bytes;
        f32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as f64
    }

    /// The scale and the shift of a normalisation's channel, or `None` if its variance is negative. A normalisation
    /// that is folded into the layer before it takes that layer's bias along.
    pub const fn channel(&self, norm: usize, state: &State, channel: usize) -> Option<(f32, f32)> {
        let Some(eps) = state.normalisation else { return None };
        let affine = state.is_affine();
        let statistics = state.len - 2;
        let (weight, bias) =
            if affine { (self.read(norm, 0, channel), self.read(norm, 1, channel)) } else { (1.0, 0.0) };
        let (mean, var) = (self.read(norm, statistics, channel), self.read(norm, statistics + 1, channel));
        let var = var + eps as f64;
        if var <= 0.0 {
            return None;
        }
        let scale = weight / sqrt(var);
        let mut shift = bias - mean * scale;
        if self.graph.nodes[norm].folded {
            let before = self.graph.operand(norm, 0);
            let state = self.graph.state(before);
            if state.len > 1 {
                shift += self.read(before, 1, channel) * scale;
            }
        }
        Some((scale as f32, shift as f32))
    }
}
