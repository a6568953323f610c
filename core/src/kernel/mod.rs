//! What kernels are written with: the arithmetic they run on, plain or counting, their steps, and the loops they share.
//!
//! Imports `base` and `op`.

pub(crate) mod counting;
pub(crate) mod custom;
pub(crate) mod elementwise;
pub(crate) mod epilogue;
pub(crate) mod machine;
pub(crate) mod mask;
pub(crate) mod refusal;
pub(crate) mod slide;
pub(crate) mod step;
pub(crate) mod strides;
