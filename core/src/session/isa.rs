//! The instructions of the machine, and the numbers that go through them side by side.

use pulp::{Arch, Scalar256b, Simd, WithSimd};

/// The channels of a block: the numbers of the longest vector.
pub(crate) const BLOCK: usize = 16;

/// The instructions of the machine.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Isa {
    Host(Arch),
    /// Vectors of four, as NEON's, on any machine.
    #[cfg(test)]
    Four,
}

impl Isa {
    pub fn detect() -> Self {
        Isa::Host(Arch::new())
    }

    /// The numbers of a vector.
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
pub(crate) fn load<S: Simd>(numbers: &[f32]) -> S::f32s {
    S::as_simd_f32s(&numbers[..S::F32_LANES]).0[0]
}

/// Writes them.
#[inline(always)]
pub(crate) fn store<S: Simd>(numbers: &mut [f32], vector: S::f32s) {
    S::as_mut_simd_f32s(&mut numbers[..S::F32_LANES]).0[0] = vector;
}

/// Asks for numbers that are needed soon.
#[inline(always)]
pub(crate) fn prefetch(numbers: &[f32; 16]) {
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
