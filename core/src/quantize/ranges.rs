//! What the integers of each tensor of a network stand for.

use core::cell::Cell;
use std::string::ToString;
use std::vec;
use std::vec::Vec;

use crate::declared::Declared;
use crate::int8::kernel::Scale;
use crate::int8::quantization::Quantization;
use crate::kernel::custom::Customs;
use crate::quantize::calibration::{Calibration, Observed};
use crate::quantize::deployments::{Floats, Integers};
use crate::quantize::error::QuantizeError;
use crate::quantized::kernels::{is_run, required_kernel};
use crate::run::engine::steps;
use crate::tables::Tables;

/// Runs a network on samples, and finds what each of its tensors stands for in 8-bit integers, by its node.
pub(super) fn quantizations<N: Declared>(
    weights: &[f32],
    samples: impl IntoIterator<Item = impl AsRef<[f32]>>,
    calibration: Calibration,
) -> Result<Vec<Quantization>, QuantizeError> {
    let (integers, floats) = (Integers::<N>::GRAPH, Floats::<N>::GRAPH);
    let graph = &integers.graph;
    // The tensors whose ranges are their own, by the step of the run in `f32` that completes them.
    let mut made = vec![vec![]; graph.len()];
    let mut groups = Groups::new(graph.len());
    let mut fixed = vec![None; graph.len()];
    made.iter_mut().take(graph.input_count).enumerate().for_each(|(input, made)| made.push(input));
    for node in (graph.input_count..graph.len()).filter(|&node| is_run(integers, node)) {
        match required_kernel(integers, node).output_scale() {
            Scale::Any => {
                let step = floats.live.root[integers.result(node)] as usize;
                made[step].push(node);
            }
            Scale::Fixed(quantization) => fixed[node] = Some(quantization),
            Scale::Inputs => {
                let inputs = graph.node(node).inputs as usize;
                (0..inputs).for_each(|i| groups.join(node, integers.live.root[graph.operand(node, i)] as usize));
            }
        }
    }
    let observed = observe::<N>(weights, samples, calibration, &made)?;

    let mut ranges: Vec<Observed> = vec![Observed::new(); graph.len()];
    for (node, observed) in observed.iter().enumerate() {
        if let Some(observed) = observed {
            ranges[groups.first(node)].join(observed);
        }
    }
    let mut quantizations: Vec<_> = ranges.iter().map(|range| range.quantization(calibration)).collect();
    for node in 0..graph.len() {
        let (Some(quantization), first) = (fixed[node], groups.first(node)) else { continue };
        let (min, max) = ranges[first].range(calibration);
        let limits = (quantization.dequantize(i8::MIN) as f64, quantization.dequantize(i8::MAX) as f64);
        let is_other = (0..node)
            .any(|other| groups.first(other) == first && fixed[other].is_some_and(|other| !other.same(&quantization)));
        if min < limits.0 || max > limits.1 || is_other {
            return Err(QuantizeError::Ranges { layer: graph.spell(node).to_string() });
        }
        quantizations[first] = quantization;
    }
    Ok((0..graph.len()).map(|node| quantizations[groups.first(node)]).collect())
}

/// The numbers of the tensors that each step makes.
fn observe<N: Declared>(
    weights: &[f32],
    samples: impl IntoIterator<Item = impl AsRef<[f32]>>,
    calibration: Calibration,
    made: &[Vec<usize>],
) -> Result<Vec<Option<Observed>>, QuantizeError> {
    let (floats, plan) = (Floats::<N>::GRAPH, Tables::<Floats<N>>::PLAN);
    let graph = &floats.graph;
    let mut observed = vec![None; graph.len()];
    made.iter().flatten().for_each(|&node| observed[node] = Some(Observed::new()));
    let place = |node: usize| {
        let start = plan.offset(&floats.live, node) as usize;
        start..start + graph.node(node).shape.elements() as usize
    };
    let inputs: Vec<_> = (0..graph.input_count).map(place).collect();
    let expected = inputs.iter().map(|input| input.len()).sum();
    let mut arena = vec![0.0; Tables::<Floats<N>>::ARENA_LEN];
    let mut count = 0;
    for (index, sample) in samples.into_iter().enumerate() {
        let mut sample = sample.as_ref();
        if sample.len() != expected {
            return Err(QuantizeError::Sample { index, expected, found: sample.len() });
        }
        for input in &inputs {
            let (values, rest) = sample.split_at(input.len());
            arena[input.clone()].copy_from_slice(values);
            sample = rest;
        }
        let arena = Cell::from_mut(&mut arena[..]).as_slice_of_cells();
        let mut infinite = None;
        let mut see = |node: usize| {
            for &tensor in &made[node] {
                let Some(observed) = &mut observed[tensor] else { continue };
                for value in &arena[place(node)] {
                    if !value.get().is_finite() {
                        infinite = infinite.or(Some(tensor));
                        return;
                    }
                    observed.add(value.get(), calibration);
                }
            }
        };
        (0..graph.input_count).for_each(&mut see);
        let customs = Customs::Plain(Tables::<Floats<N>>::PLAIN_KERNELS);
        let program = Tables::<Floats<N>>::PROGRAM;
        steps::<Tables<Floats<N>>>(program, customs, weights, arena, |layer| see(graph.input_count + layer))
            .map_err(QuantizeError::Run)?;
        if let Some(node) = infinite {
            let layer = match node < graph.input_count {
                true => graph.inputs[node].name.to_string(),
                false => graph.spell(node).to_string(),
            };
            return Err(QuantizeError::NotFinite { sample: index, layer });
        }
        count += 1;
    }
    if count == 0 { Err(QuantizeError::NoSamples) } else { Ok(observed) }
}

/// Tensors that stand for the same.
struct Groups(Vec<usize>);

impl Groups {
    fn new(len: usize) -> Self {
        Groups((0..len).collect())
    }

    /// The first of the tensors that a tensor belongs to.
    fn first(&self, mut node: usize) -> usize {
        while self.0[node] != node {
            node = self.0[node];
        }
        node
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }
}
