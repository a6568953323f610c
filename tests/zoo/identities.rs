//! Numbers printed in articles and model cards, derived from their definitions.

use netcost::conventions::{Hollemans, Thop};
use netcost::prelude::*;
use netcost_zoo::*;

fn macs_of<N: Network>(operator: &str) -> u64 {
    N::LAYERS.iter().filter(|layer| layer.operator == operator).map(|layer| layer.cost.macs).sum()
}

/// Hollemans, "How fast is my model?", 2018: 1.6 million parameters, 255 million MACs and 283 million accesses of MobileNet
/// V1 as a feature extractor, normalisations folded.
#[test]
fn hollemans_feature_extractor() {
    assert_eq!(MobileNetV1Features::PARAMS, 1_605_760);
    assert_eq!(MobileNetV1Features::MACS, 254_761_472);
    assert_eq!(Hollemans::of::<MobileNetV1Features>().accesses, 282_612_864);
}

/// The layer he works through there, and its depthwise-separable form.
#[test]
fn hollemans_layer() {
    #[network]
    fn Dense(x: Tensor<256, 28, 28>) -> Tensor<512, 28, 28> {
        x.conv2d(512, 3, padding = 1)
    }
    #[network]
    fn Separable(x: Tensor<256, 28, 28>) -> Tensor<512, 28, 28> {
        x.conv2d(256, 3, padding = 1, groups = 256).relu().conv2d(512, 1).relu()
    }
    assert_eq!(Hollemans::of::<Dense>().accesses, 926_425_600);
    assert_eq!(Hollemans::of::<Separable>().accesses, 105_303_040);
}

/// thop 0.1.1 counts the 52,479 operations of the adaptive pool, too.
#[test]
fn alexnet_at_448_with_a_batch_of_two_is_thops() {
    assert_eq!(Thop::of::<AlexNet<448, 448>>().batch(2).macs, 2 * 2_832_879_551);
}

/// YOLO11n's 2.6 million parameters and 6.5 GFLOPs, docs/en/models/yolo11.md of ultralytics: twice the MACs of its
/// convolutions, after normalisations are folded; the products of its attention are not counted.
#[test]
fn yolo11n_is_as_its_model_card_says() {
    #[network(fuse)]
    fn Fused(image: Tensor<3, 640, 640>) -> Tensor<84, 8400> {
        Yolo11n::<640>(image)
    }
    const DISTANCES: u64 = 537_600;
    assert_eq!(macs_of::<Fused>("conv2d"), 3_239_993_600 + DISTANCES);
    assert_eq!((2 * macs_of::<Fused>("conv2d") + 50_000_000) / 100_000_000, 65);
    assert_eq!(macs_of::<Fused>("matmul"), 30_720_000);
    // A folded normalisation leaves one number per channel.
    let folded = Fused::LAYERS.iter().filter(|layer| layer.operator == "batch_norm");
    assert_eq!(Fused::PARAMS - folded.map(|layer| layer.cost.params / 2).sum::<u64>(), 2_616_248);
}
