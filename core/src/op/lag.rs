//! How closely the output of a window that slides over its input may follow the input in one piece of memory: what
//! Blacker, Bridges and Hadfield call diagonal memory optimisation (2020).
//!
//! Windows are computed in the order of their outputs in memory, and each output is written after the last read of its
//! window: one element, or, where channels come last, those of all channels. If the input starts `lag` elements after the
//! output, window j's outputs are written from element `w(j)` on, and its lowest tap is read at `lag + r(j)`. No element
//! is overwritten before its last read if, for every window, the outputs of those before it lie below that tap, which is
//! if its own begin at most there: `w(j) <= lag + r(j)`. So the least lag is the greatest `w(j) - r(j)`, or 0 if that is
//! negative. Both are sums over the axes, so the greatest difference is the sum of each axis's.

use crate::base::layout::Layout;
use crate::base::shape::Shape;
use crate::op::axis::Axis;

/// The least number of elements by which the output has to start before its input, if each of its channels is computed
/// from one channel alone, or all of them at once.
pub(crate) const fn lag(axes: &[Axis; 3], input: &Shape, output: &Shape, layout: Layout) -> u64 {
    match layout {
        Layout::ChannelFirst => by_channel(axes, output.at(0) as u32),
        Layout::ChannelLast => by_position(axes, input.at(0) as u32, output.at(0) as u32),
    }
}

/// The lag of a kernel that goes channel by channel.
const fn by_channel(axes: &[Axis; 3], channels: u32) -> u64 {
    let [z, y, x] = axes;
    let output = z.output as i128 * y.output as i128 * x.output as i128;
    let input = z.input as i128 * y.input as i128 * x.input as i128;
    let channel = if output > input { (channels as i128 - 1) * (output - input) } else { 0 };
    at_least_zero(channel, furthest(axes, 1, 1))
}

/// The lag of a kernel that goes position by position, over all channels of each.
const fn by_position(axes: &[Axis; 3], in_channels: u32, out_channels: u32) -> u64 {
    at_least_zero(0, furthest(axes, out_channels as i128, in_channels as i128))
}

const fn at_least_zero(channel: i128, furthest: Option<i128>) -> u64 {
    match furthest {
        Some(lag) if channel + lag > 0 => (channel + lag) as u64,
        // The windows never catch up, or none reads anything.
        _ => 0,
    }
}

/// How many elements a window's output can be ahead of its first tap on data, where neighbours are `output_step` apart in
/// the output and `input_step` in the input. `None` if no window has a tap on data.
const fn furthest(axes: &[Axis; 3], output_step: i128, input_step: i128) -> Option<i128> {
    let [z, y, x] = axes;
    let (output_row, input_row) = (x.output as i128 * output_step, x.input as i128 * input_step);
    let (output_plane, input_plane) = (y.output as i128 * output_row, y.input as i128 * input_row);
    match (lead(z, output_plane, input_plane), lead(y, output_row, input_row), lead(x, output_step, input_step)) {
        (Some(z), Some(y), Some(x)) => Some(z + y + x),
        _ => None,
    }
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
    use core::ops::Range;

    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Vec, vec};

    /// The elements that each window reads of one channel, in the order in which the windows are computed.
    fn windows(axes: &[Axis; 3]) -> Vec<Vec<usize>> {
        let [z, y, x] = axes;
        let on_data = |axis: &Axis, window: u32| -> Vec<u32> {
            let places =
                (0..axis.kernel).map(|tap| (window * axis.stride + tap * axis.dilation).checked_sub(axis.before));
            places.flatten().filter(|&at| at < axis.input).collect()
        };
        let mut all = vec![];
        for window_z in 0..z.output {
            for window_y in 0..y.output {
                for window_x in 0..x.output {
                    let mut reads = vec![];
                    for at_z in on_data(z, window_z) {
                        for at_y in on_data(y, window_y) {
                            for at_x in on_data(x, window_x) {
                                reads.push(((at_z * y.input + at_y) * x.input + at_x) as usize);
                            }
                        }
                    }
                    all.push(reads);
                }
            }
        }
        all
    }

    /// What is read and then written: window after window of a channel, channel after channel.
    fn by_channels(axes: &[Axis; 3], channels: usize) -> Vec<Step> {
        let (windows, plane) = (windows(axes), Axis::volumes(axes).0);
        let of_channel = |channel| {
            let within = move |reads: &Vec<usize>| reads.iter().map(|at| channel * plane + at).collect();
            windows.iter().map(within).collect::<Vec<Vec<usize>>>()
        };
        let reads = (0..channels).flat_map(of_channel);
        reads.enumerate().map(|(output, reads)| Step { reads, writes: output..output + 1 }).collect()
    }

    /// The same window after window, over all channels, with up to `at_once` of them read before any is written.
    fn by_positions(axes: &[Axis; 3], inputs: usize, outputs: usize, at_once: usize) -> Vec<Step> {
        let windows = windows(axes);
        let blocks = windows.chunks(at_once).enumerate();
        let step = |(block, windows): (usize, &[Vec<usize>])| {
            let reads = windows.iter().flatten().flat_map(|at| at * inputs..(at + 1) * inputs).collect();
            let first = block * at_once * outputs;
            Step { reads, writes: first..first + windows.len() * outputs }
        };
        blocks.map(step).collect()
    }

    /// The same window after window, a channel from one channel at a time.
    fn each_channel(axes: &[Axis; 3], channels: usize) -> Vec<Step> {
        let of_window = |(position, window): (usize, &Vec<usize>)| {
            let of_channel = |channel: usize| {
                let output = position * channels + channel;
                Step { reads: window.iter().map(|at| at * channels + channel).collect(), writes: output..output + 1 }
            };
            (0..channels).map(of_channel).collect::<Vec<_>>()
        };
        windows(axes).iter().enumerate().flat_map(of_window).collect()
    }

    struct Step {
        reads: Vec<usize>,
        writes: Range<usize>,
    }

    /// Whether every window finds its input unchanged, element by element.
    fn is_sound(steps: &[Step], lag: usize) -> bool {
        let (mut read, mut written) = (0, 0);
        for Step { reads, writes } in steps {
            read = reads.iter().fold(read, |end, &at| end.max(at + 1));
            written = written.max(writes.end);
        }
        let mut is_overwritten = vec![false; written.max(lag + read)];
        steps.iter().all(|Step { reads, writes }| {
            let intact = reads.iter().all(|&at| !is_overwritten[lag + at]);
            is_overwritten[writes.clone()].fill(true);
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
            let steps = by_channels(&axes, channels as usize);
            let lag = by_channel(&axes, channels) as usize;
            prop_assert!(is_sound(&steps, lag));
            prop_assert!(is_sound(&steps, lag + 1), "and further apart");
            prop_assert!(lag == 0 || !is_sound(&steps, lag - 1));
        }

        #[test]
        fn so_it_is_where_channels_come_last(
            axes in (any_axis(4), any_axis(5), any_axis(6)), inputs in 1u32..4, outputs in 1u32..4, at_once in 2usize..5,
        ) {
            let axes = [axes.0, axes.1, axes.2];
            let lag = by_position(&axes, inputs, outputs) as usize;
            let steps = by_positions(&axes, inputs as usize, outputs as usize, 1);
            prop_assert!(is_sound(&steps, lag));
            prop_assert!(is_sound(&steps, lag + 1), "and further apart");
            prop_assert!(lag == 0 || !is_sound(&steps, lag - 1));
            let blocks = by_positions(&axes, inputs as usize, outputs as usize, at_once);
            prop_assert!(is_sound(&blocks, lag), "and several at a time");
            let lag = by_position(&axes, inputs, inputs) as usize;
            prop_assert!(is_sound(&each_channel(&axes, inputs as usize), lag), "and each channel from one");
        }
    }

    #[test]
    fn a_window_of_three_by_three_is_a_row_and_an_element_behind() {
        let axis = Axis { input: 8, output: 8, kernel: 3, stride: 1, dilation: 1, before: 1 };
        assert_eq!(by_channel(&[Axis::UNIT, axis, axis], 5), 9);
        assert_eq!(by_position(&[Axis::UNIT, axis, axis], 5, 5), 5 * 9);
        // A window that tiles its input never catches up.
        let axis = Axis { input: 8, output: 4, kernel: 2, stride: 2, dilation: 1, before: 0 };
        assert_eq!(by_channel(&[Axis::UNIT, axis, axis], 5), 0);
        assert_eq!(by_position(&[Axis::UNIT, axis, axis], 5, 5), 0);
        // Where channels become more, the last output but those of its own position is ahead of the last input.
        let axis = Axis { input: 8, output: 8, kernel: 1, stride: 1, dilation: 1, before: 0 };
        assert_eq!(by_position(&[Axis::UNIT, axis, axis], 3, 5), 63 * 2);
    }
}
