//! The network as it was declared: its nodes and their names, and the builder that a declaration fills.
//!
//! Imports `base`, `op`, and `layers::list`.

pub(crate) mod graph;
pub(crate) mod io;
pub(crate) mod list;
pub(crate) mod tensor;
