//! The expected output of `examples/firmware` matches the outputs of its networks on the host.

use std::fs;

use netcost::prelude::*;
use netcost::{Arena, Grouped, Quantization, Weights};
use netcost_zoo::DsCnnFused;
use safetensors::SafeTensors;

/// The network of `examples/digits`.
#[network(fuse)]
pub fn Digits(x: Tensor<1, 8, 8>) -> Tensor<10> {
    x.conv2d(16, 3, padding = 1, bias = false)
        .batch_norm()
        .relu()
        .max_pool2d(2)
        .conv2d(32, 3, padding = 1, bias = false)
        .batch_norm()
        .relu()
        .max_pool2d(2)
        .flatten()
        .linear(10)
}

/// The same in 8-bit integers.
#[network(file = "examples/digits/digits.tflite")]
pub struct Digits8;

static WEIGHTS: [f32; Digits::WEIGHTS_LEN] = netcost::weights!(Digits, "examples/digits/weights.safetensors");

static WEIGHTS8: Weights<Digits8> = Digits8::weights();

/// The same, declared, with the weights that netcost has quantized.
#[network(fuse, dtype = i8)]
pub fn Declared(x: Tensor<1, 8, 8>) -> Tensor<10> {
    Digits(x)
}

static DECLARED: Weights<Declared> = netcost::weights!(Declared, "examples/digits/weights_int8.safetensors");

/// FNV-1a, one number at a time.
fn digest(numbers: impl IntoIterator<Item = f32>) -> String {
    let add = |digest: u64, number: f32| (digest ^ u64::from(number.to_bits())).wrapping_mul(0x100_0000_01B3);
    format!("{:016x}", numbers.into_iter().fold(0xCBF2_9CE4_8422_2325, add))
}

/// Every expected output of a binary contains a line.
fn expect(binary: &str, line: &str) {
    let files = fs::read_dir("examples/firmware/expected").expect("expectations are in the repository");
    let mut boards = 0;
    for file in files {
        let path = file.expect("an entry").path();
        if path.to_string_lossy().ends_with(&format!("-{binary}.txt")) {
            let text = fs::read_to_string(&path).expect("it can be read");
            assert!(text.lines().any(|found| found == line), "{} does not say `{line}`", path.display());
            boards += 1;
        }
    }
    assert!(boards > 0, "no board is expected to run `{binary}`");
}

#[test]
fn a_board_gives_the_digits_of_the_host_to_the_bit() {
    let file = fs::read("examples/digits/test_set.safetensors").expect("it is in the repository");
    let file = SafeTensors::deserialize(&file).expect("it is a safetensors file");
    let (images, labels) = (file.tensor("images").expect("images"), file.tensor("labels").expect("labels"));
    let mut arena = [0.0; Digits::ARENA_LEN];
    let (mut logits, mut correct) = (Vec::new(), 0);
    for (image, &label) in images.data().as_chunks::<256>().0.iter().zip(labels.data()) {
        for (input, bytes) in Digits::input(&mut arena).iter_mut().zip(image.as_chunks().0) {
            *input = f32::from_le_bytes(*bytes);
        }
        let scores = Digits::run(&WEIGHTS, &mut arena).expect("lengths are right");
        let best = (0..10).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        correct += usize::from(best == Some(label.into()));
        logits.extend_from_slice(&scores);
    }
    expect("digits", &format!("accuracy: {correct} of 360, {:.2} %", correct as f64 / 3.6));
    expect("digits", &format!("digest of the logits: {}", digest(logits)));
    let memory = (Grouped(Digits::ARENA_BYTES), Grouped(Digits::WEIGHT_BYTES));
    expect("digits", &format!("arena: {} B of RAM, weights: {} B of flash", memory.0, memory.1));
}

#[test]
fn a_board_gives_the_digits_of_litert_in_8_bits() {
    let read = |path| fs::read(path).expect("it is in the repository");
    let (images, logits) =
        (read("examples/digits/test_set.safetensors"), read("examples/digits/logits_int8.safetensors"));
    let images = SafeTensors::deserialize(&images).expect("it is a safetensors file");
    let logits = SafeTensors::deserialize(&logits).expect("it is a safetensors file");
    let (images, labels) = (images.tensor("images").expect("images"), images.tensor("labels").expect("labels"));
    let logits = logits.tensor("logits").expect("logits");
    let pixel = Quantization { scale: 1.0 / 255.0, zero_point: -128 };
    let mut arena = Arena::<Digits8>::new();
    let mut correct = 0;
    let images = images.data().as_chunks::<256>().0.iter().zip(labels.data());
    for ((image, &label), expected) in images.zip(logits.data().as_chunks::<10>().0) {
        for (input, bytes) in arena.input().iter_mut().zip(image.as_chunks().0) {
            *input = pixel.quantize(f32::from_le_bytes(*bytes));
        }
        let scores = Digits8::run(&WEIGHTS8, &mut arena).expect("lengths are right");
        assert_eq!(*scores, expected.map(|logit| logit as i8));
        // Of equal scores, the first.
        let best = (0..10).rev().max_by_key(|&digit| scores[digit]);
        correct += usize::from(best == Some(label.into()));
    }
    expect("digits_int8", &format!("accuracy: {correct} of 360, {:.2} %", correct as f64 / 3.6));
    expect("digits_int8", "equal to LiteRT's: 3,600 of 3,600 logits");
    let memory = (Grouped(Digits8::ARENA_BYTES), Grouped(Digits8::WEIGHT_BYTES));
    expect("digits_int8", &format!("arena: {} B of RAM, weights: {} B of flash", memory.0, memory.1));
}

#[test]
fn a_board_gives_the_digits_of_a_declared_network_in_8_bits() {
    let file = fs::read("examples/digits/test_set.safetensors").expect("it is in the repository");
    let file = SafeTensors::deserialize(&file).expect("it is a safetensors file");
    let (images, labels) = (file.tensor("images").expect("images"), file.tensor("labels").expect("labels"));
    let mut arena = Arena::<Declared>::new();
    let (mut logits, mut correct) = (Vec::new(), 0);
    for (image, &label) in images.data().as_chunks::<256>().0.iter().zip(labels.data()) {
        let pixels: Vec<f32> = image.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        DECLARED.quantize_input(&mut arena, &pixels);
        let scores = Declared::run(&DECLARED, &mut arena).expect("it runs");
        // Of equal scores, the first.
        let best = (0..10).rev().max_by_key(|&digit| scores[digit]);
        correct += usize::from(best == Some(label.into()));
        logits.extend(scores.iter().map(|&score| f32::from(score)));
    }
    expect("digits_declared", &format!("accuracy: {correct} of 360, {:.2} %", correct as f64 / 3.6));
    expect("digits_declared", &format!("digest of the logits: {}", digest(logits)));
    expect("digits_declared", "of the file, equal to LiteRT's: 3,600 of 3,600 logits");
    let memory = (Grouped(Declared::ARENA_BYTES), Grouped(Declared::WEIGHT_BYTES));
    expect("digits_declared", &format!("arena: {} B of RAM, weights: {} B of flash", memory.0, memory.1));
}

#[test]
fn a_board_gives_the_keywords_of_the_host_to_the_bit() {
    let mut weights = vec![0.0; DsCnnFused::WEIGHTS_LEN];
    netcost::weights::seeded::<DsCnnFused>(1, &mut weights).expect("the length is right");
    let mut arena = vec![0.0; DsCnnFused::ARENA_LEN];
    for (feature, at) in DsCnnFused::input(&mut arena).iter_mut().zip(-245i16..) {
        *feature = f32::from(at) / 256.0;
    }
    let scores = DsCnnFused::run(&weights, &mut arena).expect("lengths are right");
    expect("keywords", &format!("digest of the scores: {}", digest(scores.iter().copied())));
}
