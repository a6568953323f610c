//! The mean of each window.

use core::cell::Cell;

use crate::int8::quantization::{Activation, Quantization, clamp};
use crate::int8::windows::{Channelwise, Window, Windows};
use crate::kernel::step::Ran;

/// An average pool, whose input and output are quantized alike: TensorFlow Lite's `AVERAGE_POOL_2D`.
#[derive(Clone, Copy)]
pub(crate) struct AvgPool {
    pub(super) windows: Windows,
    channels: u32,
    min: i8,
    max: i8,
}

impl AvgPool {
    pub const fn new(windows: Windows, channels: u32, output: Quantization, activation: Activation) -> Self {
        let (min, max) = output.clamp(activation);
        AvgPool { windows, channels, min, max }
    }

    pub const fn backward(self) -> Self {
        AvgPool { windows: self.windows.backward(), ..self }
    }

    /// The mean of so many elements, rounded half away from zero.
    #[inline(always)]
    pub fn mean(&self, sum: i32, count: i32) -> Option<i8> {
        let sum = if sum > 0 { sum.wrapping_add(count / 2) } else { sum.wrapping_sub(count / 2) };
        Some(clamp(sum.checked_div(count)?, self.min, self.max))
    }

    /// Writes an output after the inputs of its window were read: it may lie in the input's memory.
    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>]) -> Ran {
        let run = Run { layer: self, input };
        for (window, output) in self.windows.iter().zip(self.windows.outputs(output, self.channels as usize)) {
            run.window(&window, output)?;
        }
        Some(())
    }
}

struct Run<'a> {
    layer: &'a AvgPool,
    input: &'a [Cell<i8>],
}

impl Channelwise for Run<'_> {
    #[inline(always)]
    fn block<const N: usize>(&self, window: &Window, output: &[Cell<i8>; N], channel: usize) -> Ran {
        let Window { y, x } = window;
        let count = (y.to - y.from).wrapping_mul(x.to - x.from) as i32;
        for (&sum, output) in self.sums::<N>(window, channel)?.iter().zip(output) {
            output.set(self.layer.mean(sum, count)?);
        }
        Some(())
    }
}

impl Run<'_> {
    #[inline(always)]
    fn sums<const N: usize>(&self, window: &Window, channel: usize) -> Option<[i32; N]> {
        let AvgPool { windows, channels, .. } = self.layer;
        #[cfg(dsp)]
        if let Some(sums) = crate::int8::dsp::pool::sums(windows, window, self.input, *channels as usize, channel) {
            return Some(sums);
        }
        let mut sums = [0i32; N];
        windows.fold::<N>(window, self.input, *channels as usize, channel, |inputs, _| {
            for (sum, input) in sums.iter_mut().zip(inputs) {
                *sum = sum.wrapping_add(input.get() as i32);
            }
            Some(())
        })?;
        Some(sums)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::testing::{Vec, any_activation, any_pool, any_quantization, numbers};

    proptest! {
        #[test]
        fn each_output_is_the_mean_of_its_window_on_data(
            windows in any_pool(), channels in 1usize..37, output in any_quantization(),
            activation in any_activation(), seed: u16,
        ) {
            let x = numbers(seed as u32, windows.inputs() * channels);
            let (min, max) = output.clamp(activation);
            let mut expected = Vec::new();
            for at in windows.positions() {
                let taps = windows.naive(at);
                for channel in 0..channels {
                    let sum: i64 = taps.iter().map(|(_, position)| x[position * channels + channel] as i64).sum();
                    let mean = libm::round(sum as f64 / taps.len() as f64);
                    expected.push(mean.min(max as f64).max(min as f64) as i8);
                }
            }
            let pool = AvgPool::new(windows, channels as u32, output, activation);
            let y = windows.run(&x, [channels; 2], 1, |x, y| pool.run(x, y).unwrap());
            prop_assert_eq!(y, expected);
        }
    }
}
