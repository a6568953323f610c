//! What the tests of the kernels share.

use core::cell::Cell;

use proptest::prelude::*;

use crate::base::layout::Layout;
use crate::int8::channels::count_dead;
use crate::int8::quantization::{Activation, Quantization};
use crate::int8::windows::Windows;
use crate::op::axis::Axis;
use crate::op::lag::Direction;
pub use crate::testing::testing::{Vec, vec};

pub fn cells(values: &[i8]) -> Vec<Cell<i8>> {
    values.iter().map(|&value| Cell::new(value)).collect()
}

pub fn values(cells: &[Cell<i8>]) -> Vec<i8> {
    cells.iter().map(Cell::get).collect()
}

/// Scratch memory that is not zero.
pub fn scratch(bytes: usize) -> Vec<Cell<i8>> {
    vec![Cell::new(0x5A); bytes]
}

/// Numbers of 8 bits, the same for every seed.
pub fn numbers(seed: u32, len: usize) -> Vec<i8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as i8
    };
    (0..len).map(|_| next()).collect()
}

pub fn bytes(values: &[i8]) -> Vec<u8> {
    values.iter().map(|&value| value as u8).collect()
}

/// Biases up to ±10,000, and scales between 2^-9 and 2^-8, as a file holds them.
pub fn biases_and_scales(seed: u32, channels: usize, scales: usize) -> (Vec<i32>, Vec<f32>) {
    let biases = numbers(seed, channels).iter().map(|&number| number as i32 * 79).collect();
    let scales = numbers(seed + 1, scales).iter().map(|&number| (number as f32 + 384.0) / 131_072.0).collect();
    (biases, scales)
}

/// For half of the seeds, sets the weights of some channels to zero, and gives how many are dead then.
pub fn prune(weights: &mut [i8], channels: usize, seed: u32) -> u32 {
    if seed.is_multiple_of(2) {
        return 0;
    }
    for (channel, row) in weights.chunks_mut(weights.len() / channels).enumerate() {
        if (seed >> (channel % 7 + 1)) & 1 == 1 {
            row.fill(0);
        }
    }
    count_dead(&bytes(weights), channels) as u32
}

pub fn little_endian<T: Copy>(numbers: &[T], bytes: impl Fn(T) -> [u8; 4]) -> Vec<u8> {
    numbers.iter().flat_map(|&number| bytes(number)).collect()
}

/// What a kernel writes, apart from its input, and then with its output `lag` elements and more before its input in one
/// piece of memory.
pub fn run(input: &[i8], outputs: usize, lag: usize, kernel: impl Fn(&[Cell<i8>], &[Cell<i8>])) -> Vec<i8> {
    let output = cells(&vec![0x33; outputs]);
    kernel(&cells(input), &output);
    let output = values(&output);
    for lag in [lag, lag + 1, lag + 6] {
        let mut memory = vec![0x77; lag];
        memory.extend(input);
        memory.resize(memory.len().max(outputs), 0x77);
        let memory = cells(&memory);
        kernel(&memory[lag..][..input.len()], &memory[..outputs]);
        assert_eq!(values(&memory[..outputs]), output, "{lag} before the input");
    }
    output
}

/// The same for a kernel that goes backward, with its output `lag` elements after its input, and further by multiples of
/// `step`.
pub fn run_backward(
    input: &[i8],
    outputs: usize,
    lag: usize,
    step: usize,
    kernel: impl Fn(&[Cell<i8>], &[Cell<i8>]),
) -> Vec<i8> {
    let output = cells(&vec![0x33; outputs]);
    kernel(&cells(input), &output);
    let output = values(&output);
    for lag in [lag, lag + step, lag + 6 * step] {
        let len = outputs.max(input.len() + lag);
        let end = len - lag;
        let mut memory = vec![0x77; len];
        memory[end - input.len()..end].copy_from_slice(input);
        let memory = cells(&memory);
        kernel(&memory[end - input.len()..end], &memory[len - outputs..]);
        assert_eq!(values(&memory[len - outputs..]), output, "{lag} after the input");
    }
    output
}

impl Windows {
    /// What a kernel writes that reads so many windows before it writes any of their outputs: apart from its input, and in
    /// its memory.
    pub fn run(
        &self,
        input: &[i8],
        [in_channels, out_channels]: [usize; 2],
        at_once: usize,
        kernel: impl Fn(&[Cell<i8>], &[Cell<i8>]),
    ) -> Vec<i8> {
        let outputs = self.positions().len() * out_channels;
        let lag = self.lag(in_channels, out_channels, at_once);
        match self.direction {
            Direction::Forward => run(input, outputs, lag, kernel),
            Direction::Backward => run_backward(input, outputs, lag, out_channels, kernel),
        }
    }

    /// The taps on data of a window, each with its number and the position it falls on.
    pub fn naive(&self, [at_y, at_x]: [usize; 2]) -> Vec<(usize, usize)> {
        let place = |axis: &Axis, at: usize, tap: u32| {
            let place = (at as u32 * axis.stride + tap * axis.dilation).checked_sub(axis.before)?;
            (place < axis.input).then_some(place)
        };
        let mut taps = Vec::new();
        for tap_y in 0..self.y.kernel {
            for tap_x in 0..self.x.kernel {
                if let (Some(y), Some(x)) = (place(&self.y, at_y, tap_y), place(&self.x, at_x, tap_x)) {
                    let tap = tap_y * self.x.kernel + tap_x;
                    taps.push((tap as usize, (y * self.x.input + x) as usize));
                }
            }
        }
        taps
    }

    /// The position of each output.
    pub fn positions(&self) -> Vec<[usize; 2]> {
        let row = |y| (0..self.x.output as usize).map(move |x| [y, x]);
        (0..self.y.output as usize).flat_map(row).collect()
    }

    /// The positions of the input.
    pub fn inputs(&self) -> usize {
        (self.y.input * self.x.input) as usize
    }

    /// The least number of elements by which the output may start before the input or, backward, end after it, if so many
    /// windows are read before any of their outputs is written.
    fn lag(&self, in_channels: usize, out_channels: usize, windows: usize) -> usize {
        let mut reads: Vec<_> = self.positions().iter().map(|&at| self.naive(at)).collect();
        let is_backward = self.direction == Direction::Backward;
        if is_backward {
            reads.reverse();
        }
        let mut lag = 0;
        for written in (windows..reads.len()).step_by(windows) {
            for &(_, position) in reads[written..].iter().flatten() {
                let position = if is_backward { self.inputs() - 1 - position } else { position };
                lag = lag.max((written * out_channels).saturating_sub(position * in_channels));
            }
        }
        lag
    }
}

pub fn any_direction() -> impl Strategy<Value = Direction> {
    prop::sample::select(Direction::all(Layout::ChannelLast))
}

prop_compose! {
    fn any_axis()(
        input in 1u32..8, output in 1u32..7, kernel in 1u32..4, stride in 1u32..4, dilation in 1u32..3, before in 0u32..3,
        is_usual: bool,
    ) -> Axis {
        if is_usual {
            return Axis { input, output: input, kernel: 3, stride: 1, dilation: 1, before: 1 };
        }
        Axis { input, output, kernel, stride, dilation, before }
    }
}

prop_compose! {
    pub fn any_windows()(y in any_axis(), x in any_axis(), direction in any_direction()) -> Windows {
        Windows { y, x, direction, apart: 0 }
    }
}

/// Windows of which each has a tap on data.
pub fn any_pool() -> impl Strategy<Value = Windows> {
    let on_data = |axis: Axis| {
        let before = axis.before.min(axis.kernel - 1);
        let windows = (axis.input + before - 1) / axis.stride + 1;
        Axis { before, dilation: 1, output: axis.output.min(windows), ..axis }
    };
    any_windows().prop_map(move |windows| Windows { y: on_data(windows.y), x: on_data(windows.x), ..windows })
}

prop_compose! {
    pub fn any_quantization()(exponent in -6f32..0.0, zero_point: i8) -> Quantization {
        Quantization { scale: libm::exp2f(exponent), zero_point }
    }
}

pub fn any_activation() -> impl Strategy<Value = Activation> {
    prop::sample::select(&[Activation::None, Activation::Relu, Activation::ReluN1To1, Activation::Relu6][..])
}

/// The output, from a number at its scale.
pub fn finish(scaled: i32, output: Quantization, activation: Activation) -> i8 {
    let (min, max) = output.clamp(activation);
    (scaled + output.zero_point as i32).clamp(min as i32, max as i32) as i8
}
