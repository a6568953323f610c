//! Handwritten digits: a small convolutional network with a budget, its report, its accuracy on unseen images, and the
//! proof that it costs what it declares.
//!
//! `cargo run --release --example digits`
//!
//! The weights were trained by `scripts/train_digits.py`, which also stored PyTorch's own outputs.

use std::error::Error;

use netcost::prelude::*;
use safetensors::SafeTensors;

/// A network for 8 × 8 images.
#[network(fuse)]
#[budget(macs <= 100k, params <= 6.2k, flash <= 24 KiB, ram <= 8 KiB, layer.macs <= 75k)]
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

/// In flash on a microcontroller; a missing or misshapen tensor would not compile.
static WEIGHTS: [f32; Digits::WEIGHTS_LEN] = netcost::weights!(Digits, "examples/digits/weights.safetensors");

/// 360 images, their labels, and PyTorch's outputs.
const TEST_SET: &[u8] = include_bytes!("test_set.safetensors");

/// How far an output may be from PyTorch's, relative to its magnitude.
const TOLERANCE: f32 = 1e-5;

fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", Digits::report());

    let test_set = SafeTensors::deserialize(TEST_SET)?;
    let images = floats(test_set.tensor("images")?.data());
    let logits = floats(test_set.tensor("logits")?.data());
    let labels = test_set.tensor("labels")?.data();

    let mut arena = [0.0; Digits::ARENA_LEN];
    let mut correct = 0;
    let mut difference = 0.0f32;
    for ((image, expected), &label) in images.chunks_exact(64).zip(logits.chunks_exact(10)).zip(labels) {
        Digits::input(&mut arena).copy_from_slice(image);
        let scores = Digits::run(&WEIGHTS, &mut arena)?;
        let digit = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        correct += usize::from(digit == Some(label.into()));
        for (score, expected) in scores.iter().zip(expected) {
            difference = difference.max((score - expected).abs() / expected.abs().max(1.0));
        }
    }
    println!("{correct} of {} test images right: {:.2} %", labels.len(), 100.0 * correct as f64 / labels.len() as f64);
    println!("largest difference to PyTorch's outputs: {difference:.1e}\n");
    if difference > TOLERANCE {
        return Err(format!("the outputs differ from PyTorch's by more than {TOLERANCE:e}").into());
    }

    println!("the proof: what each layer declares, and what was counted as it ran\n");
    println!("{:<12} {:>9} {:>9} {:>10} {:>10} {:>8}", "layer", "MACs", "measured", "FLOPs", "measured", "padding");
    Digits::input(&mut arena).copy_from_slice(&images[..64]);
    let total = Digits::validate(&WEIGHTS, &mut arena, |measured| {
        let declared = &measured.layer.cost;
        println!(
            "{:<12} {:>9} {:>9} {:>10} {:>10} {:>8}",
            measured.layer.operator,
            declared.macs_executed,
            measured.macs,
            declared.census_executed.total(),
            measured.census.total(),
            measured.padding,
        );
    })?;
    println!(
        "\nmeasured = declared: {} MACs executed and {} left out on padding, {} in all; {} B of parameters; {} B of arena",
        total.macs,
        total.padding,
        Digits::MACS,
        total.param_bytes,
        total.arena_bytes,
    );
    Ok(())
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}
