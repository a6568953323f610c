//! Convolution over one, two or three axes: `conv1d`, `conv2d`, `conv3d`.

use core::cell::Cell;

use super::{Op, Ran, State, Storage};
use crate::census::{add, multiply};
use crate::conventions::Row;
use crate::graph::Io;
use crate::machine::Machine;
use crate::overlap;
use crate::program::{Step, Words, rows};
use crate::sum::{End, Ends};
use crate::syntax::Syntax;
use crate::text::Text;
use crate::window::{Axis, Span, Window};
use crate::{Census, Extent, Padding, Shape, Tensor, Work};

const KEYWORDS: &[&str] = &["stride", "padding", "dilation", "groups", "bias"];

pub(super) const SYNTAX: &[Syntax] = &[
    Syntax::method("conv1d", "Conv1d", &["out_channels", "kernel"], KEYWORDS),
    Syntax::method("conv2d", "Conv2d", &["out_channels", "kernel"], KEYWORDS),
    Syntax::method("conv3d", "Conv3d", &["out_channels", "kernel"], KEYWORDS),
];

/// The options of a convolution over `N` axes, PyTorch's `Conv1d`, `Conv2d`, `Conv3d`.
///
/// Weights are `[out_channels, in_channels / groups, kernel..]`, the bias is `[out_channels]`.
#[derive(Clone, Copy)]
pub struct ConvOptions<const N: usize> {
    out_channels: usize,
    window: Window<N>,
    groups: usize,
    bias: bool,
}

/// The options of [`Tensor::conv1d`].
pub type Conv1d = ConvOptions<1>;
/// The options of [`Tensor::conv2d`].
pub type Conv2d = ConvOptions<2>;
/// The options of [`Tensor::conv3d`].
pub type Conv3d = ConvOptions<3>;

impl<const N: usize> ConvOptions<N> {
    /// Stride 1, no padding, no dilation, one group, with bias.
    pub const fn new<K: Extent<N>>(out_channels: usize, kernel: K) -> Self {
        ConvOptions { out_channels, window: Window::new(kernel), groups: 1, bias: true }
    }

    /// The distance between two windows.
    pub const fn stride<S: Extent<N>>(mut self, stride: S) -> Self {
        self.window = self.window.stride(stride);
        self
    }

    /// Zeros before and behind the input: a number, one for each axis, or [`Same`](crate::Same).
    pub const fn padding<P: Padding<N>>(mut self, padding: P) -> Self {
        self.window = self.window.padding(padding);
        self
    }

    /// The distance between two taps of a window.
    pub const fn dilation<D: Extent<N>>(mut self, dilation: D) -> Self {
        self.window = self.window.dilation(dilation);
        self
    }

    /// Groups of channels that are convolved apart; as many as channels for a depthwise convolution.
    pub const fn groups(mut self, groups: usize) -> Self {
        self.groups = groups;
        self
    }

    /// Whether a learned number is added to each output channel.
    pub const fn bias(mut self, bias: bool) -> Self {
        self.bias = bias;
        self
    }

    #[track_caller]
    const fn apply<'g>(self, layer: &'static str, x: Tensor<'g>) -> Tensor<'g> {
        let axes = self.window.axes(layer, &x.shape);
        let in_channels = x.shape.at(0);
        if self.out_channels == 0 {
            Text::new().str("`").str(layer).str("`: out_channels is zero; it is at least 1").fail();
        }
        check_groups(layer, in_channels, self.out_channels, self.groups);
        let op =
            Conv { rank: N as u8, in_channels: in_channels as u32, groups: self.groups as u32, bias: self.bias, axes };
        x.builder.push(Op::Conv(op), &[x], Window::<N>::output(self.out_channels, &axes))
    }
}

impl<'g> Tensor<'g> {
    /// Convolution over `[channels, length]`: `x.conv1d(64, 3, stride = 2, padding = 1)`.
    #[track_caller]
    pub const fn conv1d(self, options: Conv1d) -> Tensor<'g> {
        options.apply("conv1d", self)
    }

    /// Convolution over `[channels, height, width]`: `x.conv2d(64, [10, 4], stride = 2, padding = Same)`.
    #[track_caller]
    pub const fn conv2d(self, options: Conv2d) -> Tensor<'g> {
        options.apply("conv2d", self)
    }

    /// Convolution over `[channels, depth, height, width]`: `x.conv3d(64, 3, bias = false)`.
    #[track_caller]
    pub const fn conv3d(self, options: Conv3d) -> Tensor<'g> {
        options.apply("conv3d", self)
    }
}

/// Groups divide the channels on both sides.
#[track_caller]
pub(super) const fn check_groups(layer: &str, in_channels: usize, out_channels: usize, groups: usize) {
    if groups == 0 || !in_channels.is_multiple_of(groups) || !out_channels.is_multiple_of(groups) {
        fail_groups(layer, in_channels, out_channels, groups);
    }
}

#[track_caller]
const fn fail_groups(layer: &str, in_channels: usize, out_channels: usize, groups: usize) -> ! {
    let text = Text::new().str("`").str(layer).str("`: ");
    if groups == 0 {
        text.str("groups is zero; it is at least 1").fail();
    }
    let text = text.number(groups as u64).str(" groups do not divide ");
    let text = if !in_channels.is_multiple_of(groups) {
        text.number(in_channels as u64).str(" input channels")
    } else {
        text.number(out_channels as u64).str(" output channels")
    };
    text.str("; groups divide the channels on both sides, as 1 does").fail()
}

/// A convolution whose shapes are known.
#[derive(Clone, Copy)]
pub(crate) struct Conv {
    rank: u8,
    pub(crate) in_channels: u32,
    pub(crate) groups: u32,
    bias: bool,
    pub(crate) axes: [Axis; 3],
}

impl Conv {
    pub const fn name(&self) -> &'static str {
        match self.rank {
            1 => "conv1d",
            2 => "conv2d",
            _ => "conv3d",
        }
    }

    const fn kernel_elements(&self) -> u64 {
        let [z, y, x] = &self.axes;
        multiply(multiply(z.kernel as u64, y.kernel as u64), x.kernel as u64)
    }

    pub const fn work(&self, io: Io<'_>) -> Work {
        let inputs = (self.in_channels / self.groups) as u64;
        let (out_channels, outputs) = (io.output().at(0) as u64, io.elements());
        let macs = multiply(outputs, multiply(inputs, self.kernel_elements()));
        let [z, y, x] = &self.axes;
        let (mut macs_executed, mut sums) = (macs, outputs);
        if !(z.is_inside() && y.is_inside() && x.is_inside()) {
            let (z_taps, y_taps) = (z.taps(), y.taps());
            let x_taps = if x.same(y) { y_taps } else { x.taps() };
            // Not above the dense number, which fits.
            macs_executed = out_channels * inputs * z_taps.valid * y_taps.valid * x_taps.valid;
            // Sums that have a term at all; the others are their bias, or zero.
            sums = out_channels * z_taps.windows * y_taps.windows * x_taps.windows;
        }
        // The epilogue scales and shifts every output.
        let ends = if io.has_epilogue() { outputs } else { 0 };
        let from_bias = self.bias && ends == 0;
        Work {
            macs,
            macs_executed,
            census: Census {
                mul: add(macs, ends),
                add: if from_bias { macs } else { add(macs - outputs, ends) },
                ..Census::ZERO
            },
            census_executed: Census {
                mul: add(macs_executed, ends),
                add: if from_bias { macs_executed } else { add(macs_executed - sums, ends) },
                ..Census::ZERO
            },
        }
    }

    pub const fn state(&self, io: Io<'_>) -> State {
        let (outputs, inputs) = (io.output().at(0), (self.in_channels / self.groups) as usize);
        let [z, y, x] = &self.axes;
        let (z, y, x) = (z.kernel as usize, y.kernel as usize, x.kernel as usize);
        let dims = match self.rank {
            1 => [outputs, inputs, x, 1, 1, 1],
            2 => [outputs, inputs, y, x, 1, 1],
            _ => [outputs, inputs, z, y, x, 1],
        };
        State::weight(Shape::of(self.rank + 2, dims), self.bias)
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let (out_channels, outputs) = (io.output().at(0) as u64, io.elements());
        let bias = self.bias || io.has_epilogue();
        let taps = multiply((self.in_channels / self.groups) as u64, self.kernel_elements());
        let macs = multiply(outputs, taps);
        let params = multiply(out_channels, taps + bias as u64);
        let row = Row::with_params(io, params).dot_products(macs, outputs, bias);
        let row = Row {
            torchinfo: row.ptflops,
            molchanov: multiply(2, add(macs, outputs)),
            hollemans: add(self.input_reads(io), add(params, outputs)),
            ..row
        };
        match self.rank {
            2 => Row {
                torchstat_flops: row.ptflops,
                torchstat_madd: row.calflops - outputs,
                torchstat_read: add(io.input(0).elements(), params),
                torchstat_write: outputs,
                ..row
            },
            _ => row,
        }
    }

    /// One at each position of the input, whatever the stride, for each weight of an output channel. Padding is no input,
    /// even if it is a layer of its own.
    const fn input_reads(&self, io: Io<'_>) -> u64 {
        let (nodes, input) = (&io.graph.nodes, io.graph.operand(io.node, 0));
        let input = match nodes[input].op {
            Op::Pad(_) => io.graph.operand(input, 0),
            _ => input,
        };
        let weights = multiply(io.output().at(0) as u64, self.kernel_elements());
        multiply(weights, nodes[input].elements / self.groups as u64)
    }

    pub const fn storage(&self) -> Storage {
        Storage::Own
    }

    /// See [`Op::lag`]: only where each channel is made of one alone.
    pub const fn lag(&self, output: &Shape) -> Option<u64> {
        if self.groups == self.in_channels && output.at(0) as u32 == self.groups {
            Some(overlap::lag(&self.axes, self.groups))
        } else {
            None
        }
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let out_channels = io.output().at(0) as u32;
        let words = words
            .push(self.in_channels / self.groups)
            .push(out_channels / self.groups)
            .push(self.groups)
            .push(Ends::code(self.bias, io) | (self.rank as u32) << 8);
        Axis::write(&self.axes, self.rank, words)
    }

    /// Output-stationary: each output is one sum, so that it is rounded as a dot product is and starts from its
    /// first term.
    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, in_per_group, out_per_group, groups, flags] = step.words()?;
        let axes = Axis::read(&mut step, flags >> 8)?;
        let [z, y, x_axis] = &axes;
        let input_plane = z.input as usize * y.input as usize * x_axis.input as usize;
        let output_plane = z.output as usize * y.output as usize * x_axis.output as usize;
        let taps = in_per_group as usize * z.kernel as usize * y.kernel as usize * x_axis.kernel as usize;
        let out_channels = groups as usize * out_per_group as usize;
        let input = step.view(machine, x, groups as usize * in_per_group as usize * input_plane)?;
        let output = step.view(machine, out, out_channels * output_plane)?;
        let weights = step.params(machine, out_channels * taps)?;
        let mut ends = Ends::read(flags & 0xFF, machine, &mut step, out_channels)?;
        let pointwise = taps == in_per_group as usize && axes.iter().all(|axis| axis.is_dense());

        let mut weights = rows(weights, taps);
        let mut outputs = rows(output, output_plane);
        for input in rows(input, in_per_group as usize * input_plane) {
            for _ in 0..out_per_group {
                let (weights, output, end) = (weights.next()?, outputs.next()?, ends.next()?);
                if pointwise {
                    pointwise_plane(machine, input, weights, output, end)?;
                } else {
                    plane(machine, &axes, input, weights, output, end)?;
                }
            }
        }
        Some(())
    }
}

/// The most outputs that are computed at a time: their sums are in registers while the taps go by.
const BLOCK: usize = 8;

/// One output channel of a general convolution. An output is written behind the last read of its window: of a depthwise
/// convolution it may lie in its input's memory (see [`overlap`]).
fn plane<M: Machine>(
    machine: &mut M,
    axes: &[Axis; 3],
    input: &[Cell<f32>],
    weights: &[f32],
    output: &[Cell<f32>],
    end: End,
) -> Ran {
    let [z, y, x] = axes;
    let mut output = output;
    for window_z in 0..z.output {
        for window_y in 0..y.output {
            let (span_z, span_y) = (z.span_at(window_z), y.span_at(window_y));
            let mut window_x = 0;
            while window_x < x.output {
                let spans = [span_z, span_y, x.span_at(window_x)];
                // Windows beside each other, all of whose taps along the row fall on data.
                let whole = |last: u32| last < x.output && spans[2].is_whole(x) && x.span_at(last).is_whole(x);
                if whole(window_x + BLOCK as u32 - 1) {
                    let (block, rest) = output.split_first_chunk::<BLOCK>()?;
                    windows(machine, axes, &spans, input, weights, block, end)?;
                    output = rest;
                    window_x += BLOCK as u32;
                } else if whole(window_x + 3) {
                    let (block, rest) = output.split_first_chunk::<4>()?;
                    windows(machine, axes, &spans, input, weights, block, end)?;
                    output = rest;
                    window_x += 4;
                } else {
                    let (one, rest) = output.split_first_chunk::<1>()?;
                    windows(machine, axes, &spans, input, weights, one, end)?;
                    output = rest;
                    window_x += 1;
                }
            }
        }
    }
    Some(())
}

/// Outputs of windows beside each other, of which the first is given.
fn windows<M: Machine, const WINDOWS: usize>(
    machine: &mut M,
    [z, y, x]: &[Axis; 3],
    [span_z, span_y, span_x]: &[Span; 3],
    input: &[Cell<f32>],
    weights: &[f32],
    output: &[Cell<f32>; WINDOWS],
    end: End,
) -> Ran {
    let (row, plane) = (x.input as usize, y.input as usize * x.input as usize);
    let (kernel_row, kernel_plane) = (x.kernel as usize, y.kernel as usize * x.kernel as usize);
    let taps = (span_x.to - span_x.from) as usize;
    let stride = x.stride as usize;
    let mut sums = [end.start(machine); WINDOWS];
    let mut count = 0;
    let channels = rows(input, z.input as usize * plane).zip(rows(weights, z.kernel as usize * kernel_plane));
    for (input, weights) in channels {
        let mut at_z = span_z.at as usize * plane;
        for tap_z in span_z.from..span_z.to {
            let mut at = at_z + span_y.at as usize * row + span_x.at as usize;
            for tap_y in span_y.from..span_y.to {
                let tap = tap_z as usize * kernel_plane + tap_y as usize * kernel_row + span_x.from as usize;
                let mut data = input.get(at..)?;
                for &weight in weights.get(tap..)?.get(..taps)? {
                    if stride == 1 {
                        for (sum, value) in sums.iter_mut().zip(data.first_chunk::<WINDOWS>()?) {
                            *sum = machine.mac(*sum, value.get(), weight);
                        }
                    } else {
                        for (window, sum) in sums.iter_mut().enumerate() {
                            *sum = machine.mac(*sum, data.get(window * stride)?.get(), weight);
                        }
                    }
                    data = data.get(x.dilation as usize..).unwrap_or(&[]);
                }
                count += taps;
                at += y.dilation as usize * row;
            }
            at_z += z.dilation as usize * plane;
        }
    }
    machine.padding((WINDOWS * (weights.len() - count)) as u64);
    for (output, sum) in output.iter().zip(sums) {
        output.set(end.finish(machine, sum));
    }
    Some(())
}

/// One output channel of a convolution whose kernel is a single element: a row of a matrix product.
fn pointwise_plane<M: Machine>(
    machine: &mut M,
    input: &[Cell<f32>],
    weights: &[f32],
    output: &[Cell<f32>],
    end: End,
) -> Ran {
    let plane = output.len();
    let (mut input, mut output) = (input, output);
    while let Some((block, rest)) = output.split_first_chunk::<BLOCK>() {
        block_of(machine, input, plane, weights, block, end)?;
        output = rest;
        input = input.get(BLOCK..)?;
    }
    while let Some((block, rest)) = output.split_first_chunk::<1>() {
        block_of(machine, input, plane, weights, block, end)?;
        output = rest;
        input = input.get(1..)?;
    }
    Some(())
}

#[inline(always)]
fn block_of<M: Machine, const BLOCK: usize>(
    machine: &mut M,
    mut input: &[Cell<f32>],
    plane: usize,
    weights: &[f32],
    output: &[Cell<f32>; BLOCK],
    end: End,
) -> Ran {
    let mut sums = [end.start(machine); BLOCK];
    for &weight in weights {
        for (sum, value) in sums.iter_mut().zip(input.first_chunk::<BLOCK>()?) {
            *sum = machine.mac(*sum, value.get(), weight);
        }
        input = input.get(plane..).unwrap_or(&[]);
    }
    for (output, sum) in output.iter().zip(sums) {
        output.set(end.finish(machine, sum));
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{Array, Sliding, run_with, vec};
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn each_output_is_the_dot_product_of_its_window(
            window in Sliding::any(|kernel| kernel + 3),
            [groups, inputs, outputs] in prop::array::uniform3(1usize..4),
            extents in prop::array::uniform2(1usize..8),
            bias: bool,
        ) {
            let window = Sliding { ceil: false, ..window };
            let input = [groups * inputs, extents[0], extents[1]];
            let Some(shape) = window.output(groups * outputs, &input) else { return Ok(()) };
            let x = Array::numbers(&input);
            let weight = Array::numbers(&[shape[0], inputs, window.kernel[0], window.kernel[1]]);
            let biases = Array::numbers(&shape[..1]);
            let mut weights = weight.data.clone();
            weights.extend(biases.data.iter().filter(|_| bias));
            let options = Conv2d::new(shape[0], window.kernel)
                .stride(window.stride)
                .padding(window.padding)
                .dilation(window.dilation)
                .groups(groups)
                .bias(bias);
            let ran = run_with(core::slice::from_ref(&x), &weights, |_, x| vec![x[0].conv2d(options)]);
            let (mut macs, mut adds) = (0, 0);
            let expected = Array::of(&shape, |index| {
                let mut sum = if bias { biases.at(&index[..1]) } else { 0.0 };
                let taps = window.taps([index[1], index[2]], &input);
                for channel in 0..inputs {
                    for (tap, at) in &taps {
                        let from = index[0] / outputs * inputs + channel;
                        sum += x.at(&[from, at[0], at[1]]) * weight.at(&[index[0], channel, tap[0], tap[1]]);
                    }
                }
                macs += taps.len() * inputs;
                adds += (taps.len() * inputs).saturating_sub(!bias as usize);
                sum
            });
            ran.outputs[0].assert_close(&expected);
            prop_assert_eq!(ran.cost.macs_executed, macs as u64);
            prop_assert_eq!(ran.cost.census_executed, Census::ZERO.mul(macs as u64).add(adds as u64));
        }
    }
}
