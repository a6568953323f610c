//! What does the arithmetic of a kernel: the bare machine, or one that counts.

use crate::Census;
use crate::layers::custom::{Arguments, Customs};

/// The arithmetic a kernel is written in.
///
/// Every operation of the census goes through it, so that a validation counts what is executed. [`Plain`] compiles to
/// the bare arithmetic; [`Counting`] keeps a [`Census`] beside it.
pub trait Machine {
    /// A sum that is being formed; the first term is not an addition.
    type Sum: Copy;

    /// An empty sum.
    fn sum(&mut self) -> Self::Sum;
    /// A sum that has a first term.
    fn sum_from(&mut self, first: f32) -> Self::Sum;
    /// Adds a product: one multiply-accumulate.
    fn mac(&mut self, sum: Self::Sum, a: f32, b: f32) -> Self::Sum;
    /// Adds a term.
    fn accumulate(&mut self, sum: Self::Sum, term: f32) -> Self::Sum;
    /// What the sum has come to; zero if it had no term.
    fn total(&mut self, sum: Self::Sum) -> f32;

    /// `a + b`
    fn add(&mut self, a: f32, b: f32) -> f32;
    /// `a - b`
    fn sub(&mut self, a: f32, b: f32) -> f32;
    /// `a * b`
    fn mul(&mut self, a: f32, b: f32) -> f32;
    /// `a / b`
    fn div(&mut self, a: f32, b: f32) -> f32;
    /// The greater of two numbers, or the one that is not a number.
    fn max(&mut self, a: f32, b: f32) -> f32;
    /// The lesser of two numbers, or the one that is not a number.
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

    /// Multiply-accumulates that were left out because they fall on padding.
    fn padding(&mut self, macs: u64);
    /// Parameters were read.
    fn read(&mut self, params: usize);
    /// The arena was used up to an element.
    fn touch(&mut self, end: usize);
    /// Runs a custom kernel.
    #[doc(hidden)]
    fn custom(&mut self, kernels: Customs, number: usize, arguments: Arguments<'_>) -> Option<()>;
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

    fn custom(&mut self, kernels: Customs, number: usize, arguments: Arguments<'_>) -> Option<()> {
        let Customs::Plain(kernels) = kernels else { return None };
        kernels.get(number)?(self, arguments);
        Some(())
    }
}

/// The arithmetic, counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counting {
    /// The operations so far, multiply-accumulates as a multiplication and an addition.
    pub census: Census,
    /// The multiply-accumulates so far.
    pub macs: u64,
    /// The multiply-accumulates that were left out because they fall on padding.
    pub padding: u64,
    /// The parameters read so far.
    pub params: u64,
    /// The end of the part of the arena used so far, in elements.
    pub arena: usize,
}

/// A sum of the counting machine.
#[derive(Clone, Copy, Debug)]
pub struct CountedSum {
    value: f32,
    has_terms: bool,
}

impl Counting {
    fn term(&mut self, sum: CountedSum, term: f32) -> CountedSum {
        if sum.has_terms {
            self.census.add += 1;
        }
        CountedSum { value: sum.value + term, has_terms: true }
    }
}

impl Machine for Counting {
    type Sum = CountedSum;

    fn sum(&mut self) -> CountedSum {
        CountedSum { value: 0.0, has_terms: false }
    }

    fn sum_from(&mut self, first: f32) -> CountedSum {
        CountedSum { value: first, has_terms: true }
    }

    fn mac(&mut self, sum: CountedSum, a: f32, b: f32) -> CountedSum {
        self.macs += 1;
        self.census.mul += 1;
        self.term(sum, a * b)
    }

    fn accumulate(&mut self, sum: CountedSum, term: f32) -> CountedSum {
        self.term(sum, term)
    }

    fn total(&mut self, sum: CountedSum) -> f32 {
        sum.value
    }

    fn add(&mut self, a: f32, b: f32) -> f32 {
        self.census.add += 1;
        Plain.add(a, b)
    }

    fn sub(&mut self, a: f32, b: f32) -> f32 {
        self.census.add += 1;
        Plain.sub(a, b)
    }

    fn mul(&mut self, a: f32, b: f32) -> f32 {
        self.census.mul += 1;
        Plain.mul(a, b)
    }

    fn div(&mut self, a: f32, b: f32) -> f32 {
        self.census.div += 1;
        Plain.div(a, b)
    }

    fn max(&mut self, a: f32, b: f32) -> f32 {
        self.census.cmp += 1;
        Plain.max(a, b)
    }

    fn min(&mut self, a: f32, b: f32) -> f32 {
        self.census.cmp += 1;
        Plain.min(a, b)
    }

    fn less(&mut self, a: f32, b: f32) -> bool {
        self.census.cmp += 1;
        Plain.less(a, b)
    }

    fn exp(&mut self, a: f32) -> f32 {
        self.census.exp += 1;
        Plain.exp(a)
    }

    fn exp_m1(&mut self, a: f32) -> f32 {
        self.census.exp += 1;
        self.census.add += 1;
        Plain.exp_m1(a)
    }

    fn tanh(&mut self, a: f32) -> f32 {
        self.census.tanh += 1;
        Plain.tanh(a)
    }

    fn erf(&mut self, a: f32) -> f32 {
        self.census.erf += 1;
        Plain.erf(a)
    }

    fn log(&mut self, a: f32) -> f32 {
        self.census.log += 1;
        Plain.log(a)
    }

    fn log_1p(&mut self, a: f32) -> f32 {
        self.census.log += 1;
        self.census.add += 1;
        Plain.log_1p(a)
    }

    fn sqrt(&mut self, a: f32) -> f32 {
        self.census.sqrt += 1;
        Plain.sqrt(a)
    }

    fn padding(&mut self, macs: u64) {
        self.padding += macs;
    }

    fn read(&mut self, params: usize) {
        self.params += params as u64;
    }

    fn touch(&mut self, end: usize) {
        self.arena = self.arena.max(end);
    }

    fn custom(&mut self, kernels: Customs, number: usize, arguments: Arguments<'_>) -> Option<()> {
        let Customs::Counting(kernels) = kernels else { return None };
        kernels.get(number)?(self, arguments);
        Some(())
    }
}
