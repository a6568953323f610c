//! Element-wise functions, a vector at a time.

use pulp::Simd;

use crate::layers::arithmetic::scalar::Function;
use crate::layers::list::Op;
use crate::session::epilogue::Clamp;

/// A function of each element.
#[derive(Clone, Copy)]
pub(crate) enum Activation {
    Clamp(Clamp),
    LeakyRelu(f32),
    Sigmoid,
    Tanh,
    HardSigmoid,
    HardSwish,
    Silu,
    Gelu,
    /// With a constant as the other operand.
    Scalar(Function, f32),
}

impl Activation {
    /// The function a layer applies to each element, if it does nothing else.
    pub fn of(op: &Op) -> Option<Self> {
        Some(match op {
            Op::LeakyRelu(layer) => Activation::LeakyRelu(layer.negative_slope),
            Op::Sigmoid(_) => Activation::Sigmoid,
            Op::Tanh(_) => Activation::Tanh,
            Op::HardSigmoid(_) => Activation::HardSigmoid,
            Op::HardSwish(_) => Activation::HardSwish,
            Op::Silu(_) => Activation::Silu,
            Op::Gelu(_) => Activation::Gelu,
            Op::Scalar(layer) => Activation::Scalar(layer.function, layer.number),
            op => Activation::Clamp(Clamp::of(op)?),
        })
    }

    #[inline(always)]
    pub fn apply<S: Simd>(self, simd: S, x: S::f32s) -> S::f32s {
        let splat = |number| simd.splat_f32s(number);
        match self {
            Activation::Clamp(clamp) => clamp.apply(simd, x),
            Activation::LeakyRelu(slope) => {
                let scaled = simd.mul_f32s(x, splat(slope));
                simd.select_f32s(simd.less_than_f32s(x, splat(0.0)), scaled, x)
            }
            Activation::Sigmoid => sigmoid(simd, x),
            Activation::Tanh => tanh(simd, x),
            Activation::HardSigmoid => simd.div_f32s(hard_sigmoid(simd, x), splat(6.0)),
            Activation::HardSwish => simd.div_f32s(simd.mul_f32s(x, hard_sigmoid(simd, x)), splat(6.0)),
            Activation::Silu => simd.mul_f32s(x, sigmoid(simd, x)),
            Activation::Gelu => gelu(simd, x),
            Activation::Scalar(Function::Add, number) => simd.add_f32s(x, splat(number)),
            Activation::Scalar(Function::SubtractFrom, number) => simd.sub_f32s(splat(number), x),
            Activation::Scalar(Function::Multiply, number) => simd.mul_f32s(x, splat(number)),
            Activation::Scalar(Function::Divide, number) => simd.div_f32s(x, splat(number)),
            Activation::Scalar(Function::DivideInto, number) => simd.div_f32s(splat(number), x),
        }
    }
}

/// Six times the hard sigmoid.
#[inline(always)]
fn hard_sigmoid<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let clamp = Clamp { least: 0.0, greatest: 6.0 };
    clamp.apply(simd, simd.add_f32s(x, simd.splat_f32s(3.0)))
}

#[inline(always)]
fn sigmoid<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let one = simd.splat_f32s(1.0);
    simd.div_f32s(one, simd.add_f32s(one, exp(simd, simd.neg_f32s(x))))
}

/// 1 − 2 / (e²ˣ + 1); near zero, where that cancels, the Taylor series.
#[inline(always)]
fn tanh<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let one = simd.splat_f32s(1.0);
    let power = exp(simd, simd.add_f32s(x, x));
    let far = simd.sub_f32s(one, simd.div_f32s(simd.splat_f32s(2.0), simd.add_f32s(power, one)));
    let square = simd.mul_f32s(x, x);
    let series = polynomial(simd, square, [62.0 / 2835.0, -17.0 / 315.0, 2.0 / 15.0, -1.0 / 3.0, 1.0]);
    let near = simd.less_than_f32s(square, simd.splat_f32s(0.1));
    simd.select_f32s(near, simd.mul_f32s(x, series), far)
}

/// x·Φ(x), by Abramowitz and Stegun's approximation of the error function, formula 7.1.26, with an error below
/// 1.5·10⁻⁷.
#[inline(always)]
fn gelu<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    const P: f32 = 0.327_591_1 * std::f32::consts::FRAC_1_SQRT_2;
    let (zero, one) = (simd.splat_f32s(0.0), simd.splat_f32s(1.0));
    let magnitude = simd.abs_f32s(x);
    let t = simd.div_f32s(one, simd.mul_add_e_f32s(magnitude, simd.splat_f32s(P), one));
    let terms = [1.061_405_4, -1.453_152_1, 1.421_413_8, -0.284_496_74, 0.254_829_6, 0.0];
    let power = exp(simd, simd.mul_f32s(simd.mul_f32s(x, x), simd.splat_f32s(-0.5)));
    // Half of the error function's distance from 1 at |x|.
    let tail = simd.mul_f32s(simd.mul_f32s(polynomial(simd, t, terms), power), simd.splat_f32s(0.5));
    let negative = simd.less_than_f32s(x, zero);
    simd.mul_f32s(x, simd.select_f32s(negative, tail, simd.sub_f32s(one, tail)))
}

/// eˣ = 2ⁿ·eʳ with |r| ≤ ln 2 / 2, by the series of eʳ; clamped to normal numbers.
#[inline(always)]
fn exp<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    /// Adding this to a number leaves the nearest integer in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    const ONE: u32 = 1f32.to_bits();
    let x = Clamp { least: -87.0, greatest: 88.0 }.apply(simd, x);
    let rounded = simd.mul_add_e_f32s(x, simd.splat_f32s(std::f32::consts::LOG2_E), simd.splat_f32s(ROUND));
    let n = simd.sub_f32s(rounded, simd.splat_f32s(ROUND));
    let r = simd.mul_add_e_f32s(n, simd.splat_f32s(-LN_2_HIGH), x);
    let r = simd.mul_add_e_f32s(n, simd.splat_f32s(-LN_2_LOW), r);
    let terms = [1.0 / 5040.0, 1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0];
    let exponent = simd.wrapping_dyn_shl_u32s(simd.transmute_u32s_f32s(rounded), simd.splat_u32s(23));
    let power = simd.transmute_f32s_u32s(simd.add_u32s(exponent, simd.splat_u32s(ONE)));
    simd.mul_f32s(polynomial(simd, r, terms), power)
}

/// A polynomial with these coefficients, highest power first.
#[inline(always)]
fn polynomial<S: Simd, const N: usize>(simd: S, x: S::f32s, factors: [f32; N]) -> S::f32s {
    let mut sum = simd.splat_f32s(0.0);
    for factor in factors {
        sum = simd.mul_add_e_f32s(sum, x, simd.splat_f32s(factor));
    }
    sum
}
