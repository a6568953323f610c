//! Sources of activations: inputs, parameters, constants, and look-ups.

pub(crate) mod constant;
pub(crate) mod embedding;
pub(crate) mod input;
pub(crate) mod iota;
pub(crate) mod parameter;
