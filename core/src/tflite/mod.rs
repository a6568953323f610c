//! A `.tflite` file, read at compile time or at run time: its tables, what they say of tensors and operators, and how
//! they become a network's graph.
//!
//! Imports `base` to `deploy`.

pub(crate) mod element;
pub(crate) mod error;
pub(crate) mod fault;
pub(crate) mod flat;
pub(crate) mod floats;
pub(crate) mod foreign;
pub(crate) mod import;
pub(crate) mod imported;
pub(crate) mod model;
pub(crate) mod moves;
pub(crate) mod operator;
pub(crate) mod state;
pub(crate) mod values;
pub(crate) mod variables;
pub(crate) mod windows;
pub(crate) mod wrong;
