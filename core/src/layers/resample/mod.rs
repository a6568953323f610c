//! Interpolation.

pub(crate) mod bicubic;
mod line;
pub(crate) mod upsample;
