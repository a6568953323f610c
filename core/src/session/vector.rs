//! A linear layer of one vector: every weight is used once, so the kernel is as fast as memory.

use std::vec::Vec;

use pulp::{Simd, WithSimd};

use crate::session::epilogue::{Affine, Epilogue};
use crate::session::isa::Isa;
use crate::session::memory::{Buffer, Memory, Slice, Value};
use crate::session::step::{Kernel, Ran};

pub(crate) struct Vector {
    input: Slice,
    output: Value,
    epilogue: Epilogue,
    out_features: usize,
    /// Panels of `[in_features, width]`, each for the remaining output features, up to four vectors.
    weights: Buffer,
}

impl Vector {
    /// Packs the weights, `[out_features, in_features]`, scaled per output feature.
    pub fn new(
        isa: Isa,
        (input, output, epilogue): (Slice, Value, Epilogue),
        weights: &[f32],
        affine: &Affine,
    ) -> Self {
        let (in_features, out_features) = (input.len, affine.scale.len());
        let mut packed = Vec::new();
        let mut feature = 0;
        while feature < out_features {
            let width = vectors(out_features - feature, isa.lanes()) * isa.lanes();
            for tap in 0..in_features {
                packed.extend((feature..feature + width).map(|feature| match affine.scale.get(feature) {
                    Some(scale) => weights[feature * in_features + tap] * scale,
                    None => 0.0,
                }));
            }
            feature += width;
        }
        Vector { input, output, epilogue, out_features, weights: Buffer::of(&packed) }
    }
}

/// How many vectors of output features are computed together, given the number of features that are left.
#[inline(always)]
fn vectors(left: usize, lanes: usize) -> usize {
    match left.div_ceil(lanes) {
        1 => 1,
        2 | 3 => 2,
        _ => 4,
    }
}

impl Kernel for Vector {
    fn run(&self, isa: Isa, memory: &mut Memory) -> Ran {
        memory.write(self.output, |memory, output, _| {
            let residual = self.epilogue.residual.map(|residual| memory.from(residual));
            isa.dispatch(Run { kernel: self, input: memory.slice(self.input), residual, output });
        });
        Ok(())
    }
}

struct Run<'a> {
    kernel: &'a Vector,
    input: &'a [f32],
    residual: Option<&'a [f32]>,
    output: &'a mut [f32],
}

impl WithSimd for Run<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let mut weights = self.kernel.weights.as_ref();
        let mut feature = 0;
        while feature < self.kernel.out_features {
            let vectors = vectors(self.kernel.out_features - feature, S::F32_LANES);
            let width = vectors * S::F32_LANES;
            let (panel, rest) = weights.split_at(self.input.len() * width);
            match vectors {
                4 => self.panel::<S, 4, 2>(simd, panel, feature),
                2 => self.panel::<S, 2, 4>(simd, panel, feature),
                _ => self.panel::<S, 1, 8>(simd, panel, feature),
            }
            weights = rest;
            feature += width;
        }
    }
}

impl Run<'_> {
    /// `VECTORS` vectors of features, each with `SUMS` independent sums.
    #[inline(always)]
    fn panel<S: Simd, const VECTORS: usize, const SUMS: usize>(&mut self, simd: S, weights: &[f32], feature: usize) {
        let (weights, _) = S::as_simd_f32s(weights);
        let mut sums = [[simd.splat_f32s(0.0); VECTORS]; SUMS];
        let inputs = self.input.chunks_exact(SUMS);
        let rest = inputs.remainder();
        let mut rows = weights.chunks_exact(VECTORS * SUMS);
        for (inputs, weights) in inputs.zip(rows.by_ref()) {
            for (sum, &input) in inputs.iter().enumerate() {
                let input = simd.splat_f32s(input);
                for vector in 0..VECTORS {
                    let weight = weights[sum * VECTORS + vector];
                    sums[sum][vector] = simd.mul_add_e_f32s(input, weight, sums[sum][vector]);
                }
            }
        }
        for (input, weights) in rest.iter().zip(rows.remainder().chunks_exact(VECTORS)) {
            let input = simd.splat_f32s(*input);
            for vector in 0..VECTORS {
                sums[0][vector] = simd.mul_add_e_f32s(input, weights[vector], sums[0][vector]);
            }
        }
        let end = self.kernel.epilogue.end(simd, self.residual);
        let (bias, _) = S::as_simd_f32s(&self.kernel.epilogue.bias.as_ref()[feature..]);
        for vector in 0..VECTORS {
            let mut total = bias[vector];
            for sum in &sums {
                total = simd.add_f32s(total, sum[vector]);
            }
            let at = feature + vector * S::F32_LANES;
            end.store(simd, total, self.output, at);
        }
    }
}
