//! Convolution over widened columns.

use core::cell::Cell;

use crate::int8::channels::{Channels, words};
use crate::int8::conv::Conv;
use crate::int8::dsp::columns::{BLOCK, COLUMNS, Columns};
use crate::int8::dsp::widen::{self, Column, Rows};
use crate::int8::windows::{Window, Windows, take};
use crate::kernel::step::Ran;
use crate::op::lag::Direction;

impl Conv {
    /// The same as on other targets.
    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>], scratch: &[Cell<i8>], weights: &[u8]) -> Ran {
        let (kernels, table) = weights.split_at_checked(self.kernel_bytes())?;
        let channels = Channels::read(table, self.out_channels())?;
        let columns = Columns::new(self.kernel(), kernels, channels, self.end, self.dead > 0);
        let (groups, out_per_group, stride) = (self.groups as usize, self.out_per_group as usize, self.out_channels());
        let scratch = widen::words(scratch);
        let group = self.kernel() / 4 * BLOCK;
        // Scratch that does not begin at a word has room for one of them.
        let at_once = if scratch.len() < groups * group { 1 } else { COLUMNS };
        let direction = self.windows.direction;
        let is_forward = direction == Direction::Forward;
        let (mut done, mut rest) = (0, output);
        let (row, len) = (self.row(), self.kernel());
        if at_once == COLUMNS && self.is_pointwise() && (is_forward || len == row) {
            let mut inputs = input;
            // They are read up to a whole word, and multiplied by zeros.
            while rest.len() >= COLUMNS * stride && inputs.len() >= (COLUMNS - 1) * row + len {
                let all = inputs;
                let block = take(&mut inputs, COLUMNS * row, direction)?;
                let input = if is_forward { all } else { block };
                widen::all(scratch, input, len, row, self.input_zero_point)?;
                columns.four(0, stride, scratch, take(&mut rest, COLUMNS * stride, direction)?, stride)?;
                done += COLUMNS as u32;
            }
        }
        let mut windows = self.windows.iter_after(done)?;
        loop {
            let mut count = 0;
            for window in windows.by_ref().take(at_once) {
                // Windows lie in columns as in memory.
                let column = if is_forward { count } else { at_once - 1 - count };
                self.gather(&window, input, scratch, column)?;
                count += 1;
            }
            if count == 0 {
                return Some(());
            }
            let outputs = take(&mut rest, count * stride, direction)?;
            let first_column = if is_forward { 0 } else { at_once - count };
            for at in 0..groups {
                let (first, scratch) = (at * out_per_group, scratch.get(at * group..)?);
                if count == COLUMNS {
                    columns.four(first, out_per_group, scratch, outputs.get(first..)?, stride)?;
                    continue;
                }
                for at in 0..count {
                    let output = outputs.get(at * stride + first..)?;
                    columns.one(first, out_per_group, scratch.get(first_column + at..)?, output)?;
                }
            }
        }
    }

    /// Whether each window is a position, with all its channels.
    fn is_pointwise(&self) -> bool {
        self.groups == 1 && self.windows.y.is_dense() && self.windows.x.is_dense()
    }

    /// Widens the inputs of a window to one of the columns.
    #[inline(always)]
    fn gather(&self, window: &Window, input: &[Cell<i8>], scratch: &[Cell<u32>], column: usize) -> Ran {
        let Windows { y, x, .. } = &self.windows;
        let column = Column::new(scratch, column, self.input_zero_point)?;
        // Adjacent taps with all their channels lie together.
        if self.groups == 1 && x.dilation == 1 {
            let row = x.input as usize * self.in_per_group as usize;
            let rows = Rows {
                start: window.y.at as usize * row + window.x.at as usize * self.in_per_group as usize,
                step: y.dilation as usize * row,
                count: (window.y.to - window.y.from) as usize,
                len: words(self.row()),
                apart: if window.y.to == y.kernel { self.windows.apart } else { 0 },
            };
            let is_whole = window.y.is_whole(y) && window.x.is_whole(x);
            let ran =
                if is_whole { column.widen(input, rows) } else { self.gather_padded(window, input, &column, rows) };
            if ran.is_some() {
                return ran;
            }
        }
        self.gather_apart(window, input, column)
    }

    /// The same for rows that lie together, with padding around them.
    #[inline(never)]
    fn gather_padded(&self, Window { y, x }: &Window, input: &[Cell<i8>], column: &Column<'_>, rows: Rows) -> Ran {
        let Rows { start, count, len, .. } = rows;
        let mut column = column.clone();
        column.pad(y.from as usize * len)?;
        if count > 0 && x.to > x.from {
            // They are read with what lies before and after them, which is then cleared.
            let before = x.from as usize * self.in_per_group as usize;
            column.widen(input, Rows { start: start.checked_sub(before)?, ..rows })?;
            let row = self.row();
            let after = x.to as usize * self.in_per_group as usize;
            for _ in 0..count {
                column.clear(0, before)?;
                column.clear(after, row)?;
                column.skip(len);
            }
        } else {
            column.pad(count * len)?;
        }
        column.pad((self.windows.y.kernel - y.to) as usize * len)
    }

    /// The same for all others, group by group and tap by tap.
    #[inline(never)]
    fn gather_apart(&self, Window { y, x }: &Window, input: &[Cell<i8>], mut column: Column<'_>) -> Ran {
        let axes = &self.windows;
        let per_group = self.in_per_group as usize;
        let channels = self.groups as usize * per_group;
        let len = words(self.row());
        let mut start = (y.at as usize * axes.x.input as usize + x.at as usize) * channels;
        for _ in 0..self.groups {
            column.pad(y.from as usize * len)?;
            let mut at = start;
            for tap in y.from..y.to {
                if tap + 1 == axes.y.kernel {
                    at += axes.apart;
                }
                let (step, count) = (axes.x.dilation as usize * channels, (x.to - x.from) as usize);
                let taps = Rows { start: at, step, count, len: per_group, apart: 0 };
                column.widen_among(input, taps, x.from as usize * per_group, len)?;
                column.skip(len);
                at += axes.y.dilation as usize * axes.x.input as usize * channels;
            }
            column.pad((axes.y.kernel - y.to) as usize * len)?;
            start += per_group;
        }
        Some(())
    }
}
