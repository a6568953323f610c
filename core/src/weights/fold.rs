//! Folding a file's normalisations into the layers before them.

use std::borrow::Cow;
use std::string::{String, ToString};
use std::vec::Vec;

use crate::base::shape::Shape;
use crate::declared::Declared;
use crate::deploy::deployed::Deployed;
use crate::deploy::fold::Folds;
use crate::memory::liveness::Liveness;
use crate::op::storage::Channels;
use crate::weights::file::FileIndex;
use crate::weights::header::ElementType;
use crate::weights::load::{LoadError, matching, named, natural, parse, tensors};
use crate::weights::matching::is_by_name;
use crate::weights::read::{Reader, float};
use crate::weights::write::{NewTensor, write};

/// Folds the batch normalisations of a network's weight file into the convolutions and linear layers before them.
/// Returns the bytes of a safetensors file for the same network, declared without those normalisations, and with `bias
/// = true` in the layers that had one after them.
///
/// A normalisation is folded where `#[network(fuse)]` folds it: after a convolution or linear layer whose output
/// nothing else reads. Others stay. Products and sums are computed in `f64` and rounded once. Names stay unchanged,
/// except those of unnamed layers that are matched by index: they get the index they have without the folded
/// normalisations.
///
/// # Errors
/// As [`load`](super::load), if the file is damaged or belongs to another network; if a product overflows an `f32`; or
/// if two layers would have the same name.
pub fn fold<N: Declared>(file: &[u8]) -> Result<Vec<u8>, LoadError> {
    let () = N::ASSERT;
    fold_network(N::GRAPH, file)
}

fn fold_network(deployed: &Deployed, file: &[u8]) -> Result<Vec<u8>, LoadError> {
    let graph = &deployed.graph;
    let header = parse(file)?;
    let named = named(&header.tensors);
    let tensors = tensors(&named, file)?;
    let natural = natural(&tensors);
    let index = FileIndex { tensors: &tensors, natural: &natural };
    let matching = matching(deployed, &index)?;
    let reader = Reader { deployed, index: &index, matching: &matching };
    let is_by_name = is_by_name(graph, &index);

    let (mut live, mut folds) = (Liveness::none(), Folds::none());
    live.follow(graph);
    folds.fold(graph, &mut live, &deployed.shared);
    let norms: Vec<usize> = (0..graph.len()).filter(|&norm| folds.norms.before(norm).is_some()).collect();
    let mut out = Vec::new();
    let stores = |node: &usize| !norms.contains(node) && deployed.shared.first(*node).is_none();
    for node in (0..graph.len()).filter(stores) {
        let state = graph.state(node);
        // The new name of a tensor, given its old name and the layer's entry.
        let rename = |old: &str, entry| match is_by_name {
            true => graph.spell_entry(node, &state, entry, &norms).to_string(),
            false => old.to_string(),
        };
        let channels = graph.storage(node).folding.channels(&graph.node(node).shape);
        if let (Some(norm), Some(channels)) = (folds.norms.after(node), channels) {
            let failed = |channel| LoadError::Normalisation { layer: graph.spell(norm).to_string(), channel };
            let (weight, bias) = folded(file, &reader, (node, channels), norm).map_err(failed)?;
            let (shape, old) = (state.entry(0).shape, matching.tensor(&index, node, 0).name);
            let name = rename(old, 0);
            let bias_name = std::format!("{}bias", name.strip_suffix("weight").unwrap_or(&name));
            out.push(f32(bias_name, Shape::new(&[bias.len() / 4]), bias.into()));
            out.push(f32(name, shape, weight.into()));
            continue;
        }
        for number in 0..state.len {
            let entry = state.entry(number);
            let tensor = matching.tensor(&index, node, number);
            let name = rename(tensor.name, number);
            if let Some(module) = tensor.name.strip_suffix("running_var")
                && let counter = std::format!("{module}{COUNTER}")
                && let Some(counter) = header.tensors.iter().find(|other| other.name.is(&counter))
            {
                let name = std::format!("{}{COUNTER}", name.strip_suffix("running_var").unwrap_or(""));
                let (dims, data) = (counter.dims().collect(), counter.data(file).into());
                out.push(NewTensor { name, element: counter.element, dims, data });
            }
            let data = file.get(tensor.start..).and_then(|data| data.get(..4 * entry.shape.elements() as usize));
            out.push(f32(name, entry.shape, data.unwrap_or(&[]).into()));
        }
    }
    let mut names: Vec<&str> = out.iter().map(|tensor| tensor.name.as_str()).collect();
    names.sort_unstable();
    if let Some(name) = names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]) {
        return Err(LoadError::Network(std::format!(
            "two layers would have the tensor `{name}`, as a layer's index without the normalisations before it is the \
             name of another: give the layer another name"
        )));
    }
    Ok(write(&mut out, header.metadata))
}

/// PyTorch's name for the number of batches a normalisation has seen.
const COUNTER: &str = "num_batches_tracked";

fn f32(name: String, shape: Shape, data: Cow<'_, [u8]>) -> NewTensor<'_> {
    NewTensor { name, element: ElementType::F32, dims: shape.dims().collect(), data }
}

/// The weight and bias of a layer with the normalisation after it folded in; or the channel with a number that is not
/// finite.
fn folded(
    file: &[u8],
    reader: &Reader<'_>,
    (layer, axes): (usize, Channels),
    norm: usize,
) -> Result<(Vec<u8>, Vec<u8>), usize> {
    let shape = reader.deployed.graph.state(layer).entry(0).shape;
    let (channels, start) = (reader.deployed.graph.node(layer).shape.at(0), reader.start(layer, 0));
    let normalisation = reader.normalisation_behind(norm, Some(layer));
    let (mut weight, mut bias) = (Vec::with_capacity(4 * shape.elements() as usize), Vec::with_capacity(4 * channels));
    let mut scales = Vec::with_capacity(channels);
    for channel in 0..channels {
        let (scale, shift) = normalisation.exact(file, channel).ok_or(channel)?;
        push(&mut bias, shift).ok_or(channel)?;
        scales.push(scale);
    }
    for element in 0..shape.elements() as usize {
        let channel = axes.channel_of(&shape, element);
        push(&mut weight, float(file, start + 4 * element) * scales[channel]).ok_or(channel)?;
    }
    Ok((weight, bias))
}

/// Appends a number, rounded, if the result is finite.
fn push(bytes: &mut Vec<u8>, number: f64) -> Option<()> {
    let number = number as f32;
    bytes.extend(number.to_le_bytes());
    number.is_finite().then_some(())
}
