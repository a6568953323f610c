//! Single layers: what each tool gives for each, as `probes.json` has it, against what is declared here.
#![allow(non_snake_case)]

use netcost::Network;
use netcost::prelude::*;
use serde_json::Value;

use crate::counts;

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

/// All of them.
macro_rules! each {
    ($check:ident) => {
        each!($check: conv2d_3x3_pad1_bias conv2d_3x3_pad1_nobias conv2d_stride2 conv2d_dilation2 conv2d_groups4 conv2d_depthwise_mult2 conv2d_same_3x5 conv2d_batch3 conv2d_circular_pad conv1d conv3d convT2d_4x4_s2_nobias convT2d_2x2_s2_bias convT2d_3x3_s2_outpad_groups2 convT2d_s1_pad0 convT1d_s2 convT3d_s2 linear_bias linear_nobias linear_tokens20 linear_batch4 bn2d_affine bn2d_noaffine bn2d_batch3 bn1d_2dinput bn1d_3dinput bn3d layernorm_last layernorm_chw_noaffine rmsnorm groupnorm instancenorm2d instancenorm2d_affine act_relu relu_batch3 act_relu6 act_leakyrelu act_gelu act_silu act_hardswish act_hardsigmoid act_sigmoid act_tanh softmax_dim1 softmax_4d_last maxpool2d_2 maxpool_batch3 maxpool2d_3s2_ceil maxpool2d_3s2p1 avgpool2d_2 avgpool2d_3s2p1 avgpool2d_3s1p1_nopad adaptiveavg2d_1 adaptiveavg2d_6 adaptiveavg2d_7_of_12 adaptiveavg2d_identity maxpool1d avgpool1d adaptiveavg1d maxpool3d avgpool3d adaptiveavg3d upsample_nearest_x2 upsample_bilinear_x2 upsample_nearest_size30 upsample_batch2 pixelshuffle2 pixelunshuffle2 zeropad reflpad dropout identity flatten flatten_linear32_10 flatten_linear_nobias flatten_softmax flatten_bn1d act_elu act_selu act_celu act_mish act_hardtanh act_softplus act_softsign act_prelu1 act_prelu8 act_glu logsoftmax lrn adaptivemax2d_3 upsample_bicubic_x2 upsample_linear1d upsample_trilinear fn_exp fn_plus fn_star fn_star_scalar fn_at fn_mean_hw fn_cat fn_sdpa mha_32_4_seq7_noweights transformer_encoder_layer_32_4_ff64_seq7 embedding lstmcell grucell rnncell rnn_6_10_seq5 rnn_6_10_seq5_nobias rnn_6_10_seq5_l2 rnn_6_10_seq5_bi rnn_6_10_seq5_l2_bi gru_6_10_seq5 gru_6_10_seq5_nobias gru_6_10_seq5_l2 gru_6_10_seq5_bi gru_6_10_seq5_l2_bi lstm_6_10_seq5 lstm_6_10_seq5_nobias lstm_6_10_seq5_l2 lstm_6_10_seq5_bi lstm_6_10_seq5_l2_bi fn_div)
    };
    ($check:ident: $($Net:ident)*) => {
        $($check::<$Net>();)*
    };
}

/// Numbers that depend on how the Python is written, where a probe is written otherwise than a convention takes it.
const OTHER_SPELLINGS: [(&str, &str, &str); 8] = [
    ("conv2d_same_3x5", "fvcore.flops", "`padding=\"same\"`, which fvcore counts as zero"),
    ("zeropad", "torchstat.memory", "`nn.ZeroPad2d`, where a padding is `F.pad`"),
    ("reflpad", "torchstat.memory", "`nn.ReflectionPad2d`, where a padding is `F.pad`"),
    ("flatten", "torchstat.memory", "`nn.Flatten`, where it is `torch.flatten`"),
    ("flatten_linear32_10", "torchstat.memory", "`nn.Flatten`"),
    ("flatten_linear_nobias", "torchstat.memory", "`nn.Flatten`"),
    ("flatten_softmax", "torchstat.memory", "`nn.Flatten`"),
    ("flatten_bn1d", "torchstat.memory", "`nn.Flatten`"),
];

fn check<N: Network>() {
    let facts: Value = serde_json::from_str(include_str!("probes.json")).unwrap();
    let name = if N::NAME == "softmax_4d_last" { "softmax_4d_dim-1" } else { N::NAME };
    let fact = &facts["probes"][name];
    let batch = fact["input"][0].as_u64().unwrap();
    // calflops was given a parameter where there is none, and so are the networks here.
    let dummy = fact["counts"]["calflops.params"] == 1 && fact["counts"]["torchinfo.params"] == 0;
    for (word, found) in counts::<N>(batch) {
        let Some(expected) = fact["counts"].get(word) else { continue };
        let spelling = OTHER_SPELLINGS.iter().any(|&(probe, number, _)| probe == name && number == word);
        if dummy && word.ends_with(".params") {
            continue;
        }
        assert_eq!(found != expected.as_u64(), spelling, "{name}, {word}: {found:?} here, {expected} there");
    }
}

#[test]
fn every_tool_counts_each_as_it_does() {
    each!(check);
}
