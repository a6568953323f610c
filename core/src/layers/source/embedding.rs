//! The table of learned rows that are looked up by number: `embedding`.

use crate::base::message::Text;
use crate::base::shape::{MAX_RANK, Shape};
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::refusal::{NotAnIndex, Refusal};
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::layers::options::options;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::{Reads, Storage};
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::Work;

pub(crate) const SYNTAX: &[Syntax] = &[Embedding::syntax("embedding", "Embedding")];

/// An `f32` represents all whole numbers up to here.
const MAX_ROWS: u64 = 1 << 24;

options! {
    /// The options of [`Tensor::embedding`], PyTorch's `Embedding`.
    ///
    /// Weights are `[num_embeddings, embedding_dim]`. A `padding_idx` matters only in training: its row is stored like
    /// the others.
    pub struct Embedding {
        num_embeddings: usize,
        embedding_dim: usize,
    }

    /// This many rows, each of this many numbers.
    new(num_embeddings: usize, embedding_dim: usize);
}

impl<'g> Tensor<'g> {
    /// The learned row of each number: `[..]` becomes `[.., embedding_dim]`, as `words.embedding(10_000, 64)`.
    ///
    /// The tensor holds indices from 0 to `num_embeddings - 1` as numbers. Anything else (out of that range, not whole,
    /// NaN) ends the run with a [`RunError::Index`](crate::run::error::RunError::Index), which
    /// gives its position.
    ///
    /// It does no arithmetic: no MACs and no FLOPs. Its traffic is the rows that are looked up, not the table.
    #[track_caller]
    pub const fn embedding(self, options: Embedding) -> Tensor<'g> {
        let Embedding { num_embeddings, embedding_dim } = options;
        if num_embeddings == 0 {
            panic!("`embedding`: num_embeddings is zero; it is at least 1");
        }
        if embedding_dim == 0 {
            panic!("`embedding`: embedding_dim is zero; it is at least 1");
        }
        if num_embeddings as u64 > MAX_ROWS {
            fail_rows(num_embeddings);
        }
        let rank = self.rank();
        if rank == MAX_RANK {
            fail_rank(&self.shape);
        }
        let mut dims = self.shape.to_usize();
        dims[rank] = embedding_dim;
        self.builder.push_one(Op::Embedding(options), self.node, Shape::of(rank as u8 + 1, dims))
    }
}

#[track_caller]
const fn fail_rows(rows: usize) -> ! {
    Text::new()
        .str("`embedding`: num_embeddings is ")
        .number(rows as u64)
        .str(", and an index is an f32, which tells whole numbers apart up to ")
        .number(MAX_ROWS)
        .str(": split the table")
        .fail()
}

#[track_caller]
const fn fail_rank(shape: &Shape) -> ! {
    Text::new()
        .str("`embedding` of a tensor of shape ")
        .shape(shape)
        .str(", which has ")
        .number(MAX_RANK as u64)
        .str(" axes, the most there can be: the output has one more; reshape it before")
        .fail()
}

impl Embedding {
    pub(crate) const fn name(&self) -> &'static str {
        "embedding"
    }

    pub(crate) const fn work(&self, _: Io<'_>) -> Work {
        Work::NONE
    }

    pub(crate) const fn state(&self, _: Io<'_>) -> State {
        State::weight(Shape::new(&[self.num_embeddings, self.embedding_dim]), false)
    }

    pub(crate) const fn conventions(&self, io: Io<'_>) -> Row {
        let row = Row::module(io, &self.state(io));
        Row {
            thop_params: 0,
            // All of the table.
            torchinfo: row.params,
            torchstat_fails: Some("its inputs are floats, and an embedding looks up integers"),
            ..row
        }
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN.reads(Reads::Rows(self.num_embeddings))
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        words.count(io.input(0).elements()).push(self.num_embeddings as u32).push(self.embedding_dim as u32)
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, count, num_embeddings, dim] = step.words()?;
        let (count, dim) = (count as usize, dim as usize);
        let input = step.view(machine, x, count)?;
        let output = step.view(machine, out, count * dim)?;
        let table = step.params(machine, num_embeddings as usize * dim)?;
        for (position, (value, output)) in input.iter().zip(rows(output, dim)).enumerate() {
            let Some(row) = index(value.get(), num_embeddings) else {
                let found = NotAnIndex::of(value.get());
                return step.refuse(Refusal::Index { position, found, rows: num_embeddings });
            };
            for (output, &number) in output.iter().zip(table.get(row * dim..)?) {
                output.set(number);
            }
        }
        Some(())
    }
}

/// The row that a number is the index of.
#[inline(always)]
fn index(value: f32, rows: u32) -> Option<usize> {
    let index = value as u32;
    if index as f32 == value && index < rows { Some(index as usize) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::cost::Cost;
    use crate::cost::traffic::Traffic;
    use crate::op::work::Census;
    use crate::testing::testing::{Array, run_with, vec};

    fn look_up(indices: &Array, rows: usize, dim: usize) -> Cost {
        let table = Array::numbers(&[rows, dim]);
        let ran = run_with(core::slice::from_ref(indices), &table.data, |_, x| {
            vec![x[0].embedding(Embedding::new(rows, dim))]
        });
        let expected = indices.data.iter().flat_map(|&index| &table.data[index as usize * dim..][..dim]);
        let shape = indices.shape.iter().copied().chain([dim]).collect();
        assert_eq!(ran.outputs[0], Array { shape, data: expected.copied().collect() });
        ran.cost
    }

    #[test]
    fn rows_are_looked_up() {
        let cost = look_up(&Array { shape: vec![4], data: vec![2.0, -0.0, 2.0, 6.0] }, 7, 3);
        assert_eq!((cost.params, cost.weights, cost.macs, cost.census), (21, 21, 0, Census::ZERO));
        assert_eq!(cost.traffic, Traffic { weights: 48, input: 16, output: 48 });
        look_up(&Array { shape: vec![2, 1, 3], data: vec![0.0, 1.0, 2.0, 3.0, 4.0, 0.0] }, 5, 1);
        look_up(&Array { shape: vec![], data: vec![3.0] }, 4, 5);
    }

    #[test]
    fn no_row_is_moved_twice_unless_nothing_is_reused() {
        let cost = look_up(&Array { shape: vec![6], data: vec![0.0; 6] }, 2, 4);
        assert_eq!((cost.traffic.weights, cost.traffic_uncached.weights), (4 * 2 * 4, 4 * 6 * 4));
    }

    #[test]
    fn an_index_is_a_whole_number_of_a_row() {
        assert_eq!([0.0, -0.0, 1.0, 9.0].map(|value| index(value, 10)), [Some(0), Some(0), Some(1), Some(9)]);
        for (value, found) in [
            (10.0, NotAnIndex::Whole(10)),
            (-1.0, NotAnIndex::Whole(-1)),
            (4_294_967_296.0, NotAnIndex::Whole(1 << 32)),
            (f32::INFINITY, NotAnIndex::Whole(i64::MAX)),
            (f32::NEG_INFINITY, NotAnIndex::Whole(i64::MIN)),
            (1.5, NotAnIndex::Between(1)),
            (0.25, NotAnIndex::Between(0)),
            (-0.25, NotAnIndex::Between(-1)),
            (-1.5, NotAnIndex::Between(-2)),
            (f32::NAN, NotAnIndex::Nan),
        ] {
            assert_eq!((index(value, 10), NotAnIndex::of(value)), (None, found));
        }
    }
}
