//! Random models of one operator each, with what LiteRT's kernels compute from them, run to the bit.

extern crate std;

use std::vec::Vec;
use std::{format, fs};

use crate::quantized::testing::{Loaded, fixture, with_stack};

/// A model, its inputs one after the other, and its outputs.
struct Case {
    file: &'static [u8],
    inputs: &'static [u8],
    outputs: &'static [u8],
}

/// The cases of an operator.
fn cases(operator: &str) -> Vec<Case> {
    let file: &'static [u8] = fs::read(fixture(&format!("operators/{operator}.bin"))).unwrap().leak();
    let (count, mut rest) = file.split_first_chunk().unwrap();
    let count = u32::from_le_bytes(*count) as usize;
    let mut next = || {
        let (len, after) = rest.split_first_chunk().unwrap();
        let part;
        (part, rest) = after.split_at(u32::from_le_bytes(*len) as usize);
        part
    };
    (0..count).map(|_| Case { file: next(), inputs: next(), outputs: next() }).collect()
}

/// Runs all cases of an operator.
fn check(operator: &'static str) {
    with_stack(move || {
        for (index, Case { file, inputs, outputs }) in cases(operator).into_iter().enumerate() {
            let name = format!("{operator} {index}");
            let mut net = Loaded::new(file, &name).unwrap();
            // Whatever lies in the arena before.
            for seed in 0..2 {
                net.spoil(seed);
                let mut inputs = inputs.iter();
                net.write_inputs(|_| *inputs.next().unwrap() as i8);
                assert!(inputs.next().is_none(), "{name}: not all of its inputs are read");
                net.run(|_, _| ());
                let made: Vec<u8> = net.outputs().concat().iter().map(|&number| number as u8).collect();
                assert_eq!(made, outputs, "{name}");
            }
        }
    });
}

/// A test for each operator, of its name.
macro_rules! operators {
    ($($operator:ident)*) => {
        $(#[test]
        fn $operator() {
            check(stringify!($operator));
        })*

        #[test]
        fn every_operator_is_run() {
            let mut tested = Vec::from([$(concat!(stringify!($operator), ".bin")),*]);
            let mut files: Vec<_> = fs::read_dir(fixture("operators")).unwrap().map(|file| file.unwrap().file_name()).collect();
            files.sort();
            tested.sort();
            assert_eq!(files, tested);
        }
    };
}

operators! {
    add average_pool_2d concatenation conv_2d depthwise_conv_2d fully_connected hard_swish leaky_relu logistic max_pool_2d
    mean mul pad padv2 prelu quantize reduce_max relu relu6 relu_n1_to_1 resize_bilinear resize_nearest_neighbor slice
    softmax split split_v strided_slice sub sum tanh transpose
}
