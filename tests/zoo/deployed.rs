//! The RAM of networks as they are deployed.

use netcost::prelude::*;
use netcost_zoo::*;

/// Networks under `fuse`, their arena, and the bound for plans that share memory.
macro_rules! check {
    ($($Deployed:ident($($input:literal),*) -> ($($output:literal),*) = $network:expr, $arena:literal, $bound:literal;)*) => {
        $({
            #[network(fuse)]
            fn $Deployed(x: Tensor<$($input),*>) -> Tensor<$($output),*> {
                $network(x)
            }
            assert_eq!($Deployed::ARENA_BYTES, $arena, stringify!($Deployed));
            assert_eq!($Deployed::PEAK_LIVE_IN_PLACE_BYTES, $bound, stringify!($Deployed));
        })*
    };
}

#[test]
fn networks_are_planned_at_their_bounds() {
    check! {
        LeNet(1, 32, 32) -> (10) = LeNet5, 22_912, 22_912;
        Vgg(3, 224, 224) -> (1000) = Vgg16::<224, 224>, 25_690_112, 25_690_112;
        Residual(3, 224, 224) -> (1000) = ResNet50::<224>, 7_225_344, 7_225_344;
        Dense121(3, 224, 224) -> (1000) = DenseNet121::<224>, 7_225_344, 7_225_344;
        Dense201(3, 224, 224) -> (1000) = DenseNet201::<224>, 7_225_344, 7_225_344;
        Squeeze(3, 224, 224) -> (1000) = SqueezeNet::<224, 224>, 3_756_288, 3_756_288;
        MobileV1(3, 224, 224) -> (1000) = MobileNetV1::<224, 100>, 4_816_896, 4_816_896;
        MobileV3(3, 224, 224) -> (1000) = MobileNetV3Small::<224>, 1_404_928, 1_404_928;
        Efficient(3, 224, 224) -> (1000) = EfficientNetB0::<224>, 5_619_712, 5_619_712;
        Generator(100, 1, 1) -> (3, 64, 64) = DcganGenerator, 393_216, 393_216;
        Yolo(3, 640, 640) -> (84, 8400) = Yolo11n::<640>, 11_468_800, 11_468_800;
    }
}
