//! Axes of a tensor in another order than they lie in memory: how they are written into a step, and walked.

use crate::base::shape::{MAX_RANK, Shape};
use crate::kernel::step::Step;
use crate::op::words::Words;

/// An axis, and how far apart its elements are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Axis<T> {
    extent: T,
    stride: T,
}

/// Axes of a tensor in the order in which they are walked, the innermost first.
pub(crate) struct Axes {
    len: usize,
    axes: [Axis<u64>; MAX_RANK],
}

impl Axes {
    /// No axis: one element.
    pub const NONE: Axes = Axes { len: 0, axes: [Axis { extent: 1, stride: 0 }; MAX_RANK] };

    /// An axis of a shape around those that are there; it is merged with the last of them where both lie in memory as
    /// one.
    pub const fn around(mut self, shape: &Shape, axis: usize) -> Self {
        let extent = shape.at(axis) as u64;
        if extent == 1 {
            return self;
        }
        let stride = shape.product(axis + 1, shape.rank());
        if self.len > 0 {
            let inner = &mut self.axes[self.len - 1];
            if stride == inner.stride * inner.extent {
                inner.extent *= extent;
                return self;
            }
        }
        self.axes[self.len] = Axis { extent, stride };
        self.len += 1;
        self
    }

    /// Writes them into a step.
    pub const fn encode(&self, words: Words) -> Words {
        let mut words = words.push(self.len as u32);
        let mut axis = 0;
        while axis < self.len {
            words = words.count(self.axes[axis].extent).count(self.axes[axis].stride);
            axis += 1;
        }
        words
    }
}

/// A walk over such axes, row by row. Behind the last row comes the first one again.
pub(crate) struct Walk {
    row: Axis<usize>,
    axes: [Axis<usize>; MAX_RANK - 1],
    index: [usize; MAX_RANK - 1],
    at: usize,
    rows: usize,
}

impl Walk {
    /// The axes that a step has next.
    #[inline(always)]
    pub fn read(step: &mut Step<'_, '_>) -> Option<Self> {
        let [len] = step.words()?;
        let one = Axis { extent: 1, stride: 0 };
        let (mut row, mut axes, mut rows) = (one, [one; MAX_RANK - 1], 1);
        if len > 0 {
            let [extent, stride] = step.words()?.map(|word| word as usize);
            row = Axis { extent, stride };
        }
        for axis in axes.iter_mut().take((len as usize).saturating_sub(1)) {
            let [extent, stride] = step.words()?.map(|word| word as usize);
            *axis = Axis { extent, stride };
            rows *= extent;
        }
        Some(Walk { row, axes, index: [0; MAX_RANK - 1], at: 0, rows })
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The number of elements in a row.
    pub fn extent(&self) -> usize {
        self.row.extent
    }

    /// The number of elements.
    pub fn elements(&self) -> usize {
        self.rows * self.row.extent
    }

    /// How far apart the elements of a row are.
    pub fn stride(&self) -> usize {
        self.row.stride
    }

    /// Where the next row starts.
    #[inline(always)]
    pub fn next_row(&mut self) -> usize {
        let start = self.at;
        for (index, axis) in self.index.iter_mut().zip(&self.axes) {
            *index += 1;
            self.at += axis.stride;
            if *index < axis.extent {
                break;
            }
            *index = 0;
            self.at -= axis.extent * axis.stride;
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
            axes.axes[..axes.len].iter().map(|axis| (axis.extent, axis.stride)).collect::<Vec<_>>()
        };
        assert_eq!(axes(&[2, 3, 4], &[0, 1, 2]), [(24, 1)]);
        assert_eq!(axes(&[2, 3, 4], &[1, 2, 0]), [(2, 12), (12, 1)]);
        assert_eq!(axes(&[2, 3, 4], &[0, 2, 1]), [(3, 4), (4, 1), (2, 12)]);
        assert_eq!(axes(&[2, 1, 4], &[1, 0, 2]), [(8, 1)]);
        assert_eq!(axes(&[1, 1], &[1, 0]), []);
    }
}
