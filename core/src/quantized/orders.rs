//! Random networks with branches, which run in the order that takes less memory, held to their run as declared.

extern crate std;

use std::boxed::Box;
use std::vec::Vec;

use crate::base::dtype::DataType;
use crate::base::shape::Shape;
use crate::deploy::deployed::Deployed;
use crate::graph::settings::Settings;
use crate::graph::tensor::{Builder, Tensor, Tensors};
use crate::layers::conv::conv::Conv2d;
use crate::layers::pool::max_pool::MaxPool2d;
use crate::layers::rearrange::concat::Concat;
use crate::quantized::by_rows::{invent, next, ready};
use crate::quantized::source::Source;
use crate::quantized::testing::with_stack;

/// Branches of convolutions, joined or added in the end, after one another.
fn declare(mut x: Tensor<'_>, mut seed: u32) -> Tensor<'_> {
    let below = |seed: &mut u32, end: u32| (next(seed) % end) as usize;
    for _ in 0..1 + below(&mut seed, 3) {
        let branches: Vec<Tensor<'_>> = (0..2 + below(&mut seed, 3))
            .map(|_| {
                let mut y = x;
                for _ in 0..below(&mut seed, 3) {
                    let size = 1 + 2 * below(&mut seed, 2);
                    let conv = Conv2d::new(1 + below(&mut seed, 12), size).padding(size / 2);
                    y = y.conv2d(conv).relu();
                }
                y.conv2d(Conv2d::new(4, 1))
            })
            .collect();
        x = match below(&mut seed, 3) {
            0 => Tensors([branches[1], branches[0]]).concat(Concat::new()),
            1 => branches[2..].iter().fold(branches[1].add(branches[0]), |sum, &y| sum.add(y)),
            _ => branches[1..].iter().fold(branches[0], |sum, &y| sum.add(y)).max_pool2d(MaxPool2d::new(2).stride(1)),
        };
    }
    x
}

fn deployed(settings: Settings, seed: u32) -> Box<Deployed> {
    let mut network = Box::new(Deployed::new(settings.fuse().dtype(DataType::I8)));
    let builder = Builder::new(network.graph_mut(), "test");
    let y = declare(builder.input("x", Shape::new(&[4, 6, 5])), seed);
    builder.output(y, y.shape());
    builder.finish();
    network.deploy();
    network
}

#[test]
fn orders_change_no_bit() {
    with_stack(|| {
        let mut others = 0;
        for seed in 0..500 {
            let networks = [Settings::new(), Settings::new().declared_order()].map(|settings| deployed(settings, seed));
            let outputs = networks.each_ref().map(|network| {
                let plan = network.plan();
                let mut run = ready(&Source::invented(network, invent(network, seed)), &plan, 0);
                let (mut numbers, input) = (seed, plan.offset(&network.live, 0) as usize);
                run.arena[input..][..4 * 6 * 5].fill_with(|| next(&mut numbers) as i8);
                run.run(0);
                (run.outputs(network, &plan), plan.len)
            });
            assert!(outputs[0].0 == outputs[1].0 && outputs[0].1 <= outputs[1].1, "{seed}");
            others += networks[0].live.schedule.differs as u32;
        }
        assert!(others > 100, "{others}");
    });
}
