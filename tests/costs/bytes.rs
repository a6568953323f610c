//! Bytes: weights by data type, what fusing changes, and traffic.

use netcost::prelude::*;
use netcost::{LayerRun, Traffic};

use crate::layer;

#[block]
fn small(x: Tensor) -> Tensor {
    x.conv2d(8, 3, padding = 1).batch_norm().relu().flatten().linear(10, bias = false)
}

/// A network of each data type: weights have its width; biases, scales and shifts of integer types are 32-bit sums. In 8
/// bits, they are [packed](eight_bits_are_counted_as_they_are_packed).
#[test]
fn bytes_by_data_type() {
    #[network]
    fn F32(x: Tensor<3, 4, 4>) -> Tensor<10> {
        small(x)
    }
    #[network(dtype = f16)]
    fn F16(x: Tensor<3, 4, 4>) -> Tensor<10> {
        small(x)
    }
    #[network(dtype = bf16)]
    fn BF16(x: Tensor<3, 4, 4>) -> Tensor<10> {
        small(x)
    }
    #[network(dtype = i16)]
    fn I16(x: Tensor<3, 4, 4>) -> Tensor<10> {
        small(x)
    }
    #[network(dtype = i8)]
    fn I8(x: Tensor<3, 4, 4>) -> Tensor<10> {
        small(x)
    }
    const WEIGHTS: u64 = 8 * 27 + 1280;
    const BIASES: u64 = 8 + 2 * 8;
    assert_eq!(F32::WEIGHT_BYTES, 4 * (WEIGHTS + BIASES));
    assert_eq!(F16::WEIGHT_BYTES, 2 * (WEIGHTS + BIASES));
    assert_eq!(BF16::WEIGHT_BYTES, 2 * (WEIGHTS + BIASES));
    assert_eq!(I16::WEIGHT_BYTES, 2 * WEIGHTS + 4 * BIASES);
    const PACKED: u64 = (8 * 3 * 12 + 9 * 8) + 2 * 4 * 8 + 256 + (1280 + 8 * 10 + 12);
    assert_eq!(I8::WEIGHT_BYTES, PACKED);

    fn same<N: Network>(bytes: u64) {
        assert_eq!((N::MACS, N::PARAMS, N::CENSUS), (F32::MACS, F32::PARAMS, F32::CENSUS));
        assert_eq!(N::WEIGHTS_LEN, F32::WEIGHTS_LEN);
        assert_eq!(N::TRAFFIC.input * 4, bytes * F32::TRAFFIC.input);
        assert_eq!(N::TRAFFIC.output * 4, bytes * F32::TRAFFIC.output);
        assert_eq!(N::TRAFFIC.weights, N::WEIGHT_BYTES);
    }
    fn same_memory<N: Network>(bytes: u64) {
        same::<N>(bytes);
        assert_eq!(N::ARENA_LEN, F32::ARENA_LEN);
        assert_eq!(N::ARENA_BYTES, bytes * F32::ARENA_LEN as u64);
        assert_eq!(N::PEAK_LIVE_BYTES * 4, bytes * F32::PEAK_LIVE_BYTES);
        assert_eq!(N::PEAK_LIVE_IN_PLACE_BYTES * 4, bytes * F32::PEAK_LIVE_IN_PLACE_BYTES);
    }
    same_memory::<F32>(4);
    same_memory::<F16>(2);
    same_memory::<BF16>(2);
    same_memory::<I16>(2);
    // Its kernels need scratch.
    same::<I8>(1);
}

/// A folded normalisation is an epilogue, `sum · scale + shift`, with the bias in its shift.
#[test]
fn fusing_folds_normalisations() {
    #[network]
    fn Apart(x: Tensor<3, 4, 4>) -> Tensor<10> {
        small(x)
    }
    #[network(fuse)]
    fn Fused(x: Tensor<3, 4, 4>) -> Tensor<10> {
        small(x)
    }
    assert_eq!(Fused::MACS, Apart::MACS);
    assert_eq!(Fused::MACS_EXECUTED, Apart::MACS_EXECUTED);
    assert_eq!(Fused::PARAMS, Apart::PARAMS);

    let outputs = 8 * 4 * 4;
    let [conv, norm] = [layer::<Fused>("0"), layer::<Fused>("1")];
    let [conv_apart, norm_apart] = [layer::<Apart>("0"), layer::<Apart>("1")];
    // The bias is added by the shift.
    let epilogue = Census::ZERO.mul(outputs).add(outputs);
    assert_eq!(conv.cost.census, Census::ZERO.mul(conv.cost.macs).add(conv.cost.macs - outputs).plus(&epilogue));
    assert_eq!(conv_apart.cost.census, Census::ZERO.mul(conv.cost.macs).add(conv.cost.macs));
    assert_eq!(norm_apart.cost.census, epilogue);
    assert_eq!((norm.run, norm.cost.census), (LayerRun::Folded, Census::ZERO));
    assert_eq!(Apart::FLOPS - Fused::FLOPS, outputs);

    // Each layer keeps its parameters; weights are stored, and one scale and one shift per channel.
    assert_eq!((conv.cost.params, norm.cost.params), (216 + 8, 16));
    assert_eq!((conv.cost.weights, norm.cost.weights), (216 + 16, 0));
    assert_eq!(Apart::WEIGHT_BYTES - Fused::WEIGHT_BYTES, 4 * 8);
    // And the normalisation moves nothing.
    assert_eq!(norm.cost.traffic, Traffic::ZERO);
    let names: Vec<&str> = Fused::PARAMS_TABLE.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["0.weight", "1.scale", "1.shift", "4.weight"]);
    let names: Vec<&str> = Apart::PARAMS_TABLE.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["0.weight", "0.bias", "1.scale", "1.shift", "4.weight"]);
}

/// In 8 bits, a channel has a bias, a multiplier and a shift, and rows of weights are whole words. Functions that are not
/// folded are tables.
#[test]
fn eight_bits_are_counted_as_they_are_packed() {
    #[network(fuse, dtype = i8)]
    fn Packed(x: Tensor<3, 9, 9>) -> Tensor<10> {
        let x = x.conv2d(8, 3, name = "conv").batch_norm(name = "norm").relu(name = "folded");
        let x = x.conv2d(8, [2, 3], groups = 2, bias = false, name = "grouped");
        let x = x.conv2d(16, [1, 3], groups = 8, name = "depthwise").conv2d(9, 1, name = "pointwise");
        let x = (x + parameter([9, 1, 1], name = "parameter")).sigmoid(name = "sigmoid") * 2.0;
        x.relu(name = "relu").conv2d(1, 1).flatten().linear(10, name = "linear").softmax(name = "softmax")
    }
    let bytes = |name| layer::<Packed>(name).cost.weight_bytes;
    assert_eq!(bytes("conv"), 8 * 3 * 12 + 9 * 8);
    assert_eq!((bytes("norm"), bytes("folded"), bytes("softmax")), (0, 0, 0));
    assert_eq!(bytes("grouped"), 8 * 2 * 12 + 9 * 8);
    assert_eq!(bytes("depthwise"), 16 * 3 + 9 * 16);
    assert_eq!(bytes("pointwise"), 9 * 16 + 8 * 9 + 12);
    assert_eq!(bytes("parameter"), 12);
    assert_eq!((bytes("sigmoid"), bytes("relu")), (256, 256));
    assert_eq!(bytes("linear"), 10 * 20 + 8 * 10 + 12);
    assert_eq!(Packed::COST.weights, 8 * 27 + 2 * 8 + 8 * 24 + 16 * 4 + 9 * 17 + 9 + 10 + 10 * 19);
    let sum: u64 = Packed::LAYERS.iter().map(|layer| layer.cost.weight_bytes).sum();
    assert_eq!(Packed::WEIGHT_BYTES, sum);
    assert_eq!(Packed::TRAFFIC.weights, Packed::WEIGHT_BYTES);

    // A layer that shares its weights stores nothing, and reads all of it.
    #[network(fuse, dtype = i8)]
    fn Shared(x: Tensor<3, 9>) -> Tensor<3, 9> {
        x.conv1d(3, 1, name = "once").conv1d(3, 1, name = "once")
    }
    const ONCE: u64 = 3 * 4 + 8 * 3 + 4;
    assert_eq!((Shared::WEIGHT_BYTES, Shared::COST.shared_weight_bytes), (ONCE, ONCE));
    assert_eq!(Shared::TRAFFIC.weights, 2 * ONCE);
}

/// In 8 bits, a clamp is folded too, alone or after a normalisation: it costs what it did, and moves nothing.
#[test]
fn fusing_folds_clamps_of_eight_bits() {
    #[block]
    fn clamps(x: Tensor) -> Tensor {
        let x = x.conv2d(8, 3).batch_norm().relu();
        let y = x.conv2d(8, 3, padding = 1, groups = 8).relu6().conv2d(8, 1).batch_norm();
        (x + y).clamp(-1.0, 1.0).max_pool2d(2).hard_tanh().flatten().linear(10).clamp_min(0.0)
    }
    #[network(fuse)]
    fn F32(x: Tensor<3, 8, 8>) -> Tensor<10> {
        clamps(x)
    }
    #[network(dtype = i8)]
    fn Apart(x: Tensor<3, 8, 8>) -> Tensor<10> {
        clamps(x)
    }
    #[network(fuse, dtype = i8)]
    fn Fused(x: Tensor<3, 8, 8>) -> Tensor<10> {
        clamps(x)
    }
    let folded = |layers: &'static [netcost::Layer]| -> Vec<&str> {
        layers.iter().filter(|layer| layer.run == LayerRun::Folded).map(|layer| layer.operator).collect()
    };
    assert_eq!(folded(F32::LAYERS), ["batch_norm", "batch_norm"]);
    assert_eq!(folded(Apart::LAYERS), [""; 0]);
    assert_eq!(folded(Fused::LAYERS), ["batch_norm", "relu", "relu6", "batch_norm", "clamp", "hard_tanh", "clamp_min"]);
    assert_eq!((Fused::CENSUS, Fused::CENSUS_EXECUTED), (F32::CENSUS, F32::CENSUS_EXECUTED));
    for (fused, f32) in Fused::LAYERS.iter().zip(F32::LAYERS) {
        assert_eq!(fused.cost.census, f32.cost.census, "{}", fused.name);
        if fused.run == LayerRun::Folded {
            assert_eq!((fused.cost.traffic, fused.cost.traffic_uncached), (Traffic::ZERO, Traffic::ZERO));
        }
    }
    // Of five clamps, three of 8×6×6, and the two after it, which are read and written in `f32`.
    let moved = 3 * 8 * 6 * 6 + 8 * 3 * 3 + 10;
    assert_eq!(F32::TRAFFIC.input / 4 - Fused::TRAFFIC.input, moved);
    assert_eq!(F32::TRAFFIC.output / 4 - Fused::TRAFFIC.output, moved);
}

/// A clamp stays if its operand is also read elsewhere, is an output, a view, or made by a layer that limits nothing.
#[test]
fn clamps_that_stay() {
    #[network(fuse, dtype = i8)]
    fn Stays(x: Tensor<4, 6, 6>) -> (Tensor<4, 6, 6>, Tensor<4, 6, 6>, Tensor<144>) {
        let shared = x.conv2d(4, 1);
        let y = shared.relu(name = "of_shared") + shared;
        let z = y.sigmoid().relu(name = "of_sigmoid").relu(name = "of_relu");
        let output = z.conv2d(4, 1);
        let view = output.relu(name = "of_output").conv2d(4, 1).flatten();
        let twice = view.relu(name = "of_view").linear(144).relu().relu6(name = "second");
        (output, x.relu(name = "of_input"), twice)
    }
    for name in ["of_shared", "of_sigmoid", "of_relu", "of_output", "of_view", "second", "of_input"] {
        assert_eq!(layer::<Stays>(name).run, LayerRun::Kernel, "{name}");
    }
    let folded = Stays::LAYERS.iter().filter(|layer| layer.run == LayerRun::Folded);
    assert_eq!(folded.count(), 1);
}

#[test]
fn fusing_saves_the_bias_in_networks_of_the_literature() {
    use netcost_zoo::{DsCnn, DsCnnFused};
    assert_eq!((DsCnnFused::MACS, DsCnnFused::PARAMS), (DsCnn::MACS, DsCnn::PARAMS));
    // Nine convolutions with a bias of 64, on 25 × 5.
    assert_eq!(DsCnn::WEIGHT_BYTES - DsCnnFused::WEIGHT_BYTES, 4 * 9 * 64);
    assert_eq!(DsCnn::FLOPS - DsCnnFused::FLOPS, 9 * 64 * 25 * 5);
    assert!(DsCnnFused::TRAFFIC.total() < DsCnn::TRAFFIC.total());
    assert!(DsCnnFused::ARENA_BYTES <= DsCnn::ARENA_BYTES);
}

/// A normalisation stays if its input is also read elsewhere, is an output, or is not a sum.
#[test]
fn normalisations_that_stay() {
    #[network(fuse)]
    fn Stays(x: Tensor<4, 6, 6>) -> (Tensor<4, 6, 6>, Tensor<4, 6, 6>) {
        let shared = x.conv2d(4, 1, name = "shared");
        let y = shared.batch_norm(name = "of_shared") + shared;
        let z = y.relu().batch_norm(name = "of_relu");
        let output = z.conv2d(4, 1, name = "output");
        (output, output.batch_norm(name = "of_output"))
    }
    for name in ["of_shared", "of_relu", "of_output"] {
        let layer = layer::<Stays>(name);
        assert_eq!((layer.run, layer.cost.weights), (LayerRun::Kernel, 8), "{name}");
    }
}

/// 2×4×4, a 3 × 3 convolution to 3 channels with bias, and a ReLU.
#[test]
fn traffic_by_hand() {
    #[network]
    fn Net(x: Tensor<2, 4, 4>) -> Tensor<3, 4, 4> {
        x.conv2d(3, 3, padding = 1).relu()
    }
    let [conv, relu] = [&layer::<Net>("0").cost, &layer::<Net>("1").cost];
    assert_eq!(conv.traffic, Traffic { weights: 4 * (54 + 3), input: 4 * 32, output: 4 * 48 });
    assert_eq!(relu.traffic, Traffic { weights: 0, input: 4 * 48, output: 4 * 48 });
    // One input for each of the 48·18 MACs, and for each element of the ReLU.
    assert_eq!(conv.traffic_uncached, Traffic { weights: 4 * (54 + 3), input: 4 * 48 * 18, output: 4 * 48 });
    assert_eq!(relu.traffic_uncached, relu.traffic);
    assert_eq!(Net::TRAFFIC, conv.traffic.plus(&relu.traffic));
    assert_eq!(Net::TRAFFIC.total(), 4 * (57 + 32 + 48 + 48 + 48));
    assert_eq!(Net::TRAFFIC_UNCACHED.total(), 4 * (57 + 48 * 18 + 48 + 48 + 48));
}

#[test]
fn traffic_of_several_operands() {
    #[network]
    fn Net(x: Tensor<2, 4, 4>, y: Tensor<2, 1, 1>) -> Tensor<6, 4, 4> {
        let sum = x + y;
        concat([sum, x, sum]).scale(2.0)
    }
    let traffic = |name| layer::<Net>(name).cost.traffic;
    assert_eq!(traffic("0"), Traffic { weights: 0, input: 4 * (32 + 2), output: 4 * 32 });
    assert_eq!(traffic("1"), Traffic { weights: 0, input: 4 * 96, output: 4 * 96 });
    assert_eq!(traffic("2"), Traffic { weights: 0, input: 4 * 96, output: 4 * 96 });
}

#[test]
fn views_move_nothing() {
    #[network]
    fn Views(x: Tensor<4, 3, 2>) -> Tensor<12> {
        let [a, _] = x.reshape([8, 3]).identity().chunk(2);
        a.dropout(0.5).flatten()
    }
    for layer in Views::LAYERS {
        assert_eq!(layer.run, LayerRun::View, "{}", layer.name);
        assert_eq!((layer.cost.traffic, layer.cost.traffic_uncached), (Traffic::ZERO, Traffic::ZERO));
        assert_eq!(layer.cost, netcost::Cost::default());
    }
    assert_eq!(Views::ARENA_BYTES, 4 * 24);

    // Along an inner axis, a part of a tensor is not contiguous, and is copied.
    #[network]
    fn Copies(x: Tensor<4, 6>) -> Tensor<4, 3> {
        let [a, b] = x.chunk(2, axis = 1);
        a + b
    }
    assert_eq!(layer::<Copies>("0").run, LayerRun::Kernel);
    assert_eq!(layer::<Copies>("0").cost.traffic.output, 4 * 12);
}

/// In a fused network, a concatenation moves only what was not computed in place: here, half of a tensor.
#[test]
fn a_concatenation_moves_what_was_not_made_in_its_place() {
    #[block]
    fn joined(x: Tensor) -> Tensor {
        let [half, _] = x.chunk(2);
        concat([x.conv2d(5, 1), half, x.conv2d(2, 1).relu()])
    }
    #[network]
    fn Apart(x: Tensor<6, 4, 4>) -> Tensor<10, 4, 4> {
        joined(x)
    }
    #[network(fuse)]
    fn Fused(x: Tensor<6, 4, 4>) -> Tensor<10, 4, 4> {
        joined(x)
    }
    #[network(fuse)]
    fn Whole(x: Tensor<6, 4, 4>) -> Tensor<6, 4, 4> {
        let [a, b] = x.chunk(2);
        concat([a, b])
    }
    const PLANE: u64 = 4 * 16;
    assert_eq!(layer::<Apart>("5").cost.traffic, Traffic { weights: 0, input: 10 * PLANE, output: 10 * PLANE });
    assert_eq!(layer::<Fused>("5").cost.traffic, Traffic { weights: 0, input: 3 * PLANE, output: 3 * PLANE });
    assert_eq!(layer::<Fused>("5").run, LayerRun::Kernel);
    assert_eq!(Apart::TRAFFIC.total() - Fused::TRAFFIC.total(), 14 * PLANE);
    assert_eq!(layer::<Whole>("2").cost.traffic, Traffic::ZERO);
    assert_eq!(layer::<Whole>("2").run, LayerRun::View);
}
