//! How sums become outputs in five instructions.
//!
//! With `m` and `e` for a channel's multiplier and its shift to the right, `z` for the output's zero point and `x` for a
//! sum, an output is `(high(2x · m) + (x >> 31) + (2z + 1 << e − 1)) >> e`, within 8 bits. That is what rounding twice
//! gives if `2x` has 32 bits, `m` is not negative and `e` is from 1 to 23: see the test of `fixed.rs`.

use crate::int8::channels::Channels;

/// Below this is a shift to the right, less one, if sums are scaled in this way.
pub(crate) const LIMIT: u8 = 23;

/// Whether all sums of so many products are small enough, and no multiplier is negative.
pub(crate) fn is_small(channels: Channels<'_>, products: usize) -> bool {
    // A product has 15 bits and a sign.
    let most = (1u32 << 30).saturating_sub((products as u32).saturating_mul(1 << 15));
    channels.iter().all(|channel| channel.bias.unsigned_abs() < most && channel.multiplier.value >= 0)
}

/// Scales the sum in a register, where others hold the multiplier, the rounding `2z + 1 << e − 1`, `e − 1` in the lowest
/// byte, and anything.
macro_rules! scale {
    ($sum:literal, $multiplier:literal, $rounding:literal, $shift:literal, $any:literal) => {
        concat!(
            "add ",
            $any,
            ", ",
            $rounding,
            ", ",
            $sum,
            ", asr #31\n",
            "lsl ",
            $sum,
            ", ",
            $sum,
            ", #1\n",
            "smmlar ",
            $sum,
            ", ",
            $sum,
            ", ",
            $multiplier,
            ", ",
            $any,
            "\n",
            "asr ",
            $sum,
            ", ",
            $sum,
            ", ",
            $shift,
            "\n",
            "ssat ",
            $sum,
            ", #8, ",
            $sum,
            ", asr #1\n",
        )
    };
}
pub(crate) use scale;
