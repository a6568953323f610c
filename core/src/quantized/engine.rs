//! The loop over the steps.

use core::cell::Cell;
use core::marker::PhantomData;

use crate::int8::kernel::Kernels;
use crate::kernel;
use crate::quantized::feed::{Feed, Made, Watch};
use crate::quantized::memory::{Arena, Weights};
use crate::quantized::network::{Quantized, Streamed};
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
    steps(weights, arena, 0, after)
}

/// Runs a network that runs row by row, on all rows of its input; `after` is given the number of each layer that has made
/// its last row.
///
/// # Errors
/// If the input has the wrong length, or a kernel finds its step malformed, which only corrupted flash can cause.
#[doc(hidden)]
pub fn run_by_rows<'a, N: Streamed>(
    weights: &Weights<N>,
    arena: &'a mut Arena<N>,
    input: &[i8],
    mut after: impl FnMut(usize),
) -> Result<Outputs<'a, i8>, RunError> {
    run_watched(weights, arena, input, &mut after)
}

/// The same, watched row by row.
pub(crate) fn run_watched<'a, N: Streamed>(
    weights: &Weights<N>,
    arena: &'a mut Arena<N>,
    input: &[i8],
    watch: &mut impl Watch,
) -> Result<Outputs<'a, i8>, RunError> {
    let mut made = N::NOTHING;
    feed(weights, arena, made.as_mut(), input, watch)?;
    finish(weights, arena, made.as_mut(), watch)
}

/// What runs by rows.
pub(crate) fn by_rows<N: Streamed>(weights: &Weights<N>) -> Feed<'_> {
    const { N::ASSERT };
    Feed {
        segments: const { Tables::<N>::SEGMENTS },
        rings: const { Tables::<N>::RINGS },
        passes: const { Tables::<N>::PASSES },
        steps: weights.recipe.steps(),
        weights: weights.bytes.as_ref(),
    }
}

/// Feeds a network with some of the rows of its input.
pub(crate) fn feed<N: Streamed>(
    weights: &Weights<N>,
    arena: &mut Arena<N>,
    made: &mut [Made],
    rows: &[i8],
    watch: &mut impl Watch,
) -> Result<(), RunError> {
    let feed = by_rows(weights);
    let (expected, height, given) = feed.input(made);
    let count = rows.len().checked_div(expected).unwrap_or(0);
    if count == 0 || rows.len().checked_rem(expected) != Some(0) {
        return Err(RunError::Row { expected, found: rows.len() });
    }
    if given + count > height {
        return Err(RunError::Rows { expected: height, found: given + count });
    }
    for row in kernel::step::rows(rows, expected) {
        feed.row::<Used<N>>(arena.bytes.as_mut(), made, row, watch)?;
    }
    Ok(())
}

/// Runs what is left after all rows were fed.
pub(crate) fn finish<'a, N: Streamed>(
    weights: &Weights<N>,
    arena: &'a mut Arena<N>,
    made: &mut [Made],
    watch: &mut impl Watch,
) -> Result<Outputs<'a, i8>, RunError> {
    let feed = by_rows(weights);
    let (_, expected, found) = feed.input(made);
    if found != expected {
        return Err(RunError::Rows { expected, found });
    }
    feed.rest::<Used<N>>(arena.bytes.as_mut(), made, watch)?;
    made.fill(Made::NONE);
    watch.rest(&feed, arena.bytes.as_mut());
    steps(weights, arena, const { Tables::<N>::STREAM.len }, |layer| watch.after(layer))
}

/// Runs step after step, from one on.
pub(crate) fn steps<'a, N: Quantized>(
    weights: &Weights<N>,
    arena: &'a mut Arena<N>,
    from: usize,
    mut after: impl FnMut(usize),
) -> Result<Outputs<'a, i8>, RunError> {
    // An arena that this target cannot address is an error, and its type has no bytes.
    const { Tables::<N>::ARENA_LEN };
    let cells = Cell::from_mut(arena.bytes.as_mut()).as_slice_of_cells();
    for step in weights.recipe.steps().get(from..).unwrap_or(&[]) {
        let layer = step.layer as usize;
        step.run::<Used<N>>(cells, weights.bytes.as_ref()).ok_or(RunError::Program { layer })?;
        after(layer);
    }
    Ok(Outputs::new(arena.bytes.as_ref(), const { &Tables::<N>::VIEWS.outputs }))
}
