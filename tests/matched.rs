//! Declared networks with the weights of `.tflite` files: they run as those that are read from these files do, to the bit.

use netcost::prelude::*;
use netcost::{Quantized, weights};

#[block]
fn conv_relu(x: Tensor, out: usize, kernel: usize) -> Tensor {
    x.conv2d(out, kernel, padding = Same, bias = false).batch_norm().relu()
}

#[network(fuse, dtype = i8)]
fn Digits(x: Tensor<1, 8, 8>) -> Tensor<10> {
    let x = conv_relu(x, 16, 3).max_pool2d(2);
    conv_relu(x, 32, 3).max_pool2d(2).flatten().linear(10)
}

#[network(fuse, dtype = i8)]
fn Keywords(x: Tensor<1, 49, 10>) -> Tensor<12> {
    let mut x = x.conv2d(16, [10, 4], stride = 2, padding = Same).batch_norm().relu();
    for _ in 0..4 {
        x = x.conv2d(16, 3, padding = Same, groups = 16).batch_norm().relu();
        x = conv_relu(x, 16, 1);
    }
    x.avg_pool2d([25, 5]).dropout(0.4).flatten().linear(12).softmax()
}

#[network(fuse, dtype = i8)]
fn MobileNet(x: Tensor<3, 24, 24>) -> Tensor<10> {
    let x = x.pad2d(1).conv2d(8, 3, stride = 2).relu6();
    let x = x.conv2d(8, 3, padding = 1, groups = 8).relu6().conv2d(16, 1).relu6();
    let x = x.conv2d(16, 3, stride = 2, padding = Same, groups = 16).relu6();
    let shortcut = x.conv2d(16, 1).batch_norm();
    let x = shortcut.conv2d(32, 1).relu6().conv2d(32, 3, padding = 1, groups = 32).relu6().conv2d(16, 1);
    let x = (shortcut + x).conv2d(16, 3, stride = 2, padding = Same, groups = 16).relu6().conv2d(24, 1).relu6();
    x.global_avg_pool().flatten().linear(10).softmax()
}

/// The operands of its sums are in another order than in the file.
#[network(fuse, dtype = i8)]
fn ResNet(x: Tensor<3, 16, 16>) -> Tensor<10> {
    let mut x = conv_relu(x, 8, 3);
    for (channels, stride) in [(8, 1), (12, 2), (16, 2)] {
        let y = x.conv2d(channels, 3, stride = stride, padding = Same).batch_norm().relu();
        let y = y.conv2d(channels, 3, padding = Same).batch_norm();
        let shortcut = if stride == 1 { x } else { x.conv2d(channels, 1, stride = stride) };
        x = (y + shortcut).relu();
    }
    x.avg_pool2d(4).flatten().linear(10).softmax()
}

#[network(fuse, dtype = i8)]
fn Autoencoder(x: Tensor<64>) -> Tensor<64> {
    let mut x = x;
    for features in [32, 32, 8, 32] {
        x = x.linear(features, bias = false).batch_norm().relu();
    }
    x.linear(64)
}

/// Holds a declared network against the one of its file.
macro_rules! twins {
    ($($test:ident: $net:ident, $file:literal;)*) => {$(
        #[test]
        fn $test() {
            #[network(file = $file)]
            struct Twin;

            static WEIGHTS: Weights<$net> = weights!($net, $file);
            static TWIN: Weights<Twin> = Twin::weights();
            let (mut arena, mut twin) = (Arena::<$net>::new(), Arena::<Twin>::new());
            let mut seed = 1u32;
            for _ in 0..8 {
                let mut next = || {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 24) as i8
                };
                arena.input().fill_with(&mut next);
                twin.input().copy_from_slice(arena.input());
                let (outputs, expected) = ($net::run(&WEIGHTS, &mut arena).unwrap(), Twin::run(&TWIN, &mut twin).unwrap());
                assert_eq!(*outputs, *expected);
            }
            assert_eq!(WEIGHTS.input(0), Twin::INPUTS[0].quantization);
            assert_eq!(WEIGHTS.output(0), Twin::OUTPUTS[0].quantization);
            assert_eq!(<$net as Quantized>::KERNELS, <Twin as Quantized>::KERNELS);
            assert_eq!(($net::MACS, $net::ARENA_BYTES), (Twin::MACS, Twin::ARENA_BYTES));
            // A declaration does not know which channels have no weights.
            let order = $net::WEIGHT_BYTES.cmp(&Twin::WEIGHT_BYTES);
            assert_eq!(order, Twin::DEAD_CHANNELS.cmp(&0));
        }
    )*};
}

twins! {
    digits: Digits, "examples/digits/digits.tflite";
    ds_cnn: Keywords, "tests/fixtures/tflite/ds_cnn.tflite";
    mobilenet: MobileNet, "tests/fixtures/tflite/mobilenet.tflite";
    resnet: ResNet, "tests/fixtures/tflite/resnet.tflite";
    autoencoder: Autoencoder, "tests/fixtures/tflite/autoencoder.tflite";
}
