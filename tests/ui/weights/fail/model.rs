//! The layers of a `.tflite` file must be those of the network.
use netcost::prelude::*;
use netcost::weights;

/// The network of the file but for what is given.
macro_rules! digits {
    ($net:ident, |$x:ident, $y:ident| $first:expr, $second:expr) => {
        #[network(fuse, dtype = i8)]
        fn $net($x: Tensor<1, 8, 8>) -> Tensor<10> {
            let $y = $first;
            $second
        }
    };
}

#[block]
fn first(x: Tensor) -> Tensor {
    x.conv2d(16, 3, padding = 1).relu().max_pool2d(2)
}

#[block]
fn second(x: Tensor) -> Tensor {
    x.conv2d(32, 3, padding = 1).relu().max_pool2d(2).flatten()
}

digits!(Digits, |x, y| first(x), second(y).linear(10));
digits!(Order, |x, y| x.conv2d(16, 3, padding = 1).relu(), second(y.conv2d(32, 3, padding = 1).relu()).linear(10));
digits!(Wide, |x, y| x.conv2d(24, 3, padding = 1).relu().max_pool2d(2), second(y).linear(10));
digits!(Kernel, |x, y| x.conv2d(16, 5, padding = 2).relu().max_pool2d(2), second(y).linear(10));
digits!(Clipped, |x, y| x.conv2d(16, 3, padding = 1).relu6().max_pool2d(2), second(y).linear(10));
digits!(NoBias, |x, y| first(x), second(y).linear(10, bias = false));
digits!(Long, |x, y| first(x), second(y).linear(10).softmax());

/// Other layers between the same ends.
#[network(fuse, dtype = i8)]
fn Keywords(x: Tensor<1, 49, 10>) -> Tensor<12> {
    let x = x.conv2d(16, [10, 4], stride = 2, padding = Same).relu();
    x.avg_pool2d([25, 5]).flatten().linear(12)
}

#[network(fuse, dtype = i8)]
fn Short(x: Tensor<1, 8, 8>) -> Tensor<32, 2, 2> {
    first(x).conv2d(32, 3, padding = 1).relu().max_pool2d(2)
}

#[network(dtype = i8)]
fn Unfused(x: Tensor<1, 8, 8>) -> Tensor<10> {
    second(first(x)).linear(10)
}

static OTHER: Weights<Digits> = weights!(Digits, "weights/ds_cnn.tflite");
static FLOATS: Weights<Digits> = weights!(Digits, "weights/flattened.tflite");
static ORDER: Weights<Order> = weights!(Order, "weights/digits.tflite");
static WIDE: Weights<Wide> = weights!(Wide, "weights/digits.tflite");
static KERNEL: Weights<Kernel> = weights!(Kernel, "weights/digits.tflite");
static CLIPPED: Weights<Clipped> = weights!(Clipped, "weights/digits.tflite");
static NO_BIAS: Weights<NoBias> = weights!(NoBias, "weights/digits.tflite");
static SHORT: Weights<Short> = weights!(Short, "weights/digits.tflite");
static LONG: Weights<Long> = weights!(Long, "weights/digits.tflite");
static SOFTMAX: Weights<Keywords> = weights!(Keywords, "weights/ds_cnn.tflite");
static UNFUSED: Weights<Unfused> = weights!(Unfused, "weights/digits.tflite");

fn main() {}
