//! Networks of networks, instances, batches, names, ports, and costs as constants.

use netcost::prelude::*;
use netcost_zoo::{AlexNet, DsCnn, MobileNetV2};

use crate::layer;

#[network]
fn Features(x: Tensor<3, 8, 8>) -> Tensor<16, 4, 4> {
    x.conv2d(8, 3, padding = 1, bias = false).batch_norm().relu().conv2d(16, 3, stride = 2, padding = 1, name = "last")
}

#[block]
fn features(x: Tensor) -> Tensor {
    x.conv2d(8, 3, padding = 1, bias = false).batch_norm().relu().conv2d(16, 3, stride = 2, padding = 1, name = "last")
}

/// A network within another counts as if its layers had been written there.
#[test]
fn networks_are_blocks() {
    #[network]
    fn OfNetwork(x: Tensor<3, 8, 8>) -> Tensor<10> {
        Features(x).relu().flatten().linear(10)
    }
    #[network]
    fn OfBlock(x: Tensor<3, 8, 8>) -> Tensor<10> {
        features(x).relu().flatten().linear(10)
    }
    assert_eq!(OfNetwork::COST, OfBlock::COST);
    assert_eq!(OfNetwork::MEMORY, OfBlock::MEMORY);
    assert_eq!(OfNetwork::MACS - Features::MACS, 2560);
    for (a, b) in OfNetwork::LAYERS.iter().zip(OfBlock::LAYERS) {
        let [a, b] = [a, b].map(|layer| (layer.name.as_str(), layer.operator, layer.output, layer.cost));
        assert_eq!(a, b);
    }

    #[network]
    fn Wrapped(x: Tensor<3, 224, 224>) -> Tensor<1000> {
        MobileNetV2::<224>(x)
    }
    assert_eq!(Wrapped::COST, MobileNetV2::<224>::COST);
    assert_eq!(Wrapped::MEMORY, MobileNetV2::<224>::MEMORY);
    assert_eq!(Wrapped::LAYERS.len(), MobileNetV2::<224>::LAYERS.len());
}

/// The same network used twice has two sets of weights.
#[test]
fn a_network_used_twice() {
    #[network]
    fn Twice(a: Tensor<3, 8, 8>, b: Tensor<3, 8, 8>) -> Tensor<16, 4, 4> {
        Features(a, name = "left") - Features(b, name = "right")
    }
    assert_eq!(Twice::MACS, 2 * Features::MACS);
    assert_eq!(Twice::PARAMS, 2 * Features::PARAMS);
    assert_eq!(Twice::FLOPS, 2 * Features::FLOPS + 16 * 4 * 4);
    let names: Vec<&str> = Twice::LAYERS.iter().map(|layer| layer.name.as_str()).collect();
    let left_and_right =
        ["left.0", "left.1", "left.2", "left.last", "right.0", "right.1", "right.2", "right.last", "0"];
    assert_eq!(names, left_and_right);
}

/// An inner network's own deployment does not matter in the outer one.
#[test]
fn the_outer_network_is_deployed() {
    #[network(fuse, dtype = i8)]
    fn Inner(x: Tensor<3, 8, 8>) -> Tensor<16, 4, 4> {
        features(x)
    }
    #[network]
    fn Outer(x: Tensor<3, 8, 8>) -> Tensor<16, 4, 4> {
        Inner(x)
    }
    assert_eq!(Outer::COST, Features::COST);
    assert_eq!(Outer::DEPLOYMENT, Features::DEPLOYMENT);
    assert!(Inner::WEIGHT_BYTES < Outer::WEIGHT_BYTES);
}

#[test]
fn instances_of_a_generic_network() {
    #[network]
    fn Perceptron<const INPUTS: usize, const HIDDEN: usize, const DEPTH: usize>(
        x: Tensor<INPUTS>,
    ) -> Tensor<{ HIDDEN / 2 }> {
        let mut x = x;
        for _ in 0..DEPTH {
            x = x.linear(HIDDEN).relu();
        }
        x.linear(HIDDEN / 2, bias = false)
    }
    type Small = Perceptron<16, 8, 1>;
    assert_eq!(Small::MACS, 16 * 8 + 8 * 4);
    assert_eq!(Small::LAYERS.len(), 3);
    assert_eq!(Perceptron::<16, 8, 3>::MACS, 16 * 8 + 2 * 8 * 8 + 8 * 4);
    assert_eq!(Perceptron::<16, 8, 3>::LAYERS.len(), 7);
    assert_eq!(Perceptron::<100, 8, 1>::PARAMS, 100 * 8 + 8 + 8 * 4);
    assert_eq!(AlexNet::<448, 448>::PARAMS, AlexNet::<224, 224>::PARAMS);
    assert!(AlexNet::<448, 224>::MACS > AlexNet::<224, 224>::MACS);
    assert_eq!(AlexNet::<448, 224>::MACS, AlexNet::<224, 448>::MACS);
}

/// A batch multiplies arithmetic and activations; parameters stay the same, and weights are moved once.
#[test]
fn batches() {
    type Net = AlexNet<224, 224>;
    const TWO: netcost::Cost = Net::COST.batch(2);
    // torch 2.15.0, FlopCounterMode on a batch of 2, halved
    assert_eq!(TWO.macs, 1_428_376_960);
    assert_eq!(TWO.macs_executed, 2 * Net::MACS_EXECUTED);
    assert_eq!(TWO.flops, 2 * Net::FLOPS);
    assert_eq!(TWO.census, Net::CENSUS.times(2));
    assert_eq!(TWO.census_executed, Net::CENSUS_EXECUTED.times(2));
    assert_eq!((TWO.params, TWO.weights, TWO.weight_bytes), (Net::PARAMS, Net::COST.weights, Net::WEIGHT_BYTES));
    for (two, one) in [(TWO.traffic, Net::TRAFFIC), (TWO.traffic_uncached, Net::TRAFFIC_UNCACHED)] {
        assert_eq!((two.weights, two.input, two.output), (one.weights, 2 * one.input, 2 * one.output));
    }
    assert_eq!(Net::COST.batch(1), Net::COST);
    assert_eq!(Net::COST.batch(0).macs, 0);

    const MEMORY: netcost::Memory = DsCnn::MEMORY.batch(8);
    assert_eq!(MEMORY.arena_bytes, 8 * DsCnn::ARENA_BYTES);
    assert_eq!(MEMORY.peak_live_bytes, 8 * DsCnn::PEAK_LIVE_BYTES);
    assert_eq!(MEMORY.peak_live_in_place_bytes, 8 * DsCnn::PEAK_LIVE_IN_PLACE_BYTES);
}

#[test]
#[should_panic(expected = "does not fit in a u64")]
fn a_batch_does_not_wrap() {
    let _ = MobileNetV2::<224>::COST.batch(u64::MAX / 1000);
}

/// PyTorch's module names, in scopes; an unnamed layer is called by its index in its scope.
#[test]
fn names_of_layers() {
    #[block]
    fn unit(x: Tensor, width: usize) -> Tensor {
        let y = x.conv2d(width, 1, name = "conv1").relu().conv2d(x.channels(), 1, name = "conv2");
        x + y
    }
    #[network]
    fn Net(x: Tensor<4, 6, 6>) -> Tensor<4, 6, 6> {
        let mut x = x.relu();
        for stage in 1..3 {
            for i in 0..2 {
                x = unit(x, 4 * stage, name = "layer{stage}.{i}");
            }
        }
        let scale = parameter([x.channels(), 1, 1], name = "scale");
        x.batch_norm() * scale
    }
    let names: Vec<&str> = Net::LAYERS.iter().map(|layer| layer.name.as_str()).collect();
    let expected = ["0", "layer1.0.conv1", "layer1.0.1", "layer1.0.conv2", "layer1.0.3", "layer1.1.conv1"];
    assert_eq!(names[..6], expected);
    assert_eq!(names[names.len() - 3..], ["scale", "2", "3"]);
    assert_eq!(layer::<Net>("layer2.1.conv2").cost.params, 8 * 4 + 4);
    let last = Net::PARAMS_TABLE.iter().rev().take(3).map(|row| row.name.as_str());
    assert_eq!(last.collect::<Vec<_>>(), ["2.shift", "2.scale", "scale"]);
    // The rows are consecutive, and cover all weights.
    let mut offset = 0;
    for row in Net::PARAMS_TABLE {
        assert_eq!(row.offset, offset, "{}", row.name);
        offset += row.shape.elements();
    }
    assert_eq!(offset, Net::WEIGHTS_LEN as u64);
}

#[test]
fn several_inputs_and_outputs() {
    #[network]
    fn Ports(image: Tensor<2, 3, 3>, gain: Tensor<2, 1, 1>) -> (Tensor<2, 3, 3>, Tensor<18>, Tensor<2, 3, 3>) {
        let scaled = image * gain;
        (scaled, scaled.flatten(), image)
    }
    let shapes = |ports: &[netcost::Port]| ports.iter().map(|port| crate::extents(&port.shape)).collect::<Vec<_>>();
    assert_eq!(Ports::INPUTS.iter().map(|port| port.name).collect::<Vec<_>>(), ["image", "gain"]);
    assert_eq!(shapes(Ports::INPUTS), ["2x3x3", "2x1x1"]);
    assert_eq!(shapes(Ports::OUTPUTS), ["2x3x3", "18", "2x3x3"]);
    // The image is also an output, so the product cannot overwrite it; the second output is a view of the first.
    assert_eq!(Ports::ARENA_LEN, 18 + 2 + 18);

    let mut arena = [0.0; Ports::ARENA_LEN];
    for (i, x) in Ports::input_at(&mut arena, 0).iter_mut().enumerate() {
        *x = i as f32;
    }
    Ports::input_at(&mut arena, 1).copy_from_slice(&[2.0, -1.0]);
    assert!(Ports::input_at(&mut arena, 2).is_empty());
    let outputs = Ports::run(&[], &mut arena).expect("the network runs");
    let product: Vec<f32> = (0..18).map(|i| i as f32 * if i < 9 { 2.0 } else { -1.0 }).collect();
    assert_eq!(outputs[..], product);
    assert_eq!(outputs.get(1), Some(&product[..]));
    assert_eq!(outputs.get(2).map(|image| image[17]), Some(17.0));
    assert_eq!(outputs.get(3), None);
}

/// Every number is an integer constant, usable in lengths, other constants, patterns and types.
#[test]
fn costs_are_constants() {
    const MACS: u64 = DsCnn::MACS;
    const FITS: bool = DsCnn::ARENA_BYTES <= 128 * 1024 && DsCnn::FLOPS < 6_000_000;
    const { assert!(FITS) };
    static WEIGHTS: [f32; DsCnn::WEIGHTS_LEN] = [0.0; DsCnn::WEIGHTS_LEN];
    let mut arena = [0.0; DsCnn::ARENA_LEN];
    let per_layer: [u64; DsCnn::LAYERS.len()] = core::array::from_fn(|i| DsCnn::LAYERS[i].cost.macs);
    assert_eq!(per_layer.iter().sum::<u64>(), MACS);
    assert_eq!(
        match MACS {
            DsCnn::MACS => "DsCnn",
            _ => "another",
        },
        "DsCnn"
    );
    const HEAVIEST: u64 = {
        let mut heaviest = 0;
        let mut i = 0;
        while i < DsCnn::LAYERS.len() {
            if DsCnn::LAYERS[i].cost.macs > heaviest {
                heaviest = DsCnn::LAYERS[i].cost.macs;
            }
            i += 1;
        }
        heaviest
    };
    assert_eq!(HEAVIEST, 512_000);
    // With zero weights, all classes are equal.
    let scores = DsCnn::run(&WEIGHTS, &mut arena).expect("the network runs");
    assert_eq!(scores[..], [1.0 / 12.0; 12]);
}

/// Weights and arenas of the wrong length are errors that name both lengths, and nothing is written.
#[test]
fn wrong_lengths() {
    let weights = vec![0.0; DsCnn::WEIGHTS_LEN];
    let mut arena = vec![7.0; DsCnn::ARENA_LEN];
    let error = DsCnn::run(&weights[1..], &mut arena).expect_err("a weight is missing");
    let (len, short) = (DsCnn::WEIGHTS_LEN, DsCnn::WEIGHTS_LEN - 1);
    assert_eq!(error.to_string(), format!("the network has {len} weights, and is given {short}"));
    let (len, short) = (DsCnn::ARENA_LEN, DsCnn::ARENA_LEN - 1);
    let error = DsCnn::run(&weights, &mut arena[1..]).expect_err("the arena is too short");
    assert_eq!(error.to_string(), format!("the network needs an arena of {len} elements, and is given {short}"));
    let error = DsCnn::validate(&weights, &mut arena[1..], |_| {}).expect_err("the arena is too short");
    assert_eq!(error.to_string(), format!("the network needs an arena of {len} elements, and is given {short}"));
    assert!(DsCnn::input(&mut arena[..3]).is_empty());
    assert!(arena.iter().all(|&x| x == 7.0));
}
