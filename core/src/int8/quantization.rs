//! How 8-bit integers stand for real numbers, and the range that an activation leaves of them.

/// How a tensor of 8-bit integers represents real numbers: `scale · (q − zero_point)`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Quantization {
    /// The difference of two real numbers whose integers are neighbours.
    pub scale: f32,
    /// The integer that represents zero.
    pub zero_point: i8,
}

/// An activation that a kernel applies to what it computes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Activation {
    None,
    Relu,
    ReluN1To1,
    Relu6,
}

impl Quantization {
    /// That of integers that stand for themselves.
    pub(crate) const UNIT: Quantization = Quantization { scale: 1.0, zero_point: 0 };

    /// The integers, from the smallest to the greatest, that an activation leaves.
    pub(crate) const fn clamp(&self, activation: Activation) -> (i8, i8) {
        match activation {
            Activation::None => (i8::MIN, i8::MAX),
            Activation::Relu => (self.quantize(0.0), i8::MAX),
            Activation::ReluN1To1 => (self.quantize(-1.0), self.quantize(1.0)),
            Activation::Relu6 => (self.quantize(0.0), self.quantize(6.0)),
        }
    }

    /// Whether both give every integer the same meaning.
    pub(crate) const fn same(&self, other: &Quantization) -> bool {
        self.scale == other.scale && self.zero_point == other.zero_point
    }

    /// The integer that is nearest to what stands for a real number, as TensorFlow Lite's `QUANTIZE` computes it.
    pub const fn quantize(&self, real: f32) -> i8 {
        saturate(round(real / self.scale).saturating_add(self.zero_point as i32))
    }

    /// The real number that an integer stands for.
    pub const fn dequantize(&self, integer: i8) -> f32 {
        (integer as i32 - self.zero_point as i32) as f32 * self.scale
    }
}

/// A real number as an integer, rounded half away from zero.
pub(crate) const fn round(x: f32) -> i32 {
    // In 64 bits, the half is added without an error.
    (x as f64 + if x < 0.0 { -0.5 } else { 0.5 }) as i32
}

/// The nearest of 8 bits.
#[inline(always)]
pub(crate) const fn saturate(x: i32) -> i8 {
    clamp(x, i8::MIN, i8::MAX)
}

/// The nearest of a range.
#[inline(always)]
pub(crate) const fn clamp(x: i32, min: i8, max: i8) -> i8 {
    // In this order: of an empty range, the greatest.
    let x = if x < min as i32 { min as i32 } else { x };
    if x > max as i32 { max } else { x as i8 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::testing::any_quantization;

    proptest! {
        #[test]
        fn an_activation_leaves_what_represents_its_range(quantization in any_quantization()) {
            let Quantization { scale, zero_point } = quantization;
            let integer = |real: f32| {
                (libm::roundf(real / scale) as i32 + zero_point as i32).clamp(-128, 127) as i8
            };
            prop_assert_eq!(quantization.clamp(Activation::None), (-128, 127));
            prop_assert_eq!(quantization.clamp(Activation::Relu), (zero_point, 127));
            prop_assert_eq!(quantization.clamp(Activation::ReluN1To1), (integer(-1.0), integer(1.0)));
            prop_assert_eq!(quantization.clamp(Activation::Relu6), (zero_point, integer(6.0)));
        }
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!([0.5, 1.5, -0.5, -1.5, 2.4, -2.4].map(round), [1, 2, -1, -2, 2, -2]);
        assert_eq!(round(0.5 - f32::EPSILON / 4.0), 0);
        assert_eq!([f32::NAN, f32::INFINITY, f32::NEG_INFINITY].map(round), [0, i32::MAX, i32::MIN]);
    }
}
