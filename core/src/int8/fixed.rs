//! Fixed-point arithmetic, as gemmlowp defines it and TensorFlow Lite's kernels use it.
//!
//! A number of 32 bits has a sign, some integer bits, and fraction bits for the rest. What overflows wraps.

/// A scale: `value · 2^(shift − 31)`, where the value has 31 bits, or is zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Multiplier {
    pub value: i32,
    pub shift: i8,
}

impl Multiplier {
    /// One, in a form that no scale has: that of a channel whose outputs do not depend on inputs.
    pub const CONSTANT: Self = Multiplier { value: 1 << 29, shift: 2 };

    /// The one that is closest to a scale. Below 2^-32, it is zero.
    pub const fn of(scale: f64) -> Self {
        let bits = scale.to_bits();
        // The scale is `fraction · 2^shift`, with a fraction of 53 bits in [1/2, 1).
        let fraction = (bits & ((1 << 52) - 1) | 1 << 52) as i64;
        let mut shift = (bits >> 52 & 0x7FF) as i32 - 1022;
        let mut value = (fraction + (1 << 21)) >> 22;
        if value == 1 << 31 {
            value >>= 1;
            shift += 1;
        }
        if shift < -31 {
            return Multiplier { value: 0, shift: 0 };
        }
        let shift = if shift > 31 { 31 } else { shift as i8 };
        Multiplier { value: if scale < 0.0 { -value as i32 } else { value as i32 }, shift }
    }

    /// A number times the scale, rounded after the multiplication and after the shift to the right.
    #[inline(always)]
    pub const fn round_twice(self, x: i32) -> i32 {
        let (left, right) = if self.shift > 0 { (self.shift as u32, 0) } else { (0, self.shift.unsigned_abs() as u32) };
        // A value of 31 bits has no product that does not fit.
        let product = (x.wrapping_shl(left) as i64 * self.value as i64 + (1 << 30)) >> 31;
        divide_by_power(product as i32, right)
    }

    /// A number times the scale, rounded once.
    #[inline(always)]
    pub const fn round_once(self, x: i32) -> i32 {
        let product = x as i64 * self.value as i64;
        match 31 - self.shift as i32 {
            right @ 1..=62 => (product.wrapping_add(1 << (right - 1)) >> right) as i32,
            _ => product as i32,
        }
    }
}

/// `a · b · 2^-31`, rounded. The one product that does not fit, that of the smallest numbers, is the greatest number.
#[inline(always)]
pub(crate) const fn high_product(a: i32, b: i32) -> i32 {
    let product = (a as i64 * b as i64 + (1 << 30)) >> 31;
    if product > i32::MAX as i64 { i32::MAX } else { product as i32 }
}

/// `x · 2^-exponent`, rounded half away from zero.
#[inline(always)]
pub(crate) const fn divide_by_power(x: i32, exponent: u32) -> i32 {
    if exponent > 31 {
        return 0;
    }
    let mask = ((1u32 << exponent) - 1) as i32;
    let threshold = (mask >> 1) + (x < 0) as i32;
    (x >> exponent) + (x & mask > threshold) as i32
}

/// A number with `from` integer bits as one with `to`: rounded, or the nearest there is if it does not fit.
pub(crate) const fn rescale(x: i32, from: u32, to: u32) -> i32 {
    if from <= to {
        return divide_by_power(x, to - from);
    }
    let shifted = (x as i64) << (from - to);
    if shifted > i32::MAX as i64 {
        i32::MAX
    } else if shifted < i32::MIN as i64 {
        i32::MIN
    } else {
        shifted as i32
    }
}

/// One, with no integer bits: as close as it comes.
const ONE: i32 = i32::MAX;

/// `e^x` of a number in [−1/4, 0), both without integer bits: the first terms of the series around −1/8.
const fn exp_of_quarter(x: i32) -> i32 {
    /// `e^(−1/8)` and 1/3.
    const MIDDLE: i32 = 1_895_147_668;
    const THIRD: i32 = 715_827_883;
    let x = x.wrapping_add(1 << 28);
    let square = high_product(x, x);
    let cube = high_product(square, x);
    let fourth = divide_by_power(high_product(square, square), 2);
    let rest = divide_by_power(high_product(fourth.wrapping_add(cube), THIRD).wrapping_add(square), 1);
    MIDDLE.wrapping_add(high_product(MIDDLE, x.wrapping_add(rest)))
}

/// `e^x` of a number that is not positive, with at most five integer bits, as one with none.
pub(crate) const fn exp_of_negative(x: i32, integer_bits: u32) -> i32 {
    /// `e^(−2^(i − 2))`.
    const FACTORS: [i32; 7] = [1_672_461_947, 1_302_514_674, 790_015_084, 290_630_308, 39_332_535, 720_401, 242];
    if x == 0 {
        return ONE;
    }
    let quarter_bits = 29 - integer_bits;
    let quarter = 1 << quarter_bits;
    let remainder = (x & (quarter - 1)) - quarter;
    let mut result = exp_of_quarter(rescale(remainder, integer_bits, 0));
    // A number of quarters.
    let quarters = remainder.wrapping_sub(x) >> quarter_bits;
    let mut bit = 0;
    while bit < integer_bits as usize + 2 && bit < FACTORS.len() {
        if quarters >> bit & 1 == 1 {
            result = high_product(result, FACTORS[bit]);
        }
        bit += 1;
    }
    result
}

/// `2 / (1 + x)` of a number in [0, 1], as one with two integer bits and half as large: Newton's method.
const fn half_quotient(x: i32) -> i32 {
    /// 48/17 and −32/17, with two integer bits: the best line.
    const START: i32 = 1_515_870_810;
    const SLOPE: i32 = -1_010_580_540;
    // Half of the sum, rounded half away from zero.
    let sum = x as i64 + ONE as i64;
    let half = ((sum + if sum >= 0 { 1 } else { -1 }) / 2) as i32;
    let mut root = START.wrapping_add(high_product(half, SLOPE));
    let mut step = 0;
    while step < 3 {
        let error = (1i32 << 29).wrapping_sub(high_product(half, root));
        root = root.wrapping_add(rescale(high_product(root, error), 4, 2));
        step += 1;
    }
    root
}

/// `1 / (1 + x)` of a number in [0, 1], both without integer bits.
const fn one_over_one_plus(x: i32) -> i32 {
    rescale(half_quotient(x), 1, 0)
}

/// The logistic function of a number with at most five integer bits, as one with none.
pub(crate) const fn logistic(x: i32, integer_bits: u32) -> i32 {
    if x == 0 {
        return 1 << 30;
    }
    let negative = if x < 0 { x } else { -x };
    let of_positive = one_over_one_plus(exp_of_negative(negative, integer_bits));
    if x > 0 { of_positive } else { ONE - of_positive }
}

/// The hyperbolic tangent of a number with at most four integer bits, as one with none.
pub(crate) const fn tanh(x: i32, integer_bits: u32) -> i32 {
    if x == 0 {
        return 0;
    }
    let negative = if x < 0 { x } else { -x };
    // With a = e^(−2|x|), it is (1 − a) / (1 + a) = 2 / (1 + a) − 1.
    let quotient = half_quotient(exp_of_negative(negative, integer_bits + 1));
    let of_positive = rescale(quotient.wrapping_sub(1 << 29), 2, 0);
    if x > 0 { of_positive } else { of_positive.wrapping_neg() }
}

/// The reciprocal of a positive number: as one in [1/2, 1], without integer bits, and the power of two by which it is
/// to be divided.
#[inline(always)]
pub(crate) const fn reciprocal(x: i32, integer_bits: u32) -> (i32, u32) {
    let headroom = x.leading_zeros();
    let above_one = (x as u32).unbounded_shl(headroom).wrapping_sub(1 << 31) as i32;
    (one_over_one_plus(above_one), integer_bits.saturating_sub(headroom))
}

/// The largest number that, shifted to the left by `shift`, has no more than so many integer bits.
pub(crate) const fn radius(integer_bits: u32, shift: i8) -> i32 {
    let max = ((1i64 << integer_bits) - 1) << (31 - integer_bits);
    let radius = if shift >= 0 { max >> shift as u32 } else { max << shift.unsigned_abs() as u32 };
    if radius > i32::MAX as i64 { i32::MAX } else { radius as i32 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `numerator / 2^exponent`, a half rounded up.
    fn half_up(numerator: i128, exponent: u32) -> i128 {
        (2 * numerator + (1 << exponent)).div_euclid(2 << exponent)
    }

    /// The same, a half rounded away from zero.
    fn half_away(numerator: i128, exponent: u32) -> i128 {
        half_up(numerator.abs(), exponent) * numerator.signum()
    }

    proptest! {
        #[test]
        fn a_multiplier_is_the_closest_of_31_bits(fraction in 0.5f64..1.0, exponent in -30i32..30) {
            let scale = libm::ldexp(fraction, exponent);
            let Multiplier { value, shift } = Multiplier::of(scale);
            prop_assert!(value >= 1 << 30);
            let error = libm::ldexp(value as f64, shift as i32 - 31) - scale;
            prop_assert!(error.abs() <= libm::ldexp(0.5, exponent - 31));
            let negative = Multiplier { value: -value, shift };
            prop_assert_eq!(Multiplier::of(-scale), negative);
        }

        #[test]
        fn a_product_is_rounded_twice_or_once(x: i32, value in 1i32 << 30.., shift in -31i8..=0) {
            let multiplier = Multiplier { value, shift };
            let product = x as i128 * value as i128;
            let right = -shift as u32;
            prop_assert_eq!(multiplier.round_twice(x) as i128, half_away(half_up(product, 31), right));
            prop_assert_eq!(multiplier.round_once(x) as i128, half_up(product, 31 + right));
        }

        #[test]
        fn a_shift_to_the_left_comes_first(x in -1000i32..1000, value in 1i32 << 30.., shift in 1i8..20) {
            let multiplier = Multiplier { value, shift };
            let product = x as i128 * value as i128;
            prop_assert_eq!(multiplier.round_twice(x) as i128, half_up(product << shift, 31));
            prop_assert_eq!(multiplier.round_once(x) as i128, half_up(product, 31 - shift as u32));
        }

        #[test]
        fn functions_are_close(x in 0i32..) {
            let real = |bits: i32| x as f64 / libm::ldexp(1.0, bits);
            let one = libm::ldexp(1.0, 31);
            let near = |y: i32, expected: f64| (y as f64 - expected * one).abs() < 600.0;
            for bits in [4, 5] {
                let real = real(31 - bits as i32);
                prop_assert!(near(exp_of_negative(-x, bits), libm::exp(-real)));
                prop_assert!(near(logistic(x, bits), 1.0 / (1.0 + libm::exp(-real))));
                prop_assert!(near(logistic(-x, bits), 1.0 / (1.0 + libm::exp(real))));
            }
            prop_assert!(near(tanh(x, 4), libm::tanh(real(27))));
            prop_assert!(near(tanh(-x, 4), -libm::tanh(real(27))));
            let (y, above_one) = reciprocal(x.max(1 << 19), 12);
            let expected = 1.0 / (x.max(1 << 19) as f64 / libm::ldexp(1.0, 19));
            prop_assert!(near(y, libm::ldexp(expected, above_one as i32)));
        }

        #[test]
        fn nothing_overflows(x: i32, value: i32, shift: i8, bits in 0u32..6, other in 0u32..6) {
            let multiplier = Multiplier { value, shift };
            multiplier.round_twice(x);
            multiplier.round_once(x);
            divide_by_power(x, shift as u8 as u32);
            rescale(x, bits, other);
            exp_of_negative(x, bits);
            logistic(x, bits);
            tanh(x, bits.min(4));
            reciprocal(x, bits);
            radius(bits, shift % 32);
            Multiplier::of(f64::from_bits((x as u64) << 32 | value as u32 as u64));
        }
    }

    #[test]
    fn multipliers_at_the_ends() {
        let multiplier = |value, shift| Multiplier { value, shift };
        assert_eq!(Multiplier::of(0.0), multiplier(0, 0));
        assert_eq!(Multiplier::of(1.0), multiplier(1 << 30, 1));
        assert_eq!(Multiplier::of(1.0 - f64::EPSILON), multiplier(1 << 30, 1), "rounded up to one");
        assert_eq!(Multiplier::of(libm::ldexp(1.0, -32)), multiplier(1 << 30, -31));
        assert_eq!(Multiplier::of(libm::ldexp(1.0, -33)), multiplier(0, 0), "too small");
    }

    #[test]
    fn the_one_product_that_does_not_fit() {
        assert_eq!(high_product(i32::MIN, i32::MIN), i32::MAX);
        assert_eq!(high_product(i32::MIN, i32::MAX), -i32::MAX);
    }
}
