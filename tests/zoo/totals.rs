//! The totals of networks, as counted by PyTorch and as published by their authors.

use netcost::prelude::*;
use netcost_zoo::*;

/// Half of `torch.utils.flop_counter`, which is `macs` of calflops, and `sum(p.numel())`: torch 2.15.0, torchvision 0.29.2,
/// ultralytics 8.4.190, calflops 0.3.2.
#[test]
fn macs_and_params_of_networks() {
    fn check<N: Network>(macs: u64, params: u64) {
        assert_eq!(N::MACS, macs, "MACs of {}", N::NAME);
        assert_eq!(N::PARAMS, params, "parameters of {}", N::NAME);
    }
    check::<LeNet5>(416_520, 61_706);
    check::<AlexNet<224, 224>>(714_188_480, 61_100_840);
    check::<AlexNet<448, 448>>(2_832_827_072, 61_100_840);
    check::<Vgg16<224, 224>>(15_470_264_320, 138_357_544);
    check::<ResNet18<224>>(1_814_073_344, 11_689_512);
    check::<ResNet50<224>>(4_089_184_256, 25_557_032);
    check::<ResNet152<224>>(11_513_626_624, 60_192_808);
    check::<DenseNet121<224>>(2_834_161_664, 7_978_856);
    check::<DenseNet201<224>>(4_291_365_888, 20_013_928);
    check::<SqueezeNet<224, 224>>(349_151_936, 1_235_496);
    check::<MobileNetV1<224, 100>>(568_740_352, 4_231_976);
    check::<MobileNetV2<224>>(300_774_272, 3_504_872);
    check::<MobileNetV2Narrow<96>>(11_934_128, 1_677_128);
    check::<MobileNetV2Wide<224>>(582_195_824, 6_108_776);
    check::<MobileNetV3Small<224>>(56_510_400, 2_542_856);
    check::<EfficientNetB0<224>>(385_814_752, 5_288_548);
    check::<VitB16<224>>(17_563_828_224, 86_567_656);
    check::<Yolo11n<640>>(3_271_251_200, 2_624_080);
    check::<DcganGenerator>(104_628_224, 3_576_704);
    // mlcommons/tiny @ 1afd2c9: parameters with a bias in every convolution, and normalisations
    check::<DsCnn>(2_656_768, 23_756);
    check::<VisualWakeWords>(7_489_664, 216_322);
    check::<ResNet8>(12_501_632, 78_186);
    check::<Autoencoder>(264_192, 267_928);
}

/// torchvision's `mobilenet_v3_small(width_mult=0.75)` and `(width_mult=0.5)`.
#[test]
fn mobilenet_v3_of_other_widths() {
    #[network]
    fn ThreeQuarters(x: Tensor<3, 224, 224>) -> Tensor<1000> {
        mobilenet_v3_small(x, 75)
    }
    #[network]
    fn Half(x: Tensor<3, 224, 224>) -> Tensor<1000> {
        mobilenet_v3_small(x, 50)
    }
    assert_eq!((ThreeQuarters::MACS, ThreeQuarters::PARAMS), (39_115_576, 1_653_920));
    assert_eq!((Half::MACS, Half::PARAMS), (18_970_736, 917_264));
}

/// Howard et al., 2017, tables 6 and 7: millions of MACs by width, and by resolution. (Of the entries that the paper
/// rounds to nearest.)
#[test]
fn mobilenet_v1_is_as_published() {
    let millions = |macs: u64| (macs + 500_000) / 1_000_000;
    assert_eq!(millions(MobileNetV1::<224, 100>::MACS), 569);
    assert_eq!(millions(MobileNetV1::<224, 75>::MACS), 325);
    assert_eq!(millions(MobileNetV1::<224, 25>::MACS), 41);
    assert_eq!(millions(MobileNetV1::<192, 100>::MACS), 418);
    assert_eq!(millions(MobileNetV1::<128, 100>::MACS), 186);
}

/// The table of tensorflow/models, research/slim/nets/mobilenet: millions of MACs, truncated.
#[test]
fn mobilenet_v2_is_as_published() {
    let millions = |macs: u64| macs / 1_000_000;
    assert_eq!(millions(MobileNetV2Wide::<224>::MACS), 582);
    assert_eq!(millions(MobileNetV2::<224>::MACS), 300);
    assert_eq!(millions(MobileNetV2::<192>::MACS), 221);
    assert_eq!(millions(MobileNetV2::<160>::MACS), 154);
    assert_eq!(millions(MobileNetV2::<128>::MACS), 99);
    assert_eq!(millions(MobileNetV2::<96>::MACS), 56);
    assert_eq!(millions(MobileNetV2Narrow::<224>::MACS), 59);
    assert_eq!(millions(MobileNetV2Narrow::<96>::MACS), 11);
}
