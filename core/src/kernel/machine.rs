//! The machine that a kernel computes on: a plain one, or one that counts.

/// The arithmetic that kernels are written in.
///
/// Every operation of the census goes through it, so that a validation counts what is executed. [`Plain`] compiles to
/// the bare arithmetic; [`Counting`](crate::kernel::counting::Counting) keeps a [`Census`](crate::op::work::Census) beside it.
pub trait Machine: 'static {
    /// A sum in progress; its first term is not an addition.
    type Sum: Copy;

    /// An empty sum.
    fn sum(&mut self) -> Self::Sum;
    /// A sum that has a first term.
    fn sum_from(&mut self, first: f32) -> Self::Sum;
    /// Adds a product: one multiply-accumulate.
    fn mac(&mut self, sum: Self::Sum, a: f32, b: f32) -> Self::Sum;
    /// Adds a term.
    fn accumulate(&mut self, sum: Self::Sum, term: f32) -> Self::Sum;
    /// The value of the sum; zero if it has no terms.
    fn total(&mut self, sum: Self::Sum) -> f32;

    /// `a + b`
    fn add(&mut self, a: f32, b: f32) -> f32;
    /// `a - b`
    fn sub(&mut self, a: f32, b: f32) -> f32;
    /// `a * b`
    fn mul(&mut self, a: f32, b: f32) -> f32;
    /// `a / b`
    fn div(&mut self, a: f32, b: f32) -> f32;
    /// The greater of two numbers, or NaN if either is.
    fn max(&mut self, a: f32, b: f32) -> f32;
    /// The lesser of two numbers, or NaN if either is.
    fn min(&mut self, a: f32, b: f32) -> f32;
    /// Whether `a < b`.
    fn less(&mut self, a: f32, b: f32) -> bool;
    /// The exponential.
    fn exp(&mut self, a: f32) -> f32;
    /// `e^a − 1`, exact near zero: an exponential and an addition.
    fn exp_m1(&mut self, a: f32) -> f32;
    /// The hyperbolic tangent.
    fn tanh(&mut self, a: f32) -> f32;
    /// The error function.
    fn erf(&mut self, a: f32) -> f32;
    /// The natural logarithm.
    fn log(&mut self, a: f32) -> f32;
    /// `ln(1 + a)`, exact near zero: an addition and a logarithm.
    fn log_1p(&mut self, a: f32) -> f32;
    /// The square root.
    fn sqrt(&mut self, a: f32) -> f32;

    /// Notes multiply-accumulates that are skipped because they fall on padding.
    fn padding(&mut self, macs: u64);
    /// Parameters were read.
    fn read(&mut self, params: usize);
    /// The arena was used up to an element.
    fn touch(&mut self, end: usize);
}

/// The bare arithmetic.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl Machine for Plain {
    type Sum = f32;

    #[inline(always)]
    fn sum(&mut self) -> f32 {
        0.0
    }

    #[inline(always)]
    fn sum_from(&mut self, first: f32) -> f32 {
        first
    }

    #[inline(always)]
    fn mac(&mut self, sum: f32, a: f32, b: f32) -> f32 {
        sum + a * b
    }

    #[inline(always)]
    fn accumulate(&mut self, sum: f32, term: f32) -> f32 {
        sum + term
    }

    #[inline(always)]
    fn total(&mut self, sum: f32) -> f32 {
        sum
    }

    #[inline(always)]
    fn add(&mut self, a: f32, b: f32) -> f32 {
        a + b
    }

    #[inline(always)]
    fn sub(&mut self, a: f32, b: f32) -> f32 {
        a - b
    }

    #[inline(always)]
    fn mul(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    #[inline(always)]
    fn div(&mut self, a: f32, b: f32) -> f32 {
        a / b
    }

    #[inline(always)]
    fn max(&mut self, a: f32, b: f32) -> f32 {
        if a >= b || a.is_nan() { a } else { b }
    }

    #[inline(always)]
    fn min(&mut self, a: f32, b: f32) -> f32 {
        if a <= b || a.is_nan() { a } else { b }
    }

    #[inline(always)]
    fn less(&mut self, a: f32, b: f32) -> bool {
        a < b
    }

    #[inline(always)]
    fn exp(&mut self, a: f32) -> f32 {
        libm::expf(a)
    }

    #[inline(always)]
    fn exp_m1(&mut self, a: f32) -> f32 {
        libm::expm1f(a)
    }

    #[inline(always)]
    fn tanh(&mut self, a: f32) -> f32 {
        libm::tanhf(a)
    }

    #[inline(always)]
    fn erf(&mut self, a: f32) -> f32 {
        libm::erff(a)
    }

    #[inline(always)]
    fn log(&mut self, a: f32) -> f32 {
        libm::logf(a)
    }

    #[inline(always)]
    fn log_1p(&mut self, a: f32) -> f32 {
        libm::log1pf(a)
    }

    #[inline(always)]
    fn sqrt(&mut self, a: f32) -> f32 {
        libm::sqrtf(a)
    }

    #[inline(always)]
    fn padding(&mut self, _: u64) {}

    #[inline(always)]
    fn read(&mut self, _: usize) {}

    #[inline(always)]
    fn touch(&mut self, _: usize) {}
}
