//! One step of a run: its words, and the memory it works on.

use core::cell::Cell;

use crate::kernel::custom::Customs;
use crate::kernel::machine::Machine;

/// A kernel finds its step's words and memory as the planner laid them out, or gives `None`.
pub(crate) type Ran = Option<()>;

/// One step of a program, with the memory it works on.
pub struct Step<'a, 's> {
    words: &'a [u32],
    arena: &'a [Cell<f32>],
    /// What no step has taken yet.
    weights: &'s mut &'a [f32],
    customs: Customs,
}

impl<'a, 's> Step<'a, 's> {
    pub(crate) fn new(words: &'a [u32], arena: &'a [Cell<f32>], weights: &'s mut &'a [f32], customs: Customs) -> Self {
        Step { words, arena, weights, customs }
    }

    /// The custom kernels of the network.
    pub(crate) fn customs(&self) -> Customs {
        self.customs
    }

    /// The next words.
    #[inline(always)]
    pub(crate) fn words<const N: usize>(&mut self) -> Option<[u32; N]> {
        let (words, rest) = self.words.split_first_chunk::<N>()?;
        self.words = rest;
        Some(*words)
    }

    /// The words that have not been read.
    #[inline(always)]
    pub(crate) fn rest(&self) -> &'a [u32] {
        self.words
    }

    /// A tensor in the arena.
    #[inline(always)]
    pub(crate) fn view<M: Machine>(&self, machine: &mut M, offset: u32, len: usize) -> Option<&'a [Cell<f32>]> {
        let view = self.arena.get(offset as usize..)?.get(..len)?;
        machine.touch(offset as usize + len);
        Some(view)
    }

    /// The next parameters.
    #[inline(always)]
    pub(crate) fn params<M: Machine>(&mut self, machine: &mut M, len: usize) -> Option<&'a [f32]> {
        let (params, rest) = self.weights.split_at_checked(len)?;
        *self.weights = rest;
        machine.read(len);
        Some(params)
    }
}

/// The rows of a matrix, without the panics of `chunks_exact`.
#[inline(always)]
pub(crate) const fn rows<T>(matrix: &[T], len: usize) -> Rows<'_, T> {
    Rows { rest: matrix, len }
}

/// See [`rows`].
#[derive(Clone)]
pub(crate) struct Rows<'a, T> {
    rest: &'a [T],
    len: usize,
}

impl<'a, T> Iterator for Rows<'a, T> {
    type Item = &'a [T];

    #[inline(always)]
    fn next(&mut self) -> Option<&'a [T]> {
        if self.rest.is_empty() {
            return None;
        }
        let (row, rest) = self.rest.split_at_checked(self.len)?;
        self.rest = rest;
        Some(row)
    }
}
