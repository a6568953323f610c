//! The kernel of a transposed convolution.

use core::cell::Cell;

use crate::kernel::epilogue::{End, Ends};
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::conv::conv_transpose::{ConvTranspose, Spread};
use crate::op::axis::{Axis, ceil_div};

impl ConvTranspose {
    /// Output-stationary: each output gathers the taps that reach it, in one sum.
    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, in_per_group, out_per_group, groups, flags] = step.words()?;
        let axes = Spread::read(&mut step, flags >> 8)?;
        let [z, y, x_axis] = &axes.map(|spread| spread.axis);
        let input_plane = z.output as usize * y.output as usize * x_axis.output as usize;
        let output_plane = z.input as usize * y.input as usize * x_axis.input as usize;
        let taps = z.kernel as usize * y.kernel as usize * x_axis.kernel as usize;
        let (in_per_group, out_per_group) = (in_per_group as usize, out_per_group as usize);
        let out_channels = groups as usize * out_per_group;
        let input = step.view(machine, x, groups as usize * in_per_group * input_plane)?;
        let output = step.view(machine, out, out_channels * output_plane)?;
        let weights = step.params(machine, groups as usize * in_per_group * out_per_group * taps)?;
        let mut ends = Ends::read(flags & 0xFF, machine, &mut step, out_channels)?;

        let mut outputs = rows(output, output_plane);
        let inputs = rows(input, in_per_group * input_plane);
        for (input, weights) in inputs.zip(rows(weights, in_per_group * out_per_group * taps)) {
            for channel in 0..out_per_group {
                let group = Group { input, input_plane, weights, row: out_per_group * taps, first: channel * taps };
                let executed = plane(machine, &axes, &group, outputs.next()?, ends.next()?)?;
                machine.padding((in_per_group * input_plane * taps - executed) as u64);
            }
        }
        Some(())
    }
}

/// The taps that reach one output: `count` of them, the first being `tap`, at the input `at`.
#[derive(Clone, Copy)]
struct Reach {
    tap: u32,
    at: u32,
    count: u32,
}

impl Spread {
    /// The taps that reach an output.
    #[inline(always)]
    fn reach(&self, output: u32) -> Reach {
        let Axis { output: inputs, kernel, stride, dilation, before, .. } = self.axis;
        const NONE: Reach = Reach { tap: 0, at: 0, count: 0 };
        let place = output.wrapping_add(before);
        let (Some(mut rest), Some(shift)) = (place.checked_rem(stride), dilation.checked_rem(stride)) else {
            return NONE;
        };
        let mut tap = 0;
        while rest != 0 {
            tap += 1;
            if tap >= self.tap_step {
                return NONE;
            }
            rest = if rest >= shift { rest - shift } else { rest + stride - shift };
        }
        let reach = tap.saturating_mul(dilation);
        let (true, Some(at)) = (reach <= place, place.wrapping_sub(reach).checked_div(stride)) else { return NONE };
        // The first taps may lie after the last input.
        let skipped = if at < inputs { 0 } else { ceil_div(at - inputs + 1, self.input_step) };
        let (tap, back) = (tap.saturating_add(skipped.saturating_mul(self.tap_step)), skipped * self.input_step);
        if tap >= kernel || back > at {
            return NONE;
        }
        let at = at - back;
        let before = at.checked_div(self.input_step).unwrap_or(0) + 1;
        let taps = ceil_div(kernel - tap, self.tap_step);
        Reach { tap, at, count: if taps < before { taps } else { before } }
    }

    #[inline(always)]
    fn read(step: &mut Step<'_, '_>, rank: u32) -> Option<[Spread; 3]> {
        let axes = Axis::read(step, rank)?;
        let mut spreads = [Spread::UNIT; 3];
        for (spread, axis) in spreads.iter_mut().zip(axes) {
            let [tap_step, input_step] = step.words()?;
            *spread = Spread { axis, tap_step, input_step };
        }
        Some(spreads)
    }
}

/// The input channels of one group and their weights for one output channel.
struct Group<'a> {
    input: &'a [Cell<f32>],
    input_plane: usize,
    weights: &'a [f32],
    /// Weights of one input channel, for all output channels,
    row: usize,
    /// and where among them those for this one start.
    first: usize,
}

/// The most outputs that are computed at a time: their sums stay in registers during the loop over the taps.
const BLOCK: u32 = 8;

/// Computes one output channel; returns the multiply-accumulates that it took.
fn plane<M: Machine>(
    machine: &mut M,
    [z, y, x]: &[Spread; 3],
    group: &Group<'_>,
    output: &[Cell<f32>],
    end: End,
) -> Option<usize> {
    let mut executed = 0;
    let steps = [z, y, x];
    let mut lines = rows(output, x.axis.input as usize);
    for output_z in 0..z.axis.input {
        let reach_z = z.reach(output_z);
        for output_y in 0..y.axis.input {
            let reach_y = y.reach(output_y);
            let line = lines.next()?;
            // Outputs a stride apart are reached by the same taps, on adjacent inputs.
            for phase in 0..x.axis.stride.min(x.axis.input) {
                let mut output_x = phase;
                while output_x < x.axis.input {
                    let reaches = [reach_z, reach_y, x.reach(output_x)];
                    let last = output_x.saturating_add((BLOCK - 1).saturating_mul(x.axis.stride));
                    let alike = |last: Reach| last.tap == reaches[2].tap && last.count == reaches[2].count;
                    if last < x.axis.input && reaches[2].count > 0 && alike(x.reach(last)) {
                        let sums = sums::<M, { BLOCK as usize }>(machine, steps, &reaches, group, end, &mut executed)?;
                        let mut at = output_x as usize;
                        for sum in sums {
                            line.get(at)?.set(end.finish(machine, sum));
                            at += x.axis.stride as usize;
                        }
                        output_x = last + x.axis.stride;
                    } else {
                        let [sum] = sums::<M, 1>(machine, steps, &reaches, group, end, &mut executed)?;
                        line.get(output_x as usize)?.set(end.finish(machine, sum));
                        output_x += x.axis.stride;
                    }
                }
            }
        }
    }
    Some(executed)
}

/// The sums of outputs that the same taps reach, given the taps of the first.
#[inline(always)]
fn sums<M: Machine, const OUTPUTS: usize>(
    machine: &mut M,
    [z, y, x]: [&Spread; 3],
    [reach_z, reach_y, reach_x]: &[Reach; 3],
    group: &Group<'_>,
    end: End,
    executed: &mut usize,
) -> Option<[M::Sum; OUTPUTS]> {
    let (row, plane) = (x.axis.output as usize, y.axis.output as usize * x.axis.output as usize);
    let (kernel_row, kernel_plane) = (x.axis.kernel as usize, y.axis.kernel as usize * x.axis.kernel as usize);
    let mut sums = [end.start(machine); OUTPUTS];
    for (input, weights) in rows(group.input, group.input_plane).zip(rows(group.weights, group.row)) {
        let weights = weights.get(group.first..)?;
        for tap_z in 0..reach_z.count {
            let at_z = (reach_z.at - tap_z * z.input_step) as usize * plane;
            let weight_z = (reach_z.tap + tap_z * z.tap_step) as usize * kernel_plane;
            for tap_y in 0..reach_y.count {
                let at_y = at_z + (reach_y.at - tap_y * y.input_step) as usize * row;
                let weight_y = weight_z + (reach_y.tap + tap_y * y.tap_step) as usize * kernel_row;
                for tap_x in 0..reach_x.count {
                    let at = at_y + (reach_x.at - tap_x * x.input_step) as usize;
                    let weight = *weights.get(weight_y + (reach_x.tap + tap_x * x.tap_step) as usize)?;
                    for (sum, value) in sums.iter_mut().zip(input.get(at..)?.first_chunk::<OUTPUTS>()?) {
                        *sum = machine.mac(*sum, value.get(), weight);
                    }
                }
            }
        }
        *executed += OUTPUTS * (reach_z.count * reach_y.count * reach_x.count) as usize;
    }
    Some(sums)
}
