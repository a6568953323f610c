//! Windows that slide over an image whose channels come last.

use core::array;
use core::cell::Cell;

use crate::kernel::step::Ran;
use crate::op::axis::{Axis, Span};

/// The channels that are computed at a time: their sums stay in a microcontroller's registers, or fill vectors.
const BLOCK: usize = if cfg!(target_arch = "arm") { 4 } else { 16 };

/// The windows along both axes of an image.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Windows {
    pub y: Axis,
    pub x: Axis,
}

/// The taps of one window that fall on data.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub y: Span,
    pub x: Span,
}

impl Windows {
    /// The windows in the order of their outputs.
    #[inline(always)]
    pub fn iter(&self) -> Positions<'_> {
        Positions { windows: self, y: 0, x: 0 }
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
        for _ in y.from..y.to {
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
        let Windows { y, x } = self.windows;
        if self.y >= y.output {
            return None;
        }
        let window = Window { y: y.span_at(self.y), x: x.span_at(self.x) };
        self.x += 1;
        if self.x >= x.output {
            (self.y, self.x) = (self.y + 1, 0);
        }
        Some(window)
    }
}
