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
use crate::run::error::RunError;
use crate::stream::rows::Rows;
use crate::stream::stream::Stream;
use crate::validate::by_rows::{Fault, Poison, first_fault};

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

    /// Whether a run by rows gives the same, and its plan is sound.
    fn holds(&self, stream: &Stream) -> bool {
        let outputs = self.run(stream, &mut Poison::new(self.seed, usize::MAX));
        outputs.is_ok_and(|outputs| outputs == self.expected) && self.fault(stream) == Ok(None)
    }

    /// Runs it by rows.
    fn run(&self, stream: &Stream, poison: &mut Poison) -> Result<Vec<Vec<i8>>, RunError> {
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
        assert_eq!(self.input.len(), row * height);
        for row in self.input.chunks(row) {
            feed.row::<All>(&mut rows.arena, &mut made, row, poison)?;
        }
        feed.rest::<All>(&mut rows.arena, &mut made, poison)?;
        assert!(made.iter().zip(feed.rings).all(|(of, ring)| of.rows == ring.height));
        poison.rest(&feed, &mut rows.arena);
        rows.run(stream.len);
        Ok(rows.outputs(&self.network, &stream.plan))
    }

    /// What a validation finds.
    fn fault(&self, stream: &Stream) -> Result<Option<Fault>, RunError> {
        first_fault(stream.len, |poison| {
            let outputs = self.run(stream, poison)?;
            outputs.iter().for_each(|output| poison.row(stream.len, output));
            Ok(())
        })
    }
}

/// Runs a network layer by layer, and by rows.
fn check(shape: [usize; 3], choices: &[Choice], seed: u32) -> Result<(), TestCaseError> {
    let case = Case::new(shape, choices, seed);
    let stream = Stream::new(&case.network);
    prop_assert_eq!(case.fault(&stream), Ok(None));
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

/// A plan that is broken is found, whatever it is that is broken; what is written where something is in use, by its layer.
#[test]
fn a_plan_that_is_broken_is_found() {
    with_stack(|| {
        // A convolution, a block with its input added, a depthwise convolution, a pointwise one, and a mean.
        let choices = [(0, [7, 8, 0, 4]), (5, [3, 1, 0, 0]), (2, [0, 8, 0, 4]), (4, [5, 0, 0, 0]), (12, [0; 4])];
        let case = Case::new([3, 40, 6], &choices, 5);
        let whole = || Box::new(Stream::new(&case.network));
        let (plan, rows) = (whole(), Rows::new(&case.network));
        assert!(case.holds(&plan));
        let broken = |what: &str, change: &dyn Fn(&mut Stream)| {
            let mut stream = whole();
            change(&mut stream);
            assert!(!case.holds(&stream), "{what}");
            case.fault(&stream)
        };
        let rings = (0..plan.len).filter(|&tensor| !plan.rings[tensor].is_map);
        let (deep, shared): (Vec<usize>, Vec<usize>) = rings.partition(|&tensor| plan.rings[tensor].slots > 0);
        assert!(deep.len() > 2 && shared.len() > 2, "{deep:?} {shared:?}");
        for &tensor in &deep {
            _ = broken("one row fewer", &|plan| plan.rings[tensor].slots -= 1);
            // Rows that are given up too early, and read all the same.
            _ = broken("rows given up too early", &|plan| {
                plan.passes[plan.rings[tensor].last as usize].axis.before += 1
            });
        }
        _ = broken("rows over others", &|plan| plan.rings[deep[0]].start = plan.rings[deep[1]].start);
        let overwrites = |layer: usize| Ok(Some(Fault::Overwrites(layer)));
        for &tensor in shared.iter().filter(|&&tensor| tensor > 0) {
            let before = plan.passes[tensor - 1].inputs[0] as usize;
            if shared.contains(&before) {
                let found = broken("a row over what it is made of", &|plan| {
                    plan.rings[tensor].newest = plan.rings[before].newest
                });
                assert_eq!(found, overwrites(tensor - 1), "{tensor} over what it is made of");
            }
            if case.network.graph.scratch(rows.node(tensor + 1)) > 0 {
                let found =
                    broken("scratch over a row", &|plan| plan.passes[tensor].scratch = plan.rings[tensor].newest);
                assert_eq!(found, overwrites(tensor), "scratch over {tensor}");
            }
        }
        let mean = (0..plan.len).find(|&layer| plan.passes[layer].is_sum).unwrap();
        let found = broken("sums over rows", &|plan| plan.passes[mean].sums = plan.rings[deep[0]].start);
        assert!(matches!(found, Ok(Some(Fault::Overwrites(_)))), "sums over rows: {found:?}");
    });
}
