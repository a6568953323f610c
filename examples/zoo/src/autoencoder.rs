//! MLPerf Tiny's anomaly detection: the autoencoder of Koizumi et al., "Description and discussion on DCASE2020
//! challenge task 2", 2020, in the form of Banbury et al., "MLPerf Tiny benchmark", 2021.

use netcost::prelude::*;

/// Five frames of 128 mel bands.
const FEATURES: usize = 640;

#[block]
fn autoencoder(x: Tensor) -> Tensor {
    let mut x = x;
    for features in [128, 128, 128, 128, 8, 128, 128, 128, 128] {
        x = x.linear(features).batch_norm().relu();
    }
    x.linear(FEATURES)
}

/// The autoencoder, layer by layer as it is trained.
#[network]
pub fn Autoencoder(x: Tensor<FEATURES>) -> Tensor<FEATURES> {
    autoencoder(x)
}

/// The autoencoder as it is deployed.
#[network(fuse)]
pub fn AutoencoderFused(x: Tensor<FEATURES>) -> Tensor<FEATURES> {
    autoencoder(x)
}

/// The autoencoder as it is deployed, in 8-bit integers.
#[network(fuse, dtype = i8)]
pub fn AutoencoderInt8(x: Tensor<FEATURES>) -> Tensor<FEATURES> {
    autoencoder(x)
}
