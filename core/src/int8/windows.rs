//! Windows that slide over an image whose channels come last.

use core::array;
use core::cell::Cell;

use crate::kernel::step::Ran;
use crate::op::axis::{Axis, Span};
use crate::op::lag::Direction;

/// The channels that are computed at a time: their sums stay in a microcontroller's registers, or fill vectors.
const BLOCK: usize = if cfg!(target_arch = "arm") { 4 } else { 16 };

/// The windows along both axes of an image.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Windows {
    pub y: Axis,
    pub x: Axis,
    /// The order in which they are computed.
    pub direction: Direction,
    /// How much further the last row of taps lies than it would if rows were all one after the other: one that has just
    /// arrived may lie apart.
    pub apart: usize,
}

/// The taps of one window that fall on data.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub y: Span,
    pub x: Span,
}

impl Windows {
    /// Windows that are computed in the order of their outputs.
    pub const fn new(y: Axis, x: Axis) -> Self {
        Windows { y, x, direction: Direction::Forward, apart: 0 }
    }

    /// The same, from the last to the first.
    pub const fn backward(self) -> Self {
        Windows { direction: Direction::Backward, ..self }
    }

    /// The windows in the order in which they are computed.
    #[inline(always)]
    pub fn iter(&self) -> Positions<'_> {
        Positions { windows: self, y: 0, x: 0 }
    }

    /// The same after so many of them.
    #[cfg(dsp)]
    pub fn iter_after(&self, done: u32) -> Option<Positions<'_>> {
        Some(Positions { windows: self, y: done.checked_div(self.x.output)?, x: done.checked_rem(self.x.output)? })
    }

    /// Their outputs, of so many channels each, in the same order.
    #[inline(always)]
    pub fn outputs<'a>(&self, output: &'a [Cell<i8>], channels: usize) -> InOrder<'a> {
        in_order(output, channels, self.direction)
    }

    /// The number of taps of a window.
    pub const fn taps(&self) -> usize {
        self.y.kernel as usize * self.x.kernel as usize
    }

    /// Folds the taps of a window that fall on data: `each` is given the `N` channels of a tap from `channel` on, and
    /// the number of the tap.
    #[inline(always)]
    pub fn fold<const N: usize>(
        &self,
        window: &Window,
        input: &[Cell<i8>],
        channels: usize,
        channel: usize,
        mut each: impl FnMut(&[Cell<i8>; N], usize) -> Ran,
    ) -> Ran {
        let Window { y, x } = window;
        let row = self.x.input as usize * channels;
        let mut at_y = y.at as usize * row + x.at as usize * channels + channel;
        let mut tap_y = y.from as usize * self.x.kernel as usize;
        let apart = if y.to == self.y.kernel { self.apart } else { 0 };
        for left in (0..y.to - y.from).rev() {
            if left == 0 {
                at_y += apart;
            }
            let mut at = at_y;
            for tap in x.from..x.to {
                each(input.get(at..)?.first_chunk()?, tap_y + tap as usize)?;
                at += self.x.dilation as usize * channels;
            }
            at_y += self.y.dilation as usize * row;
            tap_y += self.x.kernel as usize;
        }
        Some(())
    }
}

/// What computes each channel of an output from the same channel of its window.
pub(crate) trait Channelwise {
    /// Computes `N` adjacent channels of a window's output.
    fn block<const N: usize>(&self, window: &Window, output: &[Cell<i8>; N], channel: usize) -> Ran;

    /// Computes all channels of a window's output.
    #[inline(always)]
    fn window(&self, window: &Window, output: &[Cell<i8>]) -> Ran {
        let (blocks, rest) = output.as_chunks::<BLOCK>();
        let mut channel = 0;
        for block in blocks {
            self.block(window, block, channel)?;
            channel += BLOCK;
        }
        for output in rest {
            self.block(window, array::from_ref(output), channel)?;
            channel += 1;
        }
        Some(())
    }
}

/// See [`Windows::iter`].
pub(crate) struct Positions<'a> {
    windows: &'a Windows,
    y: u32,
    x: u32,
}

impl Iterator for Positions<'_> {
    type Item = Window;

    #[inline(always)]
    fn next(&mut self) -> Option<Window> {
        let Windows { y, x, direction, .. } = self.windows;
        if self.y >= y.output {
            return None;
        }
        let window = Window {
            y: y.span_at(direction.first(self.y, 1, y.output)),
            x: x.span_at(direction.first(self.x, 1, x.output)),
        };
        self.x += 1;
        if self.x >= x.output {
            (self.y, self.x) = (self.y + 1, 0);
        }
        Some(window)
    }
}

/// Rows of so many elements, in an order.
#[inline(always)]
pub(crate) fn in_order(matrix: &[Cell<i8>], len: usize, direction: Direction) -> InOrder<'_> {
    InOrder { rest: matrix, len, direction }
}

/// See [`in_order`].
pub(crate) struct InOrder<'a> {
    rest: &'a [Cell<i8>],
    len: usize,
    direction: Direction,
}

impl<'a> Iterator for InOrder<'a> {
    type Item = &'a [Cell<i8>];

    #[inline(always)]
    fn next(&mut self) -> Option<&'a [Cell<i8>]> {
        if self.rest.is_empty() {
            return None;
        }
        take(&mut self.rest, self.len, self.direction)
    }
}

/// Takes the first so many elements of what is left or, backward, the last.
#[inline(always)]
pub(crate) fn take<'a>(rest: &mut &'a [Cell<i8>], len: usize, direction: Direction) -> Option<&'a [Cell<i8>]> {
    let (taken, others) = match direction {
        Direction::Forward => rest.split_at_checked(len)?,
        Direction::Backward => {
            let (others, taken) = rest.split_at_checked(rest.len().checked_sub(len)?)?;
            (taken, others)
        }
    };
    *rest = others;
    Some(taken)
}
