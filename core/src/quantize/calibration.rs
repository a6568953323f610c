//! Which real numbers the integers of a tensor stand for, given the numbers that it had.

use std::vec;
use std::vec::Vec;

use crate::int8::quantization::Quantization;

/// How the range of a tensor follows from the numbers that it had.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Calibration {
    /// From the least to the greatest.
    MinMax,
    /// This percentage of them, between 50 and 100: as many of the greatest as of the least may be left out, which then
    /// become the limits. `Percentile(99.99)` keeps a few outliers from making all other numbers coarse.
    Percentile(f64),
}

/// The numbers of a tensor: how many there were in each of many ranges as wide as each other.
#[derive(Clone)]
pub(super) struct Observed {
    min: f32,
    max: f32,
    /// A power of two; zero before there is a number that is not.
    width: f64,
    counts: Vec<u64>,
}

/// The ranges on either side of zero.
const HALF: usize = 4096;

impl Observed {
    pub fn new() -> Self {
        Observed { min: 0.0, max: 0.0, width: 0.0, counts: vec![0; 2 * HALF] }
    }

    /// Takes in a number that is finite.
    pub fn add(&mut self, number: f32, calibration: Calibration) {
        (self.min, self.max) = (self.min.min(number), self.max.max(number));
        if let Calibration::Percentile(_) = calibration {
            self.count(number as f64);
        }
    }

    fn count(&mut self, number: f64) {
        if self.width == 0.0 && number != 0.0 {
            self.width = (number.abs() / HALF as f64).log2().ceil().exp2();
        }
        while number.abs() >= self.width * HALF as f64 && number != 0.0 {
            self.widen();
        }
        let at = if number == 0.0 { 0.0 } else { (number / self.width).floor() };
        self.counts[(at as isize + HALF as isize) as usize] += 1;
    }

    /// Makes each range twice as wide.
    fn widen(&mut self) {
        self.width *= 2.0;
        let mut wide = vec![0; 2 * HALF];
        for (at, count) in self.counts.iter().enumerate() {
            wide[(at + HALF) / 2] += count;
        }
        self.counts = wide;
    }

    /// Takes in the numbers of another tensor.
    pub fn join(&mut self, other: &Observed) {
        (self.min, self.max) = (self.min.min(other.min), self.max.max(other.max));
        let mut other = other.clone();
        if other.width == 0.0 {
            other.width = self.width;
        } else if self.width == 0.0 {
            self.width = other.width;
        }
        while self.width < other.width {
            self.widen();
        }
        while other.width < self.width {
            other.widen();
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
    }

    /// The least and the greatest real number that integers have to stand for. Zero is always among them.
    pub fn range(&self, calibration: Calibration) -> (f64, f64) {
        let (min, max) = (self.min as f64, self.max as f64);
        let Calibration::Percentile(percent) = calibration else { return (min, max) };
        let total: u64 = self.counts.iter().sum();
        let outside = (total as f64 * (1.0 - percent.clamp(50.0, 100.0) / 100.0)) as u64;
        let edge = |at: usize| (at as f64 - HALF as f64) * self.width;
        let first = first_beyond(self.counts.iter(), outside);
        let last = 2 * HALF - first_beyond(self.counts.iter().rev(), outside);
        (edge(first).clamp(min, 0.0), edge(last).clamp(0.0, max))
    }

    /// What integers stand for: the limits of the range, and zero, exactly.
    pub fn quantization(&self, calibration: Calibration) -> Quantization {
        let (min, max) = self.range(calibration);
        let scale = ((max - min) / 255.0) as f32;
        if !scale.is_normal() {
            return Quantization::UNIT;
        }
        let zero_point = (-128.0 - min / scale as f64).round().clamp(-128.0, 127.0) as i8;
        Quantization { scale, zero_point }
    }
}

/// The range at which more numbers have come than may be left out.
fn first_beyond<'a>(counts: impl Iterator<Item = &'a u64>, outside: u64) -> usize {
    let mut seen = 0;
    for (at, count) in counts.enumerate() {
        seen += count;
        if seen > outside {
            return at;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observed(numbers: impl IntoIterator<Item = f32>, calibration: Calibration) -> Observed {
        let mut observed = Observed::new();
        numbers.into_iter().for_each(|number| observed.add(number, calibration));
        observed
    }

    #[test]
    fn the_limits_are_the_least_and_the_greatest_and_zero_is_exact() {
        let seen = observed([-1.0, 0.5, 3.0], Calibration::MinMax);
        assert_eq!(seen.range(Calibration::MinMax), (-1.0, 3.0));
        let quantization = seen.quantization(Calibration::MinMax);
        assert_eq!(quantization, Quantization { scale: 4.0 / 255.0, zero_point: -64 });
        assert_eq!(quantization.dequantize(-64), 0.0);
        let positive = observed([1.0, 255.0], Calibration::MinMax).quantization(Calibration::MinMax);
        assert_eq!(positive, Quantization { scale: 1.0, zero_point: -128 });
        assert_eq!(observed([0.0], Calibration::MinMax).quantization(Calibration::MinMax), Quantization::UNIT);
    }

    #[test]
    fn a_percentile_leaves_outliers_out() {
        let numbers = (-1000..=1000).map(|i| i as f32 / 1000.0).chain([1e6, -1e-7, 0.0]);
        let with = |percent| {
            observed(numbers.clone(), Calibration::Percentile(percent)).range(Calibration::Percentile(percent))
        };
        assert_eq!(with(100.0).1, 1e6);
        let (min, max) = with(99.9);
        // A range is as wide as the outlier has made it.
        assert!((-1.0..=0.0).contains(&min) && max <= 256.0, "{min} {max}");
        let fine = observed(numbers.clone().filter(|&number| number < 2.0), Calibration::Percentile(90.0));
        let (min, max) = fine.range(Calibration::Percentile(90.0));
        assert!((min + 0.8).abs() < 2e-3 && (max - 0.8).abs() < 2e-3, "{min} {max}");
    }

    #[test]
    fn numbers_are_joined() {
        let (small, large) = ([0.1, -0.2, 0.05], [3.0, 40.0]);
        let percentile = Calibration::Percentile(80.0);
        let mut joined = observed(small, percentile);
        joined.join(&observed(large, percentile));
        assert_eq!(joined.range(percentile), observed(small.into_iter().chain(large), percentile).range(percentile));
        let mut nothing = Observed::new();
        nothing.join(&joined);
        assert_eq!(nothing.range(percentile), joined.range(percentile));
    }
}
