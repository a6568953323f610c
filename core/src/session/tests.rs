//! Sessions compared with the run; the tests of every layer use this too.

use std::vec;
use std::vec::Vec;

use proptest::prelude::*;
use pulp::Arch;

use crate::deploy::deployed::Deployed;
use crate::graph::tensor::Tensor;
use crate::kernel::custom::Customs;
use crate::kernel::mask::Kernels;
use crate::layers::activation::softmax::Softmax;
use crate::layers::conv::conv::{Conv1d, Conv2d};
use crate::layers::norm::batch_norm::BatchNorm;
use crate::layers::pool::avg_pool::AvgPool2d;
use crate::layers::pool::max_pool::MaxPool2d;
use crate::layers::product::linear::Linear;
use crate::layers::rearrange::slice::Chunk;
use crate::session::isa::Isa;
use crate::session::lower::lower;
use crate::session::portable::Engine;
use crate::testing::testing::{Array, run_with};

/// The outputs of a graph on every instruction set this machine has, and on vectors of four.
pub(crate) fn outputs<K: Kernels>(deployed: &Deployed, inputs: &[&[f32]], weights: &[f32]) -> Vec<Vec<Vec<f32>>> {
    #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
    let mut all = vec![Isa::Host(Arch::Scalar), Isa::Four, Isa::detect()];
    #[cfg(target_arch = "x86_64")]
    all.extend(pulp::x86::V3::try_new().map(|simd| Isa::Host(Arch::V3(simd))));
    let run = |isa| {
        let mut lowered = lower(isa, Engine::new::<K>(Customs::Plain(&[])), deployed, weights);
        for (&slice, input) in lowered.inputs.iter().zip(inputs) {
            lowered.memory.slice_mut(slice).copy_from_slice(input);
        }
        // Twice: a run must not affect the next one.
        for _ in 0..2 {
            lowered.run(|_| ()).expect("the graph runs");
        }
        lowered.outputs.iter().map(|&output| lowered.memory.slice(output).to_vec()).collect()
    };
    all.into_iter().map(run).collect()
}

#[cfg(target_arch = "aarch64")]
#[test]
fn every_64_bit_arm_has_neon() {
    assert!(matches!(Isa::detect(), Isa::Host(Arch::Neon(_))));
}

fn weights(len: usize) -> Vec<f32> {
    Array::numbers(&[len]).data.iter().map(|weight| weight / 8.0).collect()
}

fn normalised(norm: bool, x: Tensor<'_>) -> Tensor<'_> {
    if norm { x.batch_norm(BatchNorm::new()) } else { x }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    /// The harness also runs each graph as a session, on every instruction set, and compares.
    #[test]
    fn layers_are_computed_together(
        (channels, hidden, out) in (1usize..36, 1usize..36, 1usize..36),
        (height, width) in (1usize..10, 1usize..32),
        (kernel, stride, dilation) in (1usize..6, 1usize..4, 1usize..3),
        (bias, norm, residual, activation) in (any::<bool>(), any::<bool>(), any::<bool>(), 0..3),
    ) {
        // When folded, a bias before a normalisation is part of its shift: there are fewer weights.
        let bias = bias && !norm;
        let kernel = if residual { kernel | 1 } else { kernel };
        let stride = if residual { 1 } else { stride };
        let padding = if residual { (kernel - 1) * dilation / 2 } else { kernel * dilation / 2 };
        let out = if residual { channels } else { out };
        let x = Array::numbers(&[channels, height, width]);
        let biases = |channels: usize| channels * (bias as usize);
        let norms = |channels: usize| 2 * channels * (norm as usize);
        let len = hidden * channels + biases(hidden) + norms(hidden)
            + hidden * kernel * kernel + biases(hidden) + norms(hidden)
            + out * hidden * 9 + biases(out) + norms(out);
        run_with(&[x], &weights(len), |_, x| {
            let x = x[0];
            let y = normalised(norm, x.conv2d(Conv2d::new(hidden, 1).bias(bias))).relu6();
            let depthwise = Conv2d::new(hidden, kernel).stride(stride).padding(padding).dilation(dilation);
            let y = normalised(norm, y.conv2d(depthwise.groups(hidden).bias(bias)));
            let y = match activation { 0 => y.relu(), 1 => y.hard_swish(), _ => y };
            let y = normalised(norm, y.conv2d(Conv2d::new(out, 3).stride(stride).padding(1).bias(bias)));
            let y = if residual && y.shape().same(&x.shape()) { x.add(y).relu() } else { y };
            vec![y, y.global_avg_pool()]
        });
    }

    #[test]
    fn channels_are_weighed((channels, height, width) in (1usize..40, 1usize..6, 1usize..6), first: bool) {
        let x = Array::numbers(&[channels, height, width]);
        run_with(&[x], &weights(channels * channels), |_, x| {
            let gates = x[0].global_avg_pool().conv2d(Conv2d::new(channels, 1).bias(false)).sigmoid();
            vec![if first { gates.mul(x[0]) } else { x[0].mul(gates) }]
        });
    }

    /// Channels of an image of one pixel that begin within a block.
    #[test]
    fn a_part_of_the_channels_is_not_the_whole(channels in 1usize..20) {
        let x = Array::numbers(&[2 * channels, 1, 1]);
        run_with(&[x], &weights(6 * channels), |_, x| {
            let [_, half] = x[0].batch_norm(BatchNorm::new()).chunk::<2>(Chunk::new(2));
            vec![half.batch_norm(BatchNorm::new()).relu()]
        });
    }

    #[test]
    fn vectors_and_tokens_meet_their_weights(
        (tokens, inputs, outputs) in (1usize..20, 1usize..70, 1usize..200),
        (bias, rank) in (any::<bool>(), 1usize..3),
    ) {
        let shape = [tokens, inputs];
        let x = Array::numbers(&shape[2 - rank..]);
        let len = outputs * inputs + outputs * bias as usize;
        run_with(&[x], &weights(len), |_, x| vec![x[0].linear(Linear::new(outputs).bias(bias)).relu()]);
    }

    #[test]
    fn images_change_their_layout(
        (channels, height, width) in (1usize..50, 1usize..9, 1usize..9),
        (groups, split) in (1usize..4, 1usize..4),
    ) {
        let channels = channels * groups * split;
        let x = Array::numbers(&[channels, height, width]);
        let group = channels / groups;
        run_with(&[x], &weights(channels * group), |_, x| {
            let y = x[0].conv2d(Conv2d::new(channels, 1).groups(groups).bias(false));
            let pooled = y.max_pool2d(MaxPool2d::new(2).stride(1).padding(1));
            let whole = y.avg_pool2d(AvgPool2d::new([height, width]));
            let tokens = y.reshape([channels, height * width]);
            vec![pooled, whole, tokens.softmax(Softmax::new().axis(0)), y.mul(y).sub(y), y.sigmoid()]
        });
    }
}

#[test]
fn one_axis_is_an_image_of_one_row() {
    let x = Array::numbers(&[3, 50]);
    let len = 24 * 3 * 5 + 24 + 24 * 3 + 24 + 40 * 24 * 4;
    run_with(&[x], &weights(len), |_, x| {
        let y = x[0].conv1d(Conv1d::new(24, 5).stride(2).padding(2)).relu();
        let y = y.conv1d(Conv1d::new(24, 3).padding(2).dilation(2).groups(24));
        vec![y.conv1d(Conv1d::new(40, 4).stride(3).bias(false))]
    });
}

#[test]
fn what_is_not_a_number_stays_none() {
    let mut x = Array::numbers(&[20, 6, 6]);
    x.data[40] = f32::NAN;
    x.data[500] = f32::INFINITY;
    run_with(&[x], &weights(20 * 20), |_, x| {
        let y = x[0].conv2d(Conv2d::new(20, 1).bias(false)).relu6();
        vec![x[0].relu(), x[0].max_pool2d(MaxPool2d::new(3)), y]
    });
}
