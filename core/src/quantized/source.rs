//! Where the numbers of a network come from, scales, zero points and weights: the operators of a file, or tensors.

use crate::deploy::deployed::Deployed;
use crate::int8::kernel::{Numbers, Raw};
use crate::int8::quantization::Quantization;
use crate::quantized::file;
use crate::quantized::matching::Matching;
use crate::quantized::tensors::Tensors;
use crate::tflite::imported::Imported;

/// Where the numbers of a network come from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub(crate) deployed: &'a Deployed,
    given: Given<'a>,
}

#[derive(Clone, Copy)]
enum Given<'a> {
    /// From the operators of the file that the network is read from.
    File(&'a Imported),
    /// From those of a file that a declared network is matched with.
    Matched(&'a Imported, &'a Matching),
    /// From tensors that have the names of the layers.
    Tensors(&'a Tensors<'a>),
    /// From nowhere.
    #[cfg(test)]
    Invented(Invented),
}

/// Numbers that a test makes up.
#[cfg(test)]
#[derive(Clone, Copy)]
pub(crate) struct Invented {
    pub(crate) numbers: &'static [Numbers],
    pub(crate) raw: &'static [Raw<'static>],
}

impl<'a> Source<'a> {
    #[cfg(test)]
    pub(crate) fn invented(deployed: &'a Deployed, invented: Invented) -> Self {
        Source { deployed, given: Given::Invented(invented) }
    }

    /// A network that is read from a file.
    pub const fn of_file(imported: &'a Imported) -> Self {
        Source { deployed: &imported.deployed, given: Given::File(imported) }
    }

    /// A network that is declared, and matched with that of a file.
    pub(super) const fn of_match(deployed: &'a Deployed, imported: &'a Imported, matching: &'a Matching) -> Self {
        Source { deployed, given: Given::Matched(imported, matching) }
    }

    /// A network that is declared, with tensors that are named after its layers.
    pub const fn of_tensors(tensors: &'a Tensors<'a>) -> Self {
        Source { deployed: tensors.deployed, given: Given::Tensors(tensors) }
    }

    /// What a layer's kernel is made from.
    pub(crate) const fn numbers(&self, node: usize) -> Numbers {
        let (imported, node, is_swapped) = match self.given {
            Given::File(imported) => (imported, node, false),
            Given::Matched(imported, matching) => (imported, matching.nodes[node] as usize, matching.swapped[node]),
            Given::Tensors(tensors) => return tensors.numbers(node),
            #[cfg(test)]
            Given::Invented(invented) => return invented.numbers[node],
        };
        let numbers = file::numbers(imported, node);
        if is_swapped { Numbers { inputs: [numbers.inputs[1], numbers.inputs[0]], ..numbers } } else { numbers }
    }

    /// How the integers of a node stand for real numbers.
    pub(crate) const fn quantization(&self, node: usize) -> Quantization {
        let root = self.deployed.live.root[node] as usize;
        match self.given {
            Given::Tensors(tensors) => tensors.quantization(node),
            #[cfg(test)]
            Given::Invented(invented) => invented.numbers[root].output,
            Given::Matched(imported, _) if root < self.deployed.graph.input_count => {
                match imported.deployed.graph.inputs[root].quantization {
                    Some(quantization) => quantization,
                    None => Quantization::UNIT,
                }
            }
            _ => self.numbers(root).output,
        }
    }

    /// A layer's weights, if it has any.
    pub(crate) const fn raw(&self, node: usize) -> Raw<'a> {
        match self.given {
            Given::File(imported) => file::raw(imported, node),
            Given::Matched(imported, matching) => file::raw(imported, matching.nodes[node] as usize),
            Given::Tensors(tensors) => tensors.raw(node),
            #[cfg(test)]
            Given::Invented(invented) => invented.raw[node],
        }
    }
}
