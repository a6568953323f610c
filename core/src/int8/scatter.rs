//! Elements that are only moved, in the order of the input: padding, and the operands of a concatenation.

use core::cell::Cell;

use crate::int8::gather::stride;
use crate::int8::walk::{Axes, Walk};
use crate::kernel::step::Ran;

/// A tensor whose elements become some of a larger one's: an operand of TensorFlow Lite's `CONCATENATION`, whose output
/// is quantized like it, and the data of `PAD` and `PADV2`.
#[derive(Clone, Copy)]
pub(crate) struct Scatter {
    first: u32,
    walk: Walk<1>,
}

impl Scatter {
    /// A tensor within an output, from the place `begin` on.
    ///
    /// `None` if there are more axes than a walk has room for, or not as many of each.
    pub const fn new(shape: &[u32], begin: &[u32], output: &[u32]) -> Option<Self> {
        if begin.len() != shape.len() || output.len() != shape.len() {
            return None;
        }
        let mut axes = Axes::NONE;
        let mut first = 0;
        let mut axis = shape.len();
        while axis > 0 {
            axis -= 1;
            let stride = stride(output, axis);
            first += begin[axis] * stride;
            axes = match axes.around(shape[axis], [stride]) {
                Some(axes) => axes,
                None => return None,
            };
        }
        Some(Scatter { first, walk: axes.walk() })
    }

    /// The output must not lie in the input's memory, unless every element stays in its place, or they lie together there
    /// as here and come to lie before.
    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>]) -> Ran {
        let mut input = input;
        self.walk.rows(|at, len, stride| {
            let (row, rest) = input.split_at_checked(len as usize)?;
            input = rest;
            let mut at = self.first.wrapping_add(at);
            if stride == 1 {
                for (input, output) in row.iter().zip(output.get(at as usize..)?.get(..len as usize)?) {
                    output.set(input.get());
                }
                return Some(());
            }
            for input in row {
                output.get(at as usize)?.set(input.get());
                at = at.wrapping_add(stride);
            }
            Some(())
        })
    }
}

/// Padding: TensorFlow Lite's `PAD` and `PADV2`.
#[derive(Clone, Copy)]
pub(crate) struct Pad {
    data: Scatter,
    value: i8,
    /// Whether there is any data.
    has_data: bool,
}

impl Pad {
    /// A tensor within an output that has a value everywhere else: the zero point for `PAD`.
    ///
    /// `None` if there are more axes than a walk has room for, or not as many of each.
    pub const fn new(shape: &[u32], before: &[u32], output: &[u32], value: i8) -> Option<Self> {
        match Scatter::new(shape, before, output) {
            Some(data) => Some(Pad { data, value, has_data: true }),
            None => None,
        }
    }

    /// The elements before the first of the data.
    pub const fn first(&self) -> u32 {
        self.data.first
    }

    /// The same for one row of an output with rows of so many elements, from data with so many rows.
    pub const fn by_rows(self, height: u32, row: u32) -> Self {
        let Scatter { first, walk } = self.data;
        Pad { data: Scatter { first: first % row, walk: walk.by_rows(height) }, ..self }
    }

    /// Gives it data, or none.
    pub fn set_data(&mut self, has_data: bool) {
        self.has_data = has_data;
    }

    /// The output must not lie in the input's memory.
    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>]) -> Ran {
        for output in output {
            output.set(self.value);
        }
        if self.has_data { self.data.run(input, output) } else { Some(()) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::int8::testing::{cells, numbers, values, vec};

    proptest! {
        #[test]
        fn padding_is_around_the_data(axes in prop::array::uniform3((1u32..5, 0u32..3, 0u32..3)), value: i8) {
            let shape = axes.map(|(extent, ..)| extent);
            let before = axes.map(|(_, before, _)| before);
            let output = axes.map(|(extent, before, after)| extent + before + after);
            let x = numbers(3, shape.iter().product::<u32>() as usize);
            let y = cells(&vec![0; output.iter().product::<u32>() as usize]);
            Pad::new(&shape, &before, &output, value).unwrap().run(&cells(&x), &y).unwrap();
            let mut outputs = values(&y).into_iter();
            for i in 0..output[0] {
                for j in 0..output[1] {
                    for k in 0..output[2] {
                        let mut at = Some(0);
                        for (axis, i) in [i, j, k].into_iter().enumerate() {
                            let place = i.checked_sub(before[axis]).filter(|&place| place < shape[axis]);
                            at = at.zip(place).map(|(at, place)| at * shape[axis] + place);
                        }
                        prop_assert_eq!(outputs.next(), Some(at.map_or(value, |at| x[at as usize])));
                    }
                }
            }
        }
    }

    #[test]
    fn operands_of_a_concatenation_lie_side_by_side() {
        let y = cells(&[0; 10]);
        Scatter::new(&[2, 2], &[0, 0], &[2, 5]).unwrap().run(&cells(&[1, 2, 3, 4]), &y).unwrap();
        Scatter::new(&[2, 3], &[0, 2], &[2, 5]).unwrap().run(&cells(&[5, 6, 7, 8, 9, 10]), &y).unwrap();
        assert_eq!(values(&y), [1, 2, 5, 6, 7, 3, 4, 8, 9, 10]);
        assert!(Scatter::new(&[2, 2], &[0], &[2, 5]).is_none());
    }
}
