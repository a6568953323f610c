//! What one inference costs.

use crate::base::dtype::DataType;
use crate::base::math::{add, multiply, narrow};
use crate::cost::traffic::Traffic;
use crate::op::sums::Sums;
use crate::op::work::{Census, Counts};

/// The cost of one inference, of a layer or of a network.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cost {
    /// Multiply-accumulates of dot products, dense: a dot product of length n counts n, taps on zero padding count as
    /// if they were data, and a bias does not count.
    pub macs: u64,
    /// Executed multiply-accumulates, without those on padding.
    pub macs_executed: u64,
    /// Multiply-accumulates, dense, without those of [dead channels](Cost::dead_channels).
    pub macs_live: u64,
    /// Channels of a file's convolutions and fully connected layers all of whose weights are zero: their outputs are
    /// constant. A run in `i8` computes nothing for them, and their weights take no flash. Those of depthwise convolutions
    /// are not looked for.
    pub dead_channels: u64,
    /// All floating-point operations of the dense census, each counted as one: a linear layer from I inputs to J
    /// outputs has (2I−1)·J, with bias 2·I·J; activations and normalisations count.
    pub flops: u64,
    /// The dense census: taps on zero padding count as if they were data.
    pub census: Census,
    /// The executed census.
    pub census_executed: Census,
    /// Learned parameters, PyTorch's `sum(p.numel())`; running statistics are buffers and do not count.
    /// Of layers that share theirs by name, the first has them.
    pub params: u64,
    /// Numbers the run reads as weights: the parameters, where a normalisation is a scale and a shift.
    pub weights: u64,
    /// The bytes of those, in the network's data type, with four bytes for a bias of an integer type: what flash must
    /// hold.
    ///
    /// In `i8`, it is what a run reads: each channel of a convolution or linear layer has a bias and a multiplier of four
    /// bytes and a shift of one, with or without a bias or a folded normalisation in the declaration; rows of weights (of
    /// a depthwise convolution, all of them) are filled to whole words, and so are the shifts; and a function of one
    /// number that is not folded, such as a `sigmoid`, is a table of 256 bytes.
    pub weight_bytes: u64,
    /// Bytes of weights that are read, but stored by an earlier layer of the same name: they are not part of
    /// `weight_bytes`, and count as traffic each time they are read.
    pub shared_weight_bytes: u64,
    /// Compulsory traffic: each operand of each layer is moved once. A view moves nothing, and neither does an operand
    /// that a fused network computes in its place in a concatenation. An embedding reads one row of its weights for
    /// each index, and none twice.
    pub traffic: Traffic,
    /// Traffic without any reuse: one input is read for every MAC, and one for every input element of a layer without
    /// MACs; weights and outputs are moved once, and an embedding reads one row of its weights for each index.
    pub traffic_uncached: Traffic,
}

impl Cost {
    pub(crate) const ZERO: Cost = Cost {
        macs: 0,
        macs_executed: 0,
        macs_live: 0,
        dead_channels: 0,
        flops: 0,
        census: Census::ZERO,
        census_executed: Census::ZERO,
        params: 0,
        weights: 0,
        weight_bytes: 0,
        shared_weight_bytes: 0,
        traffic: Traffic::ZERO,
        traffic_uncached: Traffic::ZERO,
    };

    /// Both together.
    #[must_use]
    pub const fn plus(&self, other: &Cost) -> Self {
        Cost {
            macs: add(self.macs, other.macs),
            macs_executed: add(self.macs_executed, other.macs_executed),
            macs_live: add(self.macs_live, other.macs_live),
            dead_channels: add(self.dead_channels, other.dead_channels),
            flops: add(self.flops, other.flops),
            census: self.census.plus(&other.census),
            census_executed: self.census_executed.plus(&other.census_executed),
            params: add(self.params, other.params),
            weights: add(self.weights, other.weights),
            weight_bytes: add(self.weight_bytes, other.weight_bytes),
            shared_weight_bytes: add(self.shared_weight_bytes, other.shared_weight_bytes),
            traffic: self.traffic.plus(&other.traffic),
            traffic_uncached: self.traffic_uncached.plus(&other.traffic_uncached),
        }
    }

    /// The cost of a batch of `n`: arithmetic and activations are n-fold, parameters stay the same, and weights are
    /// moved once.
    ///
    /// # Panics
    /// If a number does not fit in a `u64`: at compile time, in a const.
    #[must_use]
    pub const fn batch(&self, n: u64) -> Self {
        Cost {
            macs: multiply(self.macs, n),
            macs_executed: multiply(self.macs_executed, n),
            macs_live: multiply(self.macs_live, n),
            flops: multiply(self.flops, n),
            census: self.census.times(n),
            census_executed: self.census_executed.times(n),
            traffic: self.traffic.batch(n),
            traffic_uncached: self.traffic_uncached.batch(n),
            ..*self
        }
    }
}

impl Sums {
    #[track_caller]
    pub const fn cost(&self, dtype: DataType) -> Cost {
        let (bytes, wide_bytes) = (dtype.bytes() as u128, dtype.bias_bytes() as u128);
        let mut all = self.census;
        let mut skipped = self.census_skipped;
        all.mul += self.dots;
        all.add += self.dots - self.bare - self.bare_empty;
        skipped.mul += self.dots_skipped;
        skipped.add += self.dots_skipped - self.bare_empty;
        let (macs, macs_skipped) = (self.macs + self.dots, self.macs_skipped + self.dots_skipped);
        let census = all.without(&Counts::ZERO);
        let weights = self.weights + self.kernels;
        let weight_bytes = bytes * weights + wide_bytes * self.wide_weights + self.packing - self.left_out;
        let shared_weight_bytes =
            bytes * self.shared_weights + wide_bytes * self.shared_wide_weights + self.shared_packing;
        let weights_read = weight_bytes + shared_weight_bytes - bytes * self.unread;
        let output = narrow(bytes * (self.output + self.moved));
        Cost {
            macs: narrow(macs),
            macs_executed: narrow(macs - macs_skipped),
            macs_live: narrow(macs - self.dots_dead),
            dead_channels: narrow(self.dead_channels),
            flops: census.total(),
            census,
            census_executed: all.without(&skipped),
            params: narrow(self.params + self.kernels),
            weights: narrow(weights + self.wide_weights),
            weight_bytes: narrow(weight_bytes),
            shared_weight_bytes: narrow(shared_weight_bytes),
            traffic: Traffic {
                weights: narrow(weights_read),
                input: narrow(bytes * (self.input + self.moved)),
                output,
            },
            traffic_uncached: Traffic {
                weights: narrow(weights_read + bytes * self.reread),
                input: narrow(bytes * (self.input_uncached + self.moved + self.dots)),
                output,
            },
        }
    }
}
