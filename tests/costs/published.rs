//! Networks of the literature against what PyTorch and the counters of its world say of them.
//!
//! Versions: torch 2.15.0, torchvision 0.29.2, torchstat 0.0.7, calflops 0.3.2, torchinfo 1.8.0.

use std::collections::BTreeMap;

use netcost::Network;
use netcost_zoo::*;

use crate::extents;

/// Half of `FlopCounterMode`, which is `macs` of calflops, and `sum(p.numel())`.
#[test]
fn macs_and_params_of_networks() {
    let facts: [(&str, u64, u64, u64, u64); 10] = [
        // torchvision
        ("MobileNetV2", MobileNetV2::<224>::MACS, 300_774_272, MobileNetV2::<224>::PARAMS, 3_504_872),
        (
            "MobileNetV2, narrow, at 96²",
            MobileNetV2Narrow::<96>::MACS,
            11_934_128,
            MobileNetV2Narrow::<96>::PARAMS,
            1_677_128,
        ),
        ("AlexNet", AlexNet::<224, 224>::MACS, 714_188_480, AlexNet::<224, 224>::PARAMS, 61_100_840),
        ("AlexNet at 448²", AlexNet::<448, 448>::MACS, 2_832_827_072, AlexNet::<448, 448>::PARAMS, 61_100_840),
        ("ResNet18", ResNet18::<224>::MACS, 1_814_073_344, ResNet18::<224>::PARAMS, 11_689_512),
        ("ResNet152", ResNet152::MACS, 11_513_626_624, ResNet152::PARAMS, 60_192_808),
        // mlcommons/tiny @ 1afd2c9: parameters with a bias in every convolution, and normalisations
        ("DsCnn", DsCnn::MACS, 2_656_768, DsCnn::PARAMS, 23_756),
        ("VisualWakeWords", VisualWakeWords::MACS, 7_489_664, VisualWakeWords::PARAMS, 216_322),
        ("ResNet8", ResNet8::MACS, 12_501_632, ResNet8::PARAMS, 78_186),
        ("Autoencoder", Autoencoder::MACS, 264_192, Autoencoder::PARAMS, 267_928),
    ];
    for (network, macs, expected_macs, params, expected_params) in facts {
        assert_eq!(macs, expected_macs, "MACs of {network}");
        assert_eq!(params, expected_params, "parameters of {network}");
    }
}

/// torchvision's `mobilenet_v2(width_mult=1.4)`; MobileNet's first version as in Howard et al., table 4: 569 million
/// MACs and 4.2 million parameters, without bias.
#[test]
fn widths_of_mobile_nets() {
    mod wide {
        use netcost::prelude::*;

        #[network]
        pub fn MobileNetV2Wide(x: Tensor<3, 224, 224>) -> Tensor<1000> {
            netcost_zoo::mobilenet_v2(x, 140)
        }

        #[network]
        pub fn MobileNetV1(x: Tensor<3, 224, 224>) -> Tensor<1000> {
            netcost_zoo::mobilenet_v1(x, 100, 1000)
        }
    }
    assert_eq!(wide::MobileNetV2Wide::MACS, 582_195_824);
    assert_eq!(wide::MobileNetV2Wide::PARAMS, 6_108_776);
    assert_eq!(wide::MobileNetV1::MACS, 568_740_352);
    // 4,231,976 without the biases: one for each channel of a normalisation.
    let channels = wide::MobileNetV1::LAYERS.iter().filter(|layer| layer.operator == "batch_norm");
    let biases: u64 = channels.map(|layer| layer.cost.params / 2).sum();
    assert_eq!(wide::MobileNetV1::PARAMS - biases, 4_231_976);
}

/// The weights and biases in the `.tflite` files that mlcommons/tiny @ 1afd2c9 ships: normalisations are folded into
/// the layers before them, so that a layer keeps its weights and one number a channel. Here it keeps two.
#[test]
fn weights_of_deployed_networks() {
    fn check<N: Network>(weights: u64, biases: u64) {
        let folded = N::LAYERS.iter().filter(|layer| layer.run == netcost::LayerRun::Folded);
        let shifts: u64 = folded.map(|layer| layer.cost.params / 2).sum();
        assert_eq!(N::COST.weights, weights + biases + shifts, "{}", N::NAME);
        assert_eq!(N::WEIGHTS_LEN as u64, N::COST.weights, "{}", N::NAME);
    }
    check::<AutoencoderFused>(264_192, 1_672);
    check::<DsCnnFused>(22_016, 588);
    check::<VisualWakeWordsFused>(208_112, 2_738);
    check::<ResNet8Fused>(77_360, 346);
}

/// A row of a file in `tests/facts`.
struct Row {
    name: &'static str,
    operator: &'static str,
    output: &'static str,
    macs: u64,
    params: u64,
    state: Vec<(&'static str, &'static str)>,
}

fn rows(facts: &'static str) -> impl Iterator<Item = Row> {
    facts.lines().map(|line| {
        let mut words = line.split(' ');
        let mut next = || words.next().expect("a row has five words");
        Row {
            name: next(),
            operator: next(),
            output: next(),
            macs: next().parse().expect("MACs"),
            params: next().parse().expect("parameters"),
            state: words.map(|entry| entry.split_once(':').expect("a name and extents")).collect(),
        }
    })
}

fn check_layers<N: Network>(facts: &'static str) {
    const OPERATORS: [&str; 6] = ["conv2d", "linear", "batch_norm", "relu", "relu6", "max_pool2d"];
    let parameters: BTreeMap<&str, String> =
        N::PARAMS_TABLE.iter().map(|row| (row.name.as_str(), extents(&row.shape))).collect();
    let mut layers = N::LAYERS.iter().filter(|layer| OPERATORS.contains(&layer.operator));
    for row in rows(facts) {
        let layer = layers.next().expect("the network has as many layers as PyTorch's");
        let found = (layer.operator, extents(&layer.output), layer.cost.macs, layer.cost.params);
        assert_eq!(found, (row.operator, row.output.to_owned(), row.macs, row.params), "{} {}", N::NAME, row.name);
        for (entry, extents) in row.state {
            // A normalisation is stored as it is run.
            let entry = match (row.operator, entry) {
                ("batch_norm", "weight") => "scale",
                ("batch_norm", "bias") => "shift",
                (_, entry) => entry,
            };
            let name = format!("{}.{entry}", layer.name.as_str());
            let found = parameters.get(&name[..]).map(|found| &found[..]);
            assert_eq!(found, Some(extents), "{} {} {name}", N::NAME, row.name);
        }
    }
    assert!(layers.next().is_none(), "{} has more layers than PyTorch's", N::NAME);
    let macs: u64 = N::LAYERS.iter().map(|layer| layer.cost.macs).sum();
    assert_eq!(macs, N::MACS, "all MACs of {} are in its layers", N::NAME);
}

/// The layers with weights have torchvision's names, so that its state dict loads as it is.
fn check_names<N: Network>(facts: &'static str) {
    let names = N::LAYERS.iter().filter(|layer| layer.cost.params > 0).map(|layer| layer.name.as_str());
    let expected = rows(facts).filter(|row| row.params > 0).map(|row| row.name);
    assert!(names.eq(expected), "names of {}", N::NAME);
}

#[test]
fn alexnet_layer_by_layer() {
    let facts = include_str!("../facts/alexnet.txt");
    check_layers::<AlexNet<224, 224>>(facts);
    check_names::<AlexNet<224, 224>>(facts);
}

#[test]
fn mobilenet_v2_layer_by_layer() {
    let facts = include_str!("../facts/mobilenet_v2.txt");
    check_layers::<MobileNetV2<224>>(facts);
    check_names::<MobileNetV2<224>>(facts);
    check_names::<MobileNetV2Narrow<96>>(facts);
}

#[test]
fn resnet18_layer_by_layer() {
    let facts = include_str!("../facts/resnet18.txt");
    check_layers::<ResNet18<224>>(facts);
    check_names::<ResNet18<224>>(facts);
}

#[test]
fn resnet152_layer_by_layer() {
    let facts = include_str!("../facts/resnet152.txt");
    check_layers::<ResNet152>(facts);
    check_names::<ResNet152>(facts);
}

#[test]
fn ds_cnn_layer_by_layer() {
    check_layers::<DsCnn>(include_str!("../facts/ds_cnn.txt"));
}

#[test]
fn visual_wake_words_layer_by_layer() {
    check_layers::<VisualWakeWords>(include_str!("../facts/visual_wake_words.txt"));
}

#[test]
fn autoencoder_layer_by_layer() {
    check_layers::<Autoencoder>(include_str!("../facts/autoencoder.txt"));
}

fn sum<N: Network>(operators: &[&str], number: impl Fn(&netcost::Cost) -> u64) -> u64 {
    let layers = N::LAYERS.iter().filter(|layer| operators.contains(&layer.operator));
    layers.map(|layer| number(&layer.cost)).sum()
}

/// torchstat's `MAdd` counts the multiplications and additions of a convolution one by one. (It forgets the bias of
/// a linear layer.)
#[test]
fn flops_are_torchstats_madds() {
    fn convolutions<N: Network>() -> u64 {
        sum::<N>(&["conv2d"], |cost| cost.flops)
    }
    assert_eq!(convolutions::<AlexNet<224, 224>>(), 1_311_133_056);
    assert_eq!(convolutions::<MobileNetV2<224>>(), 592_310_432);
    assert_eq!(convolutions::<DsCnn>(), 5_312_000);
    assert_eq!(convolutions::<ResNet152>(), 23_000_603_136);
    assert_eq!(sum::<MobileNetV2<224>>(&["linear"], |cost| cost.flops) - 1000, 2_559_000);
    assert_eq!(sum::<AlexNet<224, 224>>(&["linear"], |cost| cost.flops) - 9_192, 117_234_712);
}

/// torchstat's bytes count each operand of a layer once, as `traffic` does, but of some layers only: not of additions,
/// softmax or adaptive pools.
#[test]
fn traffic_is_torchstats_bytes() {
    const COUNTED: &[&str] = &["conv2d", "linear", "batch_norm", "relu", "relu6", "max_pool2d"];
    fn read<N: Network>(operators: &[&str]) -> u64 {
        sum::<N>(operators, |cost| cost.traffic.weights + cost.traffic.input)
    }
    fn written<N: Network>(operators: &[&str]) -> u64 {
        sum::<N>(operators, |cost| cost.traffic.output)
    }
    assert_eq!(read::<AlexNet<224, 224>>(COUNTED), 249_304_224);
    assert_eq!(written::<AlexNet<224, 224>>(COUNTED), 4_302_752);
    assert_eq!(read::<MobileNetV2<224>>(COUNTED), 92_223_904);
    assert_eq!(written::<MobileNetV2<224>>(COUNTED), 77_852_064);
    // It counts average pools too, but not global ones by another name.
    let counted = &[COUNTED, &["global_avg_pool"]].concat();
    assert_eq!(read::<DsCnn>(counted), 961_240);
    assert_eq!(written::<DsCnn>(counted), 864_304);
}

/// The parameters of torchinfo, in bytes.
#[test]
fn weight_bytes_are_torchinfos() {
    // A normalisation has as many numbers to learn as to store.
    assert_eq!(MobileNetV2::<224>::WEIGHT_BYTES, 14_019_488);
    assert_eq!(AlexNet::<224, 224>::WEIGHT_BYTES, 244_403_360);
    assert_eq!(ResNet152::WEIGHT_BYTES, 240_771_232);
    assert_eq!(DsCnn::WEIGHT_BYTES, 95_024);
}
