//! Howard et al., "MobileNets: efficient convolutional neural networks for mobile vision applications", 2017. At a
//! quarter of its width, on images of 96 × 96, it is MLPerf Tiny's visual wake words: Banbury et al., "MLPerf Tiny
//! benchmark", 2021. Its first layers are the feature extractor of Hollemans, "How fast is my model?", 2018.

use netcost::prelude::*;

/// Output channels and stride of each separable layer: table 1 of the paper.
const SEPARABLE: [(usize, usize); 13] = [
    (64, 1),
    (128, 2),
    (128, 1),
    (256, 2),
    (256, 1),
    (512, 2),
    (512, 1),
    (512, 1),
    (512, 1),
    (512, 1),
    (512, 1),
    (1024, 2),
    (1024, 1),
];

/// The convolution over the image, normalised.
#[block]
fn stem<P: Padding<2>>(x: Tensor, out: usize, padding: P, bias: bool) -> Tensor {
    x.conv2d(out, 3, stride = 2, padding = padding, bias = bias).batch_norm().relu()
}

/// A depthwise and a pointwise convolution, each normalised.
#[block]
fn separable<P: Padding<2>>(x: Tensor, out: usize, stride: usize, padding: P, bias: bool) -> Tensor {
    x.conv2d(x.channels(), 3, stride = stride, padding = padding, groups = x.channels(), bias = bias)
        .batch_norm()
        .relu()
        .conv2d(out, 1, bias = bias)
        .batch_norm()
        .relu()
}

/// The layers before the classifier, at `percent` of their width.
#[block]
fn features<P: Padding<2>>(x: Tensor, percent: usize, padding: P, bias: bool) -> Tensor {
    let mut x = stem(x, 32 * percent / 100, padding, bias, name = "0");
    for (i, (channels, stride)) in SEPARABLE.iter().enumerate() {
        x = separable(x, *channels * percent / 100, *stride, padding, bias, name = "{i + 1}");
    }
    x
}

/// MobileNet at `percent` of its width, as Keras has it: padding at the end, and a bias in each convolution.
#[block]
pub fn mobilenet_v1(x: Tensor, percent: usize, classes: usize) -> Tensor {
    let x = features(x, percent, Same, true, name = "features");
    x.global_avg_pool().flatten().linear(classes, name = "fc").softmax()
}

/// MobileNet at `PERCENT` of its width for square images of `SIZE`: α and ρ of the paper.
#[network]
pub fn MobileNetV1<const SIZE: usize, const PERCENT: usize>(x: Tensor<3, SIZE, SIZE>) -> Tensor<1000> {
    let x = features(x, PERCENT, 1, false, name = "features");
    x.global_avg_pool().flatten().linear(1000, name = "fc")
}

/// A convolution with its normalisation folded in, and its activation. When the image is halved, a row and a column of
/// zeros are appended, as in Keras, and an odd row or column is left out.
#[block]
fn folded(x: Tensor, out: usize, kernel: usize, stride: usize, groups: usize) -> Tensor {
    let x = if stride == 1 {
        x.conv2d(out, kernel, padding = kernel / 2, groups = groups)
    } else {
        x.pad2d(0, after = 1).conv2d(out, kernel, stride = stride, groups = groups)
    };
    x.relu6()
}

/// The feature extractor of detectors and segmenters as Hollemans counts it: on a 224 × 126 video, up to the eleventh
/// separable layer.
#[network]
pub fn MobileNetV1Features(x: Tensor<3, 126, 224>) -> Tensor<512, 7, 14> {
    let mut x = folded(x, 32, 3, 2, 1, name = "conv1");
    for i in 0..11 {
        let (channels, stride) = SEPARABLE[i];
        x = folded(x, x.channels(), 3, stride, x.channels(), name = "conv_dw_{i + 1}");
        x = folded(x, channels, 1, 1, 1, name = "conv_pw_{i + 1}");
    }
    x
}

/// Visual wake words: whether there is a person in the image, layer by layer as it is trained.
#[network]
pub fn VisualWakeWords(x: Tensor<3, 96, 96>) -> Tensor<2> {
    mobilenet_v1(x, 25, 2)
}

/// Visual wake words as it is deployed.
#[network(fuse)]
pub fn VisualWakeWordsFused(x: Tensor<3, 96, 96>) -> Tensor<2> {
    mobilenet_v1(x, 25, 2)
}

/// Visual wake words as it is deployed, in 8-bit integers.
#[network(fuse, dtype = i8)]
pub fn VisualWakeWordsInt8(x: Tensor<3, 96, 96>) -> Tensor<2> {
    mobilenet_v1(x, 25, 2)
}
