//! The run on a host: the machine's SIMD, packed weights, and memory of its own.
//!
//! Inside, tensors lie in blocks of sixteen channels (`[channels / 16, height, width, 16]`): whatever a layer does, a
//! vector of channels goes through it side by side. Normalisations, residual additions and activations are computed
//! with the convolution before them. Layers without a kernel here run on the portable one.

mod activation;
mod dense;
mod depthwise;
mod elementwise;
mod epilogue;
mod layout;
mod lower;
mod memory;
mod pool;
mod portable;
#[cfg(test)]
pub(crate) mod tests;
mod vector;

use std::boxed::Box;
use std::fmt;
use std::marker::PhantomData;

use pulp::{Arch, Scalar256b, Simd, WithSimd};

use self::lower::{Lowered, lower};
use self::memory::Memory;
use self::portable::Engine;
use crate::profile::{self, Profile};
use crate::{Network, RunError};

/// The channels of a block: the numbers of the longest vector.
const BLOCK: usize = 16;

/// What came of a step.
type Ran = Result<(), RunError>;

/// What a step does.
trait Kernel: Send + Sync {
    fn run(&self, isa: Isa, memory: &mut Memory) -> Ran;
}

/// A step of a session: a layer, with those behind it that are computed with it; or a change of layout before it.
struct Step {
    node: usize,
    kernel: Box<dyn Kernel>,
}

/// The instructions of the machine.
#[derive(Clone, Copy, Debug)]
enum Isa {
    Host(Arch),
    /// Vectors of four, as NEON's, on any machine.
    #[cfg(test)]
    Four,
}

impl Isa {
    fn detect() -> Self {
        Isa::Host(Arch::new())
    }

    /// The numbers of a vector.
    fn lanes(self) -> usize {
        struct Lanes;

        impl WithSimd for Lanes {
            type Output = usize;

            fn with_simd<S: Simd>(self, _: S) -> usize {
                S::F32_LANES
            }
        }

        self.dispatch(Lanes)
    }

    #[inline(always)]
    fn dispatch<T: WithSimd>(self, kernel: T) -> T::Output {
        match self {
            // Without vectors of its own, those that the compiler makes.
            Isa::Host(Arch::Scalar) => kernel.with_simd(Scalar256b),
            Isa::Host(arch) => arch.dispatch(kernel),
            #[cfg(test)]
            Isa::Four => kernel.with_simd(pulp::Scalar128b),
        }
    }
}

/// The first numbers of a slice, as many as a vector has.
#[inline(always)]
fn load<S: Simd>(numbers: &[f32]) -> S::f32s {
    S::as_simd_f32s(&numbers[..S::F32_LANES]).0[0]
}

/// Writes them.
#[inline(always)]
fn store<S: Simd>(numbers: &mut [f32], vector: S::f32s) {
    S::as_mut_simd_f32s(&mut numbers[..S::F32_LANES]).0[0] = vector;
}

/// Asks for numbers that are needed soon.
#[inline(always)]
fn prefetch(numbers: &[f32; 16]) {
    #[cfg(target_arch = "x86_64")]
    #[allow(unsafe_code)]
    // SAFETY: SSE is part of every x86-64. A prefetch is a hint: it reads nothing, and does not fault.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T1, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T1>(numbers.as_ptr().cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = numbers;
}

/// A network that is ready to run on a host: weights packed for its SIMD instructions, chosen at run time, and memory
/// of its own on the heap, which no number of netcost counts.
///
/// Its outputs are those of [`run`](Network::run) up to rounding: sums are taken in another order, and a
/// normalisation is multiplied into the weights of the layer before it. It is single-threaded.
///
/// ```
/// # use netcost_core as netcost;
/// # use netcost::Network;
/// # fn scores<N: Network>(weights: &[f32], features: &[f32]) -> Result<(), netcost::RunError> {
/// let mut session = N::session(weights)?;
/// session.input().copy_from_slice(features);
/// let scores: &[f32] = session.run()?;
/// # Ok(())
/// # }
/// ```
pub struct Session<N> {
    lowered: Lowered,
    network: PhantomData<fn() -> N>,
}

impl<N: Network> Session<N> {
    pub(crate) fn new(weights: &[f32]) -> Result<Self, RunError> {
        if weights.len() != N::WEIGHTS_LEN {
            return Err(RunError::Weights { expected: N::WEIGHTS_LEN, found: weights.len() });
        }
        Ok(Session { lowered: lower(Isa::detect(), Engine::of::<N>(), N::GRAPH.get(), weights), network: PhantomData })
    }

    /// The first input, which stays as it is until it is written again.
    pub fn input(&mut self) -> &mut [f32] {
        self.input_at(0)
    }

    /// The input of this number. Empty if there is none.
    pub fn input_at(&mut self, index: usize) -> &mut [f32] {
        match self.lowered.inputs.get(index) {
            Some(&input) => self.lowered.memory.slice_mut(input),
            None => &mut [],
        }
    }

    /// Runs the network on the inputs; gives the first output.
    ///
    /// # Errors
    /// If an [`embedding`](crate::Tensor::embedding) is given what is not the index of a row.
    pub fn run(&mut self) -> Result<&[f32], RunError> {
        self.lowered.run(|_| ())?;
        Ok(self.output(0).unwrap_or(&[]))
    }

    /// The output of this number, of the last run, if there is one.
    pub fn output(&self, index: usize) -> Option<&[f32]> {
        self.lowered.outputs.get(index).map(|&output| self.lowered.memory.slice(output))
    }

    /// How long each layer takes, on the inputs as they are. A layer that is computed with one before it takes its time
    /// there; a change of layout counts with the layer that needs it.
    ///
    /// # Errors
    /// As [`run`](Session::run).
    pub fn profile(&mut self) -> Result<Profile, RunError> {
        profile::measure::<N>("session, one thread", |clock| {
            clock.start();
            self.lowered.run(|node| clock.lap(node))
        })
    }
}

impl Lowered {
    /// Runs step after step; `after` sees the number of each layer that is done.
    fn run(&mut self, mut after: impl FnMut(usize)) -> Ran {
        for (index, step) in self.steps.iter().enumerate() {
            step.kernel.run(self.isa, &mut self.memory)?;
            if self.steps.get(index + 1).is_none_or(|next| next.node != step.node) {
                after(step.node);
            }
        }
        Ok(())
    }
}

impl<N: Network> fmt::Debug for Session<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("network", &N::NAME)
            .field("steps", &self.lowered.steps.len())
            .field("bytes", &self.lowered.memory.bytes())
            .finish_non_exhaustive()
    }
}
