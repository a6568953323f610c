//! Another shape for the same elements: `flatten`, `reshape`, `squeeze`, `unsqueeze`.

use crate::base::layout::Layout;
use crate::base::message::Text;
use crate::base::shape::{MAX_RANK, Shape};
use crate::graph::tensor::Tensor;
use crate::layers::list::Op;
use crate::layers::moves::views;
use crate::op::row::Row;
use crate::op::storage::{Reads, Storage};
use crate::op::syntax::Syntax;

pub(crate) const SYNTAX: &[Syntax] = &[
    Syntax::plain("reshape", &["shape"]),
    Syntax::plain("flatten", &[]),
    Syntax::plain("squeeze", &["axis"]),
    Syntax::plain("unsqueeze", &["axis"]),
];

/// A view: nothing is moved, except where channels come last and elements change their places. A linear layer reads them
/// where they are: the columns of its weights have their order.
#[derive(Clone, Copy)]
pub(crate) struct Reshape {
    layer: &'static str,
    /// Whether elements are in the order in which they lie in memory, not in that of the declared axes.
    of_memory: bool,
}

impl<'g> Tensor<'g> {
    /// All elements in one axis, in order.
    #[track_caller]
    pub const fn flatten(self) -> Tensor<'g> {
        let shape = Shape::new(&[self.elements()]);
        self.builder.push_one(Op::Reshape(Reshape { layer: "flatten", of_memory: false }), self.node, shape)
    }

    /// The same elements, in order, under other extents: `x.reshape([8, x.elements() / 8])`.
    #[track_caller]
    pub const fn reshape<const N: usize>(self, shape: [usize; N]) -> Tensor<'g> {
        self.reshape_to(Shape::new(&shape))
    }

    #[track_caller]
    pub(crate) const fn reshape_to(self, shape: Shape) -> Tensor<'g> {
        if shape.elements() != self.shape.elements() {
            fail_elements(&self.shape, &shape);
        }
        self.builder.push_one(Op::Reshape(Reshape { layer: "reshape", of_memory: false }), self.node, shape)
    }

    /// The same memory under another shape of as many elements.
    pub(crate) const fn reshape_memory(self, shape: Shape) -> Tensor<'g> {
        self.builder.push_one(Op::Reshape(Reshape { layer: "reshape", of_memory: true }), self.node, shape)
    }

    /// The same elements without an axis, which has an extent of 1: `x.squeeze(-1)`. It is counted from the back when
    /// negative.
    #[track_caller]
    pub const fn squeeze(self, axis: isize) -> Tensor<'g> {
        let axis = self.shape.axis(axis);
        if self.shape.at(axis) != 1 {
            fail_squeeze(axis, &self.shape);
        }
        let mut dims = [1; MAX_RANK];
        let mut i = 0;
        while i + 1 < self.rank() {
            dims[i] = self.shape.at(if i < axis { i } else { i + 1 });
            i += 1;
        }
        let shape = Shape::of(self.rank() as u8 - 1, dims);
        self.builder.push_one(Op::Reshape(Reshape { layer: "squeeze", of_memory: false }), self.node, shape)
    }

    /// The same elements with one more axis of extent 1, at `axis` of the output: `x.unsqueeze(0)`. It is counted from
    /// the back when negative.
    #[track_caller]
    pub const fn unsqueeze(self, axis: isize) -> Tensor<'g> {
        let rank = self.rank() + 1;
        let at = if axis < 0 { axis + rank as isize } else { axis };
        if at < 0 || at as usize >= rank {
            fail_unsqueeze(axis, &self.shape);
        }
        let mut dims = [1; MAX_RANK + 1];
        let mut i = 0;
        while i < self.rank() {
            dims[if i < at as usize { i } else { i + 1 }] = self.shape.at(i);
            i += 1;
        }
        let shape = Shape::new(dims.split_at(rank).0);
        self.builder.push_one(Op::Reshape(Reshape { layer: "unsqueeze", of_memory: false }), self.node, shape)
    }
}

#[track_caller]
const fn fail_squeeze(axis: usize, shape: &Shape) -> ! {
    Text::new()
        .str("`squeeze` of axis ")
        .number(axis as u64)
        .str(" of a tensor of shape ")
        .shape(shape)
        .str(", which has an extent of ")
        .number(shape.at(axis) as u64)
        .str("; it takes an axis with an extent of 1 (a declaration has no batch axis: axis 0 is the channel)")
        .fail()
}

#[track_caller]
const fn fail_unsqueeze(axis: isize, shape: &Shape) -> ! {
    let rank = shape.rank() as i64;
    Text::new()
        .str("`unsqueeze` at axis ")
        .signed(axis as i64)
        .str(" of a tensor of shape ")
        .shape(shape)
        .str(": the new axis is at an index from 0 to ")
        .signed(rank)
        .str(", or from the back, from -1 to ")
        .signed(-rank - 1)
        .str(" (a declaration has no batch axis: axis 0 is the channel)")
        .fail()
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

views!(Reshape, |_| Row::UNCOUNTED, |this, io| match io.graph.settings.layout {
    _ if this.of_memory => Storage::view(0),
    Layout::ChannelFirst => Storage::view(0),
    layout if layout.is_kept(io.input(0), io.output()) || io.graph.is_read_in_any_order(io.node) => Storage::view(0),
    _ => Storage::OWN.reads(Reads::Written),
});

impl Reshape {
    pub const fn name(&self) -> &'static str {
        self.layer
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::testing::{Array, run, vec};

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
    fn an_axis_of_one_comes_and_goes() {
        let x = Array::numbers(&[2, 1, 3]);
        let ran = run(core::slice::from_ref(&x), |_, x| {
            let flat = x[0].squeeze(1);
            let all = [-3, -2, -1, 0, 1, 2].map(|axis| flat.unsqueeze(axis));
            let scalar = x[0].flatten().narrow(0, 4, 1).squeeze(-1);
            vec![flat, x[0].squeeze(-2), all[0], all[1], all[2], all[3], all[4], all[5], scalar, scalar.unsqueeze(0)]
        });
        let (front, middle, back) = (vec![1, 2, 3], vec![2, 1, 3], vec![2, 3, 1]);
        let shapes = [front.clone(), middle.clone(), back.clone(), front, middle, back];
        let shapes = [vec![2, 3], vec![2, 3]].into_iter().chain(shapes);
        for (output, shape) in ran.outputs.iter().zip(shapes) {
            assert_eq!(output, &Array { shape, data: x.data.clone() });
        }
        assert_eq!((&ran.outputs[8].shape, &ran.outputs[8].data[..]), (&vec![], &x.data[4..5]));
        assert_eq!(ran.outputs[9].shape, [1]);
        assert_eq!(ran.steps, 0);
    }

    #[test]
    #[should_panic(
        expected = "`squeeze` of axis 0 of a tensor of shape 2×1, which has an extent of 2; it takes an axis"
    )]
    fn only_an_axis_of_one_is_squeezed() {
        run(&[Array::numbers(&[2, 1])], |_, x| vec![x[0].squeeze(0)]);
    }

    #[test]
    #[should_panic(
        expected = "`unsqueeze` at axis 3 of a tensor of shape 2×1: the new axis is at an index from 0 to 2, or from \
                    the back, from -1 to -3"
    )]
    fn a_new_axis_stands_among_the_others() {
        run(&[Array::numbers(&[2, 1])], |_, x| vec![x[0].unsqueeze(3)]);
    }

    #[test]
    #[should_panic(expected = "`reshape` to 5×5, which has 25 elements: the tensor has 24, of shape 2×3×4")]
    fn the_number_of_elements_is_kept() {
        run(&[Array::numbers(&[2, 3, 4])], |_, x| vec![x[0].reshape([5, 5])]);
    }
}
