//! Arithmetic between two tensors, with NumPy's broadcasting: `+ - * /`, or `add`, `sub`, `mul`, `div`, and `maximum`,
//! `minimum`.

use core::cell::Cell;

use crate::base::layout::Layout;
use crate::base::math::multiply;
use crate::base::message::Text;
use crate::base::shape::{MAX_RANK, Shape};
use crate::graph::io::Io;
use crate::graph::tensor::{Operands, Tensor};
use crate::int8::elementwise::{Add, Mul, Sign};
use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::walk;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::kernel::strides::{Axes, Walk};
use crate::layers::list::Op;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::sums::Sums;
use crate::op::syntax::Syntax;
use crate::op::words::Words;

// Arithmetic has operators; its methods have the same names as those of numbers.
pub(crate) const SYNTAX: &[Syntax] = &[Syntax::plain("maximum", &["other"]), Syntax::plain("minimum", &["other"])];

/// One operation between the elements of two tensors.
#[derive(Clone, Copy)]
pub(crate) struct Elementwise(Operation);

#[derive(Clone, Copy)]
#[repr(u32)]
pub(crate) enum Operation {
    Add,
    Sub,
    Mul,
    Div,
    Max,
    Min,
}

macro_rules! operators {
    ($($method:ident $symbol:literal $Operation:ident)*) => {
        impl<'g> Tensor<'g> {
            $(#[doc = concat!("`x ", $symbol, " other`, element by element, with NumPy's broadcasting.")]
            ///
            /// Shapes are aligned at their last axes; an extent of 1 is repeated to match the other.
            #[track_caller]
            pub const fn $method(self, other: Tensor<'g>) -> Tensor<'g> {
                self.apply(Operation::$Operation, $symbol, other)
            })*
        }

        impl<'g> Operands<Tensor<'g>, Tensor<'g>> {
            $(#[doc = concat!("`a ", $symbol, " b`")]
            #[track_caller]
            pub const fn $method(self) -> Tensor<'g> {
                self.0.$method(self.1)
            })*
        }
    };
}

operators! {
    add "+" Add
    sub "-" Sub
    mul "*" Mul
    div "/" Div
}

impl<'g> Tensor<'g> {
    /// The greater of `x` and `other`, element by element, with NumPy's broadcasting: `x.maximum(other)`. NaN if either
    /// is.
    ///
    /// Shapes are aligned at their last axes; an extent of 1 is repeated to match the other.
    #[track_caller]
    pub const fn maximum(self, other: Tensor<'g>) -> Tensor<'g> {
        self.apply(Operation::Max, "maximum", other)
    }

    /// The lesser of `x` and `other`, element by element, with NumPy's broadcasting: `x.minimum(other)`. NaN if either
    /// is.
    ///
    /// Shapes are aligned at their last axes; an extent of 1 is repeated to match the other.
    #[track_caller]
    pub const fn minimum(self, other: Tensor<'g>) -> Tensor<'g> {
        self.apply(Operation::Min, "minimum", other)
    }
}

impl<'g> Tensor<'g> {
    #[track_caller]
    const fn apply(self, operation: Operation, symbol: &'static str, other: Tensor<'g>) -> Tensor<'g> {
        let alike = self.shape.same(&other.shape);
        let shape = if alike { self.shape } else { broadcast(symbol, &self.shape, &other.shape) };
        self.builder.push_two(Op::Elementwise(Elementwise(operation)), self.node, other.node, shape)
    }
}

/// The shape both operands are broadcast to.
#[track_caller]
const fn broadcast(symbol: &str, a: &Shape, b: &Shape) -> Shape {
    let (long, short) = if a.rank() >= b.rank() { (a, b) } else { (b, a) };
    let mut dims = long.to_usize();
    let skip = long.rank() - short.rank();
    let mut axis = 0;
    while axis < short.rank() {
        let dim = short.at(axis);
        if dim != dims[skip + axis] && dim != 1 {
            if dims[skip + axis] != 1 {
                fail_shapes(symbol, a, b, axis as isize - short.rank() as isize);
            }
            dims[skip + axis] = dim;
        }
        axis += 1;
    }
    Shape::new(dims.split_at(long.rank()).0)
}

#[track_caller]
const fn fail_shapes(symbol: &str, a: &Shape, b: &Shape, axis: isize) -> ! {
    let text = Text::new()
        .str("`")
        .str(symbol)
        .str("` of tensors of shapes ")
        .shape(a)
        .str(" and ")
        .shape(b)
        .str(": on axis ")
        .signed(axis as i64)
        .str(" they have ")
        .number(a.dim(axis) as u64)
        .str(" and ")
        .number(b.dim(axis) as u64)
        .str("; shapes are aligned at their last axes, where extents are equal, or one of them is 1");
    // The usual case: one number for each channel.
    let (long, short) = if a.rank() >= b.rank() { (a, b) } else { (b, a) };
    if short.rank() == 1 && long.rank() > 1 && short.at(0) == long.at(0) {
        let mut dims = [1; MAX_RANK];
        dims[0] = short.at(0);
        let shape = Shape::new(dims.split_at(long.rank()).0);
        text.str(" (a number for each channel has the shape ").shape(&shape).str(": reshape it)").fail()
    }
    text.fail()
}

impl Elementwise {
    pub const fn operation(&self) -> Operation {
        self.0
    }

    pub const fn name(&self) -> &'static str {
        match self.0 {
            Operation::Add => "add",
            Operation::Sub => "sub",
            Operation::Mul => "mul",
            Operation::Div => "div",
            Operation::Max => "maximum",
            Operation::Min => "minimum",
        }
    }

    pub const fn count(&self, io: Io<'_>, sums: &mut Sums) {
        let elements = io.this.shape.elements as u128;
        match self.0 {
            Operation::Add | Operation::Sub => sums.census.add += elements,
            Operation::Mul => sums.census.mul += elements,
            Operation::Div => sums.census.div += elements,
            Operation::Max | Operation::Min => sums.census.cmp += elements,
        }
        let inputs = io.input(0).elements as u128 + io.input(1).elements as u128;
        sums.input += inputs;
        sums.input_uncached += inputs;
        sums.output += elements;
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        match self.0 {
            Operation::Add => Row::UNCOUNTED.hollemans(multiply(3, io.elements())),
            _ => Row::UNCOUNTED,
        }
    }

    pub const fn storage(&self, io: Io<'_>) -> Storage<'_> {
        if let Layout::ChannelFirst = io.graph.settings.layout {
            return Storage::IN_PLACE;
        }
        // An operand with fewer axes may have its elements in another order than the output.
        let storage = if io.input(0).rank() == io.input(1).rank() { Storage::IN_PLACE } else { Storage::OWN };
        match self.0 {
            Operation::Add | Operation::Sub | Operation::Mul => storage.limited(),
            Operation::Div | Operation::Max | Operation::Min => storage,
        }
    }

    /// Its kernel over integers of 8 bits: of a sum, a difference or a product.
    pub const fn int8(&self, io: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        let (a, rank) = io.input(0).channel_last();
        let ((b, rank_b), (y, rank_y)) = (io.input(1).channel_last(), io.output().channel_last());
        let (a, b, y) = (a.split_at(rank).0, b.split_at(rank_b).0, y.split_at(rank_y).0);
        let Some(walk) = walk::Walk::broadcast(a, b, y) else { return None };
        let Numbers { inputs: [a, b], output, activation, .. } = *numbers;
        Some(match self.0 {
            Operation::Add => Kernel::Add(Add::new(walk, Sign::Plus, a, b, output, activation)),
            Operation::Sub => Kernel::Add(Add::new(walk, Sign::Minus, a, b, output, activation)),
            Operation::Mul => Kernel::Mul(Mul::new(walk, a, b, output, activation)),
            Operation::Div | Operation::Max | Operation::Min => return None,
        })
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        Axes::broadcast(io.input(0), io.input(1), io.output(), 0).encode(self.0 as u32, words)
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        const ADD: u32 = Operation::Add as u32;
        const SUB: u32 = Operation::Sub as u32;
        const MUL: u32 = Operation::Mul as u32;
        const DIV: u32 = Operation::Div as u32;
        const MAX: u32 = Operation::Max as u32;
        const MIN: u32 = Operation::Min as u32;

        let [out, a, b] = step.words()?;
        let (operation, walk) = Walk::read(&mut step)?;
        let [span_a, span_b] = walk.span;
        let a = step.view(machine, a, span_a + 1)?;
        let b = step.view(machine, b, span_b + 1)?;
        let output = step.view(machine, out, walk.elements())?;
        match operation {
            ADD => each(machine, &walk, a, b, output, M::add),
            SUB => each(machine, &walk, a, b, output, M::sub),
            MUL => each(machine, &walk, a, b, output, M::mul),
            DIV => each(machine, &walk, a, b, output, M::div),
            MAX => each(machine, &walk, a, b, output, M::max),
            MIN => each(machine, &walk, a, b, output, M::min),
            _ => None,
        }
    }
}

/// Goes over the output row by row. It may lie in the memory of an operand of its size: each element is read before it
/// is written, and no other output needs it.
fn each<M: Machine>(
    machine: &mut M,
    walk: &Walk<2>,
    a: &[Cell<f32>],
    b: &[Cell<f32>],
    output: &[Cell<f32>],
    operation: impl Fn(&mut M, f32, f32) -> f32,
) -> Ran {
    let mut starts = walk.starts();
    for output in rows(output, walk.extent()) {
        let [at_a, at_b] = starts.next();
        let (a, b) = (a.get(at_a..)?, b.get(at_b..)?);
        match walk.strides() {
            [0, _] => {
                let a = a.first()?.get();
                for (b, output) in b.iter().zip(output) {
                    output.set(operation(machine, a, b.get()));
                }
            }
            [_, 0] => {
                let b = b.first()?.get();
                for (a, output) in a.iter().zip(output) {
                    output.set(operation(machine, a.get(), b));
                }
            }
            _ => {
                for ((a, b), output) in a.iter().zip(b).zip(output) {
                    output.set(operation(machine, a.get(), b.get()));
                }
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::op::work::Census;
    use crate::testing::testing::{Array, Vec, layer, run, vec};

    /// `function` of both, broadcast to a shape.
    fn naive(a: &Array, b: &Array, shape: &[usize], function: fn(f32, f32) -> f32) -> Array {
        let element = |x: &Array, index: &[usize]| {
            let index = index[index.len() - x.shape.len()..].iter().zip(&x.shape);
            x.at(&index.map(|(&i, &extent)| if extent == 1 { 0 } else { i }).collect::<Vec<_>>())
        };
        Array::of(shape, |index| function(element(a, index), element(b, index)))
    }

    /// A shape, and two that are broadcast to it.
    fn shapes() -> impl Strategy<Value = (Vec<usize>, Vec<usize>, Vec<usize>)> {
        let axis = (1usize..4, 0..4);
        (prop::collection::vec(axis, 0..6), 0..6usize, any::<bool>()).prop_map(|(axes, leading, swap)| {
            let shape: Vec<_> = axes.iter().map(|&(extent, _)| extent).collect();
            let a: Vec<_> = axes.iter().map(|&(extent, who)| if who == 0 { 1 } else { extent }).collect();
            // If an axis is missing or 1 in both, it is 1 in the output.
            let b: Vec<_> = axes.iter().map(|&(extent, who)| if who == 1 { 1 } else { extent }).collect();
            let skip = leading.min(axes.len());
            let shape = (0..shape.len()).map(|axis| if axis < skip { a[axis] } else { a[axis].max(b[axis]) }).collect();
            let b = b[skip..].to_vec();
            if swap { (shape, b, a) } else { (shape, a, b) }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn operands_are_broadcast((shape, a, b) in shapes()) {
            let (a, b) = (Array::numbers(&a), Array::numbers(&b));
            let inputs = [a.clone(), b.clone()];
            let ran = run(&inputs, |_, x| vec![x[0].sub(x[1])]);
            prop_assert_eq!(&ran.outputs[0], &naive(&a, &b, &shape, |a, b| a - b));
            prop_assert_eq!(ran.cost.census, Census::ZERO.add(shape.iter().product::<usize>() as u64));
        }
    }

    #[test]
    fn each_operator_is_its_own() {
        let inputs = [Array::numbers(&[3, 4]), Array::numbers(&[4])];
        let ran = run(&inputs, |_, x| {
            let operands = || Operands(x[0], x[1]);
            let extremes = [x[0].maximum(x[1]), x[0].minimum(x[1])];
            [&[operands().add(), operands().sub(), operands().mul(), operands().div()], &extremes[..]].concat()
        });
        let functions: [fn(f32, f32) -> f32; 6] =
            [|a, b| a + b, |a, b| a - b, |a, b| a * b, |a, b| a / b, f32::max, f32::min];
        for (output, function) in ran.outputs.iter().zip(functions) {
            assert_eq!(output, &naive(&inputs[0], &inputs[1], &[3, 4], function));
        }
        assert_eq!(ran.cost.census, Census::ZERO.add(24).mul(12).div(12).cmp(24));
    }

    #[test]
    fn what_is_not_a_number_is_the_extreme() {
        let [a, b] = [[1.0, f32::NAN, f32::NAN, 4.0], [f32::NAN, 2.0, f32::NAN, 3.0]];
        let inputs = [a, b].map(|data| Array { shape: vec![4], data: data.to_vec() });
        let ran = run(&inputs, |_, x| vec![x[0].maximum(x[1]), x[0].minimum(x[1])]);
        for (output, last) in ran.outputs.iter().zip([4.0, 3.0]) {
            assert!(output.data[..3].iter().all(|x| x.is_nan()) && output.data[3] == last);
        }
    }

    #[test]
    fn both_operands_may_be_the_same() {
        let x = Array::numbers(&[3, 4]);
        layer(&x, |x| x.add(x)).0.assert_close(&x.map(|x| x + x));
        layer(&x, |x| x.mul(x.relu())).0.assert_close(&x.map(|x| x * x.max(0.0)));
    }

    #[test]
    fn an_operand_may_be_a_part_of_the_other() {
        let x = Array::numbers(&[4, 3]);
        let (y, _) = layer(&x, |x| {
            let [_, row, _] = x.split(crate::layers::rearrange::slice::Split::new([1, 1, 2]));
            x.add(row)
        });
        y.assert_close(&Array::of(&[4, 3], |index| x.at(index) + x.at(&[1, index[1]])));
    }

    #[test]
    #[should_panic(
        expected = "`+` of tensors of shapes 3×4×5 and 3×2: on axis -2 they have 4 and 3; shapes are aligned \
                               at their last axes, where extents are equal, or one of them is 1"
    )]
    fn shapes_that_do_not_fit_are_refused() {
        run(&[Array::numbers(&[3, 4, 5]), Array::numbers(&[3, 2])], |_, x| vec![x[0].add(x[1])]);
    }

    #[test]
    #[should_panic(expected = "(a number for each channel has the shape 3×1×1: reshape it)")]
    fn a_number_for_each_channel_has_a_hint() {
        run(&[Array::numbers(&[3, 4, 5]), Array::numbers(&[3])], |_, x| vec![x[0].mul(x[1])]);
    }
}
