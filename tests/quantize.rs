//! Networks that netcost quantizes: the file that it writes, and what it refuses.

use std::{env, fs};

use netcost::prelude::*;
use netcost::{Calibration, QuantizeError, quantize, quantize_with, weights};
use safetensors::SafeTensors;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/digits/");

/// That of `examples/quantize.rs`.
#[network(fuse, dtype = i8)]
fn Digits(x: Tensor<1, 8, 8>) -> Tensor<10> {
    let x = x.conv2d(16, 3, padding = 1, bias = false).batch_norm().relu().max_pool2d(2);
    x.conv2d(32, 3, padding = 1, bias = false).batch_norm().relu().max_pool2d(2).flatten().linear(10)
}

static DIGITS: Weights<Digits> = weights!(Digits, "examples/digits/weights_int8.safetensors");

fn floats(file: &[u8], tensor: &str) -> Vec<f32> {
    let file = SafeTensors::deserialize(file).unwrap();
    file.tensor(tensor).unwrap().data().as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect()
}

fn read(name: &str) -> Vec<u8> {
    fs::read(format!("{FOLDER}{name}.safetensors")).unwrap()
}

#[test]
fn the_file_of_the_example_is_up_to_date() {
    let images = floats(&read("calibration"), "images");
    let file = quantize::<Digits>(&read("weights"), images.chunks_exact(64)).unwrap();
    if env::var_os("BLESS").is_some() {
        fs::write(format!("{FOLDER}weights_int8.safetensors"), &file).unwrap();
    }
    assert_eq!(file, read("weights_int8"));
}

#[test]
fn percentiles_make_other_ranges() {
    let images = floats(&read("calibration"), "images");
    let images = || images.chunks_exact(64);
    let file = |calibration| quantize_with::<Digits>(&read("weights"), images(), calibration).unwrap();
    let scale = |file: &[u8]| floats(file, "4.scale")[0];
    let (widest, clipped) = (file(Calibration::MinMax), file(Calibration::Percentile(99.0)));
    assert!(scale(&clipped) > 0.3 * scale(&widest) && scale(&clipped) < 0.9 * scale(&widest));
    // Pixels are 0 to 1, and many of them 1.
    assert_eq!(floats(&clipped, "input.x.scale"), [1.0 / 255.0]);
}

#[test]
fn samples_are_checked() {
    let weights = read("weights");
    let error = |samples: &[Vec<f32>]| quantize::<Digits>(&weights, samples).unwrap_err();
    assert_eq!(error(&[]), QuantizeError::NoSamples);
    let short = error(&[vec![0.0; 64], vec![0.0; 63]]);
    assert_eq!(short, QuantizeError::Sample { index: 1, expected: 64, found: 63 });
    assert_eq!(short.to_string(), "sample 1 has 63 numbers, and the inputs of the network 64");
    let infinite = error(&[vec![f32::INFINITY; 64]]);
    assert_eq!(infinite.to_string(), "`x` has a number that is not finite for sample 0");
    let overflow = error(&[vec![f32::MAX; 64]]);
    assert_eq!(overflow.to_string(), "`0` has a number that is not finite for sample 0");
    let file = quantize::<Digits>(&weights[..100], [[0.0; 64]]).unwrap_err();
    assert!(matches!(file, QuantizeError::Load(_)), "{file}");
}

#[test]
fn the_weights_say_what_integers_stand_for() {
    let (input, output) = (DIGITS.input(0).unwrap(), DIGITS.output(0).unwrap());
    assert_eq!((input.scale, input.zero_point), (1.0 / 255.0, -128));
    assert!(DIGITS.input(1).is_none() && DIGITS.output(1).is_none());
    let mut arena = Arena::<Digits>::new();
    DIGITS.quantize_input(&mut arena, &[0.0, 0.6, 1.0]);
    assert_eq!(arena.input()[..3], [-128, 25, 127]);
    let mut layers = Vec::new();
    let scores = Digits::run_each(&DIGITS, &mut arena, |layer| layers.push(layer)).unwrap();
    assert_eq!(layers, [0, 3, 4, 7, 9]);
    assert!(scores.iter().any(|&score| output.dequantize(score) > 0.0));
    assert_eq!(size_of::<Arena<Digits>>() as u64, Digits::ARENA_BYTES);
}
