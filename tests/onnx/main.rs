//! The ONNX project's own tests of operators: the models that the layers can express, translated to declarations. Each is
//! run on its test's inputs, compared with the expected outputs, and validated. See README.md.
//!
//! A network has no batch axis: if a test has one, the network runs on each sample.

use std::collections::BTreeSet;

use netcost::prelude::*;
use safetensors::SafeTensors;

/// Made by `scripts/onnx_fixtures.py`.
static CASES_FILE: &[u8] = include_bytes!("cases.safetensors");

/// Largest difference to the expected output, relative to its largest magnitude.
const TOLERANCE: f32 = 1e-5;

/// The test's expected output is rounded to four digits.
const ROUNDED: &str = "node/averagepool_2d_ceil_last_window_starts_on_pad";

/// A test per case of a folder, named after it, and the list of them.
macro_rules! cases {
    ($folder:literal; $($case:ident: $Network:ident,)*) => {
        pub const CASES: &[&str] = &[$(concat!($folder, "/", stringify!($case))),*];
        $(
            #[test]
            fn $case() {
                check::<$Network>(concat!($folder, "/", stringify!($case)));
            }
        )*
    };
}

mod node;
mod node_expanded;
mod node_shapes;
mod node_windows;
mod pytorch_converted;
mod pytorch_operator;
mod simple;

#[test]
fn every_case_of_the_file_is_tested() {
    let tested = [
        node::CASES,
        node_expanded::CASES,
        node_shapes::CASES,
        node_windows::CASES,
        pytorch_converted::CASES,
        pytorch_operator::CASES,
        simple::CASES,
    ];
    let tested: BTreeSet<&str> = tested.concat().into_iter().collect();
    let file = file();
    let names = file.names();
    let case_of = |name: &'_ str| name.match_indices('/').nth(1).map(|(at, _)| at);
    let stored: BTreeSet<&str> = names.iter().filter_map(|name| name.get(..case_of(name)?)).collect();
    assert_eq!(tested, stored);
}

fn check<N: Network>(case: &str) {
    let values = |kind: &str, count: usize| -> Vec<Vec<f32>> {
        (0..count).map(|i| tensor(&format!("{case}/{kind}{i}"))).collect()
    };
    let inputs = values("input", N::INPUTS.len());
    let expected = values("output", N::OUTPUTS.len());
    let weights = weights::<N>(case);

    let samples = inputs[0].len() / N::INPUTS[0].shape.elements() as usize;
    for sample in 0..samples {
        let mut arena = vec![f32::NAN; N::ARENA_LEN];
        let place = |arena: &mut [f32]| {
            for (i, input) in inputs.iter().enumerate() {
                N::input_at(arena, i).copy_from_slice(part(input, sample, samples));
            }
        };
        place(&mut arena);
        let outputs = N::run(&weights, &mut arena).expect("the case runs");
        for (i, expected) in expected.iter().enumerate() {
            let output = outputs.get(i).expect("the network has this output");
            let tolerance = if case == ROUNDED { 1e-3 } else { TOLERANCE };
            assert_close(output, part(expected, sample, samples), tolerance);
        }
        place(&mut arena);
        N::validate(&weights, &mut arena, |_| {}).expect("what is measured is what is declared");
    }
}

/// One sample of a batch.
fn part(values: &[f32], sample: usize, samples: usize) -> &[f32] {
    let len = values.len() / samples;
    &values[sample * len..][..len]
}

fn assert_close(output: &[f32], expected: &[f32], tolerance: f32) {
    assert_eq!(output.len(), expected.len(), "length of the output");
    let largest = expected.iter().fold(0.0_f32, |largest, x| largest.max(x.abs()));
    for (i, (found, expected)) in output.iter().zip(expected).enumerate() {
        // Written so that an unexpected NaN counts as a difference.
        let same = found == expected || found.is_nan() && expected.is_nan();
        let close = same || (found - expected).abs() <= tolerance * largest;
        assert!(close, "element {i}: found {found}, expected {expected}");
    }
}

/// Loads the case's state dict by name, as a safetensors file of its own.
fn weights<N: Network>(case: &str) -> Vec<f32> {
    let prefix = format!("{case}/state/");
    let file = file();
    let state = file.iter().filter_map(|(name, tensor)| Some((name.strip_prefix(&prefix)?, tensor)));
    let bytes = safetensors::serialize(state, None).expect("the state is a valid file");
    let mut weights = vec![0.0; N::WEIGHTS_LEN];
    netcost::weights::load::<N>(&bytes, &mut weights).expect("the state fits the network");
    weights
}

fn tensor(name: &str) -> Vec<f32> {
    let (values, _) = file().tensor(name).expect("the case has the tensor").data().as_chunks();
    values.iter().copied().map(f32::from_le_bytes).collect()
}

fn file() -> SafeTensors<'static> {
    SafeTensors::deserialize(CASES_FILE).expect("the cases are a valid file")
}
