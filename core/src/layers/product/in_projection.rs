//! The projections of several tensors by one weight, as a [`multi_head_attention`](crate::graph::tensor::Tensor::multi_head_attention)
//! makes queries, keys and values of different tensors.

use crate::base::math::{add, multiply};
use crate::base::name::Name;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::op::row::Row;
use crate::op::state::{Entry, State};
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[];

/// Queries, keys and values, with the queries' number of features, one after another along axis 0.
#[derive(Clone, Copy)]
pub(crate) struct InProjection {
    bias: bool,
}

/// How many tensors are projected.
const PARTS: usize = 3;

impl<'g> Tensor<'g> {
    /// The rows of the queries' tensor, projected, then those of the keys' and of the values'.
    #[track_caller]
    pub(crate) const fn in_projection(self, key: Tensor<'g>, value: Tensor<'g>, bias: bool) -> Tensor<'g> {
        let features = self.width();
        let rows = self.elements() / features + key.elements() / key.width() + value.elements() / value.width();
        let shape = Shape::new(&[rows, features]);
        self.builder.push(Op::InProjection(InProjection { bias }), &[self, key, value], shape)
    }
}

impl InProjection {
    pub const fn name(&self) -> &'static str {
        "in_projection"
    }

    pub const fn work(&self, io: Io<'_>) -> Work {
        let (mut macs, mut part) = (0, 0);
        while part < PARTS {
            macs = add(macs, multiply(io.input(part).elements(), io.output().at(1) as u64));
            part += 1;
        }
        let adds = if self.bias { macs } else { macs - io.elements() };
        let work = Work::of(Census::ZERO.mul(macs).add(adds));
        Work { macs, macs_executed: macs, ..work }
    }

    /// One weight for all if they have the same number of features, or one for each.
    pub const fn state(&self, io: Io<'_>) -> State {
        let features = io.output().at(1);
        let mut state = State { of_module: true, ..State::NONE };
        let [q, k, v] = [io.input(0).dim(-1), io.input(1).dim(-1), io.input(2).dim(-1)];
        if k == features && v == features {
            let weight = Entry::weight(Shape::new(&[PARTS * features, features]));
            state.entries[0] = Entry { name: Name::of(&["in_proj_weight"]), ..weight };
            state.len = 1;
        } else {
            let names = [Name::of(&["q_proj_weight"]), Name::of(&["k_proj_weight"]), Name::of(&["v_proj_weight"])];
            let widths = [q, k, v];
            while state.len < PARTS {
                let weight = Entry::weight(Shape::new(&[features, widths[state.len]]));
                state.entries[state.len] = Entry { name: names[state.len], ..weight };
                state.len += 1;
            }
        }
        if self.bias {
            let bias = Entry::bias(Shape::new(&[PARTS * features]));
            state.entries[state.len] = Entry { name: Name::of(&["in_proj_bias"]), ..bias };
            state.len += 1;
        }
        state
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let macs = self.work(io).macs;
        let row = Row::module(io, &self.state(io)).dot_products(macs, io.elements(), self.bias);
        row.calflops(multiply(2, macs))
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    /// The features of the output, whether there is a bias, and the rows and features of each tensor.
    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let mut words = words.push(io.output().at(1) as u32).push(self.bias as u32);
        let mut part = 0;
        while part < PARTS {
            let input = io.input(part);
            words = words.count(input.product(0, input.rank() - 1)).push(input.dim(-1) as u32);
            part += 1;
        }
        words
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [mut out, q, k, v, features, bias] = step.words()?;
        let mut parts = [(q, 0, 0), (k, 0, 0), (v, 0, 0)];
        let mut weights = 0;
        for part in &mut parts {
            let [tokens, in_features] = step.words()?.map(|word| word as usize);
            (part.1, part.2) = (tokens, in_features);
            weights += in_features;
        }
        let features = features as usize;
        let mut weights = step.params(machine, features * weights)?;
        let biases = step.params(machine, if bias == 0 { 0 } else { PARTS * features })?;
        let mut biases = biases.iter();
        for (x, tokens, in_features) in parts {
            let input = step.view(machine, x, tokens * in_features)?;
            let output = step.view(machine, out, tokens * features)?;
            let (own, rest) = weights.split_at_checked(features * in_features)?;
            (out, weights) = (out + (tokens * features) as u32, rest);
            for (feature, weights) in rows(own, in_features).enumerate() {
                let bias = biases.next();
                for (input, output) in rows(input, in_features).zip(rows(output, features)) {
                    let mut sum = match bias {
                        Some(&bias) => machine.sum_from(bias),
                        None => machine.sum(),
                    };
                    for (value, &weight) in input.iter().zip(weights) {
                        sum = machine.mac(sum, value.get(), weight);
                    }
                    output.get(feature)?.set(machine.total(sum));
                }
            }
        }
        Some(())
    }
}
