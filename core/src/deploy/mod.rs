//! The network as deployed: what is folded into what, where outputs lie, and what that costs. Computed once, from the
//! declared graph.
//!
//! Imports `base` to `memory`.

pub(crate) mod deployed;
pub(crate) mod fold;
pub(crate) mod joins;
pub(crate) mod layer;
mod order;
pub(crate) mod shared;
