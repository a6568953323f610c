//! Networks that are read from `.tflite` files at compile time, against the outputs of TensorFlow Lite's reference kernels.

use std::fs;

use netcost::prelude::*;

#[network(file = "tests/fixtures/tflite/ds_cnn.tflite")]
#[budget(macs <= 400k, layer.macs <= 100k, ram <= 4 KiB, warn = 99%)]
struct Keywords;

#[network(file = "tests/fixtures/tflite/activations.tflite")]
struct Activations;

#[network(file = "tests/fixtures/tflite/autoencoder.tflite", micro)]
struct Autoencoder;

#[network(file = "tests/fixtures/tflite/streaming.tflite")]
struct Streaming;

#[network(file = "tests/fixtures/tflite/flattened.tflite")]
#[budget(macs <= 30k)]
struct Flattened;

#[network(file = "tests/fixtures/tflite/strided.tflite")]
struct Strided;

#[network(file = "tests/fixtures/tflite/recurrent.tflite")]
struct Recurrent;

/// A network of a file as a block of another.
#[network]
fn Twice(x: Tensor<3, 10, 10>) -> Tensor<7> {
    Flattened(x) + Flattened(x)
}

/// What a golden file says of a run: the seed or the values of its inputs, and its outputs.
struct Run {
    starts: bool,
    seed: Option<u32>,
    fill: Vec<i32>,
    outputs: Vec<Vec<f64>>,
}

fn golden(name: &str) -> Vec<Run> {
    let path = format!("{}/tests/fixtures/tflite/{name}.golden", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).expect("it is there");
    let (mut runs, mut starts) = (Vec::<Run>::new(), false);
    for line in text.lines() {
        let mut words = line.split(' ');
        match words.next().unwrap_or_default() {
            "start" => starts = true,
            "run" => {
                let is_seed = words.next() == Some("lcg");
                let numbers: Vec<i32> = words.map(|word| word.parse().expect("a number")).collect();
                let seed = is_seed.then(|| numbers[0] as u32);
                runs.push(Run { starts, seed, fill: numbers, outputs: Vec::new() });
                starts = false;
            }
            "output" => {
                let outputs = words.map(|word| word.parse().expect("a number")).collect();
                runs.last_mut().expect("a run comes first").outputs.push(outputs);
            }
            _ => {}
        }
    }
    runs
}

impl Run {
    /// The next element of the first input.
    fn next(&mut self) -> i8 {
        match &mut self.seed {
            Some(seed) => {
                *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                ((*seed >> 24) as i32 - 128) as i8
            }
            None => self.fill[0] as i8,
        }
    }

    /// The first input in `f32`, with its channels first.
    fn floats(&mut self, channels: usize, into: &mut [f32]) {
        let positions = into.len() / channels;
        for position in 0..positions {
            for channel in 0..channels {
                into[channel * positions + position] = self.next() as f32 / 32.0;
            }
        }
    }
}

fn assert_close(outputs: &[f32], expected: &[f64]) {
    assert_eq!(outputs.len(), expected.len());
    for (&output, &expected) in outputs.iter().zip(expected) {
        assert!((output as f64 - expected).abs() <= 1e-5 * expected.abs().max(1.0), "{output} is not {expected}");
    }
}

#[test]
fn integers_run_to_the_bit() {
    static WEIGHTS: Weights<Keywords> = Keywords::weights();
    let mut arena = Arena::<Keywords>::new();
    for mut run in golden("ds_cnn") {
        arena.input().fill_with(|| run.next());
        let mut layers = Vec::new();
        let outputs = Keywords::run_each(&WEIGHTS, &mut arena, |layer| layers.push(layer)).expect("it runs");
        assert_eq!(outputs.iter().map(|&output| output as f64).collect::<Vec<_>>(), run.outputs[0]);
        assert!(layers.is_sorted() && layers.len() < Keywords::LAYERS.len(), "folded layers and views are no steps");
    }
    static OTHER: Weights<Activations> = Activations::weights();
    let mut arena = Arena::<Activations>::new();
    for mut run in golden("activations") {
        arena.input().fill_with(|| run.next());
        let outputs = Activations::run(&OTHER, &mut arena).expect("it runs");
        for (index, expected) in run.outputs.iter().enumerate() {
            let output = outputs.get(index).expect("it is there");
            assert_eq!(output.iter().map(|&output| output as f64).collect::<Vec<_>>(), *expected);
        }
    }
}

#[test]
fn lengths_are_those_of_the_costs() {
    assert_eq!(size_of::<Weights<Keywords>>() as u64, Keywords::WEIGHT_BYTES);
    assert_eq!(size_of::<Arena<Keywords>>() as u64, Keywords::ARENA_BYTES.next_multiple_of(4));
    assert_eq!(align_of::<Weights<Keywords>>(), 4);
    assert_eq!(align_of::<Arena<Keywords>>(), 4);
}

#[test]
fn channels_without_weights_take_nothing() {
    // Two of the sixteen of each convolution but the depthwise ones: the first has 40 weights a channel, four have 16.
    assert_eq!(Keywords::DEAD_CHANNELS, 2 + 4 * 2);
    assert_eq!(Keywords::MACS - Keywords::MACS_LIVE, 125 * (2 * 40 + 4 * 2 * 16));
    let weights = 16 * 40 + 4 * (16 * 9 + 16 * 16) + 16 * 12;
    assert_eq!(Keywords::WEIGHT_BYTES, weights + 9 * (9 * 16 + 12) - 2 * 40 - 4 * 2 * 16);
    // A block has the declaration of a file, not its weights.
    #[network(dtype = i8)]
    fn Block(x: Tensor<1, 49, 10>) -> Tensor<12> {
        Keywords(x)
    }
    assert_eq!((Block::DEAD_CHANNELS, Block::MACS_LIVE), (0, Block::MACS));
}

#[test]
fn reals_and_integers_stand_for_each_other() {
    let (input, output) = (Keywords::INPUTS[0], Keywords::OUTPUTS[0]);
    let quantization = input.quantization.expect("it has one");
    assert_eq!(input.quantize(0.0), quantization.zero_point);
    assert_eq!(input.dequantize(input.quantize(3.0 * quantization.scale)), 3.0 * quantization.scale);
    assert_eq!(
        (input.quantize(f32::MAX), input.quantize(f32::MIN), input.quantize(f32::NAN)),
        (127, -128, quantization.zero_point)
    );
    // A softmax's.
    assert_eq!((output.dequantize(-128), output.dequantize(127)), (0.0, 255.0 / 256.0));
    let mut arena = Arena::<Keywords>::new();
    arena.quantize_input(&[0.0; 7]);
    assert_eq!(arena.input()[..7], [quantization.zero_point; 7]);
    assert!(arena.input_at(1).is_empty());
}

#[test]
fn the_state_is_kept_and_reset() {
    static WEIGHTS: Weights<Streaming> = Streaming::weights();
    let mut arena = Arena::<Streaming>::new();
    let mut net = Streaming::start(&WEIGHTS, &mut arena);
    for mut run in golden("streaming").into_iter() {
        if run.starts {
            net.reset();
        }
        net.input().fill_with(|| run.next());
        let output = net.run().expect("it runs")[0];
        // The file's output is of unsigned bytes.
        assert_eq!((output as u8 ^ 0x80) as f64, run.outputs[0][0]);
    }
    assert!(Streaming::STATE_BYTES > 0 && Streaming::STATE_BYTES < Streaming::ARENA_BYTES);
}

#[test]
fn floats_run() -> Result<(), Box<dyn std::error::Error>> {
    static FLATTENED: [f32; Flattened::WEIGHTS_LEN] = Flattened::weights();
    let mut arena = [0.0; Flattened::ARENA_LEN];
    for mut run in golden("flattened") {
        run.floats(3, Flattened::input(&mut arena));
        assert_close(&Flattened::run(&FLATTENED, &mut arena)?, &run.outputs[0]);
    }
    Flattened::input(&mut arena).fill(0.5);
    assert_eq!(Flattened::validate(&FLATTENED, &mut arena, |_| ())?.macs, Flattened::MACS_EXECUTED);

    static STRIDED: [f32; Strided::WEIGHTS_LEN] = Strided::weights();
    let mut session = Strided::session(&STRIDED)?;
    for mut run in golden("strided") {
        run.floats(2, session.input());
        assert_close(session.run()?, &run.outputs[0]);
    }

    static RECURRENT: [f32; Recurrent::WEIGHTS_LEN] = Recurrent::weights();
    let mut arena = [0.0; Recurrent::ARENA_LEN];
    let mut net = Recurrent::start(&RECURRENT, &mut arena)?;
    for mut run in golden("recurrent") {
        if run.starts {
            net.reset();
        }
        run.floats(1, net.input());
        assert_close(&net.run()?, &run.outputs[0]);
    }
    Ok(())
}

#[test]
fn a_file_is_a_block() {
    assert_eq!(Twice::MACS, 2 * Flattened::MACS);
    assert_eq!(Autoencoder::INPUTS.len(), 1);
}
