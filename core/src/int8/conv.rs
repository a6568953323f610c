//! Convolution with weights over all channels, or over those of a group.

use crate::int8::channels::{Channels, End, Product, fill, pack, pack_live, pack_rows, words};
use crate::int8::column::WIDE;
use crate::int8::quantization::{Activation, Quantization};
use crate::int8::windows::Windows;

/// The windows that are widened before any output is written, so that a weight is loaded once for all of them.
pub(super) const COLUMNS: usize = 4;

/// A convolution: TensorFlow Lite's `CONV_2D`.
///
/// Packed, each row of a kernel is filled to whole words, and so are the rows of a window in scratch memory.
#[derive(Clone, Copy)]
pub(crate) struct Conv {
    pub(super) windows: Windows,
    pub(super) groups: u32,
    pub(super) in_per_group: u32,
    pub(super) out_per_group: u32,
    pub(super) input_zero_point: i8,
    pub(super) end: End,
    /// Whether the outputs of a weight come last in a file, `[height, width, out_channels]`: see
    /// [`of_depthwise`](Self::of_depthwise).
    outputs_last: bool,
    /// See [`without`](Self::without).
    pub(super) dead: u32,
}

impl Conv {
    /// Channels are those of all groups.
    pub const fn new(
        windows: Windows,
        groups: u32,
        in_channels: u32,
        out_channels: u32,
        input: Quantization,
        output: Quantization,
        activation: Activation,
    ) -> Self {
        Conv {
            windows,
            groups,
            in_per_group: in_channels / groups,
            out_per_group: out_channels / groups,
            input_zero_point: input.zero_point,
            end: End::new(output, activation),
            outputs_last: false,
            dead: 0,
        }
    }

    /// So many channels are dead, and their weights are left out.
    pub const fn without(self, dead: u32) -> Self {
        Conv { dead, ..self }
    }

    /// A depthwise convolution of one channel, which is a convolution whose weights lie in another order in a file.
    pub const fn of_depthwise(self) -> Self {
        Conv { outputs_last: true, ..self }
    }

    pub const fn backward(self) -> Self {
        Conv { windows: self.windows.backward(), ..self }
    }

    pub(super) const fn out_channels(&self) -> usize {
        self.groups as usize * self.out_per_group as usize
    }

    /// The weights of a row of a kernel.
    pub(super) const fn row(&self) -> usize {
        self.windows.x.kernel as usize * self.in_per_group as usize
    }

    /// The packed weights of a kernel, which are as many as the inputs of a column.
    pub(super) const fn kernel(&self) -> usize {
        self.windows.y.kernel as usize * words(self.row())
    }

    /// The kernels of channels that are not dead, one after the other.
    pub(super) const fn kernel_bytes(&self) -> usize {
        (self.out_channels() - self.dead as usize) * self.kernel()
    }

    /// What [`pack`](Self::pack) writes.
    pub const fn weight_bytes(&self) -> usize {
        self.kernel_bytes() + Channels::bytes(self.out_channels())
    }

    /// The columns of all groups: the outputs of one group may overwrite the inputs of another.
    pub const fn scratch_bytes(&self) -> usize {
        COLUMNS * WIDE * self.groups as usize * self.kernel()
    }

    /// Packs weights, `[out_channels, height, width, in_channels / groups]`, with what belongs to them.
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
        let (kernels, table) = into.split_at_mut(self.kernel_bytes());
        pack(self.out_channels(), bias, scales, input_scale, output_scale, Product::Wide, table);
        if self.outputs_last {
            self.pack_columns(weights, kernels);
        } else if self.dead > 0 {
            pack_live(weights, self.out_channels(), self.row(), false, kernels, table);
        } else {
            pack_rows(weights, self.row(), kernels);
        }
    }

    /// Packs weights whose outputs come last.
    const fn pack_columns(&self, weights: &[u8], kernels: &mut [u8]) {
        fill(kernels);
        let (taps, outputs) = (self.windows.taps(), self.out_channels());
        let mut tap = 0;
        while tap < taps {
            let mut at = tap / self.row() * words(self.row()) + tap % self.row();
            let mut output = 0;
            while output < outputs {
                kernels[at] = weights[tap * outputs + output];
                at += self.kernel();
                output += 1;
            }
            tap += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::fixed::Multiplier;
    use crate::int8::testing::*;

    proptest! {
        #[test]
        fn each_output_is_the_scaled_sum_of_its_window(
            windows in any_windows(), groups in 1usize..4, in_per_group in 1usize..6, out_per_group in 1usize..4,
            input in any_quantization(), output in any_quantization(), activation in any_activation(), seed: u16,
        ) {
            let (in_channels, out_channels) = (groups * in_per_group, groups * out_per_group);
            let conv = Conv::new(
                windows, groups as u32, in_channels as u32, out_channels as u32, input, output, activation,
            );
            let seed = seed as u32;
            let kernel = windows.taps() * in_per_group;
            let mut weights = numbers(seed, out_channels * kernel);
            let conv = conv.without(prune(&mut weights, out_channels, seed));
            let (biases, scales) = biases_and_scales(seed + 1, out_channels, out_channels);
            let mut packed = vec![0xEE; conv.weight_bytes()];
            prop_assert_eq!(packed.len() % 4, 0);
            let (bias_bytes, scale_bytes) = (little_endian(&biases, i32::to_le_bytes), little_endian(&scales, f32::to_le_bytes));
            conv.pack(&bytes(&weights), &bias_bytes, &scale_bytes, input.scale, output.scale, &mut packed);

            let x = numbers(seed + 2, windows.inputs() * in_channels);
            let mut expected = Vec::new();
            for at in windows.positions() {
                for channel in 0..out_channels {
                    let first = channel / out_per_group * in_per_group;
                    let mut sum = biases[channel];
                    for (tap, position) in windows.naive(at) {
                        for i in 0..in_per_group {
                            let x = x[position * in_channels + first + i] as i32 - input.zero_point as i32;
                            sum += x * weights[channel * kernel + tap * in_per_group + i] as i32;
                        }
                    }
                    let scale = input.scale as f64 * scales[channel] as f64 / output.scale as f64;
                    expected.push(finish(Multiplier::of(scale).round_twice(sum), output, activation));
                }
            }
            let y = windows.run(&x, [in_channels, out_channels], COLUMNS, |x, y| {
                conv.run(x, y, &scratch(conv.scratch_bytes()), &packed).unwrap();
            });
            prop_assert_eq!(y, expected);
        }
    }

    #[test]
    fn a_depthwise_convolution_of_one_channel_has_its_outputs_last() {
        let axis = |kernel| crate::op::axis::Axis { input: 5, output: 3, kernel, stride: 1, dilation: 1, before: 0 };
        let quantization = Quantization { scale: 1.0, zero_point: 0 };
        let windows = Windows::new(axis(2), axis(3));
        let conv = Conv::new(windows, 1, 1, 5, quantization, quantization, Activation::None);
        let weights = bytes(&numbers(6, 30));
        let outputs_last: Vec<u8> = (0..30).map(|at| weights[at % 5 * 6 + at / 5]).collect();
        let scale = 1f32.to_le_bytes();
        let [mut packed, mut expected] = [vec![0xEE; conv.weight_bytes()], vec![0xEE; conv.weight_bytes()]];
        conv.pack(&weights, &[], &scale, 1.0, 1.0, &mut expected);
        conv.of_depthwise().pack(&outputs_last, &[], &scale, 1.0, 1.0, &mut packed);
        assert_eq!(packed, expected);
    }

    #[test]
    fn short_slices_end_the_run() {
        let axis = crate::op::axis::Axis { input: 5, output: 3, kernel: 3, stride: 1, dilation: 1, before: 0 };
        let quantization = Quantization { scale: 1.0, zero_point: 0 };
        let windows = Windows::new(axis, axis);
        let conv = Conv::new(windows, 1, 3, 5, quantization, quantization, Activation::None);
        let (x, y, scratch) = (cells(&[1; 75]), cells(&[1; 45]), scratch(conv.scratch_bytes()));
        let weights = vec![1; conv.weight_bytes()];
        assert_eq!(conv.run(&x, &y, &scratch, &weights), Some(()));
        assert_eq!(conv.run(&x[1..], &y, &scratch, &weights), None);
        assert_eq!(conv.run(&x, &y[1..], &scratch, &weights), None);
        assert_eq!(conv.run(&x, &y, &scratch[32..], &weights), None);
        assert_eq!(conv.run(&x, &y, &scratch, &weights[8..]), None);
    }
}
