//! Sums, products and the like: of two tensors, of a tensor and a number, along axes.

pub(crate) mod binary;
pub(crate) mod reduce;
pub(crate) mod scalar;
