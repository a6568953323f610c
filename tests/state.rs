//! Networks that keep state from one run to the next.

use netcost::prelude::*;
use netcost::weights;

/// A sum over all runs, and one that decays; both are read before they change.
#[network]
fn Sums(x: Tensor<3>) -> (Tensor<3>, Tensor<3>) {
    let total = state([3], name = "total");
    let recent = state([3], value = 1.0);
    let sum = total + x;
    let mean = recent * 0.5 + x;
    recent.update(mean);
    total.update(sum);
    (sum.relu(), mean.neg())
}

/// Rows that were kept, and new ones, which are computed where they are joined.
#[network(fuse)]
fn Rows(x: Tensor<3, 2>) -> Tensor<5, 2> {
    let past = state([2, 2]);
    let rows = concat([past, x.relu()]);
    past.update(rows.narrow(0, 3, 2));
    rows.neg()
}

/// The last frames of a sequence and a new one, which are the state of the next run but for the oldest; and a state that
/// lies after them.
#[network(fuse)]
fn Frames(x: Tensor<1, 2>) -> (Tensor<4, 2>, Tensor<1, 2>) {
    let past = state([3, 2], value = 1.0);
    let count = state([1]);
    let frames = concat([past, x.relu()]);
    past.update(frames.narrow(0, 1, 3));
    let oldest = frames.narrow(0, 0, 1) + count;
    count.update(count + frames.flatten().narrow(0, 6, 1));
    (frames.neg(), oldest)
}

/// Two causal convolutions, one dilated, as a temporal network streams.
#[network]
fn Streaming(x: Tensor<4, 1>) -> Tensor<6, 1> {
    let x = x.streaming_conv1d(8, 3, dilation = 4, groups = 2, name = "a").relu();
    x.streaming_conv1d(6, 2, bias = false, name = "b")
}

/// The same on three frames a run.
#[network]
fn Pieces(x: Tensor<4, 3>) -> Tensor<6, 3> {
    let x = x.streaming_conv1d(8, 3, dilation = 4, groups = 2, name = "a").relu();
    x.streaming_conv1d(6, 2, bias = false, name = "b")
}

/// On thirteen, more than a ring holds.
#[network]
fn Long(x: Tensor<4, 13>) -> Tensor<6, 13> {
    let x = x.streaming_conv1d(8, 3, dilation = 4, groups = 2, name = "a").relu();
    x.streaming_conv1d(6, 2, bias = false, name = "b")
}

/// The same on the whole sequence.
#[network]
fn Whole(x: Tensor<4, 39>) -> Tensor<6, 39> {
    let x = x.pad1d(8, after = 0).conv1d(8, 3, dilation = 4, groups = 2, name = "a").relu();
    x.pad1d(1, after = 0).conv1d(6, 2, bias = false, name = "b")
}

/// Recurrent layers, step by step and as a sequence.
#[network]
fn Step(x: Tensor<1, 3>) -> Tensor<1, 2> {
    let (x, _) = x.lstm(5, stateful = true, num_layers = 2, name = "lstm");
    let (x, _) = x.gru(4, stateful = true, name = "gru");
    x.linear(2, name = "head")
}

#[network]
fn Sequence(x: Tensor<39, 3>) -> Tensor<39, 2> {
    let (x, _) = x.lstm(5, num_layers = 2, name = "lstm");
    let (x, _) = x.gru(4, name = "gru");
    x.linear(2, name = "head")
}

/// With the normalisation folded into the convolution.
#[network(fuse)]
fn Folded(x: Tensor<4, 3>) -> Tensor<6, 3> {
    x.streaming_conv1d(6, 3, name = "conv").batch_norm(name = "norm").relu()
}

#[network(fuse)]
fn FoldedWhole(x: Tensor<4, 39>) -> Tensor<6, 39> {
    x.pad1d(2, after = 0).conv1d(6, 3, name = "conv").batch_norm(name = "norm").relu()
}

#[test]
fn a_state_is_kept_until_it_is_reset() {
    let mut arena = [f32::NAN; Sums::ARENA_LEN];
    let mut net = Sums::start(&[], &mut arena).expect("the lengths are right");
    for _ in 0..2 {
        let mut mean = 1.0;
        for run in 1..5 {
            net.input().copy_from_slice(&[1.0, -1.0, 2.0]);
            mean = mean * 0.5 + 1.0;
            let outputs = net.run().expect("it runs");
            let run = run as f32;
            assert_eq!(outputs[..], [run, 0.0, 2.0 * run]);
            assert_eq!(outputs.get(1).expect("a second output")[0], -mean);
        }
        net.reset();
    }
    assert_eq!((Sums::STATE_BYTES, Sums::PARAMS), (24, 0));
    // The states are the start of the arena.
    assert_eq!(arena[..6], [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
}

#[test]
fn a_state_is_joined_to_what_is_computed_in_place() {
    let mut arena = [f32::NAN; Rows::ARENA_LEN];
    let mut net = Rows::start(&[], &mut arena).expect("the lengths are right");
    net.input().copy_from_slice(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(net.run().expect("it runs")[..], [-0.0, -0.0, -0.0, -0.0, -1.0, -2.0, -3.0, -4.0, -5.0, -6.0]);
    net.input().copy_from_slice(&[7.0, 8.0, -9.0, 0.0, 1.0, 2.0]);
    let outputs = net.validate(|_| ()).expect("what is declared is run").outputs;
    assert_eq!(outputs[..], [-3.0, -4.0, -5.0, -6.0, -7.0, -8.0, -0.0, -0.0, -1.0, -2.0]);
}

#[test]
fn a_sequence_that_keeps_its_end_is_kept_where_it_is() {
    let mut arena = [f32::NAN; Frames::ARENA_LEN];
    let mut net = Frames::start(&[], &mut arena).expect("the lengths are right");
    for validates in [false, true] {
        let (mut frames, mut count) = (vec![1.0; 6], 0.0);
        for run in 0..6 {
            let new = [run as f32 - 1.0, 3.0];
            frames.extend([new[0].max(0.0), new[1]]);
            net.input().copy_from_slice(&new);
            let outputs = match validates {
                true => net.validate(|_| ()).expect("what is declared is run").outputs,
                false => net.run().expect("it runs"),
            };
            let last = &frames[frames.len() - 8..];
            assert_eq!(outputs[..], *last.iter().map(|x| -x).collect::<Vec<_>>());
            assert_eq!(outputs.get(1).expect("a second output"), [last[0] + count, last[1] + count]);
            count += last[6];
        }
        net.reset();
    }
    // The state is a part of the frames.
    assert_eq!(Frames::STATE_BYTES, 4 * (8 + 1));
}

/// Feeds a sequence of `[channels, frames]` in pieces; the outputs, joined again.
fn streamed<N: Network>(weights: &[f32], sequence: &[f32], channels: usize, validates: bool) -> Vec<f32> {
    let mut arena = vec![f32::NAN; N::ARENA_LEN];
    let mut net = N::start(weights, &mut arena).expect("the lengths are right");
    let frames = net.input().len() / channels;
    let all = sequence.len() / channels;
    let rows = N::OUTPUTS[0].shape.elements() as usize / frames;
    let mut joined = vec![0.0; rows * all];
    for from in (0..all).step_by(frames) {
        for (channel, input) in net.input().chunks_mut(frames).enumerate() {
            input.copy_from_slice(&sequence[channel * all + from..][..frames]);
        }
        let outputs = match validates {
            true => net.validate(|_| ()).expect("what is declared is run").outputs,
            false => net.run().expect("it runs"),
        };
        for (row, output) in outputs.chunks(frames).enumerate() {
            joined[row * all + from..][..frames].copy_from_slice(output);
        }
    }
    joined
}

fn whole<N: Network>(weights: &[f32], sequence: &[f32]) -> Vec<f32> {
    let mut arena = vec![0.0; N::ARENA_LEN];
    N::input(&mut arena).copy_from_slice(sequence);
    N::run(weights, &mut arena).expect("it runs").to_vec()
}

fn numbers(len: usize) -> Vec<f32> {
    (0..len).map(|i| (i * 37 % 64) as f32 / 32.0 - 1.0).collect()
}

fn seeded<N: Network>() -> Vec<f32> {
    let mut weights = vec![0.0; N::WEIGHTS_LEN];
    weights::seeded::<N>(3, &mut weights).expect("the length is right");
    weights
}

#[test]
fn a_convolution_streams_what_it_gives_on_the_whole_sequence() {
    let (sequence, weights) = (numbers(4 * 39), seeded::<Whole>());
    let expected = whole::<Whole>(&weights, &sequence);
    for validates in [false, true] {
        assert_eq!(streamed::<Streaming>(&weights, &sequence, 4, validates), expected);
        assert_eq!(streamed::<Pieces>(&weights, &sequence, 4, validates), expected);
        assert_eq!(streamed::<Long>(&weights, &sequence, 4, validates), expected);
    }
    assert_eq!(39 * Streaming::MACS, Whole::MACS);
    assert_eq!((Streaming::PARAMS, Streaming::WEIGHTS_LEN), (Whole::PARAMS, Whole::WEIGHTS_LEN));
    assert_eq!(Streaming::STATE_BYTES, 4 * (4 * 8 + 1 + 8 + 1));
    let names = |table: &[netcost::Parameter]| table.iter().map(|tensor| tensor.name.to_string()).collect::<Vec<_>>();
    assert_eq!(names(Streaming::PARAMS_TABLE), names(Whole::PARAMS_TABLE));
    let weights = seeded::<FoldedWhole>();
    let expected = whole::<FoldedWhole>(&weights, &sequence);
    assert_eq!(streamed::<Folded>(&weights, &sequence, 4, true), expected);
}

#[test]
fn a_recurrent_layer_goes_on_where_it_ended() {
    let (sequence, weights) = (numbers(3 * 39), seeded::<Sequence>());
    let expected = whole::<Sequence>(&weights, &sequence);
    let mut arena = [f32::NAN; Step::ARENA_LEN];
    let mut net = Step::start(&weights, &mut arena).expect("the lengths are right");
    for round in 0..3 {
        for (step, expected) in sequence.chunks(3).zip(expected.chunks(2)) {
            net.input().copy_from_slice(step);
            if round == 1 {
                assert_eq!(net.validate(|_| ()).expect("what is declared is run").outputs[..], *expected);
            } else {
                assert_eq!(net.run().expect("it runs")[..], *expected);
            }
        }
        net.reset();
    }
    assert_eq!((Step::PARAMS, Step::STATE_BYTES), (Sequence::PARAMS, 4 * (2 * 2 * 5 + 4)));
    let names = |table: &[netcost::Parameter]| table.iter().map(|tensor| tensor.name.to_string()).collect::<Vec<_>>();
    assert_eq!(names(Step::PARAMS_TABLE), names(Sequence::PARAMS_TABLE));
}

/// A network without state can be started too, and one with state is a block of another.
#[network]
fn Around(x: Tensor<4, 3>) -> Tensor<6, 3> {
    Pieces(x * 0.5)
}

#[test]
fn a_network_with_state_is_a_block() {
    let (sequence, weights) = (numbers(4 * 39), seeded::<Whole>());
    let half: Vec<f32> = sequence.iter().map(|x| x * 0.5).collect();
    assert_eq!(streamed::<Around>(&weights, &sequence, 4, true), whole::<Whole>(&weights, &half));
    assert_eq!(Around::STATE_BYTES, Pieces::STATE_BYTES);
    let mut arena = [0.0; Whole::ARENA_LEN];
    let mut net = Whole::start(&weights, &mut arena).expect("the lengths are right");
    net.input().copy_from_slice(&sequence);
    assert_eq!(net.run().expect("it runs")[..], whole::<Whole>(&weights, &sequence));
    assert_eq!(Whole::STATE_BYTES, 0);
}

/// Many states beside a chain whose plan takes both ends of the arena.
#[network]
fn Many(x: Tensor<12>) -> Tensor<16> {
    let mut y = x;
    for _ in 0..40 {
        let last = state([1]);
        let sum = y.narrow(0, 0, 1) + last;
        y = y + sum;
        last.update(sum);
    }
    for _ in 0..150 {
        y = y.relu();
    }
    y.linear(16).linear(8).linear(12).linear(16)
}

#[test]
fn states_do_not_keep_the_plan_from_its_bound() {
    assert_eq!((Many::STATE_BYTES, Many::ARENA_BYTES), (4 * 40, Many::PEAK_LIVE_BYTES));
}
