//! The mean of a given number of windows: `adaptive_avg_pool1d`, `2d`, `3d`, and `global_avg_pool`.

use crate::base::math::{add, multiply};
use crate::base::message::Text;
use crate::base::per_axis as extent;
use crate::base::per_axis::Extent;
use crate::base::shape::{MAX_RANK, Shape};
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::reduce as int8;
use crate::kernel::machine::Machine;
use crate::kernel::slide::Channel;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::op::axis::{Span, gcd};
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::window::fail_rank;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[
    Syntax::plain("adaptive_avg_pool1d", &["output_size"]),
    Syntax::plain("adaptive_avg_pool2d", &["output_size"]),
    Syntax::plain("adaptive_avg_pool3d", &["output_size"]),
    Syntax::plain("global_avg_pool", &[]),
];

impl<'g> Tensor<'g> {
    /// Average pool of `[channels, length]` to a given length: `x.adaptive_avg_pool1d(4)`.
    ///
    /// Window i of an axis from n elements to m is `⌊i·n/m⌋..⌈(i+1)·n/m⌉`, PyTorch's rule.
    #[track_caller]
    pub const fn adaptive_avg_pool1d<E: Extent<1>>(self, output: E) -> Tensor<'g> {
        mean::<1>(self, "adaptive_avg_pool1d", extent::extent(output))
    }

    /// Average pool of `[channels, height, width]` to a given height and width: `x.adaptive_avg_pool2d([2, 3])`.
    ///
    /// Windows are those of [`adaptive_avg_pool1d`](Tensor::adaptive_avg_pool1d), along each axis.
    #[track_caller]
    pub const fn adaptive_avg_pool2d<E: Extent<2>>(self, output: E) -> Tensor<'g> {
        mean::<2>(self, "adaptive_avg_pool2d", extent::extent(output))
    }

    /// Average pool of `[channels, depth, height, width]` to a given depth, height and width:
    /// `x.adaptive_avg_pool3d(2)`.
    ///
    /// Windows are those of [`adaptive_avg_pool1d`](Tensor::adaptive_avg_pool1d), along each axis.
    #[track_caller]
    pub const fn adaptive_avg_pool3d<E: Extent<3>>(self, output: E) -> Tensor<'g> {
        mean::<3>(self, "adaptive_avg_pool3d", extent::extent(output))
    }

    /// The mean of each channel, over all axes but the first: `[channels, height, width]` to `[channels, 1, 1]`.
    #[track_caller]
    pub const fn global_avg_pool(self) -> Tensor<'g> {
        if self.rank() < 2 {
            fail_global(&self.shape);
        }
        let mut dims = [1; MAX_RANK];
        dims[0] = self.shape.at(0);
        let shape = Shape::new(dims.split_at(self.rank()).0);
        let input = self.shape.product(1, self.rank());
        let axes = [Axis::UNIT, Axis::UNIT, Axis { input, output: 1 }];
        self.builder.push_one(Op::AdaptiveAvgPool(AdaptiveAvgPool { rank: 0, axes }), self.node, shape)
    }
}

#[track_caller]
const fn mean<'g, const N: usize>(x: Tensor<'g>, layer: &'static str, output: [usize; N]) -> Tensor<'g> {
    let (axes, shape) = adaptive(layer, &x.shape, output);
    x.builder.push_one(Op::AdaptiveAvgPool(AdaptiveAvgPool { rank: N as u8, axes }), x.node, shape)
}

/// The axes of an adaptive pool over the last `N` of them, and the shape of its output.
#[track_caller]
pub(crate) const fn adaptive<const N: usize>(layer: &str, input: &Shape, output: [usize; N]) -> ([Axis; 3], Shape) {
    if input.rank() != N + 1 {
        fail_rank(layer, N, input);
    }
    let mut dims = [1; MAX_RANK];
    dims[0] = input.at(0);
    let mut axes = [Axis::UNIT; 3];
    let mut axis = 0;
    while axis < N {
        if output[axis] == 0 {
            fail_output(layer);
        }
        dims[axis + 1] = output[axis];
        axes[3 - N + axis] = Axis { input: input.at(axis + 1) as u64, output: output[axis] as u64 };
        axis += 1;
    }
    (axes, Shape::new(dims.split_at(N + 1).0))
}

#[track_caller]
const fn fail_output(layer: &str) -> ! {
    Text::new().str("`").str(layer).str("`: the output is zero; it is at least 1").fail()
}

#[track_caller]
const fn fail_global(shape: &Shape) -> ! {
    Text::new()
        .str("`global_avg_pool` takes the mean over the axes after the channels, and is given a tensor of shape ")
        .shape(shape)
        .str(", which has none (a declaration has no batch axis: axis 0 is the channel)")
        .fail()
}

/// An adaptive pool along one axis.
#[derive(Clone, Copy)]
pub(crate) struct Axis {
    pub input: u64,
    pub output: u64,
}

impl Axis {
    const UNIT: Axis = Axis { input: 1, output: 1 };

    /// The elements of all windows together. Window i starts at ⌊i·n/m⌋ and ends at ⌈(i+1)·n/m⌉, so that a window
    /// starts where the one before it ends, or, where m does not divide (i+1)·n, one element earlier: m − gcd(n, m)
    /// times.
    const fn taps(&self) -> u64 {
        self.input + self.output - gcd(self.input, self.output)
    }

    /// The elements of all windows of a channel together.
    pub const fn taps_of([z, y, x]: &[Axis; 3]) -> u64 {
        multiply(multiply(z.taps(), y.taps()), x.taps())
    }

    /// Writes the axes, for [`pool`].
    pub const fn write([z, y, x]: &[Axis; 3], words: Words) -> Words {
        words.count(z.input).count(z.output).count(y.input).count(y.output).count(x.input).count(x.output)
    }
}

/// thop's operations: an addition for each of `∏ input / output` elements and a division, for each output, rounded
/// down from a fraction.
const fn thop(input: &Shape, output: &Shape) -> u64 {
    let (mut window, mut axis) = (1.0, 1);
    while axis < input.rank() {
        window *= input.at(axis) as f64 / output.at(axis) as f64;
        axis += 1;
    }
    ((window + 1.0) * output.elements() as f64) as u64
}

/// An adaptive average pool whose shapes are known.
#[derive(Clone, Copy)]
pub(crate) struct AdaptiveAvgPool {
    /// The rank of the windows; 0 for a global pool, which treats all axes after the channels as one.
    rank: u8,
    axes: [Axis; 3],
}

impl AdaptiveAvgPool {
    pub const fn name(&self) -> &'static str {
        match self.rank {
            0 => "global_avg_pool",
            1 => "adaptive_avg_pool1d",
            2 => "adaptive_avg_pool2d",
            _ => "adaptive_avg_pool3d",
        }
    }

    /// A window of n elements takes n − 1 additions, and one division.
    pub const fn work(&self, io: Io<'_>) -> Work {
        let taps = multiply(io.output().at(0) as u64, Axis::taps_of(&self.axes));
        Work::of(Census::ZERO.add(taps - io.elements()).div(io.elements()))
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let (inputs, outputs) = (io.input(0).elements(), io.elements());
        let taps = Axis::taps_of(&self.axes);
        let spatial = if self.rank == 0 { io.input(0).rank() - 1 } else { self.rank as usize };
        Row {
            thop: thop(io.input(0), io.output()),
            ultralytics_thop: add(multiply(io.output().at(0) as u64, taps), outputs),
            ptflops: inputs,
            ptflops_functional: inputs,
            fvcore: if spatial == 2 { inputs } else { 0 },
            calflops: inputs,
            ..Row::stateless(io)
        }
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    /// Its kernel over integers of 8 bits, of all of an image: the mean.
    pub const fn int8(&self, io: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        let (input, rank) = io.input(0).channel_last();
        if io.elements() != io.input(0).at(0) as u64 {
            return None;
        }
        // All axes but the last.
        match int8::Reduction::new(input.split_at(rank).0, (1 << (rank - 1)) - 1) {
            Some(reduction) => Some(Kernel::Mean(int8::Mean::new(reduction, numbers.inputs[0], numbers.output))),
            None => None,
        }
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        Axis::write(&self.axes, words.push(io.output().at(0) as u32))
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        pool(machine, &mut step, |machine, channel, spans| {
            let first = machine.sum();
            let sum = channel.fold(spans, first, |sum, x| machine.accumulate(sum, x))?;
            let sum = machine.total(sum);
            let [z, y, x] = spans;
            Some(machine.div(sum, (z.to * y.to * x.to) as f32))
        })
    }
}

/// Reduces each window to one number.
#[inline(always)]
pub(crate) fn pool<M: Machine>(
    machine: &mut M,
    step: &mut Step<'_, '_>,
    number: impl Fn(&mut M, &Channel<'_>, &[Span; 3]) -> Option<f32>,
) -> Ran {
    let [out, x, channels, in_z, out_z, in_y, out_y, in_x, out_x] = step.words()?;
    let volume = in_z as usize * in_y as usize * in_x as usize;
    let output_volume = out_z as usize * out_y as usize * out_x as usize;
    let input = step.view(machine, x, channels as usize * volume)?;
    let output = step.view(machine, out, channels as usize * output_volume)?;
    let mut outputs = output.iter();
    for data in rows(input, volume) {
        let channel = Channel { data, row: in_x as usize, plane: in_y as usize * in_x as usize, dilation: [1; 3] };
        for z in Windows::new(in_z, out_z)? {
            for y in Windows::new(in_y, out_y)? {
                for x in Windows::new(in_x, out_x)? {
                    outputs.next()?.set(number(machine, &channel, &[z, y, x])?);
                }
            }
        }
    }
    Some(())
}

/// The windows along an axis, each starting at the quotient of `i·input / output`.
struct Windows {
    output: u32,
    /// The number of windows that are left.
    left: u32,
    quotient: u32,
    remainder: u32,
    /// `input / output`
    step: u32,
    /// `input % output`
    step_remainder: u32,
}

impl Windows {
    #[inline(always)]
    fn new(input: u32, output: u32) -> Option<Self> {
        Some(Windows {
            output,
            left: output,
            quotient: 0,
            remainder: 0,
            step: input.checked_div(output)?,
            step_remainder: input.checked_rem(output)?,
        })
    }
}

impl Iterator for Windows {
    type Item = Span;

    #[inline(always)]
    fn next(&mut self) -> Option<Span> {
        self.left = self.left.checked_sub(1)?;
        let at = self.quotient;
        self.quotient += self.step;
        self.remainder += self.step_remainder;
        if self.remainder >= self.output {
            self.remainder -= self.output;
            self.quotient += 1;
        }
        let end = self.quotient + (self.remainder > 0) as u32;
        Some(Span { from: 0, to: end - at, at })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Array, Vec, layer};

    /// Where the windows start and end.
    fn windows(input: usize, output: usize) -> Vec<(usize, usize)> {
        (0..output).map(|i| (i * input / output, ((i + 1) * input).div_ceil(output))).collect()
    }

    /// The mean over windows of the last axes, `[channels, ..]` to `[channels, output..]`.
    fn means(x: &Array, output: &[usize]) -> Array {
        let all: Vec<_> = x.shape[1..].iter().zip(output).map(|(&n, &m)| windows(n, m)).collect();
        let shape: Vec<_> = x.shape[..1].iter().chain(output).copied().collect();
        Array::of(&shape, |index| {
            let spans: Vec<_> = all.iter().zip(&index[1..]).map(|(windows, &i)| windows[i]).collect();
            let extents: Vec<_> = spans.iter().map(|(from, to)| to - from).collect();
            let window = Array::of(&extents, |tap| {
                let place = spans.iter().zip(tap).map(|((from, _), tap)| from + tap);
                x.at(&index[..1].iter().copied().chain(place).collect::<Vec<_>>())
            });
            window.data.iter().sum::<f32>() / window.data.len() as f32
        })
    }

    proptest! {
        #[test]
        fn the_closed_form_counts_every_window(input in 1usize..60, output in 1usize..60) {
            let taps: usize = windows(input, output).iter().map(|(from, to)| to - from).sum();
            prop_assert_eq!(Axis { input: input as u64, output: output as u64 }.taps(), taps as u64);
        }

        #[test]
        fn the_kernel_walks_the_windows_without_dividing(input in 1u32..60, output in 1u32..60) {
            let spans = Windows::new(input, output).into_iter().flatten();
            let walked: Vec<_> = spans.map(|span| (span.at as usize, (span.at + span.to) as usize)).collect();
            prop_assert_eq!(walked, windows(input as usize, output as usize));
        }
    }

    #[test]
    fn each_output_is_the_mean_of_its_window() {
        let x = Array::numbers(&[3, 11]);
        layer(&x, |x| x.adaptive_avg_pool1d(4)).0.assert_close(&means(&x, &[4]));
        let x = Array::numbers(&[2, 7, 5]);
        layer(&x, |x| x.adaptive_avg_pool2d([3, 2])).0.assert_close(&means(&x, &[3, 2]));
        layer(&x, |x| x.adaptive_avg_pool2d(9)).0.assert_close(&means(&x, &[9, 9]));
        let x = Array::numbers(&[2, 5, 4, 3]);
        layer(&x, |x| x.adaptive_avg_pool3d([2, 3, 4])).0.assert_close(&means(&x, &[2, 3, 4]));
    }

    #[test]
    fn a_global_pool_takes_the_mean_of_each_channel() {
        for shape in [&[4, 9][..], &[4, 5, 3], &[3, 2, 3, 5], &[2, 2, 2, 1, 3]] {
            let x = Array::numbers(shape);
            let ones = [1; 5];
            layer(&x, |x| x.global_avg_pool()).0.assert_close(&means(&x, &ones[1..shape.len()]));
        }
    }

    #[test]
    fn a_global_pool_of_one_element_still_divides() {
        let (_, cost) = layer(&Array::numbers(&[3, 1, 1]), |x| x.global_avg_pool());
        assert_eq!(cost.census, Census::ZERO.div(3));
    }

    #[test]
    #[should_panic(
        expected = "`global_avg_pool` takes the mean over the axes after the channels, and is given a tensor \
                               of shape 7, which has none"
    )]
    fn a_global_pool_needs_axes_behind_the_channels() {
        layer(&Array::numbers(&[7]), |x| x.global_avg_pool());
    }

    #[test]
    #[should_panic(
        expected = "`adaptive_avg_pool2d` takes a tensor of [channels, height, width], and is given one of \
                               shape 4×9"
    )]
    fn the_rank_must_fit() {
        layer(&Array::numbers(&[4, 9]), |x| x.adaptive_avg_pool2d(1));
    }

    #[test]
    #[should_panic(expected = "`adaptive_avg_pool1d`: the output is zero")]
    fn an_output_of_zero_is_refused() {
        layer(&Array::numbers(&[4, 9]), |x| x.adaptive_avg_pool1d(0));
    }
}
