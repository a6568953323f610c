//! Axes of tensors in an order other than that in memory: how they are written into a step, and walked.

use crate::base::shape::{MAX_RANK, Shape};
use crate::kernel::step::Step;
use crate::op::words::Words;

/// An axis, and how far apart its elements are in each of `N` tensors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Axis<T, const N: usize> {
    extent: T,
    strides: [T; N],
}

/// Axes of `N` tensors in the order in which they are walked, the innermost first.
pub(crate) struct Axes<const N: usize> {
    len: usize,
    axes: [Axis<u64, N>; MAX_RANK],
}

impl<const N: usize> Axes<N> {
    /// No axis: one element.
    pub const NONE: Axes<N> = Axes { len: 0, axes: [Axis { extent: 1, strides: [0; N] }; MAX_RANK] };

    /// Adds an axis around the present ones; it is merged with the last of them if both form one axis in every tensor's
    /// memory.
    const fn push(mut self, extent: u64, strides: [u64; N]) -> Self {
        if extent == 1 {
            return self;
        }
        if self.len > 0 {
            let inner = &mut self.axes[self.len - 1];
            let mut tensor = 0;
            while tensor < N && strides[tensor] == inner.strides[tensor] * inner.extent {
                tensor += 1;
            }
            if tensor == N {
                inner.extent *= extent;
                return self;
            }
        }
        self.axes[self.len] = Axis { extent, strides };
        self.len += 1;
        self
    }

    /// Writes them into a step, together with a number below 2^24 for the kernel.
    pub const fn encode(&self, tag: u32, words: Words) -> Words {
        let mut words = words.push(self.len as u32 | tag << 8);
        let mut axis = 0;
        while axis < self.len {
            let Axis { extent, strides } = self.axes[axis];
            words = words.count(extent);
            let mut tensor = 0;
            while tensor < N {
                words = words.count(strides[tensor]);
                tensor += 1;
            }
            axis += 1;
        }
        words
    }
}

impl Axes<1> {
    /// Adds an axis of a shape around the present ones.
    pub const fn around(self, shape: &Shape, axis: usize) -> Self {
        self.push(shape.at(axis) as u64, [shape.product(axis + 1, shape.rank())])
    }
}

impl Axes<2> {
    /// The axes of two tensors that are broadcast to a third, except the last `inner` of them: the elements of an axis
    /// that is broadcast are 0 apart.
    pub const fn broadcast(a: &Shape, b: &Shape, output: &Shape, inner: usize) -> Self {
        let mut axes = Axes::NONE;
        let mut elements = [a.product(a.rank() - inner, a.rank()), b.product(b.rank() - inner, b.rank())];
        let mut back = inner;
        while back < output.rank() {
            back += 1;
            let (in_a, in_b) = (a.back_axis(back) as u64, b.back_axis(back) as u64);
            let strides = [if in_a == 1 { 0 } else { elements[0] }, if in_b == 1 { 0 } else { elements[1] }];
            elements = [elements[0] * in_a, elements[1] * in_b];
            axes = axes.push(output.back_axis(back) as u64, strides);
        }
        axes
    }
}

/// Such axes as a kernel walks them, row by row: a row is the innermost of them.
pub(crate) struct Walk<const N: usize> {
    axes: [Axis<usize, N>; MAX_RANK],
    /// How far the last element lies from the first in each tensor.
    pub span: [usize; N],
}

impl<const N: usize> Walk<N> {
    /// The next axes of a step: the walk over them, and the number for the kernel.
    #[inline(always)]
    pub fn read(step: &mut Step<'_, '_>) -> Option<(u32, Self)> {
        let [head] = step.words()?;
        let mut walk = Walk { axes: [Axis { extent: 1, strides: [0; N] }; MAX_RANK], span: [0; N] };
        for axis in walk.axes.iter_mut().take((head & 0xFF) as usize) {
            let [extent] = step.words()?.map(|word| word as usize);
            let strides = step.words()?.map(|word| word as usize);
            *axis = Axis { extent, strides };
            for (span, stride) in walk.span.iter_mut().zip(strides) {
                *span += (extent - 1) * stride;
            }
        }
        Some((head >> 8, walk))
    }

    /// The number of elements in a row.
    pub fn extent(&self) -> usize {
        let [row, ..] = &self.axes;
        row.extent
    }

    /// How far apart the elements of a row are in each tensor.
    pub fn strides(&self) -> [usize; N] {
        let [row, ..] = &self.axes;
        row.strides
    }

    /// The number of rows.
    #[inline(always)]
    pub fn rows(&self) -> usize {
        let [_, axes @ ..] = &self.axes;
        axes.iter().fold(1, |rows, axis| rows * axis.extent)
    }

    /// The number of elements.
    #[inline(always)]
    pub fn elements(&self) -> usize {
        self.rows() * self.extent()
    }

    /// Where the rows start.
    #[inline(always)]
    pub fn starts(&self) -> Starts<'_, N> {
        let [_, axes @ ..] = &self.axes;
        Starts { axes, index: [0; MAX_RANK - 1], at: [0; N] }
    }
}

/// Where the rows of a walk start. After the last row, the first one comes again.
pub(crate) struct Starts<'a, const N: usize> {
    axes: &'a [Axis<usize, N>; MAX_RANK - 1],
    index: [usize; MAX_RANK - 1],
    at: [usize; N],
}

impl<const N: usize> Starts<'_, N> {
    /// The start of the next row in each tensor.
    #[inline(always)]
    pub fn next(&mut self) -> [usize; N] {
        let start = self.at;
        for (index, axis) in self.index.iter_mut().zip(self.axes) {
            *index += 1;
            for (at, stride) in self.at.iter_mut().zip(axis.strides) {
                *at += stride;
            }
            if *index < axis.extent {
                break;
            }
            *index = 0;
            for (at, stride) in self.at.iter_mut().zip(axis.strides) {
                *at -= axis.extent * stride;
            }
        }
        start
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::testing::Vec;

    #[test]
    fn neighbours_in_memory_are_one_axis() {
        let axes = |shape: &[usize], order: &[usize]| {
            let shape = Shape::new(shape);
            let axes = order.iter().rev().fold(Axes::NONE, |axes, &axis| axes.around(&shape, axis));
            axes.axes[..axes.len].iter().map(|axis| (axis.extent, axis.strides[0])).collect::<Vec<_>>()
        };
        assert_eq!(axes(&[2, 3, 4], &[0, 1, 2]), [(24, 1)]);
        assert_eq!(axes(&[2, 3, 4], &[1, 2, 0]), [(2, 12), (12, 1)]);
        assert_eq!(axes(&[2, 3, 4], &[0, 2, 1]), [(3, 4), (4, 1), (2, 12)]);
        assert_eq!(axes(&[2, 1, 4], &[1, 0, 2]), [(8, 1)]);
        assert_eq!(axes(&[1, 1], &[1, 0]), []);
    }

    #[test]
    fn axes_of_two_tensors_are_merged_where_both_lie_as_one() {
        let axes = |a: &[usize], b: &[usize], output: &[usize]| {
            let all = Axes::broadcast(&Shape::new(a), &Shape::new(b), &Shape::new(output), 0);
            all.axes[..all.len].iter().map(|axis| (axis.extent, axis.strides[0], axis.strides[1])).collect::<Vec<_>>()
        };
        assert_eq!(axes(&[3, 4, 5], &[3, 4, 5], &[3, 4, 5]), [(60, 1, 1)]);
        assert_eq!(axes(&[3, 4, 5], &[3, 1, 1], &[3, 4, 5]), [(20, 1, 0), (3, 20, 1)]);
        assert_eq!(axes(&[1, 4, 1], &[3, 1, 5], &[3, 4, 5]), [(5, 0, 1), (4, 1, 0), (3, 0, 5)]);
        assert_eq!(axes(&[2, 3, 4], &[1], &[2, 3, 4]), [(24, 1, 0)]);
        assert_eq!(axes(&[1, 1], &[1], &[1, 1]), []);
    }
}
