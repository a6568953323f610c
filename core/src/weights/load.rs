//! Weights at run time, from the bytes of a file.

use std::string::{String, ToString};
use std::vec::Vec;

use crate::declared::Declared;
use crate::deploy::deployed::Deployed;
use crate::weights::file::{FileIndex, FileTensor, Position, natural_order};
use crate::weights::header::{Header, TensorInfo, Unusable};
use crate::weights::matching::{MatchError, Matching, is_counter};
use crate::weights::read::{Reader, float};
use crate::weights::state_dict::Source;

/// Why weights were not loaded.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// The bytes are not a safetensors file, or it is damaged: how.
    File(String),
    /// The tensor is not `F32`.
    Type {
        /// The tensor.
        tensor: String,
        /// Its type.
        found: String,
    },
    /// The tensors are not the network's: which one differs, and how.
    Network(String),
    /// The tensor contains NaN or infinity.
    NotFinite {
        /// The tensor.
        tensor: String,
        /// The index of the element.
        element: usize,
        /// Its extents.
        shape: Vec<usize>,
    },
    /// A normalisation has no finite scale and shift: its variance is negative, or its numbers overflow.
    Normalisation {
        /// The layer.
        layer: String,
        /// The channel.
        channel: usize,
    },
    /// The slice for the weights has the wrong length.
    Length {
        /// The network's.
        expected: usize,
        /// The slice's.
        found: usize,
    },
}

impl core::fmt::Display for LoadError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            LoadError::Type { tensor, found } => {
                write!(f, "the file's tensor `{tensor}` is {found}: only F32 is read")
            }
            LoadError::File(text) | LoadError::Network(text) => f.write_str(text),
            LoadError::NotFinite { tensor, element, shape } => {
                let position = Position { element: *element, shape };
                write!(f, "the file's tensor `{tensor}` is not finite at {position}")
            }
            LoadError::Normalisation { layer, channel } => {
                write!(
                    f,
                    "the file's normalisation `{layer}` has no finite scale and shift at channel {channel}: \
                     is its running_var negative?"
                )
            }
            LoadError::Length { expected, found } => {
                write!(f, "the network has {expected} weights, and the slice for them is {found} long")
            }
        }
    }
}

impl core::error::Error for LoadError {}

/// Loads the weights of a network from the bytes of a safetensors file, by name.
///
/// The names are those of the state dict: the layer's, followed by `weight`, `bias`, `running_mean` or `running_var`.
/// An unnamed layer is called by its index, as in PyTorch's `Sequential`. If the network names no layer and none of its
/// indices is in the file, tensors are matched in order instead: the network's layers with the file's modules, in the
/// natural order of their names.
///
/// # Errors
/// If the file is damaged; if a tensor is missing, misshapen, not `F32`, not finite, or not part of this network; or if
/// `weights` has the wrong length. Nothing is written then.
pub fn load<N: Declared>(file: &[u8], weights: &mut [f32]) -> Result<(), LoadError> {
    let () = N::ASSERT;
    read(N::GRAPH, file, weights)
}

fn read(deployed: &Deployed, file: &[u8], weights: &mut [f32]) -> Result<(), LoadError> {
    let graph = &deployed.graph;
    if weights.len() as u64 != deployed.cost.weights {
        return Err(LoadError::Length { expected: deployed.cost.weights as usize, found: weights.len() });
    }
    let named = named(&parse(file)?.tensors);
    let tensors = tensors(&named, file)?;
    let natural = natural(&tensors);
    let index = FileIndex { tensors: &tensors, natural: &natural };
    let matching = matching(deployed, &index)?;
    let reader = Reader { deployed, index: &index, matching: &matching };
    // Nothing is written until everything is known to be valid.
    let mut loaded = Vec::with_capacity(weights.len());
    for node in 0..graph.len() {
        let state = graph.state(node);
        for i in 0..deployed.stored_count(node, &state) {
            let stored = deployed.stored(node, &state, i);
            let len = stored.shape.elements() as usize;
            if let Source::Entry(entry) = stored.source {
                let start = reader.start(stored.node, entry);
                loaded.extend((0..len).map(|element| float(file, start + 4 * element) as f32));
                continue;
            }
            let norm = reader.normalisation(stored.node);
            for channel in 0..len {
                let Some((scale, shift)) = norm.channel(file, channel) else {
                    return Err(LoadError::Normalisation { layer: graph.spell(stored.node).to_string(), channel });
                };
                loaded.push(if matches!(stored.source, Source::Scale) { scale } else { shift });
            }
        }
    }
    weights.copy_from_slice(&loaded);
    Ok(())
}

/// Reads the header of a file.
pub(crate) fn parse(file: &[u8]) -> Result<Header<'_, Vec<TensorInfo<'_>>>, LoadError> {
    Header::read(file).map_err(|error| LoadError::File(error.to_string()))
}

/// The tensors of a file that a network may have, with their names.
pub(crate) fn named<'a>(tensors: &[TensorInfo<'a>]) -> Vec<(String, TensorInfo<'a>)> {
    let named = tensors.iter().map(|tensor| (tensor.name.to_string(), *tensor));
    named.filter(|(name, _)| !is_counter(name)).collect()
}

/// What is known about them without the data, which is read only to check that it is finite.
pub(crate) fn tensors<'a>(
    named: &'a [(String, TensorInfo<'_>)],
    file: &[u8],
) -> Result<Vec<FileTensor<'a>>, LoadError> {
    let checked = named.iter().map(|(name, tensor)| {
        let shape = tensor.shape(file).map_err(|unusable| match unusable {
            Unusable::Type => LoadError::Type { tensor: name.clone(), found: tensor.element.to_string() },
            Unusable::Shape => LoadError::Network(std::format!(
                "the file's tensor `{name}` has the shape {:?}, which no tensor of a network can have",
                tensor.dims().collect::<Vec<_>>()
            )),
            Unusable::NotFinite(element) => {
                LoadError::NotFinite { tensor: name.clone(), element, shape: tensor.dims().collect() }
            }
        })?;
        Ok(FileTensor { name, shape, start: tensor.start })
    });
    checked.collect()
}

/// The indices of the tensors, in the natural order of their names.
pub(crate) fn natural(tensors: &[FileTensor<'_>]) -> Vec<usize> {
    let mut natural: Vec<usize> = (0..tensors.len()).collect();
    natural.sort_by(|&a, &b| natural_order(tensors[a].name, tensors[b].name));
    natural
}

/// Matches the file's tensors with the network's.
pub(crate) fn matching(deployed: &Deployed, index: &FileIndex<'_>) -> Result<Matching, LoadError> {
    let described = |error: MatchError| error.describe(&deployed.graph, index).as_str().to_string();
    Matching::new(deployed, index).map_err(|error| LoadError::Network(described(error)))
}
