//! Bytes moved.

use crate::base::math::{add, multiply};

/// Bytes moved between memory and arithmetic.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Traffic {
    /// Bytes of parameters read.
    pub weights: u64,
    /// Bytes of operands read.
    pub input: u64,
    /// Bytes of outputs written.
    pub output: u64,
}

impl Traffic {
    /// No byte.
    pub const ZERO: Traffic = Traffic { weights: 0, input: 0, output: 0 };

    /// All bytes, read and written.
    pub const fn total(&self) -> u64 {
        add(add(self.weights, self.input), self.output)
    }

    /// Both together.
    #[must_use]
    pub const fn plus(&self, other: &Traffic) -> Self {
        Traffic {
            weights: add(self.weights, other.weights),
            input: add(self.input, other.input),
            output: add(self.output, other.output),
        }
    }

    #[track_caller]
    pub(crate) const fn batch(&self, n: u64) -> Self {
        Traffic { weights: self.weights, input: multiply(self.input, n), output: multiply(self.output, n) }
    }
}
