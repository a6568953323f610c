//! What a layer and a network cost: operations, parameters, flash, traffic, RAM.
//!
//! Imports `base` to `op`.

pub(crate) mod cost;
pub(crate) mod layer;
pub(crate) mod memory;
pub(crate) mod quantities;
pub(crate) mod traffic;
