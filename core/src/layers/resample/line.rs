//! The lines of an interpolation: where along an axis the elements of its output lie in its input.

use crate::graph::io::Io;
use crate::kernel::step::{Step, words};
use crate::op::axis::gcd;
use crate::op::row::Row;
use crate::op::words::Words;

/// Where the elements of the output lie in the input, along one axis: the first at `start / whole − 1`, and each
/// further one `step / whole` after it. The first may lie before the input, by less than 1.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    input: u32,
    output: u32,
    start: u32,
    step: u32,
    pub whole: u32,
}

impl Line {
    pub const UNIT: Line = Line { input: 1, output: 1, start: 1, step: 1, whole: 1 };

    const fn new(input: usize, output: usize, start: i64, step: u64, whole: u64) -> Self {
        let common = gcd(gcd(step, whole), start.unsigned_abs());
        let start = (start + whole as i64) as u64 / common;
        let (step, whole) = ((step / common) as u32, (whole / common) as u32);
        Line { input: input as u32, output: output as u32, start: start as u32, step, whole }
    }

    pub const fn nearest(input: usize, output: usize) -> Self {
        Line::new(input, output, 0, input as u64, output as u64)
    }

    /// Elements are the centres of squares.
    pub const fn centred(input: usize, output: usize) -> Self {
        Line::new(input, output, input as i64 - output as i64, 2 * input as u64, 2 * output as u64)
    }

    /// The first elements of input and output coincide, and so do the last.
    pub const fn aligned(input: usize, output: usize) -> Self {
        if output == 1 {
            return Line::new(input, output, 0, 0, 1);
        }
        Line::new(input, output, 0, input as u64 - 1, output as u64 - 1)
    }

    /// Writes it, for [`Walk::read`].
    pub const fn write(self, words: Words) -> Words {
        let Line { input, output, start, step, whole } = self;
        let (at, rest, step_at, step_rest) = (start / whole, start % whole, step / whole, step % whole);
        Walk { input, output, whole, at, rest, step_at, step_rest }.encode(words)
    }
}

words! {
    /// The places of a line, one after another, without a division.
    struct Walk {
        input,
        output,
        whole,
        /// The place is the element `at − 1` and `rest / whole`.
        at,
        rest,
        step_at,
        step_rest,
    }
}

/// The elements around a place, and their weights, whose sum along a line is `whole`.
#[derive(Clone, Copy)]
pub(crate) struct Around {
    pub at: [usize; 2],
    pub weights: [f32; 2],
}

impl Walk {
    #[inline(always)]
    pub fn read(step: &mut Step<'_, '_>) -> Option<Self> {
        Some(Walk::decode(step.words()?))
    }

    /// The element at the place or before it.
    #[inline(always)]
    pub fn at(&self) -> usize {
        self.at.saturating_sub(1) as usize
    }

    #[inline(always)]
    pub fn around(&self) -> Around {
        let at = self.at();
        let next = if at + 1 < self.input as usize { at + 1 } else { at };
        let rest = if self.at == 0 { 0 } else { self.rest };
        Around { at: [at, next], weights: [(self.whole - rest) as f32, rest as f32] }
    }

    #[inline(always)]
    pub fn advance(&mut self) {
        self.at += self.step_at;
        self.rest += self.step_rest;
        if self.rest >= self.whole {
            self.rest -= self.whole;
            self.at += 1;
        }
    }
}

/// What the tools count that treat all interpolations alike.
pub(crate) const fn interpolation(io: Io<'_>, by_size: bool) -> Row {
    let positions = io.elements() / io.output().at(0) as u64;
    Row {
        ptflops_upsample: io.elements(),
        ptflops_functional: io.elements(),
        // It forgets the channels, as calflops does if the size is given.
        torchstat_flops: positions,
        calflops: if by_size { positions } else { io.input(0).elements() },
        ..Row::stateless(io)
    }
}
