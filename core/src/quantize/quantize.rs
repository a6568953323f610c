//! A network's weights in 8-bit integers, from those in `f32` and samples of its inputs.

use std::vec;
use std::vec::Vec;

use crate::declared::Declared;
use crate::quantize::calibration::Calibration;
use crate::quantize::deployments::{Floats, Integers};
use crate::quantize::error::QuantizeError;
use crate::quantize::ranges::quantizations;
use crate::quantize::tensors::tensors;
use crate::session::lower::stored;
use crate::weights::load;
use crate::weights::write::write;

/// Quantizes a network to 8-bit integers. Takes the bytes of its weight file in `f32`, and samples of its inputs: for each,
/// the numbers of all inputs, one after another. Returns the bytes of a safetensors file, which `weights!` reads for the
/// network declared with `#[network(fuse, dtype = i8)]`.
///
/// The scheme is TensorFlow Lite's. Each tensor has one scale and one zero point, so that its integers stand for all numbers
/// that it had on the samples; a layer's weights are symmetric, with a scale for each of its channels; biases have 32
/// bits. Batch normalisations are folded first. A few hundred samples that are like the inputs of its use are enough.
///
/// In the file, a layer `conv` has `conv.weight`, its input channels last, `conv.weight_scale`, `conv.bias`, and for its
/// output `conv.scale` and `conv.zero_point`; an input `x` has `input.x.scale` and `input.x.zero_point`.
///
/// # Errors
/// If the file is not the network's, as [`load`](crate::weights::load); if there are no samples, or one is of another
/// length; if a number is not finite.
pub fn quantize<N: Declared>(
    file: &[u8],
    samples: impl IntoIterator<Item = impl AsRef<[f32]>>,
) -> Result<Vec<u8>, QuantizeError> {
    quantize_with::<N>(file, samples, Calibration::MinMax)
}

/// The same, where ranges follow from the samples in another way.
///
/// # Errors
/// As [`quantize`].
pub fn quantize_with<N: Declared>(
    file: &[u8],
    samples: impl IntoIterator<Item = impl AsRef<[f32]>>,
    calibration: Calibration,
) -> Result<Vec<u8>, QuantizeError> {
    const { (N::ASSERT, Integers::<N>::RUNS).1 }
    let loaded = |len: u64| vec![0.0; len as usize];
    let mut floats = loaded(Floats::<N>::GRAPH.cost.weights);
    load::<Floats<N>>(file, &mut floats).map_err(QuantizeError::Load)?;
    let quantizations = quantizations::<N>(&floats, samples, calibration)?;
    let integers = Integers::<N>::GRAPH;
    let mut weights = loaded(integers.cost.weights);
    load::<Integers<N>>(file, &mut weights).map_err(QuantizeError::Load)?;
    let mut tensors = tensors(integers, &stored(integers, &weights), &quantizations);
    Ok(write(&mut tensors, None))
}
