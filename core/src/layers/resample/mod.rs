//! Interpolation.

pub(crate) mod bicubic;
pub(crate) mod upsample;
