//! The kernel of a convolution.

use core::cell::Cell;

use crate::kernel::epilogue::{End, Ends};
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Rows, Step, rows};
use crate::layers::conv::conv::Conv;
use crate::op::axis::{Axis, Span};

impl Conv {
    /// Output-stationary: each output is one sum, so that it is rounded like a dot product and starts from its first
    /// term.
    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, in_per_group, out_per_group, groups, flags] = step.words()?;
        let axes = Axis::read(&mut step, flags >> 8)?;
        let [z, y, x_axis] = &axes;
        let input_plane = z.input as usize * y.input as usize * x_axis.input as usize;
        let output_plane = z.output as usize * y.output as usize * x_axis.output as usize;
        let taps = in_per_group as usize * z.kernel as usize * y.kernel as usize * x_axis.kernel as usize;
        let out_channels = groups as usize * out_per_group as usize;
        let input = step.view(machine, x, groups as usize * in_per_group as usize * input_plane)?;
        let output = step.view(machine, out, out_channels * output_plane)?;
        let weights = step.params(machine, out_channels * taps)?;
        let ends = Ends::read(flags & 0xFF, machine, &mut step, out_channels)?;
        let is_pointwise = taps == in_per_group as usize && axes.iter().all(|axis| axis.is_dense());

        let mut filters = Filters { weights: rows(weights, taps), outputs: rows(output, output_plane), ends };
        for input in rows(input, in_per_group as usize * input_plane) {
            let mut left = out_per_group as usize;
            while left > 0 {
                if left >= CHANNELS {
                    filters.run::<M, CHANNELS>(machine, &axes, input, is_pointwise)?;
                    left -= CHANNELS;
                } else {
                    filters.run::<M, 1>(machine, &axes, input, is_pointwise)?;
                    left -= 1;
                }
            }
        }
        Some(())
    }
}

/// The output channels that are computed at a time, so that an input is loaded once for all of them; and the outputs of
/// each. Their sums stay in registers during the loop over the taps: besides the operands, Arm's microcontrollers have
/// room for 24 in their 32 registers; eight fill a vector.
const CHANNELS: usize = 4;
const BLOCK: usize = if cfg!(target_arch = "arm") { 6 } else { 8 };

/// What one output channel is computed with, and where it goes.
#[derive(Clone, Copy)]
struct Filter<'a> {
    weights: &'a [f32],
    output: &'a [Cell<f32>],
    end: End,
}

/// The output channels that are still to be computed.
struct Filters<'a> {
    weights: Rows<'a, f32>,
    outputs: Rows<'a, Cell<f32>>,
    ends: Ends<'a>,
}

impl<'a> Filters<'a> {
    /// Computes the next `N` output channels.
    fn run<M: Machine, const N: usize>(
        &mut self,
        machine: &mut M,
        axes: &[Axis; 3],
        input: &[Cell<f32>],
        is_pointwise: bool,
    ) -> Ran {
        let mut filters = [Filter { weights: &[], output: &[], end: End::Bare }; N];
        for filter in &mut filters {
            *filter = Filter { weights: self.weights.next()?, output: self.outputs.next()?, end: self.ends.next()? };
        }
        match filters.first_chunk::<1>() {
            _ if is_pointwise => pointwise(machine, input, &filters),
            Some([filter]) if N == 1 && is_three_by_three(axes, input) => three_by_three(machine, axes, input, filter),
            _ => general(machine, axes, input, &filters),
        }
    }
}

/// The weights of each, whose lengths the compiler knows to be equal, so that it checks an index once for all.
#[inline(always)]
fn weights_of<'a, const N: usize>(filters: &[Filter<'a>; N]) -> Option<[&'a [f32]; N]> {
    let len = filters.first()?.weights.len();
    let mut all: [&[f32]; N] = [&[]; N];
    for (weights, filter) in all.iter_mut().zip(filters) {
        *weights = filter.weights.get(..len)?;
    }
    Some(all)
}

/// Sets the outputs from `at` on to the values of the sums.
#[inline(always)]
fn finish<M: Machine, const N: usize, const WINDOWS: usize>(
    machine: &mut M,
    filters: &[Filter<'_>; N],
    at: usize,
    sums: &[[M::Sum; WINDOWS]; N],
) -> Ran {
    for (filter, sums) in filters.iter().zip(sums) {
        let output = filter.output.get(at..)?.first_chunk::<WINDOWS>()?;
        for (output, &sum) in output.iter().zip(sums) {
            output.set(filter.end.finish(machine, sum));
        }
    }
    Some(())
}

/// Output channels of a general convolution. An output is written after the last read of its window: that of a
/// depthwise convolution may lie in its input's memory (see [`lag`](crate::op::lag)).
fn general<M: Machine, const N: usize>(
    machine: &mut M,
    axes: &[Axis; 3],
    input: &[Cell<f32>],
    filters: &[Filter<'_>; N],
) -> Ran {
    let [z, y, x] = axes;
    let mut at = 0;
    for window_z in 0..z.output {
        for window_y in 0..y.output {
            let (span_z, span_y) = (z.span_at(window_z), y.span_at(window_y));
            let mut window_x = 0;
            while window_x < x.output {
                let spans = [span_z, span_y, x.span_at(window_x)];
                // Adjacent windows, all of whose taps along the row fall on data.
                let whole =
                    |last: u32| x.stride == 1 && last < x.output && spans[2].is_whole(x) && x.span_at(last).is_whole(x);
                // Rows of a few taps are unrolled. More than sixteen sums would not stay in registers.
                let taps = if N > 1 && x.dilation == 1 { spans[2].to - spans[2].from } else { 0 };
                let compute = if N == 1 && whole(window_x + 7) {
                    windows::<M, N, 8, 0>
                } else if whole(window_x + 3) {
                    if taps == 3 { windows::<M, N, 4, 3> } else { windows::<M, N, 4, 0> }
                } else {
                    match taps {
                        2 => windows::<M, N, 1, 2>,
                        3 => windows::<M, N, 1, 3>,
                        4 => windows::<M, N, 1, 4>,
                        _ => windows::<M, N, 1, 0>,
                    }
                };
                let done = compute(machine, axes, &spans, input, filters, at)?;
                window_x += done as u32;
                at += done;
            }
        }
    }
    Some(())
}

/// Computes the outputs of `WINDOWS` windows that are one element apart, given the first window, and returns their
/// number. `TAPS` is the number of taps along a row if they are few and adjacent, or else zero.
#[inline(never)]
fn windows<M: Machine, const N: usize, const WINDOWS: usize, const TAPS: usize>(
    machine: &mut M,
    [z, y, x]: &[Axis; 3],
    [span_z, span_y, span_x]: &[Span; 3],
    input: &[Cell<f32>],
    filters: &[Filter<'_>; N],
    output: usize,
) -> Option<usize> {
    let (row, plane) = (x.input as usize, y.input as usize * x.input as usize);
    let (kernel_row, kernel_plane) = (x.kernel as usize, y.kernel as usize * x.kernel as usize);
    let kernel = z.kernel as usize * kernel_plane;
    let (taps, dilation) = ((span_x.to - span_x.from) as usize, x.dilation as usize);
    let weights = weights_of(filters)?;
    let mut sums = filters.map(|filter| [filter.end.start(machine); WINDOWS]);
    let (mut channel, mut count) = (0, 0);
    let (first, first_tap) =
        (span_y.at as usize * row + span_x.at as usize, span_y.from as usize * kernel_row + span_x.from as usize);
    for input in rows(input, z.input as usize * plane) {
        let mut at_z = span_z.at as usize * plane + first;
        let mut tap_z = channel + span_z.from as usize * kernel_plane + first_tap;
        for _ in span_z.from..span_z.to {
            let (mut at, mut tap) = (at_z, tap_z);
            for _ in span_y.from..span_y.to {
                let data = input.get(at..)?;
                if TAPS > 0 {
                    few_taps::<M, N, WINDOWS, TAPS>(machine, &mut sums, &weights, tap, data)?;
                } else {
                    many_taps(machine, &mut sums, &weights, tap, taps, data, dilation)?;
                }
                count += taps;
                at += y.dilation as usize * row;
                tap += kernel_row;
            }
            at_z += z.dilation as usize * plane;
            tap_z += kernel_plane;
        }
        channel += kernel;
    }
    machine.padding((N * WINDOWS * (channel - count)) as u64);
    finish(machine, filters, output, &sums)?;
    Some(WINDOWS)
}

/// Adds the taps of one row of a window, whose weights start at `from`.
#[inline(always)]
fn many_taps<M: Machine, const N: usize, const WINDOWS: usize>(
    machine: &mut M,
    sums: &mut [[M::Sum; WINDOWS]; N],
    weights: &[&[f32]; N],
    from: usize,
    taps: usize,
    mut data: &[Cell<f32>],
    dilation: usize,
) -> Ran {
    let mut row: [&[f32]; N] = [&[]; N];
    for (row, weights) in row.iter_mut().zip(weights) {
        *row = weights.get(from..)?.get(..taps)?;
    }
    for tap in 0..taps {
        mac_all(machine, sums, &row, tap, data.first_chunk::<WINDOWS>()?)?;
        data = data.get(dilation..).unwrap_or(&[]);
    }
    Some(())
}

/// The same for `TAPS` adjacent taps, without a loop.
#[inline(always)]
fn few_taps<M: Machine, const N: usize, const WINDOWS: usize, const TAPS: usize>(
    machine: &mut M,
    sums: &mut [[M::Sum; WINDOWS]; N],
    weights: &[&[f32]; N],
    from: usize,
    data: &[Cell<f32>],
) -> Ran {
    let data = data.get(..TAPS + WINDOWS - 1)?;
    let mut row: [&[f32]; N] = [&[]; N];
    for (row, weights) in row.iter_mut().zip(weights) {
        *row = weights.get(from..)?.get(..TAPS)?;
    }
    for tap in 0..TAPS {
        mac_all(machine, sums, &row, tap, data.get(tap..)?.first_chunk::<WINDOWS>()?)?;
    }
    Some(())
}

/// Adds the products of some inputs with weight `tap` of each filter.
#[inline(always)]
fn mac_all<M: Machine, const N: usize, const WINDOWS: usize>(
    machine: &mut M,
    sums: &mut [[M::Sum; WINDOWS]; N],
    weights: &[&[f32]; N],
    tap: usize,
    values: &[Cell<f32>; WINDOWS],
) -> Ran {
    for (sums, weights) in sums.iter_mut().zip(weights) {
        let weight = *weights.get(tap)?;
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum = machine.mac(*sum, value.get(), weight);
        }
    }
    Some(())
}

/// Whether a kernel is of 3 × 3 elements, as those of most depthwise convolutions are, and no window lacks more than one
/// row and one column of it.
fn is_three_by_three([z, y, x]: &[Axis; 3], input: &[Cell<f32>]) -> bool {
    let fits = |axis: &Axis| {
        let last = axis.output.saturating_sub(1).wrapping_mul(axis.stride);
        axis.kernel == 3
            && axis.dilation == 1
            && axis.before <= 1
            && axis.input > 1
            && last.wrapping_add(2) <= axis.input.wrapping_add(axis.before)
    };
    z.is_dense() && z.input == 1 && fits(y) && fits(x) && input.len() == y.input as usize * x.input as usize
}

/// One output channel of such a convolution of one channel, with its weights in registers.
fn three_by_three<M: Machine>(machine: &mut M, [_, y, x]: &[Axis; 3], input: &[Cell<f32>], filter: &Filter<'_>) -> Ran {
    let weights = *filter.weights.as_chunks::<3>().0.first_chunk::<3>()?;
    let row = x.input as usize;
    let (mut output, mut window) = (filter.output, 0);
    while window < y.output {
        let Span { from, to, at } = y.span_at(window);
        // The windows from this one on that lie on the same number of rows.
        let mut next = window + 1;
        while next < y.output && y.span_at(next).is_whole(y) && to - from == 3 {
            next += 1;
        }
        let (lines, rest) = output.split_at_checked((next - window) as usize * x.output as usize)?;
        let (input, step) = (input.get(at as usize * row..)?, y.stride as usize * row);
        match *weights.get(from as usize..to as usize)? {
            [a, b, c] => three_columns(machine, x, input, step, [a, b, c], lines, filter.end)?,
            [a, b] => three_columns(machine, x, input, step, [a, b], lines, filter.end)?,
            _ => None?,
        }
        (output, window) = (rest, next);
    }
    Some(())
}

/// The rows of outputs whose windows lie on `ROWS` rows of the input, `step` elements further on for each output row.
#[inline(never)]
fn three_columns<M: Machine, const ROWS: usize>(
    machine: &mut M,
    x: &Axis,
    mut input: &[Cell<f32>],
    step: usize,
    weights: [[f32; 3]; ROWS],
    output: &[Cell<f32>],
    end: End,
) -> Ran {
    let (row, stride) = (x.input as usize, x.stride as usize);
    for mut output in rows(output, x.output as usize) {
        let (mut lines, mut rest): ([&[Cell<f32>]; ROWS], _) = ([&[]; ROWS], input);
        for line in &mut lines {
            (*line, rest) = rest.split_at_checked(row)?;
        }
        let mut at = 0;
        if x.before == 1 {
            let (first, others) = output.split_first()?;
            first.set(window(machine, &lines, 0, weights.map(|[_, b, c]| [b, c]), end)?);
            output = others;
            at = stride.wrapping_sub(1);
        }
        for output in output {
            output.set(if at + 3 <= row {
                window(machine, &lines, at, weights, end)?
            } else {
                window(machine, &lines, at, weights.map(|[a, b, _]| [a, b]), end)?
            });
            at += stride;
        }
        input = input.get(step..).unwrap_or(&[]);
    }
    Some(())
}

/// One sum, of the part of a window of nine taps that falls on data.
#[inline(always)]
fn window<M: Machine, const ROWS: usize, const COLUMNS: usize>(
    machine: &mut M,
    lines: &[&[Cell<f32>]; ROWS],
    at: usize,
    weights: [[f32; COLUMNS]; ROWS],
    end: End,
) -> Option<f32> {
    let mut sum = end.start(machine);
    for (line, weights) in lines.iter().zip(weights) {
        for (value, weight) in line.get(at..at + COLUMNS)?.iter().zip(weights) {
            sum = machine.mac(sum, value.get(), weight);
        }
    }
    machine.padding((9 - ROWS * COLUMNS) as u64);
    Some(end.finish(machine, sum))
}

/// Output channels of a convolution whose kernel is a single element: rows of a matrix product.
fn pointwise<M: Machine, const N: usize>(machine: &mut M, input: &[Cell<f32>], filters: &[Filter<'_>; N]) -> Ran {
    let plane = filters.first()?.output.len();
    let (mut input, mut at) = (input, 0);
    while at < plane {
        let done = match plane - at {
            BLOCK.. => positions::<M, N, BLOCK>(machine, input, plane, filters, at)?,
            4.. => positions::<M, N, 4>(machine, input, plane, filters, at)?,
            _ => positions::<M, N, 1>(machine, input, plane, filters, at)?,
        };
        input = input.get(done..)?;
        at += done;
    }
    Some(())
}

/// Computes the outputs from `at` on, at `POSITIONS` adjacent positions, the first of which is that of the first input;
/// returns their number.
#[inline(never)]
fn positions<M: Machine, const N: usize, const POSITIONS: usize>(
    machine: &mut M,
    mut input: &[Cell<f32>],
    plane: usize,
    filters: &[Filter<'_>; N],
    at: usize,
) -> Option<usize> {
    let weights = weights_of(filters)?;
    let mut sums = filters.map(|filter| [filter.end.start(machine); POSITIONS]);
    for tap in 0..weights.first()?.len() {
        mac_all(machine, &mut sums, &weights, tap, input.first_chunk::<POSITIONS>()?)?;
        input = input.get(plane..).unwrap_or(&[]);
    }
    finish(machine, filters, at, &sums)?;
    Some(POSITIONS)
}
