//! Softmax along the last axis.

use core::cell::Cell;

use crate::int8::fixed::{Multiplier, divide_by_power, exp_of_negative, high_product, radius, reciprocal, rescale};
use crate::int8::quantization::{Quantization, saturate};
use crate::kernel::step::rows;

/// The integer bits of the differences from the greatest input, and of the sum of their exponentials.
const DIFFERENCE_BITS: u32 = 5;
const SUM_BITS: u32 = 12;

/// A softmax along the last axis: TensorFlow Lite's `SOFTMAX`. The output has a scale of 1/256 and a zero point of −128.
#[derive(Clone, Copy)]
pub(crate) struct Softmax {
    row: u32,
    multiplier: Multiplier,
    /// Inputs that are less than the greatest by more do not count.
    radius: i32,
}

impl Softmax {
    /// Inputs are multiplied by `beta`.
    pub const fn new(row: u32, beta: f32, input: Quantization) -> Self {
        let scale = beta as f64 * input.scale as f64 * (1u64 << (31 - DIFFERENCE_BITS)) as f64;
        let greatest = (1u64 << 31) as f64 - 1.0;
        let multiplier = Multiplier::of(if scale < greatest { scale } else { greatest });
        Softmax { row, multiplier, radius: radius(DIFFERENCE_BITS, multiplier.shift) }
    }

    /// The exponential of an input's difference from the greatest, without integer bits.
    #[inline(never)]
    fn exp(&self, input: i8, greatest: i8) -> Option<i32> {
        let difference = input as i32 - greatest as i32;
        (difference >= -self.radius).then(|| exp_of_negative(self.multiplier.round_twice(difference), DIFFERENCE_BITS))
    }

    /// Writes an element after its row was read; the output may be the input's memory.
    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>]) {
        let row = self.row as usize;
        for (input, output) in rows(input, row).zip(rows(output, row)) {
            let greatest = input.iter().fold(i8::MIN, |greatest, x| greatest.max(x.get()));
            let exps = input.iter().filter_map(|x| self.exp(x.get(), greatest));
            let sum = exps.fold(0i32, |sum, exp| sum.wrapping_add(rescale(exp, 0, SUM_BITS)));
            let (factor, above_one) = reciprocal(sum, SUM_BITS);
            for (input, output) in input.iter().zip(output) {
                output.set(match self.exp(input.get(), greatest) {
                    Some(exp) => saturate(divide_by_power(high_product(factor, exp), above_one + 23) - 128),
                    None => i8::MIN,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::testing::{Vec, any_quantization, numbers, run};

    proptest! {
        #[test]
        fn each_row_is_within_a_unit_of_the_exact_one(
            rows in 1usize..4, row in 1usize..40, beta in 0.5f32..2.0, input in any_quantization(), seed: u16,
        ) {
            let x = numbers(seed as u32, rows * row);
            let softmax = Softmax::new(row as u32, beta, input);
            let y = run(&x, x.len(), 0, |x, y| softmax.run(x, y));
            for (x, y) in x.chunks(row).zip(y.chunks(row)) {
                let exps: Vec<_> = x.iter().map(|&x| libm::exp((beta * input.scale * x as f32) as f64)).collect();
                let sum: f64 = exps.iter().sum();
                for (exp, &y) in exps.iter().zip(y) {
                    let exact = (256.0 * exp / sum - 128.0).min(127.0);
                    prop_assert!((exact - y as f64).abs() < 0.51, "{} is not {}", y, exact);
                }
            }
        }
    }

    #[test]
    fn a_row_of_any_length_is_summed() {
        let softmax = Softmax::new(5000, 1.0, Quantization { scale: 0.1, zero_point: 0 });
        let y = run(&[3; 5000], 5000, 0, |x, y| softmax.run(x, y));
        assert_eq!(y, [-128; 5000]);
    }
}
