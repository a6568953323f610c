//! Layers that keep something from one run to the next.

pub(crate) mod initial_state;
pub(crate) mod ring;
pub(crate) mod streaming_conv;
pub(crate) mod update;
