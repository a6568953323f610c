//! Means, sums and greatest elements along any axes.

use core::cell::Cell;

use crate::int8::channels::End;
use crate::int8::fixed::Multiplier;
use crate::int8::gather::stride;
use crate::int8::quantization::{Activation, Quantization, round, saturate};
use crate::int8::walk::{Axes, Walk};
use crate::kernel::step::Ran;

/// The axes that are kept, and those that are not.
#[derive(Clone, Copy)]
pub(crate) struct Reduction {
    kept: Walk<1>,
    reduced: Walk<1>,
    /// The elements that become one.
    count: u32,
}

impl Reduction {
    /// Along the axes whose bit is set in `axes`.
    ///
    /// `None` if there are more axes than a walk has room for.
    pub const fn new(shape: &[u32], axes: u32) -> Option<Self> {
        let (mut kept, mut reduced) = (Axes::NONE, Axes::NONE);
        let mut count = 1;
        let mut axis = shape.len();
        while axis > 0 {
            axis -= 1;
            let stride = [stride(shape, axis)];
            let is_reduced = axes >> axis & 1 == 1;
            let added = if is_reduced { reduced.around(shape[axis], stride) } else { kept.around(shape[axis], stride) };
            match added {
                Some(axes) if is_reduced => {
                    reduced = axes;
                    count *= shape[axis];
                }
                Some(axes) => kept = axes,
                None => return None,
            }
        }
        Some(Reduction { kept: kept.walk(), reduced: reduced.walk(), count })
    }

    /// Folds the elements that become one, for each output in order. The output may be the input's memory.
    #[inline(always)]
    fn run(
        &self,
        input: &[Cell<i8>],
        output: &[Cell<i8>],
        first: i32,
        fold: impl Fn(i32, i8) -> i32,
        finish: impl Fn(i32) -> i8,
    ) -> Ran {
        let mut outputs = output.iter();
        self.kept.each([0], |start| {
            let mut result = first;
            self.reduced.each(start, |[at]| {
                result = fold(result, input.get(at as usize)?.get());
                Some(())
            })?;
            outputs.next()?.set(finish(result));
            Some(())
        })
    }

    /// The sum of the elements that become one.
    #[inline(always)]
    fn sums(&self, input: &[Cell<i8>], output: &[Cell<i8>], finish: impl Fn(i32) -> i8) -> Ran {
        self.run(input, output, 0, |sum, x| sum.wrapping_add(x as i32), finish)
    }
}

/// A mean: TensorFlow Lite's `MEAN`.
#[derive(Clone, Copy)]
pub(crate) struct Mean {
    reduction: Reduction,
    zero_sum: i32,
    multiplier: Multiplier,
    end: End,
}

impl Mean {
    pub const fn new(reduction: Reduction, input: Quantization, output: Quantization) -> Self {
        let Multiplier { value, shift } = Multiplier::of(input.scale as f64 / output.scale as f64);
        // The division by the count is part of the multiplier, with as many more bits as there are.
        let count = if reduction.count == 0 { 1 } else { reduction.count };
        let bits = count.ilog2() as i32;
        let bits = if bits < 31 + shift as i32 { bits } else { 31 + shift as i32 };
        let multiplier =
            Multiplier { value: (((value as i64) << bits) / count as i64) as i32, shift: (shift as i32 - bits) as i8 };
        Mean {
            reduction,
            zero_sum: (input.zero_point as i32).wrapping_mul(count as i32),
            multiplier,
            end: End::new(output, Activation::None),
        }
    }

    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>]) -> Ran {
        self.reduction.sums(input, output, |sum| self.mean(sum))
    }

    #[inline(always)]
    pub fn mean(&self, sum: i32) -> i8 {
        self.end.finish(self.multiplier.round_twice(sum.wrapping_sub(self.zero_sum)))
    }

    /// Whether it is of all positions of an image, for each channel.
    pub const fn is_of_positions(&self) -> bool {
        self.reduction.kept.is_line(1) && self.reduction.reduced.is_line(self.reduction.kept.innermost())
    }
}

/// A sum: TensorFlow Lite's `SUM`, which is computed in 32-bit floating point.
#[derive(Clone, Copy)]
pub(crate) struct Sum {
    reduction: Reduction,
    scale: f32,
    bias: f32,
    zero_point: i8,
}

impl Sum {
    pub const fn new(reduction: Reduction, input: Quantization, output: Quantization) -> Self {
        let scale = input.scale / output.scale;
        let bias = -(input.zero_point as i32) as f32 * scale * reduction.count as f32;
        Sum { reduction, scale, bias, zero_point: output.zero_point }
    }

    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>]) -> Ran {
        self.reduction.sums(input, output, |sum| {
            saturate(round(sum as f32 * self.scale + self.bias).wrapping_add(self.zero_point as i32))
        })
    }
}

/// The greatest element: TensorFlow Lite's `REDUCE_MAX`, whose input and output are quantized alike.
#[derive(Clone, Copy)]
pub(crate) struct ReduceMax {
    reduction: Reduction,
}

impl ReduceMax {
    pub const fn new(reduction: Reduction) -> Self {
        ReduceMax { reduction }
    }

    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>]) -> Ran {
        self.reduction.run(input, output, i8::MIN as i32, |greatest, x| greatest.max(x as i32), saturate)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::testing::{Vec, any_quantization, numbers, run, vec};

    proptest! {
        #[test]
        fn each_output_is_that_of_the_elements_it_replaces(
            shape in prop::array::uniform3(1u32..6), axes in 0u32..8, input in any_quantization(),
            output in any_quantization(), seed: u16,
        ) {
            let x = numbers(seed as u32, shape.iter().product::<u32>() as usize);
            let kept = [0, 1, 2].map(|axis| if axes >> axis & 1 == 1 { 1 } else { shape[axis] });
            let mut elements = vec![Vec::new(); kept.iter().product::<u32>() as usize];
            for (at, &x) in x.iter().enumerate() {
                let at = at as u32;
                let index = [at / (shape[1] * shape[2]), at / shape[2] % shape[1], at % shape[2]];
                let place = (0..3).fold(0, |place, axis| place * kept[axis] + index[axis] % kept[axis]);
                elements[place as usize].push(x);
            }
            let reduction = Reduction::new(&shape, axes).unwrap();
            let greatest = run(&x, elements.len(), 0, |x, y| ReduceMax::new(reduction).run(x, y).unwrap());
            let mean = run(&x, elements.len(), 0, |x, y| Mean::new(reduction, input, output).run(x, y).unwrap());
            let sum = run(&x, elements.len(), 0, |x, y| Sum::new(reduction, input, output).run(x, y).unwrap());
            for (i, elements) in elements.iter().enumerate() {
                prop_assert_eq!(Some(&greatest[i]), elements.iter().max());
                let total: f64 = elements.iter().map(|&x| x as f64 - input.zero_point as f64).sum();
                let exact = total * input.scale as f64 / output.scale as f64;
                let near = |y: i8, exact: f64| {
                    let exact = (exact + output.zero_point as f64).clamp(-128.0, 127.0);
                    (y as f64 - exact).abs() <= 0.751
                };
                prop_assert!(near(sum[i], exact));
                prop_assert!(near(mean[i], exact / elements.len() as f64), "{} is not {}", mean[i], exact);
            }
        }
    }
}
