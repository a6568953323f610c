//! Quantization of a declared network: the ranges of its tensors on samples, and its weights in 8-bit integers.
//!
//! Imports `base` to `weights`.

pub(crate) mod calibration;
pub(crate) mod deployments;
pub(crate) mod error;
pub(crate) mod quantize;
pub(crate) mod ranges;
pub(crate) mod tensors;
