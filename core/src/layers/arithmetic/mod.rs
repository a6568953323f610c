//! Arithmetic on two tensors, on a tensor and a number, and along axes.

pub(crate) mod binary;
pub(crate) mod reduce;
pub(crate) mod scalar;
