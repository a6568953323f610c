//! The loop over the steps.

use core::cell::Cell;
use core::marker::PhantomData;

use crate::int8::kernel::Kernels;
use crate::quantized::memory::{Arena, Weights};
use crate::quantized::network::Quantized;
use crate::quantized::recipe::Recipe;
use crate::run::error::RunError;
use crate::run::outputs::Outputs;
use crate::tables::Tables;

/// The kernels that a network uses.
struct Used<N>(PhantomData<N>);

impl<N: Quantized> Kernels for Used<N> {
    const MASK: u32 = N::KERNELS;
}

/// Runs a network that keeps no state on the inputs in its arena; `after` is given the number of each layer that a kernel
/// has run.
///
/// # Errors
/// If a kernel finds its step malformed, which only corrupted flash can cause.
#[doc(hidden)]
pub fn run<'a, N: Quantized>(
    weights: &Weights<N>,
    arena: &'a mut Arena<N>,
    after: impl FnMut(usize),
) -> Result<Outputs<'a, i8>, RunError> {
    const { (N::ASSERT, N::STATELESS).1 }
    steps(weights, arena, after)
}

/// Runs step after step.
pub(crate) fn steps<'a, N: Quantized>(
    weights: &Weights<N>,
    arena: &'a mut Arena<N>,
    mut after: impl FnMut(usize),
) -> Result<Outputs<'a, i8>, RunError> {
    // An arena that this target cannot address is an error, and its type has no bytes.
    const { Tables::<N>::ARENA_LEN };
    let cells = Cell::from_mut(arena.bytes.as_mut()).as_slice_of_cells();
    for step in weights.recipe.steps() {
        let layer = step.layer as usize;
        step.run::<Used<N>>(cells, weights.bytes.as_ref()).ok_or(RunError::Program { layer })?;
        after(layer);
    }
    Ok(Outputs::new(arena.bytes.as_ref(), const { &Tables::<N>::VIEWS.outputs }))
}
