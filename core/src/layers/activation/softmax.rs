//! Softmax along an axis: `softmax`.

use crate::base::math::multiply;
use crate::base::message::Text;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::softmax as int8;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::layers::options::options;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[Softmax::syntax("softmax", "Softmax")];

options! {
    /// The options of [`Tensor::softmax`] and [`Tensor::log_softmax`], PyTorch's `Softmax` and `LogSoftmax`.
    pub struct Softmax {}

    /// Along the only axis.
    new();

    /// The axis along which the outputs sum to 1, counted from the back when negative.
    axis: isize;
}

impl<'g> Tensor<'g> {
    /// `e^x / Σ e^x` along an axis: `x.softmax(axis = 0)`. The axis may be left out if there is only one.
    ///
    /// The greatest element is subtracted first, so that no power overflows.
    #[track_caller]
    pub const fn softmax(self, options: Softmax) -> Tensor<'g> {
        let op = Softmax { axis: Some(options.axis_of("softmax", &self.shape) as isize) };
        self.builder.push_one(Op::Softmax(op), self.node, self.shape)
    }
}

#[track_caller]
const fn fail_axis(layer: &str, shape: &Shape) -> ! {
    let text = Text::new().str("`").str(layer).str("` of a tensor of shape ").shape(shape);
    let text = text.str(": say along which axis, as in `").str(layer);
    text.str("(axis = 0)`; it may be left out if there is only one axis").fail()
}

impl Softmax {
    pub(crate) const fn name(&self) -> &'static str {
        "softmax"
    }

    /// The axis that is meant.
    #[track_caller]
    pub(crate) const fn axis_of(&self, layer: &str, shape: &Shape) -> usize {
        match self.axis {
            Some(axis) => shape.axis(axis),
            None if shape.rank() == 1 => 0,
            None => fail_axis(layer, shape),
        }
    }

    pub(crate) const fn work(&self, io: Io<'_>) -> Work {
        let length = io.output().at(self.axis_of("softmax", io.output())) as u64;
        let line = Census::ZERO.cmp(length - 1).add(2 * length - 1).exp(length).div(length);
        Work::of(line.times(io.elements() / length))
    }

    pub(crate) const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub(crate) const fn conventions(&self, io: Io<'_>) -> Row {
        let (elements, length) = (io.elements(), io.output().at(self.axis_of("softmax", io.output())) as u64);
        let operations = multiply(elements / length, 3 * length - 1);
        Row {
            thop: operations,
            ultralytics_thop: operations,
            ptflops_functional: elements,
            // It treats all elements as one line.
            torchstat_madd: multiply(3, elements) - 1,
            calflops: elements,
            ..Row::stateless(io)
        }
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::IN_PLACE
    }

    /// Its kernel over integers of 8 bits, along the channels.
    pub(crate) const fn int8(&self, io: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        let channels = io.output().at(0) as u32;
        match self.axis_of("softmax", io.output()) {
            0 => Some(Kernel::Softmax(int8::Softmax::new(channels, numbers.beta, numbers.inputs[0]))),
            _ => None,
        }
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        lines(io.output(), self.axis_of("softmax", io.output()), words)
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, step: Step<'_, '_>) -> Ran {
        normalise(machine, step, |_, power| power, |_, sum| sum, M::div)
    }
}

/// Writes the lines along an axis, for [`normalise`].
pub(crate) const fn lines(shape: &Shape, axis: usize, words: Words) -> Words {
    words.count(shape.elements()).push(shape.at(axis) as u32).count(shape.product(axis + 1, shape.rank()))
}

/// Subtracts its greatest element from each line, and takes the powers `e^x`. `kept` makes a number of each difference
/// and its power, which is combined into the output with the number that is made of the sum of the line's powers.
#[inline(always)]
pub(crate) fn normalise<M: Machine>(
    machine: &mut M,
    mut step: Step<'_, '_>,
    kept: impl Fn(f32, f32) -> f32,
    of_sum: impl Fn(&mut M, f32) -> f32,
    end: impl Fn(&mut M, f32, f32) -> f32,
) -> Ran {
    let [out, x, elements, length, stride] = step.words()?;
    let (length, stride) = (length as usize, stride as usize);
    let input = step.view(machine, x, elements as usize)?;
    let output = step.view(machine, out, elements as usize)?;
    for (input, output) in rows(input, length * stride).zip(rows(output, length * stride)) {
        // One column of a matrix at a time. The output may be the memory of the input.
        for column in 0..stride {
            let mut greatest = input.get(column)?.get();
            for row in rows(input, stride).skip(1) {
                greatest = machine.max(greatest, row.get(column)?.get());
            }
            let mut sum = machine.sum();
            for (input, output) in rows(input, stride).zip(rows(output, stride)) {
                let shifted = machine.sub(input.get(column)?.get(), greatest);
                let power = machine.exp(shifted);
                output.get(column)?.set(kept(shifted, power));
                sum = machine.accumulate(sum, power);
            }
            let sum = machine.total(sum);
            let sum = of_sum(machine, sum);
            for row in rows(output, stride) {
                let element = row.get(column)?;
                element.set(end(machine, element.get(), sum));
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::testing::{Array, layer};

    #[test]
    fn lines_along_the_axis_sum_to_one() {
        for (shape, axis) in [(&[5][..], 0), (&[1], 0), (&[3, 4], 0), (&[3, 4], 1), (&[2, 3, 4], -2)] {
            let x = Array::numbers(shape).map(|x| 60.0 * x);
            let (y, cost) = layer(&x, |x| x.softmax(Softmax::new().axis(axis)));
            let axis = if axis < 0 { shape.len() - 2 } else { axis as usize };
            let length = shape[axis];
            let expected = Array::of(shape, |index| {
                let mut index = index.to_vec();
                let power = x.at(&index);
                let sum = (0..length).map(|i| {
                    index[axis] = i;
                    (x.at(&index) - power).exp()
                });
                1.0 / sum.sum::<f32>()
            });
            y.assert_close(&expected);
            let (n, lines) = (length as u64, (x.data.len() / length) as u64);
            assert_eq!(cost.census, Census::ZERO.cmp(n - 1).add(n + n - 1).exp(n).div(n).times(lines));
        }
    }

    #[test]
    fn the_axis_may_be_left_out_where_there_is_one() {
        let (y, _) = layer(&Array::numbers(&[4]).map(|_| 1.0), |x| x.softmax(Softmax::new()));
        assert_eq!(y.data, [0.25; 4]);
    }

    #[test]
    #[should_panic(expected = "`softmax` of a tensor of shape 4×5: say along which axis, as in `softmax(axis = 0)`")]
    fn the_axis_may_not_be_left_out_where_there_are_several() {
        layer(&Array::numbers(&[4, 5]), |x| x.softmax(Softmax::new()));
    }

    #[test]
    #[should_panic(expected = "a tensor of shape 4×5 has no axis 2; they go from 0 to 1")]
    fn the_axis_must_exist() {
        layer(&Array::numbers(&[4, 5]), |x| x.softmax(Softmax::new().axis(2)));
    }
}
