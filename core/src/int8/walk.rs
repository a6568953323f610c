//! Loops over the axes of several tensors that do not lie alike in memory.

use crate::kernel::step::Ran;

/// The most axes of a walk, after neighbours that lie as one axis in every tensor are merged.
const AXES: usize = 4;

/// An axis, and how far apart its elements are in each tensor.
#[derive(Clone, Copy)]
struct Axis<const N: usize> {
    extent: u32,
    strides: [u32; N],
}

impl<const N: usize> Axis<N> {
    const ONE: Self = Axis { extent: 1, strides: [0; N] };

    /// Where the elements lie, from where the first of them does.
    #[inline(always)]
    fn steps(&self, first: [u32; N]) -> impl Iterator<Item = [u32; N]> {
        let mut next = first;
        (0..self.extent).map(move |_| {
            let at = next;
            for (next, stride) in next.iter_mut().zip(self.strides) {
                *next = next.wrapping_add(stride);
            }
            at
        })
    }
}

/// The elements of some axes, as they lie in `N` tensors.
#[derive(Clone, Copy)]
pub(crate) struct Walk<const N: usize> {
    /// The innermost first.
    axes: [Axis<N>; AXES],
}

/// The axes of a walk, while they are added.
#[derive(Clone, Copy)]
pub(crate) struct Axes<const N: usize> {
    axes: [Axis<N>; AXES],
    len: usize,
}

impl<const N: usize> Axes<N> {
    /// One element.
    pub const NONE: Self = Axes { axes: [Axis::ONE; AXES], len: 0 };

    /// Adds an axis around the present ones. Strides may be negative, as numbers that wrap.
    ///
    /// `None` if there are more axes than a walk has room for.
    pub const fn around(mut self, extent: u32, strides: [u32; N]) -> Option<Self> {
        if extent == 1 {
            return Some(self);
        }
        if self.len > 0 {
            let inner = &mut self.axes[self.len - 1];
            let mut tensor = 0;
            while tensor < N && strides[tensor] == inner.strides[tensor].wrapping_mul(inner.extent) {
                tensor += 1;
            }
            if tensor == N {
                inner.extent *= extent;
                return Some(self);
            }
        }
        if self.len == AXES {
            return None;
        }
        self.axes[self.len] = Axis { extent, strides };
        self.len += 1;
        Some(self)
    }

    pub const fn walk(self) -> Walk<N> {
        Walk { axes: self.axes }
    }
}

impl Walk<2> {
    /// The elements of two tensors that are broadcast to a third; all have the same rank.
    ///
    /// `None` if they cannot be, or if there are more axes than a walk has room for.
    pub const fn broadcast(a: &[u32], b: &[u32], output: &[u32]) -> Option<Self> {
        if a.len() != output.len() || b.len() != output.len() {
            return None;
        }
        let mut axes = Axes::NONE;
        let mut elements = [1; 2];
        let mut axis = output.len();
        while axis > 0 {
            axis -= 1;
            let extent = output[axis];
            if a[axis] != extent && a[axis] != 1 || b[axis] != extent && b[axis] != 1 {
                return None;
            }
            let strides = [if a[axis] == 1 { 0 } else { elements[0] }, if b[axis] == 1 { 0 } else { elements[1] }];
            axes = match axes.around(extent, strides) {
                Some(axes) => axes,
                None => return None,
            };
            elements = [elements[0] * a[axis], elements[1] * b[axis]];
        }
        Some(axes.walk())
    }
}

impl<const N: usize> Walk<N> {
    /// The same over one of so many equal parts, of which none lies in another.
    pub const fn by_rows(mut self, rows: u32) -> Self {
        self.axes[self.outer_axis()].extent /= rows;
        self
    }

    /// How far apart the parts are in each tensor.
    pub const fn outermost(&self) -> [u32; N] {
        self.axes[self.outer_axis()].strides
    }

    const fn outer_axis(&self) -> usize {
        let mut axis = AXES - 1;
        while axis > 0 && self.axes[axis].extent == 1 {
            axis -= 1;
        }
        axis
    }
}

impl Walk<1> {
    /// Whether it is one axis of elements so far apart.
    pub const fn is_line(&self, stride: u32) -> bool {
        let [inner, second, third, outer] = &self.axes;
        (inner.extent == 1 || inner.strides[0] == stride)
            && second.extent == 1
            && third.extent == 1
            && outer.extent == 1
    }

    /// The elements of the innermost axis.
    pub const fn innermost(&self) -> u32 {
        self.axes[0].extent
    }

    /// Visits the rows in order: where each starts, the number of its elements, and how far apart they are.
    #[inline(always)]
    pub fn rows(&self, mut visit: impl FnMut(u32, u32, u32) -> Ran) -> Ran {
        let [inner, ..] = &self.axes;
        let [stride] = inner.strides;
        self.outer([0], |[at]| visit(at, inner.extent, stride))
    }
}

impl<const N: usize> Walk<N> {
    /// Visits the elements in order, each by where it lies in each tensor.
    #[inline(always)]
    pub fn each(&self, first: [u32; N], mut visit: impl FnMut([u32; N]) -> Ran) -> Ran {
        let [inner, ..] = &self.axes;
        self.outer(first, |at| {
            for at in inner.steps(at) {
                visit(at)?;
            }
            Some(())
        })
    }

    /// Visits the first element of each row.
    #[inline(always)]
    fn outer(&self, first: [u32; N], mut visit: impl FnMut([u32; N]) -> Ran) -> Ran {
        let [_, second, third, outer] = &self.axes;
        for at in outer.steps(first) {
            for at in third.steps(at) {
                for at in second.steps(at) {
                    visit(at)?;
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::int8::testing::Vec;

    #[test]
    fn shapes_that_cannot_be_broadcast_have_no_walk() {
        let is_walk = |a: &[u32], b: &[u32], output: &[u32]| Walk::broadcast(a, b, output).is_some();
        assert!(is_walk(&[2, 3], &[1, 3], &[2, 3]));
        assert!(!is_walk(&[2, 3], &[3], &[2, 3]));
        assert!(!is_walk(&[2, 3], &[2, 2], &[2, 3]));
        assert!(!is_walk(&[2, 3], &[2, 1], &[2, 2]));
    }

    #[test]
    fn axes_are_merged_before_they_are_too_many() {
        let shape = [2; 8];
        let walk = Walk::broadcast(&shape, &shape, &shape).unwrap();
        let mut next = 0;
        walk.each([0; 2], |at| {
            assert_eq!(at, [next; 2]);
            next += 1;
            Some(())
        });
        assert_eq!(next, 256);
        let other = [2, 1, 2, 1, 2, 1, 2, 1];
        assert!(Walk::broadcast(&shape, &other, &shape).is_none());
    }

    #[test]
    fn strides_may_be_negative() {
        let axes = Axes::NONE.around(3, [u32::MAX]).and_then(|axes| axes.around(2, [10])).unwrap();
        let mut visited = Vec::new();
        axes.walk().each([2], |[at]| {
            visited.push(at);
            Some(())
        });
        assert_eq!(visited, [2, 1, 0, 12, 11, 10]);
    }
}
