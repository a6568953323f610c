//! Each layer against PyTorch: the networks here are the cases of the files in `fixtures/layers`,
//! declared in netcost. A case runs on the weights and inputs of the file. Its output must match
//! PyTorch's, in a run and in a session, and the validation must count exactly what is declared.

use std::collections::BTreeSet;

use netcost::prelude::*;
use safetensors::SafeTensors;

/// Largest difference to PyTorch's output, relative to its largest magnitude.
const TOLERANCE: f32 = 1e-5;

/// A test per case of the file, named after it, and the list of them.
macro_rules! cases {
    ($($case:ident: $Network:ident,)*) => {
        pub const CASES: &[&str] = &[$(stringify!($case)),*];
        /// The kernels that they run.
        pub const MASK: u128 = $(<$Network as Network>::MASK |)* 0;
        $(
            #[test]
            fn $case() {
                check::<$Network>(stringify!($case));
            }
        )*
    };
}

/// The families of layers, each with a module and a file of fixtures.
macro_rules! families {
    ($($family:ident)*) => {
        $(mod $family;)*

        const FAMILIES: &[Family] = &[$(Family {
            name: stringify!($family),
            cases: $family::CASES,
            mask: $family::MASK,
            fixtures: include_bytes!(concat!("../fixtures/layers/", stringify!($family), ".safetensors")),
        }),*];
    };
}

families! {
    activations
    adaptive_pools
    arithmetic
    attention
    avg_pools
    blocks
    conv_transposes
    convolutions
    linears
    max_pools
    normalisations
    products
    recurrent
    reductions
    resampling
    shapes
    softmaxes
    transformers
}

/// A family of layers.
struct Family {
    name: &'static str,
    /// The cases that are tested.
    cases: &'static [&'static str],
    /// A bit for each kernel that they run.
    mask: u128,
    /// Made by `scripts/layer_fixtures.py`.
    fixtures: &'static [u8],
}

impl Family {
    fn file(&self) -> SafeTensors<'static> {
        SafeTensors::deserialize(self.fixtures).expect("the fixtures are a valid file")
    }
}

#[test]
fn every_case_of_a_file_is_tested_and_every_test_has_a_case() {
    for family in FAMILIES {
        let tested: BTreeSet<&str> = family.cases.iter().copied().collect();
        let file = family.file();
        let stored: BTreeSet<&str> = file.names().into_iter().filter_map(|name| name.split('/').next()).collect();
        let untested: Vec<_> = stored.difference(&tested).collect();
        let unknown: Vec<_> = tested.difference(&stored).collect();
        assert!(untested.is_empty(), "cases of {} without a test: {untested:?}", family.name);
        assert!(unknown.is_empty(), "tests of {} without a case: {unknown:?}", family.name);
    }
}

#[test]
fn every_kernel_is_run() {
    // Inputs and views have no kernel; custom kernels are tested in `tests/run.rs`, and those of layers that keep state
    // in `tests/state.rs`.
    let idle = ["Input", "Reshape", "Identity", "Custom", "InitialState", "Update", "Ring", "StreamingConv"];
    let mask = FAMILIES.iter().fold(0, |mask, family| mask | family.mask);
    let kernels = netcost::layers::KERNELS.iter().enumerate();
    let missing: Vec<_> = kernels
        .filter(|(code, kernel)| mask >> code & 1 == 0 && !idle.contains(kernel))
        .map(|(_, kernel)| kernel)
        .collect();
    assert!(missing.is_empty(), "kernels that no case runs: {missing:?}");
}

/// Runs the case, compares its output with PyTorch's, and proves its counts.
fn check<N: Network>(case: &str) {
    let inputs = inputs_of(case);
    let expected = values_of(case, "output").expect("every case has an output");
    let weights = weights_of::<N>(case);
    let mut arena = vec![0.0; N::ARENA_LEN];

    place::<N>(&inputs, &mut arena);
    let output = N::run(&weights, &mut arena).expect("the case runs");
    assert_close(&output, &expected);

    let mut session = N::session(&weights).expect("the weights have the right length");
    for (i, input) in inputs.iter().enumerate() {
        session.input_at(i).copy_from_slice(input);
    }
    assert_close(session.run().expect("the case runs"), &expected);

    // The run may have overwritten its inputs.
    place::<N>(&inputs, &mut arena);
    N::validate(&weights, &mut arena, |_| {}).expect("what is measured is what is declared");
}

fn place<N: Network>(inputs: &[Vec<f32>], arena: &mut [f32]) {
    if let [input] = inputs {
        N::input(arena).copy_from_slice(input);
    } else {
        for (i, input) in inputs.iter().enumerate() {
            N::input_at(arena, i).copy_from_slice(input);
        }
    }
}

fn assert_close(output: &[f32], expected: &[f32]) {
    assert_eq!(output.len(), expected.len(), "length of the output");
    let largest = expected.iter().fold(0.0_f32, |m, x| m.max(x.abs()));
    for (i, (found, expected)) in output.iter().zip(expected).enumerate() {
        // Written so that NaN counts as a difference.
        let close = (found - expected).abs() <= TOLERANCE * largest;
        assert!(close, "element {i}: found {found}, PyTorch has {expected}");
    }
}

/// Loads the case's state dict by name, as a safetensors file of its own.
fn weights_of<N: Network>(case: &str) -> Vec<f32> {
    let file = file_of(case);
    let prefix = format!("{case}/state/");
    let state = file.iter().filter_map(|(name, tensor)| Some((name.strip_prefix(&prefix)?, tensor)));
    let bytes = safetensors::serialize(state, None).expect("the state is a valid file");

    let mut weights = vec![0.0; N::WEIGHTS_LEN];
    netcost::weights::load::<N>(&bytes, &mut weights).expect("the state fits the network");
    weights
}

/// `input`, or `input0`, `input1`, ..
fn inputs_of(case: &str) -> Vec<Vec<f32>> {
    match values_of(case, "input") {
        Some(input) => vec![input],
        None => (0..).map_while(|i| values_of(case, &format!("input{i}"))).collect(),
    }
}

fn values_of(case: &str, tensor: &str) -> Option<Vec<f32>> {
    let file = file_of(case);
    let tensor = file.tensor(&format!("{case}/{tensor}")).ok()?;
    let (values, _) = tensor.data().as_chunks();
    Some(values.iter().copied().map(f32::from_le_bytes).collect())
}

/// The file of the family that a case belongs to.
fn file_of(case: &str) -> SafeTensors<'static> {
    FAMILIES.iter().find(|family| family.cases.contains(&case)).expect("every case is of a family").file()
}
