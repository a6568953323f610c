//! Whole networks: each tool's numbers, from `networks.json`, against the declarations in the zoo or here.

use std::collections::BTreeSet;

use netcost::Network;
use netcost::prelude::*;
use netcost_zoo::*;
use serde_json::Value;

use crate::counts;

#[network]
fn Lstm(x: Tensor<50, 64>) -> Tensor<50, 128> {
    x.lstm(128).0
}

#[network]
fn LstmWithoutBias(x: Tensor<50, 64>) -> Tensor<50, 128> {
    x.lstm(128, bias = false).0
}

#[network]
fn LstmProjected(x: Tensor<50, 64>) -> Tensor<50, 32> {
    x.lstm(128, proj_size = 32).0
}

#[network]
fn Gru(x: Tensor<50, 64>) -> Tensor<50, 128> {
    x.gru(128).0
}

#[network]
fn Rnn(x: Tensor<50, 64>) -> Tensor<50, 128> {
    x.rnn(128).0
}

#[network]
fn Attention(x: Tensor<64, 256>) -> Tensor<64, 256> {
    x.multi_head_attention(8)
}

#[network]
fn EncoderLayer(x: Tensor<64, 256>) -> Tensor<64, 256> {
    x.transformer_encoder_layer(8, dim_feedforward = 1024)
}

#[network]
fn Embedding(x: Tensor<32>) -> Tensor<32, 64> {
    x.embedding(1000, 64)
}

#[network]
fn LinearTokens(x: Tensor<100, 32>) -> Tensor<100, 64> {
    x.linear(64).layer_norm().gelu()
}

/// One layer of each kind that works over one axis.
#[network]
fn KitchenSink1d(x: Tensor<8, 100>) -> Tensor<4> {
    x.conv1d(16, 5, stride = 2, padding = 2)
        .batch_norm()
        .relu()
        .conv1d(16, 3, padding = 1, groups = 16, bias = false)
        .instance_norm(affine = true)
        .prelu()
        .max_pool1d(3, stride = 2, ceil_mode = true)
        .avg_pool1d(2)
        .upsample1d(scale_factor = 2, mode = Linear)
        .upsample1d(scale_factor = 2)
        .conv_transpose1d(8, 4, stride = 2, padding = 1)
        .group_norm(2)
        .gelu()
        .adaptive_max_pool1d(30)
        .adaptive_avg_pool1d(7)
        .flatten()
        .linear(4)
        .softmax()
}

/// One layer of each kind that works over two axes.
#[network]
fn KitchenSink2d(x: Tensor<3, 64, 64>) -> Tensor<10> {
    x.conv2d(16, 3, stride = 2, padding = 1)
        .batch_norm()
        .relu()
        .conv2d(16, [3, 5], padding = [1, 2], groups = 4)
        .batch_norm(affine = false)
        .relu6()
        .conv2d(32, 3, padding = 2, dilation = 2, bias = false)
        .group_norm(8)
        .prelu()
        .conv2d(32, 3, padding = Same, groups = 32)
        .instance_norm()
        .prelu(num_parameters = 32)
        .instance_norm(affine = true)
        .leaky_relu(negative_slope = 0.1)
        .max_pool2d(3, stride = 2, ceil_mode = true)
        .conv2d(24, 1)
        .gelu()
        .silu()
        .hard_swish()
        .hard_sigmoid()
        .mish()
        .elu()
        .sigmoid()
        .tanh()
        .softplus()
        .pad2d(1, after = 2)
        .avg_pool2d(3, stride = 2, padding = 1, count_include_pad = false)
        .pad2d(1, mode = Reflect)
        .upsample2d(scale_factor = 2)
        .upsample2d(scale_factor = 2, mode = Bilinear)
        .max_pool2d(2)
        .pixel_unshuffle(2)
        .conv2d(64, 1)
        .pixel_shuffle(2)
        .conv_transpose2d(8, 3, stride = 2, padding = 1, output_padding = 1)
        .conv_transpose2d(8, 4, stride = 2, padding = 1, groups = 2, bias = false)
        .local_response_norm(5)
        .upsample2d(size = 20, mode = Bicubic)
        .layer_norm(axes = 3)
        .dropout(0.5)
        .dropout(0.2)
        .identity()
        .adaptive_max_pool2d(10)
        .adaptive_avg_pool2d([3, 4])
        .adaptive_avg_pool2d(1)
        .flatten()
        .linear(32)
        .layer_norm()
        .linear(10, bias = false)
        .log_softmax()
        .softmax()
}

/// Every declared network, by its name in `networks.json`.
macro_rules! each {
    ($check:ident) => {
        each! { $check:
            "lenet5" LeNet5,
            "alexnet" AlexNet<224, 224>,
            "alexnet_b2" AlexNet<224, 224>,
            "alexnet_448" AlexNet<448, 448>,
            "vgg16" Vgg16<224, 224>,
            "resnet18" ResNet18<224>,
            "resnet50" ResNet50<224>,
            "resnet152" ResNet152<224>,
            "densenet121" DenseNet121<224>,
            "densenet201" DenseNet201<224>,
            "squeezenet1_1" SqueezeNet<224, 224>,
            "mobilenet_v1" MobileNetV1<224, 100>,
            "mobilenet_v2" MobileNetV2<224>,
            "mobilenet_v2_w1.4" MobileNetV2Wide<224>,
            "mobilenet_v3_small" MobileNetV3Small<224>,
            "efficientnet_b0" EfficientNetB0<224>,
            "yolo11n" Yolo11n<640>,
            "dcgan_generator" DcganGenerator,
            "mlperf_kws_dscnn" DsCnn,
            "mlperf_vww_mobilenet" VisualWakeWords,
            "mlperf_ic_resnet8" ResNet8,
            "mlperf_ad_autoencoder" Autoencoder,
            "lstm_64_128" Lstm,
            "lstm_64_128_nobias" LstmWithoutBias,
            "lstm_64_128_proj32" LstmProjected,
            "gru_64_128" Gru,
            "rnn_64_128" Rnn,
            "vit_b_16" VitB16<224>,
            "mha_256_8" Attention,
            "transformer_encoder_layer" EncoderLayer,
            "embedding_1000_64" Embedding,
            "linear_tokens" LinearTokens,
            "kitchen_sink_1d" KitchenSink1d,
            "kitchen_sink_2d" KitchenSink2d,
        }
    };
    ($check:ident: $($name:literal $Net:ty,)*) => {
        [$(($name, $check::<$Net> as fn(&str) -> Vec<String>)),*]
    };
}

/// Networks of the file that are not declared, with the reason.
const LEFT_OUT: [(&str, &str); 1] =
    [("lstm_64_128_seqfirst", "it is `lstm_64_128`, but ptflops takes the steps for the batch: 100,608 for 5,030,400")];

/// Networks whose Python is not what a convention assumes: how much more netcost counts, and why.
fn spellings(name: &str) -> Vec<(&'static str, i64, &'static str)> {
    let mut all = Vec::new();
    let mut add = |words: &[(&'static str, i64)], why| all.extend(words.iter().map(|&(word, more)| (word, more, why)));
    // torchstat's numbers for a ReLU of this many elements.
    let relu = |n| {
        [
            ("torchstat.flops", n),
            ("torchstat.madd", n),
            ("torchstat.mem_read", 4 * n),
            ("torchstat.mem_write", 4 * n),
            ("torchstat.memory", 4 * n),
        ]
    };
    // What tools count for an adaptive pool to one position if it is a module, but not if it is a function.
    let pool = |channels: i64, plane: i64| {
        [
            ("ptflops.macs", channels * plane),
            ("thop.macs", channels * (plane + 1)),
            ("ultralytics_thop.macs", channels * (plane + 1)),
            ("torchstat.memory", 4 * channels),
        ]
    };
    let flatten = |n: i64| [("torchstat.memory", -4 * n)];
    match name {
        "lenet5" => add(&flatten(120), "`nn.Flatten`"),
        "mlperf_vww_mobilenet" => {
            // A 3×3 average pool by its rule; the other tools count the same.
            let n = 256;
            add(&flatten(n), "`nn.Flatten`");
            add(&average_pool(n, 9, 9), "`nn.AvgPool2d` of all there is, here a global pool");
        }
        "mlperf_ic_resnet8" => add(&flatten(64), "`nn.Flatten`"),
        "mlperf_kws_dscnn" => {
            add(&flatten(64), "`nn.Flatten`");
            add(&average_pool(64, 24 * 5, 25 * 5), "`nn.AvgPool2d` of 24×5 on an image of 25×5, here a global pool");
        }
        "resnet18" => {
            add(&relu(reused_relus::<ResNet18<224>>()), "`self.relu` is one module, counted at its last call")
        }
        "resnet50" => {
            add(&relu(reused_relus::<ResNet50<224>>()), "`self.relu` is one module, counted at its last call")
        }
        "resnet152" => {
            add(&relu(reused_relus::<ResNet152<224>>()), "`self.relu` is one module, counted at its last call")
        }
        "densenet121" | "densenet201" => {
            let channels = if name == "densenet121" { 1024 } else { 1920 };
            add(&relu(channels * 49), "`F.relu` after the last block");
            add(&[("ptflops.macs", channels * 49)], "`F.relu` after the last block");
            add(&pool(channels, 49), "`F.adaptive_avg_pool2d`");
        }
        "mobilenet_v2" => add(&pool(1280, 49), "`F.adaptive_avg_pool2d`"),
        "mobilenet_v2_w1.4" => add(&pool(1792, 49), "`F.adaptive_avg_pool2d`"),
        "efficientnet_b0" => {
            let sums = EfficientNetB0::<224>::LAYERS.iter().filter(|layer| layer.operator == "add");
            let elements: u64 = sums.map(|layer| layer.output.elements()).sum();
            add(&[("torchstat.memory", -4 * elements as i64)], "`StochasticDepth` is a module before each sum");
        }
        "yolo11n" => {
            // In attention, 400 rows of 400 in two heads; for boxes, 4·8400 rows of 16.
            let softmaxes = [(2 * 400, 400), (4 * 8400, 16)];
            let elements: i64 = softmaxes.iter().map(|(rows, length)| rows * length).sum();
            let operations: i64 = softmaxes.iter().map(|(rows, length)| rows * (3 * length - 1)).sum();
            let method = "`x.softmax(dim)` is a method, and no module";
            add(&[("ptflops.macs", elements), ("calflops.flops", elements)], method);
            add(&[("thop.macs", operations), ("ultralytics_thop.macs", operations)], method);
            let silu = Yolo11n::<640>::LAYERS.iter().filter(|layer| layer.operator == "silu");
            let (count, elements) = silu.fold((0, 0), |(n, sum), layer| (n + 1, sum + layer.output.elements() as i64));
            let why = "one `nn.SiLU` is a child of all convolutions, and counted once for each";
            add(&[("calflops.flops", -(count - 1) * elements)], why);
            let frozen = [("calflops.params", 16), ("ptflops.params", 16), ("ptflops_aten.params", 16)];
            add(&frozen, "the 16 weights of the boxes' mean are frozen");
            let why = "torchinfo counts modules in lists several times";
            add(&[("torchinfo.params", 2_624_080 - 4_740_416)], why);
        }
        "kitchen_sink_2d" => {
            let padded = 24 * (19 * 19 + 12 * 12);
            add(&[("torchstat.memory", -4 * (8 + padded))], "`nn.Flatten`, `nn.ZeroPad2d` and `nn.ReflectionPad2d`");
            add(&[("fvcore.flops", 32 * 9 * 32 * 32)], "`padding=\"same\"`, which fvcore counts as zero");
        }
        // The tool gets the layer itself, and does not count the parameters of a module without a parent.
        "lstm_64_128" => add(&[("thop.params", 99_328)], "a bare layer"),
        "lstm_64_128_nobias" => add(&[("thop.params", 98_304)], "a bare layer"),
        "lstm_64_128_proj32" => add(&[("thop.params", 54_272)], "a bare layer"),
        "gru_64_128" => add(&[("thop.params", 74_496)], "a bare layer"),
        "rnn_64_128" => add(&[("thop.params", 24_832)], "a bare layer"),
        _ => {}
    }
    all
}

/// How much more tools count for a global pool of a plane than for an average pool with a kernel, both to one position.
fn average_pool(channels: i64, kernel: i64, plane: i64) -> [(&'static str, i64); 7] {
    let inputs = channels * plane;
    [
        ("thop.macs", inputs),
        ("ultralytics_thop.macs", inputs - channels * kernel),
        ("fvcore.flops", inputs),
        ("torchstat.flops", -inputs),
        ("torchstat.madd", -channels * kernel),
        ("torchstat.mem_read", -4 * inputs),
        ("torchstat.mem_write", -4 * channels),
    ]
}

/// The elements of the activations within a ResNet's units, which share one module with the activation after their sum.
fn reused_relus<N: Network>() -> i64 {
    let within = N::LAYERS.windows(2).filter(|pair| pair[0].operator == "batch_norm" && pair[1].operator == "relu");
    within.skip(1).map(|pair| pair[1].output.elements() as i64).sum()
}

/// Numbers a tool cannot give because of the spelling.
const FAILURES: [(&str, &str, &str); 1] = [("yolo11n", "torchstat", "`Concat` is a module that takes a list")];

/// The numbers that differ from the tools'.
fn check<N: Network>(name: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let facts: Value = serde_json::from_str(include_str!("networks.json")).unwrap();
    let fact = &facts["networks"][name];
    let input = &fact["input"];
    let batch = if input[0].is_array() { &input[0][0] } else { &input[0] }.as_u64().unwrap();
    let spellings = spellings(name);
    for (word, found) in counts::<N>(batch) {
        let Some(expected) = fact["counts"].get(word) else { continue };
        if FAILURES.iter().any(|(network, tool, _)| *network == name && word.starts_with(tool)) {
            assert!(expected.is_null(), "{name}, {word}");
            continue;
        }
        let more: i64 = spellings.iter().filter(|spelling| spelling.0 == word).map(|spelling| spelling.1).sum();
        let expected = match word {
            // Plus 64 bytes of Python overhead per tensor; look-ups take eight-byte words.
            "torchinfo.input_bytes" if name == "embedding_1000_64" => Some(32 * 4),
            "torchinfo.input_bytes" => Some(expected.as_i64().unwrap() - 64 * N::INPUTS.len() as i64),
            _ => expected.as_i64(),
        };
        let expected = expected.map(|expected| expected + more);
        if found.map(|found| found as i64) != expected {
            wrong.push(format!("{name}, {word}: {found:?}, and expected with {more} more: {expected:?}"));
        }
    }
    wrong
}

#[test]
fn every_tool_counts_each_as_it_does() {
    let wrong: Vec<String> = each!(check).into_iter().flat_map(|(name, check)| check(name)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn none_is_forgotten() {
    let facts: Value = serde_json::from_str(include_str!("networks.json")).unwrap();
    let known: BTreeSet<&str> = facts["networks"].as_object().unwrap().keys().map(String::as_str).collect();
    let declared = each!(check).map(|(name, _)| name);
    let left_out = LEFT_OUT.map(|(name, _)| name);
    assert_eq!(known, declared.into_iter().chain(left_out).collect());
}

/// A batch, and thop's rounding of an adaptive pool whose windows are not a whole number of elements.
#[test]
fn alexnet_of_a_larger_image_and_a_batch() {
    use netcost::conventions::{Thop, ThopCount};
    const ONE: ThopCount = Thop::of::<AlexNet<448, 448>>();
    assert_eq!(ONE.macs, 2_832_879_551);
    assert_eq!(ONE.batch(2).macs, 2 * 2_832_879_551);
    assert_eq!(ONE.batch(2).params, ONE.params);
}

/// Published as 6.5 GFLOPs: twice the convolutions' MACs, with batch norms folded.
#[test]
fn yolo_after_fusing() {
    #[network(fuse)]
    fn Fused(image: Tensor<3, 640, 640>) -> Tensor<84, 8400> {
        Yolo11n::<640>(image)
    }
    let convolutions = Fused::LAYERS.iter().filter(|layer| layer.operator == "conv2d");
    let macs: u64 = convolutions.map(|layer| layer.cost.macs).sum();
    let count = netcost::conventions::Calflops::of::<Fused>();
    assert_eq!((macs, count.macs), (3_240_531_200, 3_240_531_200));
    assert_eq!((2 * macs + 50_000_000) / 100_000_000, 65);
    // A folded batch norm leaves a bias: of the 2·C learned numbers, C.
    let channels: u64 = Fused::LAYERS
        .iter()
        .filter(|layer| layer.operator == "batch_norm")
        .map(|layer| layer.output.dim(0) as u64)
        .sum();
    assert_eq!(count.params, Fused::PARAMS - channels);
}
