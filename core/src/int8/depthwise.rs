//! Convolution of each channel with kernels of its own.

use core::array;
use core::cell::Cell;

use crate::int8::channels::{Channels, End, Product, fill, is_usual, make_usual, pack, pack_rows, words};
use crate::int8::quantization::{Activation, Quantization};
use crate::int8::windows::{Channelwise, Window, Windows};
use crate::kernel::step::{Ran, rows};

/// A depthwise convolution: TensorFlow Lite's `DEPTHWISE_CONV_2D`.
#[derive(Clone, Copy)]
pub(crate) struct Depthwise {
    pub(super) windows: Windows,
    in_channels: u32,
    /// The outputs of an input channel, which are next to each other.
    multiplier: u32,
    pub(super) input_zero_point: i8,
    pub(super) end: End,
    /// Whether the outputs of a weight come first in a file, `[out_channels, height, width]`: see
    /// [`of_groups`](Self::of_groups).
    outputs_first: bool,
}

impl Depthwise {
    pub const fn new(
        windows: Windows,
        in_channels: u32,
        multiplier: u32,
        input: Quantization,
        output: Quantization,
        activation: Activation,
    ) -> Self {
        let end = End::new(output, activation);
        Depthwise { windows, in_channels, multiplier, input_zero_point: input.zero_point, end, outputs_first: false }
    }

    /// A convolution with a group for each channel, whose weights lie in another order in a file.
    pub const fn of_groups(self) -> Self {
        Depthwise { outputs_first: true, ..self }
    }

    pub const fn backward(self) -> Self {
        Depthwise { windows: self.windows.backward(), ..self }
    }

    pub(super) const fn out_channels(&self) -> usize {
        self.in_channels as usize * self.multiplier as usize
    }

    const fn kernels(&self) -> usize {
        self.windows.taps() * self.out_channels()
    }

    /// What [`pack`](Self::pack) writes.
    pub const fn weight_bytes(&self) -> usize {
        words(self.kernels()) + Channels::bytes(self.out_channels())
    }

    /// The outputs of a window, where they are more than its channels: the first of them may overwrite the next
    /// channel's input.
    pub const fn scratch_bytes(&self) -> usize {
        if self.multiplier == 1 { 0 } else { self.out_channels() }
    }

    /// Packs weights, `[1, height, width, out_channels]`, with what belongs to them.
    ///
    /// # Panics
    /// If the lengths do not fit.
    pub const fn pack(
        &self,
        weights: &[u8],
        bias: &[u8],
        scales: &[u8],
        input_scale: f32,
        output_scale: f32,
        into: &mut [u8],
    ) {
        let (kernels, table) = into.split_at_mut(words(self.kernels()));
        if self.outputs_first {
            self.pack_columns(weights, kernels);
        } else {
            pack_rows(weights, self.kernels(), kernels);
        }
        pack(self.out_channels(), bias, scales, input_scale, output_scale, Product::Wide, table);
        let (outputs, mut channel) = (self.out_channels(), 0);
        while channel < outputs {
            if !is_usual(table, outputs, channel) {
                let mut at = channel;
                while at < self.kernels() && kernels[at] == 0 {
                    at += outputs;
                }
                if at >= self.kernels() {
                    make_usual(table, outputs, channel);
                }
            }
            channel += 1;
        }
    }

    /// Packs weights whose outputs come first.
    const fn pack_columns(&self, weights: &[u8], kernels: &mut [u8]) {
        fill(kernels);
        let (taps, outputs) = (self.windows.taps(), self.out_channels());
        let mut at = 0;
        while at < taps * outputs {
            kernels[at % taps * outputs + at / taps] = weights[at];
            at += 1;
        }
    }

    /// Writes an output after the inputs of its window were read: it may lie in the input's memory.
    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>], scratch: &[Cell<i8>], weights: &[u8]) -> Ran {
        let (kernels, table) = weights.split_at_checked(words(self.kernels()))?;
        let channels = Channels::read(table, self.out_channels())?;
        let run = Run { layer: self, input, kernels, channels };
        #[cfg(dsp)]
        if self.multiplier == 1 {
            return run.windows(output);
        }
        for (window, output) in self.windows.iter().zip(self.windows.outputs(output, self.out_channels())) {
            if self.multiplier == 1 {
                run.window(&window, output)?;
            } else {
                run.multiple(&window, scratch.get(..self.out_channels())?)?;
                for (result, output) in scratch.iter().zip(output) {
                    output.set(result.get());
                }
            }
        }
        Some(())
    }
}

/// What the outputs of every window are computed from.
pub(super) struct Run<'a> {
    pub layer: &'a Depthwise,
    pub input: &'a [Cell<i8>],
    pub kernels: &'a [u8],
    pub channels: Channels<'a>,
}

impl Channelwise for Run<'_> {
    #[inline(always)]
    fn block<const N: usize>(&self, window: &Window, output: &[Cell<i8>; N], channel: usize) -> Ran {
        self.outputs(window, output, [channel, channel])
    }
}

impl Run<'_> {
    /// The outputs of a window that has several for each channel.
    #[inline(never)]
    fn multiple(&self, window: &Window, output: &[Cell<i8>]) -> Ran {
        let mut to = 0;
        for (from, outputs) in rows(output, self.layer.multiplier as usize).enumerate() {
            for output in outputs {
                self.outputs(window, array::from_ref(output), [from, to])?;
                to += 1;
            }
        }
        Some(())
    }

    /// Adjacent outputs of a window, from one channel to another.
    #[inline(always)]
    fn outputs<const N: usize>(&self, window: &Window, output: &[Cell<i8>; N], [from, to]: [usize; 2]) -> Ran {
        let layer = self.layer;
        let out_channels = layer.out_channels();
        let mut sums = [0i32; N];
        layer.windows.fold::<N>(window, self.input, layer.in_channels as usize, from, |inputs, tap| {
            let weights = self.kernels.get(tap * out_channels + to..)?.first_chunk::<N>()?;
            for ((sum, input), &weight) in sums.iter_mut().zip(inputs).zip(weights) {
                let input = input.get() as i32 - layer.input_zero_point as i32;
                *sum = sum.wrapping_add(input * weight as i8 as i32);
            }
            Some(())
        })?;
        for ((sum, output), channel) in sums.iter().zip(output).zip(self.channels.from(to)?.iter()) {
            output.set(layer.end.finish(channel.multiplier.round_twice(sum.wrapping_add(channel.bias))));
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::fixed::Multiplier;
    use crate::int8::testing::{
        Vec, any_activation, any_quantization, any_windows, biases_and_scales, bytes, finish, little_endian, numbers,
        scratch, vec,
    };

    proptest! {
        #[test]
        fn each_output_is_the_scaled_sum_of_its_channel_s_window(
            windows in any_windows(), in_channels in 1usize..37, multiplier in 1usize..4,
            input in any_quantization(), output in any_quantization(), activation in any_activation(), seed: u16,
            without in (0usize..99, prop::sample::select(vec![1e-12f32, 1e-6, 1.0, 1e3, 1e5])),
        ) {
            let out_channels = in_channels * multiplier;
            let depthwise =
                Depthwise::new(windows, in_channels as u32, multiplier as u32, input, output, activation);
            let seed = seed as u32;
            let mut weights = numbers(seed, windows.taps() * out_channels);
            let (biases, mut scales) = biases_and_scales(seed + 1, out_channels, out_channels);
            // One channel has no weights, and any scale.
            let (zero, scale) = without;
            weights.iter_mut().skip(zero % out_channels).step_by(out_channels).for_each(|weight| *weight = 0);
            scales[zero % out_channels] *= scale;
            // As those of a convolution lie: the outputs first.
            let taps = windows.taps();
            let outputs_first = |at: usize| weights[at % taps * out_channels + at / taps];
            let mut packed = vec![0xEE; depthwise.weight_bytes()];
            prop_assert_eq!(packed.len() % 4, 0);
            let bias_bytes = little_endian(&biases, i32::to_le_bytes);
            let scale_bytes = little_endian(&scales, f32::to_le_bytes);
            depthwise.pack(&bytes(&weights), &bias_bytes, &scale_bytes, input.scale, output.scale, &mut packed);
            let in_columns: Vec<i8> = (0..weights.len()).map(outputs_first).collect();
            let (of_groups, mut again) = (depthwise.of_groups(), vec![0xEE; packed.len()]);
            of_groups.pack(&bytes(&in_columns), &bias_bytes, &scale_bytes, input.scale, output.scale, &mut again);
            prop_assert_eq!(&again, &packed);

            let x = numbers(seed + 2, windows.inputs() * in_channels);
            let mut expected = Vec::new();
            for at in windows.positions() {
                for channel in 0..out_channels {
                    let mut sum = biases[channel];
                    for (tap, position) in windows.naive(at) {
                        let x = x[position * in_channels + channel / multiplier] as i32 - input.zero_point as i32;
                        sum += x * weights[tap * out_channels + channel] as i32;
                    }
                    let scale = input.scale as f64 * scales[channel] as f64 / output.scale as f64;
                    expected.push(finish(Multiplier::of(scale).round_twice(sum), output, activation));
                }
            }
            let y = windows.run(&x, [in_channels, out_channels], 1, |x, y| {
                depthwise.run(x, y, &scratch(depthwise.scratch_bytes()), &packed).unwrap();
            });
            prop_assert_eq!(y, expected);
        }
    }
}
