//! Normalisation across neighbouring channels: `local_response_norm`.

use core::cell::Cell;

use crate::base::math::{add, multiply};
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::layers::options::options;
use crate::op::axis::Axis;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[LocalResponseNorm::syntax("local_response_norm", "LocalResponseNorm")];

options! {
    /// The options of [`Tensor::local_response_norm`], PyTorch's `LocalResponseNorm`.
    pub struct LocalResponseNorm {
        size: usize,
    }

    /// Across this many channels, with an alpha of 1e-4, a beta of 0.75 and a k of 1.
    new(size: usize);

    /// The factor of the mean of the squares.
    alpha: f32 = 1e-4;

    /// The exponent.
    beta: f32 = 0.75;

    /// What is added to the mean.
    k: f32 = 1.0;
}

impl<'g> Tensor<'g> {
    /// `x / (k + alpha / size · Σ x²)^beta`, with the sum over `size` channels, axis 0, around each:
    /// `x.local_response_norm(5)`, AlexNet's, or `x.local_response_norm(5, alpha = 1e-3, k = 2.0)`. The shape is kept.
    ///
    /// For channel c, they start at `c − ⌊size / 2⌋`; beyond the first and the last channel there are zeros. The power
    /// is computed as `e^(beta · ln ..)`. The squares do not count as multiply-accumulates.
    #[track_caller]
    pub const fn local_response_norm(self, options: LocalResponseNorm) -> Tensor<'g> {
        let LocalResponseNorm { size, alpha, beta, k } = options;
        if self.rank() == 0 {
            panic!("`local_response_norm` takes a tensor with at least one axis, its channels");
        }
        if size == 0 || size > u16::MAX as usize {
            panic!("`local_response_norm`: size is a number of channels, from 1 to 65,535");
        }
        if !(alpha.is_finite() && beta.is_finite() && k.is_finite()) {
            panic!("`local_response_norm`: alpha, beta and k are finite numbers");
        }
        self.builder.push_one(Op::LocalResponseNorm(options), self.node, self.shape)
    }
}

impl LocalResponseNorm {
    pub(crate) const fn name(&self) -> &'static str {
        "local_response_norm"
    }

    /// The window that slides over the channels.
    const fn window(&self, channels: usize) -> Axis {
        let (channels, size) = (channels as u32, self.size as u32);
        Axis { input: channels, output: channels, kernel: size, stride: 1, dilation: 1, before: size / 2 }
    }

    /// A square for each tap, and n − 1 additions for n squares; then a factor, an addition, a logarithm, a factor, a
    /// power and a division.
    pub(crate) const fn work(&self, io: Io<'_>) -> Work {
        let (channels, elements) = (io.output().at(0), io.elements());
        let plane = elements / channels as u64;
        let ends = Census::ZERO.mul(2).add(1).log(1).exp(1).div(1).times(elements);
        let dense = multiply(elements, self.size as u64);
        let executed = multiply(self.window(channels).taps().valid, plane);
        let census = ends.mul(dense).add(dense - elements);
        Work { census, census_executed: ends.mul(executed).add(executed - elements), ..Work::NONE }
    }

    pub(crate) const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    /// PyTorch pads the channels and pools over them, and multiplies twice and adds once by methods, which ptflops and
    /// calflops have patched.
    pub(crate) const fn conventions(&self, io: Io<'_>) -> Row {
        let (elements, channels) = (io.elements(), io.output().at(0) as u64);
        let padded = add(elements, multiply(self.size as u64 - 1, elements / channels));
        let functional = add(multiply(3, elements), padded);
        Row { ptflops_functional: functional, calflops: functional, ..Row::stateless(io) }
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let channels = io.output().at(0);
        let words = words.push(channels as u32).push(self.size as u32).count(io.elements() / channels as u64);
        words.float(self.alpha / self.size as f32).float(self.beta).float(self.k)
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, channels, size, plane] = step.words()?;
        let [alpha, beta, k] = step.words()?.map(f32::from_bits);
        let (channels, size, plane) = (channels as usize, size as usize, plane as usize);
        let input = step.view(machine, x, channels * plane)?;
        let output = step.view(machine, out, channels * plane)?;
        for (channel, (own, output)) in rows(input, plane).zip(rows(output, plane)).enumerate() {
            // The channels around this one that exist.
            let first = channel.saturating_sub(size / 2);
            let end = (channel + size.div_ceil(2)).min(channels);
            let around = input.get(first * plane..end * plane)?;
            for (at, (x, output)) in own.iter().zip(output).enumerate() {
                let squares = squares(machine, around, plane, at)?;
                let scaled = machine.mul(alpha, squares);
                let sum = machine.add(k, scaled);
                let log = machine.log(sum);
                let exponent = machine.mul(beta, log);
                let power = machine.exp(exponent);
                output.set(machine.div(x.get(), power));
            }
        }
        Some(())
    }
}

/// The sum of the squares of one element of each channel.
#[inline(always)]
fn squares<M: Machine>(machine: &mut M, channels: &[Cell<f32>], plane: usize, at: usize) -> Option<f32> {
    let mut sum = machine.sum();
    for channel in rows(channels, plane) {
        let x = channel.get(at)?.get();
        let square = machine.mul(x, x);
        sum = machine.accumulate(sum, square);
    }
    Some(machine.total(sum))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Array, layer};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn each_element_is_divided_by_those_around_it(
            (channels, height, width) in (1usize..9, 1usize..4, 1usize..5),
            size in 1usize..12,
            (alpha, beta, k) in (0.1f32..3.0, 0.2f32..1.5, 0.5f32..2.0),
        ) {
            let x = Array::numbers(&[channels, height, width]);
            let options = LocalResponseNorm::new(size).alpha(alpha).beta(beta).k(k);
            let (y, cost) = layer(&x, |x| x.local_response_norm(options));
            let mut taps = 0;
            let expected = Array::of(&x.shape, |index| {
                let mut sum = 0.0;
                for tap in 0..size {
                    let channel = (index[0] + tap).checked_sub(size / 2).filter(|&channel| channel < channels);
                    if let Some(channel) = channel {
                        sum += (x.at(&[channel, index[1], index[2]]) as f64).powi(2);
                        taps += 1;
                    }
                }
                let norm = (k as f64 + alpha as f64 / size as f64 * sum).powf(beta as f64);
                (x.at(index) as f64 / norm) as f32
            });
            y.assert_close(&expected);
            let n = x.data.len() as u64;
            let census = |taps: u64| Census::ZERO.mul(taps + 2 * n).add(taps - n + n).log(n).exp(n).div(n);
            prop_assert_eq!(cost.census, census(n * size as u64));
            prop_assert_eq!(cost.census_executed, census(taps));
            prop_assert_eq!(cost.macs, 0);
        }
    }

    #[test]
    #[should_panic(expected = "`local_response_norm`: size is a number of channels, from 1 to 65,535")]
    fn a_size_of_zero_is_refused() {
        layer(&Array::numbers(&[4, 9]), |x| x.local_response_norm(LocalResponseNorm::new(0)));
    }

    #[test]
    #[should_panic(expected = "`local_response_norm`: alpha, beta and k are finite numbers")]
    fn its_numbers_are_finite() {
        layer(&Array::numbers(&[4, 9]), |x| x.local_response_norm(LocalResponseNorm::new(3).k(f32::INFINITY)));
    }
}
