//! Windows that slide over the channels of an image.

use core::cell::Cell;

use crate::kernel::step::{Ran, Step};
use crate::op::window::{Axis, Span};

impl Axis {
    /// Reads the last `rank` of three axes.
    #[inline(always)]
    pub fn read(step: &mut Step<'_, '_>, rank: u32) -> Option<[Axis; 3]> {
        let mut axes = [Axis::UNIT; 3];
        for axis in axes.iter_mut().rev().take(rank as usize).rev() {
            let [input, output, kernel, stride, dilation, before] = step.words()?;
            *axis = Axis { input, output, kernel, stride, dilation, before };
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

/// Slides a window over one channel, and sets each output to what `each` makes of it: of the channel, of the window's
/// taps on data, and of its number along each axis. An output is written behind the last read of its window: it may lie
/// in its input's memory (see [`lag`](crate::op::lag)).
#[inline(always)]
pub(crate) fn slide(
    axes: &[Axis; 3],
    input: &[Cell<f32>],
    output: &[Cell<f32>],
    mut each: impl FnMut(&Channel<'_>, &[Span; 3], [u32; 3]) -> Option<f32>,
) -> Ran {
    let [z, y, x] = axes;
    let channel = Channel {
        data: input,
        row: x.input as usize,
        plane: y.input as usize * x.input as usize,
        dilation: [z.dilation, y.dilation, x.dilation],
    };
    let mut outputs = output.iter();
    for window_z in 0..z.output {
        let span_z = z.span_at(window_z);
        for window_y in 0..y.output {
            let span_y = y.span_at(window_y);
            for window_x in 0..x.output {
                let spans = [span_z, span_y, x.span_at(window_x)];
                outputs.next()?.set(each(&channel, &spans, [window_z, window_y, window_x])?);
            }
        }
    }
    Some(())
}
