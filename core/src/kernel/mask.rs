//! Which kernels are linked.

/// The kernels that a run may need. All others stay out of the binary.
pub trait Kernels {
    /// A bit for each, in the order of the list of layers.
    const MASK: u128;
}
