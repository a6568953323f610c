//! The machine that counts.

use crate::kernel::machine::{Machine, Plain};
use crate::op::work::Census;

/// The arithmetic, counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counting {
    /// The operations so far, multiply-accumulates as a multiplication and an addition.
    pub census: Census,
    /// The multiply-accumulates so far.
    pub macs: u64,
    /// The multiply-accumulates skipped because they fall on padding.
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
}
