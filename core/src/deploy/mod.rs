//! The network as it is deployed: what is folded into what, where outputs lie, what that costs. Computed once, from the
//! graph as it was declared.
//!
//! Imports `base` to `memory`.

pub(crate) mod deployed;
pub(crate) mod fold;
pub(crate) mod joins;
pub(crate) mod layer;
pub(crate) mod shared;
