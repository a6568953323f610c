//! Axes in another order: `permute`, `transpose`.

use crate::base::layout::Layout;
use crate::base::message::Text;
use crate::base::shape::channel_last_axis;
use crate::base::shape::{MAX_RANK, Shape};
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::gather::Gather;
use crate::int8::kernel::{Kernel, Numbers};
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, copy, rows};
use crate::kernel::strides::{Axes, Walk};
use crate::layers::list::Op;
use crate::layers::moves::moves;
use crate::op::row::Row;
use crate::op::storage::{Reads, Storage};
use crate::op::syntax::Syntax;
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] = &[Syntax::plain("permute", &["axes"]), Syntax::plain("transpose", &["a", "b"])];

/// A copy of a tensor with its axes in another order.
#[derive(Clone, Copy)]
pub(crate) struct Permute {
    layer: &'static str,
    /// For each axis of the output, that of the input.
    order: [u8; MAX_RANK],
    /// Where it starts in the input, in elements: a part of it has fewer axes.
    offset: u64,
    /// Whether the elements lie together and keep their order, that of the axes as declared: only axes with an extent of 1
    /// are moved.
    view: bool,
}

impl<'g> Tensor<'g> {
    /// The axes in another order: `x.permute([1, 2, 0])` puts the channels of an image last. Axis i of the output is
    /// axis `axes[i]` of the input, counted from the back when negative.
    ///
    /// The elements are copied; nothing is moved where only axes with an extent of 1 change their place.
    #[track_caller]
    pub const fn permute<const N: usize>(self, axes: [isize; N]) -> Tensor<'g> {
        if N != self.rank() {
            fail_count(N, &self.shape);
        }
        let (mut order, mut taken) = ([0; MAX_RANK], [false; MAX_RANK]);
        let mut i = 0;
        while i < N {
            let axis = self.shape.axis(axes[i]);
            if taken[axis] {
                fail_twice(axis, &self.shape);
            }
            taken[axis] = true;
            order[i] = axis as u8;
            i += 1;
        }
        self.reorder("permute", order, self.rank(), 0)
    }

    /// Two axes exchanged: `x.transpose(0, 1)`. They are counted from the back when negative.
    ///
    /// The elements are copied; nothing is moved where only axes with an extent of 1 change their place.
    #[track_caller]
    pub const fn transpose(self, a: isize, b: isize) -> Tensor<'g> {
        let (a, b) = (self.shape.axis(a), self.shape.axis(b));
        let mut order = [0, 1, 2, 3, 4, 5];
        (order[a], order[b]) = (b as u8, a as u8);
        self.reorder("transpose", order, self.rank(), 0)
    }

    /// All axes in another order, from the front.
    pub(crate) const fn permute_all(self, order: [u8; MAX_RANK]) -> Tensor<'g> {
        self.reorder("permute", order, self.rank(), 0)
    }

    /// What is at one place of an axis, with the other axes in another order.
    #[track_caller]
    pub(crate) const fn permute_part<const N: usize>(self, axis: usize, at: usize, axes: [u8; N]) -> Tensor<'g> {
        let mut order = [0; MAX_RANK];
        let mut i = 0;
        while i < N {
            order[i] = axes[i];
            i += 1;
        }
        let offset = at as u64 * self.shape.product(axis + 1, self.rank());
        self.reorder("permute", order, N, offset)
    }

    #[track_caller]
    const fn reorder(self, layer: &'static str, order: [u8; MAX_RANK], rank: usize, offset: u64) -> Tensor<'g> {
        let mut dims = [1; MAX_RANK];
        let (mut view, mut together, mut i) = (true, 1, rank);
        while i > 0 {
            i -= 1;
            let axis = order[i] as usize;
            dims[i] = self.shape.at(axis);
            if dims[i] > 1 {
                view = view && self.shape.product(axis + 1, self.rank()) == together;
                together *= dims[i] as u64;
            }
        }
        let shape = Shape::of(rank as u8, dims);
        self.builder.push_one(Op::Permute(Permute { layer, order, offset, view }), self.node, shape)
    }
}

#[track_caller]
const fn fail_count(axes: usize, shape: &Shape) -> ! {
    Text::new()
        .str("`permute` names ")
        .number(axes as u64)
        .str(if axes == 1 { " axis" } else { " axes" })
        .str(" of a tensor of shape ")
        .shape(shape)
        .str(", which has ")
        .number(shape.rank() as u64)
        .str(": each of them has to be named (a declaration has no batch axis: axis 0 is the channel)")
        .fail()
}

#[track_caller]
const fn fail_twice(axis: usize, shape: &Shape) -> ! {
    Text::new()
        .str("`permute` names axis ")
        .number(axis as u64)
        .str(" of a tensor of shape ")
        .shape(shape)
        .str(" twice: each axis has to be named once")
        .fail()
}

moves!(Permute, |_| Row::UNCOUNTED);

impl Permute {
    pub const fn name(&self) -> &'static str {
        self.layer
    }

    pub const fn storage(&self, io: Io<'_>) -> Storage<'_> {
        let view = match io.graph.settings.layout {
            Layout::ChannelFirst => self.view,
            // What follows is of a whole tensor; a part of one starts elsewhere.
            layout => io.elements() == io.input(0).elements() && self.is_kept(io, layout),
        };
        if view { Storage::view(self.offset) } else { Storage::OWN.reads(Reads::Written) }
    }

    /// Whether all elements of the input stay where they are.
    const fn is_kept(&self, io: Io<'_>, layout: Layout) -> bool {
        let (input, output) = (io.input(0), io.output());
        let mut axis = 0;
        while axis < output.rank() {
            let from = self.order[axis] as usize;
            if output.at(axis) > 1 && layout.stride(output, axis) != layout.stride(input, from) {
                return false;
            }
            axis += 1;
        }
        true
    }

    /// Its kernel over integers of 8 bits, of a whole tensor.
    pub const fn int8(&self, io: Io<'_>, _: &Numbers) -> Option<Kernel> {
        let (input, rank) = io.input(0).channel_last();
        if io.output().rank() != rank {
            return None;
        }
        let (mut order, mut axis) = ([0; MAX_RANK], 0);
        while axis < rank {
            let from = channel_last_axis(self.order[axis] as usize, rank);
            order[channel_last_axis(axis, rank)] = from as u32;
            axis += 1;
        }
        match Gather::transpose(input.split_at(rank).0, order.split_at(rank).0) {
            Some(gather) => Some(Kernel::Gather(gather)),
            None => None,
        }
    }

    /// The elements of the input, where the output starts in it, and the axes.
    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let input = io.input(0);
        let mut axes = Axes::NONE;
        let mut axis = io.output().rank();
        while axis > 0 {
            axis -= 1;
            axes = axes.around(input, self.order[axis] as usize);
        }
        axes.encode(0, words.count(input.elements()).count(self.offset))
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, elements, offset] = step.words()?;
        let (_, walk) = Walk::read(&mut step)?;
        let ([stride], mut starts) = (walk.strides(), walk.starts());
        let input = step.view(machine, x, elements as usize)?.get(offset as usize..)?;
        let output = step.view(machine, out, walk.elements())?;
        for output in rows(output, walk.extent()) {
            let [mut at] = starts.next();
            if stride == 1 {
                copy(input.get(at..)?, output);
            } else {
                for output in output {
                    output.set(input.get(at)?.get());
                    at += stride;
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::testing::{Array, Vec, layer, run, vec};

    /// The axes of `x` in another order.
    fn naive(x: &Array, order: &[usize]) -> Array {
        let shape: Vec<_> = order.iter().map(|&axis| x.shape[axis]).collect();
        Array::of(&shape, |index| {
            let mut from = vec![0; order.len()];
            for (&axis, &i) in order.iter().zip(index) {
                from[axis] = i;
            }
            x.at(&from)
        })
    }

    fn shapes() -> impl Strategy<Value = (Vec<usize>, Vec<usize>)> {
        prop::collection::vec(1usize..5, 5)
            .prop_flat_map(|shape| (Just(shape), Just(vec![0, 1, 2, 3, 4]).prop_shuffle()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn each_axis_goes_to_its_place((shape, order) in shapes()) {
            let x = Array::numbers(&shape);
            let axes: [isize; 5] = core::array::from_fn(|i| order[i] as isize);
            let ran = run(core::slice::from_ref(&x), |_, x| vec![x[0].permute(axes)]);
            prop_assert_eq!(&ran.outputs[0], &naive(&x, &order));
            let moved: Vec<_> = order.iter().filter(|&&axis| shape[axis] > 1).collect();
            prop_assert_eq!(ran.steps, !moved.is_sorted() as usize);
        }
    }

    #[test]
    fn a_part_is_what_is_at_one_place_of_an_axis() {
        let x = Array::numbers(&[4, 3, 2, 5]);
        let ran = run(core::slice::from_ref(&x), |_, x| {
            vec![
                x[0].permute_part(1, 2, [2, 0, 3]),
                x[0].permute_part(2, 1, [0, 3, 1]),
                x[0].permute_part(0, 3, [1, 2, 3]),
            ]
        });
        assert_eq!(ran.outputs[0], Array::of(&[2, 4, 5], |index| x.at(&[index[1], 2, index[0], index[2]])));
        assert_eq!(ran.outputs[1], Array::of(&[4, 5, 3], |index| x.at(&[index[0], index[2], 1, index[1]])));
        assert_eq!(ran.outputs[2], Array::of(&[3, 2, 5], |index| x.at(&[3, index[0], index[1], index[2]])));
        // The elements of the last one lie together.
        assert_eq!(ran.steps, 2);
    }

    #[test]
    fn a_transposition_exchanges_two_axes() {
        let x = Array::numbers(&[3, 4, 5]);
        let ran = run(core::slice::from_ref(&x), |_, x| {
            vec![x[0].transpose(0, 1), x[0].transpose(-1, 0), x[0].transpose(1, 1)]
        });
        assert_eq!(ran.outputs[0], naive(&x, &[1, 0, 2]));
        assert_eq!(ran.outputs[1], naive(&x, &[2, 1, 0]));
        assert_eq!(ran.outputs[2], x);
        assert_eq!(ran.steps, 2);
    }

    #[test]
    #[should_panic(
        expected = "`permute` names 2 axes of a tensor of shape 3×4×5, which has 3: each of them has to be named"
    )]
    fn every_axis_is_named() {
        layer(&Array::numbers(&[3, 4, 5]), |x| x.permute([1, 0]));
    }

    #[test]
    #[should_panic(
        expected = "`permute` names axis 2 of a tensor of shape 3×4×5 twice: each axis has to be named once"
    )]
    fn no_axis_is_named_twice() {
        layer(&Array::numbers(&[3, 4, 5]), |x| x.permute([2, 0, -1]));
    }
}
