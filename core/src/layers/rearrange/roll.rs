//! Elements shifted along an axis: `roll`.

use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::layers::moves::moves;
use crate::op::row::Row;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] = &[Syntax::plain("roll", &["shift", "axis"])];

/// A copy of a tensor, shifted along an axis.
#[derive(Clone, Copy)]
pub(crate) struct Roll {
    axis: u8,
    /// Less than the extent of the axis.
    shift: u32,
}

impl<'g> Tensor<'g> {
    /// The elements shifted along an axis, with those that fall off at one end coming in at the other:
    /// `x.roll(-3, 1)`. Element i of the axis becomes element i + shift; the axis is counted from the back when
    /// negative.
    ///
    /// The elements are copied; a shift by zero or by a multiple of the extent moves nothing.
    #[track_caller]
    pub const fn roll(self, shift: isize, axis: isize) -> Tensor<'g> {
        let axis = self.shape.axis(axis);
        let shift = (shift as i64).rem_euclid(self.shape.at(axis) as i64) as u32;
        self.builder.push_one(Op::Roll(Roll { axis: axis as u8, shift }), self.node, self.shape)
    }
}

moves!(Roll, |_| Row::UNCOUNTED);

impl Roll {
    pub const fn name(&self) -> &'static str {
        "roll"
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        if self.shift == 0 { Storage::view(0) } else { Storage::OWN }
    }

    /// The number of elements, of those of a row (the axis and all after it), and of those shifted out of it.
    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let (shape, axis) = (io.output(), self.axis as usize);
        let inner = shape.product(axis + 1, shape.rank());
        words.count(io.elements()).count(shape.at(axis) as u64 * inner).count(self.shift as u64 * inner)
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, elements, row, shift] = step.words()?.map(|word| word as usize);
        let input = step.view(machine, x as u32, elements)?;
        let output = step.view(machine, out as u32, elements)?;
        for (input, output) in rows(input, row).zip(rows(output, row)) {
            let (kept, shifted_out) = input.split_at_checked(row.checked_sub(shift)?)?;
            for (input, output) in shifted_out.iter().chain(kept).zip(output) {
                output.set(input.get());
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::testing::{Array, layer, run, vec};

    #[test]
    fn elements_come_in_at_the_other_end() {
        let x = Array::numbers(&[3, 5, 4]);
        for axis in 0..3 {
            for shift in [-7isize, -5, -1, 1, 2, 6, 60, isize::MIN] {
                let (y, _) = layer(&x, |x| x.roll(shift, axis as isize - 3));
                let extent = x.shape[axis] as isize;
                let expected = Array::of(&x.shape, |index| {
                    let mut index = index.to_vec();
                    let shift = shift.rem_euclid(extent);
                    index[axis] = (index[axis] as isize - shift).rem_euclid(extent) as usize;
                    x.at(&index)
                });
                assert_eq!(y, expected);
            }
        }
    }

    #[test]
    fn a_whole_turn_moves_nothing() {
        let x = Array::numbers(&[3, 4]);
        let ran = run(core::slice::from_ref(&x), |_, x| vec![x[0].roll(8, 1), x[0].roll(0, 0)]);
        assert!(ran.outputs.iter().all(|output| *output == x));
        assert_eq!(ran.steps, 0);
    }

    #[test]
    #[should_panic(expected = "a tensor of shape 3×4 has no axis 2")]
    fn the_axis_must_exist() {
        layer(&Array::numbers(&[3, 4]), |x| x.roll(1, 2));
    }
}
