//! The expansion raises none of the user's lints.
#![deny(warnings, missing_docs, rust_2018_idioms, unused, unused_qualifications, unreachable_pub, unused_results)]
#![deny(single_use_lifetimes, explicit_outlives_requirements, let_underscore_drop, non_local_definitions)]
#![deny(missing_debug_implementations, missing_copy_implementations, unused_braces, deprecated)]
use netcost::prelude::*;

const LIMIT: usize = 64 * 1024;

#[block]
fn residual(x: Tensor, skips: &[Tensor]) -> Tensor {
    let mut y = x.conv2d(x.channels(), 3, padding = 1).batch_norm().relu(name = "act{(1 + 2)}");
    for skip in skips.iter().rev() {
        y = (y + *skip) * 0.5;
    }
    for _ in (0..=2).rev() {
        y += x;
    }
    for i in 0..=3 {
        if i < skips.len() {
            return y.relu();
        }
        break;
    }
    for i in (0..=255u8).rev() {
        if i > 3 {
            continue;
        }
        y = y.relu6();
    }
    y
}

/// Its output is checked after its body, which it leaves early.
#[block]
fn stated(x: Tensor, early: bool) -> (Tensor<8, 8, 8>, Tensor<8, 8, 8>) {
    if early {
        return (x, x);
    }
    (x.relu(), x)
}

#[block]
#[rustfmt::skip]
fn also_stated(x: Tensor) -> Tensor<8, 8, 8> { x.relu() }

/// A network.
#[network]
#[budget(ram <= LIMIT, macs <= 2 * (500 * 1000))]
pub fn Net(x: Tensor<8, 8, 8>) -> Tensor<8, 8, 8> {
    let features = vec![x, x.relu()];
    if x.channels() == 3 {
        return features[0];
    }
    let (x, _) = stated(also_stated(x), x.channels() == 8, name = "stated");
    residual(x, &[features[0], features[1]], name = "residual").relu()
}

/// Networks.
#[network]
#[budget(macs <= 1k)]
pub fn Family<const N: usize>(x: Tensor<N>) -> (Tensor<{ N * 2 }>, Tensor<N>) {
    (x.linear(N * 2), x.relu())
}

/// Attributes that an enum cannot have go to the function.
#[network]
#[deprecated]
#[budget(macs <= 1k)]
#[inline(always)]
#[cold]
#[must_use]
#[rustfmt::skip]
pub fn OneLine(x: Tensor<3>) -> Tensor<3> { x.linear(3) }

/// An instance.
#[budget(macs == 18)]
pub type Small = Family<3>;

fn main() {
    assert!(Net::MACS > 0 && Small::MACS == 18);
}
