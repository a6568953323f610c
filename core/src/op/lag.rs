//! How closely the output of a window that slides over its input may follow the input in one piece of memory: what
//! Blacker, Bridges and Hadfield call diagonal memory optimisation (2020).
//!
//! Windows are computed in the order of their outputs, channel by channel, and each output is written after the last
//! read of its window. If the input starts `lag` elements after the output, window j's output is written at element j,
//! and its lowest tap is read at `lag + r(j)`. No element is overwritten before its last read if, for every window, the
//! outputs of those before it lie below that tap: `j - 1 < lag + r(j)`. So the least lag is the greatest `j - r(j)`, or
//! 0 if that is negative. Both are sums over the axes, so the greatest difference is the sum of each axis's.

use crate::base::layout::Layout;
use crate::base::shape::Shape;
use crate::op::axis::Axis;

/// The least number of elements by which the output has to start before its input, if each of its channels is computed
/// from one channel alone.
pub(crate) const fn lag(axes: &[Axis; 3], output: &Shape, layout: Layout) -> u64 {
    match layout {
        Layout::ChannelFirst => by_channel(axes, output.at(0) as u32),
    }
}

/// The lag of a kernel that goes channel by channel.
const fn by_channel(axes: &[Axis; 3], channels: u32) -> u64 {
    let [z, y, x] = axes;
    let (input_row, output_row) = (x.input as i128, x.output as i128);
    let (input_plane, output_plane) = (y.input as i128 * input_row, y.output as i128 * output_row);
    let (input, output) = (z.input as i128 * input_plane, z.output as i128 * output_plane);
    let (Some(z), Some(y), Some(x)) =
        (lead(z, output_plane, input_plane), lead(y, output_row, input_row), lead(x, 1, 1))
    else {
        // No window reads anything.
        return 0;
    };
    let channel = if output > input { (channels as i128 - 1) * (output - input) } else { 0 };
    let lag = channel + z + y + x;
    if lag > 0 { lag as u64 } else { 0 }
}

/// How many elements along an axis a window's output can be ahead of its first tap on data, where a step along the axis
/// is `output_step` elements of the output and `input_step` of the input. `None` if no window has a tap on data.
const fn lead(axis: &Axis, output_step: i128, input_step: i128) -> Option<i128> {
    let (stride, dilation, before) = (axis.stride as u64, axis.dilation as u64, axis.before as u64);
    let (input, output) = (axis.input as u64, axis.output as u64);
    let mut most = None;
    // Windows whose first taps lie on padding.
    let mut window = 0;
    while window < output && window * stride < before {
        let missing = before - window * stride;
        let tap = missing.div_ceil(dilation);
        let at = tap * dilation - missing;
        if tap < axis.kernel as u64 && at < input {
            most = greater(most, window as i128 * output_step - at as i128 * input_step);
        }
        window += 1;
    }
    // For the others it is linear in the window: the first, or the last that begins on data.
    let end = (before + input).div_ceil(stride);
    let end = if end < output { end } else { output };
    if window < end {
        let ends = [window, end - 1];
        let mut i = 0;
        while i < ends.len() {
            let at = ends[i] * stride - before;
            most = greater(most, ends[i] as i128 * output_step - at as i128 * input_step);
            i += 1;
        }
    }
    most
}

const fn greater(most: Option<i128>, other: i128) -> Option<i128> {
    match most {
        Some(most) if most >= other => Some(most),
        _ => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Vec, vec};

    /// The elements that each window of all channels reads, in the order in which the windows are computed.
    fn reads(axes: &[Axis; 3], channels: u32) -> Vec<Vec<usize>> {
        let [z, y, x] = axes;
        let on_data = |axis: &Axis, window: u32| -> Vec<u32> {
            let places =
                (0..axis.kernel).map(|tap| (window * axis.stride + tap * axis.dilation).checked_sub(axis.before));
            places.flatten().filter(|&at| at < axis.input).collect()
        };
        let mut all = vec![];
        for channel in 0..channels {
            for window_z in 0..z.output {
                for window_y in 0..y.output {
                    for window_x in 0..x.output {
                        let mut reads = vec![];
                        for at_z in on_data(z, window_z) {
                            for at_y in on_data(y, window_y) {
                                for at_x in on_data(x, window_x) {
                                    let plane = (channel * z.input + at_z) * y.input + at_y;
                                    reads.push((plane * x.input + at_x) as usize);
                                }
                            }
                        }
                        all.push(reads);
                    }
                }
            }
        }
        all
    }

    /// Whether every window finds its input unchanged, element by element.
    fn is_sound(reads: &[Vec<usize>], lag: usize) -> bool {
        let len = reads.len() + lag + reads.iter().flatten().max().map_or(0, |&last| last + 1);
        let mut is_overwritten = vec![false; len];
        reads.iter().enumerate().all(|(output, reads)| {
            let intact = reads.iter().all(|&at| !is_overwritten[lag + at]);
            is_overwritten[output] = true;
            intact
        })
    }

    prop_compose! {
        fn any_axis(to: u32)(
            input in 1..to, output in 1..to, kernel in 1u32..5, stride in 1u32..4, dilation in 1u32..4, before in 0u32..6,
        ) -> Axis {
            Axis { input, output, kernel, stride, dilation, before }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn it_is_the_least_at_which_no_element_is_overwritten_before_its_last_read(
            axes in (any_axis(4), any_axis(7), any_axis(8)), channels in 1u32..4,
        ) {
            let axes = [axes.0, axes.1, axes.2];
            let reads = reads(&axes, channels);
            let lag = by_channel(&axes, channels) as usize;
            prop_assert!(is_sound(&reads, lag));
            prop_assert!(is_sound(&reads, lag + 1), "and further apart");
            prop_assert!(lag == 0 || !is_sound(&reads, lag - 1));
        }
    }

    #[test]
    fn a_window_of_three_by_three_is_a_row_and_an_element_behind() {
        let axis = Axis { input: 8, output: 8, kernel: 3, stride: 1, dilation: 1, before: 1 };
        assert_eq!(by_channel(&[Axis::UNIT, axis, axis], 5), 9);
        // A window that tiles its input never catches up.
        let axis = Axis { input: 8, output: 4, kernel: 2, stride: 2, dilation: 1, before: 0 };
        assert_eq!(by_channel(&[Axis::UNIT, axis, axis], 5), 0);
    }
}
