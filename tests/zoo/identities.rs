//! Numbers that articles and model cards print, from the definitions behind them.

use netcost::Network;
use netcost_zoo::*;

fn macs_of<N: Network>(operator: &str) -> u64 {
    N::LAYERS.iter().filter(|layer| layer.operator == operator).map(|layer| layer.cost.macs).sum()
}

/// Hollemans, "How fast is my model?", 2018: 1.6 million parameters and 255 million MACs of MobileNet V1 as a feature
/// extractor, normalisations folded.
#[test]
fn hollemans_feature_extractor() {
    assert_eq!(MobileNetV1Features::PARAMS, 1_605_760);
    assert_eq!(MobileNetV1Features::MACS, 254_761_472);
}

/// YOLO11n's 2.6 million parameters and 6.5 GFLOPs, docs/en/models/yolo11.md of ultralytics: twice the MACs of its
/// convolutions, after normalisations are folded; the products of its attention are not counted.
#[test]
fn yolo11n_is_as_its_model_card_says() {
    #[netcost::network(fuse)]
    fn Fused(image: Tensor<3, 640, 640>) -> Tensor<84, 8400> {
        Yolo11n::<640>(image)
    }
    use netcost::prelude::*;

    const DISTANCES: u64 = 537_600;
    assert_eq!(macs_of::<Fused>("conv2d"), 3_239_993_600 + DISTANCES);
    assert_eq!((2 * macs_of::<Fused>("conv2d") + 50_000_000) / 100_000_000, 65);
    assert_eq!(macs_of::<Fused>("matmul"), 30_720_000);
    // Of a folded normalisation, one number a channel is left.
    let folded = Fused::LAYERS.iter().filter(|layer| layer.operator == "batch_norm");
    assert_eq!(Fused::PARAMS - folded.map(|layer| layer.cost.params / 2).sum::<u64>(), 2_616_248);
}
