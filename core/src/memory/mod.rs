//! Where tensors lie and for how long: liveness, sharing, and the arena's plan.
//!
//! Imports `base` to `graph`.

pub(crate) mod buffers;
pub(crate) mod concat;
mod first_fit;
mod greedy;
pub(crate) mod groups;
pub(crate) mod in_place;
mod indices;
pub(crate) mod liveness;
pub(crate) mod plan;
pub(crate) mod schedule;
mod slide;
pub(crate) mod states;
