//! Which kernels are linked.

/// The bit of a network in which layers share weights.
pub(crate) const SHARING: u128 = 1 << 127;

/// The kernels that a run may need. All others stay out of the binary.
pub trait Kernels {
    /// [`SHARING`], and a bit for each, in the order of the list of layers.
    const MASK: u128;
}
