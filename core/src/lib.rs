//! The graph, the layers, the cost model and the engine of the crate `netcost`, which re-exports
//! what its users need: depend on that crate.
//!
//! `no_std` and without `alloc`; the feature `std` adds sessions, loading weights by name, profiles, and reports
//! as Markdown and JSON.

#![no_std]
#![deny(unsafe_code)]

#[cfg(feature = "std")]
extern crate std;

mod base;
mod budget;
#[cfg(feature = "std")]
mod command;
pub mod conventions;
mod cost;
mod declared;
mod deploy;
pub mod device;
mod graph;
mod int8;
mod kernel;
pub mod layers;
mod memory;
mod network;
mod op;
mod program;
mod quantity;
#[cfg(feature = "std")]
mod quantize;
mod quantized;
mod report;
mod run;
#[cfg(feature = "std")]
mod session;
mod stream;
mod tables;
#[cfg(test)]
mod testing;
mod tflite;
mod tools;
mod validate;
pub mod weights;

pub use typenum;

pub use base::dtype::DataType;
pub use base::name::{Name, Spelling};
pub use base::per_axis::{Extent, Padding, Same};
pub use base::shape::{MAX_RANK, Shape};
pub use cost::cost::Cost;
pub use cost::layer::{Layer, LayerRun};
pub use cost::memory::Memory;
pub use cost::traffic::Traffic;
#[doc(hidden)]
pub use declared::Declared;
pub use device::device::Device;
pub use graph::graph::Port;
pub use graph::list::List;
pub use graph::settings::Deployment;
pub use graph::tensor::Tensor;
pub use int8::quantization::Quantization;
pub use kernel::counting::Counting;
pub use kernel::custom::{Arguments, Kernel};
pub use kernel::machine::{Machine, Plain};
pub use kernel::refusal::NotAnIndex;
pub use layers::{Activation, Nonlinearity, PadMode, UpsampleMode};
pub use network::network::Network;
pub use network::runner::Runner;
pub use network::type_level::{FitsIn, TypeLevelCost};
#[doc(hidden)]
pub use network::type_level::{FlashSuffices, RamSuffices};
pub use op::work::{Census, Work};
pub use quantity::limit::{Limit, Relation};
pub use quantity::quantity::{Quantity, Unit};
#[cfg(feature = "std")]
pub use quantize::calibration::Calibration;
#[cfg(feature = "std")]
pub use quantize::error::QuantizeError;
#[cfg(feature = "std")]
pub use quantize::quantize::{quantize, quantize_with};
pub use quantized::memory::{Arena, Weights};
pub use quantized::network::{Quantized, Streamed};
pub use quantized::runner::{QuantizedRunner, RowRunner};
#[cfg(feature = "std")]
pub use report::profile::{Profile, Timed};
pub use report::report::Report;
pub use report::table::Grouped;
pub use run::error::RunError;
pub use run::outputs::Outputs;
#[cfg(feature = "std")]
pub use session::session::Session;
pub use validate::error::ValidateError;
pub use validate::validate::{Measured, Validated};
pub use weights::state_dict::Parameter;

/// What operators, `concat` and limits do not take, under names that the compiler shows.
#[doc(hidden)]
pub mod operands {
    pub use crate::budget::written::{LimitNumber, NotANumber};
    pub use crate::graph::misuse::*;
}

/// What the command `netcost` is made of; not for use by hand.
#[cfg(feature = "std")]
#[doc(hidden)]
pub mod __command {
    pub use crate::command::{FromFile, TOOLS, Wrong, budget};
    pub use crate::device::device::KNOWN as DEVICES;
}

/// What the macros expand to; not for use by hand.
#[doc(hidden)]
pub mod __macro {
    pub use crate::base::name::Name;
    pub use crate::base::shape::{Shape, is_channels_last};
    pub use crate::base::typenum_of::Push;
    pub use crate::budget::budget::{exceeded, first_broken, near};
    pub use crate::budget::written::Written;
    pub use crate::deploy::deployed::Deployed;
    pub use crate::graph::graph::Graph;
    pub use crate::graph::list::{Items, List};
    pub use crate::graph::settings::Settings;
    pub use crate::graph::tensor::{Builder, Operands, Tensor, Tensors, expect};
    pub use crate::network::network::block;
    pub use crate::quantity::limit::{Limit, Relation};
    pub use crate::run::runnable::{check_floats, check_kernels, check_stateless};
    pub use crate::tflite::floats::floats;
    pub use crate::tflite::imported::Imported;

    /// What a network in 8-bit integers is made of.
    pub mod quantized {
        pub use crate::quantized::engine::{run, run_by_rows};
        pub use crate::quantized::feed::Made;
        pub use crate::quantized::kernels::{STREAM_OF_FLOATS, check_stream, mask_declared};
        pub use crate::quantized::memory::{matched, weights};
        pub use crate::quantized::network::{Lengths, TakesWeights};
        pub use crate::quantized::recipe::{FromFile, OfType, WithWeights};
        pub use crate::quantized::source::Source;
        pub use crate::quantized::steps::{Step, pack, state_count, states, steps};
        pub use crate::quantized::tensors::{Element, TypedTensor};
        pub use crate::validate::by_rows::validate_by_rows;
    }
    pub use typenum::UTerm;

    /// How budgets are written.
    pub mod budget {
        pub use crate::budget::parse::{Error, Value, Written, parse};
    }

    /// The traits whose methods are found where no other fits, for a body to have in scope.
    pub mod refusals {
        pub use crate::budget::written::NotANumber as _;
        pub use crate::graph::misuse::{
            Mixed as _, NumberBeside as _, Optional as _, Reference as _, Unfit as _, Unlisted as _,
        };
    }

    /// What to suggest in place of an unknown word.
    pub mod suggest {
        pub use crate::base::suggest::{Alternatives, List, closest};
    }

    /// How the layers are written.
    pub mod syntax {
        pub use crate::layers::list::{all, find};
        pub use crate::op::syntax::*;
    }

    /// The quantities, each at the path that its word spells: `fvcore.flops` is `fvcore::flops`.
    pub mod quantities {
        pub use crate::budget::parse::quantities as all;
        pub use crate::cost::quantities::own::*;

        macro_rules! tools {
            ($($Tool:ident $Count:ident: $word:ident in $file:ident,)*) => {
                $(pub use crate::tools::$file::$word;)*
            };
        }
        crate::quantity::tool::each_tool!(tools);
    }
}
