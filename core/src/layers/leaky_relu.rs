//! The rectified linear unit that leaks: `leaky_relu`.

use super::{Op, Ran, State, Storage};
use crate::conventions::Row;
use crate::graph::Io;
use crate::machine::Machine;
use crate::pointwise::Elements;
use crate::program::{Step, Words};
use crate::syntax::Syntax;
use crate::{Census, Tensor, Work};

pub(super) const SYNTAX: &[Syntax] = &[Syntax::method("leaky_relu", "LeakyRelu", &[], &["negative_slope"])];

/// The options of [`Tensor::leaky_relu`], PyTorch's `LeakyReLU`.
#[derive(Clone, Copy)]
pub struct LeakyRelu {
    pub(crate) negative_slope: f32,
}

impl LeakyRelu {
    /// A negative slope of 0.01.
    pub const fn new() -> Self {
        LeakyRelu { negative_slope: 0.01 }
    }

    /// The factor of negative numbers.
    pub const fn negative_slope(mut self, negative_slope: f32) -> Self {
        self.negative_slope = negative_slope;
        self
    }
}

impl Default for LeakyRelu {
    fn default() -> Self {
        LeakyRelu::new()
    }
}

impl<'g> Tensor<'g> {
    /// `x` where it is positive and `negative_slope · x` elsewhere, element by element:
    /// `x.leaky_relu(negative_slope = 0.2)`.
    #[track_caller]
    pub const fn leaky_relu(self, options: LeakyRelu) -> Tensor<'g> {
        if !options.negative_slope.is_finite() {
            panic!("`leaky_relu`: negative_slope is a finite number");
        }
        self.builder.push(Op::LeakyRelu(options), &[self], self.shape)
    }
}

impl LeakyRelu {
    pub(crate) const fn name(&self) -> &'static str {
        "leaky_relu"
    }

    pub(crate) const fn work(&self, io: Io<'_>) -> Work {
        Work::of(Census::ZERO.cmp(1).mul(1).times(io.elements()))
    }

    pub(crate) const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub(crate) const fn conventions(&self, io: Io<'_>) -> Row {
        let each = Row::UNCOUNTED.ptflops(1).torchstat_flops(1).torchstat_read(1).torchstat_write(1);
        each.torchstat_memory(1).calflops(1).times(io.elements())
    }

    pub(crate) const fn storage(&self) -> Storage {
        Storage::InPlace
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        words.count(io.elements()).float(self.negative_slope)
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let elements = Elements::read(machine, &mut step)?;
        let [negative_slope] = step.words()?.map(f32::from_bits);
        // The product is always formed: the count does not depend on the data, and neither does the time.
        elements.map(machine, |machine, x| {
            let scaled = machine.mul(x, negative_slope);
            if machine.less(x, 0.0) { scaled } else { x }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Array, layer};
    use super::*;

    #[test]
    fn negative_numbers_are_scaled() {
        let x = Array::numbers(&[3, 8]);
        let (y, cost) = layer(&x, |x| x.leaky_relu(LeakyRelu::new()));
        y.assert_close(&x.map(|x| if x < 0.0 { 0.01 * x } else { x }));
        assert_eq!(cost.census, Census::ZERO.cmp(24).mul(24));
        let (y, _) = layer(&x, |x| x.leaky_relu(LeakyRelu::new().negative_slope(-0.5)));
        y.assert_close(&x.map(|x| if x < 0.0 { -0.5 * x } else { x }));
    }

    #[test]
    #[should_panic(expected = "`leaky_relu`: negative_slope is a finite number")]
    fn a_slope_that_is_no_number_is_refused() {
        layer(&Array::numbers(&[1]), |x| x.leaky_relu(LeakyRelu::new().negative_slope(f32::NAN)));
    }
}
