//! One number for all elements of some axes: `sum`, `mean`, `amax`, `amin`, `norm`.

use core::cell::Cell;

use crate::base::message::Text;
use crate::base::shape::channel_last_axis;
use crate::base::shape::{MAX_RANK, Shape};
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::reduce as int8;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::kernel::strides::{Axes, Walk};
use crate::layers::list::Op;
use crate::layers::options::options;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[
    Reduce::syntax("sum", "Reduce"),
    Reduce::syntax("mean", "Reduce"),
    Reduce::syntax("amax", "Reduce"),
    Reduce::syntax("amin", "Reduce"),
    Norm::syntax("norm", "Norm"),
];

options! {
    /// The options of [`Tensor::sum`], [`Tensor::mean`], [`Tensor::amax`] and [`Tensor::amin`], as in PyTorch.
    pub struct Reduce {
        /// The axes, or `None` for all.
        axes: Option<([isize; MAX_RANK], usize)> = None,
    }

    /// Over all axes, which are left out of the output.
    new();

    /// Over one axis, counted from the back when negative.
    #[track_caller]
    axis(mut self, axis: isize) { self = self.axes([axis]) }

    /// Over several axes, counted from the back when negative.
    #[track_caller]
    axes<const N: usize>(mut self, axes: [isize; N]) {
        if self.axes.is_some() {
            panic!("`axis` and `axes`: write one of them");
        }
        if N == 0 {
            panic!("`axes` is empty: leave it out to take all axes");
        }
        if N > MAX_RANK {
            Text::new().number(N as u64).str(" axes: a tensor has at most ").number(MAX_RANK as u64).fail();
        }
        let mut all = [0; MAX_RANK];
        let mut i = 0;
        while i < N {
            all[i] = axes[i];
            i += 1;
        }
        self.axes = Some((all, N));
    }

    /// Whether the axes stay in the output, with an extent of 1.
    keepdim: bool = false;
}

impl Reduce {
    /// The axes of a shape that are meant: a bit for each.
    #[track_caller]
    const fn mask(&self, shape: &Shape) -> u8 {
        let Some((axes, len)) = self.axes else { return (1 << shape.rank()) - 1 };
        let (mut mask, mut i) = (0, 0);
        while i < len {
            let axis = shape.axis(axes[i]);
            if mask & 1 << axis != 0 {
                fail_twice(axis, shape);
            }
            mask |= 1 << axis;
            i += 1;
        }
        mask
    }
}

#[track_caller]
const fn fail_twice(axis: usize, shape: &Shape) -> ! {
    Text::new()
        .str("`axes` names axis ")
        .number(axis as u64)
        .str(" of a tensor of shape ")
        .shape(shape)
        .str(" twice: name each axis once")
        .fail()
}

options! {
    /// The options of [`Tensor::norm`], PyTorch's `linalg.vector_norm`.
    pub struct Norm {
        over: Reduce = Reduce::new(),
    }

    /// The Euclidean norm over all axes, which are left out of the output.
    new();

    /// The exponent: 1 or 2.
    p: usize = 2;

    /// Over one axis, counted from the back when negative.
    #[track_caller]
    axis(mut self, axis: isize) { self.over = self.over.axis(axis) }

    /// Over several axes, counted from the back when negative.
    #[track_caller]
    axes<const N: usize>(mut self, axes: [isize; N]) { self.over = self.over.axes(axes) }

    /// Whether the axes stay in the output, with an extent of 1.
    keepdim(mut self, keepdim: bool) { self.over = self.over.keepdim(keepdim) }
}

/// What the elements are reduced to.
#[derive(Clone, Copy)]
#[repr(u32)]
enum Operation {
    Sum,
    Mean,
    Max,
    Min,
    Norm1,
    Norm2,
}

/// One operation over some axes of a tensor.
#[derive(Clone, Copy)]
pub(crate) struct Reduction {
    operation: Operation,
    /// The axes it goes over: a bit for each.
    axes: u8,
}

impl<'g> Tensor<'g> {
    /// `Σ x` over the elements of some axes: `x.sum(axis = 0)`, `x.sum(axes = [1, 2], keepdim = true)`, or of all.
    ///
    /// The axes are left out of the output, or have an extent of 1 there.
    #[track_caller]
    pub const fn sum(self, options: Reduce) -> Tensor<'g> {
        self.reduce(Operation::Sum, options)
    }

    /// `Σ x / n` over the n elements of some axes: `x.mean(axes = [1, 2])`, `x.mean(axis = -1, keepdim = true)`, or of
    /// all.
    ///
    /// The axes are left out of the output, or have an extent of 1 there.
    #[track_caller]
    pub const fn mean(self, options: Reduce) -> Tensor<'g> {
        self.reduce(Operation::Mean, options)
    }

    /// The greatest of the elements of some axes: `x.amax(axis = 0)`, `x.amax(axes = [1, 2], keepdim = true)`, or of
    /// all. NaN if one of them is.
    ///
    /// The axes are left out of the output, or have an extent of 1 there.
    #[track_caller]
    pub const fn amax(self, options: Reduce) -> Tensor<'g> {
        self.reduce(Operation::Max, options)
    }

    /// The least of the elements of some axes: `x.amin(axis = 0)`, `x.amin(axes = [1, 2], keepdim = true)`, or of all.
    /// NaN if one of them is.
    ///
    /// The axes are left out of the output, or have an extent of 1 there.
    #[track_caller]
    pub const fn amin(self, options: Reduce) -> Tensor<'g> {
        self.reduce(Operation::Min, options)
    }

    /// `√(Σ x²)` over the elements of some axes, or with `p = 1` `Σ |x|`: `x.norm(axis = 0)`,
    /// `x.norm(p = 1, axes = [1, 2], keepdim = true)`, or of all.
    ///
    /// The axes are left out of the output, or have an extent of 1 there. The squares do not count as
    /// multiply-accumulates. The greatest magnitude, PyTorch's norm of infinity, is `x.abs().amax(axis = 0)`.
    #[track_caller]
    pub const fn norm(self, options: Norm) -> Tensor<'g> {
        let operation = match options.p {
            1 => Operation::Norm1,
            2 => Operation::Norm2,
            p => fail_p(p),
        };
        self.reduce(operation, options.over)
    }

    #[track_caller]
    const fn reduce(self, operation: Operation, options: Reduce) -> Tensor<'g> {
        let axes = options.mask(&self.shape);
        let mut dims = [1; MAX_RANK];
        let (mut rank, mut axis) = (0, 0);
        while axis < self.rank() {
            let reduced = axes & 1 << axis != 0;
            if options.keepdim || !reduced {
                dims[rank] = if reduced { 1 } else { self.shape.at(axis) };
                rank += 1;
            }
            axis += 1;
        }
        let shape = Shape::of(rank as u8, dims);
        self.builder.push_one(Op::Reduction(Reduction { operation, axes }), self.node, shape)
    }
}

#[track_caller]
const fn fail_p(p: usize) -> ! {
    Text::new().str("`norm`: p is ").number(p as u64).str("; it is 1 or 2").fail()
}

impl Reduction {
    pub const fn name(&self) -> &'static str {
        match self.operation {
            Operation::Sum => "sum",
            Operation::Mean => "mean",
            Operation::Max => "amax",
            Operation::Min => "amin",
            Operation::Norm1 | Operation::Norm2 => "norm",
        }
    }

    /// Whether it is the mean of each channel.
    pub const fn is_channel_mean(&self, input: &Shape) -> bool {
        matches!(self.operation, Operation::Mean) && input.rank() > 1 && self.axes == (1 << input.rank()) - 2
    }

    /// For n elements, n − 1 additions or comparisons, and what is done with each of them and with their sum. An
    /// absolute value counts nothing.
    pub const fn work(&self, io: Io<'_>) -> Work {
        let (inputs, outputs) = (io.input(0).elements(), io.elements());
        let between = inputs - outputs;
        Work::of(match self.operation {
            Operation::Sum | Operation::Norm1 => Census::ZERO.add(between),
            Operation::Mean => Census::ZERO.add(between).div(outputs),
            Operation::Max | Operation::Min => Census::ZERO.cmp(between),
            Operation::Norm2 => Census::ZERO.mul(inputs).add(between).sqrt(outputs),
        })
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub const fn conventions(&self, _: Io<'_>) -> Row {
        Row::UNCOUNTED
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    /// Its kernel over integers of 8 bits: of a sum, a mean, or the greatest.
    pub const fn int8(&self, io: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        let (input, rank) = io.input(0).channel_last();
        let (mut axes, mut axis) = (0, 0);
        while axis < rank {
            axes |= (self.axes as u32 >> axis & 1) << channel_last_axis(axis, rank);
            axis += 1;
        }
        let Some(reduction) = int8::Reduction::new(input.split_at(rank).0, axes) else { return None };
        let Numbers { inputs: [input, _], output, .. } = *numbers;
        match self.operation {
            Operation::Sum => Some(Kernel::Sum(int8::Sum::new(reduction, input, output))),
            Operation::Mean => Some(Kernel::Mean(int8::Mean::new(reduction, input, output))),
            Operation::Max => Some(Kernel::ReduceMax(int8::ReduceMax::new(reduction))),
            Operation::Min | Operation::Norm1 | Operation::Norm2 => None,
        }
    }

    /// The axes that are kept, with the operation; and those that it goes over.
    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let input = io.input(0);
        let (mut kept, mut reduced) = (Axes::NONE, Axes::NONE);
        let mut axis = input.rank();
        while axis > 0 {
            axis -= 1;
            if self.axes & 1 << axis == 0 {
                kept = kept.around(input, axis);
            } else {
                reduced = reduced.around(input, axis);
            }
        }
        reduced.encode(0, kept.encode(self.operation as u32, words))
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        const SUM: u32 = Operation::Sum as u32;
        const MEAN: u32 = Operation::Mean as u32;
        const MAX: u32 = Operation::Max as u32;
        const MIN: u32 = Operation::Min as u32;
        const NORM1: u32 = Operation::Norm1 as u32;
        const NORM2: u32 = Operation::Norm2 as u32;

        let [out, x] = step.words()?;
        let (operation, kept) = Walk::read(&mut step)?;
        let (_, window) = Walk::read(&mut step)?;
        let ([stride], mut starts) = (kept.strides(), kept.starts());
        let count = window.elements();
        let input = step.view(machine, x, kept.elements() * count)?;
        let output = step.view(machine, out, kept.elements())?;
        for output in rows(output, kept.extent()) {
            let [mut at] = starts.next();
            for output in output {
                let elements = Elements { input: input.get(at..)?, window: &window };
                output.set(match operation {
                    SUM => elements.sum(machine, |_, x| x)?,
                    MEAN => {
                        let sum = elements.sum(machine, |_, x| x)?;
                        machine.div(sum, count as f32)
                    }
                    MAX => elements.extreme(machine, M::max)?,
                    MIN => elements.extreme(machine, M::min)?,
                    NORM1 => elements.sum(machine, |_, x| x.abs())?,
                    NORM2 => {
                        let sum = elements.sum(machine, |machine, x| machine.mul(x, x))?;
                        machine.sqrt(sum)
                    }
                    _ => return None,
                });
                at += stride;
            }
        }
        Some(())
    }
}

/// The elements that are reduced to one: `input` starts at the first of them.
struct Elements<'a> {
    input: &'a [Cell<f32>],
    window: &'a Walk<1>,
}

impl Elements<'_> {
    #[inline(always)]
    fn fold<A>(&self, start: A, mut function: impl FnMut(A, f32) -> A) -> Option<A> {
        let mut state = start;
        let ([stride], mut starts) = (self.window.strides(), self.window.starts());
        for _ in 0..self.window.rows() {
            let [mut at] = starts.next();
            if stride == 1 {
                for x in self.input.get(at..)?.get(..self.window.extent())? {
                    state = function(state, x.get());
                }
            } else {
                for _ in 0..self.window.extent() {
                    state = function(state, self.input.get(at)?.get());
                    at += stride;
                }
            }
        }
        Some(state)
    }

    #[inline(always)]
    fn sum<M: Machine>(&self, machine: &mut M, term: impl Fn(&mut M, f32) -> f32) -> Option<f32> {
        let sum = machine.sum();
        let sum = self.fold(sum, |sum, x| {
            let term = term(machine, x);
            machine.accumulate(sum, term)
        })?;
        Some(machine.total(sum))
    }

    #[inline(always)]
    fn extreme<M: Machine>(&self, machine: &mut M, of: impl Fn(&mut M, f32, f32) -> f32) -> Option<f32> {
        let extreme = |extreme, x| match extreme {
            Some(extreme) => Some(of(machine, extreme, x)),
            None => Some(x),
        };
        self.fold(None, extreme)?
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Array, Vec, layer, run, vec};

    type Layer = for<'g> fn(Tensor<'g>, Reduce) -> Tensor<'g>;
    type Naive = fn(&[f64]) -> f64;
    type Count = fn(u64) -> Census;

    fn norm(x: Tensor<'_>, over: Reduce, p: usize) -> Tensor<'_> {
        x.norm(Norm { p, over })
    }

    /// Each operation, its formula, and its census of n elements.
    const OPERATIONS: [(Layer, Naive, Count); 6] = [
        (|x, o| x.sum(o), |x| x.iter().sum(), |n| Census::ZERO.add(n - 1)),
        (|x, o| x.mean(o), |x| x.iter().sum::<f64>() / x.len() as f64, |n| Census::ZERO.add(n - 1).div(1)),
        (|x, o| x.amax(o), |x| x.iter().copied().fold(f64::MIN, f64::max), |n| Census::ZERO.cmp(n - 1)),
        (|x, o| x.amin(o), |x| x.iter().copied().fold(f64::MAX, f64::min), |n| Census::ZERO.cmp(n - 1)),
        (|x, o| norm(x, o, 1), |x| x.iter().map(|x| x.abs()).sum(), |n| Census::ZERO.add(n - 1)),
        (
            |x, o| norm(x, o, 2),
            |x| x.iter().map(|x| x * x).sum::<f64>().sqrt(),
            |n| Census::ZERO.mul(n).add(n - 1).sqrt(1),
        ),
    ];

    /// `function` of the elements of the axes in a mask, which are kept with an extent of 1.
    fn naive(x: &Array, mask: usize, function: Naive) -> Array {
        let axes = |reduced: bool| -> Vec<usize> {
            (0..x.shape.len()).map(|axis| if (mask >> axis & 1 == 1) == reduced { x.shape[axis] } else { 1 }).collect()
        };
        Array::of(&axes(false), |outer| {
            let mut elements = vec![];
            Array::of(&axes(true), |inner| {
                let index: Vec<_> = outer.iter().zip(inner).map(|(outer, inner)| outer + inner).collect();
                elements.push(x.at(&index) as f64);
                0.0
            });
            function(&elements) as f32
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_elements_of_the_axes_become_one(
            shape in prop::collection::vec(1usize..5, 4),
            mask in 1usize..16,
            operation in 0usize..6,
            keepdim in any::<bool>(),
        ) {
            let x = Array::numbers(&shape);
            let (reduce, function, census) = OPERATIONS[operation];
            let axes: Vec<_> = (0..4isize).filter(|axis| mask >> axis & 1 == 1).collect();
            let options = match axes[..] {
                [a] => Reduce::new().axis(a - 4),
                [a, b] => Reduce::new().axes([b, a]),
                [a, b, c] => Reduce::new().axes([a - 4, b, c - 4]),
                _ => Reduce::new(),
            };
            let (y, cost) = layer(&x, |x| reduce(x, options.keepdim(keepdim)));
            let mut expected = naive(&x, mask, function);
            let outputs = expected.data.len() as u64;
            if !keepdim {
                expected.shape = (0..4).filter(|axis| mask >> axis & 1 == 0).map(|axis| shape[axis]).collect();
            }
            y.assert_close(&expected);
            prop_assert_eq!(cost.census, census(x.data.len() as u64 / outputs).times(outputs));
            prop_assert_eq!(cost.macs, 0);
        }
    }

    #[test]
    fn a_session_has_a_kernel_for_the_mean_of_each_channel() {
        let x = Array::numbers(&[19, 3, 5]);
        let ran = run(core::slice::from_ref(&x), |_, x| {
            vec![x[0].relu().mean(Reduce::new().axes([1, 2])), x[0].mean(Reduce::new().axes([-1, 1]).keepdim(true))]
        });
        let mean: Naive = |x| x.iter().sum::<f64>() / x.len() as f64;
        let mut relu = naive(&x.map(|x| x.max(0.0)), 6, mean);
        relu.shape = vec![19];
        ran.outputs[0].assert_close(&relu);
        ran.outputs[1].assert_close(&naive(&x, 6, mean));
    }

    #[test]
    fn what_is_not_a_number_is_the_extreme() {
        let mut x = Array::numbers(&[2, 3]);
        x.data[1] = f32::NAN;
        for (reduce, ..) in OPERATIONS {
            let (y, _) = layer(&x, |x| reduce(x, Reduce::new().axis(1)));
            assert!(y.data[0].is_nan() && !y.data[1].is_nan());
        }
    }

    #[test]
    fn a_number_alone_is_a_tensor_without_axes() {
        let (y, _) = layer(&Array::numbers(&[4]).map(|_| 3.0), |x| x.sum(Reduce::new()).mean(Reduce::new()));
        assert_eq!((&y.shape[..], &y.data[..]), (&[][..], &[12.0][..]));
    }

    #[test]
    #[should_panic(expected = "a tensor of shape 4×5 has no axis 2; they go from 0 to 1")]
    fn the_axes_must_exist() {
        layer(&Array::numbers(&[4, 5]), |x| x.sum(Reduce::new().axis(2)));
    }

    #[test]
    #[should_panic(expected = "`axes` names axis 1 of a tensor of shape 4×5 twice: name each axis once")]
    fn no_axis_is_named_twice() {
        layer(&Array::numbers(&[4, 5]), |x| x.amax(Reduce::new().axes([1, -1])));
    }

    #[test]
    #[should_panic(expected = "`axis` and `axes`: write one of them")]
    fn axes_are_said_once() {
        layer(&Array::numbers(&[4, 5]), |x| x.mean(Reduce::new().axis(1).axes([0])));
    }

    #[test]
    #[should_panic(expected = "`axes` is empty: leave it out to take all axes")]
    fn no_axes_are_not_all() {
        layer(&Array::numbers(&[4, 5]), |x| x.mean(Reduce::new().axes([])));
    }

    #[test]
    #[should_panic(expected = "`norm`: p is 3; it is 1 or 2")]
    fn norms_of_other_exponents_are_refused() {
        layer(&Array::numbers(&[4, 5]), |x| x.norm(Norm::new().p(3)));
    }
}
