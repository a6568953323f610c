//! Why a run fails.

use core::fmt;

use crate::kernel::refusal::{NotAnIndex, Refusal};

/// Why a network was not run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RunError {
    /// The weights have another length than the network's.
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
    /// An [`embedding`](crate::graph::tensor::Tensor::embedding) is given what is not the index of a row.
    Index {
        /// The layer's number in the order of execution, inputs included.
        layer: usize,
        /// Which element of its input it is.
        position: usize,
        /// What stands there.
        found: NotAnIndex,
        /// How many rows there are.
        rows: u32,
    },
    /// A kernel did not find its step as the planner laid it out: a bug in netcost, or a damaged flash.
    Program {
        /// The layer's number in the order of execution, inputs included.
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
                "layer {layer} looks up rows 0 to {}, and element {position} of its input is {found}",
                rows.saturating_sub(1)
            ),
            RunError::Program { layer } => write!(f, "the program of this network is damaged at layer {layer}"),
        }
    }
}

impl core::error::Error for RunError {}

impl RunError {
    /// Why a layer was not run, if its kernel says so.
    pub(crate) fn of(layer: usize, refusal: Option<Refusal>) -> Self {
        match refusal {
            Some(Refusal::Index { position, found, rows }) => RunError::Index { layer, position, found, rows },
            None => RunError::Program { layer },
        }
    }
}
