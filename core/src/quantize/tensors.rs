//! The tensors of a quantized network, as a file has them.

use std::string::{String, ToString};
use std::vec;
use std::vec::Vec;

use crate::base::shape::Shape;
use crate::deploy::deployed::Deployed;
use crate::int8::kernel::Scaled;
use crate::int8::quantization::Quantization;
use crate::quantized::kernels::{is_run, required_kernel};
use crate::quantized::tensors::{spell_input, stored_shape};
use crate::weights::header::ElementType;
use crate::weights::write::NewTensor;

/// The tensors of a network, whose weights are given for each node, as a run in `f32` reads them.
pub(super) fn tensors(
    deployed: &Deployed,
    weights: &[Vec<&[f32]>],
    quantizations: &[Quantization],
) -> Vec<NewTensor<'static>> {
    let graph = &deployed.graph;
    let mut tensors = vec![];
    for node in 0..graph.len() {
        if node < graph.input_count {
            push_quantization(&mut tensors, spell_input(deployed, node).as_str(), quantizations[node]);
        } else if is_run(deployed, node) {
            push_quantization(&mut tensors, graph.spell(node).as_str(), quantizations[node]);
            push_weights(&mut tensors, deployed, node, &weights[node], quantizations);
        }
    }
    tensors
}

fn push_quantization(tensors: &mut Vec<NewTensor<'static>>, name: &str, quantization: Quantization) {
    push(tensors, name.to_string() + ".scale", ElementType::F32, vec![1], quantization.scale.to_le_bytes());
    push(tensors, name.to_string() + ".zero_point", ElementType::I8, vec![1], quantization.zero_point.to_le_bytes());
}

fn push(
    tensors: &mut Vec<NewTensor<'static>>,
    name: String,
    element: ElementType,
    dims: Vec<usize>,
    data: impl IntoIterator<Item = u8>,
) {
    tensors.push(NewTensor { name, element, dims, data: data.into_iter().collect::<Vec<u8>>().into() });
}

fn push_weights(
    tensors: &mut Vec<NewTensor<'static>>,
    deployed: &Deployed,
    node: usize,
    weights: &[&[f32]],
    quantizations: &[Quantization],
) {
    let graph = &deployed.graph;
    let scaled = required_kernel(deployed, node).weights();
    if scaled == Scaled::Nothing {
        return;
    }
    let state = graph.state(node);
    let (shape, values) = (state.entry(0).shape, weights[0]);
    let dims: Vec<usize> = stored_shape(&shape, scaled).dims().collect();
    let (name, layer) = (graph.spell_entry(node, &state, 0, &[]).to_string(), graph.spell(node).to_string());
    if scaled != Scaled::Channels {
        let scale = match scaled {
            Scaled::Output => quantizations[node],
            _ => Quantization { scale: symmetric(values.iter().map(|&value| value as f64)), zero_point: 0 },
        };
        if scaled == Scaled::Whole {
            push(tensors, layer + ".weight_scale", ElementType::F32, vec![1], scale.scale.to_le_bytes());
        }
        let last = channels_last(&shape);
        push(tensors, name, ElementType::I8, dims, last.into_iter().map(|at| scale.quantize(values[at]) as u8));
        return;
    }
    // A normalisation that is folded is a factor and a sum for each channel.
    let channels = shape.at(0);
    let row = values.len() / channels;
    let (factors, sums) = match *weights {
        [_, factors, sums] => (Some(factors), Some(sums)),
        [_, sums] => (None, Some(sums)),
        _ => (None, None),
    };
    let of_columns = match shape.rank() {
        2 => columns(deployed, node),
        _ => channels_last(&Shape::new(&shape.dims().skip(1).collect::<Vec<_>>())),
    };
    let input = quantizations[deployed.live.root[graph.operand(node, 0)] as usize].scale as f64;
    let (mut integers, mut scales, mut biases) = (vec![], vec![], vec![]);
    for (channel, row) in values.chunks_exact(row).enumerate() {
        let factor = factors.map_or(1.0, |factors| factors[channel] as f64);
        let bias = sums.map_or(0.0, |sums| sums[channel] as f64);
        let weight = |at: usize| row[at] as f64 * factor;
        // Large enough for the bias, too.
        let least = (bias.abs() / (input * (1 << 28) as f64)) as f32;
        let scale = symmetric((0..row.len()).map(weight)).max(least);
        integers.extend(of_columns.iter().map(|&at| rounded(weight(at) / scale as f64, 127) as u8));
        scales.extend(scale.to_le_bytes());
        biases.extend(rounded(bias / (input * scale as f64), i32::MAX).to_le_bytes());
    }
    push(tensors, name, ElementType::I8, dims, integers);
    push(tensors, layer.clone() + ".weight_scale", ElementType::F32, vec![channels], scales);
    push(tensors, layer + ".bias", ElementType::I32, vec![channels], biases);
}

/// The nearest integer, of at most a magnitude.
fn rounded(value: f64, magnitude: i32) -> i32 {
    (value.round() as i32).clamp(-magnitude, magnitude)
}

/// The scale of integers from −127 to 127 that stand for numbers.
fn symmetric(values: impl Iterator<Item = f64>) -> f32 {
    let greatest = values.fold(0.0, |greatest: f64, value| greatest.max(value.abs()));
    let scale = (greatest / 127.0) as f32;
    if scale.is_normal() { scale } else { 1.0 }
}

/// For each element of a tensor whose channels, axis 0, come last, its index where they come first.
fn channels_last(shape: &Shape) -> Vec<usize> {
    let channels = shape.dims().next().unwrap_or(1);
    let plane = shape.elements() as usize / channels;
    (0..plane).flat_map(|at| (0..channels).map(move |channel| channel * plane + at)).collect()
}

/// For each input of a linear layer as it lies in memory, its index in the declaration.
fn columns(deployed: &Deployed, node: usize) -> Vec<usize> {
    let graph = &deployed.graph;
    let mut input = graph.operand(node, 0);
    let elements = graph.node(input).shape.elements();
    while input >= graph.input_count && deployed.live.is_view(input) {
        let before = graph.operand(input, 0);
        if graph.node(before).shape.elements() != elements {
            break;
        }
        input = before;
    }
    channels_last(&graph.node(input).shape)
}
