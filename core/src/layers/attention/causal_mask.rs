//! Hides from each query what comes after it: `causal_mask`.

use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::layers::moves::moves;
use crate::op::row::Row;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] = &[Syntax::plain("causal_mask", &[])];

/// Scores, those above the diagonal being minus infinity.
#[derive(Clone, Copy)]
pub(crate) struct CausalMask;

impl<'g> Tensor<'g> {
    /// Minus infinity where the column is greater than the row, in the two last axes: the scores of queries, each of
    /// which sees the keys up to its own place. It does no arithmetic, and later layers count every score.
    #[track_caller]
    pub const fn causal_mask(self) -> Tensor<'g> {
        if self.rank() < 2 {
            panic!("`causal_mask` takes a tensor with at least two axes, queries by keys");
        }
        self.builder.push_one(Op::CausalMask(CausalMask), self.node, self.shape)
    }
}

moves!(CausalMask, |_| Row::UNCOUNTED);

impl CausalMask {
    pub const fn name(&self) -> &'static str {
        "causal_mask"
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::IN_PLACE
    }

    /// The extents of the matrices.
    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let shape = io.output();
        words.count(io.elements()).push(shape.dim(-2) as u32).push(shape.dim(-1) as u32)
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, elements, height, width] = step.words()?;
        let (height, width) = (height as usize, width as usize);
        let input = step.view(machine, x, elements as usize)?;
        let output = step.view(machine, out, elements as usize)?;
        for (input, output) in rows(input, height * width).zip(rows(output, height * width)) {
            for (row, (input, output)) in rows(input, width).zip(rows(output, width)).enumerate() {
                for (column, (input, output)) in input.iter().zip(output).enumerate() {
                    output.set(if column > row { f32::NEG_INFINITY } else { input.get() });
                }
            }
        }
        Some(())
    }
}
