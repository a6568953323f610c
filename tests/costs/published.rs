//! Networks of the literature compared with what PyTorch and its counters say about them.
//!
//! Versions: torch 2.15.0, torchvision 0.29.2, torchstat 0.0.7, calflops 0.3.2, torchinfo 1.8.0.

use netcost::Network;
use netcost_zoo::*;

/// The weights and biases in the `.tflite` files that mlcommons/tiny @ 1afd2c9 ships: normalisations are folded into
/// the layers before them, so that a layer keeps its weights and one number per channel. Here it keeps two.
#[test]
fn weights_of_deployed_networks() {
    fn check<N: Network>(weights: u64, biases: u64) {
        let folded = N::LAYERS.iter().filter(|layer| layer.run == netcost::LayerRun::Folded);
        let shifts: u64 = folded.map(|layer| layer.cost.params / 2).sum();
        assert_eq!(N::COST.weights, weights + biases + shifts, "{}", N::NAME);
        assert_eq!(N::WEIGHTS_LEN as u64, N::COST.weights, "{}", N::NAME);
    }
    // In 8 bits, a channel has nine bytes; rows of the first convolution, and shifts of the last layer, are filled.
    assert_eq!(AutoencoderInt8::WEIGHT_BYTES, 264_192 + 9 * 1_672);
    assert_eq!(DsCnnInt8::WEIGHT_BYTES, 22_016 + 9 * 588);
    assert_eq!(VisualWakeWordsInt8::WEIGHT_BYTES, 208_112 + 9 * 2_738 + 8 * 3 * 3 + 2);
    assert_eq!(ResNet8Int8::WEIGHT_BYTES, 77_360 + 9 * 346 + 16 * 3 * 3 + 2);
    check::<AutoencoderFused>(264_192, 1_672);
    check::<DsCnnFused>(22_016, 588);
    check::<VisualWakeWordsFused>(208_112, 2_738);
    check::<ResNet8Fused>(77_360, 346);
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
    assert_eq!(convolutions::<ResNet152<224>>(), 23_000_603_136);
    assert_eq!(sum::<MobileNetV2<224>>(&["linear"], |cost| cost.flops) - 1000, 2_559_000);
    assert_eq!(sum::<AlexNet<224, 224>>(&["linear"], |cost| cost.flops) - 9_192, 117_234_712);
}

/// torchstat's bytes count each operand of a layer once, as `traffic` does, but only for some layers: not for
/// additions, softmax or adaptive pools.
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
    // A normalisation stores the same number of numbers as it learns.
    assert_eq!(MobileNetV2::<224>::WEIGHT_BYTES, 14_019_488);
    assert_eq!(AlexNet::<224, 224>::WEIGHT_BYTES, 244_403_360);
    assert_eq!(ResNet152::<224>::WEIGHT_BYTES, 240_771_232);
    assert_eq!(DsCnn::WEIGHT_BYTES, 95_024);
}
