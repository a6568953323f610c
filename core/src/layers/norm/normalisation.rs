//! Normalisations by the statistics of the input itself: `layer_norm`, `rms_norm`, `group_norm`, `instance_norm`.

use core::cell::Cell;

use crate::base::math::multiply;
use crate::base::message::Text;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows, words};
use crate::layers::list::Op;
use crate::layers::options::options;
use crate::op::row::Row;
use crate::op::state::{Entry, State};
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::{Words, word};
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[
    LayerNorm::syntax("layer_norm", "LayerNorm"),
    RmsNorm::syntax("rms_norm", "RmsNorm"),
    GroupNorm::syntax("group_norm", "GroupNorm"),
    InstanceNorm::syntax("instance_norm", "InstanceNorm"),
];

options! {
    /// The options of [`Tensor::layer_norm`], PyTorch's `LayerNorm`.
    ///
    /// The state dict holds `weight` (with `elementwise_affine` only) and `bias` (with both), each with the extents of
    /// the axes that are normalised.
    pub struct LayerNorm {}

    /// Over the last axis, with an epsilon of 1e-5, and learned weight and bias.
    new();

    /// How many of the last axes are normalised together: the length of PyTorch's `normalized_shape`.
    axes: usize = 1;

    /// What is added to the variance.
    eps: f32 = 1e-5;

    /// Whether weight and bias are learned.
    elementwise_affine: bool = true;

    /// Whether there is a bias, if there is a weight.
    bias: bool = true;
}

options! {
    /// The options of [`Tensor::rms_norm`], PyTorch's `RMSNorm`.
    ///
    /// The state dict holds `weight` (with `elementwise_affine` only), with the extents of the axes that are normalised.
    pub struct RmsNorm {}

    /// Over the last axis, with the epsilon of `f32`, 2⁻²³, and a learned weight.
    new();

    /// How many of the last axes are normalised together: the length of PyTorch's `normalized_shape`.
    axes: usize = 1;

    /// What is added to the mean of the squares.
    eps: f32 = f32::EPSILON;

    /// Whether a weight is learned.
    elementwise_affine: bool = true;
}

options! {
    /// The options of [`Tensor::group_norm`], PyTorch's `GroupNorm`.
    ///
    /// The state dict holds `weight` and `bias` (with `affine` only), each `[channels]`.
    pub struct GroupNorm {
        num_groups: usize,
    }

    /// This many groups of channels, with an epsilon of 1e-5, and learned weight and bias.
    new(num_groups: usize);

    /// What is added to the variance.
    eps: f32 = 1e-5;

    /// Whether weight and bias are learned.
    affine: bool = true;
}

options! {
    /// The options of [`Tensor::instance_norm`], PyTorch's `InstanceNorm1d`, `2d` and `3d`, without running statistics.
    ///
    /// The state dict holds `weight` and `bias` (with `affine` only), each `[channels]`.
    pub struct InstanceNorm {}

    /// An epsilon of 1e-5, and nothing learned.
    new();

    /// What is added to the variance.
    eps: f32 = 1e-5;

    /// Whether weight and bias are learned.
    affine: bool = false;
}

impl<'g> Tensor<'g> {
    /// `(x − mean) / √(variance + eps) · weight + bias`, with the mean and the variance over the last axis, or over
    /// the last `axes`: `x.layer_norm(axes = 2)`. The shape is kept.
    #[track_caller]
    pub const fn layer_norm(self, options: LayerNorm) -> Tensor<'g> {
        let LayerNorm { axes, eps, elementwise_affine, bias } = options;
        let weights = if elementwise_affine { Weights::Element { axes } } else { Weights::None };
        self.normalise(Normalisation {
            layer: "layer_norm",
            centred: true,
            length: self.last_axes("layer_norm", axes),
            eps,
            weights,
            bias: elementwise_affine && bias,
        })
    }

    /// `x / √(mean of x² + eps) · weight`, with the mean over the last axis, or over the last `axes`:
    /// `x.rms_norm(eps = 1e-6)`. The shape is kept.
    #[track_caller]
    pub const fn rms_norm(self, options: RmsNorm) -> Tensor<'g> {
        let RmsNorm { axes, eps, elementwise_affine } = options;
        let length = self.last_axes("rms_norm", axes);
        let weights = if elementwise_affine { Weights::Element { axes } } else { Weights::None };
        self.normalise(Normalisation { layer: "rms_norm", centred: false, length, eps, weights, bias: false })
    }

    /// `(x − mean) / √(variance + eps) · weight + bias`, with the mean and the variance over each group of channels
    /// and all axes after them: `x.group_norm(32)`. The shape is kept.
    #[track_caller]
    pub const fn group_norm(self, options: GroupNorm) -> Tensor<'g> {
        let GroupNorm { num_groups, eps, affine } = options;
        if self.rank() == 0 {
            panic!("`group_norm` takes a tensor with at least one axis, its channels");
        }
        if num_groups == 0 || !self.channels().is_multiple_of(num_groups) {
            fail_groups(num_groups, &self.shape);
        }
        self.channel_norm("group_norm", num_groups, eps, affine)
    }

    /// `(x − mean) / √(variance + eps)`, with the mean and the variance over each channel:
    /// `x.instance_norm(affine = true)`, then `· weight + bias`. The shape is kept.
    #[track_caller]
    pub const fn instance_norm(self, options: InstanceNorm) -> Tensor<'g> {
        let InstanceNorm { eps, affine } = options;
        if self.rank() < 2 {
            panic!("`instance_norm` takes a tensor with at least two axes: its channels, and what is normalised");
        }
        self.channel_norm("instance_norm", self.channels(), eps, affine)
    }

    #[track_caller]
    const fn channel_norm(self, layer: &'static str, groups: usize, eps: f32, affine: bool) -> Tensor<'g> {
        let length = self.shape.elements() / groups as u64;
        if length == 1 {
            fail_single(layer, &self.shape);
        }
        let weights = if affine { Weights::Channel } else { Weights::None };
        self.normalise(Normalisation { layer, centred: true, length, eps, weights, bias: affine })
    }

    /// The number of elements along the last axes.
    #[track_caller]
    const fn last_axes(&self, layer: &str, axes: usize) -> u64 {
        if axes == 0 || axes > self.rank() {
            fail_axes(layer, axes, &self.shape);
        }
        self.shape.product(self.rank() - axes, self.rank())
    }

    #[track_caller]
    const fn normalise(self, op: Normalisation) -> Tensor<'g> {
        if !(op.eps > 0.0 && op.eps < f32::INFINITY) {
            Text::new().str("`").str(op.layer).str("`: eps is a positive number").fail();
        }
        self.builder.push_one(Op::Normalisation(op), self.node, self.shape)
    }
}

#[track_caller]
const fn fail_axes(layer: &str, axes: usize, shape: &Shape) -> ! {
    let text = Text::new().str("`").str(layer).str("` over the last ").number(axes as u64);
    let text = text.str(" axes of a tensor of shape ").shape(shape);
    match shape.rank() {
        0 => text.str(", which has none").fail(),
        1 => text.str(": it has one, so axes is 1").fail(),
        rank => text.str(": axes is from 1 to ").number(rank as u64).fail(),
    }
}

#[track_caller]
const fn fail_groups(groups: usize, shape: &Shape) -> ! {
    let text = Text::new().str("`group_norm`: num_groups is ").number(groups as u64);
    let text = text.str(", which does not divide the ").number(shape.at(0) as u64);
    text.str(" channels of a tensor of shape ").shape(shape).fail()
}

#[track_caller]
const fn fail_single(layer: &str, shape: &Shape) -> ! {
    let text = Text::new().str("`").str(layer).str("` of a tensor of shape ").shape(shape);
    text.str(": each group is one element, which is its own mean; a group has at least two").fail()
}

/// What the learned numbers belong to.
#[derive(Clone, Copy)]
enum Weights {
    None,
    /// The elements of a group, which are those along the last axes; all groups share them.
    Element {
        axes: usize,
    },
    /// The channels.
    Channel,
}

/// A normalisation of groups of elements that lie together.
#[derive(Clone, Copy)]
pub(crate) struct Normalisation {
    layer: &'static str,
    /// Whether the mean is subtracted.
    centred: bool,
    /// The number of elements that are normalised together.
    length: u64,
    eps: f32,
    weights: Weights,
    bias: bool,
}

impl Normalisation {
    pub const fn name(&self) -> &'static str {
        self.layer
    }

    /// How many consecutive elements are scaled by the same weight.
    const fn plane(&self, shape: &Shape) -> u64 {
        match self.weights {
            Weights::None => self.length,
            Weights::Element { .. } => 1,
            Weights::Channel => shape.product(1, shape.rank()),
        }
    }

    /// The extents of the weight.
    const fn weight(&self, shape: &Shape) -> Option<Shape> {
        match self.weights {
            Weights::None => None,
            Weights::Channel => Some(Shape::new(&[shape.at(0)])),
            Weights::Element { axes } => {
                let mut dims = [1; crate::base::shape::MAX_RANK];
                let mut axis = 0;
                while axis < axes {
                    dims[axis] = shape.at(shape.rank() - axes + axis);
                    axis += 1;
                }
                Some(Shape::of(axes as u8, dims))
            }
        }
    }

    /// For each group: the mean and the differences from it, if it is subtracted; the mean of the squares, and one over
    /// its root; each weight times that, each element times the product, and the biases.
    pub const fn work(&self, io: Io<'_>) -> Work {
        let length = self.length;
        let weights = match self.weights {
            Weights::None => 0,
            _ => length / self.plane(io.output()),
        };
        let mut group = Census::ZERO.mul(2 * length + weights).add(length).div(2).sqrt(1);
        if self.centred {
            group = group.add(2 * length - 1).div(1);
        }
        if self.bias {
            group = group.add(length);
        }
        Work::of(group.times(io.elements() / length))
    }

    pub const fn state(&self, io: Io<'_>) -> State {
        let Some(weight) = self.weight(io.output()) else { return State::NONE };
        let mut state = State::weight(weight, self.bias);
        if self.bias {
            state.entries[1] = Entry::bias(weight);
        }
        state
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let row = Row::module(io, &self.state(io));
        let row = row.torchinfo(row.params);
        let affine = !matches!(self.weights, Weights::None) as u64;
        let elements = io.elements();
        if !self.centred {
            // RMSNorm: a type that is newer than most rules.
            return row.thop_params(0).ultralytics_thop(multiply(2 + 2 * affine, elements));
        }
        let row = Row {
            thop: multiply(2 + 2 * affine, elements),
            ultralytics_thop: multiply(2 + 2 * affine, elements),
            ptflops: multiply(1 + affine, elements),
            fvcore: multiply(4 + affine, elements),
            calflops: multiply(4 + affine, elements),
            ..row
        };
        match self.layer.as_bytes() {
            // ptflops asks for `affine`, which LayerNorm does not have.
            b"layer_norm" => row.ptflops(elements),
            b"group_norm" => row.thop(0).thop_params(0),
            _ => row,
        }
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::IN_PLACE
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let plane = self.plane(io.output());
        let weights = match self.weight(io.output()) {
            Some(weight) => word(weight.elements()),
            None => 0,
        };
        let numbers = Numbers {
            elements: word(io.elements()),
            length: word(self.length),
            plane: word(plane),
            planes: word(self.length / plane),
            weights,
            biases: if self.bias { weights } else { 0 },
            centred: self.centred as u32,
            eps: self.eps.to_bits(),
        };
        numbers.encode(words)
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x] = step.words()?;
        let Numbers { elements, length, plane, planes, weights, biases, centred, eps } = Numbers::decode(step.words()?);
        let [elements, length, plane, planes, weights, biases] =
            [elements, length, plane, planes, weights, biases].map(|word| word as usize);
        let input = step.view(machine, x, elements)?;
        let output = step.view(machine, out, elements)?;
        // If they belong to elements, all groups share them.
        let mut weights = rows(step.params(machine, weights)?, planes).cycle();
        let mut biases = rows(step.params(machine, biases)?, planes).cycle();
        for (input, output) in rows(input, length).zip(rows(output, length)) {
            let values = if centred != 0 { centre(machine, input, output) } else { input };
            let square = mean(machine, values, |machine, value| machine.mul(value, value));
            let variance = machine.add(square, f32::from_bits(eps));
            let deviation = machine.sqrt(variance);
            let inverse = machine.div(1.0, deviation);
            match weights.next() {
                Some(weights) => {
                    for ((values, output), &weight) in rows(values, plane).zip(rows(output, plane)).zip(weights) {
                        let factor = machine.mul(inverse, weight);
                        scale(machine, values, output, factor);
                    }
                }
                None => scale(machine, values, output, inverse),
            }
            for (output, &bias) in rows(output, plane).zip(biases.next().unwrap_or_default()) {
                for output in output {
                    output.set(machine.add(output.get(), bias));
                }
            }
        }
        Some(())
    }
}

words! {
    /// The words of the kernel's step: counts of elements, and two options.
    struct Numbers {
        elements,
        length,
        plane,
        planes,
        weights,
        biases,
        centred,
        eps,
    }
}

/// The mean of a function of the elements.
#[inline(always)]
fn mean<M: Machine>(machine: &mut M, values: &[Cell<f32>], function: impl Fn(&mut M, f32) -> f32) -> f32 {
    let mut sum = machine.sum();
    for value in values {
        let term = function(machine, value.get());
        sum = machine.accumulate(sum, term);
    }
    let total = machine.total(sum);
    machine.div(total, values.len() as f32)
}

/// The differences from the mean. The output may be the memory of the input.
#[inline(always)]
fn centre<'a, M: Machine>(machine: &mut M, input: &[Cell<f32>], output: &'a [Cell<f32>]) -> &'a [Cell<f32>] {
    let mean = mean(machine, input, |_, value| value);
    for (input, output) in input.iter().zip(output) {
        output.set(machine.sub(input.get(), mean));
    }
    output
}

#[inline(always)]
fn scale<M: Machine>(machine: &mut M, values: &[Cell<f32>], output: &[Cell<f32>], factor: f32) {
    for (value, output) in values.iter().zip(output) {
        output.set(machine.mul(value.get(), factor));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Array, Vec, layer, run_with, vec};

    /// Each group of elements by itself, in `f64`; `weight` and `bias` of an element of the tensor.
    fn naive(x: &Array, length: usize, centred: bool, eps: f64, affine: impl Fn(usize) -> (f32, f32)) -> Array {
        let mut data = Vec::new();
        for group in x.data.chunks(length) {
            let mean_of = |terms: &mut dyn Iterator<Item = f64>| terms.sum::<f64>() / length as f64;
            let mean = if centred { mean_of(&mut group.iter().map(|&x| x as f64)) } else { 0.0 };
            let variance = mean_of(&mut group.iter().map(|&x| (x as f64 - mean).powi(2)));
            for &x in group {
                let (weight, bias) = affine(data.len());
                data.push(((x as f64 - mean) / (variance + eps).sqrt()) as f32 * weight + bias);
            }
        }
        Array { shape: x.shape.clone(), data }
    }

    fn check_last_axes(shape: &[usize], axes: usize, eps: f32, elementwise_affine: bool, bias: bool) {
        let x = Array::numbers(shape);
        let length = shape[shape.len() - axes..].iter().product::<usize>();
        let (n, groups) = (length as u64, (x.data.len() / length) as u64);
        let learned = Array::numbers(&[2, length]);
        let (weights, biases) = learned.data.split_at(length);
        let bias = elementwise_affine && bias;
        let affine = |i: usize| match (elementwise_affine, bias) {
            (true, true) => (weights[i % length], biases[i % length]),
            (true, false) => (weights[i % length], 0.0),
            _ => (1.0, 0.0),
        };
        let taken = length * (elementwise_affine as usize + bias as usize);

        let ran = run_with(core::slice::from_ref(&x), &learned.data[..taken], |_, x| {
            let options = LayerNorm::new().axes(axes).eps(eps).elementwise_affine(elementwise_affine).bias(bias);
            vec![x[0].layer_norm(options)]
        });
        ran.outputs[0].assert_close(&naive(&x, length, true, eps as f64, affine));
        let weighed = if elementwise_affine { n } else { 0 };
        let shifted = if bias { n } else { 0 };
        let group = Census::ZERO.mul(2 * n + weighed).add(3 * n - 1 + shifted).div(3).sqrt(1);
        assert_eq!((ran.cost.census, ran.cost.params, ran.cost.macs), (group.times(groups), taken as u64, 0));

        let taken = if elementwise_affine { length } else { 0 };
        let ran = run_with(core::slice::from_ref(&x), &learned.data[..taken], |_, x| {
            vec![x[0].rms_norm(RmsNorm::new().axes(axes).eps(eps).elementwise_affine(elementwise_affine))]
        });
        ran.outputs[0].assert_close(&naive(&x, length, false, eps as f64, |i| (affine(i).0, 0.0)));
        let group = Census::ZERO.mul(2 * n + weighed).add(n).div(2).sqrt(1);
        assert_eq!((ran.cost.census, ran.cost.params, ran.cost.macs), (group.times(groups), taken as u64, 0));
    }

    fn check_channels(shape: &[usize], groups: usize, eps: f32, affine: bool) {
        let x = Array::numbers(shape);
        let (length, plane) = (x.data.len() / groups, x.data.len() / shape[0]);
        let learned = Array::numbers(&[2, shape[0]]);
        let (weights, biases) = learned.data.split_at(shape[0]);
        let expected = naive(&x, length, true, eps as f64, |i| match affine {
            true => (weights[i / plane], biases[i / plane]),
            false => (1.0, 0.0),
        });
        let learned = if affine { &learned.data[..] } else { &[] };
        let n = length as u64;
        let (weighed, shifted) = if affine { (shape[0] as u64, n * groups as u64) } else { (0, 0) };
        let census = Census::ZERO.mul(2 * n).add(3 * n - 1).div(3).sqrt(1).times(groups as u64);
        let census = census.mul(weighed).add(shifted);

        let ran = run_with(core::slice::from_ref(&x), learned, |_, x| {
            vec![x[0].group_norm(GroupNorm::new(groups).eps(eps).affine(affine))]
        });
        ran.outputs[0].assert_close(&expected);
        assert_eq!((ran.cost.census, ran.cost.params), (census, learned.len() as u64));
        if groups == shape[0] && shape.len() > 1 {
            let ran = run_with(core::slice::from_ref(&x), learned, |_, x| {
                vec![x[0].instance_norm(InstanceNorm::new().eps(eps).affine(affine))]
            });
            ran.outputs[0].assert_close(&expected);
            assert_eq!((ran.cost.census, ran.cost.params), (census, learned.len() as u64));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn the_last_axes_are_normalised_together(
            shape in prop::collection::vec(1..6usize, 1..5),
            axes in 1..5usize,
            eps in prop_oneof![Just(1e-5f32), Just(0.5)],
            affine: bool,
            bias: bool,
        ) {
            check_last_axes(&shape, axes.min(shape.len()), eps, affine, bias);
        }

        #[test]
        fn groups_of_channels_are_normalised_together(
            (groups, channels) in (1..5usize, 1..4usize),
            others in prop::collection::vec(1..5usize, 0..4),
            eps in prop_oneof![Just(1e-5f32), Just(0.5)],
            affine: bool,
        ) {
            let shape: Vec<usize> = [groups * channels].into_iter().chain(others).collect();
            prop_assume!(shape.iter().product::<usize>() > groups);
            check_channels(&shape, groups, eps, affine);
        }
    }

    #[test]
    fn what_does_not_vary_becomes_the_bias() {
        let x = Array::numbers(&[2, 3]).map(|_| 1e4);
        let (y, _) = layer(&x, |x| x.layer_norm(LayerNorm::new().elementwise_affine(false)));
        assert_eq!(y.data, [0.0; 6]);
    }

    #[test]
    fn channels_are_normalised_one_by_one() {
        check_channels(&[3, 5, 7], 3, 1e-5, true);
        check_channels(&[3, 5, 7], 3, 1e-3, false);
        check_channels(&[4, 2, 3, 3], 4, 1e-5, true);
    }

    #[test]
    #[should_panic(expected = "`layer_norm` over the last 3 axes of a tensor of shape 4×5: axes is from 1 to 2")]
    fn there_are_not_more_axes_than_those_of_the_tensor() {
        layer(&Array::numbers(&[4, 5]), |x| x.layer_norm(LayerNorm::new().axes(3)));
    }

    #[test]
    #[should_panic(expected = "`rms_norm` over the last 0 axes of a tensor of shape 4: it has one, so axes is 1")]
    fn at_least_one_axis_is_normalised() {
        layer(&Array::numbers(&[4]), |x| x.rms_norm(RmsNorm::new().axes(0)));
    }

    #[test]
    #[should_panic(
        expected = "`group_norm`: num_groups is 3, which does not divide the 4 channels of a tensor of shape 4×5"
    )]
    fn groups_divide_the_channels() {
        layer(&Array::numbers(&[4, 5]), |x| x.group_norm(GroupNorm::new(3)));
    }

    #[test]
    #[should_panic(expected = "`instance_norm` of a tensor of shape 4×1: each group is one element")]
    fn a_group_has_two_elements() {
        layer(&Array::numbers(&[4, 1]), |x| x.instance_norm(InstanceNorm::new()));
    }

    #[test]
    #[should_panic(expected = "`instance_norm` takes a tensor with at least two axes")]
    fn channels_are_not_normalised_among_themselves() {
        layer(&Array::numbers(&[4]), |x| x.instance_norm(InstanceNorm::new()));
    }

    #[test]
    #[should_panic(expected = "`group_norm`: eps is a positive number")]
    fn an_epsilon_that_is_not_positive_is_refused() {
        layer(&Array::numbers(&[4, 2]), |x| x.group_norm(GroupNorm::new(2).eps(0.0)));
    }
}
