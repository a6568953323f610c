//! Single layers: each tool's numbers, from `probes.json`, against the declarations here.
#![allow(non_snake_case)]

use std::collections::BTreeSet;

use netcost::Network;
use netcost::prelude::*;
use serde_json::Value;

use crate::{Counts, counts};

#[network]
fn conv2d_3x3_pad1_bias(x: Tensor<8, 12, 12>) -> Tensor<16, 12, 12> {
    x.conv2d(16, 3, padding = 1)
}

#[network]
fn conv2d_3x3_pad1_nobias(x: Tensor<8, 12, 12>) -> Tensor<16, 12, 12> {
    x.conv2d(16, 3, padding = 1, bias = false)
}

#[network]
fn conv2d_stride2(x: Tensor<8, 12, 12>) -> Tensor<16, 6, 6> {
    x.conv2d(16, 3, stride = 2, padding = 1, bias = false)
}

#[network]
fn conv2d_dilation2(x: Tensor<8, 12, 12>) -> Tensor<16, 8, 8> {
    x.conv2d(16, 3, dilation = 2, bias = false)
}

#[network]
fn conv2d_groups4(x: Tensor<8, 12, 12>) -> Tensor<16, 12, 12> {
    x.conv2d(16, 3, padding = 1, groups = 4, bias = false)
}

#[network]
fn conv2d_depthwise_mult2(x: Tensor<8, 12, 12>) -> Tensor<16, 12, 12> {
    x.conv2d(16, 3, padding = 1, groups = 8)
}

#[network]
fn conv2d_same_3x5(x: Tensor<8, 12, 12>) -> Tensor<16, 12, 12> {
    x.conv2d(16, [3, 5], padding = Same)
}

#[network]
fn conv2d_batch3(x: Tensor<8, 12, 12>) -> Tensor<16, 12, 12> {
    x.conv2d(16, 3, padding = 1)
}

#[network]
fn conv2d_circular_pad(x: Tensor<8, 12, 12>) -> Tensor<16, 12, 12> {
    x.conv2d(16, 3, padding = 1)
}

#[network]
fn conv1d(x: Tensor<8, 40>) -> Tensor<16, 40> {
    x.conv1d(16, 5, padding = 2)
}

#[network]
fn conv3d(x: Tensor<4, 6, 8, 8>) -> Tensor<8, 6, 8, 8> {
    x.conv3d(8, 3, padding = 1)
}

#[network]
fn convT2d_4x4_s2_nobias(x: Tensor<8, 12, 12>) -> Tensor<16, 24, 24> {
    x.conv_transpose2d(16, 4, stride = 2, padding = 1, bias = false)
}

#[network]
fn convT2d_2x2_s2_bias(x: Tensor<8, 12, 12>) -> Tensor<16, 24, 24> {
    x.conv_transpose2d(16, 2, stride = 2)
}

#[network]
fn convT2d_3x3_s2_outpad_groups2(x: Tensor<8, 12, 12>) -> Tensor<16, 24, 24> {
    x.conv_transpose2d(16, 3, stride = 2, padding = 1, output_padding = 1, groups = 2, bias = false)
}

#[network]
fn convT2d_s1_pad0(x: Tensor<8, 1, 1>) -> Tensor<16, 4, 4> {
    x.conv_transpose2d(16, 4, bias = false)
}

#[network]
fn convT1d_s2(x: Tensor<8, 20>) -> Tensor<4, 40> {
    x.conv_transpose1d(4, 4, stride = 2, padding = 1)
}

#[network]
fn convT3d_s2(x: Tensor<4, 4, 4, 4>) -> Tensor<4, 8, 8, 8> {
    x.conv_transpose3d(4, 2, stride = 2)
}

#[network]
fn linear_bias(x: Tensor<32>) -> Tensor<10> {
    x.linear(10)
}

#[network]
fn linear_nobias(x: Tensor<32>) -> Tensor<10> {
    x.linear(10, bias = false)
}

#[network]
fn linear_tokens20(x: Tensor<20, 32>) -> Tensor<20, 10> {
    x.linear(10)
}

#[network]
fn linear_batch4(x: Tensor<32>) -> Tensor<10> {
    x.linear(10)
}

#[network]
fn bn2d_affine(x: Tensor<8, 12, 12>) -> Tensor<8, 12, 12> {
    x.batch_norm()
}

#[network]
fn bn2d_noaffine(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.batch_norm(affine = false), parameter([1]))
}

#[network]
fn bn2d_batch3(x: Tensor<8, 12, 12>) -> Tensor<8, 12, 12> {
    x.batch_norm()
}

#[network]
fn bn1d_2dinput(x: Tensor<32>) -> Tensor<32> {
    x.batch_norm()
}

#[network]
fn bn1d_3dinput(x: Tensor<8, 20>) -> Tensor<8, 20> {
    x.batch_norm()
}

#[network]
fn bn3d(x: Tensor<4, 4, 6, 6>) -> Tensor<4, 4, 6, 6> {
    x.batch_norm()
}

#[network]
fn layernorm_last(x: Tensor<20, 32>) -> Tensor<20, 32> {
    x.layer_norm()
}

#[network]
fn layernorm_chw_noaffine(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.layer_norm(axes = 3, elementwise_affine = false), parameter([1]))
}

#[network]
fn rmsnorm(x: Tensor<20, 32>) -> Tensor<20, 32> {
    x.rms_norm()
}

#[network]
fn groupnorm(x: Tensor<8, 12, 12>) -> Tensor<8, 12, 12> {
    x.group_norm(4)
}

#[network]
fn instancenorm2d(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.instance_norm(), parameter([1]))
}

#[network]
fn instancenorm2d_affine(x: Tensor<8, 12, 12>) -> Tensor<8, 12, 12> {
    x.instance_norm(affine = true)
}

#[network]
fn act_relu(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.relu(), parameter([1]))
}

#[network]
fn relu_batch3(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.relu(), parameter([1]))
}

#[network]
fn act_relu6(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.relu6(), parameter([1]))
}

#[network]
fn act_leakyrelu(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.leaky_relu(), parameter([1]))
}

#[network]
fn act_gelu(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.gelu(), parameter([1]))
}

#[network]
fn act_silu(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.silu(), parameter([1]))
}

#[network]
fn act_hardswish(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.hard_swish(), parameter([1]))
}

#[network]
fn act_hardsigmoid(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.hard_sigmoid(), parameter([1]))
}

#[network]
fn act_sigmoid(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.sigmoid(), parameter([1]))
}

#[network]
fn act_tanh(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.tanh(), parameter([1]))
}

#[network]
fn softmax_dim1(x: Tensor<10>) -> (Tensor<10>, Tensor<1>) {
    (x.softmax(), parameter([1]))
}

#[network]
fn softmax_4d_last(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.softmax(axis = -1), parameter([1]))
}

#[network]
fn maxpool2d_2(x: Tensor<8, 12, 12>) -> (Tensor<8, 6, 6>, Tensor<1>) {
    (x.max_pool2d(2), parameter([1]))
}

#[network]
fn maxpool_batch3(x: Tensor<8, 12, 12>) -> (Tensor<8, 6, 6>, Tensor<1>) {
    (x.max_pool2d(2), parameter([1]))
}

#[network]
fn maxpool2d_3s2_ceil(x: Tensor<8, 12, 12>) -> (Tensor<8, 6, 6>, Tensor<1>) {
    (x.max_pool2d(3, stride = 2, ceil_mode = true), parameter([1]))
}

#[network]
fn maxpool2d_3s2p1(x: Tensor<8, 12, 12>) -> (Tensor<8, 6, 6>, Tensor<1>) {
    (x.max_pool2d(3, stride = 2, padding = 1), parameter([1]))
}

#[network]
fn avgpool2d_2(x: Tensor<8, 12, 12>) -> (Tensor<8, 6, 6>, Tensor<1>) {
    (x.avg_pool2d(2), parameter([1]))
}

#[network]
fn avgpool2d_3s2p1(x: Tensor<8, 12, 12>) -> (Tensor<8, 6, 6>, Tensor<1>) {
    (x.avg_pool2d(3, stride = 2, padding = 1), parameter([1]))
}

#[network]
fn avgpool2d_3s1p1_nopad(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.avg_pool2d(3, stride = 1, padding = 1, count_include_pad = false), parameter([1]))
}

#[network]
fn adaptiveavg2d_1(x: Tensor<8, 12, 12>) -> (Tensor<8, 1, 1>, Tensor<1>) {
    (x.global_avg_pool(), parameter([1]))
}

#[network]
fn adaptiveavg2d_6(x: Tensor<8, 12, 12>) -> (Tensor<8, 6, 6>, Tensor<1>) {
    (x.adaptive_avg_pool2d(6), parameter([1]))
}

#[network]
fn adaptiveavg2d_7_of_12(x: Tensor<8, 12, 12>) -> (Tensor<8, 7, 7>, Tensor<1>) {
    (x.adaptive_avg_pool2d(7), parameter([1]))
}

#[network]
fn adaptiveavg2d_identity(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.adaptive_avg_pool2d(12), parameter([1]))
}

#[network]
fn maxpool1d(x: Tensor<8, 20>) -> (Tensor<8, 10>, Tensor<1>) {
    (x.max_pool1d(2), parameter([1]))
}

#[network]
fn avgpool1d(x: Tensor<8, 20>) -> (Tensor<8, 10>, Tensor<1>) {
    (x.avg_pool1d(2), parameter([1]))
}

#[network]
fn adaptiveavg1d(x: Tensor<8, 20>) -> (Tensor<8, 3>, Tensor<1>) {
    (x.adaptive_avg_pool1d(3), parameter([1]))
}

#[network]
fn maxpool3d(x: Tensor<4, 4, 6, 6>) -> (Tensor<4, 2, 3, 3>, Tensor<1>) {
    (x.max_pool3d(2), parameter([1]))
}

#[network]
fn avgpool3d(x: Tensor<4, 4, 6, 6>) -> (Tensor<4, 2, 3, 3>, Tensor<1>) {
    (x.avg_pool3d(2), parameter([1]))
}

#[network]
fn adaptiveavg3d(x: Tensor<4, 4, 6, 6>) -> (Tensor<4, 1, 1, 1>, Tensor<1>) {
    (x.global_avg_pool(), parameter([1]))
}

#[network]
fn upsample_nearest_x2(x: Tensor<8, 12, 12>) -> (Tensor<8, 24, 24>, Tensor<1>) {
    (x.upsample2d(scale_factor = 2), parameter([1]))
}

#[network]
fn upsample_bilinear_x2(x: Tensor<8, 12, 12>) -> (Tensor<8, 24, 24>, Tensor<1>) {
    (x.upsample2d(scale_factor = 2, mode = Bilinear), parameter([1]))
}

#[network]
fn upsample_nearest_size30(x: Tensor<8, 12, 12>) -> (Tensor<8, 30, 30>, Tensor<1>) {
    (x.upsample2d(size = 30), parameter([1]))
}

#[network]
fn upsample_batch2(x: Tensor<8, 12, 12>) -> (Tensor<8, 24, 24>, Tensor<1>) {
    (x.upsample2d(scale_factor = 2), parameter([1]))
}

#[network]
fn pixelshuffle2(x: Tensor<8, 12, 12>) -> (Tensor<2, 24, 24>, Tensor<1>) {
    (x.pixel_shuffle(2), parameter([1]))
}

#[network]
fn pixelunshuffle2(x: Tensor<8, 12, 12>) -> (Tensor<32, 6, 6>, Tensor<1>) {
    (x.pixel_unshuffle(2), parameter([1]))
}

#[network]
fn zeropad(x: Tensor<8, 12, 12>) -> (Tensor<8, 14, 14>, Tensor<1>) {
    (x.pad2d(1), parameter([1]))
}

#[network]
fn reflpad(x: Tensor<8, 12, 12>) -> (Tensor<8, 14, 14>, Tensor<1>) {
    (x.pad2d(1, mode = Reflect), parameter([1]))
}

#[network]
fn dropout(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.dropout(0.5), parameter([1]))
}

#[network]
fn identity(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.identity(), parameter([1]))
}

#[network]
fn flatten(x: Tensor<8, 12, 12>) -> (Tensor<1152>, Tensor<1>) {
    (x.flatten(), parameter([1]))
}

#[network]
fn flatten_linear32_10(x: Tensor<8, 2, 2>) -> Tensor<10> {
    x.flatten().linear(10)
}

#[network]
fn flatten_linear_nobias(x: Tensor<8, 2, 2>) -> Tensor<10> {
    x.flatten().linear(10, bias = false)
}

#[network]
fn flatten_softmax(x: Tensor<8, 2, 2>) -> (Tensor<32>, Tensor<1>) {
    (x.flatten().softmax(), parameter([1]))
}

#[network]
fn flatten_bn1d(x: Tensor<8, 2, 2>) -> Tensor<32> {
    x.flatten().batch_norm()
}

#[network]
fn fn_plus(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.identity() + x, parameter([1]))
}

#[network]
fn fn_star(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.identity() * x, parameter([1]))
}

#[network]
fn fn_star_scalar(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.identity() * 0.5, parameter([1]))
}

#[network]
fn fn_bmm(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.identity().bmm(x), parameter([1]))
}

#[network]
fn fn_at(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.identity().matmul(x), parameter([1]))
}

#[network]
fn fn_mean_hw(x: Tensor<8, 12, 12>) -> (Tensor<8>, Tensor<1>) {
    (x.mean(axes = [1, 2]).identity(), parameter([1]))
}

#[network]
fn fn_cat(x: Tensor<8, 12, 12>) -> (Tensor<16, 12, 12>, Tensor<1>) {
    (concat([x, x]).identity(), parameter([1]))
}

#[network]
fn fn_sdpa(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.identity().scaled_dot_product_attention(x, x), parameter([1]))
}

#[network]
fn mha_32_4_seq7_noweights(x: Tensor<7, 32>) -> Tensor<7, 32> {
    x.multi_head_attention(4)
}

#[network]
fn transformer_encoder_layer_32_4_ff64_seq7(x: Tensor<7, 32>) -> Tensor<7, 32> {
    x.transformer_encoder_layer(4, dim_feedforward = 64)
}

#[network]
fn embedding(x: Tensor<20>) -> Tensor<20, 16> {
    x.embedding(100, 16)
}

#[network]
fn lstmcell(x: Tensor<6>) -> Tensor<10> {
    x.lstm_cell(10).0
}

#[network]
fn grucell(x: Tensor<6>) -> Tensor<10> {
    x.gru_cell(10)
}

#[network]
fn rnncell(x: Tensor<6>) -> Tensor<10> {
    x.rnn_cell(10)
}

#[network]
fn rnn_6_10_seq5(x: Tensor<5, 6>) -> Tensor<5, 10> {
    x.rnn(10).0
}

#[network]
fn rnn_6_10_seq5_nobias(x: Tensor<5, 6>) -> Tensor<5, 10> {
    x.rnn(10, bias = false).0
}

#[network]
fn rnn_6_10_seq5_l2(x: Tensor<5, 6>) -> Tensor<5, 10> {
    x.rnn(10, num_layers = 2).0
}

#[network]
fn rnn_6_10_seq5_bi(x: Tensor<5, 6>) -> Tensor<5, 20> {
    x.rnn(10, bidirectional = true).0
}

#[network]
fn rnn_6_10_seq5_l2_bi(x: Tensor<5, 6>) -> Tensor<5, 20> {
    x.rnn(10, num_layers = 2, bidirectional = true).0
}

#[network]
fn gru_6_10_seq5(x: Tensor<5, 6>) -> Tensor<5, 10> {
    x.gru(10).0
}

#[network]
fn gru_6_10_seq5_nobias(x: Tensor<5, 6>) -> Tensor<5, 10> {
    x.gru(10, bias = false).0
}

#[network]
fn gru_6_10_seq5_l2(x: Tensor<5, 6>) -> Tensor<5, 10> {
    x.gru(10, num_layers = 2).0
}

#[network]
fn gru_6_10_seq5_bi(x: Tensor<5, 6>) -> Tensor<5, 20> {
    x.gru(10, bidirectional = true).0
}

#[network]
fn gru_6_10_seq5_l2_bi(x: Tensor<5, 6>) -> Tensor<5, 20> {
    x.gru(10, num_layers = 2, bidirectional = true).0
}

#[network]
fn lstm_6_10_seq5(x: Tensor<5, 6>) -> Tensor<5, 10> {
    x.lstm(10).0
}

#[network]
fn lstm_6_10_seq5_nobias(x: Tensor<5, 6>) -> Tensor<5, 10> {
    x.lstm(10, bias = false).0
}

#[network]
fn lstm_6_10_seq5_l2(x: Tensor<5, 6>) -> Tensor<5, 10> {
    x.lstm(10, num_layers = 2).0
}

#[network]
fn lstm_6_10_seq5_bi(x: Tensor<5, 6>) -> Tensor<5, 20> {
    x.lstm(10, bidirectional = true).0
}

#[network]
fn lstm_6_10_seq5_l2_bi(x: Tensor<5, 6>) -> Tensor<5, 20> {
    x.lstm(10, num_layers = 2, bidirectional = true).0
}

#[network]
fn fn_div(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.identity() / x, parameter([1]))
}

#[network]
fn act_elu(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.elu(), parameter([1]))
}

#[network]
fn act_selu(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.selu(), parameter([1]))
}

#[network]
fn act_celu(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.celu(), parameter([1]))
}

#[network]
fn act_mish(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.mish(), parameter([1]))
}

#[network]
fn act_hardtanh(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.hard_tanh(), parameter([1]))
}

#[network]
fn act_softplus(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.softplus(), parameter([1]))
}

#[network]
fn act_softsign(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.softsign(), parameter([1]))
}

#[network]
fn act_prelu1(x: Tensor<8, 12, 12>) -> Tensor<8, 12, 12> {
    x.prelu()
}

#[network]
fn act_prelu8(x: Tensor<8, 12, 12>) -> Tensor<8, 12, 12> {
    x.prelu(num_parameters = 8)
}

#[network]
fn act_glu(x: Tensor<8, 12, 12>) -> (Tensor<4, 12, 12>, Tensor<1>) {
    (x.glu(axis = 0), parameter([1]))
}

#[network]
fn logsoftmax(x: Tensor<10>) -> (Tensor<10>, Tensor<1>) {
    (x.log_softmax(), parameter([1]))
}

#[network]
fn lrn(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.local_response_norm(5), parameter([1]))
}

#[network]
fn adaptivemax2d_3(x: Tensor<8, 12, 12>) -> (Tensor<8, 3, 3>, Tensor<1>) {
    (x.adaptive_max_pool2d(3), parameter([1]))
}

#[network]
fn upsample_bicubic_x2(x: Tensor<8, 12, 12>) -> (Tensor<8, 24, 24>, Tensor<1>) {
    (x.upsample2d(scale_factor = 2, mode = Bicubic), parameter([1]))
}

#[network]
fn upsample_linear1d(x: Tensor<8, 20>) -> (Tensor<8, 40>, Tensor<1>) {
    (x.upsample1d(scale_factor = 2, mode = Linear), parameter([1]))
}

#[network]
fn upsample_trilinear(x: Tensor<4, 4, 6, 6>) -> (Tensor<4, 8, 12, 12>, Tensor<1>) {
    (x.upsample3d(scale_factor = 2, mode = Trilinear), parameter([1]))
}

#[network]
fn fn_exp(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.exp().identity(), parameter([1]))
}

#[network]
fn softmax2d(x: Tensor<8, 12, 12>) -> (Tensor<8, 12, 12>, Tensor<1>) {
    (x.softmax(axis = 0), parameter([1]))
}

/// All of them.
macro_rules! each {
    ($check:ident) => {
        each!($check: softmax2d conv2d_3x3_pad1_bias conv2d_3x3_pad1_nobias conv2d_stride2 conv2d_dilation2 conv2d_groups4 conv2d_depthwise_mult2 conv2d_same_3x5 conv2d_batch3 conv2d_circular_pad conv1d conv3d convT2d_4x4_s2_nobias convT2d_2x2_s2_bias convT2d_3x3_s2_outpad_groups2 convT2d_s1_pad0 convT1d_s2 convT3d_s2 linear_bias linear_nobias linear_tokens20 linear_batch4 bn2d_affine bn2d_noaffine bn2d_batch3 bn1d_2dinput bn1d_3dinput bn3d layernorm_last layernorm_chw_noaffine rmsnorm groupnorm instancenorm2d instancenorm2d_affine act_relu relu_batch3 act_relu6 act_leakyrelu act_gelu act_silu act_hardswish act_hardsigmoid act_sigmoid act_tanh softmax_dim1 softmax_4d_last maxpool2d_2 maxpool_batch3 maxpool2d_3s2_ceil maxpool2d_3s2p1 avgpool2d_2 avgpool2d_3s2p1 avgpool2d_3s1p1_nopad adaptiveavg2d_1 adaptiveavg2d_6 adaptiveavg2d_7_of_12 adaptiveavg2d_identity maxpool1d avgpool1d adaptiveavg1d maxpool3d avgpool3d adaptiveavg3d upsample_nearest_x2 upsample_bilinear_x2 upsample_nearest_size30 upsample_batch2 pixelshuffle2 pixelunshuffle2 zeropad reflpad dropout identity flatten flatten_linear32_10 flatten_linear_nobias flatten_softmax flatten_bn1d act_elu act_selu act_celu act_mish act_hardtanh act_softplus act_softsign act_prelu1 act_prelu8 act_glu logsoftmax lrn adaptivemax2d_3 upsample_bicubic_x2 upsample_linear1d upsample_trilinear fn_exp fn_plus fn_star fn_star_scalar fn_at fn_mean_hw fn_cat fn_sdpa mha_32_4_seq7_noweights transformer_encoder_layer_32_4_ff64_seq7 embedding lstmcell grucell rnncell rnn_6_10_seq5 rnn_6_10_seq5_nobias rnn_6_10_seq5_l2 rnn_6_10_seq5_bi rnn_6_10_seq5_l2_bi gru_6_10_seq5 gru_6_10_seq5_nobias gru_6_10_seq5_l2 gru_6_10_seq5_bi gru_6_10_seq5_l2_bi lstm_6_10_seq5 lstm_6_10_seq5_nobias lstm_6_10_seq5_l2 lstm_6_10_seq5_bi lstm_6_10_seq5_l2_bi fn_div)
    };
    ($check:ident: $($Net:ident)*) => {
        [$($check::<$Net>()),*]
    };
}

/// Probes whose Python is spelled differently than a convention assumes: the network that computes the same, the numbers
/// that differ, and why. All other numbers are equal.
macro_rules! written_otherwise {
    ($($probe:literal $Net:ident [$($word:literal)*] $why:literal;)*) => {
        [$(($probe, counts::<$Net> as fn(u64) -> Counts, &[$($word),*] as &[&str], $why)),*]
    };
}

type Otherwise = (&'static str, fn(u64) -> Counts, &'static [&'static str], &'static str);

const WRITTEN_OTHERWISE: &[Otherwise] = &written_otherwise! {
    "conv2d_same_3x5" conv2d_same_3x5 ["fvcore.flops"] "`padding=\"same\"`, which fvcore counts as zero";
    "zeropad" zeropad ["torchstat.memory"] "`nn.ZeroPad2d`, where a padding is `F.pad`";
    "reflpad" reflpad ["torchstat.memory"] "`nn.ReflectionPad2d`, where a padding is `F.pad`";
    "flatten" flatten ["torchstat.memory"] "`nn.Flatten`, where it is `torch.flatten`";
    "flatten_linear32_10" flatten_linear32_10 ["torchstat.memory"] "`nn.Flatten`";
    "flatten_linear_nobias" flatten_linear_nobias ["torchstat.memory"] "`nn.Flatten`";
    "flatten_softmax" flatten_softmax ["torchstat.memory"] "`nn.Flatten`";
    "flatten_bn1d" flatten_bn1d ["torchstat.memory"] "`nn.Flatten`";
    "softmax2d" softmax2d ["thop.macs" "torchstat.madd"] "`nn.Softmax2d`, where it is `nn.Softmax(1)`";
    "TRAIN_bn2d_affine" bn2d_affine ["fvcore.flops"] "in training";
    "TRAIN_bn2d_noaffine" bn2d_noaffine ["fvcore.flops"] "in training";
    "lstm_seqfirst_seq5_b1" lstm_6_10_seq5 ["ptflops.macs"] "ptflops takes the steps for the batch";
    "transformer_encoder_layer_seqfirst_seq7" transformer_encoder_layer_32_4_ff64_seq7
        ["flop_counter.flops_no_grad" "ptflops.macs" "torchinfo.mult_adds"] "the tokens are taken for the batch";
    "mha_32_4_seq7_weights" mha_32_4_seq7_noweights ["calflops.flops" "fvcore.flops" "ptflops.macs" "ptflops_aten.macs"]
        "`need_weights=True`: products of their own, and not `F.scaled_dot_product_attention`";
    "fn_torch_add" fn_plus ["calflops.flops" "ptflops.macs"] "`torch.add`, which is patched, where it is `+`";
    "fn_tensor_add" fn_plus ["calflops.flops" "ptflops.macs"] "`x.add(y)`, which is patched";
    "fn_iadd" fn_plus [] "`x += y` is as `+`";
    "fn_torch_mul" fn_star ["calflops.flops" "ptflops.macs"] "`torch.mul`, which is patched, where it is `*`";
    "fn_torch_matmul" fn_at ["calflops.flops" "calflops.macs" "ptflops.macs"] "`torch.matmul`, which is patched, where it is `@`";
    "fn_bmm" fn_bmm ["torchstat.memory"] "without the first axis";
    "fn_einsum" fn_at ["calflops.flops" "fvcore.flops"] "`torch.einsum`, whose cost is read from a text that is rounded";
    "fn_F_relu" act_relu
        ["ptflops.macs" "torchstat.flops" "torchstat.madd" "torchstat.mem_read" "torchstat.mem_write"] "a function";
    "fn_tensor_relu" act_relu
        ["calflops.flops" "ptflops.macs" "torchstat.flops" "torchstat.madd" "torchstat.mem_read" "torchstat.mem_write"]
        "a method";
    "fn_F_softmax" softmax_4d_last ["thop.macs" "torchstat.madd" "ultralytics_thop.macs"] "a function";
    "fn_tensor_softmax" softmax_4d_last
        ["calflops.flops" "ptflops.macs" "thop.macs" "torchstat.madd" "ultralytics_thop.macs"] "a method";
    "fn_F_interpolate_nearest" upsample_nearest_x2 ["ptflops.macs" "thop.macs" "torchstat.flops"] "a function";
    "fn_F_interpolate_bilinear" upsample_bilinear_x2
        ["ptflops.macs" "thop.macs" "torchstat.flops" "ultralytics_thop.macs"] "a function";
    "fn_F_interpolate_size" upsample_nearest_size30 ["ptflops.macs" "thop.macs" "torchstat.flops"] "a function";
    "fn_F_adaptive_avg" adaptiveavg2d_1 ["ptflops.macs" "thop.macs" "ultralytics_thop.macs"] "a function";
    "fn_F_max_pool" maxpool2d_2
        ["ptflops.macs" "torchstat.flops" "torchstat.madd" "torchstat.mem_read" "torchstat.mem_write"] "a function";
    "fn_F_gelu" act_gelu ["ptflops.macs"] "a function";
    "fn_F_silu" act_silu [] "a function, and counted nevertheless";
    "fn_F_hardswish" act_hardswish [] "a function";
    "fn_F_layer_norm" layernorm_chw_noaffine ["ptflops.macs" "thop.macs" "ultralytics_thop.macs"] "a function";
    "fn_sigmoid" act_sigmoid [] "a method";
};

/// Probes that cannot be declared.
const LEFT_OUT: [(&str, &str); 2] = [
    ("unfold", "there is no such layer"),
    ("conv2d_unbatched", "an input without a batch axis, whose channels thop and others take for the batch"),
];

fn name_of<N: Network>() -> &'static str {
    if N::NAME == "softmax_4d_last" { "softmax_4d_dim-1" } else { N::NAME }
}

/// The words of the numbers that differ from the tool's.
fn differing(probe: &str, counts: fn(u64) -> Counts) -> Vec<&'static str> {
    let facts: Value = serde_json::from_str(include_str!("probes.json")).unwrap();
    let fact = &facts["probes"][probe];
    // A sequence may have its axis before the batch, and a product may have no batch.
    let is_batch = !probe.contains("seqfirst") && probe != "fn_bmm";
    let batch = if is_batch { fact["input"][0].as_u64().unwrap() } else { 1 };
    // calflops was given a parameter where a model has none, and so are the networks here.
    let has_dummy = fact["counts"]["calflops.params"] == 1 && fact["counts"]["torchinfo.params"] == 0;
    let differs = |&(word, found): &(&'static str, Option<u64>)| match fact["counts"].get(word) {
        Some(expected) => found != expected.as_u64() && !(has_dummy && word.ends_with(".params")),
        // Not among the facts of single layers.
        None => false,
    };
    counts(batch).into_iter().filter(differs).map(|(word, _)| word).collect()
}

fn check<N: Network>() {
    let probe = name_of::<N>();
    if WRITTEN_OTHERWISE.iter().all(|otherwise| otherwise.0 != probe) {
        assert_eq!(differing(probe, counts::<N>), [""; 0], "{probe}");
    }
}

#[test]
fn every_tool_counts_each_as_it_does() {
    each!(check);
}

#[test]
fn what_is_written_otherwise_differs_where_it_is_said() {
    for &(probe, counts, words, why) in WRITTEN_OTHERWISE {
        assert_eq!(differing(probe, counts), words, "{probe}: {why}");
    }
}

#[test]
fn none_is_forgotten() {
    let facts: Value = serde_json::from_str(include_str!("probes.json")).unwrap();
    let mut forgotten: BTreeSet<&str> = facts["probes"].as_object().unwrap().keys().map(String::as_str).collect();
    for name in each!(name_of) {
        forgotten.remove(name);
    }
    for otherwise in WRITTEN_OTHERWISE {
        forgotten.remove(otherwise.0);
    }
    LEFT_OUT.iter().for_each(|&(probe, _)| assert!(forgotten.remove(probe), "{probe} is declared"));
    assert_eq!(forgotten, BTreeSet::new());
}
