//! What the fuzz targets share: the macros as functions of tokens, which a proc-macro crate cannot export, and mutations
//! that keep an input well-formed.

#![forbid(unsafe_code)]

mod random;
pub mod tensors;
pub mod tokens;

/// The modules of `netcost-macros`, which refer to each other from the crate root.
#[path = "../../macros/src"]
mod macros {
    pub mod budget;
    pub mod check;
    pub mod diagnostics;
    pub mod expand;
    pub mod imported;
    pub mod lower;
    pub mod manifest;
    pub mod model;
    pub mod parse;
    pub mod pipeline;
    pub mod span;
    pub mod weights;
}

use macros::{budget, check, diagnostics, expand, imported, lower, manifest, model, parse};
pub use macros::{pipeline, span, weights};
