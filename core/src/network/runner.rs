//! A network that has been started: what keeps state from one run to the next.

use core::marker::PhantomData;

use crate::declared::Declared;
use crate::kernel::custom::Customs;
use crate::run::engine::Executable;
use crate::run::error::RunError;
use crate::run::outputs::Outputs;
use crate::tables::Tables;
use crate::validate::error::ValidateError;
use crate::validate::validate;
use crate::validate::validate::{Claims, Measured, Validated};

/// A network with its weights and its arena, in which it keeps state from one run to the next: what
/// [`Network::start`](crate::Network::start) returns.
#[derive(Debug)]
pub struct Runner<'a, N> {
    weights: &'a [f32],
    arena: &'a mut [f32],
    network: PhantomData<N>,
}

impl<'a, N: Declared> Runner<'a, N> {
    pub(super) fn new(weights: &'a [f32], arena: &'a mut [f32]) -> Result<Self, RunError> {
        const { (N::ASSERT, N::RUNS).1 }
        Executable::of::<N>().lengths(weights, arena)?;
        let mut runner = Runner { weights, arena, network: PhantomData };
        runner.reset();
        Ok(runner)
    }

    /// Gives the state the numbers that it starts with.
    pub fn reset(&mut self) {
        let mut rest = &mut *self.arena;
        for &(elements, value) in Tables::<N>::STATES {
            let Some((state, after)) = rest.split_at_mut_checked(elements) else { return };
            state.fill(value);
            rest = after;
        }
    }

    /// Where the first input's data goes, before each run.
    pub fn input(&mut self) -> &mut [f32] {
        self.input_at(0)
    }

    /// Where the data of the input with this number goes. Empty if there is no such input.
    pub fn input_at(&mut self, index: usize) -> &mut [f32] {
        let inputs = const { &Tables::<N>::VIEWS.inputs };
        inputs.get(index).map_or(&mut [], |view| view.of_mut(self.arena))
    }

    /// Runs the network on the inputs, and keeps its state for the next run. The result derefs to the first output.
    ///
    /// # Errors
    /// If an input is not what a layer takes, such as the index of a row. The state is reset then, as a part of it may have
    /// been changed.
    pub fn run(&mut self) -> Result<Outputs<'_>, RunError> {
        self.run_each(|_| ())
    }

    /// The same, calling `after` with the index in [`LAYERS`](crate::Network::LAYERS) of each layer that a kernel has run.
    ///
    /// # Errors
    /// As [`run`](Runner::run).
    pub fn run_each(&mut self, after: impl FnMut(usize)) -> Result<Outputs<'_>, RunError> {
        let customs = Customs::Plain(Tables::<N>::PLAIN_KERNELS);
        let executable = Executable::of::<N>();
        match executable.run_in::<Tables<N>>(customs, self.weights, self.arena, after) {
            Ok(()) => Ok(Outputs::new(self.arena, executable.outputs)),
            Err(error) => {
                self.reset();
                Err(error)
            }
        }
    }

    /// Runs the network on the machine that counts, as [`Network::validate`](crate::Network::validate) does, and keeps its
    /// state for the next run.
    ///
    /// # Errors
    /// As [`Network::validate`](crate::Network::validate). The state is as the failed run left it.
    pub fn validate(&mut self, each: impl FnMut(&Measured)) -> Result<Validated<'_>, ValidateError> {
        let customs = Customs::Counting(Tables::<N>::COUNTING_KERNELS);
        validate::run::<Tables<N>>(Executable::of::<N>(), customs, Claims::of::<N>(), self.weights, self.arena, each)
    }
}
