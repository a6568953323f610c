//! Lowers a network's graph to the steps of a session: which layers are computed together, in which layout, and by
//! which kernel.

use std::boxed::Box;
use std::{vec, vec::Vec};

use crate::deploy::deployed::Deployed;
use crate::graph::graph::Graph;
use crate::layers::arithmetic::binary::Operation;
use crate::layers::conv::conv::Conv;
use crate::layers::list::Op;
use crate::op::axis::Axis;
use crate::op::storage::Place;
use crate::session::activation::Activation;
use crate::session::dense::{Dense, Input, Shape};
use crate::session::depthwise::Depthwise;
use crate::session::elementwise::{Function, Gate, Map, Scale};
use crate::session::epilogue::{Affine, Clamp, Epilogue};
use crate::session::isa::{BLOCK, Isa};
use crate::session::layout::{Block, Blocked, Concat, Order, Unblock};
use crate::session::memory::{Buffer, Memory, Plan, Slice, Value};
use crate::session::pool::{MaxPool, Mean};
use crate::session::portable::{Engine, Portable};
use crate::session::step::{Kernel, Step};
use crate::session::vector::Vector;

/// A network's steps and memory.
pub(crate) struct Lowered {
    pub isa: Isa,
    pub steps: Vec<Step>,
    pub memory: Memory,
    pub inputs: Vec<Slice>,
    pub outputs: Vec<Slice>,
}

/// Images with up to this many channels are read channel by channel: a block of them would be mostly empty.
const FEW_CHANNELS: usize = 4;

/// The steps of a graph.
pub(crate) fn lower(isa: Isa, engine: Engine, deployed: &Deployed, weights: &[f32]) -> Lowered {
    let graph = &deployed.graph;
    let mut lowering = Lowering {
        engine,
        deployed,
        graph,
        isa,
        weights: stored(deployed, weights),
        consumers: consumers(graph),
        plan: Plan::default(),
        steps: Vec::new(),
        node: 0,
        at: vec![At::default(); graph.len()],
        absorbed: vec![false; graph.len()],
    };
    let mut inputs = Vec::new();
    for input in &graph.inputs[..graph.input_count] {
        let len = graph.node(input.node as usize).shape.elements as usize;
        let value = lowering.plan.value(len, 0);
        lowering.plan.pin(value);
        let slice = Slice { value, start: 0, len };
        lowering.at[input.node as usize].planar = Some(slice);
        inputs.push(slice);
    }
    for node in graph.input_count..graph.len() {
        if !lowering.absorbed[node] {
            lowering.layer(node);
        }
    }
    let mut outputs = Vec::new();
    for output in &graph.outputs[..graph.output_count] {
        let slice = lowering.planar(output.node as usize);
        lowering.plan.pin(slice.value);
        outputs.push(slice);
    }
    Lowered { isa, steps: lowering.steps, memory: lowering.plan.allocate(), inputs, outputs }
}

/// The tensors each layer stores for the run.
pub(crate) fn stored<'a>(deployed: &Deployed, weights: &'a [f32]) -> Vec<Vec<&'a [f32]>> {
    let graph = &deployed.graph;
    let mut rest = weights;
    let layer = |node| {
        let state = graph.state(node);
        let tensors = (0..deployed.stored_count(node, &state)).map(|index| {
            let len = deployed.stored(node, &state, index).shape.elements() as usize;
            let (tensor, after) = rest.split_at(len);
            rest = after;
            tensor
        });
        tensors.collect()
    };
    let mut stored: Vec<Vec<_>> = (0..graph.len()).map(layer).collect();
    for node in 0..graph.len() {
        if let Some(first) = deployed.shared.first(node) {
            stored[node] = stored[first].clone();
        }
    }
    stored
}

/// The layers that read each layer's output, listed once per read; a network output counts as another reader.
fn consumers(graph: &Graph) -> Vec<Vec<usize>> {
    let mut consumers = vec![Vec::new(); graph.len()];
    for node in 0..graph.len() {
        for input in 0..graph.node(node).inputs as usize {
            consumers[graph.operand(node, input)].push(node);
        }
    }
    for output in &graph.outputs[..graph.output_count] {
        consumers[output.node as usize].push(graph.len());
    }
    consumers
}

/// Where the output of a layer lies, for each layout it exists in.
#[derive(Clone, Copy, Default)]
struct At {
    planar: Option<Slice>,
    blocked: Option<Slice>,
}

/// What is computed with a convolution or linear layer.
struct Fused {
    norm: Option<usize>,
    residual: Option<usize>,
    clamp: Option<Clamp>,
    /// The last of the layers, which owns the output.
    last: usize,
}

struct Lowering<'a> {
    engine: Engine,
    deployed: &'a Deployed,
    graph: &'a Graph,
    isa: Isa,
    weights: Vec<Vec<&'a [f32]>>,
    consumers: Vec<Vec<usize>>,
    plan: Plan,
    steps: Vec<Step>,
    /// The layer being lowered.
    node: usize,
    at: Vec<At>,
    /// Layers that are computed with an earlier one.
    absorbed: Vec<bool>,
}

impl Lowering<'_> {
    fn layer(&mut self, node: usize) {
        self.node = node;
        let graph = self.graph;
        let layer = graph.node(node);
        if let Place::View { offset } = graph.storage(node).place {
            return self.view(node, offset as usize);
        }
        let same_shape = |input| graph.node(graph.operand(node, input)).shape.same(&layer.shape);
        match &layer.op {
            Op::Conv(conv) if self.convolution(node, conv) => (),
            Op::Linear(_) => self.linear(node),
            // The layer before it was not fused with it, so it is applied here.
            Op::BatchNorm(_) if self.deployed.is_folded(node) => self.view(node, 0),
            Op::BatchNorm(_) => self.scale(node),
            Op::Elementwise(elementwise) if same_shape(0) && same_shape(1) => match elementwise.operation() {
                Operation::Add => self.map(node, Function::Add),
                Operation::Sub => self.map(node, Function::Sub),
                Operation::Mul => self.map(node, Function::Mul),
                Operation::Div | Operation::Max | Operation::Min => self.portable(node),
            },
            Op::Elementwise(elementwise)
                if matches!(elementwise.operation(), Operation::Mul) && same_shape(0) && self.is_gate(node, 1) =>
            {
                self.gate(node, 0, 1);
            }
            Op::Elementwise(elementwise)
                if matches!(elementwise.operation(), Operation::Mul) && same_shape(1) && self.is_gate(node, 0) =>
            {
                self.gate(node, 1, 0);
            }
            Op::MaxPool(pool) => self.max_pool(node, pool.axes),
            Op::AdaptiveAvgPool(_) if self.image(node).plane == 1 => self.mean(node),
            Op::AvgPool(pool) if pool.is_global() => self.mean(node),
            Op::Reduction(reduction) if reduction.is_channel_mean(&graph.node(self.operand(node, 0)).shape) => {
                self.mean(node)
            }
            Op::Concat(_) if self.concat(node) => (),
            op => match Activation::of(op) {
                Some(activation) => self.map(node, |_| Function::Activation(activation)),
                None => self.portable(node),
            },
        }
    }

    fn operand(&self, node: usize, input: usize) -> usize {
        self.graph.operand(node, input)
    }

    fn elements(&self, node: usize) -> usize {
        self.graph.node(node).shape.elements as usize
    }

    /// A layer's output as an image of channels.
    fn image(&self, node: usize) -> Blocked {
        let channels = if self.graph.node(node).shape.rank() == 0 { 1 } else { self.graph.node(node).shape.at(0) };
        Blocked { channels, plane: self.elements(node) / channels }
    }

    /// Appends a step.
    fn push(&mut self, step: impl Kernel + 'static, reads: impl IntoIterator<Item = Value>) {
        for value in reads {
            self.plan.read(value, self.steps.len());
        }
        self.steps.push(Step { layer: self.graph.layer_number(self.node), kernel: Box::new(step) });
    }

    /// A tensor made by the next step.
    fn value(&mut self, len: usize) -> Slice {
        Slice { value: self.plan.value(len, self.steps.len()), start: 0, len }
    }

    /// Where a layer's output lies channel by channel.
    fn planar(&mut self, node: usize) -> Slice {
        if let Some(slice) = self.at[node].planar {
            return slice;
        }
        let image = self.image(node);
        let Some(input) = self.at[node].blocked else { unreachable!("layers are lowered in order") };
        let slice = if image.plane == 1 {
            Slice { len: image.channels, ..input }
        } else {
            let output = self.value(self.elements(node));
            let step = Unblock { input, output: output.value, image, order: Order::ChannelFirst };
            self.push(step, [input.value]);
            output
        };
        self.at[node].planar = Some(slice);
        slice
    }

    /// Where a layer's output lies in blocks of channels.
    fn blocked(&mut self, node: usize) -> Slice {
        if let Some(slice) = self.at[node].blocked {
            return slice;
        }
        let image = self.image(node);
        let Some(input) = self.at[node].planar else { unreachable!("layers are lowered in order") };
        let slice = if image.plane == 1 {
            Slice { len: image.len(), ..input }
        } else {
            let output = self.value(image.len());
            let step = Block { input, output: output.value, image, order: Order::ChannelFirst };
            self.push(step, [input.value]);
            output
        };
        self.at[node].blocked = Some(slice);
        slice
    }

    /// A layer that moves no data.
    fn view(&mut self, node: usize, offset: usize) {
        let input = self.operand(node, 0);
        let (from, to) = (self.image(input), self.image(node));
        // Whole blocks of channels stay in place.
        let in_blocks = from.plane == to.plane
            && offset.is_multiple_of(from.plane * BLOCK)
            && (to.channels.is_multiple_of(BLOCK) || offset / from.plane + to.channels == from.channels);
        if in_blocks && let Some(blocked) = self.at[input].blocked {
            self.at[node].blocked = Some(Slice { value: blocked.value, start: blocked.start + offset, len: to.len() });
        }
        if self.at[node].blocked.is_none() || self.at[input].planar.is_some() {
            let planar = self.planar(input);
            let slice = Slice { value: planar.value, start: planar.start + offset, len: self.elements(node) };
            self.at[node].planar = Some(slice);
        }
    }

    /// A layer's only reader.
    fn consumer(&self, node: usize) -> Option<usize> {
        match self.consumers[node][..] {
            [consumer] if consumer < self.graph.len() => Some(consumer),
            _ => None,
        }
    }

    /// Finds what can be computed together with a layer; a residual to add must already be computed.
    fn fuse(&self, node: usize, takes_norm: bool) -> Fused {
        let mut fused = Fused { norm: None, residual: None, clamp: None, last: node };
        while let Some(next) = self.consumer(fused.last) {
            match &self.graph.node(next).op {
                Op::BatchNorm(_) if takes_norm && fused.last == node => fused.norm = Some(next),
                Op::Elementwise(elementwise) if fused.residual.is_none() => {
                    let (a, b) = (self.operand(next, 0), self.operand(next, 1));
                    let other = if a == fused.last { b } else { a };
                    let at = &self.at[other];
                    let there = at.planar.is_some() || at.blocked.is_some();
                    let same = |node: usize| self.graph.node(node).shape.same(&self.graph.node(next).shape);
                    if !matches!(elementwise.operation(), Operation::Add) || !there || !same(a) || !same(b) {
                        break;
                    }
                    fused.residual = Some(other);
                }
                op => match Clamp::of(op) {
                    Some(clamp) => {
                        fused.clamp = Some(clamp);
                        fused.last = next;
                        break;
                    }
                    None => break,
                },
            }
            fused.last = next;
        }
        fused
    }

    /// Marks the layers that are computed with another one.
    fn absorb(&mut self, node: usize, fused: &Fused) {
        let mut at = node;
        while at != fused.last {
            let Some(next) = self.consumer(at) else { break };
            self.absorbed[next] = true;
            at = next;
        }
    }

    /// The scale and the shift of each output channel.
    fn affine(&self, node: usize, norm: Option<usize>, channels: usize) -> Affine {
        let stored = &self.weights[node];
        if self.deployed.epilogue(node).is_some() {
            return Affine { scale: stored[1].to_vec(), shift: stored[2].to_vec() };
        }
        let bias = stored.get(1).map_or_else(|| vec![0.0; channels], |bias| bias.to_vec());
        match norm.map(|norm| &self.weights[norm]) {
            Some(norm) => {
                let shift = bias.iter().zip(norm[0]).zip(norm[1]).map(|((bias, scale), shift)| bias * scale + shift);
                Affine { scale: norm[0].to_vec(), shift: shift.collect() }
            }
            None => Affine { scale: vec![1.0; channels], shift: bias },
        }
    }

    /// A convolution, if there is a kernel for it.
    fn convolution(&mut self, node: usize, conv: &Conv) -> bool {
        let input = self.operand(node, 0);
        let (in_channels, groups) = (conv.in_channels as usize, conv.groups as usize);
        let image = self.image(node);
        let shape = Shape { axes: conv.axes, in_channels, out_channels: image.channels, groups };
        let depthwise = groups == in_channels && groups == image.channels && groups > 1;
        if !depthwise && !Dense::takes(&shape) {
            return false;
        }
        let fused = self.fuse(node, true);
        self.absorb(node, &fused);
        let affine = self.affine(node, fused.norm, image.channels);
        let residual = fused.residual.map(|residual| self.blocked(residual));
        let weights = self.weights[node][0];
        let epilogue = Epilogue::new(&affine.shift, residual, fused.clamp);
        if depthwise {
            let x = self.blocked(input);
            let output = self.value(image.len());
            let place = (x, output.value, epilogue);
            let step = Depthwise::new(&mut self.plan, conv.axes, image.channels, place, weights, &affine);
            self.finish(fused.last, At { blocked: Some(output), planar: None }, step, x, residual);
        } else {
            let planar = groups == 1 && in_channels <= FEW_CHANNELS && self.at[input].planar.is_some();
            let x = if planar { Input::Planar(self.planar(input)) } else { Input::Blocked(self.blocked(input)) };
            let output = self.value(image.len());
            let place = (x, output.value, epilogue);
            let step = Dense::new(self.isa, &mut self.plan, &shape, place, weights, &affine);
            self.finish(fused.last, At { blocked: Some(output), planar: None }, step, x.slice(), residual);
        }
        true
    }

    fn finish(&mut self, node: usize, at: At, step: impl Kernel + 'static, input: Slice, residual: Option<Slice>) {
        self.at[node] = at;
        self.push(step, [input.value].into_iter().chain(residual.map(|residual| residual.value)));
    }

    fn linear(&mut self, node: usize) {
        let input = self.operand(node, 0);
        let weights = self.weights[node][0];
        let shape = self.graph.node(node).shape;
        let (rank, out_features) = (shape.rank(), shape.dim(-1));
        let tokens = self.elements(node) / out_features;
        let x = self.planar(input);
        if rank == 1 || tokens == 1 && self.deployed.epilogue(node).is_none() {
            let fused = self.fuse(node, rank == 1);
            self.absorb(node, &fused);
            let affine = self.affine(node, fused.norm, out_features);
            let residual = fused.residual.map(|residual| self.planar(residual));
            let epilogue = Epilogue::new(&affine.shift, residual, fused.clamp);
            // Only whole vectors are stored.
            let output = self.value(out_features);
            let step = Vector::new(self.isa, (x, output.value, epilogue), weights, &affine);
            return self.finish(fused.last, At { planar: Some(output), blocked: None }, step, x, residual);
        }
        // A convolution over the tokens, with the features as channels.
        let in_features = x.len / tokens;
        let image = Blocked { channels: in_features, plane: tokens };
        let blocked = self.value(image.len());
        let step = Block { input: x, output: blocked.value, image, order: Order::ChannelLast };
        self.push(step, [x.value]);
        let image = Blocked { channels: out_features, plane: tokens };
        let affine = self.affine(node, None, out_features);
        let axis = Axis { input: tokens as u32, output: tokens as u32, ..Axis::UNIT };
        let axes = [Axis::UNIT, Axis::UNIT, axis];
        let shape = Shape { axes, in_channels: in_features, out_channels: out_features, groups: 1 };
        let product = self.value(image.len());
        let place = (Input::Blocked(blocked), product.value, Epilogue::new(&affine.shift, None, None));
        let step = Dense::new(self.isa, &mut self.plan, &shape, place, weights, &affine);
        self.push(step, [blocked.value]);
        let output = self.value(self.elements(node));
        let step = Unblock { input: product, output: output.value, image, order: Order::ChannelLast };
        self.finish(node, At { planar: Some(output), blocked: None }, step, product, None);
    }

    /// A normalisation on its own.
    fn scale(&mut self, node: usize) {
        let image = self.image(node);
        let input = self.operand(node, 0);
        let input = self.blocked(input);
        let output = self.value(input.len);
        self.plan.over(output.value, input);
        let [scale, shift] = [0, 1].map(|index| {
            let mut channels = Buffer::zeros(image.blocks() * BLOCK);
            channels.as_mut()[..image.channels].copy_from_slice(self.weights[node][index]);
            channels
        });
        let step = Scale { input, output: output.value, image, scale, shift };
        self.finish(node, At { blocked: Some(output), planar: None }, step, input, None);
    }

    /// An element-wise layer, in the layout of its operands.
    fn map(&mut self, node: usize, function: impl FnOnce(Slice) -> Function) {
        let operands: Vec<_> = (0..self.graph.node(node).inputs as usize).map(|i| self.operand(node, i)).collect();
        let blocked = operands.iter().any(|&operand| self.at[operand].planar.is_none());
        let place = |lowering: &mut Self, operand| {
            if blocked { lowering.blocked(operand) } else { lowering.planar(operand) }
        };
        let input = place(self, operands[0]);
        let other = operands.get(1).map(|&operand| place(self, operand));
        let output = self.value(input.len);
        if other.is_none_or(|other| other.value != input.value) {
            self.plan.over(output.value, input);
        }
        let function = function(other.unwrap_or(input));
        let at = if blocked {
            At { blocked: Some(output), planar: None }
        } else {
            At { planar: Some(output), blocked: None }
        };
        self.finish(node, at, Map { input, function, output: output.value }, input, other);
    }

    /// Whether an operand has one number per channel of the output.
    fn is_gate(&self, node: usize, input: usize) -> bool {
        let (output, gates) = (self.graph.node(node).shape, self.graph.node(self.operand(node, input)).shape);
        output.rank() > 1
            && gates.rank() == output.rank()
            && gates.elements() == output.at(0) as u64
            && gates.at(0) == output.at(0)
    }

    /// An image with scaled channels, as in a squeeze-and-excitation block.
    fn gate(&mut self, node: usize, input: usize, gates: usize) {
        let image = self.image(node);
        let (input, gates) = (self.operand(node, input), self.operand(node, gates));
        let (input, gates) = (self.blocked(input), self.blocked(gates));
        let output = self.value(input.len);
        if gates.value != input.value {
            self.plan.over(output.value, input);
        }
        let step = Gate { input, gates, output: output.value, image };
        self.finish(node, At { blocked: Some(output), planar: None }, step, input, Some(gates));
    }

    fn max_pool(&mut self, node: usize, axes: [Axis; 3]) {
        let image = self.image(node);
        let input = self.operand(node, 0);
        let input = self.blocked(input);
        let output = self.value(image.len());
        let step = MaxPool { input, output: output.value, axes, image };
        self.finish(node, At { blocked: Some(output), planar: None }, step, input, None);
    }

    /// The mean of each channel.
    fn mean(&mut self, node: usize) {
        let operand = self.operand(node, 0);
        let image = self.image(operand);
        let input = self.blocked(operand);
        let output = self.value(image.blocks() * BLOCK);
        let step = Mean { input, output: output.value, image };
        let planar = Slice { len: image.channels, ..output };
        self.finish(node, At { blocked: Some(output), planar: Some(planar) }, step, input, None);
    }

    /// A concatenation of whole blocks of channels.
    fn concat(&mut self, node: usize) -> bool {
        let image = self.image(node);
        let operands: Vec<_> = (0..self.graph.node(node).inputs as usize).map(|i| self.operand(node, i)).collect();
        let along_channels = operands.iter().all(|&operand| self.image(operand).plane == image.plane);
        // Only the last operand may end within a block.
        let ends = |&operand: &usize| self.image(operand).channels.is_multiple_of(BLOCK);
        if !along_channels || !operands.split_last().is_some_and(|(_, others)| others.iter().all(ends)) {
            return false;
        }
        let inputs: Vec<_> = operands.iter().map(|&operand| self.blocked(operand)).collect();
        let output = self.value(image.len());
        let reads: Vec<_> = inputs.iter().map(|input| input.value).collect();
        self.at[node] = At { blocked: Some(output), planar: None };
        self.push(Concat { inputs, output: output.value }, reads);
        true
    }

    fn portable(&mut self, node: usize) {
        let operands = 0..self.graph.node(node).inputs as usize;
        let inputs: Vec<_> = operands.map(|input| self.planar(self.graph.operand(node, input))).collect();
        let output = self.value(self.deployed.live.size[node] as usize);
        let reads: Vec<_> = inputs.iter().map(|input| input.value).collect();
        let io = self.deployed.io(node);
        let params = self.weights[node].concat();
        let step = Portable::new(self.engine, &mut self.plan, io, inputs, output, params);
        self.at[node] = At { planar: Some(Slice { len: self.elements(node), ..output }), blocked: None };
        self.push(step, reads);
    }
}
