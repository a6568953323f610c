//! What users read and call of a declared network: its numbers, its run, its report; and the same as types.
//!
//! Imports `base` to `report`.

pub(crate) mod network;
pub(crate) mod type_level;
