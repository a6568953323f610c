//! The rectified linear unit that learns its slope: `prelu`.

use core::cell::Cell;
use core::iter::repeat;

use crate::base::math::add;
use crate::base::message::Text;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::kernel::{Kernel, Numbers, Slopes};
use crate::int8::prelu::PRelu;
use crate::int8::walk;
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

pub(crate) const SYNTAX: &[Syntax] = &[Prelu::syntax("prelu", "Prelu")];

options! {
    /// The options of [`Tensor::prelu`], PyTorch's `PReLU`.
    ///
    /// The state dict holds `weight`, `[num_parameters]`.
    pub struct Prelu {}

    /// One slope for all elements.
    new();

    /// How many slopes are learned: 1, or one for each channel.
    num_parameters: usize = 1;
}

impl<'g> Tensor<'g> {
    /// `x` where it is positive and `weight · x` elsewhere, element by element: `x.prelu()`, with one learned slope, or
    /// `x.prelu(num_parameters = x.channels())`, with one for each channel, along axis 0.
    #[track_caller]
    pub const fn prelu(self, options: Prelu) -> Tensor<'g> {
        let slopes = options.num_parameters;
        if slopes == 0 || slopes != 1 && (self.rank() == 0 || slopes != self.shape.at(0)) {
            fail(slopes, &self.shape);
        }
        self.rectify(Shape::vector(slopes))
    }

    /// The same with slopes that are repeated along the axes where they have an extent of 1; those of a single axis are
    /// along axis 0.
    pub(crate) const fn rectify(self, slopes: Shape) -> Tensor<'g> {
        self.builder.push_one(Op::Rectifier(Rectifier { slopes }), self.node, self.shape)
    }
}

#[track_caller]
const fn fail(slopes: usize, shape: &Shape) -> ! {
    let text = Text::new().str("`prelu`: num_parameters is ").number(slopes as u64);
    let text = text.str(" for a tensor of shape ").shape(shape).str("; it is 1");
    if shape.rank() == 0 {
        text.fail()
    }
    text.str(", or ").number(shape.at(0) as u64).str(", one for each channel").fail()
}

/// A rectifier whose slopes are parameters.
#[derive(Clone, Copy)]
pub(crate) struct Rectifier {
    slopes: Shape,
}

impl Rectifier {
    pub(crate) const fn name(&self) -> &'static str {
        "prelu"
    }

    pub(crate) const fn work(&self, io: Io<'_>) -> Work {
        Work::of(Census::ZERO.cmp(1).mul(1).times(io.elements()))
    }

    pub(crate) const fn state(&self, _: Io<'_>) -> State {
        State::weight(self.slopes, false)
    }

    pub(crate) const fn conventions(&self, io: Io<'_>) -> Row {
        let (elements, params) = (io.elements(), self.slopes.elements());
        Row {
            thop: elements,
            ultralytics_thop: elements,
            ptflops: elements,
            ptflops_functional: elements,
            torchstat_flops: elements,
            torchstat_read: add(elements, params),
            torchstat_write: elements,
            torchinfo: params,
            calflops: elements,
            ..Row::module(io, &self.state(io))
        }
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::IN_PLACE
    }

    /// The slopes with as many axes as their tensor.
    const fn aligned(&self, x: &Shape) -> Shape {
        Shape::of(x.rank() as u8, self.slopes.to_usize())
    }

    /// Its kernel over integers of 8 bits.
    pub(crate) const fn int8(&self, io: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        let ((x, rank), (slopes, _)) = (io.input(0).channel_last(), self.aligned(io.input(0)).channel_last());
        let (x, slopes) = (x.split_at(rank).0, slopes.split_at(rank).0);
        let Some(walk) = walk::Walk::broadcast(x, slopes, x) else { return None };
        let Numbers { inputs: [input, slopes], output, .. } = *numbers;
        let count = self.slopes.elements() as u32;
        Some(Kernel::PRelu(Slopes { prelu: PRelu::new(walk, input, slopes, output), count }))
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let x = io.input(0);
        Axes::broadcast(x, &self.aligned(x), x, 0).encode(0, words)
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x] = step.words()?;
        let (_, walk) = Walk::<2>::read(&mut step)?;
        let input = step.view(machine, x, walk.elements())?;
        let output = step.view(machine, out, walk.elements())?;
        let [_, span] = walk.span;
        let slopes = step.params(machine, span + 1)?;
        let ([_, stride], mut starts) = (walk.strides(), walk.starts());
        for (input, output) in rows(input, walk.extent()).zip(rows(output, walk.extent())) {
            let [_, at] = starts.next();
            let slopes = slopes.get(at..)?;
            if stride == 0 {
                let slope = *slopes.first()?;
                rectify(machine, input, output, repeat(slope));
            } else {
                rectify(machine, input, output, slopes.iter().copied());
            }
        }
        Some(())
    }
}

/// Rectifies the elements of a row.
#[inline(always)]
fn rectify<M: Machine>(machine: &mut M, input: &[Cell<f32>], output: &[Cell<f32>], slopes: impl Iterator<Item = f32>) {
    for ((input, output), slope) in input.iter().zip(output).zip(slopes) {
        let x = input.get();
        let scaled = machine.mul(x, slope);
        output.set(if machine.less(x, 0.0) { scaled } else { x });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::testing::{Array, layer, run_with, vec};

    #[test]
    fn negative_numbers_are_scaled_by_the_slope_of_all_or_of_their_channel() {
        for shape in [&[3][..], &[3, 8], &[3, 2, 5], &[3, 2, 2, 3]] {
            let x = Array::numbers(shape);
            let slopes = [0.25, -0.5, 2.0];
            for count in [1, 3] {
                let prelu = Prelu::new().num_parameters(count);
                let ran = run_with(core::slice::from_ref(&x), &slopes[..count], |_, x| vec![x[0].prelu(prelu)]);
                let expected = Array::of(shape, |index| {
                    let x = x.at(index);
                    if x < 0.0 { slopes[index[0] % count] * x } else { x }
                });
                ran.outputs[0].assert_close(&expected);
                let n = x.data.len() as u64;
                assert_eq!(ran.cost.census, Census::ZERO.cmp(n).mul(n));
                assert_eq!((ran.cost.params, ran.cost.macs), (count as u64, 0));
            }
        }
    }

    #[test]
    fn slopes_may_be_repeated_along_any_axis() {
        let x = Array::numbers(&[3, 2, 5]);
        for shape in [[3, 2, 5], [1, 2, 5], [3, 1, 5], [1, 2, 1]] {
            let slopes = Array::numbers(&shape);
            let slopes_shape = Shape::new(&shape);
            let ran = run_with(core::slice::from_ref(&x), &slopes.data, |_, x| vec![x[0].rectify(slopes_shape)]);
            let expected = Array::of(&x.shape, |index| {
                let slope = slopes.at(&[index[0] % shape[0], index[1] % shape[1], index[2] % shape[2]]);
                if x.at(index) < 0.0 { slope * x.at(index) } else { x.at(index) }
            });
            ran.outputs[0].assert_close(&expected);
            assert_eq!(ran.cost.params, slopes_shape.elements());
        }
    }

    #[test]
    #[should_panic(expected = "`prelu`: num_parameters is 3 for a tensor of shape 4×5; it is 1, or 4, one for each")]
    fn there_is_a_slope_for_each_channel() {
        layer(&Array::numbers(&[4, 5]), |x| x.prelu(Prelu::new().num_parameters(3)));
    }

    #[test]
    #[should_panic(expected = "`prelu`: num_parameters is 0 for a tensor of shape 4")]
    fn there_is_a_slope() {
        layer(&Array::numbers(&[4]), |x| x.prelu(Prelu::new().num_parameters(0)));
    }
}
