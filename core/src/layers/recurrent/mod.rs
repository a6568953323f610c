//! Recurrent layers.

pub(crate) mod recurrent;
