//! Why a network was not quantized.

use core::fmt;
use std::string::String;

use crate::run::error::RunError;
use crate::weights::LoadError;

/// Why a network was not quantized.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum QuantizeError {
    /// The weights are not the network's.
    Load(LoadError),
    /// There are no samples.
    NoSamples,
    /// A sample is not as long as the inputs of the network.
    Sample {
        /// Its number, from 0.
        index: usize,
        /// The elements of all inputs.
        expected: usize,
        /// Its elements.
        found: usize,
    },
    /// A sample, or a number that a layer makes of it, is infinite or not a number.
    NotFinite {
        /// The number of the sample, from 0.
        sample: usize,
        /// The layer, or the input.
        layer: String,
    },
    /// A layer moves numbers that another one makes, or joins them with others, and their ranges are not the same.
    Ranges {
        /// The layer whose range is always the same.
        layer: String,
    },
    /// The network was not run on a sample.
    Run(RunError),
}

impl fmt::Display for QuantizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QuantizeError::Load(error) => error.fmt(f),
            QuantizeError::NoSamples => f.write_str("there are no samples, from which the ranges of tensors are known"),
            QuantizeError::Sample { index, expected, found } => {
                write!(f, "sample {index} has {found} numbers, and the inputs of the network {expected}")
            }
            QuantizeError::NotFinite { sample, layer } => {
                write!(f, "`{layer}` has a number that is not finite for sample {sample}")
            }
            QuantizeError::Ranges { layer } => {
                write!(
                    f,
                    "the outputs of `{layer}` are joined with numbers beyond their range, which is always the same"
                )
            }
            QuantizeError::Run(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for QuantizeError {}
