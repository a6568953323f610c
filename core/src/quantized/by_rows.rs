//! Random networks that run by rows, held to their run layer by layer, with all memory that is not in use overwritten
//! before each row.

extern crate std;

use core::cell::Cell;
use std::boxed::Box;
use std::thread;
use std::vec;
use std::vec::Vec;

use proptest::prelude::*;

use crate::base::dtype::DataType;
use crate::base::shape::Shape;
use crate::deploy::deployed::Deployed;
use crate::graph::settings::Settings;
use crate::graph::tensor::{Builder, Tensor};
use crate::int8::kernel::{Kernels, Numbers, Raw, Scale};
use crate::int8::quantization::Quantization;
use crate::layers::conv::conv::Conv2d;
use crate::layers::pool::avg_pool::AvgPool2d;
use crate::layers::pool::max_pool::MaxPool2d;
use crate::layers::rearrange::pad::Pad3d;
use crate::memory::plan::Plan;
use crate::quantized::feed::{Feed, Made, Watch};
use crate::quantized::kernels::count;
use crate::quantized::source::{Invented, Source};
use crate::quantized::steps::{Step, write, write_weights};
use crate::quantized::testing::with_stack;
use crate::stream::rows::Rows;
use crate::stream::stream::Stream;
use crate::validate::by_rows::Poison;

struct All;

impl Kernels for All {
    const MASK: u32 = u32::MAX;
}

/// The next of a series of numbers.
pub(super) fn next(seed: &mut u32) -> u32 {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    *seed >> 16
}

/// Makes up the numbers of a network.
pub(super) fn invent(deployed: &Deployed, mut seed: u32) -> Invented {
    let (mut all, mut raws) = (Vec::<Numbers>::new(), vec![]);
    let none = Raw { weights: &[], bias: &[], scales: &[], input_scale: 1.0, output_scale: 1.0 };
    for node in 0..deployed.len() {
        let graph = &deployed.graph;
        let mut numbers = Numbers::UNIT;
        let scale = 0.04 + (next(&mut seed) % 100) as f32 / 5000.0;
        numbers.output = Quantization { scale, zero_point: (next(&mut seed) % 40) as i8 - 20 };
        for input in 0..graph.node(node).inputs.min(2) as usize {
            numbers.inputs[input] = all[deployed.live.root[graph.operand(node, input)] as usize].output;
        }
        let (op, io) = (&graph.node(node).op, deployed.io(node));
        let kernel = if node < graph.input_count { None } else { op.int8(io, &numbers) };
        match kernel.map(|kernel| kernel.output_scale()) {
            Some(Scale::Inputs) => numbers.output = numbers.inputs[0],
            Some(Scale::Fixed(fixed)) => numbers.output = fixed,
            _ => {}
        }
        let mut raw = none;
        let state = op.state(io);
        if node >= graph.input_count && state.len > 0 && !state.table && state.normalisation.is_none() {
            let shape = &state.entry(0).shape;
            let (len, outputs) = (shape.elements() as usize, shape.at(0));
            let factor = 40.0 / (4900.0 * ((len / outputs) as f32).sqrt());
            let weights: Vec<u8> = (0..len).map(|_| next(&mut seed) as u8).collect();
            let bias =
                (0..outputs).flat_map(|_| (next(&mut seed) as i32 % 2000 - 1000).to_le_bytes()).collect::<Vec<_>>();
            let scales = (0..outputs).flat_map(|_| {
                let scale = factor * numbers.output.scale / numbers.inputs[0].scale;
                (scale * (1.0 + (next(&mut seed) % 8) as f32 / 8.0)).to_le_bytes()
            });
            raw = Raw {
                weights: weights.leak(),
                bias: bias.leak(),
                scales: scales.collect::<Vec<_>>().leak(),
                input_scale: numbers.inputs[0].scale,
                output_scale: numbers.output.scale,
            };
        }
        all.push(numbers);
        raws.push(raw);
    }
    Invented { numbers: all.leak(), raw: raws.leak() }
}

/// What a run works with.
pub(super) struct Ready {
    steps: Vec<Step>,
    weights: Vec<u8>,
    pub(super) arena: Vec<i8>,
}

pub(super) fn ready(source: &Source<'_>, plan: &Plan, by_rows: usize) -> Ready {
    let mut steps = vec![Step::NONE; count(source.deployed, plan)];
    write(source, plan, by_rows, &mut steps);
    let mut weights = vec![0; source.deployed.cost.weight_bytes as usize];
    write_weights(source, &mut weights);
    Ready { steps, weights, arena: vec![0x55; plan.len as usize] }
}

impl Ready {
    /// Runs layers whole.
    pub(super) fn run(&mut self, from: usize) {
        let Ready { steps, weights, arena } = self;
        for step in &steps[from..] {
            step.run::<All>(Cell::from_mut(&mut arena[..]).as_slice_of_cells(), weights).unwrap();
        }
    }

    pub(super) fn outputs(&self, deployed: &Deployed, plan: &Plan) -> Vec<Vec<i8>> {
        let ports = &deployed.graph.outputs[..deployed.graph.output_count];
        let part = |node: usize| {
            let len = deployed.graph.node(node).shape.elements() as usize;
            self.arena[plan.offset(&deployed.live, node) as usize..][..len].to_vec()
        };
        ports.iter().map(|port| part(port.node as usize)).collect()
    }
}

/// A layer of a random network: its kind, and numbers for its options.
type Choice = (u8, [usize; 4]);

fn declare<'g>(x: Tensor<'g>, choices: &[Choice]) -> Tensor<'g> {
    let conv = |x: Tensor<'g>, &[out, kernel, stride, padding]: &[usize; 4], grouped: bool| {
        let [kernel_y, kernel_x] = [kernel % 3 + 1, kernel / 3 % 3 + 1];
        let dilation = if kernel == 8 && x.dim(1) > 5 && x.dim(2) > 5 { 2 } else { 1 };
        let (out, groups) = if grouped { (x.channels(), x.channels()) } else { (out % 9 + 1, 1) };
        let room = |axis: isize, kernel: usize| x.dim(axis) + 2 * (padding % kernel) > dilation * (kernel - 1);
        if !room(1, kernel_y) || !room(2, kernel_x) {
            return x.conv2d(Conv2d::new(out, 1).groups(groups));
        }
        let options = Conv2d::new(out, [kernel_y, kernel_x]).groups(groups).dilation(dilation);
        x.conv2d(options.stride([stride % 2 + 1, stride / 2 % 2 + 1]).padding([padding % kernel_y, padding % kernel_x]))
    };
    let same = |x: Tensor<'g>, kernel: usize| {
        let options = Conv2d::new(x.channels(), kernel).groups(x.channels()).padding(kernel / 2);
        x.conv2d(options)
    };
    let mut x = x;
    for (kind, options) in choices {
        let pool = MaxPool2d::new([options[1] % 2 + 2, 2]).stride([options[2] % 3 + 1, 2]);
        x = match kind {
            0 | 1 => conv(x, options, false).relu(),
            2 | 3 => conv(x, options, true).relu6(),
            4 => x.conv2d(Conv2d::new(options[0] % 12 + 1, 1)),
            // A block with its input added.
            5 | 6 => {
                let y = x.conv2d(Conv2d::new(options[0] % 12 + 4, 1)).relu6();
                let y = same(y, 1 + 2 * (options[1] % 2)).relu6();
                let y = if options[3] % 3 == 0 { same(y, 3) } else { y };
                y.conv2d(Conv2d::new(x.channels(), 1)).add(x)
            }
            // One with a projection of it, before or after.
            7 => {
                let project = Conv2d::new(options[0] % 6 + 1, 1).stride(2);
                let wide = |x: Tensor<'g>| {
                    let y = x.conv2d(Conv2d::new(5, 3).stride(2).padding(1)).relu();
                    y.conv2d(Conv2d::new(options[0] % 6 + 1, 3).padding(1))
                };
                if options[1] % 2 == 0 {
                    let y = wide(x);
                    y.add(x.conv2d(project))
                } else {
                    let y = x.conv2d(project);
                    y.add(wide(x))
                }
            }
            8 if x.dim(1) > 3 && x.dim(2) > 2 => x.max_pool2d(pool),
            9 if x.dim(1) > 3 && x.dim(2) > 3 => x.avg_pool2d(AvgPool2d::new(3).stride(options[2] % 2 + 1)),
            10 if options[0] % 2 == 0 => x.sigmoid(),
            10 => {
                let after = [options[3] % 2, options[0] % 3, options[3] % 3];
                x.pad3d(Pad3d::new([options[2] % 2, options[1] % 3, options[2] % 3]).after(after).value(0.3))
            }
            11 => {
                let y = x.conv2d(Conv2d::new(x.channels(), 3).padding(1));
                y.mul(x.tanh())
            }
            12 => x.global_avg_pool(),
            _ => same(x, 5),
        };
    }
    x
}

fn deployed(shape: [usize; 3], declare: &dyn for<'g> Fn(Tensor<'g>) -> Tensor<'g>) -> Box<Deployed> {
    let mut network = Box::new(Deployed::new(Settings::new().fuse().dtype(DataType::I8).declared_order()));
    let builder = Builder::new(network.graph_mut(), "test");
    let y = declare(builder.input("x", Shape::new(&shape)));
    builder.output(y, y.shape());
    builder.finish();
    network.deploy();
    network
}

/// A network, its weights, an input, and what it gives layer by layer.
struct Case {
    network: Box<Deployed>,
    invented: Invented,
    input: Vec<i8>,
    expected: Vec<Vec<i8>>,
    seed: u32,
}

impl Case {
    fn new(shape: [usize; 3], choices: &[Choice], mut seed: u32) -> Self {
        let network = deployed(shape, &|x| declare(x, choices));
        let invented = invent(&network, seed);
        let input: Vec<i8> = (0..shape.iter().product()).map(|_| next(&mut seed) as i8).collect();
        let plan = network.plan();
        let mut whole = ready(&Source::invented(&network, invented), &plan, 0);
        whole.arena[plan.offset(&network.live, 0) as usize..][..input.len()].copy_from_slice(&input);
        whole.run(0);
        let expected = whole.outputs(&network, &plan);
        Case { network, invented, input, expected, seed }
    }

    /// Whether a run by rows gives the same, with all memory that is not in use overwritten before each row.
    fn holds(&self, stream: &Stream) -> bool {
        let mut rows = ready(&Source::invented(&self.network, self.invented), &stream.plan, stream.end);
        let feed = Feed {
            segments: &stream.segments[..stream.segment_count],
            rings: &stream.rings[..=stream.len],
            passes: &stream.passes[..stream.len],
            steps: &rows.steps,
            weights: &rows.weights,
        };
        let (row, height, _) = feed.input(&[]);
        let mut made = vec![Made::NONE; stream.len + 1];
        let mut poison = Poison::new(self.seed, usize::MAX);
        assert_eq!(self.input.len(), row * height);
        for row in self.input.chunks(row) {
            if feed.row::<All>(&mut rows.arena, &mut made, row, &mut poison).is_err() {
                return false;
            }
        }
        if feed.rest::<All>(&mut rows.arena, &mut made, &mut poison).is_err() {
            return false;
        }
        assert!(made.iter().zip(feed.rings).all(|(of, ring)| of.rows == ring.height));
        poison.rest(&feed, &mut rows.arena);
        rows.run(stream.len);
        rows.outputs(&self.network, &stream.plan) == self.expected
    }
}

/// Runs a network layer by layer, and by rows.
fn check(shape: [usize; 3], choices: &[Choice], seed: u32) -> Result<(), TestCaseError> {
    let case = Case::new(shape, choices, seed);
    let stream = Stream::new(&case.network);
    prop_assert!(case.holds(&stream));
    prop_assert!(stream.plan.len <= case.network.plan().len);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn rows_give_the_same_to_the_bit(
        shape in (1usize..5, 3usize..20, 1usize..9), seed: u32,
        choices in prop::collection::vec((0u8..14, prop::array::uniform4(0usize..12)), 1..9),
    ) {
        let shape = [shape.0, shape.1, shape.2];
        thread::Builder::new().stack_size(64 << 20).spawn(move || check(shape, &choices, seed)).unwrap().join().unwrap()?;
    }
}

/// MobileNet, the second version.
fn mobilenet_v2(x: Tensor<'_>, width: f64, classes: usize) -> Tensor<'_> {
    let wide = |channels: f64| {
        let scaled = channels * width;
        let rounded = ((scaled + 4.0) as usize / 8 * 8).max(8);
        if (rounded as f64) < 0.9 * scaled { rounded + 8 } else { rounded }
    };
    let mut x = x.conv2d(Conv2d::new(wide(32.0), 3).stride(2).padding(1)).relu6();
    let blocks =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];
    for (expand, channels, count, stride) in blocks {
        for block in 0..count {
            let (before, stride) = (x, if block == 0 { stride } else { 1 });
            if expand > 1 {
                x = x.conv2d(Conv2d::new(expand * x.channels(), 1)).relu6();
            }
            let depthwise = Conv2d::new(x.channels(), 3).groups(x.channels()).stride(stride).padding(1);
            x = x.conv2d(depthwise).relu6().conv2d(Conv2d::new(wide(channels as f64), 1));
            if stride == 1 && x.channels() == before.channels() {
                x = x.add(before);
            }
        }
    }
    x = x.conv2d(Conv2d::new(wide(1280.0).max(1280), 1)).relu6();
    x.avg_pool2d(AvgPool2d::new(x.dim(1))).conv2d(Conv2d::new(classes, 1))
}

/// MobileNet, a quarter as wide.
fn mobilenet_v1(x: Tensor<'_>, classes: usize) -> Tensor<'_> {
    let mut x = x.conv2d(Conv2d::new(8, 3).stride(2).padding(1)).relu6();
    let blocks = [(1, 16), (2, 32), (1, 32), (2, 64), (1, 64), (2, 128)].into_iter();
    for (stride, channels) in blocks.chain([(1, 128); 5]).chain([(2, 256), (1, 256)]) {
        let depthwise = Conv2d::new(x.channels(), 3).groups(x.channels()).stride(stride).padding(1);
        x = x.conv2d(depthwise).relu6().conv2d(Conv2d::new(channels, 1)).relu6();
    }
    x.avg_pool2d(AvgPool2d::new(x.dim(1))).conv2d(Conv2d::new(classes, 1))
}

#[test]
fn known_networks_take_what_a_simulation_of_every_byte_did() {
    with_stack(|| {
        let arenas = |size: usize, declare: &dyn for<'g> Fn(Tensor<'g>) -> Tensor<'g>| {
            let network = deployed([3, size, size], declare);
            (network.plan().len, Stream::new(&network).plan.len)
        };
        assert_eq!(arenas(224, &|x| mobilenet_v2(x, 1.0, 1000)), (1_204_352, 106_176));
        assert_eq!(arenas(224, &|x| mobilenet_v2(x, 0.35, 1000)), (602_176, 47_936));
        assert_eq!(arenas(96, &|x| mobilenet_v2(x, 0.35, 1000)), (110_656, 14_784));
        assert_eq!(arenas(224, &|x| mobilenet_v1(x, 1000)), (201_616, 37_696));
        assert_eq!(arenas(96, &|x| mobilenet_v1(x, 2)), (37_264, 12_352));
    });
}

/// Each part of a plan matters: one that is broken gives something else.
#[test]
fn a_plan_that_is_broken_is_found() {
    with_stack(|| {
        // A convolution, a block with its input added, a depthwise convolution, and a mean.
        let choices = [(0, [7, 8, 0, 4]), (5, [3, 1, 0, 0]), (2, [0, 8, 0, 4]), (4, [5, 0, 0, 0])];
        let case = Case::new([3, 40, 6], &choices, 5);
        let whole = || Box::new(Stream::new(&case.network));
        let (plan, rows) = (whole(), Rows::new(&case.network));
        assert!(case.holds(&plan));
        let rings = (0..plan.len).filter(|&tensor| !plan.rings[tensor].is_map);
        let (deep, shared): (Vec<usize>, Vec<usize>) = rings.partition(|&tensor| plan.rings[tensor].slots > 0);
        assert!(deep.len() > 2 && !shared.is_empty(), "{deep:?} {shared:?}");
        let broken = |change: &dyn Fn(&mut Stream)| {
            let mut stream = whole();
            change(&mut stream);
            !case.holds(&stream)
        };
        for &tensor in &deep {
            assert!(broken(&|plan| plan.rings[tensor].slots -= 1), "one row fewer of {tensor}");
            assert!(broken(&|plan| plan.rings[tensor].start = plan.rings[plan.len].start), "{tensor} over a map");
        }
        let (first, second) = (deep[0], deep[1]);
        assert!(broken(&|plan| plan.rings[first].start = plan.rings[second].start), "two rings in one place");
        for &tensor in &shared {
            let before = plan.passes[tensor - 1].inputs[0] as usize;
            let newest = plan.rings[before].newest;
            if !plan.rings[before].is_map && plan.rings[before].slots == 0 {
                assert!(broken(&|plan| plan.rings[tensor].newest = newest), "{tensor} over what it is made of");
            }
            if case.network.graph.scratch(rows.node(tensor + 1)) > 0 {
                let broken = broken(&|plan| plan.passes[tensor].scratch = plan.rings[tensor].newest);
                assert!(broken, "scratch over {tensor}");
            }
        }
        assert!(broken(&|plan| plan.passes[first].axis.before += 1), "a row too late");
    });
}
