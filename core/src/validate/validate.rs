//! The proof: what is declared against what is executed, layer by layer, in an arena where only what lives has a value.

use core::cell::Cell;
use core::fmt;

use crate::base::math::add;
use crate::cost::layer::Layer;
use crate::deploy::deployed::Deployed;
use crate::kernel::counting::Counting;
use crate::kernel::custom::Customs;
use crate::kernel::step::Progress;
use crate::memory::plan::Plan;
use crate::network::Network;
use crate::op::work::Census;
use crate::program::program::split;
use crate::run::engine;
use crate::run::engine::{Outputs, RunError};

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
    /// A layer has written over a tensor that is read later.
    Overwrites {
        /// The layer.
        layer: &'static Layer,
    },
    /// A layer's output changes with what lies in memory that nobody has written.
    Unwritten {
        /// The layer.
        layer: &'static Layer,
    },
    /// A layer has written behind [`ARENA_LEN`](Network::ARENA_LEN).
    Beyond {
        /// The layer.
        layer: &'static Layer,
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
            ValidateError::Overwrites { layer } => {
                write!(f, "layer `{}` ({}) overwrites a tensor that is read later", layer.name, layer.operator)
            }
            ValidateError::Unwritten { layer } => write!(
                f,
                "layer `{}` ({}) reads memory that nobody has written: its output changes with what lies there",
                layer.name, layer.operator
            ),
            ValidateError::Beyond { layer } => {
                write!(f, "layer `{}` ({}) writes behind the end of the arena", layer.name, layer.operator)
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
    each: impl FnMut(&Measured),
) -> Result<Validated<'a>, ValidateError> {
    engine::lengths::<N>(weights, arena)?;
    let cells = Cell::from_mut(&mut *arena).as_slice_of_cells();
    let guards = Guards::set(cells.get(N::ARENA_LEN..).unwrap_or(&[]));
    let total = steps::<N>(weights, cells, &guards, each);
    guards.lift();
    let total = total?;
    let total = Validated {
        census: total.census,
        macs: total.macs,
        padding: total.padding,
        param_bytes: 4 * total.params,
        // An input that no layer reads takes its place all the same.
        arena_bytes: 4 * (total.arena as u64).max(const { inputs_end(N::GRAPH, N::PLAN) }),
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

/// Runs step after step, each once more where it leaves its operands as they are, and gives what was counted in all.
fn steps<'a, N: Network>(
    weights: &'a [f32],
    cells: &'a [Cell<f32>],
    guards: &Guards<'_>,
    mut each: impl FnMut(&Measured),
) -> Result<Counting, ValidateError> {
    let customs = Customs::Counting(N::COUNTING_KERNELS);
    let arena = cells.get(..N::ARENA_LEN).unwrap_or(&[]);
    let (mut total, mut progress, mut program) = (Counting::default(), Progress::new(weights), N::PROGRAM);
    while let Some((code, node, words, rest)) = split(program) {
        let execute = |machine: &mut Counting, progress: &mut Progress<'a>| {
            engine::step::<N, _>(machine, (code, node), words, cells, progress, customs)
        };
        let layer = node.checked_sub(N::INPUTS.len()).and_then(|index| N::LAYERS.get(index));
        let (Some(layer), Some(place)) = (layer, N::PLACES.get(node)) else {
            return Err(RunError::Program { layer: node }.into());
        };
        let tenants = Tenants { arena, places: N::PLACES, node };
        let output = arena.get(place.from as usize..place.to as usize).unwrap_or(&[]);

        let (mut machine, mut before) = (Counting::default(), progress);
        tenants.poison_rest(f32::NAN);
        let (kept, read) = tenants.digests();
        execute(&mut machine, &mut progress)?;
        if !guards.are_whole() {
            return Err(ValidateError::Beyond { layer });
        }
        let measured = Measured {
            layer,
            census: machine.census,
            macs: machine.macs,
            padding: machine.padding,
            param_bytes: 4 * machine.params,
            arena_bytes: 4 * machine.arena as u64,
        };
        compare(&measured, 4 * place.end as u64)?;
        let (kept_after, read_after) = tenants.digests();
        if kept != kept_after {
            return Err(ValidateError::Overwrites { layer });
        }
        if read == read_after {
            // Its operands are as they were: with other numbers around them, it must give the same.
            let first = digest(FIRST, output);
            tenants.poison_rest(f32::MAX);
            execute(&mut Counting::default(), &mut before)?;
            if first != digest(FIRST, output) {
                return Err(ValidateError::Unwritten { layer });
            }
        }
        each(&measured);
        total = Counting {
            census: total.census.plus(&machine.census),
            macs: total.macs + machine.macs,
            padding: total.padding + machine.padding,
            params: total.params + machine.params,
            arena: total.arena.max(machine.arena),
        };
        program = rest;
    }
    Ok(total)
}

/// Words behind the arena that no layer may write.
struct Guards<'a> {
    cells: &'a [Cell<f32>],
    saved: [f32; Guards::COUNT],
}

impl<'a> Guards<'a> {
    const COUNT: usize = 8;
    const PATTERN: u32 = 0xA5A5_A5A5;

    /// Takes the first words behind the arena, if there are any.
    fn set(behind: &'a [Cell<f32>]) -> Self {
        let cells = behind.get(..Self::COUNT).unwrap_or(behind);
        let mut saved = [0.0; Self::COUNT];
        for (cell, saved) in cells.iter().zip(&mut saved) {
            *saved = cell.replace(f32::from_bits(Self::PATTERN));
        }
        Guards { cells, saved }
    }

    fn are_whole(&self) -> bool {
        self.cells.iter().all(|cell| cell.get().to_bits() == Self::PATTERN)
    }

    /// Writes back what was there.
    fn lift(&self) {
        for (cell, &saved) in self.cells.iter().zip(&self.saved) {
            cell.set(saved);
        }
    }
}

/// Where a node's tensor lies in the arena, in elements, and the last node that reads it. It follows from the graph
/// and the offsets alone, so that the planner's own account of lifetimes is put to the proof.
#[derive(Clone, Copy)]
pub struct Place {
    from: u32,
    /// Not behind `from` if it has no memory of its own.
    to: u32,
    last: u16,
    /// The end of the part of the arena that the node's operands and its output take.
    end: u32,
}

impl Place {
    const NONE: Place = Place { from: 0, to: 0, last: 0, end: 0 };

    /// The place of every node.
    pub(crate) const fn table<const L: usize>(deployed: &Deployed, plan: &Plan) -> [Place; L] {
        let (graph, live) = (&deployed.graph, &deployed.live);
        let mut places = [Place::NONE; L];
        let mut node = 0;
        while node < graph.len() {
            let this = graph.node(node);
            let behind = add(plan.offset(live, node), graph.memory(node));
            let mut end = if live.is_view(node) { end_of(deployed, plan, node) } else { behind };
            let mut input = 0;
            while input < this.inputs as usize {
                let operand = end_of(deployed, plan, graph.operand(node, input));
                if operand > end {
                    end = operand;
                }
                input += 1;
            }
            if graph.scratch(node) > 0 {
                let scratch = add(plan.scratch(node), graph.scratch(node));
                if scratch > end {
                    end = scratch;
                }
            }
            places[node].end = end as u32;
            if live.root[node] as usize == node {
                places[node].from = plan.offset(live, node) as u32;
                places[node].to = behind as u32;
                places[node].last = live.last_use[node];
            }
            node += 1;
        }
        places
    }
}

/// The tensors that live while a node runs, its output not among them.
#[derive(Clone, Copy)]
struct Tenants<'a> {
    arena: &'a [Cell<f32>],
    places: &'static [Place],
    node: usize,
}

impl<'a> Tenants<'a> {
    fn places(self) -> impl Iterator<Item = &'static Place> {
        let is_alive = move |place: &&Place| place.from < place.to && place.last as usize >= self.node;
        self.places.get(..self.node).unwrap_or(&[]).iter().filter(is_alive)
    }

    /// What stands in the tensors that are read by later nodes, and in those that this one is the last to read.
    fn digests(self) -> (u64, u64) {
        let (mut kept, mut read) = (FIRST, FIRST);
        for place in self.places() {
            let cells = self.arena.get(place.from as usize..place.to as usize).unwrap_or(&[]);
            let of = if place.last as usize > self.node { &mut kept } else { &mut read };
            *of = digest(*of, cells);
        }
        (kept, read)
    }

    /// Fills what none of them takes.
    fn poison_rest(self, poison: f32) {
        let mut at = 0;
        while at < self.arena.len() {
            // The lowest of those that reach further.
            let next = self.places().filter(|place| place.to as usize > at).min_by_key(|place| place.from);
            let (from, to) =
                next.map_or((self.arena.len(), self.arena.len()), |place| (place.from as usize, place.to as usize));
            for cell in self.arena.get(at..from).unwrap_or(&[]) {
                cell.set(poison);
            }
            at = to;
        }
    }
}

const FIRST: u64 = 0xCBF2_9CE4_8422_2325;

/// Goes on with a digest: Fowler, Noll and Vo's hash FNV-1a, a number at a time.
fn digest(digest: u64, cells: &[Cell<f32>]) -> u64 {
    cells.iter().fold(digest, |digest, cell| (digest ^ cell.get().to_bits() as u64).wrapping_mul(0x100_0000_01B3))
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

const fn inputs_end(deployed: &Deployed, plan: &Plan) -> u64 {
    let mut end = 0;
    let mut node = 0;
    while node < deployed.graph.input_count {
        let input = end_of(deployed, plan, node);
        if input > end {
            end = input;
        }
        node += 1;
    }
    end
}

const fn end_of(deployed: &Deployed, plan: &Plan, node: usize) -> u64 {
    add(plan.offset(&deployed.live, node), deployed.graph.node(node).shape.elements)
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::string::ToString;

    use super::*;
    use crate::base::shape::Shape;
    use crate::graph::settings::Settings;
    use crate::graph::tensor::Builder;
    use crate::program::program::Program;
    use crate::testing::testing::vec;

    /// `x.sigmoid() + x`
    const GRAPH: &Deployed = {
        let mut network = Deployed::new(Settings::new());
        let builder = Builder::new(network.graph_mut(), "Sum");
        let x = builder.input("x", Shape::new(&[4]));
        let y = x.sigmoid().add(x);
        builder.output(y, y.shape());
        builder.finish();
        network.deploy();
        &{ network }
    };

    /// The tensors lie one upon the other.
    struct Collapsed;

    impl Network for Collapsed {
        const NAME: &'static str = "Collapsed";
        const GRAPH: &'static Deployed = GRAPH;
        const PLAN: &'static Plan = &Self::GRAPH.plan().collapsed();
    }

    /// Its last step writes to where the arena ends.
    struct Damaged;

    impl Network for Damaged {
        const NAME: &'static str = "Damaged";
        const GRAPH: &'static Deployed = GRAPH;
        const WHOLE_PROGRAM: &'static Program = &{
            let mut program = Program::new(Self::GRAPH, Self::PLAN);
            let mut word = program.len;
            // The last word that is the offset of an output: behind the header of the last step.
            while program.words[word] >> 19 == 0 {
                word -= 1;
            }
            program.words[word + 1] = Self::PLAN.len as u32;
            program
        };
    }

    fn error<N: Network>() -> ValidateError {
        let mut arena = vec![0.5; N::ARENA_LEN + 6];
        let error = N::validate(&[], &mut arena, |_| ()).expect_err("the network is damaged");
        assert!(arena[N::ARENA_LEN..].iter().all(|&x| x == 0.5), "the guards are lifted");
        error
    }

    #[test]
    fn a_plan_that_lays_a_tensor_on_one_that_is_alive_is_refused() {
        assert_eq!(error::<Collapsed>().to_string(), "layer `0` (sigmoid) overwrites a tensor that is read later");
    }

    #[test]
    fn a_step_that_writes_behind_the_arena_is_refused() {
        assert_eq!(error::<Damaged>().to_string(), "layer `1` (add) writes behind the end of the arena");
    }
}
