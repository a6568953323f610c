//! Windows that slide over the channels of an image.

use core::cell::Cell;

use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows, words};
use crate::op::axis::{Axis, Span};
use crate::op::words::Words;

words!(Axis: input, output, kernel, stride, dilation, before);

impl Axis {
    /// Writes the last `rank` of three axes, for [`Axis::read`].
    pub const fn write(axes: &[Axis; 3], rank: u8, mut words: Words) -> Words {
        let mut axis = 3 - rank as usize;
        while axis < 3 {
            words = axes[axis].encode(words);
            axis += 1;
        }
        words
    }

    /// Reads the last `rank` of three axes.
    #[inline(always)]
    pub fn read(step: &mut Step<'_, '_>, rank: u32) -> Option<[Axis; 3]> {
        let mut axes = [Axis::UNIT; 3];
        for axis in axes.iter_mut().rev().take(rank as usize).rev() {
            *axis = Axis::decode(step.words()?);
        }
        Some(axes)
    }
}

/// The data of one channel, as a window sees it.
#[derive(Clone, Copy)]
pub(crate) struct Channel<'a> {
    pub data: &'a [Cell<f32>],
    /// Elements of a row, and of a plane.
    pub row: usize,
    pub plane: usize,
    /// The distance between two taps.
    pub dilation: [u32; 3],
}

impl Channel<'_> {
    /// Goes over the taps that fall on data.
    #[inline(always)]
    pub fn fold<T>(&self, spans: &[Span; 3], first: T, mut each: impl FnMut(T, f32) -> T) -> Option<T> {
        let [z, y, x] = spans;
        let [step_z, step_y, step_x] = self.dilation;
        let taps = (x.to - x.from) as usize;
        let mut result = first;
        let mut at_z = z.at as usize * self.plane + y.at as usize * self.row + x.at as usize;
        for _ in z.from..z.to {
            let mut at = at_z;
            for _ in y.from..y.to {
                let mut data = self.data.get(at..)?;
                if step_x == 1 {
                    for value in data.get(..taps)? {
                        result = each(result, value.get());
                    }
                } else {
                    for _ in 0..taps {
                        result = each(result, data.first()?.get());
                        data = data.get(step_x as usize..).unwrap_or(&[]);
                    }
                }
                at += step_y as usize * self.row;
            }
            at_z += step_z as usize * self.plane;
        }
        Some(result)
    }
}

/// One window of a channel.
pub(crate) struct Position<'a> {
    pub axes: &'a [Axis; 3],
    /// The number for the kernel that was passed to [`pool_words`].
    pub tag: u32,
    /// Its number along each axis.
    pub at: [u32; 3],
    /// Its taps on data.
    pub spans: [Span; 3],
}

/// Writes the windows over a pool's channels, for [`pool`], with a number below 2^24 for its kernel.
pub(crate) const fn pool_words(channels: usize, axes: &[Axis; 3], rank: u8, tag: u32, words: Words) -> Words {
    Axis::write(axes, rank, words.push(channels as u32).push(rank as u32 | tag << 8))
}

/// Slides a window over each channel, and sets each output to the result of `each`. An output is written after the
/// last read of its window: it may lie in its input's memory (see [`lag`](crate::op::lag)).
#[inline(always)]
pub(crate) fn pool<M: Machine>(
    machine: &mut M,
    mut step: Step<'_, '_>,
    mut each: impl FnMut(&mut M, &Channel<'_>, &Position<'_>) -> Option<f32>,
) -> Ran {
    let [out, x, channels, flags] = step.words()?;
    let axes = Axis::read(&mut step, flags & 0xFF)?;
    let [z, y, x_axis] = &axes;
    let (input_volume, output_volume) = Axis::volumes(&axes);
    let input = step.view(machine, x, channels as usize * input_volume)?;
    let output = step.view(machine, out, channels as usize * output_volume)?;
    for (data, output) in rows(input, input_volume).zip(rows(output, output_volume)) {
        let channel = Channel {
            data,
            row: x_axis.input as usize,
            plane: y.input as usize * x_axis.input as usize,
            dilation: [z.dilation, y.dilation, x_axis.dilation],
        };
        let mut outputs = output.iter();
        for at_z in 0..z.output {
            let span_z = z.span_at(at_z);
            for at_y in 0..y.output {
                let span_y = y.span_at(at_y);
                for at_x in 0..x_axis.output {
                    let spans = [span_z, span_y, x_axis.span_at(at_x)];
                    let window = Position { axes: &axes, tag: flags >> 8, at: [at_z, at_y, at_x], spans };
                    outputs.next()?.set(each(machine, &channel, &window)?);
                }
            }
        }
    }
    Some(())
}
