//! The run: a loop over the program, on the caller's arena, without heap and without panics.

use core::cell::Cell;
use core::fmt;
use core::ops::Deref;

use crate::base::dtype::DataType;
use crate::deploy::deployed::Deployed;
use crate::graph::graph::MAX_PORTS;
use crate::kernel::custom::Customs;
use crate::kernel::machine::{Machine, Plain};
use crate::kernel::mask::Kernels;
use crate::kernel::refusal::{NotAnIndex, Refusal};
use crate::kernel::step::{Progress, Step};
use crate::layers::list::{Op, execute};
use crate::memory::plan::Plan;
use crate::network::Network;
use crate::program::program::split;

/// Where the inputs and the outputs of a network lie in the arena.
#[derive(Clone, Copy)]
pub struct Views {
    inputs: [View; MAX_PORTS],
    outputs: [View; MAX_PORTS],
}

#[derive(Clone, Copy)]
struct View {
    offset: usize,
    len: usize,
}

impl Views {
    pub(crate) const fn new(deployed: &Deployed, plan: &Plan) -> Self {
        let graph = &deployed.graph;
        let mut views =
            Views { inputs: [View { offset: 0, len: 0 }; MAX_PORTS], outputs: [View { offset: 0, len: 0 }; MAX_PORTS] };
        let mut i = 0;
        while i < graph.input_count {
            views.inputs[i] = View::of(deployed, plan, graph.inputs[i].node as usize);
            i += 1;
        }
        i = 0;
        while i < graph.output_count {
            views.outputs[i] = View::of(deployed, plan, graph.outputs[i].node as usize);
            i += 1;
        }
        views
    }
}

impl View {
    const fn of(deployed: &Deployed, plan: &Plan, node: usize) -> Self {
        View {
            offset: plan.offset(&deployed.live, node) as usize,
            len: deployed.graph.node(node).shape.elements as usize,
        }
    }
}

/// The outputs of a run, in the arena. It derefs to the first one.
#[derive(Clone, Copy)]
pub struct Outputs<'a> {
    arena: &'a [f32],
    views: &'static [View; MAX_PORTS],
}

impl<'a> Outputs<'a> {
    pub(crate) fn of<N: Network>(arena: &'a [f32]) -> Self {
        Outputs { arena, views: const { &N::VIEWS.outputs } }
    }

    /// The output of this number, if there is one.
    pub fn get(&self, index: usize) -> Option<&'a [f32]> {
        let View { offset, len } = *self.views.get(index)?;
        let output = self.arena.get(offset..)?.get(..len)?;
        if output.is_empty() { None } else { Some(output) }
    }
}

impl Deref for Outputs<'_> {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        self.get(0).unwrap_or(&[])
    }
}

impl fmt::Debug for Outputs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries((0..MAX_PORTS).map_while(|index| self.get(index))).finish()
    }
}

/// Why a network was not run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RunError {
    /// The weights have another length than the network's.
    Weights {
        /// The network's.
        expected: usize,
        /// The slice's.
        found: usize,
    },
    /// The arena is too short.
    Arena {
        /// The least length.
        expected: usize,
        /// The slice's.
        found: usize,
    },
    /// An [`embedding`](crate::graph::tensor::Tensor::embedding) is given what is not the index of a row.
    Index {
        /// The layer's number in the order of execution, inputs included.
        layer: usize,
        /// Which element of its input it is.
        position: usize,
        /// What stands there.
        found: NotAnIndex,
        /// How many rows there are.
        rows: u32,
    },
    /// A kernel did not find its step as the planner laid it out: a bug in netcost, or a damaged flash.
    Program {
        /// The layer's number in the order of execution, inputs included.
        layer: usize,
    },
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Weights { expected, found } => {
                write!(f, "the network has {expected} weights, and is given {found}")
            }
            RunError::Arena { expected, found } => {
                write!(f, "the network needs an arena of {expected} elements, and is given {found}")
            }
            RunError::Index { layer, position, found, rows } => write!(
                f,
                "layer {layer} looks up rows 0 to {}, and element {position} of its input is {found}",
                rows.saturating_sub(1)
            ),
            RunError::Program { layer } => write!(f, "the program of this network is damaged at layer {layer}"),
        }
    }
}

impl core::error::Error for RunError {}

/// Refuses, at compile time, what has no kernels.
#[track_caller]
pub(crate) const fn check<N: Network>() {
    let () = N::ASSERT;
    if !matches!(N::GRAPH.dtype(), DataType::F32) {
        crate::base::message::Text::new()
            .str("network `")
            .str(N::NAME)
            .str("` is declared with dtype = ")
            .str(N::GRAPH.dtype().name())
            .str(", which has no kernels yet: its costs are known, but only f32 runs")
            .fail();
    }
}

pub(crate) fn input<N: Network>(arena: &mut [f32], index: usize) -> &mut [f32] {
    let views: &'static [View; MAX_PORTS] = const { &N::VIEWS.inputs };
    let Some(&View { offset, len }) = views.get(index) else {
        return &mut [];
    };
    arena.get_mut(offset..).and_then(|rest| rest.get_mut(..len)).unwrap_or(&mut [])
}

/// Runs the network; `after` is given the index in [`LAYERS`](Network::LAYERS) of each layer that a kernel has run.
pub(crate) fn run<'a, N: Network>(
    weights: &[f32],
    arena: &'a mut [f32],
    mut after: impl FnMut(usize),
) -> Result<Outputs<'a>, RunError> {
    lengths::<N>(weights, arena)?;
    let cells = Cell::from_mut(&mut *arena).as_slice_of_cells();
    let inputs = const { N::GRAPH.graph.input_count };
    steps::<N, Plain, RunError>(&mut Plain, Customs::Plain(N::PLAIN_KERNELS), weights, cells, |_, node| {
        after(node.saturating_sub(inputs));
        Ok(())
    })?;
    Ok(Outputs::of::<N>(arena))
}

/// Checks the lengths of weights and arena.
pub(crate) fn lengths<N: Network>(weights: &[f32], arena: &[f32]) -> Result<(), RunError> {
    if weights.len() != N::WEIGHTS_LEN {
        return Err(RunError::Weights { expected: N::WEIGHTS_LEN, found: weights.len() });
    }
    if arena.len() < N::ARENA_LEN {
        return Err(RunError::Arena { expected: N::ARENA_LEN, found: arena.len() });
    }
    Ok(())
}

/// Runs step after step; `after` sees the machine, and the number of the layer.
pub(crate) fn steps<N: Network, M: Machine, E: From<RunError>>(
    machine: &mut M,
    customs: Customs,
    weights: &[f32],
    arena: &[Cell<f32>],
    mut after: impl FnMut(&mut M, usize) -> Result<(), E>,
) -> Result<(), E> {
    let mut progress = Progress::new(weights);
    let mut program = N::PROGRAM;
    while let Some((code, layer, words, rest)) = split(program) {
        step::<N, M>(machine, (code, layer), words, arena, &mut progress, customs)?;
        after(machine, layer)?;
        program = rest;
    }
    Ok(())
}

/// Runs one step, of a layer given by its kernel and its number.
#[inline(always)]
pub(crate) fn step<'a, N: Network, M: Machine>(
    machine: &mut M,
    (code, layer): (u8, usize),
    words: &'a [u32],
    arena: &'a [Cell<f32>],
    progress: &mut Progress<'a>,
    customs: Customs,
) -> Result<(), RunError> {
    match execute::<N, M>(code, machine, Step::new(words, arena, progress, customs)) {
        Some(()) => Ok(()),
        None => Err(match progress.refusal {
            Some(Refusal::Index { position, found, rows }) => RunError::Index { layer, position, found, rows },
            None => RunError::Program { layer },
        }),
    }
}

impl<N: Network> Kernels for N {
    const MASK: u128 = <N as Network>::MASK;
}

// The kernels of a network are told by the bits of a u128.
const _: () = assert!(Op::COUNT <= 128);
