//! Convolution over widened columns.

use core::cell::Cell;

use crate::int8::channels::{Channels, words};
use crate::int8::column::{WIDE, Wide, dot, multiply_add, set, widen};
use crate::int8::conv::{COLUMNS, Conv};
use crate::int8::windows::Window;
use crate::kernel::step::{Ran, rows};

impl Conv {
    /// Writes outputs after the inputs of their windows were read, four windows at a time: they may lie in the input's
    /// memory.
    pub fn run(&self, input: &[Cell<i8>], output: &[Cell<i8>], scratch: &[Cell<i8>], weights: &[u8]) -> Ran {
        let (kernels, table) = weights.split_at_checked(self.kernel_bytes())?;
        let channels = Channels::read(table, self.out_channels())?;
        let column = self.groups as usize * self.kernel();
        let columns = scratch.as_chunks::<WIDE>().0;
        let mut windows = self.windows.iter();
        let mut outputs = self.windows.outputs(output, self.out_channels());
        loop {
            let mut columns = rows(columns, column).take(COLUMNS);
            let mut gathered: [&[Wide]; COLUMNS] = [&[]; COLUMNS];
            let mut count = 0;
            for gathered in &mut gathered {
                let Some(window) = windows.next() else { break };
                *gathered = columns.next()?;
                self.gather(&window, input, gathered)?;
                count += 1;
            }
            if count == COLUMNS {
                let outputs = [outputs.next()?, outputs.next()?, outputs.next()?, outputs.next()?];
                self.multiply(kernels, channels, &gathered, &outputs, dots)?;
                continue;
            }
            for gathered in gathered.iter().take(count) {
                let outputs = [outputs.next()?];
                self.multiply(kernels, channels, &[gathered], &outputs, |kernel, [column]| [dot(kernel, column)])?;
            }
            return Some(());
        }
    }

    /// Widens the inputs of a window, group by group; padding is zero.
    #[inline(never)]
    fn gather(&self, Window { y, x }: &Window, input: &[Cell<i8>], column: &[Wide]) -> Ran {
        let axes = &self.windows;
        let per_group = self.in_per_group as usize;
        let channels = self.groups as usize * per_group;
        let input_row = axes.x.input as usize * channels;
        let taps = (x.to - x.from) as usize;
        // Adjacent taps with all their channels are one run.
        let (runs, run) =
            if self.groups == 1 && axes.x.dilation == 1 { (1, taps * per_group) } else { (taps, per_group) };
        let mut packed_rows = rows(column, words(self.row()));
        let mut first = x.at as usize * channels;
        for _ in 0..self.groups {
            let mut at_y = y.at as usize * input_row + first;
            for tap in 0..axes.y.kernel {
                let row = packed_rows.next()?;
                if tap < y.from || tap >= y.to || runs == 0 {
                    pad(row);
                    continue;
                }
                if tap + 1 == axes.y.kernel {
                    at_y += axes.apart;
                }
                let (before, mut row) = row.split_at_checked(x.from as usize * per_group)?;
                pad(before);
                let mut at = at_y;
                for _ in 0..runs {
                    widen(&mut row, input.get(at..)?.get(..run)?, self.input_zero_point)?;
                    at += axes.x.dilation as usize * channels;
                }
                pad(row);
                at_y += axes.y.dilation as usize * input_row;
            }
            first += per_group;
        }
        Some(())
    }

    /// Computes all channels of `N` windows.
    #[inline(never)]
    fn multiply<const N: usize>(
        &self,
        kernels: &[u8],
        channels: Channels<'_>,
        columns: &[&[Wide]; N],
        outputs: &[&[Cell<i8>]; N],
        dots: impl Fn(&[u8], [&[Wide]; N]) -> [i32; N],
    ) -> Ran {
        let (mut kernels, mut channels) = (rows(kernels, self.kernel()), channels.iter());
        let mut columns = columns.map(|column| rows(column, self.kernel()));
        let mut at = 0;
        for _ in 0..self.groups {
            let mut of_group: [&[Wide]; N] = [&[]; N];
            for (of_group, columns) in of_group.iter_mut().zip(&mut columns) {
                *of_group = columns.next()?;
            }
            for channel in channels.by_ref().take(self.out_per_group as usize) {
                if channel.is_dead() {
                    for output in outputs {
                        output.get(at)?.set(self.end.finish(channel.bias));
                    }
                    at += 1;
                    continue;
                }
                let sums = dots(kernels.next()?, of_group);
                for (sum, output) in sums.into_iter().zip(outputs) {
                    let scaled = channel.multiplier.round_twice(sum.wrapping_add(channel.bias));
                    output.get(at)?.set(self.end.finish(scaled));
                }
                at += 1;
            }
        }
        Some(())
    }
}

/// Sets all that is left of a column to zero: padding.
#[inline(always)]
fn pad(column: &[Wide]) {
    for wide in column {
        set(wide, 0);
    }
}

/// The dot products of a row of weights with four columns: each weight is loaded once.
#[inline(always)]
fn dots(weights: &[u8], [a, b, c, d]: [&[Wide]; 4]) -> [i32; 4] {
    let columns = a.iter().zip(b).zip(c).zip(d);
    weights.iter().zip(columns).fold([0; 4], |[of_a, of_b, of_c, of_d], (&weight, (((a, b), c), d))| {
        [
            multiply_add(of_a, weight, a),
            multiply_add(of_b, weight, b),
            multiply_add(of_c, weight, c),
            multiply_add(of_d, weight, d),
        ]
    })
}
