//! The machine's instruction set, and its vectors.

use pulp::{Arch, Scalar256b, Simd, WithSimd};

/// The channels in a block: the lanes of the longest vector.
pub(crate) const BLOCK: usize = 16;

/// The instructions of the machine.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Isa {
    Host(Arch),
    /// Vectors of four, like NEON's, on any machine.
    #[cfg(test)]
    Four,
}

impl Isa {
    pub fn detect() -> Self {
        Isa::Host(Arch::new())
    }

    /// The lanes of a vector.
    pub fn lanes(self) -> usize {
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
    pub fn dispatch<T: WithSimd>(self, kernel: T) -> T::Output {
        match self {
            // On machines without known vectors, the compiler vectorises.
            Isa::Host(Arch::Scalar) => kernel.with_simd(Scalar256b),
            Isa::Host(arch) => arch.dispatch(kernel),
            #[cfg(test)]
            Isa::Four => kernel.with_simd(pulp::Scalar128b),
        }
    }
}

/// Loads a vector from the start of a slice.
#[inline(always)]
pub(crate) fn load<S: Simd>(numbers: &[f32]) -> S::f32s {
    S::as_simd_f32s(&numbers[..S::F32_LANES]).0[0]
}

/// Stores a vector at the start of a slice.
#[inline(always)]
pub(crate) fn store<S: Simd>(numbers: &mut [f32], vector: S::f32s) {
    S::as_mut_simd_f32s(&mut numbers[..S::F32_LANES]).0[0] = vector;
}

/// Prefetches numbers that are needed soon.
#[inline(always)]
pub(crate) fn prefetch(numbers: &[f32; 16]) {
    #[cfg(target_arch = "x86_64")]
    #[allow(unsafe_code)]
    // SAFETY: every x86-64 has SSE. A prefetch is a hint that reads nothing and cannot fault.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T1, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T1>(numbers.as_ptr().cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = numbers;
}
