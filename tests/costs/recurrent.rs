//! Recurrent layers and embeddings against PyTorch: multiply-accumulates, parameters and the state dict.
//!
//! Versions: torch 2.15.0. PyTorch counts no operations of recurrent layers; the multiply-accumulates are those of the
//! matrix products that it runs where it does not fuse them, and every element of a weight matrix once per step.

use netcost::Network;
use netcost::prelude::*;
use netcost_zoo::LstmTagger;

use crate::extents;

#[network]
fn Lstm(x: Tensor<50, 64>) -> Tensor<50, 128> {
    let (y, _) = x.lstm(128, name = "lstm");
    y
}

#[network]
fn LstmNoBias(x: Tensor<50, 64>) -> Tensor<50, 128> {
    let (y, _) = x.lstm(128, bias = false, name = "lstm");
    y
}

#[network]
fn LstmProjected(x: Tensor<50, 64>) -> (Tensor<50, 32>, Tensor<1, 32>, Tensor<1, 128>) {
    let (y, (h, c)) = x.lstm(128, proj_size = 32, name = "lstm");
    (y, h, c)
}

#[network]
fn Gru(x: Tensor<50, 64>) -> (Tensor<50, 128>, Tensor<1, 128>) {
    x.gru(128, name = "gru")
}

#[network]
fn Rnn(x: Tensor<50, 64>) -> Tensor<50, 128> {
    let (y, _) = x.rnn(128, name = "rnn");
    y
}

#[network]
fn Embedding(words: Tensor<32>) -> Tensor<32, 64> {
    words.embedding(1000, 64, name = "embedding")
}

/// The state dict in its order, one word per tensor.
fn state<N: Network>() -> String {
    let rows = N::PARAMS_TABLE.iter().map(|row| format!("{}:{}", row.name, extents(&row.shape)));
    rows.collect::<Vec<_>>().join(" ")
}

#[test]
fn macs_and_parameters_are_pytorchs() {
    fn check<N: Network>(macs: u64, params: u64, expected: &str) {
        assert_eq!((N::MACS, N::PARAMS), (macs, params), "{}", N::NAME);
        assert_eq!(state::<N>(), expected, "{}", N::NAME);
        assert_eq!(N::PARAMS as usize, N::WEIGHTS_LEN);
    }
    check::<Lstm>(
        4_915_200,
        99_328,
        "lstm.weight_ih_l0:512x64 lstm.weight_hh_l0:512x128 lstm.bias_ih_l0:512 lstm.bias_hh_l0:512",
    );
    check::<LstmNoBias>(4_915_200, 98_304, "lstm.weight_ih_l0:512x64 lstm.weight_hh_l0:512x128");
    check::<LstmProjected>(
        2_662_400,
        54_272,
        "lstm.weight_ih_l0:512x64 lstm.weight_hh_l0:512x32 lstm.bias_ih_l0:512 lstm.bias_hh_l0:512 \
         lstm.weight_hr_l0:32x128",
    );
    check::<Gru>(
        3_686_400,
        74_496,
        "gru.weight_ih_l0:384x64 gru.weight_hh_l0:384x128 gru.bias_ih_l0:384 gru.bias_hh_l0:384",
    );
    check::<Rnn>(
        1_228_800,
        24_832,
        "rnn.weight_ih_l0:128x64 rnn.weight_hh_l0:128x128 rnn.bias_ih_l0:128 rnn.bias_hh_l0:128",
    );
    check::<Embedding>(0, 64_000, "embedding.weight:1000x64");
    // The tutorial's: 5 words out of 9, embedded in 6, 6 units, 3 tags.
    check::<LstmTagger<5, 9, 6, 6, 3>>(
        1_530,
        411,
        "word_embeddings.weight:9x6 lstm.weight_ih_l0:24x6 lstm.weight_hh_l0:24x6 lstm.bias_ih_l0:24 \
         lstm.bias_hh_l0:24 hidden2tag.weight:3x6 hidden2tag.bias:3",
    );
}

/// The directions of a layer are adjacent, layer by layer.
#[test]
fn a_stack_has_its_tensors_in_pytorchs_order() {
    #[network]
    fn Stack(x: Tensor<3, 5>) -> Tensor<3, 4> {
        let (y, _) = x.relu().lstm(3, num_layers = 2, bidirectional = true, proj_size = 2, bias = false);
        y.tanh()
    }
    assert_eq!(
        state::<Stack>(),
        "1.weight_ih_l0:12x5 1.weight_hh_l0:12x2 1.weight_hr_l0:2x3 \
         1.weight_ih_l0_reverse:12x5 1.weight_hh_l0_reverse:12x2 1.weight_hr_l0_reverse:2x3 \
         1.weight_ih_l1:12x4 1.weight_hh_l1:12x2 1.weight_hr_l1:2x3 \
         1.weight_ih_l1_reverse:12x4 1.weight_hh_l1_reverse:12x2 1.weight_hr_l1_reverse:2x3"
    );
    let names: Vec<_> = Stack::LAYERS.iter().map(|layer| layer.name.as_str()).collect();
    // Its last states are read by nothing.
    assert_eq!(names, ["0", "1.output", "2"]);
}

/// Textbooks count 8·(E + H)·H FLOPs for a step of an LSTM: two for each MAC. The exact number includes two biases per
/// gate, and the functions of the gates.
#[test]
fn flops_are_the_textbooks_and_the_functions() {
    const E: u64 = 64;
    const H: u64 = 128;
    assert_eq!(2 * Lstm::MACS, 50 * 8 * (E + H) * H);
    let functions = 3 * 3 + 2 + 3 + 1;
    assert_eq!(Lstm::FLOPS, 50 * (8 * (E + H) * H + 4 * H + functions * H));
    assert_eq!(LstmNoBias::FLOPS, 50 * (8 * (E + H) * H - 4 * H + functions * H));
    let functions = 2 * 3 + 1 + 4;
    assert_eq!(Gru::FLOPS, 50 * (6 * (E + H) * H + 3 * H + functions * H));
    assert_eq!(Rnn::FLOPS, 50 * (2 * (E + H) * H + H + H));
    assert_eq!(Embedding::FLOPS, 0);
}

/// The states follow the output. A stack uses the units of a step as scratch, or one more sequence if each layer goes
/// both ways; a projection uses its input.
#[test]
fn ram_is_the_sequences_and_the_states() {
    #[network]
    fn Stack(x: Tensor<50, 64>) -> Tensor<50, 128> {
        let (y, _) = x.gru(128, num_layers = 3);
        y
    }
    #[network]
    fn BothWays(x: Tensor<50, 64>) -> Tensor<50, 256> {
        let (y, _) = x.gru(128, num_layers = 3, bidirectional = true);
        y
    }
    let input = 50 * 64;
    assert_eq!(Lstm::ARENA_LEN, input + 50 * 128 + 2 * 128);
    assert_eq!((Lstm::MEMORY.scratch_bytes, Rnn::MEMORY.scratch_bytes), (0, 0));
    assert_eq!(LstmProjected::ARENA_LEN, input + 50 * 32 + 32 + 128 + 128);
    assert_eq!(LstmProjected::MEMORY.scratch_bytes, 4 * 128);
    assert_eq!(Stack::ARENA_LEN, input + 50 * 128 + 3 * 128 + 128);
    assert_eq!(Stack::LAYERS[0].scratch_bytes, 4 * 128);
    assert_eq!(BothWays::ARENA_LEN, input + 2 * 50 * 256 + 6 * 128);
    assert_eq!(Stack::PEAK_LIVE_BYTES, Stack::ARENA_BYTES);
    // Each weight is read once per step at worst, and once at best: as everywhere, traffic counts it once.
    assert_eq!(Gru::TRAFFIC.total(), 4 * (74_496 + 50 * 64 + 50 * 128 + 128));
    assert_eq!(Embedding::TRAFFIC.total(), 4 * (32 * 64 + 32 + 32 * 64));
}

/// A network with recurrent layers is a block of another: its layers continue the numbering.
#[test]
fn a_block_keeps_its_recurrent_layers_together() {
    #[network]
    fn Inner(x: Tensor<50, 64>) -> (Tensor<50, 8>, Tensor<1, 8>) {
        let (y, _) = x.relu().lstm(8);
        y.gru(8, name = "gru")
    }
    #[network]
    fn Outer(x: Tensor<50, 64>) -> Tensor<51, 8> {
        let (y, h) = Inner(x.tanh());
        concat([y, h]).linear(8)
    }
    let names: Vec<_> = Outer::LAYERS.iter().map(|layer| layer.name.as_str()).collect();
    let inner = ["1", "2.output", "gru.output", "gru.h_n"];
    assert_eq!(names, [&["0"], &inner[..], &["4", "5"]].concat());
    assert!(state::<Outer>().starts_with("2.weight_ih_l0:32x64 2.weight_hh_l0:32x8"));
    assert!(state::<Outer>().ends_with("gru.bias_hh_l0:24 5.weight:8x8 5.bias:8"));
}
