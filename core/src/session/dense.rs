//! Convolution, and linear layers over several tokens: every output channel sees every input channel of its group.
//!
//! A tile of neighbouring outputs of several channels stays in registers while the kernel runs over the taps: each
//! input is broadcast and multiplied by a vector of weights, one output channel per lane. The weights are stored in the
//! order in which they are read.

use std::ops::Range;
use std::vec::Vec;

use pulp::{Simd, WithSimd};

use crate::op::axis::Axis;
use crate::session::epilogue::{Affine, Epilogue};
use crate::session::isa::{BLOCK, Isa, load, prefetch};
use crate::session::layout::{Blocked, Padded};
use crate::session::memory::{Buffer, Memory, Plan, Slice, Value};
use crate::session::step::{Kernel, Ran};

/// The numbers in a cache line.
const LINE: usize = 16;

/// How many weights stay in a cache near the core from one run to the next.
const FEW_WEIGHTS: usize = 64 * 1024;

/// How the input lies in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Input {
    /// In blocks of channels.
    Blocked(Slice),
    /// Channel by channel: an image with few channels.
    Planar(Slice),
}

impl Input {
    pub fn slice(&self) -> Slice {
        match *self {
            Input::Blocked(slice) | Input::Planar(slice) => slice,
        }
    }

    fn lanes(&self) -> usize {
        match self {
            Input::Blocked(_) => BLOCK,
            Input::Planar(_) => 1,
        }
    }
}

/// A convolution's extents.
pub(crate) struct Shape {
    pub axes: [Axis; 3],
    pub in_channels: usize,
    pub out_channels: usize,
    pub groups: usize,
}

pub(crate) struct Dense {
    input: Input,
    output: Value,
    epilogue: Epilogue,
    padded: Padded,
    image: Blocked,
    /// Where each tap and each row of windows lies in the input.
    taps: Vec<usize>,
    rows: Vec<usize>,
    /// The windows in a row.
    windows: usize,
    groups: usize,
    in_channels: usize,
    out_channels: usize,
    /// Panel by panel: a panel is the weights of the output channels computed together.
    weights: Buffer,
}

impl Dense {
    /// Whether there is a kernel for it: groups must be whole blocks of channels.
    pub fn takes(shape: &Shape) -> bool {
        let whole = |channels: usize| (channels / shape.groups).is_multiple_of(BLOCK);
        shape.groups == 1 || whole(shape.in_channels) && whole(shape.out_channels)
    }

    /// Packs the weights, `[out_channels, in_channels / groups, taps]`, scaled per output channel.
    pub fn new(
        isa: Isa,
        plan: &mut Plan,
        shape: &Shape,
        (input, output, epilogue): (Input, Value, Epilogue),
        weights: &[f32],
        affine: &Affine,
    ) -> Self {
        let padded = Padded::new(shape.axes, input.lanes());
        let (in_channels, out_channels) = (shape.in_channels / shape.groups, shape.out_channels / shape.groups);
        let (rows, windows) = padded.windows();
        let taps = padded.taps();
        if !padded.is_plain() {
            let blocks = shape.in_channels.div_ceil(input.lanes());
            plan.scratch(blocks * padded.stride());
        }
        let packing = Packing { lanes: input.lanes(), in_channels, out_channels, taps: taps.len(), isa };
        Dense {
            input,
            output,
            epilogue,
            image: Blocked { channels: shape.out_channels, plane: rows.len() * windows },
            taps,
            rows,
            windows,
            groups: shape.groups,
            in_channels,
            out_channels,
            weights: packing.pack(weights, &affine.scale),
            padded,
        }
    }
}

/// The order of the weights.
struct Packing {
    lanes: usize,
    in_channels: usize,
    out_channels: usize,
    taps: usize,
    isa: Isa,
}

impl Packing {
    fn pack(&self, weights: &[f32], scale: &[f32]) -> Buffer {
        let taps = self.in_channels * self.taps;
        let mut packed = Vec::new();
        for (group, weights) in weights.chunks_exact(self.out_channels * taps).enumerate() {
            let scale = &scale[group * self.out_channels..][..self.out_channels];
            let mut channel = 0;
            while channel < self.out_channels {
                let width = panel(self.isa.lanes(), self.out_channels - channel);
                for first in (0..self.in_channels).step_by(self.lanes) {
                    for tap in 0..self.taps {
                        for input in first..self.in_channels.min(first + self.lanes) {
                            packed.extend((channel..channel + width).map(|output| match scale.get(output) {
                                Some(scale) => weights[output * taps + input * self.taps + tap] * scale,
                                None => 0.0,
                            }));
                        }
                    }
                }
                channel += width;
            }
        }
        Buffer::of(&packed)
    }
}

/// How many output channels are computed together, given the number that is left.
#[inline(always)]
fn panel(lanes: usize, left: usize) -> usize {
    if lanes == BLOCK && left > BLOCK { 2 * BLOCK } else { BLOCK }
}

impl Kernel for Dense {
    fn run(&self, isa: Isa, memory: &mut Memory) -> Ran {
        memory.write(self.output, |memory, output, scratch| {
            let input = memory.from(self.input.slice());
            let residual = self.epilogue.residual.map(|residual| memory.slice(residual));
            isa.dispatch(Start { dense: self, input, residual, output, scratch });
        });
        Ok(())
    }
}

struct Start<'a> {
    dense: &'a Dense,
    input: &'a [f32],
    residual: Option<&'a [f32]>,
    output: &'a mut [f32],
    scratch: &'a mut [f32],
}

impl WithSimd for Start<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Start { dense, mut input, residual, output, scratch } = self;
        let slice = dense.input.slice();
        let mut stride = slice.len / (dense.groups * dense.in_channels).div_ceil(dense.input.lanes());
        if !dense.padded.is_plain() {
            let blocks = input[..slice.len].chunks_exact(stride);
            stride = dense.padded.stride();
            for (block, padded) in blocks.zip(scratch.chunks_exact_mut(stride)) {
                match dense.input {
                    Input::Blocked(_) => dense.padded.fill(0, dense.padded.rows(), block, padded),
                    Input::Planar(_) => dense.padded.fill_channel(block, padded),
                }
            }
            input = scratch;
        }
        let run = Run { dense, input, stride, residual, output, ahead: &[], lines: 0 };
        match dense.input {
            Input::Blocked(_) => run.groups::<S, BLOCK>(simd),
            Input::Planar(_) => run.groups::<S, 1>(simd),
        }
    }
}

struct Run<'a> {
    dense: &'a Dense,
    input: &'a [f32],
    /// The distance between two blocks of input channels.
    stride: usize,
    residual: Option<&'a [f32]>,
    output: &'a mut [f32],
    /// Weights of the next panel that have not been prefetched yet.
    ahead: &'a [f32],
    /// How many lines of them are prefetched with each tap of a block of channels.
    lines: usize,
}

impl Run<'_> {
    #[inline(always)]
    fn groups<S: Simd, const LANES: usize>(mut self, simd: S) {
        let dense = self.dense;
        let mut weights = dense.weights.as_ref();
        for group in 0..dense.groups {
            let input = &self.input[group * dense.in_channels / LANES * self.stride..];
            let mut channel = 0;
            while channel < dense.out_channels {
                let left = dense.out_channels - channel;
                let width = panel(S::F32_LANES, left);
                let (panel, rest) = weights.split_at(dense.in_channels * dense.taps.len() * width);
                let block = (group * dense.out_channels + channel) / BLOCK;
                let rows = 0..dense.rows.len();
                self.ahead = &rest[..rest.len().min(panel.len())];
                if S::F32_LANES == BLOCK {
                    // 32 registers: up to 28 sums, two weights, one input.
                    if width == BLOCK {
                        match fitting(dense.windows, &[16, 14, 12, 8, 7, 4, 1]) {
                            16 => self.panel::<S, LANES, 1, 16, 1>(simd, input, panel, block, rows),
                            14 => self.panel::<S, LANES, 1, 14, 1>(simd, input, panel, block, rows),
                            12 => self.panel::<S, LANES, 1, 12, 1>(simd, input, panel, block, rows),
                            8 => self.panel::<S, LANES, 1, 8, 1>(simd, input, panel, block, rows),
                            7 => self.panel::<S, LANES, 1, 7, 1>(simd, input, panel, block, rows),
                            4 => self.panel::<S, LANES, 1, 4, 1>(simd, input, panel, block, rows),
                            _ => self.panel::<S, LANES, 1, 1, 1>(simd, input, panel, block, rows),
                        }
                    } else {
                        match fitting(dense.windows, &[14, 12, 8, 7, 6, 5, 4, 1]) {
                            14 => self.panel::<S, LANES, 1, 14, 2>(simd, input, panel, block, rows),
                            12 => self.panel::<S, LANES, 1, 12, 2>(simd, input, panel, block, rows),
                            8 => self.panel::<S, LANES, 1, 8, 2>(simd, input, panel, block, rows),
                            // Short rows are computed two at a time.
                            7 => self.panel::<S, LANES, 2, 7, 2>(simd, input, panel, block, rows),
                            6 => self.panel::<S, LANES, 2, 6, 2>(simd, input, panel, block, rows),
                            5 => self.panel::<S, LANES, 2, 5, 2>(simd, input, panel, block, rows),
                            4 => self.panel::<S, LANES, 2, 4, 2>(simd, input, panel, block, rows),
                            _ => self.panel::<S, LANES, 1, 1, 2>(simd, input, panel, block, rows),
                        }
                    }
                } else if S::F32_LANES == 8 {
                    // 16 registers: twelve sums, two weights, one input.
                    match fitting(dense.windows, &[6, 5, 4, 1]) {
                        6 => self.panel::<S, LANES, 1, 6, 2>(simd, input, panel, block, rows),
                        5 => self.panel::<S, LANES, 1, 5, 2>(simd, input, panel, block, rows),
                        4 => self.panel::<S, LANES, 1, 4, 2>(simd, input, panel, block, rows),
                        _ => self.panel::<S, LANES, 1, 1, 2>(simd, input, panel, block, rows),
                    }
                } else {
                    match fitting(dense.windows, &[6, 4, 1]) {
                        6 => self.panel::<S, LANES, 1, 6, 4>(simd, input, panel, block, rows),
                        4 => self.panel::<S, LANES, 1, 4, 4>(simd, input, panel, block, rows),
                        _ => self.panel::<S, LANES, 1, 1, 4>(simd, input, panel, block, rows),
                    }
                }
                weights = rest;
                channel += width;
            }
        }
    }

    /// Computes some rows of the channels of one panel of weights, in tiles of `TILE` windows by `ROWS` rows by
    /// `VECTORS` vectors of channels.
    #[inline(always)]
    fn panel<S: Simd, const LANES: usize, const ROWS: usize, const TILE: usize, const VECTORS: usize>(
        &mut self,
        simd: S,
        input: &[f32],
        weights: &[f32],
        block: usize,
        rows: Range<usize>,
    ) {
        let dense = self.dense;
        let end = dense.epilogue.end(simd, self.residual);
        let bias = &dense.epilogue.bias.as_ref()[block * BLOCK..];
        let bias: [_; VECTORS] = std::array::from_fn(|vector| load::<S>(&bias[vector * S::F32_LANES..]));
        let (vectors, _) = S::as_simd_f32s(weights);
        // The tiles of this panel prefetch the next one, if the weights exceed the nearest cache.
        let tiles = dense.rows.len().div_ceil(ROWS) * dense.windows.div_ceil(TILE);
        let taps_lines = LANES * VECTORS * S::F32_LANES / LINE;
        self.lines = if dense.weights.as_ref().len() < FEW_WEIGHTS { 0 } else { taps_lines.div_ceil(tiles) };
        let (starts, last) = dense.rows[rows.clone()].as_chunks::<ROWS>();
        for (index, starts) in starts.iter().enumerate() {
            let mut window = 0;
            while window < dense.windows {
                let inputs = starts.map(|start| &input[start + window * LANES..]);
                let sums = self.tile::<S, LANES, ROWS, TILE, VECTORS>(simd, inputs, vectors, bias);
                let valid = dense.windows - window;
                for (row, sums) in sums.iter().enumerate() {
                    let row = rows.start + index * ROWS + row;
                    let first = (row * dense.windows + window) * BLOCK;
                    for vector in 0..VECTORS {
                        let channel = vector * S::F32_LANES;
                        let at = (block + channel / BLOCK) * dense.image.stride() + first + channel % BLOCK;
                        for (index, sums) in sums.iter().enumerate() {
                            if index < valid {
                                end.store(simd, sums[vector], self.output, at + index * BLOCK);
                            }
                        }
                    }
                }
                window += TILE;
            }
        }
        if ROWS > 1 && !last.is_empty() {
            let rows = rows.end - last.len()..rows.end;
            self.panel::<S, LANES, 1, TILE, VECTORS>(simd, input, weights, block, rows);
        }
    }

    #[inline(always)]
    fn tile<S: Simd, const LANES: usize, const ROWS: usize, const TILE: usize, const VECTORS: usize>(
        &mut self,
        simd: S,
        inputs: [&[f32]; ROWS],
        mut weights: &[S::f32s],
        bias: [S::f32s; VECTORS],
    ) -> [[[S::f32s; VECTORS]; TILE]; ROWS] {
        let mut sums = [[bias; TILE]; ROWS];
        if LANES == 1 {
            let mut weights = weights.chunks_exact(VECTORS);
            for channel in 0..self.dense.in_channels {
                let inputs = inputs.map(|input| &input[channel * self.stride..]);
                for (&tap, weights) in self.dense.taps.iter().zip(weights.by_ref()) {
                    for (sums, input) in sums.iter_mut().zip(inputs) {
                        for (sums, &value) in sums.iter_mut().zip(&input[tap..][..TILE]) {
                            let value = simd.splat_f32s(value);
                            for (sum, &weight) in sums.iter_mut().zip(weights) {
                                *sum = simd.mul_add_e_f32s(value, weight, *sum);
                            }
                        }
                    }
                }
            }
            return sums;
        }
        let mut left = self.dense.in_channels;
        let mut from = 0;
        while left > 0 {
            let channels = left.min(LANES);
            for &tap in &self.dense.taps {
                let inputs = inputs.map(|input| &input[from + tap..][..TILE * LANES]);
                for _ in 0..self.lines {
                    let Some((line, rest)) = self.ahead.split_first_chunk::<LINE>() else { break };
                    prefetch(line);
                    self.ahead = rest;
                }
                let (now, rest) = weights.split_at(channels * VECTORS);
                weights = rest;
                for (channel, weights) in now.chunks_exact(VECTORS).take(LANES).enumerate() {
                    for (sums, input) in sums.iter_mut().zip(inputs) {
                        for (window, sums) in sums.iter_mut().enumerate() {
                            let value = simd.splat_f32s(input[window * LANES + channel]);
                            for (sum, &weight) in sums.iter_mut().zip(weights) {
                                *sum = simd.mul_add_e_f32s(value, weight, *sum);
                            }
                        }
                    }
                }
            }
            left -= channels;
            from += self.stride;
        }
        sums
    }
}

/// The smallest tile that covers a row with no more tiles than the largest would, given sizes in decreasing order.
pub(crate) fn fitting(windows: usize, sizes: &[usize]) -> usize {
    let tiles = windows.div_ceil(sizes[0]);
    let needed = windows.div_ceil(tiles);
    sizes.iter().rev().copied().find(|&size| size >= needed).unwrap_or(sizes[0])
}
