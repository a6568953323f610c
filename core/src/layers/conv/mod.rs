//! Convolutions and transposed convolutions.

pub(crate) mod conv;
pub(crate) mod conv_transpose;
