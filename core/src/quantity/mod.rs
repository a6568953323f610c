//! The quantities: every number that has a word, with its unit, noun and owner; and limits on them. Each owner states
//! its numbers, and how they are computed, once, by `quantities!`: netcost in `cost`, another tool in its file of
//! `tools`.
//!
//! Imports nothing.

pub(crate) mod limit;
pub(crate) mod quantity;
pub(crate) mod tool;
