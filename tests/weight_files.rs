//! The files that `weights!` rejects in `tests/ui/weights`, loaded at run time: an error says what is wrong, and nothing
//! is written.

use netcost::prelude::*;
use netcost::weights::{LoadError, load};

#[network]
fn Net(x: Tensor<2, 4, 4>) -> Tensor<3> {
    x.conv2d(4, 3, bias = false, name = "conv").batch_norm(name = "norm").relu().flatten().linear(3, name = "fc")
}

#[network]
fn Unnamed(x: Tensor<2, 4, 4>) -> Tensor<3> {
    x.conv2d(4, 3, bias = false).batch_norm().relu().flatten().linear(3)
}

/// Made by `scripts/weight_fixtures.py`.
macro_rules! file {
    ($name:literal) => {
        include_bytes!(concat!("fixtures/weights/", $name, ".safetensors")).as_slice()
    };
}

fn refused<N: Network>(file: &[u8]) -> LoadError {
    let mut weights = vec![7.0; N::WEIGHTS_LEN];
    let error = load::<N>(file, &mut weights).expect_err("the file is refused");
    assert!(weights.iter().all(|&weight| weight == 7.0), "nothing is written");
    error
}

#[test]
fn what_is_wrong_is_named() {
    let cases: [(&[u8], &str); 17] = [
        (file!("missing"), "the file's weights are not those of `Net`: it has no tensor `fc.bias`"),
        (
            file!("foreign"),
            "the file's weights are not those of `Net`: its tensor `head.weight` is not of this network",
        ),
        (
            file!("shape"),
            "the file's weights are not those of `Net`: its tensor `fc.weight` is 16×3, and the network's `fc.weight` is \
             3×16",
        ),
        (
            file!("empty_shape"),
            "the file's tensor `fc.empty` has the shape [0, 3], which no tensor of a network can have",
        ),
        (
            file!("variance"),
            "the file's normalisation `norm` has no finite scale and shift at channel 2: is its running_var negative?",
        ),
        (file!("nan"), "the file's tensor `fc.weight` is not finite at [1, 7]"),
        (file!("infinite"), "the file's tensor `conv.weight` is not finite at [2, 0, 1, 1]"),
        (file!("f16"), "the file's tensor `conv.weight` is F16: only F32 is read"),
        (file!("bf16"), "the file's tensor `conv.weight` is BF16: only F32 is read"),
        (file!("f64"), "the file's tensor `conv.weight` is F64: only F32 is read"),
        (file!("i8"), "the file's tensor `conv.weight` is I8: only F32 is read"),
        (file!("twice"), "this safetensors file is damaged: it has two tensors `fc.bias`"),
        (
            file!("overlap"),
            "this safetensors file is damaged: its tensor `fc.bias` starts at byte 284 of the data, and the tensor before \
             it ends at 288",
        ),
        (
            file!("outside"),
            "this safetensors file is damaged: its tensor `norm.weight` takes 16 bytes by its type and shape, and its \
             data_offsets are [540, 100556]",
        ),
        (
            file!("header_only"),
            "this is not a safetensors file, or it is damaged: its first 8 bytes announce a header of \
             9223372036854775808 bytes, and 0 follow",
        ),
        (
            file!("truncated"),
            "this safetensors file is truncated: its tensors take 556 bytes, and 551 follow its header",
        ),
        (
            file!("not_weights"),
            "this is a zip archive, which is what `torch.save` writes, not a safetensors file; save the state dict with \
             `safetensors.torch.save_file(model.state_dict(), \"net.safetensors\")`",
        ),
    ];
    for (file, message) in cases {
        let error = refused::<Net>(file).to_string();
        assert!(error.starts_with(message), "{error}");
    }
    assert!(matches!(refused::<Net>(file!("empty")), LoadError::File(_)));
    assert!(matches!(refused::<Net>(file!("sequential")), LoadError::Network(_)));
    let error = refused::<Unnamed>(file!("right")).to_string();
    assert!(error.ends_with("name the layers as the file does"), "{error}");
}

/// Whichever byte a file lacks or has wrong, there is an error or there are weights, never a panic.
#[test]
fn damaged_files_are_errors() {
    let right = file!("right");
    let mut weights = vec![0.0; Net::WEIGHTS_LEN];
    for len in 0..right.len() {
        assert!(load::<Net>(&right[..len], &mut weights).is_err(), "{len} bytes");
    }
    let header = u64::from_le_bytes(*right.first_chunk().expect("a header")) as usize;
    for at in 0..8 + header {
        for flip in [0x01, 0x10, 0x80] {
            let mut damaged = right.to_vec();
            damaged[at] ^= flip;
            let _ = load::<Net>(&damaged, &mut weights);
        }
    }
}
