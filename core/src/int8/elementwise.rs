//! Sums, differences and products of two tensors, which may be broadcast.

use core::cell::Cell;

use crate::int8::channels::End;
use crate::int8::fixed::Multiplier;
use crate::int8::quantization::{Activation, Quantization};
use crate::int8::walk::Walk;
use crate::kernel::step::Ran;

/// The second operand of a kernel.
#[derive(Clone, Copy)]
pub(crate) enum Operand<'a> {
    Tensor(&'a [Cell<i8>]),
    Constant(&'a [u8]),
}

/// Goes over the elements of both operands in the order of the outputs. The output may be the memory of an operand that
/// is not broadcast.
#[inline(always)]
pub(crate) fn binary(
    walk: &Walk<2>,
    a: &[Cell<i8>],
    b: Operand<'_>,
    output: &[Cell<i8>],
    function: impl Fn(i8, i8) -> i8 + Copy,
) -> Ran {
    match b {
        Operand::Tensor(b) => each(walk, a, output, function, |at| Some(b.get(at)?.get())),
        Operand::Constant(b) => each(walk, a, output, function, |at| Some(*b.get(at)? as i8)),
    }
}

#[inline(always)]
fn each(
    walk: &Walk<2>,
    a: &[Cell<i8>],
    output: &[Cell<i8>],
    function: impl Fn(i8, i8) -> i8,
    b: impl Fn(usize) -> Option<i8>,
) -> Ran {
    let mut output = output.iter();
    walk.each([0; 2], |[in_a, in_b]| {
        output.next()?.set(function(a.get(in_a as usize)?.get(), b(in_b as usize)?));
        Some(())
    })
}

/// The sign of the second operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sign {
    /// `a + b`
    Plus,
    /// `a − b`
    Minus,
}

/// One operand of a sum: how it becomes a number at the common scale.
#[derive(Clone, Copy)]
struct Term {
    multiplier: Multiplier,
    zero_point: i8,
    is_negative: bool,
}

impl Term {
    const fn new(operand: Quantization, common_scale: f64, is_negative: bool) -> Self {
        let multiplier = Multiplier::of(operand.scale as f64 / common_scale);
        Term { multiplier, zero_point: operand.zero_point, is_negative }
    }

    #[inline(always)]
    fn scaled(&self, x: i8) -> i32 {
        let x = self.multiplier.round_twice((x as i32 - self.zero_point as i32) << Add::SHIFT);
        if self.is_negative { x.wrapping_neg() } else { x }
    }
}

/// A sum or difference: TensorFlow Lite's `ADD` and `SUB`.
#[derive(Clone, Copy)]
pub(crate) struct Add {
    walk: Walk<2>,
    a: Term,
    b: Term,
    multiplier: Multiplier,
    end: End,
}

impl Add {
    /// The bits by which operands are shifted to the left before they are scaled.
    const SHIFT: u32 = 20;

    pub const fn new(
        walk: Walk<2>,
        sign: Sign,
        a: Quantization,
        b: Quantization,
        output: Quantization,
        activation: Activation,
    ) -> Self {
        // The common scale is twice the greater of the two.
        let common = 2.0 * if a.scale > b.scale { a.scale } else { b.scale } as f64;
        let shifted = (1 << Self::SHIFT) as f64 * output.scale as f64;
        Add {
            walk,
            a: Term::new(a, common, false),
            b: Term::new(b, common, matches!(sign, Sign::Minus)),
            multiplier: Multiplier::of(common / shifted),
            end: End::new(output, activation),
        }
    }

    pub const fn by_rows(self, height: u32) -> Self {
        Add { walk: self.walk.by_rows(height), ..self }
    }

    pub fn run(&self, a: &[Cell<i8>], b: Operand<'_>, output: &[Cell<i8>]) -> Ran {
        binary(&self.walk, a, b, output, |a, b| {
            let sum = self.a.scaled(a).wrapping_add(self.b.scaled(b));
            self.end.finish(self.multiplier.round_twice(sum))
        })
    }
}

/// A product: TensorFlow Lite's `MUL`.
#[derive(Clone, Copy)]
pub(crate) struct Mul {
    walk: Walk<2>,
    zero_points: [i8; 2],
    multiplier: Multiplier,
    end: End,
}

impl Mul {
    pub const fn new(
        walk: Walk<2>,
        a: Quantization,
        b: Quantization,
        output: Quantization,
        activation: Activation,
    ) -> Self {
        // In 32 bits.
        let scale = a.scale * b.scale / output.scale;
        Mul {
            walk,
            zero_points: [a.zero_point, b.zero_point],
            multiplier: Multiplier::of(scale as f64),
            end: End::new(output, activation),
        }
    }

    pub const fn by_rows(self, height: u32) -> Self {
        Mul { walk: self.walk.by_rows(height), ..self }
    }

    pub fn run(&self, a: &[Cell<i8>], b: Operand<'_>, output: &[Cell<i8>]) -> Ran {
        let [zero_a, zero_b] = self.zero_points.map(i32::from);
        binary(&self.walk, a, b, output, |a, b| {
            let product = (a as i32 - zero_a) * (b as i32 - zero_b);
            self.end.finish(self.multiplier.round_twice(product))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::testing::{
        Vec, any_activation, any_quantization, bytes, cells, finish, numbers, run, values, vec,
    };

    /// The element of a tensor that is broadcast to an index of a shape.
    fn broadcast(x: &[i8], shape: &[u32; 3], index: [u32; 3]) -> i8 {
        let at = shape.iter().zip(index).fold(0, |at, (&extent, i)| at * extent + if extent == 1 { 0 } else { i });
        x[at as usize]
    }

    proptest! {
        #[test]
        fn sums_are_close_and_products_exact(
            shape in prop::array::uniform3(1u32..5), in_a in prop::array::uniform3(any::<bool>()),
            in_b in prop::array::uniform3(any::<bool>()), a_is in any_quantization(), b_is in any_quantization(),
            y_is in any_quantization(), activation in any_activation(), seed: u16,
        ) {
            let pick = |whole: bool, extent| if whole { extent } else { 1 };
            let of = |whole: [bool; 3], i: usize| pick(whole[i], shape[i]);
            let a_shape = [0, 1, 2].map(|i| of(in_a, i));
            // An axis is broadcast in one of them.
            let b_shape = [0, 1, 2].map(|i| if in_a[i] { of(in_b, i) } else { shape[i] });
            let elements = |shape: &[u32; 3]| shape.iter().product::<u32>() as usize;
            let a = numbers(seed as u32, elements(&a_shape));
            let b = numbers(seed as u32 + 1, elements(&b_shape));
            let walk = Walk::broadcast(&a_shape, &b_shape, &shape).unwrap();
            let mut pairs = Vec::new();
            for i in 0..shape[0] {
                for j in 0..shape[1] {
                    for k in 0..shape[2] {
                        pairs.push((broadcast(&a, &a_shape, [i, j, k]), broadcast(&b, &b_shape, [i, j, k])));
                    }
                }
            }

            let mul = Mul::new(walk, a_is, b_is, y_is, activation);
            let outputs = vec![0; elements(&shape)];
            let y = cells(&outputs);
            mul.run(&cells(&a), Operand::Tensor(&cells(&b)), &y).unwrap();
            let of_constant = cells(&outputs);
            mul.run(&cells(&a), Operand::Constant(&bytes(&b)), &of_constant).unwrap();
            prop_assert_eq!(&y, &of_constant);
            let multiplier = Multiplier::of((a_is.scale * b_is.scale / y_is.scale) as f64);
            let expected: Vec<_> = pairs.iter().map(|&(a, b)| {
                let product = (a as i32 - a_is.zero_point as i32) * (b as i32 - b_is.zero_point as i32);
                finish(multiplier.round_twice(product), y_is, activation)
            }).collect();
            prop_assert_eq!(values(&y), expected);

            let (min, max) = y_is.clamp(activation);
            let real = |x: i8, is: Quantization| is.scale as f64 * (x as f64 - is.zero_point as f64);
            for (sign, factor) in [(Sign::Plus, 1.0), (Sign::Minus, -1.0)] {
                let y = cells(&outputs);
                let add = Add::new(walk, sign, a_is, b_is, y_is, activation);
                add.run(&cells(&a), Operand::Tensor(&cells(&b)), &y).unwrap();
                for (y, &(a, b)) in y.iter().zip(&pairs) {
                    let sum = real(a, a_is) + factor * real(b, b_is);
                    let exact = (sum / y_is.scale as f64 + y_is.zero_point as f64).min(max as f64).max(min as f64);
                    prop_assert!((y.get() as f64 - exact).abs() < 0.51, "{} is not {}", y.get(), exact);
                }
            }
        }
    }

    #[test]
    fn the_output_may_be_the_memory_of_an_operand() {
        let quantization = Quantization { scale: 1.0, zero_point: 0 };
        let walk = Walk::broadcast(&[2, 3], &[1, 3], &[2, 3]).unwrap();
        let add = Add::new(walk, Sign::Plus, quantization, quantization, quantization, Activation::None);
        let b = cells(&[10, 20, 30]);
        let y = run(&[1, 2, 3, 4, 5, 6], 6, 0, |a, y| add.run(a, Operand::Tensor(&b), y).unwrap());
        assert_eq!(y, [11, 22, 33, 14, 25, 36]);
    }
}
