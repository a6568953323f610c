//! The proof: compares what is declared with what is executed, layer by layer, in an arena where everything but live
//! tensors is NaN.

use core::cell::Cell;

use crate::cost::layer::Layer;
use crate::declared::Declared;
use crate::kernel::counting::Counting;
use crate::kernel::custom::Customs;
use crate::kernel::mask::Kernels;
use crate::kernel::step::Progress;
use crate::op::work::Census;
use crate::program::places::{Place, inputs_end};
use crate::program::program::split;
use crate::run::engine::{Executable, step};
use crate::run::error::RunError;
use crate::run::outputs::Outputs;
use crate::tables::Tables;
use crate::validate::error::ValidateError;
use crate::validate::poison::{FIRST, Guards, Tenants, digest};

/// What the counting machine measured for one layer. It equals what the layer declares; otherwise the validation fails
/// with a [`ValidateError`].
#[derive(Clone, Copy)]
pub struct Measured {
    /// The layer as declared.
    pub layer: &'static Layer,
    /// The operations executed.
    pub census: Census,
    /// The multiply-accumulates executed.
    pub macs: u64,
    /// The multiply-accumulates skipped because they fall on padding.
    pub padding: u64,
    /// The bytes of parameters read.
    pub param_bytes: u64,
    /// The end, in bytes, of the part of the arena that the layer used.
    pub arena_bytes: u64,
}

/// The totals a validation measured, and the outputs of the run.
#[derive(Clone, Copy, Debug)]
pub struct Validated<'a> {
    /// The operations executed.
    pub census: Census,
    /// The multiply-accumulates executed.
    pub macs: u64,
    /// The multiply-accumulates skipped because they fall on padding.
    pub padding: u64,
    /// The bytes of parameters read.
    pub param_bytes: u64,
    /// The arena's high-water mark, in bytes.
    pub arena_bytes: u64,
    /// The outputs.
    pub outputs: Outputs<'a>,
}

/// What a network declares about its run.
#[derive(Clone, Copy)]
pub(crate) struct Claims<'a> {
    pub layers: &'static [Layer],
    pub places: &'a [Place],
    pub macs: u64,
    pub operations: u64,
    pub param_bytes: u64,
    pub arena_bytes: u64,
    /// The end of its inputs in the arena, in elements: one that no layer reads takes space as well.
    pub inputs_end: u64,
}

impl Claims<'static> {
    /// A declared network's.
    pub fn of<D: Declared>() -> Self {
        Claims {
            layers: Tables::<D>::LAYERS,
            places: Tables::<D>::PLACES,
            macs: const { D::GRAPH.cost.macs_executed },
            operations: const { D::GRAPH.cost.census_executed.total() },
            param_bytes: const { D::GRAPH.cost.weight_bytes + D::GRAPH.cost.shared_weight_bytes },
            arena_bytes: Tables::<D>::ARENA_BYTES,
            inputs_end: const { inputs_end(D::GRAPH, Tables::<D>::PLAN) },
        }
    }
}

/// Runs a network on the counting machine, and compares.
pub(crate) fn run<'a, K: Kernels>(
    executable: Executable<'a>,
    customs: Customs,
    claims: Claims<'_>,
    weights: &[f32],
    arena: &'a mut [f32],
    each: impl FnMut(&Measured),
) -> Result<Validated<'a>, ValidateError> {
    executable.lengths(weights, arena)?;
    let cells = Cell::from_mut(&mut *arena).as_slice_of_cells();
    let guards = Guards::set(cells.get(executable.arena_len..).unwrap_or(&[]));
    let total = steps::<K>(executable, customs, claims, weights, cells, &guards, each);
    guards.lift();
    let total = total?;
    let total = Validated {
        census: total.census,
        macs: total.macs,
        padding: total.padding,
        param_bytes: 4 * total.params,
        arena_bytes: 4 * (total.arena as u64).max(claims.inputs_end),
        outputs: Outputs::new(arena, executable.outputs),
    };
    for (quantity, declared, measured) in [
        ("multiply-accumulates", claims.macs, total.macs),
        ("operations", claims.operations, total.census.total()),
        ("bytes of parameters", claims.param_bytes, total.param_bytes),
        ("bytes of arena", claims.arena_bytes, total.arena_bytes),
    ] {
        if declared != measured {
            return Err(ValidateError::Mismatch { layer: None, quantity, declared, measured });
        }
    }
    Ok(total)
}

/// Runs all steps, twice where a step does not overwrite its operands, and returns the total counts.
fn steps<'a, K: Kernels>(
    executable: Executable<'a>,
    customs: Customs,
    claims: Claims<'_>,
    weights: &'a [f32],
    cells: &'a [Cell<f32>],
    guards: &Guards<'_>,
    mut each: impl FnMut(&Measured),
) -> Result<Counting, ValidateError> {
    let arena = cells.get(..executable.arena_len).unwrap_or(&[]);
    let (mut total, mut progress, mut program) = (Counting::default(), Progress::new(weights), executable.program);
    while let Some((code, number, words, rest)) = split(program) {
        let execute = |machine: &mut Counting, progress: &mut Progress<'a>| {
            step::<K, _>(machine, (code, number), words, (cells, weights), progress, customs)
        };
        let node = executable.input_count + number;
        let (Some(layer), Some(place)) = (claims.layers.get(number), claims.places.get(node)) else {
            return Err(RunError::Program { layer: number }.into());
        };
        let tenants = Tenants { arena, places: claims.places, time: place.made };
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
            // Its operands are unchanged: with different filler around them, it must give the same bits.
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
    mismatch("bytes of parameters", cost.weight_bytes + cost.shared_weight_bytes, measured.param_bytes)?;
    mismatch("bytes of arena", arena_end, measured.arena_bytes)
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::boxed::Box;
    use std::string::{String, ToString};

    use crate::deploy::deployed::Deployed;
    use crate::graph::settings::Settings;
    use crate::testing::built::Built;
    use crate::testing::testing::{Array, build, vec, with_room};

    fn sum() -> Box<Deployed> {
        build(Settings::new(), &[Array::numbers(&[4])], &|_, x| vec![x[0].sigmoid().add(x[0])])
    }

    /// Why `x.sigmoid() + x` is refused, when it is damaged.
    fn error(damage: fn(&mut Built)) -> String {
        with_room(|| {
            let mut built = Built::new(sum());
            damage(&mut built);
            let end = built.plan.len as usize;
            let mut arena = vec![0.5; end + 6];
            let error = built.validate(&[], &mut arena).expect_err("the network is damaged").to_string();
            assert!(arena[end..].iter().all(|&x| x == 0.5), "the guards are lifted");
            error
        })
    }

    #[test]
    fn a_plan_that_lays_a_tensor_on_one_that_is_alive_is_refused() {
        let error = error(|built| {
            *built = Built::planned(sum(), built.plan.collapsed());
        });
        assert_eq!(error, "layer `0` (sigmoid) overwrites a tensor that is read later");
    }

    #[test]
    fn a_step_that_writes_past_the_arena_is_refused() {
        let error = error(|built| {
            // The last header, and after it the offset of its step's output.
            let header = built.program.iter().rposition(|word| word >> 19 != 0).expect("a step");
            built.program[header + 1] = built.plan.len as u32;
        });
        assert_eq!(error, "layer `1` (add) writes past the end of the arena");
    }
}
