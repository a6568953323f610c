//! A layer without a kernel of its own here: the portable one, on copies of its operands.

use std::cell::Cell;
use std::marker::PhantomData;
use std::vec::Vec;

use super::memory::{Memory, Plan, Slice, Value};
use super::{Isa, Kernel};
use crate::Network;
use crate::graph::Io;
use crate::layers::{self, custom::Customs};
use crate::machine::Plain;
use crate::program::{Step, Words};

pub(super) struct Portable<N> {
    code: u8,
    words: Vec<u32>,
    inputs: Vec<Slice>,
    output: Value,
    elements: usize,
    params: Vec<f32>,
    network: PhantomData<fn(N)>,
}

impl<N: Network> Portable<N> {
    /// `io`'s layer, on operands and output that lie channel after channel.
    pub fn new(plan: &mut Plan, io: Io<'_>, inputs: Vec<Slice>, output: Value, params: Vec<f32>) -> Self {
        let layer = &io.graph.nodes[io.node];
        let elements = layer.elements as usize;
        // The output, and the operands one after another.
        let mut words = Words::new().count(0);
        let mut end = elements;
        for input in &inputs {
            words = words.count(end as u64);
            end += input.len;
        }
        let mut words = layer.op.encode(io, words);
        let own = layer.op.scratch();
        if own > 0 {
            words = words.count(end as u64);
        }
        plan.scratch(end + own as usize);
        let words = words.as_slice().to_vec();
        Portable { code: layer.op.code(), words, inputs, output, elements, params, network: PhantomData }
    }
}

impl<N: Network> Kernel for Portable<N> {
    fn run(&self, _: Isa, memory: &mut Memory) {
        memory.write(self.output, |memory, output, scratch| {
            let mut at = self.elements;
            for &input in &self.inputs {
                scratch[at..at + input.len].copy_from_slice(memory.slice(input));
                at += input.len;
            }
            let arena = Cell::from_mut(&mut *scratch).as_slice_of_cells();
            let mut params = self.params.as_slice();
            let step = Step::new(&self.words, arena, &mut params, Customs::Plain(N::PLAIN_KERNELS));
            let ran = layers::execute::<N, Plain>(self.code, &mut Plain, step);
            assert!(ran.is_some(), "a layer of `{}` does not fit its step", N::NAME);
            output[..self.elements].copy_from_slice(&scratch[..self.elements]);
        });
    }
}
