//! A network in 8-bit integers that has been started: what keeps state from one run to the next.

use crate::quantized::engine;
use crate::quantized::memory::{Arena, Weights};
use crate::quantized::network::{Quantized, Streamed};
use crate::quantized::recipe::Recipe;
use crate::run::error::RunError;
use crate::run::outputs::Outputs;

/// A network in 8-bit integers with its weights and its arena, in which it keeps state from one run to the next: what its
/// `start` returns.
#[derive(Debug)]
pub struct QuantizedRunner<'a, N: Quantized> {
    weights: &'a Weights<N>,
    arena: &'a mut Arena<N>,
}

impl<'a, N: Quantized> QuantizedRunner<'a, N> {
    /// Starts a network.
    #[doc(hidden)]
    pub fn new(weights: &'a Weights<N>, arena: &'a mut Arena<N>) -> Self {
        let mut runner = QuantizedRunner { weights, arena };
        runner.reset();
        runner
    }

    /// Gives the state the numbers that it starts with.
    pub fn reset(&mut self) {
        let mut rest = self.arena.bytes.as_mut();
        for &(elements, value) in self.weights.recipe.states() {
            let Some((state, after)) = rest.split_at_mut_checked(elements as usize) else { return };
            state.fill(value);
            rest = after;
        }
    }

    /// Where the first input's data goes, before each run.
    pub fn input(&mut self) -> &mut [i8] {
        self.arena.input()
    }

    /// Where the data of the input with this number goes. Empty if there is no such input.
    pub fn input_at(&mut self, index: usize) -> &mut [i8] {
        self.arena.input_at(index)
    }

    /// Runs the network on the inputs, and keeps its state for the next run. The result derefs to the first output.
    ///
    /// # Errors
    /// If the steps are damaged, which only corrupted flash can cause.
    pub fn run(&mut self) -> Result<Outputs<'_, i8>, RunError> {
        self.run_each(|_| ())
    }

    /// The same, calling `after` with the index in [`LAYERS`](crate::Network::LAYERS) of each layer that a kernel has run.
    ///
    /// # Errors
    /// As [`run`](QuantizedRunner::run).
    pub fn run_each(&mut self, after: impl FnMut(usize)) -> Result<Outputs<'_, i8>, RunError> {
        const { N::ASSERT }
        engine::steps(self.weights, self.arena, 0, after)
    }
}

/// A network in 8-bit integers that is fed with the rows of its input: what the `start` of a network with `stream` returns.
///
/// A row is all channels of all positions of a line of the image. As soon as it is there, everything that it makes
/// possible is computed; so the input is nowhere in memory as a whole. Besides the arena, the runner takes four bytes for
/// each layer that runs by rows.
#[derive(Debug)]
pub struct RowRunner<'a, N: Streamed> {
    weights: &'a Weights<N>,
    arena: &'a mut Arena<N>,
    made: N::Made,
}

impl<'a, N: Streamed> RowRunner<'a, N> {
    /// Starts a network.
    #[doc(hidden)]
    pub fn new(weights: &'a Weights<N>, arena: &'a mut Arena<N>) -> Self {
        RowRunner { weights, arena, made: N::NOTHING }
    }

    /// Forgets the rows that were fed.
    pub fn reset(&mut self) {
        self.made = N::NOTHING;
    }

    /// Takes the next row of the input, and computes what it makes possible.
    ///
    /// # Errors
    /// If it has the wrong length or there are no more rows: then nothing is computed, and the rows so far are kept.
    pub fn feed_row(&mut self, row: &[i8]) -> Result<(), RunError> {
        let (expected, _, _) = engine::by_rows(self.weights).input(&[]);
        if row.len() != expected {
            return Err(RunError::Row { expected, found: row.len() });
        }
        self.feed(row)
    }

    /// Takes the next rows of the input, one after the other: any number of them, up to all.
    ///
    /// # Errors
    /// If their length is not that of whole rows, or they are too many: then nothing is computed, and the rows so far are
    /// kept.
    pub fn feed(&mut self, rows: &[i8]) -> Result<(), RunError> {
        engine::feed(self.weights, self.arena, self.made.as_mut(), rows, &mut |_| ())
    }

    /// Computes what is left after the last row. The result derefs to the first output; the next row that is fed is the
    /// first of another input.
    ///
    /// # Errors
    /// If rows are missing, which can still be fed; or if the steps are damaged, which only corrupted flash can cause.
    pub fn run(&mut self) -> Result<Outputs<'_, i8>, RunError> {
        self.run_each(|_| ())
    }

    /// The same, calling `after` with the index in [`LAYERS`](crate::Network::LAYERS) of each layer that is done.
    ///
    /// # Errors
    /// As [`run`](RowRunner::run).
    pub fn run_each(&mut self, mut after: impl FnMut(usize)) -> Result<Outputs<'_, i8>, RunError> {
        engine::finish(self.weights, self.arena, self.made.as_mut(), &mut after)
    }
}
