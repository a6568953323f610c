//! How the sums of a layer with weights become its outputs: the table of a bias, a multiplier and a shift for each
//! channel, after the weights in what the layer is given.

#[cfg(dsp)]
use core::cell::Cell;

use crate::int8::fixed::Multiplier;
use crate::int8::quantization::{Activation, Quantization, clamp};

/// What is the same for every output: the zero point, and the range that the activation leaves.
#[derive(Clone, Copy)]
pub(crate) struct End {
    pub zero_point: i8,
    min: i8,
    max: i8,
}

impl End {
    pub const fn new(output: Quantization, activation: Activation) -> Self {
        let (min, max) = output.clamp(activation);
        End { zero_point: output.zero_point, min, max }
    }

    /// The output, from a number at the output's scale.
    #[inline(always)]
    pub const fn finish(&self, scaled: i32) -> i8 {
        clamp(scaled.wrapping_add(self.zero_point as i32), self.min, self.max)
    }

    /// Limits numbers of 8 bits, the first so many of rows that begin `stride` apart.
    #[cfg(dsp)]
    pub fn limit(&self, outputs: &[Cell<i8>], stride: usize, count: usize) {
        if (self.min, self.max) == (i8::MIN, i8::MAX) {
            return;
        }
        let mut outputs = outputs;
        while !outputs.is_empty() {
            for output in outputs.iter().take(count) {
                output.set(clamp(output.get() as i32, self.min, self.max));
            }
            outputs = outputs.get(stride..).unwrap_or(&[]);
        }
    }
}

/// What is added to a channel's sum, and what the result is multiplied by.
#[derive(Clone, Copy)]
pub(crate) struct Channel {
    pub bias: i32,
    pub multiplier: Multiplier,
}

impl Channel {
    /// Whether it is dead: it has no weights, and in place of the bias what its output is before the zero point is added.
    #[inline(always)]
    pub fn is_dead(&self) -> bool {
        self.multiplier.value == Multiplier::CONSTANT.value
    }

    pub const NONE: Channel = Channel { bias: 0, multiplier: Multiplier { value: 0, shift: 0 } };
}

/// The table, as a kernel reads it: all biases, all multipliers, all shifts, and zeros to a whole word.
#[derive(Clone, Copy)]
pub(crate) struct Channels<'a> {
    pub biases: &'a [[u8; 4]],
    pub multipliers: &'a [[u8; 4]],
    pub shifts: &'a [u8],
}

impl<'a> Channels<'a> {
    /// The bytes of a table.
    pub const fn bytes(channels: usize) -> usize {
        8 * channels + words(channels)
    }

    /// Reads the table of so many channels.
    #[inline(always)]
    pub fn read(table: &'a [u8], channels: usize) -> Option<Self> {
        let (numbers, shifts) = table.split_at_checked(8 * channels)?;
        let (biases, multipliers) = numbers.as_chunks().0.split_at_checked(channels)?;
        Some(Channels { biases, multipliers, shifts: shifts.get(..channels)? })
    }

    /// The channels one by one.
    #[inline(always)]
    pub fn iter(self) -> impl Iterator<Item = Channel> + 'a {
        self.biases.iter().zip(self.multipliers).zip(self.shifts).map(|((&bias, &value), &shift)| Channel {
            bias: i32::from_le_bytes(bias),
            multiplier: Multiplier { value: i32::from_le_bytes(value), shift: shift as i8 },
        })
    }

    /// So many of the first channels.
    #[cfg(dsp)]
    #[inline(always)]
    pub fn first(self, count: usize) -> Option<Self> {
        Some(Channels {
            biases: self.biases.get(..count)?,
            multipliers: self.multipliers.get(..count)?,
            shifts: self.shifts.get(..count)?,
        })
    }

    /// The channels from one on.
    #[inline(always)]
    pub fn from(self, channel: usize) -> Option<Self> {
        Some(Channels {
            biases: self.biases.get(channel..)?,
            multipliers: self.multipliers.get(channel..)?,
            shifts: self.shifts.get(channel..)?,
        })
    }
}

/// So many bytes, filled to whole words.
pub(crate) const fn words(bytes: usize) -> usize {
    bytes.next_multiple_of(4)
}

/// How the scales of the input, the weights and the output are combined.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Product {
    /// In 64 bits.
    Wide,
    /// The first two in 32 bits.
    Narrow,
}

/// Writes the table. The biases may be left out; the scales of weights are one for all, or one for each channel.
///
/// # Panics
/// If the lengths do not fit.
pub(crate) const fn pack(
    channels: usize,
    bias: &[u8],
    scales: &[u8],
    input_scale: f32,
    output_scale: f32,
    product: Product,
    table: &mut [u8],
) {
    let (biases, table) = table.split_at_mut(4 * channels);
    let (multipliers, shifts) = table.split_at_mut(4 * channels);
    if bias.is_empty() {
        fill(biases);
    } else {
        biases.copy_from_slice(bias);
    }
    let (scales, _) = scales.as_chunks::<4>();
    let (multipliers, _) = multipliers.as_chunks_mut::<4>();
    let mut multiplier = Multiplier { value: 0, shift: 0 };
    let mut channel = 0;
    while channel < channels {
        if channel < scales.len() {
            let scale = f32::from_le_bytes(scales[channel]);
            let scale = match product {
                Product::Wide => input_scale as f64 * scale as f64,
                Product::Narrow => (input_scale * scale) as f64,
            };
            multiplier = Multiplier::of(scale / output_scale as f64);
        }
        multipliers[channel] = multiplier.value.to_le_bytes();
        shifts[channel] = multiplier.shift as u8;
        channel += 1;
    }
    fill(shifts.split_at_mut(channels).1);
}

/// Whether the multiplier of a channel in a table is from one half down to that of so many more shifts to the right as
/// kernels of some cores scale by.
pub(crate) const fn is_usual(table: &[u8], channels: usize, channel: usize) -> bool {
    const USUAL: [i8; 2] = [-23, -1];
    let shift = table[8 * channels + channel] as i8;
    USUAL[0] <= shift && shift <= USUAL[1]
}

/// Gives a channel without weights, whose scale may be anything, numbers that are usual and come to the same output: one
/// half of one half of four times what its bias is scaled to.
pub(crate) const fn make_usual(table: &mut [u8], channels: usize, channel: usize) {
    // No output is further from zero, with any zero point.
    const MOST: i32 = 512;
    let (biases, table) = table.split_at_mut(4 * channels);
    let (multipliers, shifts) = table.split_at_mut(4 * channels);
    let ((biases, _), (multipliers, _)) = (biases.as_chunks_mut::<4>(), multipliers.as_chunks_mut::<4>());
    let (bias, value) = (i32::from_le_bytes(biases[channel]), i32::from_le_bytes(multipliers[channel]));
    let scaled = Multiplier { value, shift: shifts[channel] as i8 }.round_twice(bias);
    let scaled = if scaled > MOST { MOST } else { scaled };
    let scaled = if scaled < -MOST { -MOST } else { scaled };
    biases[channel] = (4 * scaled).to_le_bytes();
    multipliers[channel] = (1i32 << 30).to_le_bytes();
    shifts[channel] = -1i8 as u8;
}

/// How many channels are dead: all of their weights are zero, so that their outputs are constant.
pub(crate) const fn count_dead(weights: &[u8], channels: usize) -> usize {
    let (mut at, mut dead) = (0, 0);
    if channels > 0 && weights.len() >= channels {
        let len = weights.len() / channels;
        while at + len <= weights.len() {
            // Most channels end here, which takes the const interpreter no call.
            if weights[at] == 0 && is_zero(weights.split_at(at + len).0.split_at(at).1) {
                dead += 1;
            }
            at += len;
        }
    }
    dead
}

/// Writes the kernels of channels that are not dead, each of rows that are filled to whole words; into the table, in place
/// of the bias of one that is, what its output is before the zero point is added.
///
/// # Panics
/// If the lengths do not fit.
pub(crate) const fn pack_live(
    weights: &[u8],
    channels: usize,
    row: usize,
    rounds_once: bool,
    kernels: &mut [u8],
    table: &mut [u8],
) {
    let (biases, table) = table.split_at_mut(4 * channels);
    let (multipliers, shifts) = table.split_at_mut(4 * channels);
    let ((biases, _), (multipliers, _)) = (biases.as_chunks_mut::<4>(), multipliers.as_chunks_mut::<4>());
    let len = weights.len() / channels;
    let (mut rest, mut into, mut channel) = (weights, kernels, 0);
    while channel < channels {
        let (kernel, after) = rest.split_at(len);
        if is_zero(kernel) {
            let (bias, value) = (i32::from_le_bytes(biases[channel]), i32::from_le_bytes(multipliers[channel]));
            let multiplier = Multiplier { value, shift: shifts[channel] as i8 };
            let scaled = if rounds_once { multiplier.round_once(bias) } else { multiplier.round_twice(bias) };
            let Multiplier { value, shift } = Multiplier::CONSTANT;
            biases[channel] = scaled.to_le_bytes();
            multipliers[channel] = value.to_le_bytes();
            shifts[channel] = shift as u8;
        } else {
            let (packed, rest_of_into) = into.split_at_mut(len / row * words(row));
            pack_rows(kernel, row, packed);
            into = rest_of_into;
        }
        (rest, channel) = (after, channel + 1);
    }
}

/// Whether all bytes are zero.
const fn is_zero(bytes: &[u8]) -> bool {
    // A pattern, which takes the const interpreter no call.
    let mut rest = bytes;
    while let [0, 0, 0, 0, 0, 0, 0, 0, after @ ..] = rest {
        rest = after;
    }
    while let [0, after @ ..] = rest {
        rest = after;
    }
    rest.is_empty()
}

/// Writes the rows of a matrix, each filled with zeros to whole words.
///
/// # Panics
/// If the lengths do not fit.
pub(crate) const fn pack_rows(rows: &[u8], len: usize, into: &mut [u8]) {
    if len == words(len) {
        into.copy_from_slice(rows);
        return;
    }
    let (mut rows, mut into) = (rows, into);
    while !rows.is_empty() {
        let (row, rest) = rows.split_at(len);
        let (packed, rest_of_into) = into.split_at_mut(words(len));
        let (values, padding) = packed.split_at_mut(len);
        values.copy_from_slice(row);
        fill(padding);
        (rows, into) = (rest, rest_of_into);
    }
}

/// Writes zeros.
pub(crate) const fn fill(bytes: &mut [u8]) {
    let mut at = 0;
    while at < bytes.len() {
        bytes[at] = 0;
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::int8::testing::{Vec, little_endian, vec};

    #[test]
    fn a_table_is_read_as_it_was_packed() {
        let biases = [1, -2, i32::MIN];
        let scales = [0.5f32, 0.25, 3.0];
        for (bias, expected) in [(&biases[..], biases), (&[], [0; 3])] {
            for scales in [&scales[..], &scales[..1]] {
                let mut table = vec![0xEE; Channels::bytes(3)];
                let (bias, bytes) = (little_endian(bias, i32::to_le_bytes), little_endian(scales, f32::to_le_bytes));
                pack(3, &bias, &bytes, 0.1, 0.7, Product::Wide, &mut table);
                let channels: Vec<_> = Channels::read(&table, 3).unwrap().iter().collect();
                assert_eq!(channels.iter().map(|channel| channel.bias).collect::<Vec<_>>(), expected);
                for (i, channel) in channels.iter().enumerate() {
                    let scale = scales[i.min(scales.len() - 1)];
                    assert_eq!(channel.multiplier, Multiplier::of(0.1f32 as f64 * scale as f64 / 0.7f32 as f64));
                }
                assert_eq!(table[27..], [0]);
            }
        }
    }

    #[test]
    fn rows_are_filled_to_words() {
        let mut packed = [9; 8];
        pack_rows(&[1, 2, 3, 4, 5, 6], 3, &mut packed);
        assert_eq!(packed, [1, 2, 3, 0, 4, 5, 6, 0]);
        pack_rows(&[8, 7, 6, 5, 4, 3, 2, 1], 4, &mut packed);
        assert_eq!(packed, [8, 7, 6, 5, 4, 3, 2, 1]);
    }
}
