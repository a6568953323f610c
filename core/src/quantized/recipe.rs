//! What is done with the weights of a network: its steps, and what its inputs and outputs stand for.

use core::marker::PhantomData;

use crate::declared::Declared;
use crate::graph::graph::Port;
use crate::int8::quantization::Quantization;
use crate::quantized::source::Source;
use crate::quantized::steps::{Step, mask, steps};
use crate::tables::Tables;
use crate::tflite::imported::Imported;

/// The steps of a network, and what its inputs and outputs stand for.
pub trait Recipe: 'static {
    /// The steps of the run.
    fn steps(&self) -> &[Step];

    /// How many numbers each of the tensors has that are kept from one run to the next, and what they are at the start.
    fn states(&self) -> &[(u32, i8)];

    /// What the input with this number stands for.
    fn input(&self, index: usize) -> Option<Quantization>;

    /// What the output with this number stands for.
    fn output(&self, index: usize) -> Option<Quantization>;
}

/// A network that is read from a file: what it does is known to its type.
// What needs all kernels is a generic function: a constant, or a plain function, would be evaluated for a network that is
// not run.
#[diagnostic::on_unimplemented(
    message = "the type `{Self}` does not say what its integers stand for: its weights do",
    label = "this network is declared, and not read from a file",
    note = "write `weights.quantize_input(&mut arena, ..)`"
)]
pub trait FromFile: Declared {
    /// The file.
    const IMPORTED: &'static Imported;

    /// The steps of the run.
    fn steps<Asked>() -> &'static [Step];

    /// What is kept from one run to the next.
    fn states<Asked>() -> &'static [(u32, i8)];

    /// The kernels in use, one bit each.
    const KERNELS: u32 = mask(&Source::of_file(Self::IMPORTED));
}

/// The recipe of a network that is read from a file, which takes no memory beside its weights.
pub struct OfType<N>(PhantomData<fn() -> N>);

impl<N> OfType<N> {
    /// The only one.
    pub const NEW: Self = OfType(PhantomData);
}

impl<N: FromFile> Recipe for OfType<N> {
    #[inline(always)]
    fn steps(&self) -> &[Step] {
        N::steps::<N>()
    }

    #[inline(always)]
    fn states(&self) -> &[(u32, i8)] {
        N::states::<N>()
    }

    fn input(&self, index: usize) -> Option<Quantization> {
        Tables::<N>::INPUTS.get(index).and_then(|port| port.quantization)
    }

    fn output(&self, index: usize) -> Option<Quantization> {
        Tables::<N>::OUTPUTS.get(index).and_then(|port| port.quantization)
    }
}

/// The recipe of a network that is declared, which comes with its weights.
pub struct WithWeights<const STEPS: usize, const INPUTS: usize, const OUTPUTS: usize> {
    steps: [Step; STEPS],
    inputs: [Quantization; INPUTS],
    outputs: [Quantization; OUTPUTS],
}

impl<const STEPS: usize, const INPUTS: usize, const OUTPUTS: usize> WithWeights<STEPS, INPUTS, OUTPUTS> {
    /// Made of what is known of a network's numbers.
    pub const fn new<D: Declared>(source: &Source<'_>) -> Self {
        WithWeights {
            steps: steps::<D, STEPS>(source),
            inputs: quantizations(Tables::<D>::INPUTS, source),
            outputs: quantizations(Tables::<D>::OUTPUTS, source),
        }
    }
}

/// What the tensors of some ports stand for.
const fn quantizations<const LEN: usize>(ports: &[Port], source: &Source<'_>) -> [Quantization; LEN] {
    let (mut all, mut i) = ([Quantization::UNIT; LEN], 0);
    while i < LEN {
        all[i] = source.quantization(ports[i].node as usize);
        i += 1;
    }
    all
}

impl<const STEPS: usize, const INPUTS: usize, const OUTPUTS: usize> Recipe for WithWeights<STEPS, INPUTS, OUTPUTS> {
    #[inline(always)]
    fn steps(&self) -> &[Step] {
        &self.steps
    }

    fn states(&self) -> &[(u32, i8)] {
        &[]
    }

    fn input(&self, index: usize) -> Option<Quantization> {
        self.inputs.get(index).copied()
    }

    fn output(&self, index: usize) -> Option<Quantization> {
        self.outputs.get(index).copied()
    }
}
