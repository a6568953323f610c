//! Reads the numbers of a network's tensors from a file.

use crate::base::math::sqrt;
use crate::deploy::deployed::Deployed;
use crate::weights::file::FileIndex;
use crate::weights::matching::Matching;

/// A number from its bytes. A const may take two million loop steps and calls, and a normalisation reads five numbers
/// per channel, so this must not make nested calls, as `from_le_bytes` does.
macro_rules! float {
    ($bytes:ident, $at:expr) => {{
        let at = $at;
        let low = $bytes[at] as u32 | ($bytes[at + 1] as u32) << 8;
        let high = $bytes[at + 2] as u32 | ($bytes[at + 3] as u32) << 8;
        f32::from_bits(low | high << 16) as f64
    }};
}

/// Where a network's tensors are in a file.
pub(crate) struct Reader<'a> {
    pub deployed: &'a Deployed,
    pub index: &'a FileIndex<'a>,
    pub matching: &'a Matching,
}

impl Reader<'_> {
    /// Where the data of an entry lies in the file.
    pub const fn start(&self, node: usize, entry: usize) -> usize {
        self.matching.tensor(self.index, node, entry).start
    }

    /// Where the data of a normalisation lies in the file. One folded into the layer before it absorbs that layer's
    /// bias.
    pub const fn normalisation(&self, norm: usize) -> Normalisation {
        self.normalisation_behind(
            norm,
            if self.deployed.is_folded(norm) { Some(self.deployed.graph.operand(norm, 0)) } else { None },
        )
    }

    /// The same, with the layer it is folded into.
    pub const fn normalisation_behind(&self, norm: usize, layer: Option<usize>) -> Normalisation {
        let state = self.deployed.graph.state(norm);
        let statistics = state.len - 2;
        let mut starts = Normalisation {
            eps: match state.normalisation {
                Some(eps) => eps as f64,
                None => 0.0,
            },
            weight: None,
            bias: None,
            mean: self.start(norm, statistics),
            var: self.start(norm, statistics + 1),
            bias_before: None,
        };
        if state.is_affine() {
            starts.weight = Some(self.start(norm, 0));
            starts.bias = Some(self.start(norm, 1));
        }
        if let Some(layer) = layer
            && self.deployed.graph.state(layer).len > 1
        {
            starts.bias_before = Some(self.start(layer, 1));
        }
        starts
    }
}

/// Where the tensors of a normalisation start in the file, if it has them.
pub(crate) struct Normalisation {
    eps: f64,
    weight: Option<usize>,
    bias: Option<usize>,
    mean: usize,
    var: usize,
    /// The bias of the layer it is folded into.
    bias_before: Option<usize>,
}

impl Normalisation {
    /// The scale and shift of a channel, or `None` if they are not finite: its variance is negative, or so small that
    /// the scale overflows.
    pub const fn channel(&self, bytes: &[u8], channel: usize) -> Option<(f32, f32)> {
        let Some((scale, shift)) = self.exact(bytes, channel) else { return None };
        let (scale, shift) = (scale as f32, shift as f32);
        // Not `is_finite`, which makes nested calls.
        let is_finite = scale >= f32::MIN && scale <= f32::MAX && shift >= f32::MIN && shift <= f32::MAX;
        if is_finite { Some((scale, shift)) } else { None }
    }

    /// The same, unrounded; `None` if the variance is negative.
    pub const fn exact(&self, bytes: &[u8], channel: usize) -> Option<(f64, f64)> {
        let at = 4 * channel;
        let var = float!(bytes, self.var + at) + self.eps;
        if var <= 0.0 {
            return None;
        }
        let mut scale = 1.0 / sqrt(var);
        if let Some(weight) = self.weight {
            scale *= float!(bytes, weight + at);
        }
        let mut shift = -float!(bytes, self.mean + at) * scale;
        if let Some(bias) = self.bias {
            shift += float!(bytes, bias + at);
        }
        if let Some(bias) = self.bias_before {
            shift += float!(bytes, bias + at) * scale;
        }
        Some((scale, shift))
    }
}

/// A number of the file.
#[cfg(feature = "std")]
pub(crate) fn float(bytes: &[u8], at: usize) -> f64 {
    float!(bytes, at)
}
