//! The run on a host: the machine's SIMD, packed weights, and memory of its own.
//!
//! Inside, tensors are stored in blocks of sixteen channels (`[channels / 16, height, width, 16]`), so that every
//! kernel works on a vector of channels at once. Normalisations, residual additions and activations are computed with
//! the convolution before them. Layers without a kernel here use the portable one.
//!
//! Imports `base` to `run`.

pub(crate) mod activation;
pub(crate) mod dense;
pub(crate) mod depthwise;
pub(crate) mod elementwise;
pub(crate) mod epilogue;
pub(crate) mod isa;
pub(crate) mod layout;
pub(crate) mod lower;
pub(crate) mod memory;
pub(crate) mod pool;
pub(crate) mod portable;
pub(crate) mod session;
pub(crate) mod step;
pub(crate) mod vector;

#[cfg(test)]
pub(crate) mod tests;
