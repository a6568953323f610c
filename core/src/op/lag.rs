//! How closely the output of a window that slides over its input may follow the input in one piece of memory: what
//! Blacker, Bridges and Hadfield call diagonal memory optimisation (2020).
//!
//! Windows are computed in the order of their outputs in memory, and each output is written after the last read of its
//! window: one element, or, where channels come last, those of all channels. If the input starts `lag` elements after the
//! output, window j's outputs are written from element `w(j)` on, and its lowest tap is read at `lag + r(j)`. No element
//! is overwritten before its last read if, for every window, the outputs of those before it lie below that tap, which is
//! if its own begin at most there: `w(j) <= lag + r(j)`. So the least lag is the greatest `w(j) - r(j)`, or 0 if that is
//! negative. Both are sums over the axes, so the greatest difference is the sum of each axis's.
//!
//! Backward, from the last window to the first, the same holds for what is counted from the end.

use crate::base::layout::Layout;
use crate::base::shape::Shape;
use crate::op::axis::Axis;

/// The order in which the windows of a layer are computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Direction {
    Forward,
    Backward,
}

impl Direction {
    /// Those in which the kernels go.
    pub const fn all(layout: Layout) -> &'static [Direction] {
        match layout {
            Layout::ChannelFirst => &[Direction::Forward],
            Layout::ChannelLast => &[Direction::Forward, Direction::Backward],
        }
    }

    /// The lowest of the next so many of `all`, after `done` of them.
    #[inline(always)]
    pub const fn first(self, done: u32, next: u32, all: u32) -> u32 {
        match self {
            Direction::Forward => done,
            Direction::Backward => all.wrapping_sub(done).wrapping_sub(next),
        }
    }
}

/// The least number of elements by which the output has to start before its input or, backward, to end after it, if each
/// of its channels is computed from one channel alone, or all of them at once.
pub(crate) const fn lag(axes: &[Axis; 3], input: &Shape, output: &Shape, layout: Layout, direction: Direction) -> u64 {
    match layout {
        Layout::ChannelFirst => by_channel(axes, output.at(0) as u32),
        Layout::ChannelLast => by_position(axes, input.at(0) as u32, output.at(0) as u32, direction),
    }
}

/// The lag of a kernel that goes channel by channel.
const fn by_channel(axes: &[Axis; 3], channels: u32) -> u64 {
    let [z, y, x] = axes;
    let output = z.output as i128 * y.output as i128 * x.output as i128;
    let input = z.input as i128 * y.input as i128 * x.input as i128;
    let channel = if output > input { (channels as i128 - 1) * (output - input) } else { 0 };
    at_least_zero(channel, furthest(axes, 1, 1, Direction::Forward))
}

/// The lag of a kernel that goes position by position, over all channels of each.
const fn by_position(axes: &[Axis; 3], in_channels: u32, out_channels: u32, direction: Direction) -> u64 {
    at_least_zero(0, furthest(axes, out_channels as i128, in_channels as i128, direction))
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
const fn furthest(axes: &[Axis; 3], output_step: i128, input_step: i128, direction: Direction) -> Option<i128> {
    let [z, y, x] = axes;
    let (output_row, input_row) = (x.output as i128 * output_step, x.input as i128 * input_step);
    let (output_plane, input_plane) = (y.output as i128 * output_row, y.input as i128 * input_row);
    let z = lead(z, output_plane, input_plane, direction);
    let y = lead(y, output_row, input_row, direction);
    match (z, y, lead(x, output_step, input_step, direction)) {
        (Some(z), Some(y), Some(x)) => Some(z + y + x),
        _ => None,
    }
}

/// How many elements along an axis a window's output can be ahead of its first tap on data, where a step along the axis
/// is `output_step` elements of the output and `input_step` of the input. `None` if no window has a tap on data.
///
/// Backward, all is seen from the end, where the padding is what the last window reaches beyond the input; if that is
/// negative, it does not reach its end.
const fn lead(axis: &Axis, output_step: i128, input_step: i128, direction: Direction) -> Option<i128> {
    let (stride, dilation) = (axis.stride as i64, axis.dilation as i64);
    let (input, output) = (axis.input as i64, axis.output as i64);
    let before = match direction {
        Direction::Forward => axis.before as i64,
        Direction::Backward => (output - 1) * stride + axis.span() as i64 - (input - 1) - axis.before as i64,
    };
    let mut most = None;
    // Windows whose first taps lie on padding.
    let mut window = 0;
    while window < output && window * stride < before {
        let missing = before - window * stride;
        let tap = ceil_div(missing, dilation);
        let at = tap * dilation - missing;
        if tap < axis.kernel as i64 && at < input {
            most = greater(most, window as i128 * output_step - at as i128 * input_step);
        }
        window += 1;
    }
    // For the others it is linear in the window: the first, or the last that begins on data.
    let end = ceil_div(before + input, stride);
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

/// Rounded up, or to zero if that is more.
const fn ceil_div(a: i64, b: i64) -> i64 {
    if a > 0 { (a - 1) / b + 1 } else { 0 }
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

    const DIRECTIONS: &[Direction] = Direction::all(Layout::ChannelLast);

    /// The elements that each window reads of one channel, in the order in which the windows are computed; backward, they
    /// are counted from the end.
    fn windows(axes: &[Axis; 3], direction: Direction) -> Vec<Vec<usize>> {
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
        if direction == Direction::Backward {
            let last = Axis::volumes(axes).0 - 1;
            all.reverse();
            all.iter_mut().flatten().for_each(|at| *at = last - *at);
        }
        all
    }

    /// What is read and then written: window after window of a channel, channel after channel.
    fn by_channels(axes: &[Axis; 3], channels: usize) -> Vec<Step> {
        let (windows, plane) = (windows(axes, Direction::Forward), Axis::volumes(axes).0);
        let of_channel = |channel| {
            let within = move |reads: &Vec<usize>| reads.iter().map(|at| channel * plane + at).collect();
            windows.iter().map(within).collect::<Vec<Vec<usize>>>()
        };
        let reads = (0..channels).flat_map(of_channel);
        reads.enumerate().map(|(output, reads)| Step { reads, writes: output..output + 1 }).collect()
    }

    /// The same window after window, over all channels, with up to `at_once` of them read before any is written.
    fn by_positions(windows: &[Vec<usize>], inputs: usize, outputs: usize, at_once: usize) -> Vec<Step> {
        let blocks = windows.chunks(at_once).enumerate();
        let step = |(block, windows): (usize, &[Vec<usize>])| {
            let reads = windows.iter().flatten().flat_map(|at| at * inputs..(at + 1) * inputs).collect();
            let first = block * at_once * outputs;
            Step { reads, writes: first..first + windows.len() * outputs }
        };
        blocks.map(step).collect()
    }

    /// The same window after window, a channel from one channel at a time.
    fn each_channel(windows: &[Vec<usize>], channels: usize, direction: Direction) -> Vec<Step> {
        let of_window = |(position, window): (usize, &Vec<usize>)| {
            let of_channel = |channel: usize| {
                let output = position * channels + channel;
                Step { reads: window.iter().map(|at| at * channels + channel).collect(), writes: output..output + 1 }
            };
            let mut steps: Vec<_> = (0..channels).map(of_channel).collect();
            if direction == Direction::Backward {
                // Its channels still come in their order.
                steps.reverse();
            }
            steps
        };
        windows.iter().enumerate().flat_map(of_window).collect()
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
            for &direction in DIRECTIONS {
                let windows = windows(&axes, direction);
                let lag = by_position(&axes, inputs, outputs, direction) as usize;
                let steps = by_positions(&windows, inputs as usize, outputs as usize, 1);
                prop_assert!(is_sound(&steps, lag));
                prop_assert!(is_sound(&steps, lag + 1), "and further apart");
                prop_assert!(lag == 0 || !is_sound(&steps, lag - 1));
                let blocks = by_positions(&windows, inputs as usize, outputs as usize, at_once);
                prop_assert!(is_sound(&blocks, lag), "and several at a time");
                let lag = by_position(&axes, inputs, inputs, direction) as usize;
                let steps = each_channel(&windows, inputs as usize, direction);
                prop_assert!(is_sound(&steps, lag), "and each channel from one");
            }
        }
    }

    #[test]
    fn a_window_of_three_by_three_is_a_row_and_an_element_behind() {
        let axis = Axis { input: 8, output: 8, kernel: 3, stride: 1, dilation: 1, before: 1 };
        assert_eq!(by_channel(&[Axis::UNIT, axis, axis], 5), 9);
        assert_eq!(by_position(&[Axis::UNIT, axis, axis], 5, 5, Direction::Forward), 5 * 9);
        // A window that tiles its input never catches up.
        let axis = Axis { input: 8, output: 4, kernel: 2, stride: 2, dilation: 1, before: 0 };
        assert_eq!(by_channel(&[Axis::UNIT, axis, axis], 5), 0);
        assert_eq!(by_position(&[Axis::UNIT, axis, axis], 5, 5, Direction::Forward), 0);
        // Where channels become more, the last output but those of its own position is ahead of the last input.
        let axis = Axis { input: 8, output: 8, kernel: 1, stride: 1, dilation: 1, before: 0 };
        assert_eq!(by_position(&[Axis::UNIT, axis, axis], 3, 5, Direction::Forward), 63 * 2);
    }

    #[test]
    fn backward_padding_is_what_lies_after_the_input() {
        let by_position = |axis, direction| by_position(&[Axis::UNIT, Axis::UNIT, axis], 1, 1, direction);
        let axis = Axis { input: 8, output: 8, kernel: 4, stride: 1, dilation: 1, before: 1 };
        assert_eq!(by_position(axis, Direction::Forward), 1);
        assert_eq!(by_position(axis, Direction::Backward), 2);
        // The last two elements are not read.
        let axis = Axis { input: 8, output: 6, kernel: 1, stride: 1, dilation: 1, before: 0 };
        assert_eq!(by_position(axis, Direction::Backward), 0);
    }
}
