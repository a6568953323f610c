//! The building blocks of well-known architectures.

use netcost::Activation;

use super::*;

#[network]
fn NamedLayers(x: Tensor<2, 5, 5>) -> Tensor<4> {
    x.conv2d(3, 3, name = "stem.conv").global_avg_pool().flatten().linear(4, name = "head")
}

#[network]
fn Classifier(x: Tensor<1, 8, 8>) -> Tensor<10> {
    x.conv2d(4, 3, padding = 1, bias = false).batch_norm().relu().max_pool2d(2).flatten().linear(10).softmax()
}

#[network]
fn SeparableBlock(x: Tensor<4, 6, 5>) -> Tensor<6, 6, 5> {
    x.conv2d(x.channels(), 3, padding = 1, groups = x.channels(), bias = false)
        .batch_norm()
        .relu()
        .conv2d(6, 1, bias = false)
        .batch_norm()
        .relu()
}

#[network]
fn ResidualBlock(x: Tensor<4, 6, 5>) -> Tensor<4, 6, 5> {
    let y = x.conv2d(4, 3, padding = 1, bias = false).batch_norm().relu();
    let y = y.conv2d(4, 3, padding = 1, bias = false).batch_norm();
    (y + x).relu()
}

#[network]
fn ResidualBlockDownsampling(x: Tensor<4, 7, 6>) -> Tensor<6, 4, 3> {
    let y = x.conv2d(6, 3, stride = 2, padding = 1, bias = false).batch_norm().relu();
    let y = y.conv2d(6, 3, padding = 1, bias = false).batch_norm();
    let shortcut = x.conv2d(6, 1, stride = 2, bias = false).batch_norm();
    (y + shortcut).relu()
}

#[network]
fn InvertedResidualBlock(x: Tensor<3, 5, 6>) -> Tensor<3, 5, 6> {
    let y = x.conv2d(9, 1, bias = false).batch_norm().relu6();
    let y = y.conv2d(9, 3, padding = 1, groups = 9, bias = false).batch_norm().relu6();
    x + y.conv2d(3, 1, bias = false).batch_norm()
}

#[network]
fn SqueezeExcitation(x: Tensor<6, 4, 5>) -> Tensor<6, 4, 5> {
    let x = x.squeeze_excitation(2).relu();
    x.squeeze_excitation(3, activation = Activation::Silu, scale_activation = Activation::HardSigmoid)
}

#[network]
fn SqueezeExciteBlock(x: Tensor<6, 4, 5>) -> Tensor<6, 4, 5> {
    let x = x.conv2d(6, 3, padding = 1);
    let gate = x.global_avg_pool().conv2d(2, 1).relu().conv2d(6, 1).sigmoid();
    x * gate
}

#[network]
fn DenseBlock(x: Tensor<3, 4, 5>) -> Tensor<7, 4, 5> {
    let y = x.batch_norm().relu().conv2d(2, 3, padding = 1, bias = false);
    let x = concat([x, y]);
    let y = x.batch_norm().relu().conv2d(2, 3, padding = 1, bias = false);
    concat([x, y])
}

#[network]
fn InceptionBlock(x: Tensor<4, 5, 6>) -> Tensor<9, 5, 6> {
    let narrow = x.conv2d(3, 1);
    let wide = x.conv2d(2, 1).relu().conv2d(4, 3, padding = 1);
    let pooled = x.max_pool2d(3, stride = 1, padding = 1).conv2d(2, 1);
    concat([narrow, wide, pooled])
}

#[network]
fn ChannelSplitBlock(x: Tensor<6, 4, 4>) -> Tensor<6, 4, 4> {
    let [kept, changed] = x.chunk(2);
    let changed = changed.conv2d(3, 3, padding = 1, groups = 3, name = "branch").relu();
    concat([kept, changed])
}

/// Swin's `window_partition`: the square windows of an image with channels last, as tokens.
#[block]
fn window_partition(x: Tensor, size: usize) -> Tensor {
    let (rows, columns, channels) = (x.dim(0) / size, x.dim(1) / size, x.dim(2));
    let x = x.reshape([rows, size, columns, size, channels]).transpose(1, 2);
    x.reshape([rows * columns, size * size, channels])
}

/// Swin's `window_reverse`: the image the windows were taken from.
#[block]
fn window_reverse(x: Tensor, size: usize, height: usize, width: usize) -> Tensor {
    let channels = x.dim(2);
    let x = x.reshape([height / size, width / size, size, size, channels]).transpose(1, 2);
    x.reshape([height, width, channels])
}

#[network]
fn Windows(x: Tensor<4, 6, 3>) -> Tensor<6, 4, 3> {
    window_partition(x, 2)
}

#[network]
fn MergedWindows(x: Tensor<4, 6, 3>) -> Tensor<4, 6, 3> {
    let x = window_partition(x, 2);
    window_reverse(x * x, 2, 4, 6)
}

#[network]
fn ShiftedWindows(x: Tensor<6, 8, 4>) -> Tensor<6, 8, 4> {
    let y = window_partition(x.roll(-1, 0).roll(-1, 1), 2);
    let [q, k, v] = y.linear(12, name = "qkv").chunk(3, axis = -1);
    let y = (q.matmul(k.transpose(-1, -2)) * 0.5).softmax(axis = -1).matmul(v);
    let y = window_reverse(y.linear(4, name = "proj"), 2, 6, 8);
    x + y.roll(1, 0).roll(1, 1)
}

cases! {
    named_layers: NamedLayers,
    classifier: Classifier,
    separable_block: SeparableBlock,
    residual_block: ResidualBlock,
    residual_block_downsampling: ResidualBlockDownsampling,
    inverted_residual_block: InvertedResidualBlock,
    squeeze_excite_block: SqueezeExciteBlock,
    squeeze_excitation: SqueezeExcitation,
    dense_block: DenseBlock,
    inception_block: InceptionBlock,
    channel_split_block: ChannelSplitBlock,
    windows: Windows,
    merged_windows: MergedWindows,
    shifted_windows: ShiftedWindows,
}
