//! The proof: what is declared against what is executed, layer by layer.

use core::cell::Cell;
use core::fmt;

use crate::census::add;
use crate::cost::Layer;
use crate::engine::{self, Outputs, RunError};
use crate::graph::Graph;
use crate::layers::custom::Customs;
use crate::machine::Counting;
use crate::plan::Plan;
use crate::{Census, Network};

/// What the counting machine measured of one layer. It equals what the layer declares, or the validation ends with
/// a [`ValidateError`].
#[derive(Clone, Copy)]
pub struct Measured {
    /// The layer as declared.
    pub layer: &'static Layer,
    /// The operations executed.
    pub census: Census,
    /// The multiply-accumulates executed.
    pub macs: u64,
    /// The multiply-accumulates left out because they fall on padding.
    pub padding: u64,
    /// The bytes of parameters read.
    pub param_bytes: u64,
    /// The end, in bytes, of the part of the arena that the layer worked on.
    pub arena_bytes: u64,
}

/// What a validation has measured in all, and the outputs of the run.
#[derive(Clone, Copy, Debug)]
pub struct Validated<'a> {
    /// The operations executed.
    pub census: Census,
    /// The multiply-accumulates executed.
    pub macs: u64,
    /// The multiply-accumulates left out because they fall on padding.
    pub padding: u64,
    /// The bytes of parameters read.
    pub param_bytes: u64,
    /// The arena's high-water mark, in bytes.
    pub arena_bytes: u64,
    /// The outputs.
    pub outputs: Outputs<'a>,
}

/// Why a validation failed.
#[derive(Clone, Copy)]
pub enum ValidateError {
    /// The network could not be run.
    Run(RunError),
    /// A layer, or the network as a whole, does not do what it declares.
    Mismatch {
        /// The layer; `None` for a total of the network.
        layer: Option<&'static Layer>,
        /// The number that differs.
        quantity: &'static str,
        /// What is declared.
        declared: u64,
        /// What was executed.
        measured: u64,
    },
}

impl From<RunError> for ValidateError {
    fn from(error: RunError) -> Self {
        ValidateError::Run(error)
    }
}

impl fmt::Display for ValidateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValidateError::Run(error) => error.fmt(f),
            ValidateError::Mismatch { layer, quantity, declared, measured } => {
                match layer {
                    Some(layer) => write!(f, "layer `{}` ({})", layer.name, layer.operator)?,
                    None => f.write_str("the network")?,
                }
                write!(f, " declares {declared} {quantity}, but {measured} were measured")
            }
        }
    }
}

impl fmt::Debug for ValidateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for ValidateError {}

pub(crate) fn run<'a, N: Network>(
    weights: &[f32],
    arena: &'a mut [f32],
    mut each: impl FnMut(&Measured),
) -> Result<Validated<'a>, ValidateError> {
    engine::lengths::<N>(weights, arena)?;
    let mut before = Counting::default();
    let mut machine = Counting::default();
    let cells = Cell::from_mut(&mut *arena).as_slice_of_cells();
    let ends: &'static [u64] = const { &arena_ends(N::GRAPH, N::PLAN) };
    let mut high_water = 0;
    let customs = Customs::Counting(N::COUNTING_KERNELS);
    engine::steps::<N, _, ValidateError>(&mut machine, customs, weights, cells, |machine, node| {
        let Some(layer) = node.checked_sub(N::INPUTS.len()).and_then(|index| N::LAYERS.get(index)) else {
            return Err(RunError::Program { layer: node }.into());
        };
        let measured = Measured {
            layer,
            census: difference(&machine.census, &before.census),
            macs: machine.macs - before.macs,
            padding: machine.padding - before.padding,
            param_bytes: 4 * (machine.params - before.params),
            arena_bytes: 4 * machine.arena as u64,
        };
        compare(&measured, 4 * ends.get(node).copied().unwrap_or(0))?;
        each(&measured);
        high_water = high_water.max(machine.arena);
        machine.arena = 0;
        before = *machine;
        Ok(())
    })?;
    let total = Validated {
        census: machine.census,
        macs: machine.macs,
        padding: machine.padding,
        param_bytes: 4 * machine.params,
        // An input that no layer reads takes its place all the same.
        arena_bytes: 4 * (high_water as u64).max(const { inputs_end(N::GRAPH, N::PLAN) }),
        outputs: Outputs::of::<N>(arena),
    };
    for (quantity, declared, measured) in [
        ("multiply-accumulates", N::MACS_EXECUTED, total.macs),
        ("operations", N::CENSUS_EXECUTED.total(), total.census.total()),
        ("bytes of parameters", N::WEIGHT_BYTES, total.param_bytes),
        ("bytes of arena", N::ARENA_BYTES, total.arena_bytes),
    ] {
        if declared != measured {
            return Err(ValidateError::Mismatch { layer: None, quantity, declared, measured });
        }
    }
    Ok(total)
}

/// Compares one layer, number by number.
fn compare(measured: &Measured, arena_end: u64) -> Result<(), ValidateError> {
    let cost = &measured.layer.cost;
    let mismatch = |quantity, declared, found| {
        if declared == found {
            return Ok(());
        }
        Err(ValidateError::Mismatch { layer: Some(measured.layer), quantity, declared, measured: found })
    };
    for ((kind, declared), found) in
        Census::KINDS.iter().zip(cost.census_executed.counts()).zip(measured.census.counts())
    {
        mismatch(kind, declared, found)?;
    }
    mismatch("multiply-accumulates", cost.macs_executed, measured.macs)?;
    mismatch("multiply-accumulates on padding", cost.macs - cost.macs_executed, measured.padding)?;
    mismatch("bytes of parameters", cost.weight_bytes, measured.param_bytes)?;
    mismatch("bytes of arena", arena_end, measured.arena_bytes)
}

fn difference(after: &Census, before: &Census) -> Census {
    Census {
        mul: after.mul - before.mul,
        add: after.add - before.add,
        div: after.div - before.div,
        cmp: after.cmp - before.cmp,
        exp: after.exp - before.exp,
        tanh: after.tanh - before.tanh,
        erf: after.erf - before.erf,
    }
}

/// For each node, the end of the part of the arena its operands and its output take, in elements.
const fn arena_ends(graph: &Graph, plan: &Plan) -> [u64; crate::graph::MAX_NODES] {
    let mut ends = [0; crate::graph::MAX_NODES];
    let mut node = 0;
    while node < graph.len {
        let mut end = end_of(graph, plan, node);
        let mut input = 0;
        while input < graph.nodes[node].inputs as usize {
            let operand = end_of(graph, plan, graph.operand(node, input));
            if operand > end {
                end = operand;
            }
            input += 1;
        }
        ends[node] = end;
        node += 1;
    }
    ends
}

const fn inputs_end(graph: &Graph, plan: &Plan) -> u64 {
    let mut end = 0;
    let mut node = 0;
    while node < graph.input_count {
        let input = end_of(graph, plan, node);
        if input > end {
            end = input;
        }
        node += 1;
    }
    end
}

const fn end_of(graph: &Graph, plan: &Plan, node: usize) -> u64 {
    add(plan.offset(graph, node), graph.nodes[node].elements)
}
