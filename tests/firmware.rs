//! The expected output of `examples/firmware` matches the outputs of its networks on the host.

use std::fs;

use netcost::Grouped;
use netcost::prelude::*;
use netcost_zoo::DsCnnFused;
use safetensors::SafeTensors;

/// The network of `examples/digits`.
#[network(fuse)]
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

static WEIGHTS: [f32; Digits::WEIGHTS_LEN] = netcost::weights!(Digits, "examples/digits/weights.safetensors");

/// FNV-1a, one number at a time.
fn digest(numbers: impl IntoIterator<Item = f32>) -> String {
    let add = |digest: u64, number: f32| (digest ^ u64::from(number.to_bits())).wrapping_mul(0x100_0000_01B3);
    format!("{:016x}", numbers.into_iter().fold(0xCBF2_9CE4_8422_2325, add))
}

/// Every expected output of a binary contains a line.
fn expect(binary: &str, line: &str) {
    let files = fs::read_dir("examples/firmware/expected").expect("expectations are in the repository");
    let mut boards = 0;
    for file in files {
        let path = file.expect("an entry").path();
        if path.to_string_lossy().ends_with(&format!("-{binary}.txt")) {
            let text = fs::read_to_string(&path).expect("it can be read");
            assert!(text.lines().any(|found| found == line), "{} does not say `{line}`", path.display());
            boards += 1;
        }
    }
    assert!(boards > 0, "no board is expected to run `{binary}`");
}

#[test]
fn a_board_gives_the_digits_of_the_host_to_the_bit() {
    let file = fs::read("examples/digits/test_set.safetensors").expect("it is in the repository");
    let file = SafeTensors::deserialize(&file).expect("it is a safetensors file");
    let (images, labels) = (file.tensor("images").expect("images"), file.tensor("labels").expect("labels"));
    let mut arena = [0.0; Digits::ARENA_LEN];
    let (mut logits, mut correct) = (Vec::new(), 0);
    for (image, &label) in images.data().as_chunks::<256>().0.iter().zip(labels.data()) {
        for (input, bytes) in Digits::input(&mut arena).iter_mut().zip(image.as_chunks().0) {
            *input = f32::from_le_bytes(*bytes);
        }
        let scores = Digits::run(&WEIGHTS, &mut arena).expect("lengths are right");
        let best = (0..10).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        correct += usize::from(best == Some(label.into()));
        logits.extend_from_slice(&scores);
    }
    expect("digits", &format!("accuracy: {correct} of 360, {:.2} %", correct as f64 / 3.6));
    expect("digits", &format!("digest of the logits: {}", digest(logits)));
    let memory = (Grouped(Digits::ARENA_BYTES), Grouped(Digits::WEIGHT_BYTES));
    expect("digits", &format!("arena: {} B of RAM, weights: {} B of flash", memory.0, memory.1));
}

#[test]
fn a_board_gives_the_keywords_of_the_host_to_the_bit() {
    let mut weights = vec![0.0; DsCnnFused::WEIGHTS_LEN];
    netcost::weights::seeded::<DsCnnFused>(1, &mut weights).expect("the length is right");
    let mut arena = vec![0.0; DsCnnFused::ARENA_LEN];
    for (feature, at) in DsCnnFused::input(&mut arena).iter_mut().zip(-245i16..) {
        *feature = f32::from(at) / 256.0;
    }
    let scores = DsCnnFused::run(&weights, &mut arena).expect("lengths are right");
    expect("keywords", &format!("digest of the scores: {}", digest(scores.iter().copied())));
}
