//! Why a run fails.

use core::fmt;

use crate::kernel::refusal::{NotAnIndex, Refusal};

/// Why a network was not run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RunError {
    /// The slice of weights has the wrong length.
    Weights {
        /// The network's.
        expected: usize,
        /// The slice's.
        found: usize,
    },
    /// The arena is too short.
    Arena {
        /// The least length.
        expected: usize,
        /// The slice's.
        found: usize,
    },
    /// An [`embedding`](crate::graph::tensor::Tensor::embedding) reads a value that is not the index of a row.
    Index {
        /// The layer's index in [`LAYERS`](crate::Network::LAYERS).
        layer: usize,
        /// The index of the element in the layer's input.
        position: usize,
        /// The value found there.
        found: NotAnIndex,
        /// The number of rows.
        rows: u32,
    },
    /// A row of the input has the wrong length.
    Row {
        /// The network's, in elements.
        expected: usize,
        /// That of what was given: for several rows at a time, of all.
        found: usize,
    },
    /// Too few rows of the input were given before a run, or one too many.
    Rows {
        /// The network's.
        expected: usize,
        /// Those that were given.
        found: usize,
    },
    /// A kernel found its step malformed: a bug in netcost, or corrupted flash.
    Program {
        /// The layer's index in [`LAYERS`](crate::Network::LAYERS).
        layer: usize,
    },
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Weights { expected, found } => {
                write!(f, "the network has {expected} weights, and is given {found}")
            }
            RunError::Arena { expected, found } => {
                write!(f, "the network needs an arena of {expected} elements, and is given {found}")
            }
            RunError::Index { layer, position, found, rows } => write!(
                f,
                "layer {layer} of `LAYERS` looks up rows 0 to {}, and element {position} of its input is {found}",
                rows.saturating_sub(1)
            ),
            RunError::Row { expected, found } => {
                write!(f, "a row of the network's input has {expected} elements, and {found} are given")
            }
            RunError::Rows { expected, found } if found > expected => {
                write!(f, "the network's input has {expected} rows, and is given one more: run the network first")
            }
            RunError::Rows { expected, found } => {
                write!(f, "the network's input has {expected} rows, and only {found} of them were given")
            }
            RunError::Program { layer } => {
                write!(f, "the program of this network is damaged at layer {layer} of `LAYERS`")
            }
        }
    }
}

impl core::error::Error for RunError {}

impl RunError {
    /// Why a layer was not run, if its kernel gave a reason.
    pub(crate) fn of(layer: usize, refusal: Option<Refusal>) -> Self {
        match refusal {
            Some(Refusal::Index { position, found, rows }) => RunError::Index { layer, position, found, rows },
            None => RunError::Program { layer },
        }
    }
}
