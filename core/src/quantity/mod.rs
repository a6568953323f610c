//! The quantities: every number that has a word, with its unit, its noun, and whose it is; and a limit on one. An owner's numbers and how
//! each is computed are stated once, by `quantities!`: netcost's own in `cost`, another tool's in its file of `tools`.
//!
//! Imports nothing.

pub(crate) mod limit;
pub(crate) mod quantity;
pub(crate) mod tool;
