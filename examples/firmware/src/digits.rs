//! What the binaries that read digits share: the images, the digits they show, and how many are recognised.

use netcost::Quantization;

use crate::host::{Exact, Share};
use crate::say;

/// Images of 8 × 8 pixels, one byte per pixel, of 17 levels.
pub static IMAGES: &[[u8; 64]] = include_bytes!(concat!(env!("OUT_DIR"), "/images.bin")).as_chunks().0;
/// The digits they show.
pub static LABELS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/labels.bin"));
/// LiteRT's logits for them, of the network of the `.tflite` file.
pub static LOGITS: &[[u8; 10]] = include_bytes!(concat!(env!("OUT_DIR"), "/logits_int8.bin")).as_chunks().0;

/// What the integers of an image stand for, if a network has them.
pub const INPUT: Quantization = Quantization { scale: 1.0 / 255.0, zero_point: -128 };

/// The 17 levels, from black to white, as integers.
const LEVELS: [i8; 17] = {
    let (mut levels, mut level) = ([0; 17], 0);
    while level < levels.len() {
        levels[level] = INPUT.quantize(level as f32 / 16.0);
        level += 1;
    }
    levels
};

/// Writes an image as integers.
pub fn write(image: &[u8; 64], input: &mut [i8]) {
    for (input, &pixel) in input.iter_mut().zip(image) {
        *input = LEVELS.get(usize::from(pixel)).copied().unwrap_or(i8::MAX);
    }
}

/// How many digits are recognised.
#[derive(Clone, Copy, Default)]
pub struct Accuracy {
    correct: u64,
    all: u64,
}

impl Accuracy {
    /// Takes in the scores of an image, of which the first of the greatest counts.
    pub fn add<T: Copy + PartialOrd>(&mut self, scores: &[T], label: u8) {
        let mut best: Option<(usize, T)> = None;
        for (digit, &score) in scores.iter().enumerate() {
            if best.is_none_or(|(_, greatest)| score > greatest) {
                best = Some((digit, score));
            }
        }
        self.correct += u64::from(best.is_some_and(|(digit, _)| digit == usize::from(label)));
        self.all += 1;
    }

    /// Prints it.
    pub fn print(self) {
        let Accuracy { correct, all } = self;
        say!("accuracy: ", Exact(correct), " of ", Exact(all), ", ", Share(100 * correct, all), " %");
    }
}

/// How many of LiteRT's logits a network has.
#[derive(Clone, Copy, Default)]
pub struct Equal {
    equal: u64,
    all: u64,
}

impl Equal {
    /// Takes in the scores of an image.
    pub fn add(&mut self, scores: &[i8], expected: &[u8; 10]) {
        self.equal += scores.iter().zip(expected).filter(|&(&score, &expected)| score == expected as i8).count() as u64;
        self.all += expected.len() as u64;
    }

    /// Prints it.
    pub fn print(self, whose: &str) {
        say!(whose, "equal to LiteRT's: ", Exact(self.equal), " of ", Exact(self.all), " logits");
    }

    /// Whether all are.
    pub const fn is_all(self) -> bool {
        self.equal == self.all
    }
}
