//! The graph, the layers, the cost model and the engine of the crate `netcost`, which re-exports
//! what its users need: depend on that crate.
//!
//! `no_std` and without `alloc`; the feature `std` adds sessions, loading weights by name, profiles, and reports
//! as Markdown and JSON.

#![no_std]
#![deny(unsafe_code)]

#[cfg(feature = "std")]
extern crate std;

mod budget;
mod census;
pub mod conventions;
mod cost;
pub mod device;
mod dtype;
mod engine;
mod extent;
mod graph;
pub mod layers;
mod list;
mod machine;
mod module;
mod name;
mod network;
mod overlap;
mod plan;
mod pointwise;
#[cfg(feature = "std")]
mod profile;
mod program;
mod report;
mod root;
#[cfg(feature = "std")]
mod session;
mod shape;
mod sharing;
mod state;
mod strides;
mod sum;
pub mod syntax;
mod table;
mod tensor;
mod text;
mod typelevel;
mod validate;
pub mod weights;
mod window;

pub use typenum;

pub use budget::{Limit, QUANTITIES, Quantity, QuantitySyntax, Relation, Unit};
pub use census::{Census, Work};
pub use cost::{Cost, Deployment, Layer, LayerRun, Memory, Traffic};
pub use device::Device;
pub use dtype::DataType;
pub use engine::{NotAnIndex, Outputs, RunError};
pub use extent::{Extent, Padding, Same};
pub use graph::Port;
pub use layers::{Activation, Arguments, Kernel, Nonlinearity, PadMode, UpsampleMode};
pub use list::List;
pub use machine::{Counting, Machine, Plain};
pub use name::{Name, Spelling};
pub use network::Network;
#[cfg(feature = "std")]
pub use profile::{Profile, Timed};
pub use report::Report;
#[cfg(feature = "std")]
pub use session::Session;
pub use shape::{MAX_RANK, Shape};
pub use state::Parameter;
pub use table::Grouped;
pub use tensor::Tensor;
pub use typelevel::{FitsIn, TypeLevelCost};
pub use validate::{Measured, ValidateError, Validated};

/// What the macros expand to; not for use by hand.
#[doc(hidden)]
pub mod __macro {
    pub use crate::budget::{Limit, Quantity, Relation, Warn, exceeded, first_broken, near};
    pub use crate::graph::{Builder, Graph, Sealed, Settings};
    pub use crate::list::{Items, List};
    pub use crate::name::Name;
    pub use crate::shape::Shape;
    pub use crate::tensor::{Operands, Tensor, Tensors, expect};
    pub use crate::typelevel::Push;
    pub use typenum::UTerm;
}
