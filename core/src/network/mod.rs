//! What a declared network offers its users: its numbers, its run, its report; and the numbers as types.
//!
//! Imports `base` to `report`.

pub(crate) mod network;
pub(crate) mod runner;
pub(crate) mod type_level;
