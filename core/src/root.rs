//! The square root at compile time, which `core` has not.

/// The square root of a positive number, by Newton's method: a number must come out the same at compile time and at run
/// time.
pub(crate) const fn sqrt(x: f64) -> f64 {
    // Halving the exponent is within six percent of the root; each step doubles the digits.
    let mut root = f64::from_bits((x.to_bits() >> 1) + (0x3FF0_0000_0000_0000 >> 1));
    root = 0.5 * (root + x / root);
    root = 0.5 * (root + x / root);
    root = 0.5 * (root + x / root);
    root = 0.5 * (root + x / root);
    root
}
