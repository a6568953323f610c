//! A tensor of one number: `constant`.

use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Builder;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step};
use crate::layers::list::Op;
use crate::layers::moves::moves;
use crate::op::row::Row;
use crate::op::storage::Storage;
use crate::op::syntax::{Form, Syntax};
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] =
    &[Syntax::method("constant", "Constant", &["shape", "value"], &[]).form(Form::Source)];

/// The options of `constant`, PyTorch's `full`: its shape and the number.
#[derive(Clone, Copy)]
pub struct Constant {
    shape: Shape,
    value: f32,
}

impl Constant {
    /// A tensor with these extents, and the same number everywhere.
    #[track_caller]
    pub const fn new<const N: usize>(shape: [usize; N], value: f32) -> Self {
        Constant { shape: Shape::new(&shape), value }
    }
}

impl<'g> Builder<'g> {
    /// A tensor of one number: `constant([1, 8, 8], 0.5)`. The run writes it into the arena, where all operands are.
    #[track_caller]
    pub const fn constant(&'g self, options: Constant) -> Tensor<'g> {
        self.push(Op::Constant(options), &[], options.shape)
    }
}

moves!(Constant, |_| Row::UNCOUNTED);

impl Constant {
    pub(crate) const fn name(&self) -> &'static str {
        "constant"
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        words.count(io.elements()).float(self.value)
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, elements, value] = step.words()?;
        for output in step.view(machine, out, elements as usize)? {
            output.set(f32::from_bits(value));
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::testing::{Array, run, vec};

    #[test]
    fn it_has_the_number_everywhere() {
        let x = Array::numbers(&[3, 4]);
        let ran =
            run(core::slice::from_ref(&x), |builder, x| vec![x[0].add(builder.constant(Constant::new([4], 0.5)))]);
        ran.outputs[0].assert_close(&x.map(|x| x + 0.5));
        assert_eq!((ran.cost.params, ran.cost.weights), (0, 0));
    }
}
