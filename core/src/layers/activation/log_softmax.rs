//! The logarithm of the softmax along an axis: `log_softmax`.

use crate::base::math::multiply;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step};
use crate::layers::activation::softmax::{Softmax, lines, normalise};
use crate::layers::list::Op;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[Softmax::syntax("log_softmax", "Softmax")];

impl<'g> Tensor<'g> {
    /// `x − ln Σ e^x` along an axis: `x.log_softmax(axis = 0)`, PyTorch's `LogSoftmax`. The axis may be left out if
    /// there is only one.
    ///
    /// The greatest element is subtracted first, so that no power overflows.
    #[track_caller]
    pub const fn log_softmax(self, options: Softmax) -> Tensor<'g> {
        let axis = options.axis_of("log_softmax", &self.shape) as u8;
        self.builder.push_one(Op::LogSoftmax(LogSoftmax { axis }), self.node, self.shape)
    }
}

/// Along a known axis.
#[derive(Clone, Copy)]
pub(crate) struct LogSoftmax {
    axis: u8,
}

impl LogSoftmax {
    pub const fn name(&self) -> &'static str {
        "log_softmax"
    }

    /// For n elements, n − 1 comparisons and n − 1 additions; the greatest and the logarithm are subtracted from each.
    pub const fn work(&self, io: Io<'_>) -> Work {
        let length = io.output().at(self.axis as usize) as u64;
        let line = Census::ZERO.cmp(length - 1).add(3 * length - 1).exp(length).log(1);
        Work::of(line.times(io.elements() / length))
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        Row { ultralytics_thop: multiply(3, io.elements()), ..Row::stateless(io) }
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::IN_PLACE
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        lines(io.output(), self.axis as usize, words)
    }

    pub fn kernel<M: Machine>(machine: &mut M, step: Step<'_, '_>) -> Ran {
        normalise(machine, step, |shifted, _| shifted, M::log, M::sub)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::testing::{Array, layer};

    #[test]
    fn the_powers_of_lines_along_the_axis_sum_to_one() {
        for (shape, axis) in [(&[5][..], 0), (&[1], 0), (&[3, 4], 0), (&[3, 4], 1), (&[2, 3, 4], -2)] {
            let x = Array::numbers(shape).map(|x| 60.0 * x);
            let (y, cost) = layer(&x, |x| x.log_softmax(Softmax::new().axis(axis)));
            let axis = if axis < 0 { shape.len() - 2 } else { axis as usize };
            let length = shape[axis];
            let expected = Array::of(shape, |index| {
                let mut index = index.to_vec();
                let element = x.at(&index) as f64;
                let sum = (0..length).map(|i| {
                    index[axis] = i;
                    (x.at(&index) as f64 - element).exp()
                });
                -sum.sum::<f64>().ln() as f32
            });
            y.assert_close(&expected);
            let (n, lines) = (length as u64, (x.data.len() / length) as u64);
            assert_eq!(cost.census, Census::ZERO.cmp(n - 1).add(n + n - 1 + n).exp(n).log(1).times(lines));
        }
    }

    #[test]
    #[should_panic(
        expected = "`log_softmax` of a tensor of shape 4×5: say along which axis, as in `log_softmax(axis = 0)`"
    )]
    fn the_axis_may_not_be_left_out_where_there_are_several() {
        layer(&Array::numbers(&[4, 5]), |x| x.log_softmax(Softmax::new()));
    }
}
