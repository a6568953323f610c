//! The memory of a run: its arena and its weights, as long as the network needs and aligned to words, by their types.

use core::fmt;

use crate::base::message::Text;
use crate::deploy::deployed::Deployed;
use crate::int8::quantization::Quantization;
use crate::quantized::matching::Matching;
use crate::quantized::network::{Quantized, TakesWeights};
use crate::quantized::recipe::{FromFile, OfType, Recipe, WithWeights};
use crate::quantized::source::Source;
use crate::quantized::steps::pack;
use crate::quantized::tensors::{Tensors, TypedTensor};
use crate::tables::Tables;
use crate::tflite::imported::Imported;

/// The memory that a run of a network in 8-bit integers works in: as long as it needs, and aligned to words.
#[repr(C, align(4))]
pub struct Arena<N: Quantized> {
    pub(crate) bytes: N::ArenaBytes,
}

/// The weights of a network in 8-bit integers, as its run reads them, aligned to words. With those of a network that is
/// declared go its steps, since only its weights say what its integers stand for.
#[repr(C, align(4))]
pub struct Weights<N: Quantized> {
    pub(crate) bytes: N::WeightBytes,
    pub(crate) recipe: N::Recipe,
}

impl<N: Quantized> Arena<N> {
    /// An arena of zeros.
    pub const fn new() -> Self {
        Arena { bytes: N::EMPTY }
    }

    /// Where the first input's data goes, before each run: it is as long as the input.
    pub fn input(&mut self) -> &mut [i8] {
        self.input_at(0)
    }

    /// Where the data of the input with this number goes. Empty if there is no such input.
    pub fn input_at(&mut self, index: usize) -> &mut [i8] {
        let inputs = const {
            check_input(N::GRAPH);
            &Tables::<N>::VIEWS.inputs
        };
        inputs.get(index).map_or(&mut [], |view| view.of_mut(self.bytes.as_mut()))
    }

    /// Writes the integers that are nearest to real numbers as the first input. What is too large for the input is left
    /// out.
    ///
    /// Only of a network that is read from a file does the type say what its integers stand for; of one that is declared,
    /// its [weights](Weights::quantize_input) do.
    pub fn quantize_input(&mut self, values: &[f32])
    where
        N: FromFile,
    {
        self.quantize_input_at(0, values);
    }

    /// The same for the input with this number.
    pub fn quantize_input_at(&mut self, index: usize, values: &[f32])
    where
        N: FromFile,
    {
        self.write(index, OfType::<N>::NEW.input(index), values);
    }

    fn write(&mut self, index: usize, quantization: Option<Quantization>, values: &[f32]) {
        let Some(quantization) = quantization else { return };
        for (input, &value) in self.input_at(index).iter_mut().zip(values) {
            *input = quantization.quantize(value);
        }
    }
}

/// Fails if the input of a network does not lie in its arena.
const fn check_input(deployed: &Deployed) {
    if deployed.graph.settings.stream {
        let text = Text::new().str("the input of `").str(deployed.graph.name);
        text.str("` does not lie in the arena: feed its rows, `net.feed_row(&row)`, or give all to `run`").fail();
    }
}

impl<N: Quantized> Default for Arena<N> {
    fn default() -> Self {
        Arena::new()
    }
}

impl<N: Quantized> Weights<N> {
    /// Weights as they were packed.
    #[doc(hidden)]
    pub const fn of(bytes: N::WeightBytes, recipe: N::Recipe) -> Self {
        Weights { bytes, recipe }
    }

    /// The number of the layer that a step runs.
    pub(crate) fn layer_of_step(&self, step: usize) -> Option<usize> {
        self.recipe.steps().get(step).map(|step| step.layer as usize)
    }

    /// What the integers of the input with this number stand for.
    pub fn input(&self, index: usize) -> Option<Quantization> {
        self.recipe.input(index)
    }

    /// What the integers of the output with this number stand for.
    pub fn output(&self, index: usize) -> Option<Quantization> {
        self.recipe.output(index)
    }

    /// Writes the integers that are nearest to real numbers as the first input, channels last. What is too large for the
    /// input is left out.
    pub fn quantize_input(&self, arena: &mut Arena<N>, values: &[f32]) {
        self.quantize_input_at(arena, 0, values);
    }

    /// The same for the input with this number.
    pub fn quantize_input_at(&self, arena: &mut Arena<N>, index: usize, values: &[f32]) {
        arena.write(index, self.input(index), values);
    }
}

/// The weights of a network that is declared, from the tensors of a file: what `weights!` evaluates to.
///
/// # Panics
/// If the file's tensors are not the network's, or a layer has no kernel; in a const, that is a compile error.
#[track_caller]
pub const fn weights<N, const BYTES: usize, const STEPS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    tensors: &[TypedTensor<'_>],
    bytes: &[u8],
) -> Weights<N>
where
    N: TakesWeights<BYTES, STEPS, INPUTS, OUTPUTS>,
{
    let () = N::ASSERT;
    // Of a network with an error, which was told, nothing is asked.
    let found = Tensors::new(N::GRAPH, if N::GRAPH.graph.stub { &[] } else { tensors }, bytes);
    let source = Source::of_tensors(&found);
    Weights::of(pack(&source), WithWeights::new::<N>(&source))
}

/// The same from a `.tflite` file, whose layers are matched with the network's.
///
/// # Panics
/// If the file's layers are not the network's; in a const, that is a compile error.
#[track_caller]
pub const fn matched<N, const BYTES: usize, const STEPS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    imported: &Imported,
    file: &str,
) -> Weights<N>
where
    N: TakesWeights<BYTES, STEPS, INPUTS, OUTPUTS>,
{
    let () = N::ASSERT;
    if N::GRAPH.graph.stub {
        return weights(&[], &[]);
    }
    let matching = Matching::new(N::GRAPH, imported, file);
    let source = Source::of_match(N::GRAPH, imported, &matching);
    Weights::of(pack(&source), WithWeights::new::<N>(&source))
}

impl<N: Quantized> fmt::Debug for Arena<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Arena<{}>", N::GRAPH.graph.name)
    }
}

impl<N: Quantized> fmt::Debug for Weights<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Weights<{}>", N::GRAPH.graph.name)
    }
}
