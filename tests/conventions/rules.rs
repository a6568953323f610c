//! The textbook rules, and the report under a convention.

use netcost::conventions::*;
use netcost::prelude::*;

#[network]
fn Words(x: Tensor<50, 64>) -> Tensor<50, 128> {
    x.lstm(128).0
}

#[test]
fn an_lstm_has_eight_operations_for_each_pair_of_a_step() {
    assert_eq!(Textbook::of::<Words>().two_n, 50 * 8 * (64 + 128) * 128);
    assert_eq!(Textbook::of::<Words>().two_n, 2 * Words::MACS);
    // In each step the sum of a gate's two products is one of 192 terms.
    assert_eq!(Textbook::of::<Words>().two_n_minus_1, 50 * 4 * 128 * (2 * 192 - 1));
}

#[network]
fn Small(x: Tensor<3, 8, 8>) -> Tensor<10> {
    x.conv2d(4, 3, padding = 1, bias = false).batch_norm().relu().softmax(axis = 0).flatten().linear(10)
}

#[test]
fn dot_products_have_one_addition_less_than_multiplications() {
    let count = Textbook::of::<Small>();
    let (conv, linear) = (4 * 64 * 27, 256 * 10);
    assert_eq!(count.two_n, 2 * (conv + linear));
    assert_eq!(count.two_n_minus_1, 2 * (conv + linear) - 4 * 64 - 10);
    // 2·H·W·(Cin·K² + 1)·Cout, (2·I − 1)·J
    assert_eq!(count.molchanov, 2 * 64 * (3 * 9 + 1) * 4 + (2 * 256 - 1) * 10);
    assert_eq!(count.batch(3).molchanov, 3 * count.molchanov);
}

#[network(fuse)]
fn Folded(x: Tensor<3, 8, 8>) -> Tensor<10> {
    Small(x)
}

#[test]
fn a_folded_batch_norm_is_a_bias() {
    let (trained, folded) = (Ptflops::of::<Small>(), Ptflops::of::<Folded>());
    assert_eq!(folded.macs, trained.macs - 2 * 256 + 256);
    assert_eq!(folded.params, trained.params - 4);
}

#[test]
fn the_report_tells_what_is_counted_as_zero() {
    let report = Small::report().under(Fvcore);
    assert_eq!(report.count.unwrap(), Fvcore::of::<Small>());
    let missed: Vec<_> = report.missed().map(|missed| (missed.operator, missed.layers)).collect();
    assert_eq!(missed, [("relu", 1), ("softmax", 1)]);
    let expected = "\
Small under fvcore 0.1.5

layer  operator    output   MACs   FLOPs  flops
-----------------------------------------------
0      conv2d      4×8×8   6,912  13,568  6,912
1      batch_norm  4×8×8             512    512
2      relu        4×8×8             256      0
3      softmax     4×8×8           1,152      0
4      flatten     256
5      linear      10      2,560   5,120  2,560
-----------------------------------------------
total                      9,472  20,608  9,984

counted as zero
  relu                      1 layer     256 FLOPs
  softmax                   1 layer     1,152 FLOPs
";
    assert_eq!(report.to_string(), expected);
}

#[network]
fn Tokens(x: Tensor<1, 20, 32>) -> Tensor<1, 20, 32> {
    x.multi_head_attention(4).relu()
}

#[test]
fn a_tool_that_fails_gives_no_number() {
    let report = Tokens::report().under(Torchstat);
    let refused = report.count.unwrap_err();
    assert_eq!(refused.layer.unwrap().operator, "linear");
    let text = report.to_string();
    assert!(text.contains("torchstat 0.0.7 gives no number: it fails on layer `0.out_proj`"), "{text}");
    // A module is listed as missed as a whole.
    let missed: Vec<_> = Tokens::report().under(Thop).missed().map(|missed| missed.operator).collect();
    assert_eq!(missed, ["multi_head_attention", "relu"]);
}
