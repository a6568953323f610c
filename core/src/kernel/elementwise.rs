//! Layers that work element by element: their loop, and the rest of a layer whose options are numbers.

use core::cell::Cell;

use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step};

/// The elements a step goes over: its words are the output, the input, and the number of elements.
pub(crate) struct Elements<'a> {
    input: &'a [Cell<f32>],
    output: &'a [Cell<f32>],
}

impl<'a> Elements<'a> {
    #[inline(always)]
    pub fn read<M: Machine>(machine: &mut M, step: &mut Step<'a, '_>) -> Option<Self> {
        let [out, x, elements] = step.words()?;
        let input = step.view(machine, x, elements as usize)?;
        let output = step.view(machine, out, elements as usize)?;
        Some(Elements { input, output })
    }

    /// Applies a function to each; the output may be the input's memory.
    #[inline(always)]
    pub fn map<M: Machine>(&self, machine: &mut M, function: impl Fn(&mut M, f32) -> f32) -> Ran {
        for (input, output) in self.input.iter().zip(self.output) {
            output.set(function(machine, input.get()));
        }
        Some(())
    }
}
