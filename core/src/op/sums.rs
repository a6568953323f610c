//! Sums over layers, before anything is checked.

use crate::base::math::narrow;
use crate::op::work::Counts;

/// Sums over layers. Each is of at most 2,048 numbers below 2^64 and cannot overflow, so nothing is checked until they
/// become a [`Cost`], which takes the const interpreter a third of the time.
#[derive(Clone, Copy)]
pub(crate) struct Sums {
    pub macs: u128,
    /// The multiply-accumulates among them that fall on padding.
    pub macs_skipped: u128,
    pub census: Counts,
    /// The operations among them that are not executed.
    pub census_skipped: Counts,
    pub params: u128,
    /// Numbers that are stored in the network's type, and those that are stored in that of its sums.
    pub weights: u128,
    pub wide_weights: u128,
    /// Numbers of either kind that are read, but stored by an earlier layer.
    pub shared_weights: u128,
    pub shared_wide_weights: u128,
    /// Bytes that those take in flash beyond their own, and those of an earlier layer: see [`packed`](Sums::packed).
    pub packing: u128,
    pub shared_packing: u128,
    /// Among those in the network's type, the ones that are not read; and the ones that are read again without a cache.
    pub unread: u128,
    pub reread: u128,
    /// Channels whose weights are all zero and are left out, the bytes that these would take, and the multiply-accumulates
    /// with them.
    pub dead_channels: u128,
    pub left_out: u128,
    pub dots_dead: u128,
    /// Elements that are read, written, and read if nothing is reused.
    pub input: u128,
    pub output: u128,
    pub input_uncached: u128,
    /// Elements that are read once and written once.
    pub moved: u128,
    /// Multiply-accumulates of layers of one operand, whose operations follow from them, and those of them on padding.
    pub dots: u128,
    pub dots_skipped: u128,
    /// Their weights.
    pub kernels: u128,
    /// Their sums that start from no bias: with a term on data, and without.
    pub bare: u128,
    pub bare_empty: u128,
}

/// Dot products of a layer, one for each output.
pub(crate) struct DotProducts {
    pub outputs: u128,
    /// The terms of each.
    pub length: u128,
    /// The terms that fall on padding, over all outputs, and the outputs that have no other terms.
    pub skipped: u128,
    pub empty: u128,
    pub bias: bool,
    pub epilogue: bool,
    pub channels: u128,
    /// The rows of weights in flash, each of whole words, if they are [packed](Sums::packed); otherwise 0.
    pub rows: u128,
    /// The channels whose weights are all zero and are left out.
    pub dead: u128,
}

impl Sums {
    pub const ZERO: Sums = Sums {
        macs: 0,
        macs_skipped: 0,
        census: Counts::ZERO,
        census_skipped: Counts::ZERO,
        params: 0,
        weights: 0,
        wide_weights: 0,
        shared_weights: 0,
        shared_wide_weights: 0,
        packing: 0,
        shared_packing: 0,
        unread: 0,
        reread: 0,
        dead_channels: 0,
        left_out: 0,
        dots_dead: 0,
        input: 0,
        output: 0,
        input_uncached: 0,
        moved: 0,
        dots: 0,
        dots_skipped: 0,
        kernels: 0,
        bare: 0,
        bare_empty: 0,
    };

    /// Takes back what a layer has added to the stored numbers since `before`: it reads the weights of an earlier
    /// layer.
    pub const fn share(&mut self, before: &Sums) {
        self.shared_weights += self.weights + self.kernels - before.weights - before.kernels;
        self.shared_wide_weights += self.wide_weights - before.wide_weights;
        self.shared_packing += self.packing - before.packing;
        self.packing = before.packing;
        self.params = before.params;
        self.weights = before.weights;
        self.wide_weights = before.wide_weights;
        self.kernels = before.kernels;
    }

    /// Counts dot products with learned weights, except for their input.
    #[track_caller]
    pub const fn count_dot_products(&mut self, dots: &DotProducts) {
        let DotProducts { outputs, length, skipped, empty, bias, epilogue, channels, rows, dead } = *dots;
        let macs = outputs * length;
        if macs > 0xFFFF_FFFF_FFFF_FFFF {
            narrow(macs);
        }
        self.dots += macs;
        self.kernels += channels * length;
        self.output += outputs;
        if bias {
            self.params += channels;
        }
        if epilogue {
            self.census.mul += outputs;
            self.census.add += outputs;
            self.wide_weights += 2 * channels;
        } else if bias {
            self.wide_weights += channels;
        }
        if epilogue || !bias {
            self.bare += outputs - empty;
            self.bare_empty += empty;
        }
        self.dots_skipped += skipped;
        if rows > 0 {
            let wide = if epilogue { 2 } else { bias as u128 };
            self.packing += Sums::packed(rows, channels * length, channels) - channels * (length + 4 * wide);
        }
        if dead > 0 {
            self.dead_channels += dead;
            self.left_out += dead * (rows / channels) * whole_words(channels * length / rows);
            self.dots_dead += dead * (macs / channels);
        }
    }

    /// The bytes of flash that the weights of a convolution or linear layer take in a network of 8-bit integers: rows of
    /// whole words, and for each channel a bias and a multiplier of four bytes and a shift of one, which requantize its
    /// sums, filled to whole words. A scale and a shift of a folded normalisation are in the multiplier and the bias.
    const fn packed(rows: u128, weights: u128, channels: u128) -> u128 {
        rows * whole_words(weights / rows) + 8 * channels + whole_words(channels)
    }

    /// Counts the table of a function of 8 bits, which is made when weights are packed.
    pub const fn count_table(&mut self) {
        self.packing += 1 << 8;
    }

    /// Counts the bytes that fill a tensor of 8-bit weights to whole words.
    pub const fn fill(&mut self, weights: u128) {
        self.packing += whole_words(weights) - weights;
    }
}

/// So many bytes, filled to whole words.
const fn whole_words(bytes: u128) -> u128 {
    bytes.next_multiple_of(4)
}
