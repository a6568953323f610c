//! The networks of a folder: the numbers of those that are known, and the outputs of LiteRT's reference kernels.

use netcost_models::MODELS;

/// The networks of MLPerf Tiny, whose files are not part of this repository, and wake words of ESPHome's devices, which
/// `scripts/wake_words.py` fetches: MACs, bytes of flash, bytes of RAM, and bytes of state in it.
const KNOWN: &[(&str, [u64; 4])] = &[
    ("ad_int8", [264_192, 279_240, 768, 0]),
    ("alexa", [23_968, 28_844, 3_544, 3_312]),
    ("hey_jarvis", [21_630, 26_344, 3_340, 3_110]),
    ("hey_mycroft", [24_608, 29_484, 4_184, 3_952]),
    ("ic_f32", [12_501_632, 310_824, 196_608, 0]),
    ("ic_int8", [12_501_632, 80_620, 34_448, 0]),
    ("kws_int8", [2_656_768, 27_308, 8_640, 0]),
    ("okay_nabu", [36_480, 43_084, 4_720, 3_728]),
    ("vww_int8", [7_489_664, 80_188, 36_928, 0]),
];

#[test]
fn numbers_are_those_that_are_known() {
    for (name, numbers) in KNOWN {
        match MODELS.iter().find(|model| model.name == *name) {
            Some(model) => {
                let found = [model.macs, model.weight_bytes, model.arena_bytes, model.state_bytes];
                assert_eq!(found, *numbers, "{name}");
            }
            None => println!("skipped: {name}: it is not in the folder that NETCOST_MODELS names"),
        }
    }
}

#[test]
fn runs_are_equal_to_those_of_litert() {
    for model in MODELS {
        let (equal, runs) = model.compare().expect("it runs");
        assert_eq!(equal, runs, "{}", model.name);
        match runs {
            0 => println!("skipped: {}: nothing is known of its runs", model.name),
            _ => println!("{}: {runs} runs", model.name),
        }
    }
}
