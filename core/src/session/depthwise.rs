//! Depthwise convolution: each channel by itself, a vector of channels at a time.

use std::{vec, vec::Vec};

use pulp::{Simd, WithSimd};

use crate::op::axis::Axis;
use crate::session::dense::fitting;
use crate::session::epilogue::{Affine, Epilogue};
use crate::session::isa::{BLOCK, Isa, load};
use crate::session::layout::{Blocked, Padded};
use crate::session::memory::{Buffer, Memory, Plan, Slice, Value};
use crate::session::step::{Kernel, Ran};

pub(crate) struct Depthwise {
    input: Slice,
    output: Value,
    epilogue: Epilogue,
    padded: Padded,
    image: Blocked,
    /// How many taps are adjacent, both in a window and in the image.
    run: usize,
    /// Where each run of taps, and each row of windows, lies in the input.
    runs: Vec<usize>,
    rows: Vec<usize>,
    /// How many rows of the padded input each row of windows needs.
    needed: Vec<usize>,
    /// The windows in a row.
    windows: usize,
    taps: usize,
    /// `[channels / BLOCK, taps, BLOCK]`
    weights: Buffer,
}

impl Depthwise {
    /// Packs the weights, `[channels, taps]`, scaled per channel.
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
        let reach = taps.last().copied().unwrap_or(0);
        let needed = match rows[..] {
            [_] => vec![padded.rows()],
            _ => rows.iter().map(|start| padded.row_of(start + reach) + 1).collect(),
        };
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
            needed,
            windows,
            taps: taps.len(),
            weights: packed,
        }
    }
}

impl Kernel for Depthwise {
    fn run(&self, isa: Isa, memory: &mut Memory) -> Ran {
        memory.write(self.output, |memory, output, scratch| {
            let residual = self.epilogue.residual.map(|residual| memory.slice(residual));
            isa.dispatch(Run { kernel: self, input: memory.from(self.input), residual, output, scratch });
        });
        Ok(())
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
        match self.kernel.run {
            3 => self.tiles::<S, 3>(simd),
            5 => self.tiles::<S, 5>(simd),
            _ => self.tiles::<S, 1>(simd),
        }
    }
}

impl Run<'_> {
    #[inline(always)]
    fn tiles<S: Simd, const RUN: usize>(self, simd: S) {
        if S::F32_LANES == 8 {
            // 16 registers.
            match fitting(self.kernel.windows, &[4, 3, 1]) {
                4 => self.blocks::<S, RUN, 4>(simd),
                3 => self.blocks::<S, RUN, 3>(simd),
                _ => self.blocks::<S, RUN, 1>(simd),
            }
        } else {
            match fitting(self.kernel.windows, &[8, 7, 6, 4, 1]) {
                8 => self.blocks::<S, RUN, 8>(simd),
                7 => self.blocks::<S, RUN, 7>(simd),
                6 => self.blocks::<S, RUN, 6>(simd),
                4 => self.blocks::<S, RUN, 4>(simd),
                _ => self.blocks::<S, RUN, 1>(simd),
            }
        }
    }

    #[inline(always)]
    fn blocks<S: Simd, const RUN: usize, const TILE: usize>(self, simd: S) {
        let Run { kernel, input, residual, output, scratch } = self;
        let stride = kernel.input.len / kernel.image.blocks();
        let end = kernel.epilogue.end(simd, residual);
        let weights = kernel.weights.as_ref().chunks_exact(kernel.taps * BLOCK);
        let biases = kernel.epilogue.bias.as_ref().chunks_exact(BLOCK);
        for (block, (weights, bias)) in weights.zip(biases).enumerate() {
            let input = &input[block * stride..];
            let mut filled = 0;
            for (row, (&start, &needed)) in kernel.rows.iter().zip(&kernel.needed).enumerate() {
                let image = if kernel.padded.is_plain() {
                    input
                } else {
                    kernel.padded.fill(filled, filled.max(needed), &input[..stride], scratch);
                    filled = filled.max(needed);
                    &*scratch
                };
                let first = block * kernel.image.stride() + row * kernel.windows * BLOCK;
                for lane in (0..BLOCK).step_by(S::F32_LANES) {
                    let bias = load::<S>(&bias[lane..]);
                    let mut window = 0;
                    while window < kernel.windows {
                        let image = &image[start + window * BLOCK..];
                        let sums = kernel.tile::<S, RUN, TILE>(simd, image, weights, lane, bias);
                        let valid = kernel.windows - window;
                        for (index, &sum) in sums.iter().enumerate() {
                            if index < valid {
                                end.store(simd, sum, output, first + (window + index) * BLOCK + lane);
                            }
                        }
                        window += TILE;
                    }
                }
            }
        }
    }
}

impl Depthwise {
    /// Neighbouring outputs of a vector of channels that starts at a `lane` of its block.
    #[inline(always)]
    fn tile<S: Simd, const RUN: usize, const TILE: usize>(
        &self,
        simd: S,
        image: &[f32],
        weights: &[f32],
        lane: usize,
        bias: S::f32s,
    ) -> [S::f32s; TILE] {
        let mut sums = [bias; TILE];
        for (&run, weights) in self.runs.iter().zip(weights.chunks_exact(RUN * BLOCK)) {
            let image = &image[run..][..(TILE + RUN - 1) * BLOCK];
            for tap in 0..RUN {
                let weight = load::<S>(&weights[tap * BLOCK + lane..]);
                for (window, sum) in sums.iter_mut().enumerate() {
                    let value = load::<S>(&image[(window + tap) * BLOCK + lane..]);
                    *sum = simd.mul_add_e_f32s(value, weight, *sum);
                }
            }
        }
        sums
    }
}
