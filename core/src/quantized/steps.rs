//! The steps of a run, and the weights that they read, made at compile time.

use core::cell::Cell;

use crate::declared::Declared;
use crate::int8::kernel::{Kernel, Kernels, Memory, Streams};
use crate::kernel::step::Ran;
use crate::memory::plan::Plan;
use crate::memory::states::Kept;
use crate::op::axis::Axis;
use crate::op::lag::Direction;
use crate::quantized::kernels::{NO_KERNEL, fail_layer, is_in_place, is_run, kernel_of, parts};
use crate::quantized::source::Source;
use crate::tables::Tables;

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

    /// Whether each element of its output is computed from those at its place.
    pub(crate) fn is_elementwise(&self) -> bool {
        matches!(self.kernel.streams(), Streams::Elements)
    }

    /// The bytes of its scratch.
    pub(crate) fn scratch_bytes(&self) -> usize {
        self.scratch.len as usize
    }

    /// Makes a row: of inputs from these places on, into so many bytes from the next, with scratch at the last. The rows
    /// of inputs are those of the axis, but that the last lies apart from the others.
    #[inline(always)]
    pub(crate) fn run_row<K: Kernels>(
        &self,
        arena: &[Cell<i8>],
        weights: &[u8],
        (inputs, to, len, scratch): ([usize; 2], usize, usize, usize),
        (y, apart): (Axis, usize),
    ) -> Ran {
        let mut kernel = self.kernel;
        kernel.set_row(y, apart);
        kernel.run::<K>(Memory {
            inputs: inputs.map(|start| arena.get(start..).unwrap_or(&[])),
            output: arena.get(to..)?.get(..len)?,
            scratch: arena.get(scratch..)?.get(..self.scratch_bytes())?,
            weights: self.weights.of(weights),
        })
    }

    /// Adds a row of so many bytes to sums; if there is room for the output, it is the last.
    #[inline(always)]
    pub(crate) fn add_row<K: Kernels>(
        &self,
        arena: &[Cell<i8>],
        (row, row_len): (usize, usize),
        (sums, output): (usize, Option<usize>),
        len: usize,
    ) -> Ran {
        let part = |start: usize, len: usize| arena.get(start..)?.get(..len);
        let output = match output {
            Some(output) => Some(part(output, len)?),
            None => None,
        };
        self.kernel.add_row::<K>(part(row, row_len)?, part(sums, 4 * len)?, output)
    }

    /// The step of a layer that makes row after row.
    const fn by_rows(source: &Source<'_>, node: usize, weights: u64) -> Self {
        let graph = &source.deployed.graph;
        let kernel = required_kernel(source, node, 0);
        Step {
            kernel: match (&graph.node(graph.operand(node, 0)).shape, &graph.node(node).shape) {
                (input, output) if output.rank() == 3 => {
                    kernel.by_rows(input.at(1) as u32, (output.at(0) * output.at(2)) as u32)
                }
                _ => kernel,
            },
            layer: graph.layer_number(node) as u16,
            scratch: Span::new(0, graph.scratch(node)),
            weights: Span::new(weights, kernel.weight_bytes() as u64),
            ..Step::NONE
        }
    }

    const fn new(source: &Source<'_>, plan: &Plan, node: usize, part: usize, weights: u64) -> Self {
        let (deployed, graph) = (source.deployed, &source.deployed.graph);
        let mut kernel = required_kernel(source, node, part);
        if let Direction::Backward = plan.direction(graph, &deployed.live, node) {
            kernel = kernel.backward();
        }
        let mut inputs = [Span::NONE; 2];
        let (mut operand, mut count) = (0, graph.node(node).inputs as usize);
        if parts(source.deployed, node) > 1 {
            (operand, count) = (part, 1);
        }
        if count > inputs.len() {
            fail_layer(source.deployed, node, "has more operands than a kernel for i8 takes: it cannot be run");
        }
        let mut input = 0;
        while input < count {
            let of = graph.operand(node, operand);
            inputs[input] = Span::new(plan.offset(&deployed.live, of), graph.node(of).shape.elements());
            (input, operand) = (input + 1, operand + 1);
        }
        let scratch = graph.scratch(node);
        if kernel.scratch_bytes() as u64 > scratch {
            fail_layer(source.deployed, node, "needs more scratch than was planned: this is a bug of netcost");
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

/// What is kept from one run to the next: how many numbers, and what each is at the start.
pub const fn states<const LEN: usize>(source: &Source<'_>) -> [(u32, i8); LEN] {
    let (mut all, mut i) = ([(0, 0); LEN], 0);
    while i < LEN {
        all[i] = state(source, i);
        i += 1;
    }
    all
}

/// How many numbers one of them has, and what each is at the start.
pub(crate) const fn state(source: &Source<'_>, index: usize) -> (u32, i8) {
    let Kept { node, elements, .. } = source.deployed.live.states.all[index];
    let initial = source.deployed.graph.node(node as usize).op.initial();
    (elements as u32, source.quantization(node as usize).quantize(initial))
}

/// How many tensors are kept from one run to the next.
pub const fn state_count(source: &Source<'_>) -> usize {
    source.deployed.live.states.count
}

/// All steps of a network.
pub const fn steps<D: Declared, const LEN: usize>(source: &Source<'_>) -> [Step; LEN] {
    let mut steps = [Step::NONE; LEN];
    write(source, Tables::<D>::PLAN, by_rows::<D>(), &mut steps);
    steps
}

/// The last node that runs by rows; the input, if none does.
const fn by_rows<D: Declared>() -> usize {
    if D::GRAPH.graph.settings.stream { Tables::<D>::stream().end } else { 0 }
}

/// Writes all steps of a network, whose nodes up to this one run by rows.
pub(crate) const fn write(source: &Source<'_>, plan: &Plan, by_rows: usize, steps: &mut [Step]) {
    let (mut weights, mut time, mut step) = (0, 0, 0);
    while time < source.deployed.len() {
        let node = source.deployed.live.schedule.nodes[time] as usize;
        let (mut part, parts) = (0, if is_run(source.deployed, node) { parts(source.deployed, node) } else { 0 });
        while part < parts {
            if !is_in_place(source.deployed, plan, node, part) {
                steps[step] = if node <= by_rows {
                    Step::by_rows(source, node, weights)
                } else {
                    Step::new(source, plan, node, part, weights)
                };
                weights += steps[step].weights.len as u64;
                step += 1;
            }
            part += 1;
        }
        time += 1;
    }
}

/// The kernel of a part of a node.
const fn kernel(source: &Source<'_>, node: usize, part: usize) -> Option<Kernel> {
    kernel_of(source.deployed, node, part, &source.numbers(node))
}

/// The kernels in use, one bit each.
pub(crate) const fn mask(source: &Source<'_>) -> u32 {
    let (mut mask, mut node) = (0, 0);
    while node < source.deployed.len() {
        if is_run(source.deployed, node)
            && let Some(kernel) = kernel(source, node, 0)
        {
            mask |= kernel.bit();
        }
        node += 1;
    }
    mask
}

/// The weights as the steps read them.
pub const fn pack<const BYTES: usize>(source: &Source<'_>) -> [u8; BYTES] {
    let mut packed = [0; BYTES];
    write_weights(source, &mut packed);
    packed
}

/// Writes the weights as the steps read them.
pub(crate) const fn write_weights(source: &Source<'_>, packed: &mut [u8]) {
    let (mut rest, mut time) = (packed, 0);
    while time < source.deployed.len() {
        let node = source.deployed.live.schedule.nodes[time] as usize;
        if is_run(source.deployed, node) {
            let kernel = required_kernel(source, node, 0);
            let (this, after) = rest.split_at_mut(kernel.weight_bytes());
            if !this.is_empty() {
                kernel.pack(&source.raw(node), this);
            }
            rest = after;
        }
        time += 1;
    }
    assert!(rest.is_empty(), "weights take less flash than was counted: this is a bug of netcost");
}

/// The kernel of a layer of a network that is run.
const fn required_kernel(source: &Source<'_>, node: usize, part: usize) -> Kernel {
    match kernel(source, node, part) {
        Some(kernel) => kernel,
        None => fail_layer(source.deployed, node, NO_KERNEL),
    }
}
