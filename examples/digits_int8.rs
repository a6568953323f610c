//! Handwritten digits in 8-bit integers: the network of `examples/digits`, quantized and read from its `.tflite` file.
//!
//! `cargo run --release --example digits_int8`
//!
//! `scripts/tflite_models.py` made the file and stored the outputs of TensorFlow Lite's reference kernels.

use std::error::Error;

use netcost::prelude::*;
use safetensors::SafeTensors;

/// The network, its weights and its quantization.
#[network(file = "examples/digits/digits.tflite")]
#[budget(macs <= 100k, flash <= 8 KiB, ram <= 2 KiB)]
pub struct Digits;

/// In flash on a microcontroller.
static WEIGHTS: Weights<Digits> = Digits::weights();

/// 360 images and their labels.
const TEST_SET: &[u8] = include_bytes!("digits/test_set.safetensors");

/// TensorFlow Lite's outputs for them.
const LOGITS: &[u8] = include_bytes!("digits/logits_int8.safetensors");

fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", Digits::report());

    let test_set = SafeTensors::deserialize(TEST_SET)?;
    let (images, labels) = (test_set.tensor("images")?.data(), test_set.tensor("labels")?.data());
    let logits = SafeTensors::deserialize(LOGITS)?;
    let logits = logits.tensor("logits")?.data();

    let mut arena = Arena::<Digits>::new();
    let (mut correct, mut different) = (0, 0);
    for ((image, expected), &label) in images.chunks_exact(4 * 64).zip(logits.chunks_exact(10)).zip(labels) {
        let pixels: Vec<f32> = image.as_chunks().0.iter().map(|&pixel| f32::from_le_bytes(pixel)).collect();
        arena.quantize_input(&pixels);
        let scores = Digits::run(&WEIGHTS, &mut arena)?;
        let digit = (0..scores.len()).max_by_key(|&digit| (scores[digit], usize::MAX - digit));
        correct += usize::from(digit == Some(label.into()));
        different += scores.iter().zip(expected).filter(|&(&score, &expected)| score as u8 != expected).count();
    }
    println!("{correct} of {} test images right: {:.2} %", labels.len(), 100.0 * correct as f64 / labels.len() as f64);
    println!("{different} of {} outputs differ from TensorFlow Lite's", 10 * labels.len());
    if different > 0 {
        return Err("the run is not equal to TensorFlow Lite's".into());
    }
    Ok(())
}
