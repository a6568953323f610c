//! Networks of random layers against a naive evaluation: as trained, and as deployed.

use proptest::prelude::*;

use crate::deploy::deployed::Deployed;
use crate::graph::settings::Settings;
use crate::graph::tensor::{Operands, Tensor, Tensors};
use crate::layers::conv::conv::Conv2d;
use crate::layers::norm::batch_norm::BatchNorm;
use crate::layers::pool::avg_pool::AvgPool2d;
use crate::layers::pool::max_pool::MaxPool2d;
use crate::layers::product::linear::Linear;
use crate::layers::rearrange::concat::Concat;
use crate::layers::rearrange::slice::Chunk;
use crate::testing::testing::{Array, Ran, Sliding, Vec, build, run_graph, vec, with_room};
use crate::weights::state_dict::Source;

/// A layer, or a few, on tensors given by their number; the input is 0. All are images.
#[derive(Clone, Debug)]
enum Layer {
    Conv {
        x: usize,
        out: usize,
        window: Sliding,
        groups: usize,
        bias: bool,
    },
    Norm {
        x: usize,
    },
    Activation {
        x: usize,
        kind: Activation,
    },
    MaxPool {
        x: usize,
        window: Sliding,
    },
    AvgPool {
        x: usize,
        window: Sliding,
        padded: bool,
    },
    /// `(x + y) / 2`
    Mean {
        x: usize,
        y: usize,
    },
    /// Each channel times the sigmoid of its mean.
    Gate {
        x: usize,
    },
    Concat {
        x: usize,
        y: usize,
    },
    /// The second half of the channels before the first.
    Swap {
        x: usize,
    },
    /// The second half of the channels.
    Half {
        x: usize,
    },
    /// A linear layer over all elements, as an image of one pixel, normalised.
    Head {
        x: usize,
        out: usize,
        bias: bool,
    },
}

#[derive(Clone, Copy, Debug)]
enum Activation {
    Relu,
    Relu6,
    HardSwish,
    Tanh,
}

/// A network: its layers, each with the tensors it stores, and the shapes of its tensors.
#[derive(Clone, Debug)]
struct Recipe {
    layers: Vec<(Layer, Vec<Vec<f32>>)>,
    shapes: Vec<[usize; 3]>,
    /// A second output besides the last tensor, so that it lives to the end.
    kept: usize,
}

impl Recipe {
    /// A network from random numbers, as far as shapes allow.
    fn new(input: [usize; 3], choices: &[[usize; 9]]) -> Self {
        let mut recipe = Recipe { layers: vec![], shapes: vec![input], kept: 0 };
        for choice in choices {
            recipe.add(*choice);
        }
        // A network has at least one layer.
        if recipe.layers.is_empty() {
            recipe.add([1; 9]);
        }
        recipe.kept = choices.len() % recipe.shapes.len();
        recipe
    }

    fn add(&mut self, [kind, from, other, a, b, c, d, e, f]: [usize; 9]) {
        let last = self.shapes.len() - 1;
        // Mostly a chain.
        let x = if from % 4 == 0 { other % self.shapes.len() } else { last };
        let y = other % self.shapes.len();
        let shape @ [channels, height, width] = self.shapes[x];
        let kernel = [a % 3 + 1, b % 3 + 1];
        let window = Sliding {
            kernel,
            stride: [c % 2 + 1, d % 2 + 1],
            padding: kernel.map(|extent| extent / 2 * (e % 2)),
            dilation: [1, 1],
            ceil: false,
        };
        let sliding = |channels, window: &Sliding| window.output(channels, &shape);
        let (layer, output) = match kind % 11 {
            0 | 1 => {
                let window = Sliding { dilation: [f % 2 + 1, 1], ..window };
                let groups = if c % 3 == 0 { channels } else { 1 };
                let out = groups * (d % 3 + 1);
                (Layer::Conv { x, out, window, groups, bias: f % 3 > 0 }, sliding(out, &window))
            }
            2 => (Layer::Norm { x }, Some(shape)),
            3 => {
                let kind = [Activation::Relu, Activation::Relu6, Activation::HardSwish, Activation::Tanh][a % 4];
                (Layer::Activation { x, kind }, Some(shape))
            }
            4 => {
                // A window on padding alone has no maximum.
                let dilation = if window.padding == [0, 0] { [1, c % 2 + 1] } else { [1, 1] };
                let window = Sliding { ceil: f % 2 > 0, dilation, ..window };
                (Layer::MaxPool { x, window }, sliding(channels, &window))
            }
            5 => (Layer::AvgPool { x, window, padded: f % 2 > 0 }, sliding(channels, &window)),
            6 => (Layer::Mean { x, y }, Some(shape).filter(|shape| *shape == self.shapes[y])),
            7 => (Layer::Gate { x }, Some(shape)),
            8 => {
                let joined = [channels + self.shapes[y][0], height, width];
                (Layer::Concat { x, y }, Some(joined).filter(|_| self.shapes[y][1..] == shape[1..]))
            }
            9 if c % 2 == 0 => (Layer::Swap { x }, Some(shape).filter(|_| channels % 2 == 0)),
            9 => (Layer::Half { x }, Some([channels / 2, height, width]).filter(|_| channels % 2 == 0)),
            _ => (Layer::Head { x, out: a % 5 + 1, bias: f % 2 > 0 }, Some([a % 5 + 1, 1, 1])),
        };
        if let Some(output) = output.filter(|output| output[0] <= 24) {
            let weights = self.weights(&layer, channels, shape.iter().product());
            self.layers.push((layer, weights));
            self.shapes.push(output);
        }
    }

    /// The numbers that a layer stores, of a magnitude that preserves that of its input.
    fn weights(&self, layer: &Layer, channels: usize, elements: usize) -> Vec<Vec<f32>> {
        let seed = self.layers.len();
        let numbers = |len: usize, centre: f32, spread: f32| {
            Array::numbers(&[len + seed]).data[seed..].iter().map(|x| centre + spread * x / 2.0).collect::<Vec<_>>()
        };
        let dot = |outputs: usize, fan_in: usize, bias: bool| {
            let mut tensors = vec![numbers(outputs * fan_in, 0.0, libm::sqrtf(3.0 / fan_in as f32))];
            tensors.extend(bias.then(|| numbers(outputs, 0.0, 0.2)));
            tensors
        };
        match *layer {
            Layer::Conv { out, window, groups, bias, .. } => {
                dot(out, channels / groups * window.kernel[0] * window.kernel[1], bias)
            }
            Layer::Norm { .. } => vec![numbers(channels, 0.9, 0.4), numbers(channels, 0.0, 0.2)],
            Layer::Head { out, bias, .. } => {
                let mut tensors = dot(out, elements, bias);
                tensors.extend([numbers(out, 0.9, 0.4), numbers(out, 0.0, 0.2)]);
                tensors
            }
            _ => vec![],
        }
    }

    fn declare<'g>(&self, input: Tensor<'g>) -> Vec<Tensor<'g>> {
        let mut tensors = vec![input];
        for (layer, _) in &self.layers {
            let of = |index: usize| tensors[index];
            let halves = |x: Tensor<'g>| x.chunk::<2>(Chunk::new(2));
            tensors.push(match *layer {
                Layer::Conv { x, out, window: Sliding { kernel, stride, padding, dilation, .. }, groups, bias } => {
                    let options = Conv2d::new(out, kernel).stride(stride).padding(padding).dilation(dilation);
                    of(x).conv2d(options.groups(groups).bias(bias))
                }
                Layer::Norm { x } => of(x).batch_norm(BatchNorm::new()),
                Layer::Activation { x, kind: Activation::Relu } => of(x).relu(),
                Layer::Activation { x, kind: Activation::Relu6 } => of(x).relu6(),
                Layer::Activation { x, kind: Activation::HardSwish } => of(x).hard_swish(),
                Layer::Activation { x, kind: Activation::Tanh } => of(x).tanh(),
                Layer::MaxPool { x, window: Sliding { kernel, stride, padding, dilation, ceil } } => {
                    let options = MaxPool2d::new(kernel).stride(stride).padding(padding).dilation(dilation);
                    of(x).max_pool2d(options.ceil_mode(ceil))
                }
                Layer::AvgPool { x, window: Sliding { kernel, stride, padding, .. }, padded } => {
                    let options = AvgPool2d::new(kernel).stride(stride).padding(padding);
                    of(x).avg_pool2d(options.count_include_pad(padded))
                }
                Layer::Mean { x, y } => Operands(of(x).add(of(y)), 0.5).mul(),
                Layer::Gate { x } => of(x).mul(of(x).global_avg_pool().sigmoid()),
                Layer::Concat { x, y } => Tensors([of(x), of(y)]).concat(Concat::new()),
                Layer::Swap { x } => {
                    let [first, second] = halves(of(x));
                    Tensors([second, first]).concat(Concat::new())
                }
                Layer::Half { x } => halves(of(x))[1],
                Layer::Head { x, out, bias } => {
                    let y = of(x).flatten().linear(Linear::new(out).bias(bias));
                    y.batch_norm(BatchNorm::new()).reshape([out, 1, 1])
                }
            });
        }
        vec![tensors[tensors.len() - 1], tensors[self.kept]]
    }

    /// The network's output by the formulas.
    fn evaluate(&self, input: &Array) -> Vec<Array> {
        let mut tensors = vec![input.clone()];
        for ((layer, weights), shape) in self.layers.iter().zip(&self.shapes[1..]) {
            let output = naive(layer, weights, shape, &tensors);
            tensors.push(output);
        }
        vec![tensors[tensors.len() - 1].clone(), tensors[self.kept].clone()]
    }

    /// Whether an output depends on each tensor.
    fn is_read(&self) -> Vec<bool> {
        let mut is_read = vec![false; self.shapes.len()];
        (is_read[self.shapes.len() - 1], is_read[self.kept]) = (true, true);
        for (number, (layer, _)) in self.layers.iter().enumerate().rev() {
            if !is_read[number + 1] {
                continue;
            }
            match *layer {
                Layer::Conv { x, .. }
                | Layer::Norm { x }
                | Layer::Activation { x, .. }
                | Layer::MaxPool { x, .. }
                | Layer::AvgPool { x, .. }
                | Layer::Gate { x }
                | Layer::Swap { x }
                | Layer::Half { x }
                | Layer::Head { x, .. } => is_read[x] = true,
                Layer::Mean { x, y } | Layer::Concat { x, y } => (is_read[x], is_read[y]) = (true, true),
            }
        }
        is_read
    }

    /// The weights of a graph of this network, in the order in which it stores them.
    fn stored(&self, deployed: &Deployed) -> Vec<f32> {
        let graph = &deployed.graph;
        // What the layers of the graph have in the network's order: a head is two of them.
        let is_read = self.is_read();
        let read = self.layers.iter().zip(&is_read[1..]).filter_map(|(layer, is_read)| is_read.then_some(layer));
        let mut tensors = read.flat_map(|(layer, weights)| match layer {
            Layer::Head { .. } => weights.split_at(weights.len() - 2).into(),
            _ => [&weights[..], &[]],
        });
        let of_node: Vec<&[Vec<f32>]> = (0..graph.len())
            .map(|node| match graph.state(node).len {
                0 => &[][..],
                _ => tensors.by_ref().find(|tensors| !tensors.is_empty()).expect("a layer for each state"),
            })
            .collect();
        assert!(tensors.all(<[_]>::is_empty), "what nobody reads is not stored");
        let mut weights = vec![];
        for node in 0..graph.len() {
            let state = graph.state(node);
            for i in 0..deployed.stored_count(node, &state) {
                let stored = deployed.stored(node, &state, i);
                match (stored.source, of_node[stored.node]) {
                    (Source::Entry(entry), tensors) => weights.extend(&tensors[entry]),
                    (Source::Scale, tensors) => weights.extend(&tensors[0]),
                    (Source::Shift, tensors) if stored.node == node || state.len == 1 => weights.extend(&tensors[1]),
                    // The bias before a normalisation is scaled by it.
                    (Source::Shift, tensors) => {
                        let folded = of_node[node][1].iter().zip(&tensors[0]).zip(&tensors[1]);
                        weights.extend(folded.map(|((bias, scale), shift)| bias * scale + shift));
                    }
                }
            }
        }
        weights
    }
}

/// One layer by its formula.
fn naive(layer: &Layer, weights: &[Vec<f32>], shape: &[usize; 3], tensors: &[Array]) -> Array {
    let windows = |x: &Array, window: &Sliding, function: &dyn Fn(Vec<f32>) -> f32| {
        Array::of(shape, |at| {
            let taps = window.taps([at[1], at[2]], &x.shape);
            function(taps.iter().map(|(_, [row, column])| x.at(&[at[0], *row, *column])).collect())
        })
    };
    match *layer {
        Layer::Conv { x, out, window, groups, bias } => {
            let x = &tensors[x];
            let inputs = x.shape[0] / groups;
            let kernel = Array { shape: [&[out, inputs][..], &window.kernel].concat(), data: weights[0].clone() };
            Array::of(shape, |at| {
                let mut sum = if bias { weights[1][at[0]] } else { 0.0 };
                for (tap, place) in window.taps([at[1], at[2]], &x.shape) {
                    for input in 0..inputs {
                        let from = at[0] / (out / groups) * inputs + input;
                        sum += x.at(&[from, place[0], place[1]]) * kernel.at(&[at[0], input, tap[0], tap[1]]);
                    }
                }
                sum
            })
        }
        Layer::Norm { x } => Array::of(shape, |at| tensors[x].at(at) * weights[0][at[0]] + weights[1][at[0]]),
        Layer::Activation { x, kind } => tensors[x].map(|x| match kind {
            Activation::Relu => x.max(0.0),
            Activation::Relu6 => x.clamp(0.0, 6.0),
            Activation::HardSwish => x * (x + 3.0).clamp(0.0, 6.0) / 6.0,
            Activation::Tanh => x.tanh(),
        }),
        Layer::MaxPool { x, window } => {
            windows(&tensors[x], &window, &|taps| taps.into_iter().fold(f32::NEG_INFINITY, f32::max))
        }
        Layer::AvgPool { x, window, padded } => windows(&tensors[x], &window, &|taps| {
            let count = if padded { window.kernel[0] * window.kernel[1] } else { taps.len() };
            taps.iter().sum::<f32>() / count as f32
        }),
        Layer::Mean { x, y } => Array::of(shape, |at| (tensors[x].at(at) + tensors[y].at(at)) / 2.0),
        Layer::Gate { x } => Array::of(shape, |at| {
            let plane = shape[1] * shape[2];
            let values = &tensors[x].data[at[0] * plane..][..plane];
            let mean = values.iter().sum::<f32>() / values.len() as f32;
            tensors[x].at(at) / (1.0 + (-mean).exp())
        }),
        Layer::Concat { x, y } => {
            let data = [&tensors[x].data[..], &tensors[y].data].concat();
            Array { shape: shape.to_vec(), data }
        }
        Layer::Swap { x } => {
            let (first, second) = tensors[x].data.split_at(tensors[x].data.len() / 2);
            Array { shape: shape.to_vec(), data: [second, first].concat() }
        }
        Layer::Half { x } => {
            let (_, second) = tensors[x].data.split_at(tensors[x].data.len() / 2);
            Array { shape: shape.to_vec(), data: second.to_vec() }
        }
        Layer::Head { x, bias, .. } => {
            let x = &tensors[x].data;
            let [scale, shift] = &weights[weights.len() - 2..] else { unreachable!("a head is normalised") };
            Array::of(shape, |at| {
                let row = &weights[0][at[0] * x.len()..][..x.len()];
                let sum: f32 = row.iter().zip(x).map(|(weight, x)| weight * x).sum();
                let sum = if bias { sum + weights[1][at[0]] } else { sum };
                sum * scale[at[0]] + shift[at[0]]
            })
        }
    }
}

/// Whether outputs are equal up to rounding, relative to the largest of them.
#[track_caller]
fn assert_close(ran: &Ran, expected: &[Array]) {
    for (found, expected) in ran.outputs.iter().zip(expected) {
        assert_eq!(found.shape, expected.shape);
        let largest = expected.data.iter().fold(1.0_f32, |largest, x| largest.max(x.abs()));
        for (found, expected) in found.data.iter().zip(&expected.data) {
            assert!((found - expected).abs() <= 1e-5 * largest, "{found}, expected {expected}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn networks_are_what_their_layers_are(
        input in (1usize..7, 1usize..9, 1usize..9),
        choices in prop::collection::vec(prop::array::uniform9(0usize..60), 1..16),
    ) {
        let input = [input.0, input.1, input.2];
        let recipe = Recipe::new(input, &choices);
        let x = [Array::numbers(&input)];
        let expected = recipe.evaluate(&x[0]);
        with_room(|| {
            for settings in [Settings::new(), Settings::new().fuse()] {
                let deployed = build(settings, &x, &|_, x| recipe.declare(x[0]));
                assert_close(&run_graph(&deployed, &x, &recipe.stored(&deployed)), &expected);
            }
        });
    }
}
