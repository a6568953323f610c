//! Which kernels are linked.

/// The bit of a network whose weights are read in another order than they are stored in.
pub(crate) const JUMPS: u128 = 1 << 127;

/// The kernels that a run may need. All others stay out of the binary.
pub trait Kernels {
    /// [`JUMPS`], and a bit for each, in the order of the list of layers.
    const MASK: u128;
}
