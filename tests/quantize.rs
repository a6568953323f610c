//! Networks that netcost quantizes: the file that it writes, and what it refuses.

use std::{env, fs};

use netcost::prelude::*;
use netcost::weights::seeded;
use netcost::{Calibration, QuantizeError, quantize, quantize_with, weights};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors, serialize};

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

/// Layers of many kinds, in `f32` and in 8-bit integers.
macro_rules! mixed {
    ($($option:tt)*) => {
        #[network(fuse $($option)*)]
        pub fn Mixed(x: Tensor<3, 8, 6>, y: Tensor<5, 12>) -> (Tensor<7>, Tensor<4>) {
            let a = x.conv2d(8, 3, padding = Same).relu();
            let b = a.conv2d(16, 3, padding = 1, groups = 8, bias = false).relu6().conv2d(8, 1);
            let c = concat([a + b, a.max_pool2d(3, stride = 1, padding = 1)]);
            let gate = c.global_avg_pool().conv2d(16, 1).sigmoid();
            let d = (c * gate).conv2d(4, [3, 2], groups = 2).prelu(num_parameters = 4);
            let offset = parameter([4, 1, 1], name = "offset");
            let e = (d + offset).upsample2d(scale_factor = 2).avg_pool2d(2).leaky_relu();
            let f = e.pad2d(1).narrow(1, 1, 6).flatten().linear(7).tanh();
            let g = y.conv1d(4, 3, dilation = 2).clamp(-1.0, 1.0).mean(axis = 1) * 0.5;
            (f, g.softmax())
        }
    };
}

mod floats {
    use super::*;
    mixed!();
}

mod integers {
    use super::*;
    mixed!(, dtype = i8);
}

/// The weights of a network without normalisations, as a file.
fn file<N: Network>(weights: &[f32]) -> Vec<u8> {
    let bytes: Vec<u8> = weights.iter().flat_map(|weight| weight.to_le_bytes()).collect();
    let tensors = N::PARAMS_TABLE.iter().map(|parameter| {
        let (start, len) = (4 * parameter.offset as usize, 4 * parameter.shape.elements() as usize);
        let view = TensorView::new(Dtype::F32, parameter.shape.dims().collect(), &bytes[start..start + len]).unwrap();
        (parameter.name.as_str(), view)
    });
    serialize(tensors, None).unwrap()
}

/// The same elements with their channels, the first axis, last.
fn channels_last(x: &[f32], channels: usize) -> Vec<f32> {
    let plane = x.len() / channels;
    (0..x.len()).map(|at| x[at % channels * plane + at / channels]).collect()
}

#[test]
fn layers_of_many_kinds_are_quantized() {
    type Floats = floats::Mixed;
    type Integers = integers::Mixed;

    let mut weights = [0.0; Floats::WEIGHTS_LEN];
    seeded::<Floats>(1, &mut weights).unwrap();
    let numbers = |seed: usize| (0..204).map(move |i| ((i * 7919 + seed * 104_729 + 31) % 2003) as f32 / 1001.0 - 1.0);
    let samples: Vec<Vec<f32>> = (0..100).map(|seed| numbers(seed).collect()).collect();
    let quantized = quantize::<Integers>(&file::<Floats>(&weights), &samples).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/weights/mixed_int8.safetensors");
    if env::var_os("BLESS").is_some() {
        fs::write(path, &quantized).unwrap();
    }
    assert!(fs::read(path).unwrap() == quantized, "bless with BLESS=1");

    static WEIGHTS: Weights<Integers> = weights!(Integers, "tests/fixtures/weights/mixed_int8.safetensors");
    let (mut floats, mut arena) = ([0.0; Floats::ARENA_LEN], Arena::<Integers>::new());
    for sample in &samples {
        let (x, y) = sample.split_at(144);
        Floats::input_at(&mut floats, 0).copy_from_slice(x);
        Floats::input_at(&mut floats, 1).copy_from_slice(y);
        WEIGHTS.quantize_input_at(&mut arena, 0, &channels_last(x, 3));
        WEIGHTS.quantize_input_at(&mut arena, 1, &channels_last(y, 5));
        let exact = Floats::run(&weights, &mut floats).unwrap();
        let outputs = Integers::run(&WEIGHTS, &mut arena).unwrap();
        for index in 0..2 {
            let output = WEIGHTS.output(index).unwrap();
            for (&found, &exact) in outputs.get(index).unwrap().iter().zip(exact.get(index).unwrap()) {
                let found = output.dequantize(found);
                assert!((found - exact).abs() < 0.06, "output {index}: {found} is not {exact}");
            }
        }
    }
}
