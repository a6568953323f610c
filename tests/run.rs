//! The run and its proof: wrong lengths, several inputs and outputs, custom layers, and messages on a mismatch.

use netcost::prelude::*;
use netcost::{Arguments, Kernel, Machine, NotAnIndex, RunError, ValidateError};

#[network]
fn Two(a: Tensor<4>, b: Tensor<2, 4>) -> (Tensor<2, 4>, Tensor<4>) {
    (b * a, a.relu())
}

#[test]
fn wrong_lengths_are_told_and_nothing_is_written() {
    let mut arena = [7.0; Two::ARENA_LEN];
    let found = Two::run(&[1.0], &mut arena).unwrap_err();
    assert_eq!(found, RunError::Weights { expected: 0, found: 1 });
    assert_eq!(found.to_string(), "the network has 0 weights, and is given 1");
    assert!(Two::validate(&[1.0], &mut arena, |_| ()).is_err());

    let short = &mut arena[1..];
    let expected = RunError::Arena { expected: Two::ARENA_LEN, found: Two::ARENA_LEN - 1 };
    assert_eq!(Two::run(&[], short).unwrap_err(), expected);
    assert!(Two::validate(&[], short, |_| ()).is_err());
    assert!(arena.iter().all(|&value| value == 7.0));
}

#[test]
fn an_arena_too_short_has_no_place_for_the_input() {
    assert!(Two::input(&mut []).is_empty());
    assert!(Two::input_at(&mut [0.0; Two::ARENA_LEN], 2).is_empty());
}

#[test]
fn an_arena_may_be_longer() {
    let mut arena = [0.0; Two::ARENA_LEN + 3];
    assert!(Two::run(&[], &mut arena).is_ok());
}

#[test]
fn inputs_and_outputs_are_in_the_order_of_the_declaration() {
    let mut arena = [0.0; Two::ARENA_LEN];
    Two::input_at(&mut arena, 0).copy_from_slice(&[1.0, -2.0, 3.0, -4.0]);
    Two::input_at(&mut arena, 1).copy_from_slice(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
    let outputs = Two::run(&[], &mut arena).unwrap();
    assert_eq!(outputs.get(0), Some(&[1.0, -4.0, 9.0, -16.0, 5.0, -12.0, 21.0, -32.0][..]));
    assert_eq!(outputs.get(1), Some(&[1.0, 0.0, 3.0, 0.0][..]));
    assert_eq!(outputs.get(2), None);
    assert_eq!(outputs.len(), 8, "it derefs to the first");
    assert_eq!(Two::INPUTS.iter().map(|port| port.name).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn a_session_has_its_inputs_and_outputs_in_order_and_keeps_its_inputs() {
    let expected = RunError::Weights { expected: 0, found: 1 };
    assert_eq!(Two::session(&[1.0]).unwrap_err(), expected);

    let mut session = Two::session(&[]).unwrap();
    session.input_at(0).copy_from_slice(&[1.0, -2.0, 3.0, -4.0]);
    session.input_at(1).copy_from_slice(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
    assert!(session.input_at(2).is_empty());
    for _ in 0..2 {
        assert_eq!(session.run().unwrap(), [1.0, -4.0, 9.0, -16.0, 5.0, -12.0, 21.0, -32.0]);
        assert_eq!(session.output(1), Some(&[1.0, 0.0, 3.0, 0.0][..]));
        assert_eq!(session.output(2), None);
    }
    assert!(format!("{session:?}").starts_with("Session { network: \"Two\""));
}

/// The sum of squares of each row, with one weight per row.
#[derive(Clone, Copy)]
struct WeightedNorm;

impl Kernel for WeightedNorm {
    const NAME: &'static str = "weighted_norm";

    fn run<M: Machine>(machine: &mut M, arguments: Arguments<'_>) {
        let rows = arguments.input.chunks_exact(arguments.input.len() / arguments.output.len());
        for ((row, output), &weight) in rows.zip(arguments.output).zip(arguments.params) {
            let mut sum = machine.sum();
            for value in row {
                sum = machine.mac(sum, value.get(), value.get());
            }
            let norm = machine.total(sum);
            output.set(machine.mul(norm, weight));
        }
    }
}

#[network]
fn Norms(x: Tensor<3, 5>) -> Tensor<3> {
    x.relu().custom(WeightedNorm, output = [3], macs = 15, params = [3], census = Census::ZERO.mul(15 + 3).add(12))
}

#[test]
fn a_layer_of_ones_own_runs_and_is_proved() {
    let mut arena = [0.0; Norms::ARENA_LEN];
    for (i, value) in Norms::input(&mut arena).iter_mut().enumerate() {
        *value = i as f32;
    }
    let weights = [1.0, 2.0, -1.0];
    assert_eq!((Norms::MACS, Norms::PARAMS, Norms::FLOPS), (15, 3, 18 + 12 + 15));
    assert_eq!(&*Norms::run(&weights, &mut arena).unwrap(), [30.0, 510.0, -730.0]);
    Norms::validate(&weights, &mut arena, |_| ()).unwrap();
    assert_eq!(Norms::LAYERS[1].operator, "weighted_norm");
}

#[test]
fn a_session_runs_a_layer_of_ones_own() {
    let mut session = Norms::session(&[1.0, 2.0, -1.0]).unwrap();
    for (i, value) in session.input().iter_mut().enumerate() {
        *value = i as f32;
    }
    assert_eq!(session.run().unwrap(), [30.0, 510.0, -730.0]);
    let profile = session.profile().unwrap();
    assert_eq!(profile.layers.len(), Norms::LAYERS.len());
}

/// Declares fewer operations than it executes.
#[network]
fn Liar(x: Tensor<3, 5>) -> Tensor<3> {
    x.custom(WeightedNorm, output = [3], macs = 15, params = [3], census = Census::ZERO.mul(17).add(12), name = "norm")
}

#[test]
fn a_mismatch_names_the_layer_and_both_figures() {
    let mut arena = [0.0; Liar::ARENA_LEN];
    let error = Liar::validate(&[0.0; 3], &mut arena, |_| ()).unwrap_err();
    assert!(matches!(error, ValidateError::Mismatch { quantity: "mul", declared: 17, measured: 18, .. }));
    assert_eq!(error.to_string(), "layer `norm` (weighted_norm) declares 17 mul, but 18 were measured");
}

#[test]
fn a_validation_measures_every_layer_that_runs() {
    let mut arena = [0.0; Norms::ARENA_LEN];
    let mut layers = Vec::new();
    let total = Norms::validate(&[1.0; 3], &mut arena, |layer| layers.push(*layer)).unwrap();
    assert_eq!(layers.len(), 2);
    assert_eq!(layers.iter().map(|layer| layer.macs).sum::<u64>(), total.macs);
    assert_eq!(total.param_bytes, Norms::WEIGHT_BYTES);
    assert_eq!(total.arena_bytes, Norms::ARENA_BYTES);
    assert_eq!(total.outputs.len(), 3);
}

/// Each element plus the one before it, from a copy.
#[derive(Clone, Copy)]
struct Neighbours;

impl Kernel for Neighbours {
    const NAME: &'static str = "neighbours";

    fn run<M: Machine>(machine: &mut M, arguments: Arguments<'_>) {
        for (x, kept) in arguments.input.iter().zip(arguments.scratch) {
            kept.set(x.get());
        }
        for (pair, y) in arguments.scratch.windows(2).zip(arguments.output) {
            y.set(machine.add(pair[0].get(), pair[1].get()));
        }
    }
}

#[network(fuse)]
fn Scratch(x: Tensor<8>) -> Tensor<7> {
    let y = x.custom(Neighbours, output = [7], census = Census::ZERO.add(7), scratch = 8, name = "pairs");
    y.relu()
}

#[test]
fn scratch_is_planned_counted_and_proved() {
    assert_eq!(Scratch::ARENA_BYTES, 4 * (8 + 7 + 8));
    assert_eq!(Scratch::PEAK_LIVE_BYTES, 4 * (8 + 7 + 8));
    assert_eq!((Scratch::MEMORY.scratch_bytes, Norms::MEMORY.scratch_bytes), (4 * 8, 0));
    assert_eq!(Scratch::LAYERS.iter().map(|layer| layer.scratch_bytes).collect::<Vec<_>>(), [4 * 8, 0]);
    let expected = [1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 13.0];
    let mut arena = [0.0; Scratch::ARENA_LEN];
    let fill = |x: &mut [f32]| x.iter_mut().enumerate().for_each(|(i, x)| *x = i as f32);
    fill(Scratch::input(&mut arena));
    assert_eq!(&*Scratch::run(&[], &mut arena).unwrap(), expected);
    fill(Scratch::input(&mut arena));
    let total = Scratch::validate(&[], &mut arena, |_| ()).unwrap();
    assert_eq!(&*total.outputs, expected);
    assert_eq!(total.arena_bytes, Scratch::ARENA_BYTES);
    let mut session = Scratch::session(&[]).unwrap();
    fill(session.input());
    assert_eq!(session.run().unwrap(), expected);
}

/// Reads scratch before writing it.
#[derive(Clone, Copy)]
struct Careless;

impl Kernel for Careless {
    const NAME: &'static str = "careless";

    fn run<M: Machine>(_: &mut M, arguments: Arguments<'_>) {
        for (x, y) in arguments.scratch.iter().zip(arguments.output) {
            y.set(x.get());
        }
    }
}

#[network]
fn Unset(x: Tensor<4>) -> Tensor<4> {
    x.custom(Careless, census = Census::ZERO, scratch = 4)
}

/// Passes its input on, and clears it.
#[derive(Clone, Copy)]
struct Take;

impl Kernel for Take {
    const NAME: &'static str = "take";

    fn run<M: Machine>(_: &mut M, arguments: Arguments<'_>) {
        for (x, y) in arguments.input.iter().zip(arguments.output) {
            y.set(x.replace(0.0));
        }
    }
}

/// Passes on positive elements, and forgets to clear the rest of its output.
#[derive(Clone, Copy)]
struct Positive;

impl Kernel for Positive {
    const NAME: &'static str = "positive";

    fn run<M: Machine>(_: &mut M, arguments: Arguments<'_>) {
        for (x, y) in arguments.input.iter().zip(arguments.output) {
            if x.get() > 0.0 {
                y.set(x.get());
            }
        }
    }
}

#[network]
fn Taken(x: Tensor<4>) -> Tensor<4> {
    x + x.custom(Take, census = Census::ZERO, name = "mine")
}

#[network]
fn Uncleared(x: Tensor<4>) -> Tensor<4> {
    x.custom(Positive, census = Census::ZERO).relu()
}

#[test]
fn a_layer_that_misuses_memory_is_named() {
    let mut arena = [2.0; Taken::ARENA_LEN];
    let error = Taken::validate(&[], &mut arena, |_| ()).unwrap_err();
    assert!(matches!(error, ValidateError::Overwrites { .. }));
    assert_eq!(error.to_string(), "layer `mine` (take) overwrites a tensor that is read later");

    let mut arena = [2.0; Uncleared::ARENA_LEN];
    assert!(Uncleared::validate(&[], &mut arena, |_| ()).is_ok(), "all of it is written");
    Uncleared::input(&mut arena).copy_from_slice(&[1.0, 2.0, -1.0, 3.0]);
    let error = Uncleared::validate(&[], &mut arena, |_| ()).unwrap_err();
    assert!(matches!(error, ValidateError::Unwritten { .. }));
    assert_eq!(
        error.to_string(),
        "layer `0` (positive) reads memory that no layer has written: its output changes with what is there"
    );

    let error = Unset::validate(&[], &mut [2.0; Unset::ARENA_LEN], |_| ()).unwrap_err();
    assert!(matches!(error, ValidateError::Unwritten { layer } if layer.operator == "careless"));
}

#[test]
fn an_arena_that_is_longer_is_guarded() {
    let mut arena = [7.0; Norms::ARENA_LEN + 12];
    let total = Norms::validate(&[1.0; 3], &mut arena, |_| ()).unwrap();
    assert_eq!(total.arena_bytes, Norms::ARENA_BYTES);
    assert!(arena[Norms::ARENA_LEN..].iter().all(|&value| value == 7.0));
}

#[test]
fn what_is_not_a_number_stays_none() {
    #[network]
    fn Pass(x: Tensor<1, 2, 2>) -> Tensor<1, 1, 1> {
        x.relu().relu6().max_pool2d(2)
    }
    let mut arena = [0.0; Pass::ARENA_LEN];
    Pass::input(&mut arena).copy_from_slice(&[1.0, f32::NAN, 3.0, 2.0]);
    assert!(Pass::run(&[], &mut arena).unwrap()[0].is_nan());
}

#[network]
fn LookUp(words: Tensor<3>, x: Tensor<2>) -> (Tensor<3, 2>, Tensor<2>) {
    (words.embedding(5, 2), x.relu())
}

#[test]
fn what_is_no_index_is_refused_where_it_stands() {
    let mut weights = [0.0; LookUp::WEIGHTS_LEN];
    netcost::weights::seeded::<LookUp>(1, &mut weights).unwrap();
    let mut arena = [0.0; LookUp::ARENA_LEN];
    let mut session = LookUp::session(&weights).unwrap();
    for (number, found, text) in [
        (5.0, NotAnIndex::Whole(5), "layer 0 of `LAYERS` looks up rows 0 to 4, and element 1 of its input is 5"),
        (-3.0, NotAnIndex::Whole(-3), "layer 0 of `LAYERS` looks up rows 0 to 4, and element 1 of its input is -3"),
        (
            2.5,
            NotAnIndex::Between(2),
            "layer 0 of `LAYERS` looks up rows 0 to 4, and element 1 of its input is a number between 2 and 3",
        ),
        (f32::NAN, NotAnIndex::Nan, "layer 0 of `LAYERS` looks up rows 0 to 4, and element 1 of its input is NaN"),
    ] {
        // The first layer, after two inputs.
        let error = RunError::Index { layer: 0, position: 1, found, rows: 5 };
        assert_eq!(error.to_string(), text);
        let words = [4.0, number, 9.0];
        LookUp::input(&mut arena).copy_from_slice(&words);
        assert_eq!(LookUp::run(&weights, &mut arena).err(), Some(error));
        LookUp::input(&mut arena).copy_from_slice(&words);
        let Err(ValidateError::Run(found)) = LookUp::validate(&weights, &mut arena, |_| ()) else { panic!("refused") };
        assert_eq!(found, error);
        session.input().copy_from_slice(&words);
        assert_eq!(session.run(), Err(error));
    }
    // A session that has rejected one input still runs on the next.
    session.input().copy_from_slice(&[4.0, 0.0, 4.0]);
    assert_eq!(session.run().unwrap(), [8, 9, 0, 1, 8, 9].map(|i| weights[i]));
    // The profile fills the input with indices.
    assert_eq!(LookUp::profile().unwrap().layers.len(), 2);
}
