//! YOLO11, the detector of Jocher and Qiu, Ultralytics, 2024, as `yolo11.yaml` of the package `ultralytics` builds it,
//! under its names.

use core::f32::consts::FRAC_1_SQRT_2;

use netcost::prelude::*;

/// What is detected: the classes of COCO.
const CLASSES: usize = 80;
/// The distances that a side of a box may have from its cell, in cells.
const BINS: usize = 16;

/// A convolution over the image, and its normalisation: `Conv` without its activation.
#[block]
fn conv_norm(x: Tensor, out: usize, kernel: usize, stride: usize, groups: usize) -> Tensor {
    x.conv2d(out, kernel, stride = stride, padding = kernel / 2, groups = groups, bias = false, name = "conv")
        .batch_norm(eps = 0.001, name = "bn")
}

#[block]
fn conv(x: Tensor, out: usize, kernel: usize, stride: usize) -> Tensor {
    conv_norm(x, out, kernel, stride, 1).silu()
}

/// `DWConv`: a convolution of each channel by itself.
#[block]
fn depthwise(x: Tensor, kernel: usize) -> Tensor {
    conv_norm(x, x.channels(), kernel, 1, x.channels()).silu()
}

/// Two convolutions, with their input added to the output.
#[block]
fn bottleneck(x: Tensor, hidden: usize) -> Tensor {
    x + conv(conv(x, hidden, 3, 1, name = "cv1"), x.channels(), 3, 1, name = "cv2")
}

/// `C3k`: two bottlenecks, parallel to a shortcut.
#[block]
fn c3k(x: Tensor) -> Tensor {
    let hidden = x.channels() / 2;
    let mut y = conv(x, hidden, 1, 1, name = "cv1");
    for i in 0..2 {
        y = bottleneck(y, hidden, name = "m.{i}");
    }
    conv(concat([y, conv(x, hidden, 1, 1, name = "cv2")]), x.channels(), 1, 1, name = "cv3")
}

/// The inner unit of a `C3k2`.
#[derive(Clone, Copy)]
enum Inner {
    Bottleneck,
    C3k,
}

/// `C3k2`: half of the channels pass through one more unit, and all are joined.
#[block]
fn c3k2(x: Tensor, hidden: usize, out: usize, inner: Inner) -> Tensor {
    let [a, b] = conv(x, 2 * hidden, 1, 1, name = "cv1").chunk(2);
    let c = match inner {
        Inner::Bottleneck => bottleneck(b, hidden / 2, name = "m.0"),
        Inner::C3k => c3k(b, name = "m.0"),
    };
    conv(concat([a, b, c]), out, 1, 1, name = "cv2")
}

/// `SPPF`: maxima over windows of 5, 9 and 13.
#[block]
fn sppf(x: Tensor) -> Tensor {
    let a = conv(x, x.channels() / 2, 1, 1, name = "cv1");
    let b = a.max_pool2d(5, stride = 1, padding = 2);
    let c = b.max_pool2d(5, stride = 1, padding = 2);
    let d = c.max_pool2d(5, stride = 1, padding = 2);
    conv(concat([a, b, c, d]), x.channels(), 1, 1, name = "cv2")
}

/// `Attention`: each position attends to all others; a depthwise convolution encodes positions.
#[block]
fn attention(x: Tensor) -> Tensor {
    const KEYS: usize = 32;
    const VALUES: usize = 64;
    let [channels, height, width] = [x.channels(), x.height(), x.width()];
    let heads = channels / VALUES;
    let qkv = conv_norm(x, heads * (2 * KEYS + VALUES), 1, 1, 1, name = "qkv");
    let [q, k, v] = qkv.reshape([heads, 2 * KEYS + VALUES, height * width]).split([KEYS, KEYS, VALUES], axis = 1);
    // 1/√32, for products of 32 terms.
    let scores = (q * (FRAC_1_SQRT_2 / 4.0)).transpose(-2, -1).matmul(k).softmax(axis = -1);
    let y = v.matmul(scores.transpose(-2, -1)).reshape([channels, height, width]);
    let position = conv_norm(v.reshape([channels, height, width]), channels, 3, 1, channels, name = "pe");
    conv_norm(y + position, channels, 1, 1, 1, name = "proj")
}

/// `PSABlock`: attention and two convolutions, each added to its input.
#[block]
fn attention_unit(x: Tensor) -> Tensor {
    let x = x + attention(x, name = "attn");
    let y = conv(x, 2 * x.channels(), 1, 1, name = "ffn.0");
    x + conv_norm(y, x.channels(), 1, 1, 1, name = "ffn.1")
}

/// `C2PSA`: half of the channels pass through an attention.
#[block]
fn c2psa(x: Tensor) -> Tensor {
    let [a, b] = conv(x, x.channels(), 1, 1, name = "cv1").chunk(2);
    conv(concat([a, attention_unit(b, name = "m.0")]), x.channels(), 1, 1, name = "cv2")
}

/// The layers of one level that predict the sides of boxes.
#[block]
fn box_head(x: Tensor) -> Tensor {
    conv(conv(x, 64, 3, 1, name = "0"), 64, 3, 1, name = "1").conv2d(4 * BINS, 1, name = "2")
}

/// The layers of one level that predict the classes of boxes.
#[block]
fn class_head(x: Tensor) -> Tensor {
    let x = conv(depthwise(x, 3, name = "0.0"), CLASSES, 1, 1, name = "0.1");
    let x = conv(depthwise(x, 3, name = "1.0"), CLASSES, 1, 1, name = "1.1");
    x.conv2d(CLASSES, 1, name = "2")
}

/// A distance from the odds of each bin: `DFL`, whose weights are the indices of the bins and are not trained.
#[block]
fn expected_distances(x: Tensor) -> Tensor {
    let boxes = x.dim(-1);
    let odds = x.reshape([4, BINS, boxes]).transpose(0, 1).softmax(axis = 0);
    odds.conv2d(1, 1, bias = false, name = "conv").reshape([4, boxes])
}

/// The centre of each cell of all levels, in cells, and the width of a cell in pixels.
#[block]
fn anchors(levels: [Tensor; 3]) -> (Tensor, Tensor) {
    let mut centres = vec![];
    let mut strides = vec![];
    let mut stride = 8.0;
    for level in levels {
        let [height, width] = [level.height(), level.width()];
        let grid = concat([iota([1, height, width], axis = 2), iota([1, height, width], axis = 1)]) + 0.5;
        centres.push(grid.reshape([2, height * width]));
        strides.push(constant([1, height * width], stride));
        stride *= 2.0;
    }
    (concat(centres, axis = 1), concat(strides, axis = 1))
}

/// `Detect`: for each cell of all levels, a box as centre and extents in pixels, and the odds of each class.
#[block]
fn detect(levels: [Tensor; 3]) -> Tensor {
    let mut boxes = vec![];
    for (i, level) in levels.iter().enumerate() {
        boxes.push(box_head(*level, name = "cv2.{i}").reshape([4 * BINS, level.height() * level.width()]));
    }
    let boxes = concat(boxes, axis = 1);
    let mut scores = vec![];
    for (i, level) in levels.iter().enumerate() {
        scores.push(class_head(*level, name = "cv3.{i}").reshape([CLASSES, level.height() * level.width()]));
    }
    let scores = concat(scores, axis = 1);
    let (centres, strides) = anchors(levels, name = "anchors");
    let [before, after] = expected_distances(boxes, name = "dfl").chunk(2);
    let from = centres - before;
    let to = centres + after;
    let boxes = concat([(from + to) / 2.0, to - from]) * strides;
    concat([boxes, scores.sigmoid()])
}

/// YOLO11n for square images of `SIZE`, a multiple of 32: 84 numbers for each cell of three grids.
#[network]
pub fn Yolo11n<const SIZE: usize>(image: Tensor<3, SIZE, SIZE>) -> Tensor<84, { 21 * (SIZE / 32) * (SIZE / 32) }> {
    let x = conv(image, 16, 3, 2, name = "model.0");
    let x = conv(x, 32, 3, 2, name = "model.1");
    let x = c3k2(x, 16, 64, Inner::Bottleneck, name = "model.2");
    let x = conv(x, 64, 3, 2, name = "model.3");
    let fine = c3k2(x, 32, 128, Inner::Bottleneck, name = "model.4");
    let x = conv(fine, 128, 3, 2, name = "model.5");
    let middle = c3k2(x, 64, 128, Inner::C3k, name = "model.6");
    let x = conv(middle, 256, 3, 2, name = "model.7");
    let x = c3k2(x, 128, 256, Inner::C3k, name = "model.8");
    let x = sppf(x, name = "model.9");
    let coarse = c2psa(x, name = "model.10");
    // Up to the finest level, and down again.
    let x = concat([coarse.upsample2d(scale_factor = 2), middle]);
    let middle = c3k2(x, 64, 128, Inner::Bottleneck, name = "model.13");
    let x = concat([middle.upsample2d(scale_factor = 2), fine]);
    let fine = c3k2(x, 32, 64, Inner::Bottleneck, name = "model.16");
    let x = concat([conv(fine, 64, 3, 2, name = "model.17"), middle]);
    let middle = c3k2(x, 64, 128, Inner::Bottleneck, name = "model.19");
    let x = concat([conv(middle, 128, 3, 2, name = "model.20"), coarse]);
    let coarse = c3k2(x, 128, 256, Inner::C3k, name = "model.22");
    detect([fine, middle, coarse], name = "model.23")
}
