//! The greatest element of each window: `max_pool1d`, `max_pool2d`, `max_pool3d`.

use crate::base::math::multiply;
use crate::base::per_axis::{Extent, Padding};
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::max_pool as int8;
use crate::int8::windows::Windows;
use crate::kernel::machine::Machine;
use crate::kernel::slide::{pool, pool_words};
use crate::kernel::step::{Ran, Step};
use crate::layers::list::Op;
use crate::layers::options::{options, ranks};
use crate::op::axis::{Axis, Volume};
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::window::Window;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

ranks!(MaxPoolOptions: max_pool1d MaxPool1d, max_pool2d MaxPool2d, max_pool3d MaxPool3d);

options! {
    /// The options of a maximum pool over `N` axes, PyTorch's `MaxPool1d`, `MaxPool2d`, `MaxPool3d`.
    pub struct MaxPoolOptions<const N: usize> {
        window: Window<N> = Window::tiling(kernel),
    }

    /// The stride is the kernel; no padding, no dilation.
    new(kernel: impl Extent<N>);

    /// The distance between two windows.
    stride(mut self, stride: impl Extent<N>) { self.window = self.window.stride(stride) }

    /// How far windows reach beyond the input, at most half the kernel: a number, one for each axis, or
    /// [`Same`](crate::base::per_axis::Same). What lies there is never the maximum.
    padding(mut self, padding: impl Padding<N>) { self.window = self.window.padding(padding) }

    /// The distance between two taps of a window.
    dilation(mut self, dilation: impl Extent<N>) { self.window = self.window.dilation(dilation) }

    /// Whether the number of windows is rounded up, the last one reaching beyond the input.
    ceil_mode(mut self, ceil_mode: bool) { self.window.ceil = ceil_mode }
}

impl<const N: usize> MaxPoolOptions<N> {
    #[track_caller]
    const fn apply<'g>(self, layer: &'static str, x: Tensor<'g>) -> Tensor<'g> {
        let axes = self.window.pool_axes(layer, &x.shape);
        let op = MaxPool { rank: N as u8, axes };
        x.builder.push_one(Op::MaxPool(op), x.node, Window::<N>::output(x.shape.at(0), &axes))
    }
}

impl<'g> Tensor<'g> {
    /// Maximum pool over `[channels, length]`: `x.max_pool1d(2)`.
    #[track_caller]
    pub const fn max_pool1d(self, options: MaxPool1d) -> Tensor<'g> {
        options.apply("max_pool1d", self)
    }

    /// Maximum pool over `[channels, height, width]`: `x.max_pool2d(3, stride = 2, padding = 1)`.
    #[track_caller]
    pub const fn max_pool2d(self, options: MaxPool2d) -> Tensor<'g> {
        options.apply("max_pool2d", self)
    }

    /// Maximum pool over `[channels, depth, height, width]`: `x.max_pool3d([1, 2, 2])`.
    #[track_caller]
    pub const fn max_pool3d(self, options: MaxPool3d) -> Tensor<'g> {
        options.apply("max_pool3d", self)
    }
}

/// A maximum pool whose shapes are known.
#[derive(Clone, Copy)]
pub(crate) struct MaxPool {
    rank: u8,
    pub(crate) axes: [Axis; 3],
}

impl MaxPool {
    pub const fn name(&self) -> &'static str {
        SYNTAX[self.rank as usize - 1].name
    }

    /// A window of n taps takes n − 1 comparisons.
    pub const fn work(&self, io: Io<'_>) -> Work {
        let Volume { kernel, valid, windows } = Volume::of(&self.axes);
        let mut work = Work::of(Census::ZERO.cmp(multiply(io.elements(), kernel - 1)));
        work.census_executed = Census::ZERO.cmp(multiply(io.output().at(0) as u64, valid - windows));
        work
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let inputs = io.input(0).elements();
        let row = Row { ptflops: inputs, ptflops_functional: inputs, calflops: inputs, ..Row::stateless(io) };
        match self.rank {
            2 => Row {
                torchstat_flops: inputs,
                torchstat_madd: multiply(io.elements(), Volume::of(&self.axes).kernel - 1),
                torchstat_read: inputs,
                torchstat_write: io.elements(),
                ..row
            },
            _ => row,
        }
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::sliding(&self.axes).limited()
    }

    /// Its kernel over integers of 8 bits.
    pub const fn int8(&self, io: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        let [z, y, x] = self.axes;
        if z.input != 1 {
            return None;
        }
        let channels = io.output().at(0) as u32;
        let pool = int8::MaxPool::new(Windows::new(y, x), channels, numbers.output, numbers.activation);
        Some(Kernel::MaxPool(pool))
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        pool_words(io.output().at(0), &self.axes, self.rank, 0, words)
    }

    pub fn kernel<M: Machine>(machine: &mut M, step: Step<'_, '_>) -> Ran {
        pool(machine, step, |machine, channel, window| {
            let greatest = channel.fold(&window.spans, None, |greatest, x| match greatest {
                Some(greatest) => Some(machine.max(greatest, x)),
                None => Some(x),
            })?;
            // A dilated window can step over all data; its maximum is then minus infinity, as in PyTorch.
            Some(greatest.unwrap_or(f32::NEG_INFINITY))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Array, Sliding, layer};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn each_output_is_the_maximum_of_its_window(
            window in Sliding::any(|kernel| kernel / 2),
            input in prop::array::uniform3(1usize..9),
        ) {
            let Some(shape) = window.output(input[0], &input) else { return Ok(()) };
            let x = Array::numbers(&input);
            let options = MaxPool2d::new(window.kernel)
                .stride(window.stride)
                .padding(window.padding)
                .dilation(window.dilation)
                .ceil_mode(window.ceil);
            let (y, cost) = layer(&x, |x| x.max_pool2d(options));
            let (mut taps, mut executed) = (0, 0);
            let expected = Array::of(&shape, |index| {
                let data = window.taps([index[1], index[2]], &input);
                taps += window.kernel[0] * window.kernel[1] - 1;
                executed += data.len().saturating_sub(1);
                data.iter().map(|(_, at)| x.at(&[index[0], at[0], at[1]])).fold(f32::NEG_INFINITY, f32::max)
            });
            prop_assert_eq!(y, expected);
            prop_assert_eq!(cost.census, Census::ZERO.cmp(taps as u64));
            prop_assert_eq!(cost.census_executed, Census::ZERO.cmp(executed as u64));
        }
    }

    #[test]
    fn it_goes_over_one_axis_or_three() {
        let x = Array::numbers(&[2, 9]);
        let (y, _) = layer(&x, |x| x.max_pool1d(MaxPool1d::new(3).stride(2)));
        let greatest = |c: usize, i: usize| (0..3).map(|k| x.at(&[c, 2 * i + k])).fold(f32::NEG_INFINITY, f32::max);
        assert_eq!(y, Array::of(&[2, 4], |index| greatest(index[0], index[1])));

        let x = Array::numbers(&[2, 4, 3, 5]);
        let (y, cost) = layer(&x, |x| x.max_pool3d(MaxPool3d::new([2, 3, 1])));
        let expected = Array::of(&[2, 2, 1, 5], |index| {
            let taps = Array::of(&[2, 3], |tap| x.at(&[index[0], 2 * index[1] + tap[0], tap[1], index[3]]));
            taps.data.iter().copied().fold(f32::NEG_INFINITY, f32::max)
        });
        assert_eq!(y, expected);
        assert_eq!(cost.census, Census::ZERO.cmp(20 * 5));
    }

    #[test]
    fn what_is_not_a_number_is_the_maximum() {
        let mut x = Array::numbers(&[1, 6]);
        x.data[2] = f32::NAN;
        let (y, _) = layer(&x, |x| x.max_pool1d(MaxPool1d::new(2).stride(1)));
        assert_eq!(
            y.data.iter().map(|y| y.is_nan()).collect::<crate::testing::testing::Vec<_>>(),
            [false, true, true, false, false]
        );
    }

    #[test]
    fn a_window_that_steps_over_all_data_has_the_maximum_of_nothing() {
        let options = MaxPool1d::new(2).stride(1).padding(1).dilation(3);
        let (y, cost) = layer(&Array::numbers(&[1, 2]), |x| x.max_pool1d(options));
        assert_eq!(y.data, [f32::NEG_INFINITY]);
        assert_eq!((cost.census, cost.census_executed), (Census::ZERO.cmp(1), Census::ZERO));
    }

    #[test]
    fn padding_may_be_the_same_as_tensorflow_s() {
        let x = Array::numbers(&[1, 6]);
        let (y, _) = layer(&x, |x| x.max_pool1d(MaxPool1d::new(4).stride(2).padding(crate::base::per_axis::Same)));
        let at = |from: usize, to: usize| x.data[from..to].iter().copied().fold(f32::NEG_INFINITY, f32::max);
        assert_eq!(y.data, [at(0, 3), at(1, 5), at(3, 6)]);
    }

    #[test]
    #[should_panic(
        expected = "`max_pool2d`: a padding of 2 is more than half its kernel of 3, so that windows would lie \
                               outside the input; it is at most 1"
    )]
    fn padding_is_at_most_half_the_kernel() {
        layer(&Array::numbers(&[1, 9, 9]), |x| x.max_pool2d(MaxPool2d::new(3).padding(2)));
    }

    #[test]
    #[should_panic(expected = "`max_pool1d`: a kernel of 3 is larger than its input of 2")]
    fn the_kernel_is_at_most_the_input() {
        layer(&Array::numbers(&[1, 2]), |x| x.max_pool1d(MaxPool1d::new(3)));
    }

    #[test]
    #[should_panic(
        expected = "`max_pool2d` takes a tensor of [channels, height, width], and is given one of shape 4×9"
    )]
    fn the_rank_must_fit() {
        layer(&Array::numbers(&[4, 9]), |x| x.max_pool2d(MaxPool2d::new(1)));
    }
}
