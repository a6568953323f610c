//! Why a validation fails.

use core::fmt;

use crate::cost::layer::Layer;
use crate::run::error::RunError;

/// Why a validation failed.
#[derive(Clone, Copy)]
pub enum ValidateError {
    /// The network could not be run.
    Run(RunError),
    /// A layer, or the network as a whole, does not do what it declares.
    Mismatch {
        /// The layer; `None` for a total of the network.
        layer: Option<&'static Layer>,
        /// The number that differs.
        quantity: &'static str,
        /// What is declared.
        declared: u64,
        /// What was executed.
        measured: u64,
    },
    /// A layer overwrote a tensor that is read later.
    Overwrites {
        /// The layer.
        layer: &'static Layer,
    },
    /// A layer's output changes with the contents of memory that no layer has written.
    Unwritten {
        /// The layer.
        layer: &'static Layer,
    },
    /// A layer has written past [`ARENA_LEN`](crate::Network::ARENA_LEN).
    Beyond {
        /// The layer.
        layer: &'static Layer,
    },
}

impl From<RunError> for ValidateError {
    fn from(error: RunError) -> Self {
        ValidateError::Run(error)
    }
}

impl fmt::Display for ValidateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValidateError::Run(error) => error.fmt(f),
            ValidateError::Mismatch { layer, quantity, declared, measured } => {
                match layer {
                    Some(layer) => write!(f, "layer `{}` ({})", layer.name, layer.operator)?,
                    None => f.write_str("the network")?,
                }
                write!(f, " declares {declared} {quantity}, but {measured} were measured")
            }
            ValidateError::Overwrites { layer } => {
                write!(f, "layer `{}` ({}) overwrites a tensor that is read later", layer.name, layer.operator)
            }
            ValidateError::Unwritten { layer } => write!(
                f,
                "layer `{}` ({}) reads memory that no layer has written: its output changes with what is there",
                layer.name, layer.operator
            ),
            ValidateError::Beyond { layer } => {
                write!(f, "layer `{}` ({}) writes past the end of the arena", layer.name, layer.operator)
            }
        }
    }
}

impl fmt::Debug for ValidateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for ValidateError {}
