//! Elements that are only moved, in the order of the output: transposition, slices, the parts of a split.

use core::cell::Cell;

use crate::int8::walk::{Axes, Walk};
use crate::kernel::step::Ran;

/// A tensor whose elements are those of another in another order, or some of them: TensorFlow Lite's `TRANSPOSE`,
/// `SLICE` and `STRIDED_SLICE`, and an output of `SPLIT` and `SPLIT_V`.
#[derive(Clone, Copy)]
pub(crate) struct Gather {
    first: u32,
    walk: Walk<1>,
}

impl Gather {
    /// The axes in the order of `permutation`.
    ///
    /// `None` if it is none, or if there are more axes than a walk has room for.
    pub const fn transpose(shape: &[u32], permutation: &[u32]) -> Option<Self> {
        if permutation.len() != shape.len() {
            return None;
        }
        let mut axes = Axes::NONE;
        let mut i = shape.len();
        while i > 0 {
            i -= 1;
            let axis = permutation[i] as usize;
            if axis >= shape.len() {
                return None;
            }
            axes = match axes.around(shape[axis], [stride(shape, axis)]) {
                Some(axes) => axes,
                None => return None,
            };
        }
        Some(Gather { first: 0, walk: axes.walk() })
    }

    /// Along each axis, `sizes` elements from `begin` on, a step apart, which may be negative.
    ///
    /// `None` if there are more axes than a walk has room for, or not as many of each.
    pub const fn slice(shape: &[u32], begin: &[u32], steps: &[i32], sizes: &[u32]) -> Option<Self> {
        if begin.len() != shape.len() || steps.len() != shape.len() || sizes.len() != shape.len() {
            return None;
        }
        let mut axes = Axes::NONE;
        let mut first = 0u32;
        let mut axis = shape.len();
        while axis > 0 {
            axis -= 1;
            let stride = stride(shape, axis);
            first += begin[axis] * stride;
            axes = match axes.around(sizes[axis], [stride.wrapping_mul(steps[axis] as u32)]) {
                Some(axes) => axes,
                None => return None,
            };
        }
        Some(Gather { first, walk: axes.walk() })
    }

    /// The output of a slice whose steps are positive may lie in the input's memory.
    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>]) -> Ran {
        let mut output = output;
        self.walk.rows(|at, len, stride| {
            let (row, rest) = output.split_at_checked(len as usize)?;
            output = rest;
            let mut at = self.first.wrapping_add(at);
            if stride == 1 {
                for (output, input) in row.iter().zip(input.get(at as usize..)?.get(..len as usize)?) {
                    output.set(input.get());
                }
                return Some(());
            }
            for output in row {
                output.set(input.get(at as usize)?.get());
                at = at.wrapping_add(stride);
            }
            Some(())
        })
    }
}

/// How far apart the elements of an axis are.
pub(crate) const fn stride(shape: &[u32], axis: usize) -> u32 {
    let mut stride = 1;
    let mut inner = axis + 1;
    while inner < shape.len() {
        stride *= shape[inner];
        inner += 1;
    }
    stride
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::testing::{Vec, cells, numbers, run, values, vec};

    fn at(x: &[i8], shape: &[u32; 3], index: [usize; 3]) -> i8 {
        x[(index[0] * shape[1] as usize + index[1]) * shape[2] as usize + index[2]]
    }

    proptest! {
        #[test]
        fn a_transposition_has_its_axes_in_another_order(
            shape in prop::array::uniform3(1u32..6), order in Just([0u32, 1, 2]).prop_shuffle(),
        ) {
            let x = numbers(1, shape.iter().product::<u32>() as usize);
            let y = cells(&vec![0; x.len()]);
            Gather::transpose(&shape, &order).unwrap().run(&cells(&x), &y).unwrap();
            let extents = order.map(|axis| shape[axis as usize] as usize);
            let mut outputs = values(&y).into_iter();
            for i in 0..extents[0] {
                for j in 0..extents[1] {
                    for k in 0..extents[2] {
                        let mut index = [0; 3];
                        for (axis, i) in order.into_iter().zip([i, j, k]) {
                            index[axis as usize] = i;
                        }
                        prop_assert_eq!(outputs.next(), Some(at(&x, &shape, index)));
                    }
                }
            }
        }

        #[test]
        fn a_slice_has_elements_a_step_apart(
            axes in prop::array::uniform3((1u32..7, 0u32..6, -3i32..4, 1u32..7)),
        ) {
            let axes = axes.map(|(extent, begin, step, size)| {
                let (begin, step) = (begin % extent, if step == 0 { 1 } else { step });
                let beyond = if step > 0 { extent - begin - 1 } else { begin };
                (extent, begin, step, size.min(beyond / step.unsigned_abs() + 1))
            });
            let shape = axes.map(|(extent, ..)| extent);
            let x = numbers(2, shape.iter().product::<u32>() as usize);
            let places = axes.map(|(_, begin, step, size)| {
                (0..size as i32).map(|i| (begin as i32 + i * step) as usize).collect::<Vec<_>>()
            });
            let mut expected = Vec::new();
            for &i in &places[0] {
                for &j in &places[1] {
                    expected.extend(places[2].iter().map(|&k| at(&x, &shape, [i, j, k])));
                }
            }
            let steps = axes.map(|(.., step, _)| step);
            let slice = Gather::slice(&shape, &axes.map(|axis| axis.1), &steps, &axes.map(|axis| axis.3)).unwrap();
            if steps.iter().all(|&step| step > 0) {
                prop_assert_eq!(run(&x, expected.len(), 0, |x, y| slice.run(x, y).unwrap()), expected);
            } else {
                let y = cells(&vec![0; expected.len()]);
                slice.run(&cells(&x), &y).unwrap();
                prop_assert_eq!(values(&y), expected);
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_none() {
        assert!(Gather::transpose(&[2, 3], &[0]).is_none());
        assert!(Gather::transpose(&[2, 3], &[0, 2]).is_none());
        assert!(Gather::transpose(&[2; 6], &[5, 4, 3, 2, 1, 0]).is_none());
        assert!(Gather::slice(&[2, 3], &[0], &[1, 1], &[1, 1]).is_none());
    }
}
