//! The gated linear unit, one half of a tensor weighted by the other: `glu`.

use crate::base::message::Text;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::layers::options::options;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[Glu::syntax("glu", "Glu")];

options! {
    /// The options of [`Tensor::glu`], PyTorch's `GLU`.
    pub struct Glu {}

    /// Along the last axis.
    new();

    /// The axis that is halved, counted from the back when negative.
    axis: isize = -1;
}

impl<'g> Tensor<'g> {
    /// `a · sigmoid(b)`, where `a` is the first half of the tensor along an axis and `b` the second: `x.glu()`, along
    /// the last axis, or `x.glu(axis = 0)`, of the channels.
    ///
    /// It is computed as `a / (1 + e^-b)`, element by element of the output.
    #[track_caller]
    pub const fn glu(self, options: Glu) -> Tensor<'g> {
        let axis = self.shape.axis(options.axis);
        let extent = self.shape.at(axis);
        if !extent.is_multiple_of(2) {
            fail(axis, &self.shape);
        }
        self.builder.push_one(Op::Glu(Glu { axis: axis as isize }), self.node, self.shape.with(axis, extent / 2))
    }
}

#[track_caller]
const fn fail(axis: usize, shape: &Shape) -> ! {
    let text = Text::new().str("`glu` along axis ").number(axis as u64).str(" of a tensor of shape ").shape(shape);
    text.str(", which has no halves: ").number(shape.at(axis) as u64).str(" is odd").fail()
}

impl Glu {
    pub(crate) const fn name(&self) -> &'static str {
        "glu"
    }

    pub(crate) const fn work(&self, io: Io<'_>) -> Work {
        Work::of(Census::ZERO.exp(1).add(1).div(1).times(io.elements()))
    }

    pub(crate) const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub(crate) const fn conventions(&self, io: Io<'_>) -> Row {
        Row::stateless(io)
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    /// The number of pairs of halves, and the number of elements in a half.
    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let half = io.output().product(self.axis as usize, io.output().rank());
        words.count(io.elements() / half).count(half)
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, count, half] = step.words()?;
        let (count, half) = (count as usize, half as usize);
        let input = step.view(machine, x, 2 * count * half)?;
        let output = step.view(machine, out, count * half)?;
        for (input, output) in rows(input, 2 * half).zip(rows(output, half)) {
            let (a, b) = input.split_at_checked(half)?;
            for ((a, b), output) in a.iter().zip(b).zip(output) {
                let power = machine.exp(-b.get());
                let sum = machine.add(1.0, power);
                output.set(machine.div(a.get(), sum));
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Array, layer};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn the_first_half_is_weighed_by_the_second(
            mut shape in prop::collection::vec(1usize..5, 1..5),
            axis in 0usize..4,
            from_the_back: bool,
        ) {
            let rank = shape.len();
            let axis = axis % rank;
            shape[axis] *= 2;
            let x = Array::numbers(&shape);
            let signed = if from_the_back { axis as isize - rank as isize } else { axis as isize };
            let (y, cost) = layer(&x, |x| x.glu(Glu::new().axis(signed)));
            shape[axis] /= 2;
            let expected = Array::of(&shape, |index| {
                let mut gate = index.to_vec();
                gate[axis] += shape[axis];
                (x.at(index) as f64 / (1.0 + (-x.at(&gate) as f64).exp())) as f32
            });
            y.assert_close(&expected);
            prop_assert_eq!(cost.census, Census::ZERO.exp(1).add(1).div(1).times(y.data.len() as u64));
        }
    }

    #[test]
    #[should_panic(expected = "`glu` along axis 1 of a tensor of shape 4×5, which has no halves: 5 is odd")]
    fn an_axis_without_halves_is_refused() {
        layer(&Array::numbers(&[4, 5]), |x| x.glu(Glu::new()));
    }
}
