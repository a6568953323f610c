//! A tensor that counts along an axis: `iota`.

use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Builder;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::layers::moves::moves;
use crate::op::row::Row;
use crate::op::storage::Storage;
use crate::op::syntax::{Form, Syntax};
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] = &[Syntax::method("iota", "Iota", &["shape"], &["axis"]).form(Form::Source)];

/// The options of `iota`, StableHLO's `iota` and, along its only axis, PyTorch's `arange`: its shape and the axis.
#[derive(Clone, Copy)]
pub struct Iota {
    shape: Shape,
    axis: u8,
}

impl Iota {
    /// A tensor with these extents that counts along axis 0.
    #[track_caller]
    pub const fn new<const N: usize>(shape: [usize; N]) -> Self {
        Iota { shape: Shape::new(&shape), axis: 0 }
    }

    /// The axis along which it counts, counted from the back when negative.
    #[track_caller]
    pub const fn axis(mut self, axis: isize) -> Self {
        self.axis = self.shape.axis(axis) as u8;
        self
    }
}

impl<'g> Builder<'g> {
    /// A tensor in which each element is its index along an axis: `iota([1, 8, 8], axis = 2)` has the column of each
    /// pixel. The run writes it into the arena, where all operands are.
    #[track_caller]
    pub const fn iota(&'g self, options: Iota) -> Tensor<'g> {
        self.push(Op::Iota(options), &[], options.shape)
    }
}

moves!(Iota, |_| Row::UNCOUNTED);

impl Iota {
    pub(crate) const fn name(&self) -> &'static str {
        "iota"
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    /// How many times it counts, how far, and how many consecutive elements have the same index.
    pub(crate) const fn encode(&self, _: Io<'_>, words: Words) -> Words {
        let axis = self.axis as usize;
        words
            .count(self.shape.product(0, axis))
            .count(self.shape.at(axis) as u64)
            .count(self.shape.product(axis + 1, self.shape.rank()))
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, outer, extent, inner] = step.words()?.map(|word| word as usize);
        let output = step.view(machine, out as u32, outer * extent * inner)?;
        for output in rows(output, extent * inner) {
            for (index, output) in rows(output, inner).enumerate() {
                for output in output {
                    output.set(index as f32);
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::testing::{Array, run, vec};

    #[test]
    fn each_element_is_its_index() {
        let x = Array::numbers(&[3, 4, 2]);
        for axis in 0..3 {
            let ran = run(core::slice::from_ref(&x), |builder, x| {
                vec![x[0].mul(builder.iota(Iota::new([3, 4, 2]).axis(axis as isize - 3)))]
            });
            ran.outputs[0].assert_close(&Array::of(&[3, 4, 2], |index| x.at(index) * index[axis] as f32));
        }
    }

    #[test]
    #[should_panic(expected = "a tensor of shape 3 has no axis 1")]
    fn an_axis_it_does_not_have_is_refused() {
        Iota::new([3]).axis(1);
    }
}
