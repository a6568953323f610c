//! Tensors joined along an axis: `concat`.

use crate::base::message::Text;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::list::List;
use crate::graph::tensor::{Tensor, Tensors};
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, copy, rows};
use crate::layers::list::Op;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::{Place, Reads, Storage};
use crate::op::sums::Sums;
use crate::op::syntax::{Form, Syntax};
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] =
    &[Syntax::method("concat", "Concat", &["tensors"], &["axis"]).form(Form::Function)];

/// The options of `concat`, PyTorch's `cat`.
#[derive(Clone, Copy)]
pub struct Concat {
    axis: isize,
}

impl Concat {
    /// Along axis 0, the channels.
    pub const fn new() -> Self {
        Concat { axis: 0 }
    }

    /// The axis along which the tensors are joined, counted from the back when negative.
    pub const fn axis(mut self, axis: isize) -> Self {
        self.axis = axis;
        self
    }

    #[track_caller]
    const fn apply<'g>(self, tensors: &[Tensor<'g>]) -> Tensor<'g> {
        let Some(first) = tensors.first() else {
            panic!("`concat` of no tensor: it takes at least one");
        };
        let axis = first.shape.axis(self.axis);
        let (mut extent, mut i, count) = (first.shape.dims[axis] as u64, 1, tensors.len());
        while i < count {
            let shape = &tensors[i].shape;
            if !shape.same_but(&first.shape, axis) {
                fail_shapes(i, &first.shape, shape, axis);
            }
            extent += shape.dims[axis] as u64;
            i += 1;
        }
        if extent > u32::MAX as u64 {
            // `Shape` refuses it, as too large.
            extent = 1 << 32;
        }
        let shape = first.shape.with(axis, extent as usize);
        first.builder.push(Op::Concat(Concat { axis: axis as isize }), tensors, shape)
    }
}

impl Default for Concat {
    fn default() -> Self {
        Concat::new()
    }
}

#[track_caller]
const fn fail_shapes(tensor: usize, first: &Shape, shape: &Shape, axis: usize) -> ! {
    Text::new()
        .str("`concat` along axis ")
        .number(axis as u64)
        .str(": tensor ")
        .number(tensor as u64)
        .str(" of the list has the shape ")
        .shape(shape)
        .str(", and tensor 0 has ")
        .shape(first)
        .str("; they may differ on axis ")
        .number(axis as u64)
        .str(" only")
        .fail()
}

impl<'g, const N: usize> Tensors<[Tensor<'g>; N]> {
    /// Joins the tensors of an array: `concat([a, b], axis = 1)`.
    #[track_caller]
    pub const fn concat(self, options: Concat) -> Tensor<'g> {
        options.apply(&self.0)
    }
}

impl<'g, const N: usize> Tensors<&[Tensor<'g>; N]> {
    /// Joins the tensors of an array.
    #[track_caller]
    pub const fn concat(self, options: Concat) -> Tensor<'g> {
        options.apply(self.0)
    }
}

impl<'g> Tensors<&[Tensor<'g>]> {
    /// Joins the tensors of a slice.
    #[track_caller]
    pub const fn concat(self, options: Concat) -> Tensor<'g> {
        options.apply(self.0)
    }
}

impl<'g> Tensors<List<Tensor<'g>>> {
    /// Joins the tensors of a list: `concat(features)`.
    #[track_caller]
    pub const fn concat(self, options: Concat) -> Tensor<'g> {
        Tensors(&self.0).concat(options)
    }
}

impl<'g> Tensors<&List<Tensor<'g>>> {
    /// Joins the tensors of a list.
    #[track_caller]
    pub const fn concat(self, options: Concat) -> Tensor<'g> {
        options.apply(self.0.as_slice())
    }
}

impl Concat {
    pub(crate) const fn name(&self) -> &'static str {
        "concat"
    }

    pub(crate) const fn count(&self, io: Io<'_>, sums: &mut Sums) {
        // An operand that was computed in place is not moved.
        sums.moved += io.written as u128;
    }

    pub(crate) const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub(crate) const fn conventions(&self, _: Io<'_>) -> Row {
        Row::UNCOUNTED
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage { place: Place::Joined { axis: self.axis as usize }, reads: Reads::Written, ..Storage::OWN }
    }

    /// How many rows there are, and how long each operand's are: a row is the axis and all after it.
    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let axis = io.output().axis(self.axis);
        let mut words = words.count(io.output().product(0, axis));
        let mut i = 0;
        while i < io.inputs() {
            let shape = io.input(i);
            words = words.count(shape.product(axis, shape.rank()));
            i += 1;
        }
        words
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out] = step.words()?;
        // The operands, the number of rows, and a length for each operand.
        let words = step.rest();
        let (operands, words) = words.split_at_checked(words.len() / 2)?;
        let (&count, lengths) = words.split_first()?;
        let mut row = 0;
        for &len in lengths {
            row += len as usize;
        }
        let output = step.view(machine, out, count as usize * row)?;
        let mut at = 0;
        for (&x, &len) in operands.iter().zip(lengths) {
            let len = len as usize;
            let input = step.view(machine, x, count as usize * len)?;
            // An operand that was computed in place is already there.
            if count > 1 || x as usize != out as usize + at {
                for (input, output) in rows(input, len).zip(rows(output, row)) {
                    copy(input, output.get(at..)?);
                }
            }
            at += len;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::list::CAPACITY;
    use crate::testing::testing::{Array, layer, run, vec};

    /// Joins arrays along an axis.
    fn joined(parts: &[Array], axis: usize) -> Array {
        let mut shape = parts[0].shape.clone();
        shape[axis] = parts.iter().map(|part| part.shape[axis]).sum();
        Array::of(&shape, |index| {
            let mut index = index.to_vec();
            for part in parts {
                if index[axis] < part.shape[axis] {
                    return part.at(&index);
                }
                index[axis] -= part.shape[axis];
            }
            unreachable!()
        })
    }

    #[test]
    fn tensors_are_joined_along_the_axis() {
        for axis in 0..3 {
            let parts = [2, 1, 5].map(|extent| {
                let mut shape = [2, 3, 4];
                shape[axis] = extent;
                Array::numbers(&shape)
            });
            let ran = run(&parts, |_, x| {
                let options = Concat::new().axis(axis as isize);
                let array = [x[0], x[1], x[2]];
                vec![
                    Tensors(array).concat(options),
                    Tensors(&array).concat(options),
                    Tensors(x).concat(options),
                    Tensors(List::from_array(array)).concat(options),
                    Tensors(&List::from_array(array)).concat(Concat::new().axis(axis as isize - 3)),
                ]
            });
            assert_eq!(ran.outputs.len(), 5);
            assert!(ran.outputs.iter().all(|output| *output == joined(&parts, axis)));
            assert_eq!(ran.cost.flops, 0);
        }
    }

    #[test]
    fn a_tensor_may_be_joined_with_itself_or_stand_alone() {
        let x = Array::numbers(&[2, 3]);
        let (y, _) = layer(&x, |x| Tensors([x, x]).concat(Concat::new().axis(1)));
        assert_eq!(y, joined(&[x.clone(), x.clone()], 1));
        let (y, _) = layer(&x, |x| Tensors([x]).concat(Concat::new()));
        assert_eq!(y, x);
    }

    #[test]
    fn as_many_tensors_as_a_list_holds_can_be_joined() {
        let (y, _) = layer(&Array::numbers(&[1, 2]), |x| Tensors(List::repeat(x, CAPACITY)).concat(Concat::new()));
        assert_eq!(y.shape, [CAPACITY, 2]);
    }

    #[test]
    #[should_panic(expected = "`concat` of no tensor: it takes at least one")]
    fn no_tensor_is_refused() {
        run(&[], |_, _| vec![Tensors(List::new()).concat(Concat::new())]);
    }

    #[test]
    #[should_panic(
        expected = "`concat` along axis 0: tensor 1 of the list has the shape 2×4, and tensor 0 has 2×3; they \
                               may differ on axis 0 only"
    )]
    fn other_axes_must_be_equal() {
        run(&[Array::numbers(&[2, 3]), Array::numbers(&[2, 4])], |_, x| vec![Tensors(x).concat(Concat::new())]);
    }
}
