//! Orders of random graphs, against that of the declaration and against all.

use crate::base::dtype::DataType;
use crate::deploy::deployed::Deployed;
use crate::graph::settings::Settings;
use crate::graph::tensor::Tensor;
use crate::layers::conv::conv::Conv1d;
use crate::layers::product::linear::Linear;
use crate::layers::rearrange::pad::Pad1d;
use crate::testing::testing::{Array, Box, Vec, build, vec, with_room};

/// Whether it is run in another order than that of its declaration, and the bytes of its arena.
fn arena(settings: Settings, shape: &[usize], declare: fn(Tensor<'_>) -> Tensor<'_>) -> (bool, u64) {
    let network: Box<Deployed> = build(settings, &[Array::numbers(shape)], &|_, x| vec![declare(x[0])]);
    (network.live.schedule.differs, network.plan().len * network.dtype().bytes())
}

fn wide(x: Tensor<'_>) -> Tensor<'_> {
    x.linear(Linear::new(1112)).linear(Linear::new(64))
}

fn narrow(x: Tensor<'_>) -> Tensor<'_> {
    x.linear(Linear::new(100)).linear(Linear::new(64))
}

fn sum<const WIDE_FIRST: bool>(x: Tensor<'_>) -> Tensor<'_> {
    let (wide, narrow) = if WIDE_FIRST {
        let wide = wide(x);
        (wide, narrow(x))
    } else {
        let narrow = narrow(x);
        (wide(x), narrow)
    };
    wide.add(narrow).add(x)
}

#[test]
fn the_branch_that_takes_most_is_run_first() {
    with_room(|| {
        let of = |settings| [arena(settings, &[64], sum::<true>), arena(settings, &[64], sum::<false>)];
        assert_eq!(of(Settings::new()), [(false, 4960), (true, 4960)]);
        assert_eq!(of(Settings::new().declared_order()), [(false, 4960), (false, 5216)]);
    });
}

/// A temporal convolutional network: the sum of what its blocks add, as they are made or in the end.
fn temporal<const LATE: bool>(mut x: Tensor<'_>) -> Tensor<'_> {
    let mut skips: Vec<Tensor<'_>> = vec![];
    for dilation in [1, 2, 4, 8, 1, 2, 4, 8] {
        let pad = Pad1d::new(2 * dilation).after(0);
        let conv = Conv1d::new(64, 3).dilation(dilation);
        let y = x.pad1d(pad).conv1d(conv).relu().pad1d(pad).conv1d(conv).relu();
        x = x.add(y).relu();
        match skips.pop() {
            Some(sum) if !LATE => skips.push(sum.add(y)),
            Some(last) => skips.extend([last, y]),
            None => skips.push(y),
        }
    }
    let mut skips = skips.into_iter();
    let first = skips.next().expect("a block");
    skips.fold(first, |sum, skip| sum.add(skip)).relu()
}

#[test]
fn sums_are_made_as_soon_as_they_can_be() {
    with_room(|| {
        let of =
            |settings| [arena(settings, &[64, 50], temporal::<false>), arena(settings, &[64, 50], temporal::<true>)];
        assert_eq!(of(Settings::new()), [(false, 55_296), (true, 55_296)]);
        assert_eq!(of(Settings::new().declared_order()), [(false, 55_296), (false, 132_096)]);
        assert_eq!(of(Settings::new().fuse()), [(false, 55_296), (true, 55_296)]);
        assert_eq!(of(Settings::new().fuse().dtype(DataType::I8)), [(false, 13_824), (true, 13_824)]);
    });
}
