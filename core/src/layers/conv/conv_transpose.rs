//! Transposed convolution over one, two or three axes: `conv_transpose1d`, `conv_transpose2d`, `conv_transpose3d`.

use crate::base::math::{add, multiply};
use crate::base::message::Text;
use crate::base::per_axis;
use crate::base::per_axis::Extent;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::epilogue::Ends;
use crate::layers::list::Op;
use crate::layers::options::{options, ranks};
use crate::op::axis::{Axis, gcd};
use crate::op::row::Row;
use crate::op::state::{Entry, State};
use crate::op::storage::{Channels, Folding, Storage};
use crate::op::window;
use crate::op::window::Window;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

ranks!(ConvTransposeOptions: conv_transpose1d ConvTranspose1d, conv_transpose2d ConvTranspose2d, conv_transpose3d ConvTranspose3d);

options! {
    /// The options of a transposed convolution over `N` axes, PyTorch's `ConvTranspose1d`, `ConvTranspose2d`,
    /// `ConvTranspose3d`.
    ///
    /// Weights are `[in_channels, out_channels / groups, kernel..]`, the bias is `[out_channels]`.
    pub struct ConvTransposeOptions<const N: usize> {
        out_channels: usize,
        window: Window<N> = Window::new(kernel),
        output_padding: [usize; N] = [0; N],
    }

    /// Stride 1, nothing cropped or appended, no dilation, one group, with bias.
    new(out_channels: usize, kernel: impl Extent<N>);

    /// The distance between the outputs of two neighbouring inputs.
    stride(mut self, stride: impl Extent<N>) { self.window = self.window.stride(stride) }

    /// What is cropped from both ends of the output: a number, or one for each axis.
    padding(mut self, padding: impl Extent<N>) { self.window.padding = per_axis::extent(padding) }

    /// What is appended to the end of the output, less than the stride or the dilation: a number, or one for each axis.
    output_padding(mut self, output_padding: impl Extent<N>) { self.output_padding = per_axis::extent(output_padding) }

    /// The distance between two taps of a window.
    dilation(mut self, dilation: impl Extent<N>) { self.window = self.window.dilation(dilation) }

    /// Groups of channels that are convolved separately.
    groups: usize = 1;

    /// Whether a learned number is added to each output channel.
    bias: bool = true;
}

impl<const N: usize> ConvTransposeOptions<N> {
    #[track_caller]
    const fn apply<'g>(self, layer: &'static str, x: Tensor<'g>) -> Tensor<'g> {
        if x.rank() != N + 1 {
            window::fail_rank(layer, N, &x.shape);
        }
        if self.out_channels == 0 {
            Text::new().str("`").str(layer).str("`: out_channels is zero; it is at least 1").fail();
        }
        super::conv::check_groups(layer, x.shape.at(0), self.out_channels, self.groups);
        let mut axes = [Spread::UNIT; 3];
        let mut dims = x.shape.to_usize();
        dims[0] = self.out_channels;
        let mut axis = 0;
        while axis < N {
            let spread = self.spread(layer, axis, x.shape.at(axis + 1));
            dims[axis + 1] = spread.axis.input as usize;
            axes[3 - N + axis] = spread;
            axis += 1;
        }
        let (in_channels, groups) = (x.shape.at(0) as u32, self.groups as u32);
        let op = ConvTranspose { rank: N as u8, in_channels, groups, bias: self.bias, axes };
        x.builder.push_one(Op::ConvTranspose(op), x.node, Shape::of(N as u8 + 1, dims))
    }

    /// The windows along axis `axis` of an input, whose extent there is `input`.
    #[track_caller]
    const fn spread(&self, layer: &'static str, axis: usize, input: usize) -> Spread {
        let Window { kernel, stride, dilation, .. } = &self.window;
        let (kernel, stride, dilation) = (kernel[axis], stride[axis], dilation[axis]);
        let padding = self.window.padding[axis];
        if kernel == 0 {
            window::fail_zero(layer, "kernel");
        }
        if stride == 0 {
            window::fail_zero(layer, "stride");
        }
        if dilation == 0 {
            window::fail_zero(layer, "dilation");
        }
        self.window.check_size(layer, axis, input);
        let more = self.output_padding[axis];
        if more >= stride && more >= dilation {
            fail_output_padding(layer, more, stride, dilation);
        }
        let whole = (input as u64 - 1) * stride as u64 + dilation as u64 * (kernel as u64 - 1) + 1;
        let output = (whole + more as u64).saturating_sub(2 * padding as u64);
        if output == 0 {
            fail_padding(layer, padding, whole + more as u64);
        }
        if output > 1 << 30 {
            fail_output(layer, axis, output);
        }
        let common = gcd(stride as u64, dilation as u64) as u32;
        let (stride, dilation) = (stride as u32, dilation as u32);
        Spread {
            axis: Axis {
                input: output as u32,
                output: input as u32,
                kernel: kernel as u32,
                stride,
                dilation,
                before: padding as u32,
            },
            tap_step: stride / common,
            input_step: dilation / common,
        }
    }
}

impl<'g> Tensor<'g> {
    /// Transposed convolution over `[channels, length]`: `x.conv_transpose1d(32, 4, stride = 2, padding = 1)`.
    ///
    /// See [`conv_transpose2d`](Tensor::conv_transpose2d).
    #[track_caller]
    pub const fn conv_transpose1d(self, options: ConvTranspose1d) -> Tensor<'g> {
        options.apply("conv_transpose1d", self)
    }

    /// Transposed convolution over `[channels, height, width]`: `x.conv_transpose2d(64, 4, stride = 2, padding = 1)`.
    ///
    /// `y[o, i·stride + k·dilation − padding] = bias[o] + Σ x[c, i] · w[c, o, k]`, over the channels `c` of the group
    /// and all positions `i` and taps `k` that reach the same output. Each axis has an output of
    /// `(input − 1)·stride − 2·padding + dilation·(kernel − 1) + output_padding + 1`.
    ///
    /// The MACs are the work before cropping, input positions × kernel × in_channels × out_channels / groups; those
    /// executed leave out what falls on the cropped border.
    #[track_caller]
    pub const fn conv_transpose2d(self, options: ConvTranspose2d) -> Tensor<'g> {
        options.apply("conv_transpose2d", self)
    }

    /// Transposed convolution over `[channels, depth, height, width]`: `x.conv_transpose3d(8, 2, stride = 2)`.
    ///
    /// See [`conv_transpose2d`](Tensor::conv_transpose2d).
    #[track_caller]
    pub const fn conv_transpose3d(self, options: ConvTranspose3d) -> Tensor<'g> {
        options.apply("conv_transpose3d", self)
    }
}

#[track_caller]
const fn fail_output_padding(layer: &str, output_padding: usize, stride: usize, dilation: usize) -> ! {
    let (greater, most) = if stride >= dilation { ("stride", stride) } else { ("dilation", dilation) };
    Text::new()
        .str("`")
        .str(layer)
        .str("`: an output_padding of ")
        .number(output_padding as u64)
        .str(" is not below the ")
        .str(greater)
        .str(" of ")
        .number(most as u64)
        .str("; it is at most ")
        .number(most as u64 - 1)
        .fail()
}

#[track_caller]
const fn fail_padding(layer: &str, padding: usize, whole: u64) -> ! {
    Text::new()
        .str("`")
        .str(layer)
        .str("`: a padding of ")
        .number(padding as u64)
        .str(", cropped from both ends, leaves nothing of an output of ")
        .number(whole)
        .str("; it is at most ")
        .number((whole - 1) / 2)
        .fail()
}

#[track_caller]
const fn fail_output(layer: &str, axis: usize, output: u64) -> ! {
    Text::new()
        .str("`")
        .str(layer)
        .str("`: the output has an extent of ")
        .number(output)
        .str(" along axis ")
        .number(axis as u64 + 1)
        .str("; it is at most 2^30")
        .fail()
}

/// The windows of a transposed convolution along one axis.
#[derive(Clone, Copy)]
pub(super) struct Spread {
    /// The windows of the convolution that is transposed: its input is the output here.
    pub axis: Axis,
    /// Taps that reach the same output are this far apart,
    pub tap_step: u32,
    /// on inputs this far apart.
    pub input_step: u32,
}

impl Spread {
    pub const UNIT: Spread = Spread { axis: Axis::UNIT, tap_step: 1, input_step: 1 };

    /// How many of the outputs `from..to`, counted before cropping, any tap reaches.
    const fn reached(&self, from: u64, to: u64) -> u64 {
        let (stride, dilation, step) = (self.axis.stride as u64, self.axis.dilation as u64, self.tap_step as u64);
        let (kernel, inputs) = (self.axis.kernel as u64, self.axis.output as u64);
        let mut reached = 0;
        let mut first = 0;
        while first < kernel && first < step {
            // This tap and those a step apart reach every stride-th output from this tap's on; no other tap does.
            let phase = first * dilation % stride;
            let mut done = from.saturating_sub(phase).div_ceil(stride);
            let end = to.saturating_sub(phase).div_ceil(stride);
            let mut tap = first;
            while tap < kernel {
                let place = tap * dilation / stride;
                let start = if place > done { place } else { done };
                let stop = if place + inputs < end { place + inputs } else { end };
                if stop > start {
                    reached += stop - start;
                    done = stop;
                }
                tap += step;
            }
            first += 1;
        }
        reached
    }
}

/// A transposed convolution whose shapes are known.
#[derive(Clone, Copy)]
pub(crate) struct ConvTranspose {
    rank: u8,
    in_channels: u32,
    groups: u32,
    bias: bool,
    axes: [Spread; 3],
}

impl ConvTranspose {
    pub const fn name(&self) -> &'static str {
        SYNTAX[self.rank as usize - 1].name
    }

    const fn out_per_group(&self, io: Io<'_>) -> u32 {
        io.output().at(0) as u32 / self.groups
    }

    /// Dense counts are those of the work before cropping; executed ones, those of the taps that reach an output.
    pub const fn work(&self, io: Io<'_>) -> Work {
        let (out_channels, outputs) = (io.output().at(0) as u64, io.elements());
        let pairs = multiply(self.in_channels as u64, self.out_per_group(io) as u64);
        let (mut macs, mut macs_executed) = (pairs, pairs);
        // Sums with at least one term, before cropping and after it.
        let (mut sums, mut sums_executed) = (out_channels, out_channels);
        let mut i = 0;
        while i < 3 {
            let spread = &self.axes[i];
            let axis = &spread.axis;
            let whole = (axis.output as u64 - 1) * axis.stride as u64 + axis.span() + 1;
            let before = axis.before as u64;
            macs = multiply(macs, axis.output as u64 * axis.kernel as u64);
            macs_executed = multiply(macs_executed, axis.taps().valid);
            sums = multiply(sums, spread.reached(0, whole));
            sums_executed = multiply(sums_executed, spread.reached(before, before + axis.input as u64));
            i += 1;
        }
        // The epilogue scales and shifts every output.
        let ends = if io.epilogue { outputs } else { 0 };
        let from_bias = self.bias && ends == 0;
        Work {
            macs,
            macs_executed,
            census: Census {
                mul: add(macs, ends),
                add: if from_bias { macs } else { add(macs - sums, ends) },
                ..Census::ZERO
            },
            census_executed: Census {
                mul: add(macs_executed, ends),
                add: if from_bias { macs_executed } else { add(macs_executed - sums_executed, ends) },
                ..Census::ZERO
            },
        }
    }

    pub const fn state(&self, io: Io<'_>) -> State {
        let (inputs, outputs) = (self.in_channels as usize, self.out_per_group(io) as usize);
        let [z, y, x] = &self.axes;
        let (z, y, x) = (z.axis.kernel as usize, y.axis.kernel as usize, x.axis.kernel as usize);
        let dims = match self.rank {
            1 => [inputs, outputs, x, 1, 1, 1],
            2 => [inputs, outputs, y, x, 1, 1],
            _ => [inputs, outputs, z, y, x, 1],
        };
        let mut state = State::weight(Shape::of(self.rank + 2, dims), self.bias);
        if self.bias {
            state.entries[1] = Entry::bias(Shape::new(&[io.output().at(0)]));
        }
        state
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let (out_channels, outputs) = (io.output().at(0) as u64, io.elements());
        let (in_channels, groups) = (self.in_channels as u64, self.groups as u64);
        let bias = self.bias || io.epilogue;
        let mut kernel = 1;
        let mut convolved: i64 = self.out_per_group(io) as i64;
        let mut i = 0;
        while i < 3 {
            let axis = &self.axes[i].axis;
            kernel = multiply(kernel, axis.kernel as u64);
            // calflops assumes the output of a convolution.
            let reach = axis.output as i64 + 2 * axis.before as i64 - axis.span() as i64 - 1;
            convolved = convolved.saturating_mul(reach.div_euclid(axis.stride as i64) + 1);
            i += 1;
        }
        // Without a bias, a sum of n terms has n − 1 additions.
        let work = ConvTranspose { bias: false, ..*self }.work(io);
        let row = Row::module(io, &self.state(io)).dot_products(work.macs, outputs, bias);
        // It divides the output channels of a group by the groups once more.
        let filters = self.out_per_group(io) as u64 / groups;
        let calflops_macs = multiply(multiply(kernel, filters), io.input(0).elements());
        let calflops = multiply(2, calflops_macs);
        let row = Row {
            dots: work.census.mul - work.census.add,
            thop: multiply(outputs, multiply(in_channels / groups, kernel)),
            torchinfo: multiply(row.params, outputs / out_channels),
            calflops: if bias { calflops.saturating_add_signed(convolved) } else { calflops },
            calflops_macs,
            ..row
        };
        if self.rank != 2 {
            return row;
        }
        let terms = multiply(in_channels / groups, kernel);
        let sums = multiply(io.input(0).elements() / in_channels, out_channels);
        row.torchstat_madd(multiply(sums, multiply(2, terms) - 1 + bias as u64))
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        let channels = Channels { weight_axis: 1, groups: self.groups, ..Channels::FIRST };
        Storage { folding: Folding::Into(channels), ..Storage::OWN }
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let [z, y, x] = &self.axes;
        let words = words
            .push(self.in_channels / self.groups)
            .push(self.out_per_group(io))
            .push(self.groups)
            .push(Ends::code(self.bias, io.epilogue) | (self.rank as u32) << 8);
        let words = Axis::write(&[z.axis, y.axis, x.axis], self.rank, words);
        let words = words.push(z.tap_step).push(z.input_step).push(y.tap_step).push(y.input_step);
        words.push(x.tap_step).push(x.input_step)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Array, layer, run_with, vec};

    /// Which inputs and taps reach each output along an axis: `(input, tap)`, before cropping.
    fn pairs(input: usize, kernel: usize, stride: usize, dilation: usize) -> crate::testing::testing::Vec<[usize; 3]> {
        let pair = |i: usize| (i / kernel, i % kernel);
        (0..input * kernel).map(pair).map(|(i, k)| [i * stride + k * dilation, i, k]).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(192))]

        #[test]
        fn each_input_is_spread_over_its_window(
            kernel in prop::array::uniform2(1usize..5),
            stride in prop::array::uniform2(1usize..5),
            dilation in prop::array::uniform2(1usize..5),
            padding in prop::array::uniform2(0usize..5),
            more in prop::array::uniform2(0usize..4),
            [groups, inputs, outputs] in prop::array::uniform3(1usize..3),
            extents in [1usize..5, 1usize..16],
            bias: bool,
        ) {
            let more = [0, 1].map(|axis| more[axis].min(stride[axis].max(dilation[axis]) - 1));
            let whole = [0, 1].map(|i| (extents[i] - 1) * stride[i] + dilation[i] * (kernel[i] - 1) + 1);
            let padding = [0, 1].map(|i| padding[i].min((whole[i] + more[i] - 1) / 2));
            let shape = [groups * outputs, whole[0] + more[0] - 2 * padding[0], whole[1] + more[1] - 2 * padding[1]];
            let x = Array::numbers(&[groups * inputs, extents[0], extents[1]]);
            let weight = Array::numbers(&[groups * inputs, outputs, kernel[0], kernel[1]]);
            let biases = Array::numbers(&shape[..1]);
            let mut weights = weight.data.clone();
            weights.extend(biases.data.iter().filter(|_| bias));
            let options = ConvTranspose2d::new(shape[0], kernel)
                .stride(stride)
                .padding(padding)
                .output_padding(more)
                .dilation(dilation)
                .groups(groups)
                .bias(bias);
            let ran = run_with(core::slice::from_ref(&x), &weights, |_, x| vec![x[0].conv_transpose2d(options)]);

            // Scattered, and cropped afterwards.
            let (mut macs, mut terms) = (0, Array::of(&[shape[0], whole[0] + more[0], whole[1] + more[1]], |_| 0.0));
            let mut sums = terms.clone();
            for channel in 0..groups * inputs {
                for output in 0..outputs {
                    let to = channel / inputs * outputs + output;
                    for [y, at_y, tap_y] in pairs(extents[0], kernel[0], stride[0], dilation[0]) {
                        for [x_out, at_x, tap_x] in pairs(extents[1], kernel[1], stride[1], dilation[1]) {
                            let place = (to * sums.shape[1] + y) * sums.shape[2] + x_out;
                            let weight = weight.at(&[channel, output, tap_y, tap_x]);
                            sums.data[place] += x.at(&[channel, at_y, at_x]) * weight;
                            terms.data[place] += 1.0;
                            macs += 1;
                        }
                    }
                }
            }
            let cropped = |index: &[usize]| [index[0], index[1] + padding[0], index[2] + padding[1]];
            let (mut executed, mut adds) = (0, 0);
            let expected = Array::of(&shape, |index| {
                let count = terms.at(&cropped(index)) as u64;
                executed += count;
                adds += count.saturating_sub(!bias as u64);
                sums.at(&cropped(index)) + if bias { biases.at(&index[..1]) } else { 0.0 }
            });
            ran.outputs[0].assert_close(&expected);
            prop_assert_eq!((ran.cost.macs, ran.cost.macs_executed), (macs, executed));
            prop_assert_eq!(ran.cost.census_executed, Census::ZERO.mul(executed).add(adds));
            let first = if bias { 0 } else { terms.data.iter().filter(|&&terms| terms > 0.0).count() as u64 };
            prop_assert_eq!(ran.cost.census, Census::ZERO.mul(macs).add(macs - first));
        }
    }

    fn refused<'g>(x: Tensor<'g>, options: ConvTranspose1d) -> Tensor<'g> {
        x.conv_transpose1d(options)
    }

    #[test]
    #[should_panic(
        expected = "`conv_transpose1d`: an output_padding of 2 is not below the stride of 2; it is at most 1"
    )]
    fn output_padding_is_below_the_stride() {
        let options = ConvTranspose1d::new(1, 3).stride(2).output_padding(2);
        layer(&Array::numbers(&[1, 4]), |x| refused(x, options));
    }

    #[test]
    #[should_panic(
        expected = "`conv_transpose1d`: a padding of 3, cropped from both ends, leaves nothing of an output of 6; it is \
                    at most 2"
    )]
    fn something_is_left_of_the_output() {
        layer(&Array::numbers(&[1, 4]), |x| refused(x, ConvTranspose1d::new(1, 3).padding(3)));
    }

    #[test]
    #[should_panic(expected = "`conv_transpose1d`: 2 groups do not divide 3 input channels")]
    fn groups_divide_the_channels() {
        layer(&Array::numbers(&[3, 4]), |x| refused(x, ConvTranspose1d::new(2, 3).groups(2)));
    }

    #[test]
    #[should_panic(expected = "`conv_transpose1d` takes a tensor of [channels, length], and is given one of shape 4")]
    fn the_rank_must_fit() {
        layer(&Array::numbers(&[4]), |x| refused(x, ConvTranspose1d::new(2, 3)));
    }

    #[test]
    #[should_panic(
        expected = "`conv_transpose1d`: the output has an extent of 2,147,483,648 along axis 1; it is at most 2^30"
    )]
    fn the_output_is_not_too_large() {
        layer(&Array::numbers(&[1, 3]), |x| refused(x, ConvTranspose1d::new(1, 1 << 30).stride(1 << 29)));
    }
}
