//! A weight file of any bytes: nothing panics, nothing is written unless everything is valid, `weights!` at compile time
//! agrees with `load` at run time, and the header is read as the crate `safetensors` reads it.

#![no_main]

#[path = "../../core/tests/header/same.rs"]
mod same;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use netcost::Shape;
use netcost::prelude::*;
use netcost::weights::{FileIndex, FileTensor, LoadError, floats, fold, is_counter, load, natural_order, pack};
use netcost_fuzz::span::Crate;
use netcost_fuzz::{tensors, weights};
use safetensors::SafeTensors;
use safetensors::tensor::TensorView;

/// The network of `tests/fixtures/weights`, with named and unnamed layers, as trained, deployed and folded.
#[block]
fn named(x: Tensor, folded: bool) -> Tensor {
    let x = x.conv2d(4, 3, bias = folded, name = "conv");
    let x = if folded { x } else { x.batch_norm(name = "norm") };
    x.relu().flatten().linear(3, name = "fc")
}

#[block]
fn unnamed(x: Tensor, folded: bool) -> Tensor {
    let x = x.conv2d(4, 3, bias = folded);
    let x = if folded { x } else { x.batch_norm() };
    x.relu().flatten().linear(3)
}

#[network]
fn Named(x: Tensor<2, 4, 4>) -> Tensor<3> {
    named(x, false)
}

#[network(fuse)]
fn NamedDeployed(x: Tensor<2, 4, 4>) -> Tensor<3> {
    named(x, false)
}

#[network]
fn NamedFolded(x: Tensor<2, 4, 4>) -> Tensor<3> {
    named(x, true)
}

#[network]
fn Unnamed(x: Tensor<2, 4, 4>) -> Tensor<3> {
    unnamed(x, false)
}

#[network(fuse)]
fn UnnamedDeployed(x: Tensor<2, 4, 4>) -> Tensor<3> {
    unnamed(x, false)
}

#[network]
fn UnnamedFolded(x: Tensor<2, 4, 4>) -> Tensor<3> {
    unnamed(x, true)
}

/// Two layers that could be mistaken for each other.
#[network]
fn Twins(x: Tensor<2>) -> Tensor<2> {
    x.linear(2, bias = false).relu().linear(2, bias = false)
}

/// The network's weights, or why there are none.
fn loaded<N: Network>(file: &[u8]) -> Result<Vec<f32>, LoadError> {
    let mut weights = vec![7.0; N::WEIGHTS_LEN];
    let result = load::<N>(file, &mut weights);
    if let Err(error) = &result {
        assert!(weights.iter().all(|&weight| weight == 7.0), "nothing is written: {error}");
        assert!(!error.to_string().is_empty());
    }
    result.map(|()| weights)
}

/// What `weights!` evaluates to, for a file that matches the network.
macro_rules! packed {
    ($network:ty, $index:expr, $file:expr) => {{
        const LEN: usize = <$network>::WEIGHTS_LEN;
        floats::<{ 4 * LEN }, LEN>(pack::<$network, { 4 * LEN }>($index, $file))
    }};
}

macro_rules! check {
    ($file:expr, $trained:ty, $deployed:ty, $folded:ty) => {{
        let file: &[u8] = $file;
        let trained = loaded::<$trained>(file);
        let deployed = loaded::<$deployed>(file);
        if let (Ok(trained), Ok(deployed)) = (&trained, &deployed) {
            assert!(trained.iter().chain(deployed).all(|weight| weight.is_finite()));
            with_index(file, |index| {
                assert_eq!(packed!($trained, index, file)[..], trained[..]);
                assert_eq!(packed!($deployed, index, file)[..], deployed[..]);
            });
        }
        let index = weights::index(file, &Crate::new(None));
        match &trained {
            Ok(_) => assert!(index.is_ok(), "{index:?}"),
            Err(LoadError::File(_) | LoadError::Type { .. } | LoadError::NotFinite { .. }) => assert!(index.is_err()),
            Err(_) => {}
        }
        match fold::<$trained>(file) {
            Ok(folded) => assert!(loaded::<$folded>(&folded).is_ok()),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        // A folded normalisation may have a scale that is not finite; anything else in a file is valid or not.
        match &trained {
            Ok(_) | Err(LoadError::Normalisation { .. }) => {}
            Err(error) => assert_eq!(fold::<$trained>(file).as_ref(), Err(error)),
        }
    }};
}

/// Without normalisations, the weights are the numbers of the file, each exactly once.
fn check_kept<N: Network>(file: &[u8]) {
    let Ok(weights) = loaded::<N>(file) else { return };
    let parsed = SafeTensors::deserialize(file).expect("the file was loaded");
    let numbers = |view: TensorView<'_>| view.data().as_chunks().0.to_vec();
    let mut file: Vec<[u8; 4]> =
        parsed.iter().filter(|(name, _)| !is_counter(name)).flat_map(|(_, view)| numbers(view)).collect();
    let mut weights: Vec<[u8; 4]> = weights.into_iter().map(f32::to_le_bytes).collect();
    file.sort_unstable();
    weights.sort_unstable();
    assert_eq!(file, weights);
}

fuzz_target!(|file: &[u8]| {
    same::same(file);
    check!(file, Named, NamedDeployed, NamedFolded);
    check!(file, Unnamed, UnnamedDeployed, UnnamedFolded);
    check_kept::<NamedFolded>(file);
    check_kept::<UnnamedFolded>(file);
    check_kept::<Twins>(file);
    let mut short = [7.0];
    assert!(matches!(load::<Named>(file, &mut short), Err(LoadError::Length { .. })));
});

/// Calls a function with what `weights!` passes to a const about the file.
fn with_index(file: &[u8], call: impl FnOnce(&FileIndex<'_>)) {
    let parsed = SafeTensors::deserialize(file).expect("the file was loaded");
    let mut tensors: Vec<_> = parsed
        .iter()
        .filter(|(name, _)| !is_counter(name))
        .map(|(name, view)| FileTensor {
            name,
            shape: Shape::new(view.shape()),
            start: view.data().as_ptr() as usize - file.as_ptr() as usize,
        })
        .collect();
    tensors.sort_by_key(|tensor| tensor.name);
    let mut natural: Vec<usize> = (0..tensors.len()).collect();
    natural.sort_by(|&a, &b| natural_order(tensors[a].name, tensors[b].name));
    call(&FileIndex { tensors: &tensors, natural: &natural });
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    match seed % 4 {
        0 | 1 => match tensors::changed(&data[..size], seed / 4) {
            Some(file) if file.len() <= max_size => {
                data[..file.len()].copy_from_slice(&file);
                file.len()
            }
            _ => fuzzer_mutate(data, size, max_size),
        },
        2 => header(data, size, max_size),
        _ => fuzzer_mutate(data, size, max_size),
    }
});

/// Changes only the header, and updates the length before it.
fn header(data: &mut [u8], size: usize, max_size: usize) -> usize {
    let len = data[..size].first_chunk().map_or(usize::MAX, |len| u64::from_le_bytes(*len) as usize);
    let Some(tail) = data[..size].get(8..).and_then(|rest| rest.get(len..)).map(<[u8]>::to_vec) else {
        return fuzzer_mutate(data, size, max_size);
    };
    let most = max_size - tail.len();
    let len = fuzzer_mutate(&mut data[8..most], len, most - 8);
    data[..8].copy_from_slice(&(len as u64).to_le_bytes());
    data[8 + len..8 + len + tail.len()].copy_from_slice(&tail);
    8 + len + tail.len()
}
