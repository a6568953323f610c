//! Depthwise convolution: each channel by itself, a vector of channels at a time.

use std::vec::Vec;

use pulp::{Simd, WithSimd};

use super::dense::{fitting, store};
use super::epilogue::{Affine, Epilogue};
use super::layout::{Blocked, Padded};
use super::memory::{Buffer, Memory, Plan, Slice, Value};
use super::{BLOCK, Isa, Kernel};
use crate::window::Axis;

pub(super) struct Depthwise {
    input: Slice,
    output: Value,
    epilogue: Epilogue,
    padded: Padded,
    image: Blocked,
    /// How many taps lie side by side, in windows as in the image.
    run: usize,
    /// Where each run of taps, and each row of windows, lies in the input.
    runs: Vec<usize>,
    rows: Vec<usize>,
    /// Windows of a row.
    windows: usize,
    taps: usize,
    /// `[channels / BLOCK, taps, BLOCK]`
    weights: Buffer,
}

impl Depthwise {
    /// Packs the weights, `[channels, taps]`, each channel's scaled.
    pub fn new(
        plan: &mut Plan,
        axes: [Axis; 3],
        channels: usize,
        (input, output, epilogue): (Slice, Value, Epilogue),
        weights: &[f32],
        affine: &Affine,
    ) -> Self {
        let padded = Padded::new(axes, BLOCK);
        let (rows, windows) = padded.windows();
        let taps = padded.taps();
        let [.., x] = axes;
        let run = match (x.kernel, x.stride, x.dilation) {
            (run @ (3 | 5), 1, 1) => run as usize,
            _ => 1,
        };
        if !padded.is_plain() {
            plan.scratch(padded.stride());
        }
        let image = Blocked { channels, plane: rows.len() * windows };
        let mut packed = Buffer::zeros(image.blocks() * taps.len() * BLOCK);
        for (channel, (weights, scale)) in weights.chunks_exact(taps.len()).zip(&affine.scale).enumerate() {
            let block = &mut packed.as_mut()[channel / BLOCK * taps.len() * BLOCK..];
            for (weight, place) in weights.iter().zip(block.chunks_exact_mut(BLOCK)) {
                place[channel % BLOCK] = weight * scale;
            }
        }
        Depthwise {
            input,
            output,
            epilogue,
            padded,
            image,
            run,
            runs: taps.iter().copied().step_by(run).collect(),
            rows,
            windows,
            taps: taps.len(),
            weights: packed,
        }
    }
}

impl Kernel for Depthwise {
    fn run(&self, isa: Isa, memory: &mut Memory) {
        memory.write(self.output, |memory, output, scratch| {
            let residual = self.epilogue.residual.map(|residual| memory.slice(residual));
            isa.dispatch(Run { kernel: self, input: memory.from(self.input), residual, output, scratch });
        });
    }
}

struct Run<'a> {
    kernel: &'a Depthwise,
    input: &'a [f32],
    residual: Option<&'a [f32]>,
    output: &'a mut [f32],
    scratch: &'a mut [f32],
}

impl WithSimd for Run<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Run { kernel, input, residual, output, scratch } = self;
        let stride = kernel.input.len / kernel.image.blocks();
        let weights = kernel.weights.as_ref().chunks_exact(kernel.taps * BLOCK);
        for (block, weights) in weights.enumerate() {
            let input = &input[block * stride..];
            let image = if kernel.padded.is_plain() {
                input
            } else {
                kernel.padded.fill(&input[..stride], scratch);
                &*scratch
            };
            for lane in (0..BLOCK).step_by(S::F32_LANES) {
                let block = Block { kernel, image, weights, lane, first: block * kernel.image.stride() + lane };
                match kernel.run {
                    3 => block.tiles::<S, 3>(simd, residual, output),
                    5 => block.tiles::<S, 5>(simd, residual, output),
                    _ => block.tiles::<S, 1>(simd, residual, output),
                }
            }
        }
    }
}

/// A vector of channels.
#[derive(Clone, Copy)]
struct Block<'a> {
    kernel: &'a Depthwise,
    image: &'a [f32],
    weights: &'a [f32],
    /// The first of them within its block.
    lane: usize,
    /// Where their output starts.
    first: usize,
}

impl Block<'_> {
    #[inline(always)]
    fn tiles<S: Simd, const RUN: usize>(self, simd: S, residual: Option<&[f32]>, output: &mut [f32]) {
        if S::F32_LANES == 8 {
            // 16 registers.
            match fitting(self.kernel.windows, &[4, 3, 1]) {
                4 => self.rows::<S, RUN, 4>(simd, residual, output),
                3 => self.rows::<S, RUN, 3>(simd, residual, output),
                _ => self.rows::<S, RUN, 1>(simd, residual, output),
            }
        } else {
            match fitting(self.kernel.windows, &[8, 7, 6, 4, 1]) {
                8 => self.rows::<S, RUN, 8>(simd, residual, output),
                7 => self.rows::<S, RUN, 7>(simd, residual, output),
                6 => self.rows::<S, RUN, 6>(simd, residual, output),
                4 => self.rows::<S, RUN, 4>(simd, residual, output),
                _ => self.rows::<S, RUN, 1>(simd, residual, output),
            }
        }
    }

    #[inline(always)]
    fn rows<S: Simd, const RUN: usize, const TILE: usize>(self, simd: S, residual: Option<&[f32]>, output: &mut [f32]) {
        let kernel = self.kernel;
        let bias = load::<S>(&kernel.epilogue.bias.as_ref()[self.first / kernel.image.stride() * BLOCK + self.lane..]);
        for (row, &start) in kernel.rows.iter().enumerate() {
            let mut window = 0;
            while window < kernel.windows {
                let sums = self.tile::<S, RUN, TILE>(simd, start + window * BLOCK, bias);
                let first = self.first + (row * kernel.windows + window) * BLOCK;
                let valid = kernel.windows - window;
                for (index, &sum) in sums.iter().enumerate() {
                    if index < valid {
                        let at = first + index * BLOCK;
                        let sum = kernel.epilogue.apply(simd, residual, at, sum);
                        store::<S>(&mut output[at..at + S::F32_LANES], sum);
                    }
                }
                window += TILE;
            }
        }
    }

    #[inline(always)]
    fn tile<S: Simd, const RUN: usize, const TILE: usize>(self, simd: S, at: usize, bias: S::f32s) -> [S::f32s; TILE] {
        let mut sums = [bias; TILE];
        for (&run, weights) in self.kernel.runs.iter().zip(self.weights.chunks_exact(RUN * BLOCK)) {
            let image = &self.image[at + run..][..(TILE + RUN - 1) * BLOCK];
            for tap in 0..RUN {
                let weight = load::<S>(&weights[tap * BLOCK + self.lane..]);
                for (window, sum) in sums.iter_mut().enumerate() {
                    let value = load::<S>(&image[(window + tap) * BLOCK + self.lane..]);
                    *sum = simd.mul_add_e_f32s(value, weight, *sum);
                }
            }
        }
        sums
    }
}

#[inline(always)]
fn load<S: Simd>(numbers: &[f32]) -> S::f32s {
    S::as_simd_f32s(&numbers[..S::F32_LANES]).0[0]
}
