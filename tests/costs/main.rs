//! The costs of networks: as others counted them, and by definition.

mod bytes;
mod composition;
mod kitchen_sinks;
mod operations;
mod published;
mod recurrent;

use netcost::{Layer, Network};

/// The layer of this name.
fn layer<N: Network>(name: &str) -> &'static Layer {
    N::LAYERS.iter().find(|layer| layer.name.as_str() == name).expect("the network has a layer of this name")
}

/// A shape as `64x25x5`.
fn extents(shape: &netcost::Shape) -> String {
    shape.dims().map(|dim| dim.to_string()).collect::<Vec<_>>().join("x")
}
