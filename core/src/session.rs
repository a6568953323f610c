//! The run on a host: the machine's SIMD, packed weights, and memory of its own.
//!
//! Inside, tensors lie in blocks of sixteen channels (`[channels / 16, height, width, 16]`): whatever a layer does, a
//! vector of channels goes through it side by side. Normalisations, residual additions and activations are computed
//! with the convolution before them. Layers without a kernel here run on the portable one.

mod dense;
mod depthwise;
mod elementwise;
mod epilogue;
mod layout;
mod lower;
mod memory;
mod pool;
mod portable;
mod vector;

use std::boxed::Box;
use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;

use pulp::{Arch, Scalar256b, WithSimd};

use self::lower::{Lowered, lower};
use self::memory::Memory;
use crate::profile::{self, Profile};
use crate::{Network, RunError};

/// The channels of a block: the numbers of the longest vector.
const BLOCK: usize = 16;

/// What a step does.
trait Kernel: Send + Sync {
    fn run(&self, isa: Isa, memory: &mut Memory);
}

/// A step of a session: a layer, with those behind it that are computed with it; or a change of layout before it.
struct Step {
    node: usize,
    kernel: Box<dyn Kernel>,
}

/// The instructions of the machine.
#[derive(Clone, Copy, Debug)]
struct Isa(Arch);

impl Isa {
    fn detect() -> Self {
        Isa(Arch::new())
    }

    /// The numbers of a vector.
    fn lanes(self) -> usize {
        struct Lanes;

        impl WithSimd for Lanes {
            type Output = usize;

            fn with_simd<S: pulp::Simd>(self, _: S) -> usize {
                S::F32_LANES
            }
        }

        self.dispatch(Lanes)
    }

    #[inline(always)]
    fn dispatch<T: WithSimd>(self, kernel: T) -> T::Output {
        match self.0 {
            // Without vectors of its own, those that the compiler makes.
            Arch::Scalar => kernel.with_simd(Scalar256b),
            arch => arch.dispatch(kernel),
        }
    }
}

/// A network that is ready to run on a host: weights packed for its SIMD instructions, chosen at run time, and memory
/// of its own on the heap, which no number of netcost counts.
///
/// Its outputs are those of [`run`](Network::run) up to rounding: sums are taken in another order, and a
/// normalisation is multiplied into the weights of the layer before it. It is single-threaded.
///
/// ```
/// # use netcost_core as netcost;
/// # use netcost::Network;
/// # fn scores<N: Network>(weights: &[f32], features: &[f32]) -> Result<(), netcost::RunError> {
/// let mut session = N::session(weights)?;
/// session.input().copy_from_slice(features);
/// let scores: &[f32] = session.run();
/// # Ok(())
/// # }
/// ```
pub struct Session<N> {
    lowered: Lowered,
    network: PhantomData<fn() -> N>,
}

impl<N: Network> Session<N> {
    pub(crate) fn new(weights: &[f32]) -> Result<Self, RunError> {
        if weights.len() != N::WEIGHTS_LEN {
            return Err(RunError::Weights { expected: N::WEIGHTS_LEN, found: weights.len() });
        }
        Ok(Session { lowered: lower::<N>(Isa::detect(), N::GRAPH, weights), network: PhantomData })
    }

    /// The first input, which stays as it is until it is written again.
    pub fn input(&mut self) -> &mut [f32] {
        self.input_at(0)
    }

    /// The input of this number. Empty if there is none.
    pub fn input_at(&mut self, index: usize) -> &mut [f32] {
        match self.lowered.inputs.get(index) {
            Some(&input) => self.lowered.memory.slice_mut(input),
            None => &mut [],
        }
    }

    /// Runs the network on the inputs; gives the first output.
    pub fn run(&mut self) -> &[f32] {
        self.lowered.run(|_| ());
        self.output(0).unwrap_or(&[])
    }

    /// The output of this number, of the last run, if there is one.
    pub fn output(&self, index: usize) -> Option<&[f32]> {
        self.lowered.outputs.get(index).map(|&output| self.lowered.memory.slice(output))
    }

    /// How long each layer takes, on the inputs as they are. A layer that is computed with one before it takes its time
    /// there; a change of layout counts with the layer that needs it.
    pub fn profile(&mut self) -> Profile {
        let profile = profile::measure::<N, Infallible>("session, one thread", |clock| {
            clock.start();
            self.lowered.run(|node| clock.lap(node));
            Ok(())
        });
        match profile {
            Ok(profile) => profile,
            Err(never) => match never {},
        }
    }
}

impl Lowered {
    /// Runs step after step; `after` sees the number of each layer that is done.
    fn run(&mut self, mut after: impl FnMut(usize)) {
        for (index, step) in self.steps.iter().enumerate() {
            step.kernel.run(self.isa, &mut self.memory);
            if self.steps.get(index + 1).is_none_or(|next| next.node != step.node) {
                after(step.node);
            }
        }
    }
}

impl<N: Network> fmt::Debug for Session<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("network", &N::NAME)
            .field("steps", &self.lowered.steps.len())
            .field("bytes", &self.lowered.memory.bytes())
            .finish_non_exhaustive()
    }
}

/// What a graph gives on every set of instructions this machine has.
#[cfg(test)]
pub(crate) fn outputs<N: Network>(
    graph: &crate::graph::Graph,
    inputs: &[&[f32]],
    weights: &[f32],
) -> Vec<Vec<Vec<f32>>> {
    let mut all = std::vec![Isa(Arch::Scalar), Isa::detect()];
    #[cfg(target_arch = "x86_64")]
    all.extend(pulp::x86::V3::try_new().map(|simd| Isa(Arch::V3(simd))));
    let run = |isa| {
        let mut lowered = lower::<N>(isa, graph, weights);
        for (&slice, input) in lowered.inputs.iter().zip(inputs) {
            lowered.memory.slice_mut(slice).copy_from_slice(input);
        }
        // Twice: a run leaves nothing behind for the next.
        lowered.run(|_| ());
        lowered.run(|_| ());
        lowered.outputs.iter().map(|&output| lowered.memory.slice(output).to_vec()).collect()
    };
    all.into_iter().map(run).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::vec;
    use std::vec::Vec;

    use crate::Tensor;
    use crate::layers::testing::{Array, run_with};
    use crate::layers::{AvgPool2d, BatchNorm, Conv1d, Conv2d, Linear, MaxPool2d, Softmax};

    fn weights(len: usize) -> Vec<f32> {
        Array::numbers(&[len]).data.iter().map(|weight| weight / 8.0).collect()
    }

    fn normalised(norm: bool, x: Tensor<'_>) -> Tensor<'_> {
        if norm { x.batch_norm(BatchNorm::new()) } else { x }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// The harness runs each graph as a session too, on every set of instructions, and compares.
        #[test]
        fn layers_are_computed_together(
            (channels, hidden, out) in (1usize..40, 1usize..40, 1usize..40),
            (height, width) in (1usize..20, 1usize..34),
            (kernel, stride, dilation) in (1usize..6, 1usize..4, 1usize..3),
            (bias, norm, residual, activation) in (any::<bool>(), any::<bool>(), any::<bool>(), 0..3),
        ) {
            // A bias before a normalisation is part of its shift when they are folded: fewer weights.
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
}
