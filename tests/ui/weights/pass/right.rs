//! A weight file in a static: by name, in order, and fused; equal to loading the same file at run time.
use netcost::prelude::*;
use netcost::weights;

#[network]
fn Named(x: Tensor<2, 4, 4>) -> Tensor<3> {
    x.conv2d(4, 3, bias = false, name = "conv").batch_norm(name = "norm").relu().flatten().linear(3, name = "fc")
}

#[network]
fn InOrder(x: Tensor<2, 4, 4>) -> Tensor<3> {
    x.conv2d(4, 3, bias = false).batch_norm().relu().flatten().linear(3)
}

#[network(fuse)]
fn Fused(x: Tensor<2, 4, 4>) -> Tensor<3> {
    InOrder(x)
}

#[network]
fn Generic<const CLASSES: usize>(x: Tensor<2, 4, 4>) -> Tensor<CLASSES> {
    x.conv2d(4, 3, bias = false).batch_norm().relu().flatten().linear(CLASSES)
}

static NAMED: [f32; Named::WEIGHTS_LEN] = weights!(Named, "weights/right.safetensors");
static IN_ORDER: [f32; InOrder::WEIGHTS_LEN] = weights!(InOrder, "weights/sequential.safetensors");
static FUSED: [f32; Fused::WEIGHTS_LEN] = weights!(Fused, "weights/sequential.safetensors",);
static INSTANCE: [f32; Generic::<3>::WEIGHTS_LEN] = weights!(Generic<3>, "weights/sequential.safetensors");

fn main() {
    let file = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/weights/right.safetensors")).unwrap();
    let mut loaded = NAMED;
    loaded.fill(0.0);
    netcost::weights::load::<Named>(&file, &mut loaded).unwrap();
    assert_eq!(NAMED, loaded);
    assert_eq!(NAMED, IN_ORDER);
    assert_eq!(NAMED, FUSED);
    assert_eq!(NAMED, INSTANCE);
    assert!(NAMED.iter().all(|&weight| weight != 0.0));
    // Scale and shift: 0.5 / √(var + 1e-5), 0.25 − mean · scale, of a variance of 4 and a mean of 2.
    let norm = &NAMED[4 * 2 * 9..][..8];
    assert!((norm[0] - 0.25).abs() < 1e-6 && (norm[4] + 0.25).abs() < 1e-5, "{norm:?}");
}
