//! Functions of one number as tables: an output for each of the 256 inputs.

use core::cell::Cell;

use crate::int8::fixed::{Multiplier, divide_by_power, logistic, radius, tanh};
use crate::int8::quantization::{Activation, Quantization, clamp, saturate};

/// The outputs by the input's byte: those of inputs that are not negative come first.
pub(crate) type Table = [u8; 256];

/// A function that has a table, and between which numbers it goes.
#[derive(Clone, Copy)]
pub(crate) struct Function {
    pub kind: Kind,
    pub input: Quantization,
    pub output: Quantization,
}

/// A function of one number.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Logistic,
    Tanh,
    HardSwish,
    LeakyRelu {
        slope: f32,
    },
    Activation(Activation),
    /// The same number at another scale.
    Rescale,
}

impl Function {
    /// Its table.
    pub const fn table(&self) -> Table {
        let Function { kind, input, output } = *self;
        match kind {
            Kind::Logistic => logistic_table(input),
            Kind::Tanh => tanh_table(input),
            Kind::HardSwish => hard_swish_table(input, output),
            Kind::LeakyRelu { slope } => leaky_relu_table(slope, input, output),
            Kind::Activation(activation) => activation_table(activation, input, output),
            Kind::Rescale => rescale_table(input, output),
        }
    }
}

/// Replaces each element; the output may be the input's memory.
pub(crate) fn run(input: &[Cell<i8>], output: &[Cell<i8>], table: &Table) {
    for (input, output) in input.iter().zip(output) {
        // An index of eight bits needs no check.
        output.set(table[input.get() as u8 as usize] as i8);
    }
}

/// Fills a table: `$x`, an `i32`, is the input.
macro_rules! tabulate {
    (|$x:ident| $function:expr) => {{
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            let $x = byte as u8 as i8 as i32;
            let y: i8 = $function;
            table[byte] = y as u8;
            byte += 1;
        }
        table
    }};
}

/// `LOGISTIC`. The output has a scale of 1/256 and a zero point of −128.
pub(crate) const fn logistic_table(input: Quantization) -> Table {
    let scale = InputScale::new(input);
    tabulate!(|x| match scale.apply(x) {
        Scaled::Below => i8::MIN,
        Scaled::Above => i8::MAX,
        Scaled::Within(x) => saturate(divide_by_power(logistic(x, INTEGER_BITS), 23) - 128),
    })
}

/// `TANH`. The output has a scale of 1/128 and a zero point of 0.
pub(crate) const fn tanh_table(input: Quantization) -> Table {
    let scale = InputScale::new(input);
    tabulate!(|x| match scale.apply(x) {
        Scaled::Below => i8::MIN,
        Scaled::Above => i8::MAX,
        Scaled::Within(x) => saturate(divide_by_power(tanh(x, INTEGER_BITS), 24)),
    })
}

/// The integer bits of the numbers that the logistic function and the hyperbolic tangent are computed of.
const INTEGER_BITS: u32 = 4;

/// How inputs become such numbers, and how far from zero they may be.
struct InputScale {
    zero_point: i32,
    multiplier: Multiplier,
    radius: i32,
}

enum Scaled {
    Below,
    Within(i32),
    Above,
}

impl InputScale {
    const fn new(input: Quantization) -> Self {
        let multiplier = Multiplier::of(input.scale as f64 * (1u64 << (31 - INTEGER_BITS)) as f64);
        InputScale { zero_point: input.zero_point as i32, multiplier, radius: radius(INTEGER_BITS, multiplier.shift) }
    }

    const fn apply(&self, x: i32) -> Scaled {
        let x = x - self.zero_point;
        if x <= -self.radius {
            Scaled::Below
        } else if x >= self.radius {
            Scaled::Above
        } else {
            Scaled::Within(self.multiplier.round_twice(x))
        }
    }
}

/// `QUANTIZE` of numbers that are quantized already.
pub(crate) const fn rescale_table(input: Quantization, output: Quantization) -> Table {
    let multiplier = Multiplier::of(input.scale as f64 / output.scale as f64);
    tabulate!(|x| {
        let scaled = multiplier.round_twice(x - input.zero_point as i32);
        saturate(scaled.wrapping_add(output.zero_point as i32))
    })
}

/// `RELU`, `RELU_N1_TO_1`, `RELU6`.
pub(crate) const fn activation_table(activation: Activation, input: Quantization, output: Quantization) -> Table {
    let multiplier = Multiplier::of((input.scale / output.scale) as f64);
    let (min, max) = output.clamp(activation);
    tabulate!(|x| {
        let scaled = multiplier.round_twice(x - input.zero_point as i32);
        clamp(scaled.wrapping_add(output.zero_point as i32), min, max)
    })
}

/// `LEAKY_RELU`: negative numbers are multiplied by `alpha`.
pub(crate) const fn leaky_relu_table(alpha: f32, input: Quantization, output: Quantization) -> Table {
    let positive = Multiplier::of((input.scale / output.scale) as f64);
    let negative = Multiplier::of((input.scale * alpha / output.scale) as f64);
    tabulate!(|x| {
        let x = x - input.zero_point as i32;
        let scaled = if x >= 0 { positive.round_twice(x) } else { negative.round_twice(x) };
        saturate(scaled.wrapping_add(output.zero_point as i32))
    })
}

/// `HARD_SWISH`: `x · relu6(x + 3) / 6`, in 16 bits.
pub(crate) const fn hard_swish_table(input: Quantization, output: Quantization) -> Table {
    let fine = (1.0 / 128.0) * input.scale;
    let to_output = Multiplier::of((fine / output.scale) as f64);
    // Three is the greatest number.
    let to_relu = Multiplier::of((fine / (3.0 / 32768.0)) as f64);
    tabulate!(|x| {
        let x = ((x - input.zero_point as i32) << 7) as i16;
        let scaled = product(x, upper(to_output), 1 << 14);
        let mut relu = x;
        if to_relu.shift > 0 {
            relu = saturate_16((relu as i64) << (to_relu.shift - 1));
        }
        relu = product(relu, upper(to_relu), 1 << 14);
        if to_relu.shift > 0 {
            relu = saturate_16((relu as i64) << 1);
        } else {
            relu = divide_by_power(relu as i32, to_relu.shift.unsigned_abs() as u32) as i16;
        }
        // From [−1, 1] to [0, 1].
        let relu = ((relu as i32 + (1 << 15)) >> 1) as i16;
        let y = product(relu, scaled, 0) as i32;
        let y = divide_by_power(y, if to_output.shift < 0 { to_output.shift.unsigned_abs() as u32 } else { 0 });
        saturate(y + output.zero_point as i32)
    })
}

/// The upper 16 bits of a multiplier, rounded.
const fn upper(multiplier: Multiplier) -> i16 {
    saturate_16((multiplier.value as i64 + (1 << 15)) >> 16)
}

/// `a · b · 2^-15`, rounded by half, or towards zero if that is zero.
const fn product(a: i16, b: i16, half: i32) -> i16 {
    let product = a as i32 * b as i32;
    if half > 0 { saturate_16(((product + half) >> 15) as i64) } else { saturate_16((product / (1 << 15)) as i64) }
}

const fn saturate_16(x: i64) -> i16 {
    if x < i16::MIN as i64 {
        i16::MIN
    } else if x > i16::MAX as i64 {
        i16::MAX
    } else {
        x as i16
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::testing::{any_quantization, run as kernel};

    /// How far a number may be from the exact one that is rounded before it is shifted to the right, and again after.
    const TWICE: f64 = 0.75;

    /// Every input's output is close to that of a function of real numbers.
    fn assert_close(
        table: &Table,
        [input, output]: [Quantization; 2],
        (min, max): (i8, i8),
        tolerance: f64,
        function: impl Fn(f64) -> f64,
    ) {
        for x in i8::MIN..=i8::MAX {
            let real = input.scale as f64 * (x as f64 - input.zero_point as f64);
            let exact = function(real) / output.scale as f64 + output.zero_point as f64;
            let exact = exact.min(max as f64).max(min as f64);
            let y = table[x as u8 as usize] as i8;
            assert!((y as f64 - exact).abs() <= tolerance, "{x}: {y} is not {exact}");
        }
    }

    const ALL: (i8, i8) = (i8::MIN, i8::MAX);

    proptest! {
        #[test]
        fn each_output_is_close(input in any_quantization(), output in any_quantization(), alpha in -1f32..1.0) {
            let both = [input, output];
            assert_close(&rescale_table(input, output), both, ALL, TWICE, |x| x);
            for (activation, min, max) in [
                (Activation::Relu, 0.0, f64::INFINITY), (Activation::ReluN1To1, -1.0, 1.0), (Activation::Relu6, 0.0, 6.0),
            ] {
                let table = activation_table(activation, input, output);
                assert_close(&table, both, output.clamp(activation), TWICE, |x| x.min(max).max(min));
            }
            let table = leaky_relu_table(alpha, input, output);
            assert_close(&table, both, ALL, TWICE, |x| if x < 0.0 { alpha as f64 * x } else { x });

            let of_logistic = Quantization { scale: 1.0 / 256.0, zero_point: -128 };
            let table = logistic_table(input);
            assert_close(&table, [input, of_logistic], ALL, 0.501, |x| 1.0 / (1.0 + libm::exp(-x)));
            let of_tanh = Quantization { scale: 1.0 / 128.0, zero_point: 0 };
            assert_close(&tanh_table(input), [input, of_tanh], ALL, 0.501, libm::tanh);
        }

        #[test]
        fn hard_swish_is_close(exponent in -5f32..-3.0, zero_point in -128i8..64) {
            let input = Quantization { scale: libm::exp2f(exponent), zero_point };
            let output = Quantization { scale: input.scale * 1.1, zero_point };
            let table = hard_swish_table(input, output);
            assert_close(&table, [input, output], ALL, 1.0, |x| x * (x + 3.0).clamp(0.0, 6.0) / 6.0);
        }
    }

    #[test]
    fn elements_are_replaced_in_their_place() {
        let quantization = Quantization { scale: 0.5, zero_point: 3 };
        let table = activation_table(Activation::Relu, quantization, quantization);
        let y = kernel(&[-128, 2, 3, 4, 127], 5, 0, |x, y| run(x, y, &table));
        assert_eq!(y, [3, 3, 3, 4, 127]);
    }
}
