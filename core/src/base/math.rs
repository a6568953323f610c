//! Arithmetic at compile time: sums and products that fail rather than wrap, and the square root that `core` lacks.

/// The square root of a positive number, by Newton's method: the result must be the same at compile time and at run
/// time.
pub(crate) const fn sqrt(x: f64) -> f64 {
    // Halving the exponent comes within six percent of the root; each step doubles the correct digits.
    let mut root = f64::from_bits((x.to_bits() >> 1) + (0x3FF0_0000_0000_0000 >> 1));
    root = 0.5 * (root + x / root);
    root = 0.5 * (root + x / root);
    root = 0.5 * (root + x / root);
    root = 0.5 * (root + x / root);
    root
}

/// A sum that fails rather than wraps. (The const interpreter takes three times as long for `checked_add`.)
#[track_caller]
pub(crate) const fn add(a: u64, b: u64) -> u64 {
    if a > u64::MAX - b {
        overflow();
    }
    a + b
}

/// A product that fails rather than wraps.
#[track_caller]
pub(crate) const fn multiply(a: u64, b: u64) -> u64 {
    if (a | b) > u32::MAX as u64 && a != 0 && b > u64::MAX / a {
        overflow();
    }
    a * b
}

/// A sum as a cost, if it fits.
#[track_caller]
pub(crate) const fn narrow(sum: u128) -> u64 {
    if sum > u64::MAX as u128 {
        overflow();
    }
    sum as u64
}

// The error is shown at the network, not here.
#[track_caller]
const fn overflow() -> ! {
    panic!("a cost of this network does not fit in a u64")
}
