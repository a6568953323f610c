//! Handwritten digits, quantized by netcost: the network of `examples/digits`, declared in 8-bit integers.
//!
//! `cargo run --release --example quantize`
//!
//! Quantizes the weights of `examples/digits` on images that the network was trained on, checks that this gives the file
//! that is compiled in, and compares the accuracy of both. `BLESS=1 cargo test --test quantize` writes the file.

use std::error::Error;

use netcost::prelude::*;
use safetensors::SafeTensors;

/// The network for 8 × 8 images, in 8-bit integers.
#[network(fuse, dtype = i8)]
#[budget(macs <= 100k, flash <= 8 KiB, ram <= 2 KiB)]
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

/// In flash on a microcontroller, with the steps of the run.
static WEIGHTS: Weights<Digits> = netcost::weights!(Digits, "examples/digits/weights_int8.safetensors");

/// The weights in `f32`, which `scripts/train_digits.py` has trained.
const FLOATS: &[u8] = include_bytes!("digits/weights.safetensors");

/// Images from the training set.
const CALIBRATION: &[u8] = include_bytes!("digits/calibration.safetensors");

/// 360 other images, their labels, and PyTorch's outputs.
const TEST_SET: &[u8] = include_bytes!("digits/test_set.safetensors");

/// What is compiled in.
const QUANTIZED: &[u8] = include_bytes!("digits/weights_int8.safetensors");

fn main() -> Result<(), Box<dyn Error>> {
    let calibration = floats(SafeTensors::deserialize(CALIBRATION)?.tensor("images")?.data());
    let quantized = netcost::quantize::<Digits>(FLOATS, calibration.chunks_exact(64))?;
    if quantized != QUANTIZED {
        return Err("quantization makes another file than the one that is compiled in".into());
    }
    println!("{}", Digits::report());

    let test_set = SafeTensors::deserialize(TEST_SET)?;
    let images = floats(test_set.tensor("images")?.data());
    let logits = floats(test_set.tensor("logits")?.data());
    let labels = test_set.tensor("labels")?.data();
    let output = WEIGHTS.output(0).ok_or("there is an output")?;
    let mut arena = Arena::<Digits>::new();
    let (mut correct, mut correct_before, mut difference) = (0, 0, 0.0f32);
    for ((image, before), &label) in images.chunks_exact(64).zip(logits.chunks_exact(10)).zip(labels) {
        WEIGHTS.quantize_input(&mut arena, image);
        let scores = Digits::run(&WEIGHTS, &mut arena)?;
        let scores: Vec<f32> = scores.iter().map(|&score| output.dequantize(score)).collect();
        correct += usize::from(greatest(&scores) == Some(label.into()));
        correct_before += usize::from(greatest(before) == Some(label.into()));
        for (score, before) in scores.iter().zip(before) {
            difference = difference.max((score - before).abs());
        }
    }
    let percent = |correct: usize| 100.0 * correct as f64 / labels.len() as f64;
    println!("in f32: {correct_before} of {} test images right: {:.2} %", labels.len(), percent(correct_before));
    println!("in i8:  {correct} of {} test images right: {:.2} %", labels.len(), percent(correct));
    println!("largest difference of a score: {difference:.2}, in steps of {:.2}", output.scale);
    if percent(correct) < percent(correct_before) - 0.5 {
        return Err("quantization costs more than 0.5 % of accuracy".into());
    }
    Ok(())
}

/// The place of the greatest score, the first of several.
fn greatest(scores: &[f32]) -> Option<usize> {
    (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}
