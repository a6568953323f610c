//! A fully connected layer.

use core::cell::Cell;

use crate::int8::channels::{Channel, Channels, End, Product, pack, pack_live, pack_rows, words};
use crate::int8::column::{WIDE, dot, widen};
use crate::int8::quantization::{Activation, Quantization};
use crate::int8::windows::in_order;
use crate::kernel::step::{Ran, rows};
use crate::op::lag::Direction;

/// How the weights of a fully connected layer are quantized.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum WeightScales {
    /// One scale, and a zero point, for all.
    PerTensor { zero_point: i8 },
    /// A scale for each output.
    PerChannel,
}

/// The outputs that are computed at a time, so that an input is loaded once for all of them.
const ROWS: usize = 4;

/// Whether inputs are widened before they are multiplied, and how many at a time.
const WIDENS: bool = cfg!(any(target_arch = "x86_64", target_arch = "aarch64"));
const INPUTS: usize = 64;

/// A fully connected layer: TensorFlow Lite's `FULLY_CONNECTED`.
#[derive(Clone, Copy)]
pub(crate) struct Linear {
    in_features: u32,
    out_features: u32,
    pub(super) input_zero_point: i8,
    weights: WeightScales,
    pub(super) end: End,
    /// Whether a sum is rounded once when it is scaled, as in TensorFlow Lite's interpreter, or twice, as in its runtime
    /// for microcontrollers.
    pub(super) rounds_once: bool,
    /// Whether it goes over rows, and its output may lie in the memory of its input: see [`over_rows`](Self::over_rows).
    over_rows: bool,
    /// See [`without`](Self::without).
    dead: u32,
    /// The order of the rows.
    direction: Direction,
}

impl Linear {
    pub const fn new(
        in_features: u32,
        out_features: u32,
        input: Quantization,
        weights: WeightScales,
        output: Quantization,
        activation: Activation,
        rounds_once: bool,
    ) -> Self {
        let end = End::new(output, activation);
        let input_zero_point = input.zero_point;
        Linear {
            in_features,
            out_features,
            input_zero_point,
            weights,
            end,
            rounds_once,
            over_rows: false,
            dead: 0,
            direction: Direction::Forward,
        }
    }

    /// The same product with each row of an input, in whose memory the output may lie.
    pub const fn over_rows(self) -> Self {
        Linear { over_rows: true, ..self }
    }

    /// So many outputs are dead, and their weights, whose zero point is zero, are left out.
    pub const fn without(self, dead: u32) -> Self {
        Linear { dead, ..self }
    }

    pub const fn backward(self) -> Self {
        Linear { direction: Direction::Backward, ..self }
    }

    pub(super) const fn row(&self) -> usize {
        words(self.in_features as usize)
    }

    /// The rows of outputs that are not dead, one after the other.
    const fn matrix_bytes(&self) -> usize {
        (self.out_features - self.dead) as usize * self.row()
    }

    /// What [`pack`](Self::pack) writes.
    pub const fn weight_bytes(&self) -> usize {
        self.matrix_bytes() + Channels::bytes(self.out_features as usize)
    }

    /// A row of the input, if outputs may overwrite it.
    pub const fn scratch_bytes(&self) -> usize {
        if self.over_rows { self.in_features as usize } else { 0 }
    }

    /// Packs weights, `[out_features, in_features]`, with what belongs to them.
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
        let (matrix, table) = into.split_at_mut(self.matrix_bytes());
        let product = match self.weights {
            WeightScales::PerTensor { .. } => Product::Narrow,
            WeightScales::PerChannel => Product::Wide,
        };
        let (outputs, inputs) = (self.out_features as usize, self.in_features as usize);
        pack(outputs, bias, scales, input_scale, output_scale, product, table);
        if self.dead > 0 {
            pack_live(weights, outputs, inputs, self.rounds_once, matrix, table);
        } else {
            pack_rows(weights, inputs, matrix);
        }
    }

    /// Goes over the rows of the input. Outputs may lie in the memory of an input of several, from the same place on or
    /// before it.
    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>], scratch: &[Cell<i8>], weights: &[u8]) -> Ran {
        let (matrix, table) = weights.split_at_checked(self.matrix_bytes())?;
        let channels = Channels::read(table, self.out_features as usize)?;
        let inputs = in_order(input, self.in_features as usize, self.direction);
        for (mut input, output) in inputs.zip(in_order(output, self.out_features as usize, self.direction)) {
            if self.over_rows {
                let row = scratch.get(..input.len())?;
                for (copy, input) in row.iter().zip(input) {
                    copy.set(input.get());
                }
                input = row;
            }
            let offset = self.offset(input);
            #[cfg(dsp)]
            if offset == 0 {
                self.by_fours(input, matrix, channels, output)?;
                continue;
            }
            self.each(input, offset, matrix, channels, output)?;
        }
        Some(())
    }

    /// The first outputs from the first rows; gives the number of rows.
    pub(super) fn each(
        &self,
        input: &[Cell<i8>],
        offset: i32,
        matrix: &[u8],
        channels: Channels<'_>,
        outputs: &[Cell<i8>],
    ) -> Option<usize> {
        let outputs = || outputs.iter().zip(channels.iter());
        if self.dead > 0 {
            for (output, channel) in outputs().filter(|(_, channel)| channel.is_dead()) {
                output.set(self.end.finish(channel.bias));
            }
        }
        let live = || outputs().filter(|(_, channel)| !channel.is_dead());
        let (mut next, count) = (rows(matrix, self.row()).zip(live()), live().count());
        // Beside a loop in assembly, one for what that leaves is enough.
        let blocks = if cfg!(dsp) { 0 } else { count / ROWS };
        for _ in 0..blocks {
            self.multiply::<ROWS>(&mut next, input, offset)?;
        }
        for _ in ROWS * blocks..count {
            self.multiply::<1>(&mut next, input, offset)?;
        }
        Some(count)
    }

    /// What the zero point of the weights contributes to each sum.
    fn offset(&self, input: &[Cell<i8>]) -> i32 {
        match self.weights {
            WeightScales::PerChannel | WeightScales::PerTensor { zero_point: 0 } => 0,
            WeightScales::PerTensor { zero_point } => {
                let inputs = input.iter().map(|input| self.centred(input));
                inputs.fold(0, i32::wrapping_sub).wrapping_mul(zero_point as i32)
            }
        }
    }

    /// The dot products of rows of weights with the inputs, where vectors multiply what is widened.
    #[inline(always)]
    fn widened<const N: usize>(&self, mut rows: [&[u8]; N], input: &[Cell<i8>]) -> Option<[i32; N]> {
        let mut sums = [0i32; N];
        let mut rest = input;
        while !rest.is_empty() {
            let (inputs, after) = rest.split_at_checked(INPUTS).unwrap_or((rest, &[]));
            rest = after;
            let column = [const { [const { Cell::new(0) }; WIDE] }; INPUTS];
            widen(&mut &column[..], inputs, self.input_zero_point)?;
            for (sum, row) in sums.iter_mut().zip(&mut rows) {
                let (weights, after) = row.split_at_checked(inputs.len())?;
                *row = after;
                *sum = sum.wrapping_add(dot(weights, &column));
            }
        }
        Some(sums)
    }

    /// The same, where numbers are loaded one by one.
    #[inline(always)]
    fn direct<const N: usize>(&self, rows: [&[u8]; N], input: &[Cell<i8>]) -> Option<[i32; N]> {
        let mut rows = rows.map(|row| row.iter());
        let mut sums = [0i32; N];
        for input in input {
            let input = self.centred(input);
            for (sum, row) in sums.iter_mut().zip(&mut rows) {
                *sum = sum.wrapping_add(*row.next()? as i8 as i32 * input);
            }
        }
        Some(sums)
    }

    #[inline(always)]
    fn dots(&self, [a, b, c, d]: [&[u8]; ROWS], input: &[Cell<i8>]) -> [i32; ROWS] {
        let rows = a.iter().zip(b).zip(c).zip(d);
        input.iter().zip(rows).fold([0; ROWS], |[of_a, of_b, of_c, of_d], (input, (((&a, &b), &c), &d))| {
            let input = self.centred(input);
            [
                of_a.wrapping_add(a as i8 as i32 * input),
                of_b.wrapping_add(b as i8 as i32 * input),
                of_c.wrapping_add(c as i8 as i32 * input),
                of_d.wrapping_add(d as i8 as i32 * input),
            ]
        })
    }

    /// An input less its zero point.
    #[inline(always)]
    fn centred(&self, input: &Cell<i8>) -> i32 {
        input.get() as i32 - self.input_zero_point as i32
    }

    /// Computes the next `N` outputs.
    #[inline(never)]
    fn multiply<'a, const N: usize>(
        &self,
        next: &mut impl Iterator<Item = (&'a [u8], (&'a Cell<i8>, Channel))>,
        input: &[Cell<i8>],
        offset: i32,
    ) -> Ran {
        let none = Cell::new(0);
        let (mut rows, mut outputs, mut ends): ([&[u8]; N], _, _) = ([&[]; N], [&none; N], [Channel::NONE; N]);
        for ((row, output), end) in rows.iter_mut().zip(&mut outputs).zip(&mut ends) {
            (*row, (*output, *end)) = next.next()?;
        }
        let mut sums = [0; N];
        if WIDENS {
            sums = self.widened(rows, input)?;
        } else if let Some(&rows) = rows.first_chunk() {
            for (sum, of_row) in sums.iter_mut().zip(self.dots(rows, input)) {
                *sum = of_row;
            }
        } else {
            sums = self.direct(rows, input)?;
        }
        for ((sum, end), output) in sums.into_iter().zip(ends).zip(outputs) {
            let sum = sum.wrapping_add(offset).wrapping_add(end.bias);
            let multiplier = end.multiplier;
            let scaled = if self.rounds_once { multiplier.round_once(sum) } else { multiplier.round_twice(sum) };
            output.set(self.end.finish(scaled));
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
        Vec, any_activation, any_quantization, biases_and_scales, bytes, cells, finish, little_endian, numbers, prune,
        run, run_backward, scratch, values, vec,
    };

    proptest! {
        #[test]
        fn each_output_is_a_scaled_dot_product(
            rows in 1usize..4, in_features in 1usize..150, out_features in 1usize..20, per_channel: bool,
            zero_point: i8, rounds_once: bool, input in any_quantization(), output in any_quantization(),
            activation in any_activation(), seed: u16,
        ) {
            let kind = if per_channel { WeightScales::PerChannel } else { WeightScales::PerTensor { zero_point } };
            let linear = Linear::new(
                in_features as u32, out_features as u32, input, kind, output, activation, rounds_once,
            );
            let seed = seed as u32;
            let mut weights = numbers(seed, out_features * in_features);
            let means_zero = per_channel || zero_point == 0;
            let linear = linear.without(if means_zero { prune(&mut weights, out_features, seed) } else { 0 });
            let (biases, scales) = biases_and_scales(seed, out_features, if per_channel { out_features } else { 1 });
            let mut packed = vec![0xEE; linear.weight_bytes()];
            prop_assert_eq!(packed.len() % 4, 0);
            let bias_bytes = little_endian(&biases, i32::to_le_bytes);
            let scale_bytes = little_endian(&scales, f32::to_le_bytes);
            linear.pack(&bytes(&weights), &bias_bytes, &scale_bytes, input.scale, output.scale, &mut packed);

            let x = numbers(seed + 2, rows * in_features);
            let mut expected = Vec::new();
            for x in x.chunks(in_features) {
                for (i, weights) in weights.chunks(in_features).enumerate() {
                    let zero_point = if per_channel { 0 } else { zero_point as i32 };
                    let terms = x.iter().zip(weights);
                    let terms = terms.map(|(&x, &w)| (x as i32 - input.zero_point as i32) * (w as i32 - zero_point));
                    let sum = terms.sum::<i32>() + biases[i];
                    let multiplier = Multiplier::of(if per_channel {
                        input.scale as f64 * scales[i] as f64 / output.scale as f64
                    } else {
                        (input.scale * scales[0]) as f64 / output.scale as f64
                    });
                    let scaled = if rounds_once { multiplier.round_once(sum) } else { multiplier.round_twice(sum) };
                    expected.push(finish(scaled, output, activation));
                }
            }
            let y = cells(&vec![0x33; expected.len()]);
            linear.run(&cells(&x), &y, &[], &packed).unwrap();
            prop_assert_eq!(&values(&y), &expected);
            let lag = (1..rows).map(|row| (row * out_features).saturating_sub(row * in_features)).max().unwrap_or(0);
            let linear = linear.over_rows();
            let scratch = scratch(linear.scratch_bytes());
            let y = run(&x, expected.len(), lag, |x, y| linear.run(x, y, &scratch, &packed).unwrap());
            prop_assert_eq!(&y, &expected);
            let linear = linear.backward();
            let y = run_backward(&x, expected.len(), lag, 1, |x, y| linear.run(x, y, &scratch, &packed).unwrap());
            prop_assert_eq!(&y, &expected);
        }
    }
}
