//! Another shape for the same elements: `flatten`, `reshape`.

use super::{Op, Ran, State, Storage};
use crate::graph::Io;
use crate::machine::Machine;
use crate::program::{Step, Words};
use crate::syntax::Syntax;
use crate::text::Text;
use crate::{Shape, Tensor, Work};

pub(super) const SYNTAX: &[Syntax] = &[];

/// A view: nothing is moved.
#[derive(Clone, Copy)]
pub(crate) struct Reshape {
    layer: &'static str,
}

impl<'g> Tensor<'g> {
    /// All elements in one axis, in order.
    #[track_caller]
    pub const fn flatten(self) -> Tensor<'g> {
        let shape = Shape::new(&[self.elements()]);
        self.builder.push(Op::Reshape(Reshape { layer: "flatten" }), &[self], shape)
    }

    /// The same elements, in order, under other extents: `x.reshape([8, x.elements() / 8])`.
    #[track_caller]
    pub const fn reshape<const N: usize>(self, shape: [usize; N]) -> Tensor<'g> {
        let shape = Shape::new(&shape);
        if shape.elements() != self.shape.elements() {
            fail_elements(&self.shape, &shape);
        }
        self.builder.push(Op::Reshape(Reshape { layer: "reshape" }), &[self], shape)
    }
}

#[track_caller]
const fn fail_elements(from: &Shape, to: &Shape) -> ! {
    Text::new()
        .str("`reshape` to ")
        .shape(to)
        .str(", which has ")
        .number(to.elements())
        .str(" elements: the tensor has ")
        .number(from.elements())
        .str(", of shape ")
        .shape(from)
        .str(" (a declaration has no batch axis)")
        .fail()
}

impl Reshape {
    pub const fn name(&self) -> &'static str {
        self.layer
    }

    pub const fn work(&self, _: Io<'_>) -> Work {
        Work::NONE
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub const fn storage(&self) -> Storage {
        Storage::View { offset: 0 }
    }

    pub const fn encode(&self, _: Io<'_>, words: Words) -> Words {
        words
    }

    pub fn kernel<M: Machine>(_: &mut M, _: Step<'_, '_>) -> Ran {
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Array, run, vec};

    #[test]
    fn elements_keep_their_order_and_nothing_is_moved() {
        let x = Array::numbers(&[2, 3, 4]);
        let ran = run(core::slice::from_ref(&x), |_, x| {
            vec![x[0].flatten(), x[0].reshape([4, 1, 6]), x[0].reshape([4, 6]).flatten()]
        });
        let shapes = [vec![24], vec![4, 1, 6], vec![24]];
        for (output, shape) in ran.outputs.iter().zip(shapes) {
            assert_eq!(output, &Array { shape, data: x.data.clone() });
        }
        assert_eq!(ran.steps, 0);
        assert_eq!(ran.cost.traffic.total(), 0);
    }

    #[test]
    #[should_panic(expected = "`reshape` to 5×5, which has 25 elements: the tensor has 24, of shape 2×3×4")]
    fn the_number_of_elements_is_kept() {
        run(&[Array::numbers(&[2, 3, 4])], |_, x| vec![x[0].reshape([5, 5])]);
    }
}
