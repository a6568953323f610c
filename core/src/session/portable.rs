//! Layers without a kernel here: they run the portable one, on copies of their operands.

use std::cell::Cell;
use std::vec::Vec;

use crate::graph::io::Io;
use crate::kernel::custom::Customs;
use crate::kernel::machine::Plain;
use crate::kernel::mask::Kernels;
use crate::kernel::step::Progress;
use crate::op::words::Words;
use crate::run::engine;
use crate::session::isa::Isa;
use crate::session::memory::{Memory, Plan, Slice};
use crate::session::step::{Kernel, Ran};

/// Runs the portable kernels of a network. (Nothing else of a session is compiled once per network.)
#[derive(Clone, Copy)]
pub(crate) struct Engine {
    step: Run,
    customs: Customs,
}

/// A layer's kernel and number, the words of its step, its operands and its output, and the source of its weights.
type Run = for<'a> fn((u8, usize), &'a [u32], &'a [Cell<f32>], &'a [f32], Customs) -> Ran;

impl Engine {
    pub fn new<K: Kernels>(customs: Customs) -> Self {
        let step: Run = |layer, words, arena, weights, customs| {
            let progress = &mut Progress::new(weights);
            engine::step::<K, Plain>(&mut Plain, layer, words, (arena, weights), progress, customs)
        };
        Engine { step, customs }
    }
}

pub(crate) struct Portable {
    engine: Engine,
    /// Its kernel, and its number.
    layer: (u8, usize),
    words: Vec<u32>,
    inputs: Vec<Slice>,
    output: Slice,
    params: Vec<f32>,
}

impl Portable {
    /// `io`'s layer, on operands and output that lie channel by channel.
    pub fn new(
        engine: Engine,
        plan: &mut Plan,
        io: Io<'_>,
        inputs: Vec<Slice>,
        output: Slice,
        params: Vec<f32>,
    ) -> Self {
        let layer = io.graph.node(io.node);
        // The output, the operands one after another, and the scratch.
        let mut words = Words::new().count(0);
        let mut end = output.len;
        for input in &inputs {
            words = words.count(end as u64);
            end += input.len;
        }
        let own = io.graph.scratch(io.node);
        if own > 0 {
            words = words.count(end as u64);
        }
        plan.scratch(end + own as usize);
        let words = layer.op.encode(io, words).as_slice().to_vec();
        Portable { engine, layer: (layer.op.code(), io.graph.layer_number(io.node)), words, inputs, output, params }
    }
}

impl Kernel for Portable {
    fn run(&self, _: Isa, memory: &mut Memory) -> Ran {
        memory.write(self.output.value, |memory, output, scratch| {
            let mut at = self.output.len;
            for &input in &self.inputs {
                scratch[at..at + input.len].copy_from_slice(memory.slice(input));
                at += input.len;
            }
            let arena = Cell::from_mut(&mut *scratch).as_slice_of_cells();
            (self.engine.step)(self.layer, &self.words, arena, &self.params, self.engine.customs)?;
            output[..self.output.len].copy_from_slice(&scratch[..self.output.len]);
            Ok(())
        })
    }
}
