//! The RAM of a run.

use crate::base::math::multiply;

/// The RAM of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Memory {
    /// Bytes of the arena under the planned layout: inputs, outputs, activations and scratch, but not the stack. Branches
    /// run in another order than that of the declaration where that takes less; to the bit, the results are the same.
    pub arena_bytes: u64,
    /// The most bytes that one layer uses as scratch: a `custom` layer, a stacked or projected recurrent layer, or, in 8
    /// bits, a convolution or linear layer; other kernels need none.
    pub scratch_bytes: u64,
    /// The bytes at the start of the arena that are kept from one run to the next.
    pub state_bytes: u64,
    /// The largest sum of tensors live at one step, if every output has memory of its own: the bound for plans without
    /// in-place operators.
    pub peak_live_bytes: u64,
    /// The same with memory shared wherever the planner can, whether or not the network is fused: outputs of
    /// element-wise layers overwrite a dying operand, those of depthwise convolutions and pools trail it as closely as
    /// their windows allow, and operands of a concatenation along the first axis are computed in place. In 8 bits,
    /// channels come last: all convolutions trail, forward or backward, and the second axis takes the place of the
    /// first.
    pub peak_live_in_place_bytes: u64,
}

impl Memory {
    pub(crate) const NONE: Memory =
        Memory { arena_bytes: 0, scratch_bytes: 0, state_bytes: 0, peak_live_bytes: 0, peak_live_in_place_bytes: 0 };

    /// The memory of a batch of `n`: n-fold.
    ///
    /// # Panics
    /// If a number does not fit in a `u64`: at compile time, in a const.
    #[must_use]
    pub const fn batch(&self, n: u64) -> Self {
        Memory {
            arena_bytes: multiply(self.arena_bytes, n),
            scratch_bytes: multiply(self.scratch_bytes, n),
            state_bytes: multiply(self.state_bytes, n),
            peak_live_bytes: multiply(self.peak_live_bytes, n),
            peak_live_in_place_bytes: multiply(self.peak_live_in_place_bytes, n),
        }
    }
}
