//! The network as declared: its nodes and their names, and the builder that fills it.
//!
//! Imports `base` to `int8`, and `layers::list`, whose layers its nodes hold: the one knot of the crate.

pub(crate) mod builder;
pub(crate) mod graph;
pub(crate) mod io;
pub(crate) mod list;
pub(crate) mod misuse;
pub(crate) mod naming;
pub(crate) mod scope;
pub(crate) mod settings;
pub(crate) mod splice;
pub(crate) mod tensor;
pub(crate) mod unread;
