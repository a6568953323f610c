//! The product of two tensors: `matmul`, `bmm`.

use core::cell::Cell;

use crate::base::math::multiply;
use crate::base::message::Text;
use crate::base::shape::{MAX_RANK, Shape};
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Rows, Step, rows};
use crate::kernel::strides::{Axes, Walk};
use crate::layers::list::Op;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[Syntax::plain("matmul", &["other"]), Syntax::plain("bmm", &["other"])];

/// Products of matrices, which lie along the two last axes.
#[derive(Clone, Copy)]
pub(crate) struct Matmul {
    /// Whether it was written as the product of batches.
    bmm: bool,
}

impl<'g> Tensor<'g> {
    /// The matrix product of two tensors along their two last axes: `[.., rows, inner]` and `[.., inner, columns]` make
    /// `[.., rows, columns]`. The axes before them are broadcast, as in NumPy.
    ///
    /// `q.matmul(k.transpose(-1, -2))` are the scores of an attention. A product with learned weights is
    /// [`linear`](Tensor::linear). A vector is a matrix of one row: `x.unsqueeze(0)`.
    #[track_caller]
    pub const fn matmul(self, other: Tensor<'g>) -> Tensor<'g> {
        let (a, b) = (&self.shape, &other.shape);
        if a.rank() < 2 || b.rank() < 2 {
            fail_rank(a, b);
        }
        if a.dim(-1) != b.dim(-2) {
            fail_inner(a, b);
        }
        let rank = if a.rank() > b.rank() { a.rank() } else { b.rank() };
        let mut dims = [1; MAX_RANK];
        (dims[rank - 2], dims[rank - 1]) = (a.dim(-2), b.dim(-1));
        let mut back = 2;
        while back < rank {
            back += 1;
            let (in_a, in_b) = (a.back_axis(back), b.back_axis(back));
            if in_a != in_b && in_a != 1 && in_b != 1 {
                fail_leading(a, b, back, in_a, in_b);
            }
            dims[rank - back] = if in_a == 1 { in_b } else { in_a };
        }
        let op = Matmul { bmm: false };
        self.builder.push(Op::Matmul(op), &[self, other], Shape::of(rank as u8, dims))
    }

    /// The matrix products of two tensors of three axes, `[n, rows, inner]` and `[n, inner, columns]`: `a.bmm(b)`, which
    /// is [`matmul`](Tensor::matmul) without broadcasting.
    #[track_caller]
    pub const fn bmm(self, other: Tensor<'g>) -> Tensor<'g> {
        let (a, b) = (&self.shape, &other.shape);
        if a.rank() != 3 || b.rank() != 3 || a.at(0) != b.at(0) || a.at(2) != b.at(1) {
            fail_bmm(a, b);
        }
        let shape = Shape::new(&[a.at(0), a.at(1), b.at(2)]);
        self.builder.push(Op::Matmul(Matmul { bmm: true }), &[self, other], shape)
    }
}

const fn of_shapes(a: &Shape, b: &Shape) -> Text {
    Text::new().str("`matmul` of tensors of shapes ").shape(a).str(" and ").shape(b).str(": ")
}

#[track_caller]
const fn fail_bmm(a: &Shape, b: &Shape) -> ! {
    Text::new()
        .str("`bmm` of tensors of shapes ")
        .shape(a)
        .str(" and ")
        .shape(b)
        .str(
            ": they are [n, rows, inner] and [n, inner, columns] (others are multiplied by `matmul`, which broadcasts)",
        )
        .fail()
}

#[track_caller]
const fn fail_rank(a: &Shape, b: &Shape) -> ! {
    of_shapes(a, b)
        .str("each has at least two axes, rows and columns (a vector is a row as `x.unsqueeze(0)`, and a column as ")
        .str("`x.unsqueeze(1)`; a declaration has no batch axis)")
        .fail()
}

#[track_caller]
const fn fail_inner(a: &Shape, b: &Shape) -> ! {
    let text = of_shapes(a, b)
        .str("the last axis of the first has ")
        .number(a.dim(-1) as u64)
        .str(", and the last but one of the second has ")
        .number(b.dim(-2) as u64)
        .str("; they have to be equal");
    if a.dim(-1) == b.dim(-1) {
        text.str(" (as in `a.matmul(b.transpose(-1, -2))`)").fail()
    }
    text.fail()
}

#[track_caller]
const fn fail_leading(a: &Shape, b: &Shape, back: usize, in_a: usize, in_b: usize) -> ! {
    of_shapes(a, b)
        .str("on axis ")
        .signed(-(back as i64))
        .str(" they have ")
        .number(in_a as u64)
        .str(" and ")
        .number(in_b as u64)
        .str("; before the two last axes extents are equal, or one of them is 1")
        .fail()
}

impl Matmul {
    pub const fn name(&self) -> &'static str {
        if self.bmm { "bmm" } else { "matmul" }
    }

    pub const fn work(&self, io: Io<'_>) -> Work {
        let macs = multiply(io.elements(), io.input(0).dim(-1) as u64);
        let work = Work::of(Census::ZERO.mul(macs).add(macs - io.elements()));
        Work { macs, macs_executed: macs, ..work }
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    /// As `a @ b`: ptflops and calflops see `torch.matmul`, and ptflops `torch.bmm`.
    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let macs = multiply(io.elements(), io.input(0).dim(-1) as u64);
        let row = Row::UNCOUNTED.dot_products(macs, io.elements(), false);
        let row = row.thop(0).ptflops(0).calflops(0).calflops_macs(0);
        if self.bmm { row.ptflops_functional(macs) } else { row }
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    /// The extents of the matrices, and the leading axes.
    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let (a, b) = (io.input(0), io.input(1));
        let words = words.count(a.dim(-2) as u64).count(a.dim(-1) as u64).count(b.dim(-1) as u64);
        Axes::broadcast(a, b, io.output(), 2).encode(0, words)
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, a, b, height, inner, width] = step.words()?;
        let (height, inner, width) = (height as usize, inner as usize, width as usize);
        let (_, walk) = Walk::read(&mut step)?;
        let [span_a, span_b] = walk.span;
        let a = step.view(machine, a, span_a + height * inner)?;
        let b = step.view(machine, b, span_b + inner * width)?;
        let output = step.view(machine, out, walk.elements() * height * width)?;
        let mut starts = walk.starts();
        for output in rows(output, walk.extent() * height * width) {
            let [mut at_a, mut at_b] = starts.next();
            for output in rows(output, height * width) {
                product(machine, rows(a.get(at_a..)?, inner), b.get(at_b..)?.get(..inner * width)?, width, output)?;
                let [stride_a, stride_b] = walk.strides();
                (at_a, at_b) = (at_a + stride_a, at_b + stride_b);
            }
        }
        Some(())
    }
}

/// One product, row by row of the second matrix, so that reads and writes are in order.
#[inline(always)]
fn product<M: Machine>(
    machine: &mut M,
    a: Rows<'_, Cell<f32>>,
    b: &[Cell<f32>],
    width: usize,
    output: &[Cell<f32>],
) -> Ran {
    for (a, output) in a.zip(rows(output, width)) {
        let mut columns = a.iter().zip(rows(b, width));
        let (x, row) = columns.next()?;
        for (y, output) in row.iter().zip(output) {
            let sum = machine.sum();
            let sum = machine.mac(sum, x.get(), y.get());
            output.set(machine.total(sum));
        }
        for (x, row) in columns {
            for (y, output) in row.iter().zip(output) {
                let sum = machine.sum_from(output.get());
                let sum = machine.mac(sum, x.get(), y.get());
                output.set(machine.total(sum));
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Array, Vec, run, vec};

    /// The product, broadcast to the leading axes of the output.
    fn naive(a: &Array, b: &Array, leading: &[usize]) -> Array {
        let rank = |x: &Array| x.shape.len();
        let (height, inner, width) = (a.shape[rank(a) - 2], a.shape[rank(a) - 1], b.shape[rank(b) - 1]);
        let element = |x: &Array, leading: &[usize], matrix: [usize; 2]| {
            let own = rank(x) - 2;
            let index = leading[leading.len() - own..].iter().zip(&x.shape);
            let mut index: Vec<_> = index.map(|(&i, &extent)| if extent == 1 { 0 } else { i }).collect();
            index.extend(matrix);
            x.at(&index)
        };
        let shape: Vec<_> = leading.iter().copied().chain([height, width]).collect();
        Array::of(&shape, |index| {
            let (leading, matrix) = index.split_at(leading.len());
            let products = (0..inner).map(|i| {
                let (a, b) = (element(a, leading, [matrix[0], i]), element(b, leading, [i, matrix[1]]));
                a as f64 * b as f64
            });
            products.sum::<f64>() as f32
        })
    }

    /// Leading axes of an output, and of two tensors that are broadcast to them.
    fn leading() -> impl Strategy<Value = [Vec<usize>; 3]> {
        (prop::collection::vec((1usize..4, 0..4), 0..4), 0..4usize, any::<bool>()).prop_map(|(axes, missing, swap)| {
            let a: Vec<_> = axes.iter().map(|&(extent, who)| if who == 0 { 1 } else { extent }).collect();
            let b: Vec<_> = axes.iter().map(|&(extent, who)| if who == 1 { 1 } else { extent }).collect();
            let missing = missing.min(axes.len());
            let of = |axis: usize| if axis < missing { a[axis] } else { a[axis].max(b[axis]) };
            let output = (0..axes.len()).map(of).collect();
            let b = b[missing..].to_vec();
            if swap { [output, b, a] } else { [output, a, b] }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn matrices_are_multiplied_and_broadcast(
            [output, a, b] in leading(),
            [height, inner, width] in prop::array::uniform3(1usize..5),
        ) {
            let a = Array::numbers(&[&a[..], &[height, inner]].concat());
            let b = Array::numbers(&[&b[..], &[inner, width]].concat());
            let ran = run(&[a.clone(), b.clone()], |_, x| vec![x[0].matmul(x[1])]);
            let expected = naive(&a, &b, &output);
            ran.outputs[0].assert_close(&expected);
            let (outputs, inner) = (expected.data.len() as u64, inner as u64);
            prop_assert_eq!(ran.cost.macs, outputs * inner);
            prop_assert_eq!(ran.cost.traffic_uncached.input, 2 * 4 * outputs * inner);
            prop_assert_eq!(ran.cost.census, Census::ZERO.mul(outputs * inner).add(outputs * (inner - 1)));
        }
    }

    #[test]
    fn both_operands_may_be_the_same() {
        let x = Array::numbers(&[2, 3, 3]);
        let ran = run(core::slice::from_ref(&x), |_, x| vec![x[0].matmul(x[0]), x[0].matmul(x[0].transpose(1, 2))]);
        ran.outputs[0].assert_close(&naive(&x, &x, &[2]));
        let transposed = Array::of(&[2, 3, 3], |index| x.at(&[index[0], index[2], index[1]]));
        ran.outputs[1].assert_close(&naive(&x, &transposed, &[2]));
    }

    #[test]
    fn batches_of_matrices_are_multiplied() {
        let (a, b) = (Array::numbers(&[2, 3, 4]), Array::numbers(&[2, 4, 5]));
        let ran = run(&[a.clone(), b.clone()], |_, x| vec![x[0].bmm(x[1])]);
        ran.outputs[0].assert_close(&naive(&a, &b, &[2]));
        assert_eq!(ran.cost.macs, 2 * 3 * 4 * 5);
    }

    #[test]
    #[should_panic(
        expected = "`bmm` of tensors of shapes 2×3×4 and 1×4×5: they are [n, rows, inner] and [n, inner, columns]"
    )]
    fn batches_are_not_broadcast() {
        run(&[Array::numbers(&[2, 3, 4]), Array::numbers(&[1, 4, 5])], |_, x| vec![x[0].bmm(x[1])]);
    }

    fn refused(a: &[usize], b: &[usize]) {
        run(&[Array::numbers(a), Array::numbers(b)], |_, x| vec![x[0].matmul(x[1])]);
    }

    #[test]
    #[should_panic(
        expected = "`matmul` of tensors of shapes 2×3 and 4×3: the last axis of the first has 3, and the last but one \
                    of the second has 4; they have to be equal (as in `a.matmul(b.transpose(-1, -2))`)"
    )]
    fn inner_extents_are_equal() {
        refused(&[2, 3], &[4, 3]);
    }

    #[test]
    #[should_panic(
        expected = "`matmul` of tensors of shapes 2×5×3 and 4×3×2: on axis -3 they have 2 and 4; before the two last \
                    axes extents are equal, or one of them is 1"
    )]
    fn leading_extents_are_broadcast() {
        refused(&[2, 5, 3], &[4, 3, 2]);
    }

    #[test]
    #[should_panic(expected = "`matmul` of tensors of shapes 3 and 3×2: each has at least two axes, rows and columns")]
    fn vectors_are_refused() {
        refused(&[3], &[3, 2]);
    }
}
