//! Files that are damaged, or of a kind that is not read: each is refused in words, and none ends in a panic.

extern crate std;

use std::boxed::Box;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::string::{String, ToString};
use std::vec::Vec;
use std::{format, fs};

use crate::quantized::testing::{Loaded, fixture, with_stack};
use crate::tflite::imported::Imported;
use crate::tflite::operator::KNOWN;

/// The messages of the files in `bad`, after their names. `CONV` is the first operator, and `FC` the last.
#[rustfmt::skip]
const MESSAGES: &[(&str, &str)] = &[
    ("activation", ": CONV has the fused activation TANH; possible are RELU, RELU_N1_TO_1 and RELU6"),
    ("batch", ": tensor `serving_default_input:0` has a batch of 2: a network runs on one input; convert the model with a \
        batch size of 1"),
    ("channel_scale", ": CONV: tensor `tiny_1/conv_1/convolution` has a scale that is negative; it is a positive number"),
    ("channel_scales", ": CONV: tensor `tiny_1/conv_1/convolution` has 3 scales; it has one, or one for each of its 2 \
        channels"),
    ("custom_operator", ": operator 2 (CUSTOM `Mystery`, which makes `StatefulPartitionedCall_1:0`) is not known; these \
        are: KNOWN"),
    ("dilation", ": CONV has a dilation of 0; possible: 1 to 16,384"),
    ("empty", " is not a TensorFlow Lite model: it is empty"),
    ("float16", ": operator 0 (DEQUANTIZE, which makes `wide_1/linear_1/MatMul1`): tensor `wide_1/linear_1/MatMul` is \
        stored as FLOAT16: convert the model in FLOAT32, or quantize it in full to INT8"),
    ("foreign", " is not a TensorFlow Lite model: its fifth to eighth byte are not `TFL3`"),
    ("hybrid", ": operator 0 (FULLY_CONNECTED, which makes `StatefulPartitionedCall_1:0`) has weights of INT8 and \
        activations of FLOAT32: such a hybrid model is not read; quantize it in full, with a representative dataset"),
    ("infinite_scale", ": CONV: tensor `tiny_1/conv_1/Relu` has a scale that is infinite; it is a positive number"),
    ("int16", ": tensor `serving_default_input:0` is of INT16; it must be of FLOAT32 or INT8"),
    ("missing_buffer", ": CONV: tensor `tiny_1/conv_1/convolution` has a buffer that the file does not contain"),
    ("missing_operand", ": CONV lacks its operand 1"),
    ("missing_tensor", ": CONV refers to tensor 99, which the file does not have"),
    ("nan_scale", ": CONV: tensor `tiny_1/conv_1/Relu` has a scale that is not a number; it is a positive number"),
    ("negative_scale", ": CONV: tensor `tiny_1/conv_1/Relu` has a scale that is negative; it is a positive number"),
    ("newer_operator", ": operator 2 (an operator newer than netcost, which makes `StatefulPartitionedCall_1:0`) is not \
        known; these are: KNOWN"),
    ("no_graph", " has no graph"),
    ("no_operators", " has no operators"),
    ("not_quantized", ": CONV: tensor `tiny_1/conv_1/Relu` is of INT8, but has no scale"),
    ("open_extent", ": CONV: tensor `tiny_1/conv_1/Relu` has an extent of -1: shapes must be known; convert the model \
        with a fixed batch size of 1"),
    ("order", ": operator 0 (FULLY_CONNECTED, which makes `StatefulPartitionedCall_1:0`): tensor \
        `tiny_1/flatten_1/Reshape` is made by no operator before it is read"),
    ("padding", ": CONV has the padding 7; possible: 0 (SAME), 1 (VALID)"),
    ("shape", ": operator 2 (FULLY_CONNECTED, which makes `StatefulPartitionedCall_1:0`) has operands, options and a \
        result whose shapes do not fit together"),
    ("short_weights", ": CONV: tensor `tiny_1/conv_1/convolution` has 17 bytes in the file; by its shape and type it takes \
        18"),
    ("stride", ": CONV has a stride of 0; possible: 1 to 16,384"),
    ("truncated", " is cut short or damaged: it refers to what it does not contain"),
    ("uint8", ": CONV: tensor `tiny_1/conv_1/Relu` is of UINT8; it must be of INT8, as the others are"),
    ("unknown_operator", ": operator 2 (CUMSUM, which makes `StatefulPartitionedCall_1:0`) is not known; these are: KNOWN"),
    ("weight_zero_point", ": CONV: tensor `tiny_1/conv_1/convolution` has a zero point of 3; that of such weights is 0"),
    ("zero_point", ": CONV: tensor `tiny_1/conv_1/Relu` has a zero point of 300; it lies between -128 and 127"),
    ("zero_scale", ": CONV: tensor `tiny_1/conv_1/Relu` has a scale that is zero; it is a positive number"),
];

#[test]
fn every_bad_file_is_refused_in_words() {
    with_stack(|| {
        let files = fs::read_dir(fixture("bad")).unwrap();
        let mut files: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        assert_eq!(files, MESSAGES.iter().map(|(name, _)| format!("{name}.tflite")).collect::<Vec<_>>());
        for (name, message) in MESSAGES {
            let file = fs::read(fixture(&format!("bad/{name}.tflite"))).unwrap().leak();
            let message = message
                .replace("CONV", "operator 0 (CONV_2D, which makes `tiny_1/conv_1/Relu`)")
                .replace("KNOWN", &KNOWN.join(", "));
            assert_eq!(Loaded::new(file, name).err(), Some(format!("`{name}`{message}")));
        }
    });
}

#[test]
fn files_of_other_formats_are_told_apart() {
    let refused = |file: &'static [u8]| Loaded::new(file, "net").err().unwrap();
    with_stack(move || {
        let zip = refused(b"PK\x03\x04 and so on");
        assert_eq!(
            zip,
            "`net` is not a TensorFlow Lite model: it is a zip archive, as Keras and PyTorch write; convert the model with \
             `tf.lite.TFLiteConverter`"
        );
        assert!(refused(b"\x08\x07\x12\x07pytorch").contains("it is an ONNX model; "));
        assert!(refused(b"\x89HDF\r\n\x1a\n").contains("it is an HDF5 file, as Keras writes; "));
        assert!(refused(b"version https://git-lfs.github.com/spec/v1").ends_with("; `git lfs pull` fetches the file"));
    });
}

/// The small models that are damaged.
const MODELS: [&str; 7] = ["tiny", "streaming", "causal", "recurrent", "activations", "shapes", "bad/hybrid"];

/// Random numbers: an xorshift generator.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % end
    }

    /// Changes one to four bytes, or a number of four bytes to an extreme one.
    fn damage(&mut self, file: &mut [u8]) {
        const EXTREMES: [u32; 10] =
            [0, 1, u32::MAX, 1 << 31, i32::MAX as u32, 0x7FC0_0000, 0x7F80_0000, 1 << 16, 1 << 28, 0xFFFF_FF00];
        if self.below(2) == 0 {
            let at = self.below(file.len() / 4) * 4;
            file[at..at + 4].copy_from_slice(&EXTREMES[self.below(EXTREMES.len())].to_le_bytes());
            return;
        }
        for _ in 0..=self.below(4) {
            let at = self.below(file.len());
            file[at] = match self.below(3) {
                0 => self.below(256) as u8,
                1 => file[at] ^ 1 << self.below(8),
                _ => file[at].wrapping_add(1),
            };
        }
    }
}

/// Reads a file, and runs what it is if that is small; says what was wrong with it.
fn exercise(file: Vec<u8>) -> Option<String> {
    let mut imported = Box::new(Imported::new(file.leak()));
    if let Some(fault) = imported.fault("Net", "net") {
        return Some(fault.to_string());
    }
    let macs = imported.deployed.cost.macs;
    if imported.is_quantized() {
        let mut net = Loaded::of(imported);
        if net.len < 1 << 16 && macs < 1 << 14 {
            net.spoil(1);
            net.start();
            net.run(|_, _| ());
        }
    }
    None
}

/// Reads a damaged file, and says which it was if that ends in a panic.
fn read(file: Vec<u8>, what: &str) -> Option<String> {
    catch_unwind(AssertUnwindSafe(|| exercise(file))).unwrap_or_else(|_| panic!("{what}"))
}

#[test]
fn what_is_cut_short_is_refused() {
    with_stack(|| {
        for name in ["tiny", "causal"] {
            let file = fs::read(fixture(&format!("{name}.tflite"))).unwrap();
            let refused =
                (0..file.len()).filter(|&len| read(file[..len].to_vec(), &format!("{len} bytes of {name}")).is_some());
            // The end may be what nobody reads.
            assert!(refused.count() > file.len() - 16);
        }
    });
}

#[test]
fn what_is_damaged_is_refused_or_run() {
    const EACH: usize = 3_000;
    let check = |index: usize, name: &str| {
        let file = fs::read(fixture(&format!("{name}.tflite"))).unwrap();
        let damaged = |seed: usize| {
            let mut file = file.clone();
            Random(0x9E37_79B9_7F4A_7C15 ^ (index << 16 | seed) as u64).damage(&mut file);
            file
        };
        let refused = (0..EACH).filter(|&seed| read(damaged(seed), &format!("{name}, seed {seed}")).is_some()).count();
        assert!(refused > EACH / 10, "{name}: {refused} refused");
    };
    let threads = MODELS
        .iter()
        .enumerate()
        .map(|(index, name)| std::thread::spawn(move || with_stack(move || check(index, name))));
    for thread in threads.collect::<Vec<_>>() {
        if let Err(panic) = thread.join() {
            resume_unwind(panic);
        }
    }
}
