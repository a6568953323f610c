//! Attention, and the blocks made of it.

pub(crate) mod attention;
pub(crate) mod causal_mask;
pub(crate) mod squeeze_excitation;
pub(crate) mod transformer;
