//! A network in 8-bit integers that has been started: what keeps state from one run to the next.

use crate::quantized::engine;
use crate::quantized::memory::{Arena, Weights};
use crate::quantized::network::Quantized;
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
        engine::steps(self.weights, self.arena, after)
    }
}
