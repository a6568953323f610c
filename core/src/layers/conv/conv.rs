//! Convolution over one, two or three axes: `conv1d`, `conv2d`, `conv3d`.

use crate::base::dtype::DataType;
use crate::base::layout::Layout;
use crate::base::math::{add, multiply};
use crate::base::message::Text;
use crate::base::per_axis::{Extent, Padding};
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::conv as int8;
use crate::int8::depthwise::Depthwise;
use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::linear::Linear;
use crate::int8::windows::Windows;
use crate::kernel::epilogue::Ends;
use crate::layers::list::Op;
use crate::layers::options::{options, ranks};
use crate::op::axis::Axis;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::{Place, Storage};
use crate::op::sums::{DotProducts, Sums};
use crate::op::window::Window;
use crate::op::words::Words;

ranks!(ConvOptions: conv1d Conv1d, conv2d Conv2d, conv3d Conv3d);

options! {
    /// The options of a convolution over `N` axes, PyTorch's `Conv1d`, `Conv2d`, `Conv3d`.
    ///
    /// Weights are `[out_channels, in_channels / groups, kernel..]`, the bias is `[out_channels]`.
    pub struct ConvOptions<const N: usize> {
        out_channels: usize,
        window: Window<N> = Window::new(kernel),
        /// The output channels whose weights are all zero, of a network from a file.
        dead: usize = 0,
    }

    /// Stride 1, no padding, no dilation, one group, with bias.
    new(out_channels: usize, kernel: impl Extent<N>);

    /// The distance between two windows.
    stride(mut self, stride: impl Extent<N>) { self.window = self.window.stride(stride) }

    /// Zeros before and after the input: a number, one for each axis, or [`Same`](crate::base::per_axis::Same).
    padding(mut self, padding: impl Padding<N>) { self.window = self.window.padding(padding) }

    /// The distance between two taps of a window.
    dilation(mut self, dilation: impl Extent<N>) { self.window = self.window.dilation(dilation) }

    /// Groups of channels that are convolved separately; in a depthwise convolution, the number of channels.
    groups: usize = 1;

    /// Whether a learned number is added to each output channel.
    bias: bool = true;
}

impl<const N: usize> ConvOptions<N> {
    /// So many output channels have weights that are all zero.
    pub(crate) const fn dead(mut self, dead: usize) -> Self {
        self.dead = dead;
        self
    }

    #[track_caller]
    const fn apply<'g>(self, layer: &'static str, x: Tensor<'g>) -> Tensor<'g> {
        let axes = self.window.axes(layer, &x.shape);
        let in_channels = x.shape.dims[0];
        if self.out_channels == 0 {
            Text::new().str("`").str(layer).str("`: out_channels is zero; it is at least 1").fail();
        }
        if self.groups != 1 {
            check_groups(layer, in_channels as usize, self.out_channels, self.groups);
        }
        let op = Conv {
            rank: N as u8,
            in_channels,
            groups: self.groups as u32,
            bias: self.bias,
            dead: self.dead as u32,
            square: self.window.is_square(&x.shape),
            axes,
        };
        let shape = Window::<N>::output(self.out_channels, &axes);
        x.builder.push_one(Op::Conv(op), x.node, shape)
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
pub(crate) const fn check_groups(layer: &str, in_channels: usize, out_channels: usize, groups: usize) {
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
    /// The output channels whose weights are all zero and are left out.
    pub(crate) dead: u32,
    /// Whether it is over two axes with the same window.
    square: bool,
    pub(crate) axes: [Axis; 3],
}

impl Conv {
    /// The same convolution, of which so many output channels are dead.
    pub const fn dead(self, dead: u32) -> Self {
        Conv { dead, ..self }
    }

    pub const fn name(&self) -> &'static str {
        SYNTAX[self.rank as usize - 1].name
    }

    const fn kernel_elements(&self) -> u64 {
        let [z, y, x] = &self.axes;
        multiply(multiply(z.kernel as u64, y.kernel as u64), x.kernel as u64)
    }

    pub const fn count(&self, io: Io<'_>, sums: &mut Sums) {
        let (input, output) = (io.input(0), io.output());
        let [z, y, x] = &self.axes;
        let taps = x.taps();
        let mut window = x.kernel as u128;
        let mut valid = taps.valid as u128;
        let mut windows = taps.windows as u128;
        if self.square {
            window = window * window;
            valid = valid * valid;
            windows = windows * windows;
        } else if self.rank > 1 {
            let taps = y.taps();
            window *= y.kernel as u128;
            valid *= taps.valid as u128;
            windows *= taps.windows as u128;
            if self.rank > 2 {
                let taps = z.taps();
                window *= z.kernel as u128;
                valid *= taps.valid as u128;
                windows *= taps.windows as u128;
            }
        }
        let mut inputs = self.in_channels as u128;
        if self.groups != 1 {
            inputs = inputs / self.groups as u128;
        }
        let channels = output.dims[0] as u128;
        sums.input += input.elements as u128;
        sums.count_dot_products(&DotProducts {
            outputs: output.elements as u128,
            length: inputs * window,
            skipped: output.elements as u128 * inputs * window - channels * inputs * valid,
            empty: output.elements as u128 - channels * windows,
            bias: self.bias,
            epilogue: io.epilogue,
            channels,
            rows: if let DataType::I8 = io.graph.settings.dtype { self.packed_rows(channels) } else { 0 },
            dead: self.dead as u128,
        });
    }

    /// The rows of its weights in flash, in 8 bits: those of each kernel, with the channels of each tap together; or one,
    /// if each channel is convolved separately.
    const fn packed_rows(&self, out_channels: u128) -> u128 {
        let [z, y, _] = &self.axes;
        if self.is_depthwise() { 1 } else { out_channels * z.kernel as u128 * y.kernel as u128 }
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
        let bias = self.bias || io.epilogue;
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

    /// One at each position of the input, whatever the stride, for each weight of an output channel. Padding does not
    /// belong to the input, even if it is a layer of its own.
    const fn input_reads(&self, io: Io<'_>) -> u64 {
        let input = io.graph.operand(io.node, 0);
        let input = match io.graph.node(input).op {
            Op::Pad(_) => io.graph.operand(input, 0),
            _ => input,
        };
        let weights = multiply(io.output().at(0) as u64, self.kernel_elements());
        multiply(weights, io.graph.node(input).shape.elements / self.groups as u64)
    }

    pub const fn storage(&self, io: Io<'_>) -> Storage<'_> {
        if let Layout::ChannelLast = io.graph.settings.layout {
            if self.has_one_window() {
                return Storage::SUMS.limited();
            }
            return Storage { place: Place::Sliding(&self.axes), scratch: self.scratch(io), ..Storage::SUMS }.limited();
        }
        if self.groups == self.in_channels && io.output().at(0) as u32 == self.groups {
            // Each output channel is computed from one input channel.
            Storage { place: Place::Sliding(&self.axes), ..Storage::SUMS }
        } else {
            Storage::SUMS
        }
    }

    /// Whether each channel is convolved separately.
    const fn is_depthwise(&self) -> bool {
        self.groups > 1 && self.groups == self.in_channels
    }

    /// Whether its one window is all of its input, so that, where channels come last, it is a fully connected layer, which
    /// reads its inputs where they are. Its weights are packed as they would be, row by row.
    const fn has_one_window(&self) -> bool {
        let [z, y, x] = &self.axes;
        z.is_input()
            && y.is_input()
            && x.is_input()
            && self.groups == 1
            && self.in_channels > 1
            && (y.kernel == 1 || (x.kernel * self.in_channels).is_multiple_of(4))
    }

    /// The bytes that a kernel on channels that come last needs. It widens the windows of four positions to 16 bits, those
    /// of all groups, each row of a window filled to whole words. If each channel is convolved separately, it collects the
    /// outputs of a position, if they are more than its inputs.
    const fn scratch(&self, io: Io<'_>) -> u64 {
        let out_channels = io.output().at(0) as u64;
        if self.is_depthwise() {
            return if out_channels == self.in_channels as u64 { 0 } else { out_channels };
        }
        let [z, y, x] = &self.axes;
        let row = multiply(x.kernel as u64, (self.in_channels / self.groups) as u64).next_multiple_of(4);
        let rows = multiply(multiply(z.kernel as u64, y.kernel as u64), self.groups as u64);
        multiply(4 * 2, multiply(rows, row))
    }

    /// Its kernel over integers of 8 bits; none over three axes. At each position, a fully connected layer may be one, too.
    pub const fn int8(&self, io: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        let (in_channels, out_channels) = (self.in_channels, io.output().at(0) as u32);
        let Numbers { inputs: [input, _], weights, output, activation, .. } = *numbers;
        let [z, y, x] = self.axes;
        if z.input != 1 {
            return None;
        }
        if self.has_one_window() || numbers.is_linear {
            let features = x.kernel * y.kernel * in_channels;
            let linear = Linear::new(features, out_channels, input, weights, output, activation, numbers.rounds_once)
                .without(self.dead);
            return Some(Kernel::Linear(if self.has_one_window() { linear } else { linear.over_rows() }));
        }
        let windows = Windows::new(y, x);
        if self.is_depthwise() {
            let multiplier = out_channels / in_channels;
            let depthwise = Depthwise::new(windows, in_channels, multiplier, input, output, activation);
            return Some(Kernel::Depthwise(if numbers.is_depthwise { depthwise } else { depthwise.of_groups() }));
        }
        let conv = int8::Conv::new(windows, self.groups, in_channels, out_channels, input, output, activation);
        let conv = if numbers.is_depthwise { conv.of_depthwise() } else { conv };
        Some(Kernel::Conv(conv.without(self.dead)))
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let out_channels = io.output().at(0) as u32;
        let words = words
            .push(self.in_channels / self.groups)
            .push(out_channels / self.groups)
            .push(self.groups)
            .push(Ends::code(self.bias, io.epilogue) | (self.rank as u32) << 8);
        Axis::write(&self.axes, self.rank, words)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::op::work::Census;
    use crate::testing::testing::{Array, Sliding, run_with, vec};

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
