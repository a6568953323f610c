//! The greatest element of each window.

use core::cell::Cell;

use crate::int8::quantization::{Activation, Quantization, clamp};
use crate::int8::windows::{Channelwise, Window, Windows};
use crate::kernel::step::Ran;

/// A maximum pool, whose input and output are quantized alike: TensorFlow Lite's `MAX_POOL_2D`.
#[derive(Clone, Copy)]
pub(crate) struct MaxPool {
    pub(super) windows: Windows,
    channels: u32,
    min: i8,
    max: i8,
}

impl MaxPool {
    pub const fn new(windows: Windows, channels: u32, output: Quantization, activation: Activation) -> Self {
        let (min, max) = output.clamp(activation);
        MaxPool { windows, channels, min, max }
    }

    pub const fn backward(self) -> Self {
        MaxPool { windows: self.windows.backward(), ..self }
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
    layer: &'a MaxPool,
    input: &'a [Cell<i8>],
}

impl Channelwise for Run<'_> {
    #[inline(always)]
    fn block<const N: usize>(&self, window: &Window, output: &[Cell<i8>; N], channel: usize) -> Ran {
        let MaxPool { windows, channels, min, max } = *self.layer;
        let mut greatest = [i8::MIN; N];
        windows.fold::<N>(window, self.input, channels as usize, channel, |inputs, _| {
            for (greatest, input) in greatest.iter_mut().zip(inputs) {
                *greatest = input.get().max(*greatest);
            }
            Some(())
        })?;
        for (&greatest, output) in greatest.iter().zip(output) {
            output.set(clamp(greatest as i32, min, max));
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::testing::{Vec, any_activation, any_pool, any_quantization, numbers};

    proptest! {
        #[test]
        fn each_output_is_the_greatest_element_of_its_window(
            windows in any_pool(), channels in 1usize..37, output in any_quantization(),
            activation in any_activation(), seed: u16,
        ) {
            let x = numbers(seed as u32, windows.inputs() * channels);
            let (min, max) = output.clamp(activation);
            let mut expected = Vec::new();
            for at in windows.positions() {
                let taps = windows.naive(at);
                for channel in 0..channels {
                    let elements = taps.iter().map(|(_, position)| x[position * channels + channel]);
                    expected.push(elements.max().unwrap().min(max).max(min));
                }
            }
            let pool = MaxPool::new(windows, channels as u32, output, activation);
            let y = windows.run(&x, [channels; 2], 1, |x, y| pool.run(x, y).unwrap());
            prop_assert_eq!(y, expected);
        }
    }
}
