//! Models whose every tensor was computed by TensorFlow Lite's reference kernels, run to the bit.

extern crate std;

use std::path::Path;
use std::string::String;
use std::vec::Vec;
use std::{env, format, fs, println, vec};

use crate::quantized::testing::{Loaded, fixture, with_stack};

/// The 64-bit hash of Fowler, Noll and Vo, of the form 1a.
fn hash(values: &[i8]) -> u64 {
    values.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &value| (hash ^ value as u8 as u64).wrapping_mul(0x100_0000_01B3))
}

/// Holds a model against its `.golden` file.
fn check(path: &Path) {
    let name = path.file_stem().unwrap().to_str().unwrap();
    let mut net = Loaded::new(fs::read(path).unwrap().leak(), name).unwrap();
    let golden = fs::read_to_string(path.with_extension("golden")).unwrap();
    let mut keeps_state = false;
    // What unsigned outputs are above those of the network, whose highest bit they flip.
    let mut flip = 0;
    let mut steps = vec![];
    let mut made = Vec::<(usize, u64)>::new();
    let (mut outputs, mut wrong) = (vec![], false);
    for line in golden.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "step" => {
                let mut words = rest.split(' ');
                let operator: usize = words.next().unwrap().parse().unwrap();
                steps.push((operator, String::from(words.next().unwrap())));
            }
            "unsigned" => flip = 128,
            "start" => {
                if !keeps_state {
                    net.spoil(0);
                }
                keeps_state = true;
                net.start();
            }
            "run" => {
                let (kind, numbers) = rest.split_once(' ').unwrap();
                let numbers: Vec<i64> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
                let mut seed = numbers[0] as u32;
                if !keeps_state {
                    net.spoil(seed);
                }
                net.write_inputs(|input| match kind {
                    "lcg" => {
                        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        ((seed >> 24) as i32 - 128) as i8
                    }
                    _ => numbers[input] as i8,
                });
                made.clear();
                net.run(|operator, values| made.push((operator, hash(values))));
                outputs = net.outputs();
                outputs.reverse();
            }
            "output" => {
                let numbers = rest.split(' ').map(|number| number.parse::<i32>().unwrap());
                let expected: Vec<i8> = numbers.map(|number| (number - flip) as i8).collect();
                wrong = outputs.pop().unwrap() != expected;
            }
            "checks" => {
                for ((operator, code), check) in steps.iter().zip(rest.split(' ')) {
                    let expected = u64::from_str_radix(check, 16).unwrap();
                    // Views are no steps; of several results, each is one.
                    let mine: Vec<_> = made.iter().filter(|(made_by, _)| made_by == operator).collect();
                    let ok = mine.is_empty() || mine.iter().any(|(_, hash)| *hash == expected);
                    assert!(ok, "{name}: operator {operator} ({code})");
                }
                assert!(!wrong, "{name}: output");
            }
            _ => panic!("{line}"),
        }
    }
}

#[test]
fn models_that_keep_state_run_to_the_bit() {
    with_stack(|| {
        for name in ["streaming", "causal"] {
            check(&fixture(&format!("{name}.tflite")));
        }
    });
}

#[test]
fn models_run_to_the_bit() {
    with_stack(|| {
        for name in ["tiny", "autoencoder", "ds_cnn", "mobilenet", "resnet", "open_batch", "activations", "shapes"] {
            check(&fixture(&format!("{name}.tflite")));
        }
    });
}

/// Those in the folder that `NETCOST_MODELS` names, which `scripts/tflite_golden.py` has run.
#[test]
fn models_of_a_folder_run_to_the_bit() {
    let Some(folder) = env::var_os("NETCOST_MODELS") else {
        println!("skipped: NETCOST_MODELS names no folder of models");
        return;
    };
    with_stack(|| {
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "tflite") {
                continue;
            }
            match fs::read_to_string(path.with_extension("golden")) {
                Ok(golden) if golden.starts_with("step ") => check(&path),
                Ok(_) => println!("skipped: {}: it is in f32", path.display()),
                Err(_) => println!("skipped: {}: no .golden file lies beside it", path.display()),
            }
        }
    });
}
