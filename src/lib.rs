//! What a neural network costs, known at compile time and proved by execution.
#![no_std]
#![forbid(unsafe_code)]

pub use netcost_core::*;
pub use netcost_macros::{block, budget, network, weights};

/// What a declaration needs: `use netcost::prelude::*;`.
pub mod prelude {
    pub use netcost_core::{Census, DataType, Extent, Network, Padding, Same, Tensor};
    pub use netcost_macros::{block, budget, network};
}
