//! The mean of each window: `avg_pool1d`, `avg_pool2d`, `avg_pool3d`.

use crate::base::math::{add, multiply};
use crate::base::per_axis::{Extent, Padding};
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::avg_pool as int8;
use crate::int8::kernel::{Kernel, Numbers};
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

ranks!(AvgPoolOptions: avg_pool1d AvgPool1d, avg_pool2d AvgPool2d, avg_pool3d AvgPool3d);

options! {
    /// The options of an average pool over `N` axes, PyTorch's `AvgPool1d`, `AvgPool2d`, `AvgPool3d`.
    pub struct AvgPoolOptions<const N: usize> {
        window: Window<N> = Window::tiling(kernel),
    }

    /// The stride is the kernel; no padding; padding counts in the divisor.
    new(kernel: impl Extent<N>);

    /// The distance between two windows.
    stride(mut self, stride: impl Extent<N>) { self.window = self.window.stride(stride) }

    /// Zeros around the input, at most half the kernel: a number, one for each axis, or [`Same`](crate::base::per_axis::Same).
    padding(mut self, padding: impl Padding<N>) { self.window = self.window.padding(padding) }

    /// Whether the number of windows is rounded up, the last one reaching beyond the input.
    ceil_mode(mut self, ceil_mode: bool) { self.window.ceil = ceil_mode }

    /// Whether a sum is divided by the taps on data and on padding, or by those on data alone. What reaches beyond
    /// the padding, with `ceil_mode`, never counts.
    count_include_pad: bool = true;
}

impl<const N: usize> AvgPoolOptions<N> {
    #[track_caller]
    const fn apply<'g>(self, layer: &'static str, x: Tensor<'g>) -> Tensor<'g> {
        let axes = self.window.pool_axes(layer, &x.shape);
        let divisor = match self.window.same {
            _ if !self.count_include_pad => Divisor::Data,
            false => Divisor::Padded,
            true => Divisor::Kernel,
        };
        let op = AvgPool { rank: N as u8, divisor, axes };
        x.builder.push_one(Op::AvgPool(op), x.node, Window::<N>::output(x.shape.at(0), &axes))
    }
}

impl<'g> Tensor<'g> {
    /// Average pool over `[channels, length]`: `x.avg_pool1d(2)`.
    #[track_caller]
    pub const fn avg_pool1d(self, options: AvgPool1d) -> Tensor<'g> {
        options.apply("avg_pool1d", self)
    }

    /// Average pool over `[channels, height, width]`: `x.avg_pool2d(3, stride = 1, padding = 1)`.
    #[track_caller]
    pub const fn avg_pool2d(self, options: AvgPool2d) -> Tensor<'g> {
        options.apply("avg_pool2d", self)
    }

    /// Average pool over `[channels, depth, height, width]`: `x.avg_pool3d([1, 2, 2])`.
    #[track_caller]
    pub const fn avg_pool3d(self, options: AvgPool3d) -> Tensor<'g> {
        options.apply("avg_pool3d", self)
    }
}

/// What the sum of a window is divided by.
#[derive(Clone, Copy)]
#[repr(u32)]
enum Divisor {
    /// Its taps on data.
    Data,
    /// Its taps on data and on padding, which is the same before and after the data.
    Padded,
    /// All its taps: none of them reaches beyond the padding.
    Kernel,
}

/// An average pool whose shapes are known.
#[derive(Clone, Copy)]
pub(crate) struct AvgPool {
    rank: u8,
    divisor: Divisor,
    pub(crate) axes: [Axis; 3],
}

impl AvgPool {
    /// Whether there is one window, which is all of the image.
    #[cfg(feature = "std")]
    pub fn is_global(&self) -> bool {
        self.axes
            .iter()
            .all(|axis| axis.kernel == axis.input && axis.output == 1 && axis.before == 0 && axis.dilation == 1)
    }

    pub const fn name(&self) -> &'static str {
        SYNTAX[self.rank as usize - 1].name
    }

    /// A window of n taps takes n − 1 additions, and one division.
    pub const fn work(&self, io: Io<'_>) -> Work {
        let Volume { kernel, valid, windows } = Volume::of(&self.axes);
        let divisions = Census::ZERO.div(io.elements());
        let mut work = Work::of(divisions.add(multiply(io.elements(), kernel - 1)));
        work.census_executed = divisions.add(multiply(io.output().at(0) as u64, valid - windows));
        work
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let (inputs, outputs) = (io.input(0).elements(), io.elements());
        let Volume { kernel, valid, .. } = Volume::of(&self.axes);
        let row = Row {
            thop: outputs,
            // The divisor of a window is the number of taps that it adds up.
            ultralytics_thop: add(outputs, multiply(io.output().at(0) as u64, self.divided(valid))),
            ptflops: inputs,
            ptflops_functional: inputs,
            calflops: inputs,
            ..Row::stateless(io)
        };
        match self.rank {
            2 => Row {
                torchstat_flops: inputs,
                torchstat_madd: multiply(outputs, kernel),
                torchstat_read: inputs,
                torchstat_write: outputs,
                ..row
            },
            _ => row,
        }
    }

    /// The divisors of one channel's windows, added up.
    const fn divided(&self, valid: u64) -> u64 {
        let [z, y, x] = &self.axes;
        match self.divisor {
            Divisor::Data => valid,
            Divisor::Padded => {
                let [z, y, x] = [z.padded(), y.padded(), x.padded()];
                Volume::of(&[z, y, x]).valid
            }
            Divisor::Kernel => {
                let windows = multiply(multiply(z.output as u64, y.output as u64), x.output as u64);
                multiply(windows, Volume::of(&self.axes).kernel)
            }
        }
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::sliding(&self.axes).limited()
    }

    /// Its kernel over integers of 8 bits, which divides by the taps on data.
    pub const fn int8(&self, io: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        let [z, y, x] = self.axes;
        let is_of_data = matches!(self.divisor, Divisor::Data) || !y.is_padded() && !x.is_padded();
        if z.input != 1 || !is_of_data {
            return None;
        }
        let channels = io.output().at(0) as u32;
        let pool = int8::AvgPool::new(Windows::new(y, x), channels, numbers.output, numbers.activation);
        Some(Kernel::AvgPool(pool))
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        pool_words(io.output().at(0), &self.axes, self.rank, self.divisor as u32, words)
    }

    pub fn kernel<M: Machine>(machine: &mut M, step: Step<'_, '_>) -> Ran {
        const DATA: u32 = Divisor::Data as u32;
        const PADDED: u32 = Divisor::Padded as u32;

        pool(machine, step, |machine, channel, window| {
            let first = machine.sum();
            let sum = channel.fold(&window.spans, first, |sum, x| machine.accumulate(sum, x))?;
            let mut taps = 1;
            for ((axis, span), at) in window.axes.iter().zip(&window.spans).zip(window.at) {
                taps *= match window.tag {
                    DATA => span.to - span.from,
                    PADDED => axis.kernel.min(axis.input + 2 * axis.before - at * axis.stride),
                    _ => axis.kernel,
                };
            }
            let sum = machine.total(sum);
            Some(machine.div(sum, taps as f32))
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
        fn each_output_is_the_mean_of_its_window(
            window in Sliding::any(|kernel| kernel / 2),
            input in prop::array::uniform3(1usize..9),
            count_include_pad: bool,
        ) {
            let window = Sliding { dilation: [1, 1], ..window };
            let Some(shape) = window.output(input[0], &input) else { return Ok(()) };
            let x = Array::numbers(&input);
            let options = AvgPool2d::new(window.kernel)
                .stride(window.stride)
                .padding(window.padding)
                .ceil_mode(window.ceil)
                .count_include_pad(count_include_pad);
            let (y, cost) = layer(&x, |x| x.avg_pool2d(options));
            let kernel = window.kernel[0] * window.kernel[1];
            let outputs = shape.iter().product::<usize>();
            let mut adds = 0;
            let expected = Array::of(&shape, |index| {
                let data = window.taps([index[1], index[2]], &input);
                adds += data.len() - 1;
                let sum: f32 = data.iter().map(|(_, at)| x.at(&[index[0], at[0], at[1]])).sum();
                // The taps of a window on the input with its padding.
                let padded = |axis: usize| {
                    let from = index[axis + 1] * window.stride[axis];
                    (from..from + window.kernel[axis])
                        .filter(|&at| at < input[axis + 1] + 2 * window.padding[axis])
                        .count()
                };
                sum / if count_include_pad { padded(0) * padded(1) } else { data.len() } as f32
            });
            y.assert_close(&expected);
            let divisions = Census::ZERO.div(outputs as u64);
            prop_assert_eq!(cost.census, divisions.add((outputs * (kernel - 1)) as u64));
            prop_assert_eq!(cost.census_executed, divisions.add(adds as u64));
        }
    }

    #[test]
    fn it_goes_over_one_axis_or_three() {
        let x = Array::numbers(&[2, 9]);
        let (y, _) = layer(&x, |x| x.avg_pool1d(AvgPool1d::new(3).stride(2)));
        let mean = |c: usize, i: usize| (0..3).map(|k| x.at(&[c, 2 * i + k])).sum::<f32>() / 3.0;
        y.assert_close(&Array::of(&[2, 4], |index| mean(index[0], index[1])));

        let x = Array::numbers(&[2, 4, 3, 5]);
        let (y, _) = layer(&x, |x| x.avg_pool3d(AvgPool3d::new([2, 3, 1])));
        y.assert_close(&Array::of(&[2, 2, 1, 5], |index| {
            let taps = Array::of(&[2, 3], |tap| x.at(&[index[0], 2 * index[1] + tap[0], tap[1], index[3]]));
            taps.data.iter().sum::<f32>() / 6.0
        }));
    }

    #[test]
    fn padding_may_be_the_same_as_tensorflow_s() {
        let x = Array::numbers(&[1, 6]);
        let options = AvgPool1d::new(4).stride(2).padding(crate::base::per_axis::Same);
        let sum = |from: usize, to: usize| x.data[from..to].iter().sum::<f32>();
        let (y, _) = layer(&x, |x| x.avg_pool1d(options));
        y.assert_close(&Array {
            shape: y.shape.clone(),
            data: [sum(0, 3), sum(1, 5), sum(3, 6)].map(|sum| sum / 4.0).to_vec(),
        });
        let (y, _) = layer(&x, |x| x.avg_pool1d(options.count_include_pad(false)));
        let means = [sum(0, 3) / 3.0, sum(1, 5) / 4.0, sum(3, 6) / 3.0];
        y.assert_close(&Array { shape: y.shape.clone(), data: means.to_vec() });
    }

    #[test]
    #[should_panic(expected = "`avg_pool1d`: a padding of 1 is more than half its kernel of 1")]
    fn padding_is_at_most_half_the_kernel() {
        layer(&Array::numbers(&[1, 9]), |x| x.avg_pool1d(AvgPool1d::new(1).padding(1)));
    }
}
