//! Pools, a vector of channels at a time.

use pulp::{Simd, WithSimd};

use crate::op::axis::Axis;
use crate::session::isa::{BLOCK, Isa, load, store};
use crate::session::layout::Blocked;
use crate::session::memory::{Memory, Slice, Value};
use crate::session::step::{Kernel, Ran};

/// The maximum of each window.
pub(crate) struct MaxPool {
    pub input: Slice,
    pub output: Value,
    pub axes: [Axis; 3],
    pub image: Blocked,
}

impl Kernel for MaxPool {
    fn run(&self, isa: Isa, memory: &mut Memory) -> Ran {
        memory.write(self.output, |memory, output, _| {
            isa.dispatch(Greatest { pool: self, input: memory.slice(self.input), output });
        });
        Ok(())
    }
}

struct Greatest<'a> {
    pool: &'a MaxPool,
    input: &'a [f32],
    output: &'a mut [f32],
}

impl WithSimd for Greatest<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let [z, y, x] = &self.pool.axes;
        let row = x.input as usize * BLOCK;
        let plane = y.input as usize * row;
        let images = self.input.chunks_exact(z.input as usize * plane);
        for (image, output) in images.zip(self.output.chunks_exact_mut(self.pool.image.stride())) {
            let mut pixels = output.chunks_exact_mut(BLOCK);
            for span_z in (0..z.output).map(|window| z.span_at(window)) {
                for span_y in (0..y.output).map(|window| y.span_at(window)) {
                    for (window, pixel) in (0..x.output).zip(pixels.by_ref()) {
                        let span_x = x.span_at(window);
                        for (lane, pixel) in pixel.chunks_exact_mut(S::F32_LANES).enumerate() {
                            let lane = lane * S::F32_LANES;
                            let mut greatest = simd.splat_f32s(f32::NEG_INFINITY);
                            for tap_z in 0..(span_z.to - span_z.from) {
                                let at_z = (span_z.at + tap_z * z.dilation) as usize * plane;
                                for tap_y in 0..(span_y.to - span_y.from) {
                                    let at_y = at_z + (span_y.at + tap_y * y.dilation) as usize * row;
                                    for tap_x in 0..(span_x.to - span_x.from) {
                                        let at = at_y + (span_x.at + tap_x * x.dilation) as usize * BLOCK + lane;
                                        greatest = max(simd, greatest, load::<S>(&image[at..]));
                                    }
                                }
                            }
                            store::<S>(pixel, greatest);
                        }
                    }
                }
            }
        }
    }
}

/// The greater of two numbers, or NaN if either is.
#[inline(always)]
fn max<S: Simd>(simd: S, a: S::f32s, b: S::f32s) -> S::f32s {
    let greater = simd.select_f32s(simd.greater_than_or_equal_f32s(a, b), a, b);
    simd.select_f32s(simd.equal_f32s(a, a), greater, a)
}

/// The mean of each channel.
pub(crate) struct Mean {
    pub input: Slice,
    /// One number per channel.
    pub output: Value,
    pub image: Blocked,
}

impl Kernel for Mean {
    fn run(&self, isa: Isa, memory: &mut Memory) -> Ran {
        memory.write(self.output, |memory, output, _| {
            isa.dispatch(Average { mean: self, input: memory.slice(self.input), output });
        });
        Ok(())
    }
}

struct Average<'a> {
    mean: &'a Mean,
    input: &'a [f32],
    output: &'a mut [f32],
}

impl WithSimd for Average<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let count = simd.splat_f32s(self.mean.image.plane as f32);
        let images = self.input.chunks_exact(self.mean.image.stride());
        for (image, output) in images.zip(self.output.chunks_exact_mut(BLOCK)) {
            let (image, _) = S::as_simd_f32s(image);
            for (lane, output) in output.chunks_exact_mut(S::F32_LANES).enumerate() {
                // Four independent sums.
                let mut sums = [simd.splat_f32s(0.0); 4];
                let vectors = BLOCK / S::F32_LANES;
                let mut fours = image.chunks_exact(4 * vectors);
                for pixels in fours.by_ref() {
                    for (sum, pixel) in sums.iter_mut().zip(pixels.chunks_exact(vectors)) {
                        *sum = simd.add_f32s(*sum, pixel[lane]);
                    }
                }
                let [a, b, c, d] = sums;
                let mut sum = simd.add_f32s(simd.add_f32s(a, b), simd.add_f32s(c, d));
                for pixel in fours.remainder().chunks_exact(vectors) {
                    sum = simd.add_f32s(sum, pixel[lane]);
                }
                store::<S>(output, simd.div_f32s(sum, count));
            }
        }
    }
}
