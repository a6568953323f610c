//! The steps of a run, and the weights that they read, made at compile time.

use core::cell::Cell;

use crate::base::shape::{MAX_RANK, channel_last_axis};
use crate::declared::Declared;
use crate::graph::graph::Graph;
use crate::int8::kernel::{Kernel, Kernels, Memory};
use crate::int8::scatter::Scatter;
use crate::kernel::step::Ran;
use crate::memory::plan::Plan;
use crate::op::storage::Place;
use crate::quantized::source::{fail_layer, numbers, raw};
use crate::tables::Tables;
use crate::tflite::imported::Imported;

/// A part of the arena, or of the weights, in bytes.
#[derive(Clone, Copy)]
struct Span {
    start: u32,
    len: u32,
}

impl Span {
    const NONE: Span = Span { start: 0, len: 0 };

    const fn new(start: u64, len: u64) -> Self {
        Span { start: start as u32, len: len as u32 }
    }

    #[inline(always)]
    fn of<T>(self, all: &[T]) -> &[T] {
        let rest = all.get(self.start as usize..).unwrap_or(&[]);
        rest.get(..self.len as usize).unwrap_or(&[])
    }
}

/// One step: a kernel, and the memory it works on.
#[derive(Clone, Copy)]
pub struct Step {
    kernel: Kernel,
    /// The number of its layer.
    pub(crate) layer: u16,
    inputs: [Span; 2],
    output: Span,
    scratch: Span,
    weights: Span,
}

impl Step {
    pub(crate) const NONE: Step = Step {
        kernel: Kernel::Constant(0),
        layer: 0,
        inputs: [Span::NONE; 2],
        output: Span::NONE,
        scratch: Span::NONE,
        weights: Span::NONE,
    };

    /// Runs it, on an arena and weights that are long enough.
    #[inline(always)]
    pub(crate) fn run<K: Kernels>(&self, arena: &[Cell<i8>], weights: &[u8]) -> Ran {
        self.kernel.run::<K>(Memory {
            inputs: [self.inputs[0].of(arena), self.inputs[1].of(arena)],
            output: self.output.of(arena),
            scratch: self.scratch.of(arena),
            weights: self.weights.of(weights),
        })
    }

    const fn new(imported: &Imported, plan: &Plan, node: usize, part: usize, weights: u64) -> Self {
        let (deployed, graph) = (&imported.deployed, &imported.deployed.graph);
        let kernel = required_kernel(imported, node, part);
        let mut inputs = [Span::NONE; 2];
        let (mut operand, mut count) = (0, graph.node(node).inputs as usize);
        if parts(imported, node) > 1 {
            (operand, count) = (part, 1);
        }
        if count > inputs.len() {
            fail_layer(imported, node, "has more operands than a kernel for i8 takes: it cannot be run");
        }
        let mut input = 0;
        while input < count {
            let of = graph.operand(node, operand);
            inputs[input] = Span::new(plan.offset(&deployed.live, of), graph.node(of).shape.elements());
            (input, operand) = (input + 1, operand + 1);
        }
        let scratch = graph.scratch(node);
        if kernel.scratch_bytes() as u64 > scratch {
            fail_layer(imported, node, "needs more scratch than was planned: this is a bug of netcost");
        }
        Step {
            kernel,
            layer: graph.layer_number(node) as u16,
            inputs,
            output: Span::new(plan.offset(&deployed.live, node), graph.node(node).shape.elements()),
            scratch: if scratch > 0 { Span::new(plan.scratch(node), scratch) } else { Span::NONE },
            weights: Span::new(weights, kernel.weight_bytes() as u64),
        }
    }
}

/// How many steps a node can be: a tensor that is joined is a step for each operand.
const fn parts(imported: &Imported, node: usize) -> usize {
    let graph = &imported.deployed.graph;
    match graph.storage(node).place {
        Place::Joined { .. } => graph.node(node).inputs as usize,
        _ => 1,
    }
}

/// Where an operand begins along the axis of the tensor that it is joined to.
const fn start(graph: &Graph, node: usize, axis: usize, part: usize) -> u32 {
    let (mut start, mut operand) = (0, 0);
    while operand < part {
        start += graph.node(graph.operand(node, operand)).shape.at(axis) as u32;
        operand += 1;
    }
    start
}

/// Whether an operand is computed where it is joined.
const fn is_in_place(imported: &Imported, plan: &Plan, node: usize, part: usize) -> bool {
    let (live, graph) = (&imported.deployed.live, &imported.deployed.graph);
    let (Place::Joined { axis }, layout) = (graph.storage(node).place, graph.settings.layout) else { return false };
    let shape = &graph.node(node).shape;
    let place = plan.offset(live, node) + start(graph, node, axis, part) as u64 * layout.stride(shape, axis);
    layout.is_outermost(shape, axis) && plan.offset(live, graph.operand(node, part)) == place
}

/// Whether a node is a step: what is kept from one run to the next is not computed.
const fn is_run(imported: &Imported, node: usize) -> bool {
    imported.deployed.is_step(node) && !imported.deployed.live.is_kept(node)
}

/// What is kept from one run to the next: how many numbers, and what each is at the start.
pub const fn states<const LEN: usize>(imported: &Imported) -> [(u32, i8); LEN] {
    let (mut all, mut i) = ([(0, 0); LEN], 0);
    while i < LEN {
        all[i] = state(imported, i);
        i += 1;
    }
    all
}

/// How many numbers one of them has, and what each is at the start.
pub(crate) const fn state(imported: &Imported, index: usize) -> (u32, i8) {
    let node = imported.deployed.live.states.all[index].node as usize;
    let this = imported.deployed.graph.node(node);
    (this.shape.elements as u32, numbers(imported, node).output.quantize(this.op.initial()))
}

/// How many tensors are kept from one run to the next.
pub const fn state_count(imported: &Imported) -> usize {
    imported.deployed.live.states.count
}

/// The number of steps.
pub const fn count<D: Declared>(imported: &Imported) -> usize {
    write(imported, Tables::<D>::PLAN, &mut [])
}

/// All steps of a network.
pub const fn steps<D: Declared, const LEN: usize>(imported: &Imported) -> [Step; LEN] {
    let mut steps = [Step::NONE; LEN];
    write(imported, Tables::<D>::PLAN, &mut steps);
    steps
}

/// Writes all steps of a network, if there is room for them; gives their number.
pub(crate) const fn write(imported: &Imported, plan: &Plan, steps: &mut [Step]) -> usize {
    let (mut weights, mut node, mut step) = (0, 0, 0);
    while node < imported.deployed.len() {
        let (mut part, parts) = (0, if is_run(imported, node) { parts(imported, node) } else { 0 });
        while part < parts {
            if !is_in_place(imported, plan, node, part) {
                if step < steps.len() {
                    steps[step] = Step::new(imported, plan, node, part, weights);
                    weights += steps[step].weights.len as u64;
                }
                step += 1;
            }
            part += 1;
        }
        node += 1;
    }
    step
}

/// The kernel of a part of a node.
const fn kernel(imported: &Imported, node: usize, part: usize) -> Option<Kernel> {
    let graph = &imported.deployed.graph;
    let Place::Joined { axis } = graph.storage(node).place else {
        return graph.node(node).op.int8(imported.deployed.io(node), &numbers(imported, node));
    };
    let (operand, rank) = graph.node(graph.operand(node, part)).shape.channel_last();
    let (output, mut begin) = (graph.node(node).shape.channel_last().0, [0; MAX_RANK]);
    begin[channel_last_axis(axis, rank)] = start(graph, node, axis, part);
    match Scatter::new(operand.split_at(rank).0, begin.split_at(rank).0, output.split_at(rank).0) {
        Some(scatter) => Some(Kernel::Scatter(scatter)),
        None => None,
    }
}

/// The kernels in use, one bit each.
pub(crate) const fn mask(imported: &Imported) -> u32 {
    let (mut mask, mut node) = (0, 0);
    while node < imported.deployed.len() {
        if is_run(imported, node)
            && let Some(kernel) = kernel(imported, node, 0)
        {
            mask |= kernel.bit();
        }
        node += 1;
    }
    mask
}

/// The weights as the steps read them.
pub const fn pack<const BYTES: usize>(imported: &Imported) -> [u8; BYTES] {
    let mut packed = [0; BYTES];
    write_weights(imported, &mut packed);
    packed
}

/// Writes the weights as the steps read them.
pub(crate) const fn write_weights(imported: &Imported, packed: &mut [u8]) {
    let (mut rest, mut node) = (packed, 0);
    while node < imported.deployed.len() {
        if is_run(imported, node) {
            let kernel = required_kernel(imported, node, 0);
            let (this, after) = rest.split_at_mut(kernel.weight_bytes());
            if !this.is_empty() {
                kernel.pack(&raw(imported, node), this);
            }
            rest = after;
        }
        node += 1;
    }
    assert!(rest.is_empty(), "weights take less flash than was counted: this is a bug of netcost");
}

/// The kernel of a layer of a network that is run.
const fn required_kernel(imported: &Imported, node: usize, part: usize) -> Kernel {
    match kernel(imported, node, part) {
        Some(kernel) => kernel,
        None => fail_layer(imported, node, "has no kernel for i8: its costs are known, but it cannot be run"),
    }
}
