//! Products of matrices.

pub(crate) mod in_projection;
pub(crate) mod linear;
pub(crate) mod matmul;
