//! A learned tensor without input: `parameter`.

use crate::base::name::Name;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Builder;
use crate::graph::tensor::Tensor;
use crate::int8::kernel::{Kernel, Numbers};
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step};
use crate::layers::list::Op;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::{Form, Syntax};
use crate::op::words::Words;
use crate::op::work::Work;

pub(crate) const SYNTAX: &[Syntax] = &[Syntax::method("parameter", "Parameter", &["shape"], &[]).form(Form::Source)];

/// The options of `parameter`, PyTorch's `Parameter`: its shape.
///
/// In the state dict, it has the layer's name.
#[derive(Clone, Copy)]
pub struct Parameter {
    shape: Shape,
}

impl Parameter {
    /// A learned tensor with these extents.
    #[track_caller]
    pub const fn new<const N: usize>(shape: [usize; N]) -> Self {
        Parameter::of(Shape::new(&shape))
    }

    /// One of a shape.
    pub(crate) const fn of(shape: Shape) -> Self {
        Parameter { shape }
    }
}

impl<'g> Builder<'g> {
    /// A learned tensor: `parameter([x.channels(), 1, 1], name = "scale")`. The run copies it into the arena, where
    /// all operands are.
    #[track_caller]
    pub const fn parameter(&'g self, options: Parameter) -> Tensor<'g> {
        self.push(Op::Parameter(options), &[], options.shape)
    }
}

impl Parameter {
    pub(crate) const fn name(&self) -> &'static str {
        "parameter"
    }

    pub(crate) const fn work(&self, _: Io<'_>) -> Work {
        Work::NONE
    }

    pub(crate) const fn state(&self, _: Io<'_>) -> State {
        let mut state = State::weight(self.shape, false);
        state.entries[0].name = Name::EMPTY;
        state
    }

    /// Its kernel over integers of 8 bits.
    pub(crate) const fn int8(&self, _: Io<'_>, _: &Numbers) -> Option<Kernel> {
        Some(Kernel::Constant(self.shape.elements() as u32))
    }

    /// A tensor of the model itself, not of a module in it.
    pub(crate) const fn conventions(&self, io: Io<'_>) -> Row {
        Row::UNCOUNTED.params(io.elements())
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        words.count(io.elements())
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, elements] = step.words()?;
        let output = step.view(machine, out, elements as usize)?;
        let values = step.params(machine, elements as usize)?;
        for (output, &value) in output.iter().zip(values) {
            output.set(value);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::testing::{Array, run_with, vec};

    #[test]
    fn it_is_read_from_the_weights() {
        let x = Array::numbers(&[3, 4]);
        let ran = run_with(core::slice::from_ref(&x), &[1.0, 2.0, 3.0], |builder, x| {
            vec![x[0].mul(builder.parameter(Parameter::new([3, 1])))]
        });
        let expected = Array::of(&[3, 4], |index| x.at(index) * (index[0] + 1) as f32);
        ran.outputs[0].assert_close(&expected);
        assert_eq!((ran.cost.params, ran.cost.weights, ran.cost.weight_bytes), (3, 3, 12));
    }

    #[test]
    #[should_panic(expected = "shape 3×0: axis 1 is empty")]
    fn an_empty_one_is_refused() {
        Parameter::new([3, 0]);
    }
}
