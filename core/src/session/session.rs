//! A session: a network ready to run on a host.

use std::fmt;
use std::marker::PhantomData;

use crate::declared::Declared;
use crate::deploy::deployed::Deployed;
use crate::kernel::custom::Customs;
use crate::run::error::RunError;
use crate::session::isa::Isa;
use crate::session::lower::{Lowered, lower};
use crate::session::portable::Engine;
use crate::session::step::Ran;
use crate::tables::Tables;

/// A network that is ready to run on a host: weights packed for its SIMD instructions, chosen at run time, and memory
/// of its own on the heap, which no number of netcost counts.
///
/// Its outputs are those of [`run`](crate::Network::run) up to rounding: sums are taken in another order, and a
/// normalisation is multiplied into the weights of the layer before it. It is single-threaded.
///
/// ```
/// # use netcost_core as netcost;
/// # use netcost::Network;
/// # fn scores<N: Network>(weights: &[f32], features: &[f32]) -> Result<(), netcost::RunError> {
/// let mut session = N::session(weights)?;
/// session.input().copy_from_slice(features);
/// let scores: &[f32] = session.run()?;
/// # Ok(())
/// # }
/// ```
pub struct Session<N> {
    pub(crate) lowered: Lowered,
    network: PhantomData<fn() -> N>,
}

impl<N: Declared> Session<N> {
    pub(crate) fn of(weights: &[f32]) -> Result<Self, RunError> {
        let engine = Engine::new::<Tables<N>>(Customs::Plain(Tables::<N>::PLAIN_KERNELS));
        Session::new(engine, N::GRAPH, weights)
    }
}

impl<N> Session<N> {
    /// A session of a network.
    pub(crate) fn new(engine: Engine, deployed: &Deployed, weights: &[f32]) -> Result<Self, RunError> {
        let expected = deployed.cost.weights as usize;
        if weights.len() != expected {
            return Err(RunError::Weights { expected, found: weights.len() });
        }
        Ok(Session { lowered: lower(Isa::detect(), engine, deployed, weights), network: PhantomData })
    }

    /// The first input, which keeps its values until you write it again.
    pub fn input(&mut self) -> &mut [f32] {
        self.input_at(0)
    }

    /// The input with this index. Empty if there is none.
    pub fn input_at(&mut self, index: usize) -> &mut [f32] {
        match self.lowered.inputs.get(index) {
            Some(&input) => self.lowered.memory.slice_mut(input),
            None => &mut [],
        }
    }

    /// Runs the network on the inputs, and returns the first output.
    ///
    /// # Errors
    /// If an [`embedding`](crate::graph::tensor::Tensor::embedding) reads a value that is not the index of a row.
    pub fn run(&mut self) -> Result<&[f32], RunError> {
        self.lowered.run(|_| ())?;
        Ok(self.output(0).unwrap_or(&[]))
    }

    /// The output with this index from the last run, if there is one.
    pub fn output(&self, index: usize) -> Option<&[f32]> {
        self.lowered.outputs.get(index).map(|&output| self.lowered.memory.slice(output))
    }
}

impl Lowered {
    /// Runs all steps; `after` gets the number of each finished layer.
    pub(crate) fn run(&mut self, mut after: impl FnMut(usize)) -> Ran {
        for (index, step) in self.steps.iter().enumerate() {
            step.kernel.run(self.isa, &mut self.memory)?;
            if self.steps.get(index + 1).is_none_or(|next| next.layer != step.layer) {
                after(step.layer);
            }
        }
        Ok(())
    }
}

impl<N: Declared> fmt::Debug for Session<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("network", &Tables::<N>::NAME)
            .field("steps", &self.lowered.steps.len())
            .field("bytes", &self.lowered.memory.bytes())
            .finish_non_exhaustive()
    }
}
