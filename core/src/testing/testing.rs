//! How the layers are tested: a graph is built and run, counting, and its output given back for comparison with a
//! naive loop.

extern crate std;

use core::cell::Cell;
pub use std::{boxed::Box, vec, vec::Vec};

use proptest::prelude::*;

use crate::base::shape::Shape;
use crate::cost::cost::Cost;
use crate::deploy::deployed::Deployed;
use crate::graph::settings::Settings;
use crate::graph::tensor::Builder;
use crate::graph::tensor::Tensor;
use crate::kernel::counting::Counting;
use crate::kernel::custom::Customs;
use crate::kernel::machine::{Machine, Plain};
use crate::kernel::mask::Kernels;
use crate::kernel::step::Progress;
use crate::memory::plan::Plan;
use crate::program::program::{Program, split};
use crate::run::engine;

/// All kernels.
pub struct All;

impl Kernels for All {
    const MASK: u128 = u128::MAX;
}

/// A tensor outside the arena.
#[derive(Clone, PartialEq, Debug)]
pub struct Array {
    pub shape: Vec<usize>,
    pub data: Vec<f32>,
}

impl Array {
    /// Numbers of either sign that differ from each other, the same in every run.
    pub fn numbers(shape: &[usize]) -> Self {
        let len = shape.iter().product();
        let number = |i: usize| ((i * 7919 + 31 * len) % 2003) as f32 / 500.0 - 2.0;
        Array { shape: shape.to_vec(), data: (0..len).map(number).collect() }
    }

    /// The same shape, each element replaced.
    pub fn map(&self, function: impl Fn(f32) -> f32) -> Self {
        Array { shape: self.shape.clone(), data: self.data.iter().map(|&x| function(x)).collect() }
    }

    /// The array whose element at an index is `function` of the index.
    pub fn of(shape: &[usize], mut function: impl FnMut(&[usize]) -> f32) -> Self {
        let mut index = vec![0; shape.len()];
        let mut data = Vec::new();
        for _ in 0..shape.iter().product() {
            data.push(function(&index));
            for axis in (0..shape.len()).rev() {
                index[axis] += 1;
                if index[axis] < shape[axis] {
                    break;
                }
                index[axis] = 0;
            }
        }
        Array { shape: shape.to_vec(), data }
    }

    /// The element at an index.
    pub fn at(&self, index: &[usize]) -> f32 {
        assert_eq!(index.len(), self.shape.len());
        let place = index.iter().zip(&self.shape).fold(0, |place, (i, extent)| {
            assert!(i < extent);
            place * extent + i
        });
        self.data[place]
    }

    /// Whether the elements of both are equal up to rounding.
    #[track_caller]
    pub fn assert_close(&self, expected: &Array) {
        assert_eq!(self.shape, expected.shape);
        for (i, (found, expected)) in self.data.iter().zip(&expected.data).enumerate() {
            let same = found == expected || found.is_nan() && expected.is_nan();
            assert!(
                same || (found - expected).abs() <= 1e-5 * expected.abs().max(1.0),
                "element {i}: {found}, expected {expected}"
            );
        }
    }
}

/// The results of a declaration.
pub struct Ran {
    pub outputs: Vec<Array>,
    /// The cost of the network as declared.
    pub cost: Cost,
    /// The number of layers that move or compute anything.
    pub steps: usize,
}

/// Builds a network without weights, and runs it; see [`run_with`].
pub fn run(
    inputs: &[Array],
    declare: impl for<'g> Fn(&'g Builder<'g>, &[Tensor<'g>]) -> Vec<Tensor<'g>> + Sync,
) -> Ran {
    run_with(inputs, &[], declare)
}

/// Builds a network of one layer with one input, and runs it.
pub fn layer(input: &Array, declare: impl for<'g> Fn(Tensor<'g>) -> Tensor<'g> + Sync) -> (Array, Cost) {
    let Ran { mut outputs, cost, .. } = run(core::slice::from_ref(input), |_, inputs| vec![declare(inputs[0])]);
    (outputs.remove(0), cost)
}

/// Builds a network and runs it, with each output in memory of its own, and again with outputs in place of operands.
/// Each layer must count what it declares, and both runs, and those without counting, must agree.
pub fn run_with(
    inputs: &[Array],
    weights: &[f32],
    declare: impl for<'g> Fn(&'g Builder<'g>, &[Tensor<'g>]) -> Vec<Tensor<'g>> + Sync,
) -> Ran {
    let both = || {
        let beside = run_as(Settings::new(), inputs, weights, &declare);
        let in_place = run_as(Settings::new().fuse(), inputs, weights, &declare);
        for (beside, in_place) in beside.outputs.iter().zip(&in_place.outputs) {
            assert!(beside.shape == in_place.shape && bits(&beside.data) == bits(&in_place.data), "in place");
        }
        beside
    };
    with_room(both)
}

/// Runs a function that builds graphs, on a larger stack: a graph is a large table.
pub fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, work);
        thread.expect("a thread").join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn run_as(
    settings: Settings,
    inputs: &[Array],
    weights: &[f32],
    declare: &impl for<'g> Fn(&'g Builder<'g>, &[Tensor<'g>]) -> Vec<Tensor<'g>>,
) -> Ran {
    run_graph(&build(settings, inputs, declare), inputs, weights)
}

/// A declaration, deployed.
pub fn build(
    settings: Settings,
    inputs: &[Array],
    declare: &impl for<'g> Fn(&'g Builder<'g>, &[Tensor<'g>]) -> Vec<Tensor<'g>>,
) -> Box<Deployed> {
    let mut network = Box::new(Deployed::new(settings));
    let builder = Builder::new(network.graph_mut(), "test");
    let tensors: Vec<_> = inputs.iter().map(|input| builder.input("x", Shape::new(&input.shape))).collect();
    for output in declare(&builder, &tensors) {
        builder.output(output, output.shape());
    }
    builder.finish();
    network.deploy();
    network
}

/// Runs a graph: each layer must count what it declares, and runs without counting, and sessions, must agree with it.
pub fn run_graph(deployed: &Deployed, inputs: &[Array], weights: &[f32]) -> Ran {
    let (graph, plan) = (&deployed.graph, Box::new(deployed.plan()));
    let program = Box::new(Program::new(deployed, &plan));
    let (counted, plain) = (
        execute_on(&mut Counting::default(), deployed, &plan, &program, inputs, weights, check_step),
        execute_on(&mut Plain, deployed, &plan, &program, inputs, weights, |_, _, _, _| {}),
    );
    let outputs = (0..graph.output_count).map(|output| {
        let node = graph.outputs[output].node as usize;
        let from = plan.offset(&deployed.live, node) as usize;
        let place = from..from + graph.node(node).shape.elements as usize;
        assert_eq!(bits(&counted[place.clone()]), bits(&plain[place.clone()]), "counting changes nothing");
        Array { shape: graph.node(node).shape.dims().collect(), data: plain[place].to_vec() }
    });
    let outputs: Vec<Array> = outputs.collect();
    #[cfg(feature = "std")]
    check_session(deployed, inputs, weights, &outputs);
    Ran { outputs, cost: deployed.cost, steps: (0..graph.len()).filter(|&node| deployed.is_step(node)).count() }
}

/// A session must agree up to rounding.
#[cfg(feature = "std")]
fn check_session(deployed: &Deployed, inputs: &[Array], weights: &[f32], expected: &[Array]) {
    let inputs: Vec<&[f32]> = inputs.iter().map(|input| &input.data[..]).collect();
    for outputs in crate::session::tests::outputs::<All>(deployed, &inputs, weights) {
        for (found, expected) in outputs.into_iter().zip(expected) {
            Array { shape: expected.shape.clone(), data: found }.assert_close(expected);
        }
    }
}

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

fn execute_on<M: Machine + Clone>(
    machine: &mut M,
    deployed: &Deployed,
    plan: &Plan,
    program: &Program,
    inputs: &[Array],
    weights: &[f32],
    check: impl Fn(&M, &Deployed, &Plan, usize),
) -> Vec<f32> {
    // What no step writes is not a number.
    let mut arena = vec![f32::NAN; plan.len as usize];
    for (input, port) in inputs.iter().zip(&deployed.graph.inputs) {
        let from = plan.offset(&deployed.live, port.node as usize) as usize;
        arena[from..from + input.data.len()].copy_from_slice(&input.data);
    }
    let cells = Cell::from_mut(&mut arena[..]).as_slice_of_cells();
    let mut progress = Progress::new(weights);
    let mut words = &program.words[..program.len];
    while let Some((code, number, step, next)) = split(words) {
        let mut fresh = machine.clone();
        engine::step::<All, M>(&mut fresh, (code, number), step, (cells, weights), &mut progress, Customs::Plain(&[]))
            .expect("the kernel understands its step");
        check(&fresh, deployed, plan, deployed.graph.input_count + number);
        words = next;
    }
    let all_read = progress.weights.is_empty() || deployed.has_jumps();
    assert!(words.is_empty() && all_read, "all steps are run, and all weights read");
    arena
}

/// Compares what a step counted with what its layer declares.
fn check_step(counted: &Counting, deployed: &Deployed, plan: &Plan, node: usize) {
    let (graph, cost) = (&deployed.graph, deployed.cost_of(node));
    assert_eq!(counted.census, cost.census_executed, "{}", graph.node(node).op.name());
    assert_eq!(counted.macs, cost.macs_executed);
    assert_eq!(counted.padding, cost.macs - cost.macs_executed);
    assert_eq!(4 * counted.params, cost.weight_bytes + cost.shared_weight_bytes);
    let end = |node: usize| plan.offset(&deployed.live, node) + graph.node(node).shape.elements;
    let operands = (0..graph.node(node).inputs as usize).map(|input| end(graph.operand(node, input)));
    let output = plan.offset(&deployed.live, node) + deployed.live.size[node];
    let scratch = graph.scratch(node);
    let scratch = (scratch > 0).then(|| plan.scratch(node) + scratch);
    let ends = operands.chain([output]).chain(scratch);
    assert_eq!(Some(counted.arena as u64), ends.max(), "extent of the arena");
}

/// A window over the last two of three axes, by its options.
#[derive(Clone, Copy, Debug)]
pub struct Sliding {
    pub kernel: [usize; 2],
    pub stride: [usize; 2],
    pub padding: [usize; 2],
    pub dilation: [usize; 2],
    pub ceil: bool,
}

impl Sliding {
    /// The number of windows along an axis: PyTorch's rule, window by window.
    pub fn windows(&self, axis: usize, input: usize) -> usize {
        let (stride, padding) = (self.stride[axis], self.padding[axis]);
        let span = self.dilation[axis] * (self.kernel[axis] - 1) + 1;
        let fits = |window: usize| window * stride + span <= input + 2 * padding;
        // With `ceil`, one more if the last one that fits does not end where the input does, and begins in time.
        let starts = |window: usize| window * stride < input + padding;
        let reaches = |window: usize| (window - 1) * stride + span < input + 2 * padding;
        let count = (0..).take_while(|&window| fits(window)).count();
        if self.ceil && count > 0 && reaches(count) && starts(count) { count + 1 } else { count }
    }

    /// The shape of an output of `channels` channels, or `None` if the kernel is larger than its input.
    pub fn output(&self, channels: usize, input: &[usize]) -> Option<[usize; 3]> {
        let [height, width] = [self.windows(0, input[1]), self.windows(1, input[2])];
        if height * width > 0 { Some([channels, height, width]) } else { None }
    }

    /// The taps of a window that fall on data: which they are, and where they fall.
    pub fn taps(&self, window: [usize; 2], input: &[usize]) -> Vec<([usize; 2], [usize; 2])> {
        let place = |axis: usize, tap: usize| {
            let at = window[axis] * self.stride[axis] + tap * self.dilation[axis];
            at.checked_sub(self.padding[axis]).filter(|&at| at < input[axis + 1])
        };
        let mut taps = Vec::new();
        for y in 0..self.kernel[0] {
            for x in 0..self.kernel[1] {
                if let (Some(at_y), Some(at_x)) = (place(0, y), place(1, x)) {
                    taps.push(([y, x], [at_y, at_x]));
                }
            }
        }
        taps
    }

    /// Any window, with a padding of at most `padding(kernel)`.
    pub fn any(padding: fn(usize) -> usize) -> impl Strategy<Value = Sliding> {
        let pair = |to: usize| prop::array::uniform2(1..=to);
        (pair(4), pair(4), pair(3), prop::array::uniform2(0usize..8), any::<bool>()).prop_map(
            move |(kernel, stride, dilation, paddings, ceil)| {
                let padding = [0, 1].map(|axis| paddings[axis] % (padding(kernel[axis]) + 1));
                Sliding { kernel, stride, padding, dilation, ceil }
            },
        )
    }
}
