//! Convolutions and transposed convolutions.

pub(crate) mod conv;
pub(crate) mod conv_transpose;
mod kernel;
mod transpose_kernel;
