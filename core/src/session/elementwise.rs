//! Layers that work element by element, on tensors in any layout.

use pulp::{Simd, WithSimd};

use crate::session::activation::Activation;
use crate::session::isa::{BLOCK, Isa};
use crate::session::layout::Blocked;
use crate::session::memory::{Buffer, Memory, Slice, Value};
use crate::session::step::{Kernel, Ran};

/// What happens to each element.
#[derive(Clone, Copy)]
pub(crate) enum Function {
    /// It is combined with another tensor's element at the same position.
    Add(Slice),
    Sub(Slice),
    Mul(Slice),
    Activation(Activation),
}

/// A function of each element.
pub(crate) struct Map {
    pub input: Slice,
    pub function: Function,
    pub output: Value,
}

impl Kernel for Map {
    fn run(&self, isa: Isa, memory: &mut Memory) -> Ran {
        let in_place = memory.same(self.input.value, self.output);
        memory.write(self.output, |memory, output, _| {
            // Whole vectors; whatever follows the last element is unused.
            let output = &mut output[..self.input.len.next_multiple_of(BLOCK)];
            if !in_place {
                output.copy_from_slice(&memory.from(self.input)[..output.len()]);
            }
            let other = match self.function {
                Function::Add(other) | Function::Sub(other) | Function::Mul(other) => memory.from(other),
                Function::Activation(_) => &[],
            };
            isa.dispatch(Each { function: self.function, other, output });
        });
        Ok(())
    }
}

struct Each<'a> {
    function: Function,
    other: &'a [f32],
    output: &'a mut [f32],
}

impl WithSimd for Each<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (output, _) = S::as_mut_simd_f32s(self.output);
        let (other, _) = S::as_simd_f32s(self.other);
        match self.function {
            Function::Add(_) => output.iter_mut().zip(other).for_each(|(x, &y)| *x = simd.add_f32s(*x, y)),
            Function::Sub(_) => output.iter_mut().zip(other).for_each(|(x, &y)| *x = simd.sub_f32s(*x, y)),
            Function::Mul(_) => output.iter_mut().zip(other).for_each(|(x, &y)| *x = simd.mul_f32s(*x, y)),
            Function::Activation(activation) => {
                output.iter_mut().for_each(|x| *x = activation.apply(simd, *x));
            }
        }
    }
}

/// A scale and a shift per channel: a normalisation that is not part of another layer.
pub(crate) struct Scale {
    pub input: Slice,
    pub output: Value,
    pub image: Blocked,
    /// Padded to whole blocks.
    pub scale: Buffer,
    pub shift: Buffer,
}

impl Kernel for Scale {
    fn run(&self, isa: Isa, memory: &mut Memory) -> Ran {
        let in_place = memory.same(self.input.value, self.output);
        memory.write(self.output, |memory, output, _| {
            let output = &mut output[..self.input.len];
            if !in_place {
                output.copy_from_slice(memory.slice(self.input));
            }
            isa.dispatch(Scaled { kernel: self, output });
        });
        Ok(())
    }
}

struct Scaled<'a> {
    kernel: &'a Scale,
    output: &'a mut [f32],
}

impl WithSimd for Scaled<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let scales = self.kernel.scale.as_ref().chunks_exact(BLOCK);
        let shifts = self.kernel.shift.as_ref().chunks_exact(BLOCK);
        let images = self.output.chunks_exact_mut(self.kernel.image.stride());
        for ((scale, shift), image) in scales.zip(shifts).zip(images) {
            let ((scale, _), (shift, _)) = (S::as_simd_f32s(scale), S::as_simd_f32s(shift));
            for pixel in image.chunks_exact_mut(BLOCK) {
                let (pixel, _) = S::as_mut_simd_f32s(pixel);
                for ((x, &scale), &shift) in pixel.iter_mut().zip(scale).zip(shift) {
                    *x = simd.mul_add_e_f32s(*x, scale, shift);
                }
            }
        }
    }
}

/// A product with another tensor that has one number per channel.
pub(crate) struct Gate {
    pub input: Slice,
    /// One number per channel.
    pub gates: Slice,
    pub output: Value,
    pub image: Blocked,
}

impl Kernel for Gate {
    fn run(&self, isa: Isa, memory: &mut Memory) -> Ran {
        let in_place = memory.same(self.input.value, self.output);
        memory.write(self.output, |memory, output, _| {
            let output = &mut output[..self.input.len];
            if !in_place {
                output.copy_from_slice(memory.slice(self.input));
            }
            isa.dispatch(Gated { image: self.image, gates: memory.slice(self.gates), output });
        });
        Ok(())
    }
}

struct Gated<'a> {
    image: Blocked,
    gates: &'a [f32],
    output: &'a mut [f32],
}

impl WithSimd for Gated<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let images = self.output.chunks_exact_mut(self.image.stride());
        for (gates, image) in self.gates.chunks_exact(BLOCK).zip(images) {
            let (gates, _) = S::as_simd_f32s(gates);
            for pixel in image.chunks_exact_mut(BLOCK) {
                let (pixel, _) = S::as_mut_simd_f32s(pixel);
                for (x, &gate) in pixel.iter_mut().zip(gates) {
                    *x = simd.mul_f32s(*x, gate);
                }
            }
        }
    }
}
