//! The run: a loop over the program, on the caller's arena, without a heap and without panics.

use core::cell::Cell;

use crate::declared::Declared;
use crate::graph::graph::MAX_PORTS;
use crate::kernel::custom::Customs;
use crate::kernel::machine::{Machine, Plain};
use crate::kernel::mask::{JUMPS, Kernels};
use crate::kernel::step::{Progress, Step};
use crate::layers::list::{Op, execute};
use crate::program::program::{ELSEWHERE, split};
use crate::program::views::View;
use crate::run::error::RunError;
use crate::run::outputs::Outputs;
use crate::tables::Tables;

/// What a run has to know about a network.
#[derive(Clone, Copy)]
pub(crate) struct Executable<'a> {
    pub program: &'a [u32],
    pub weights_len: usize,
    pub arena_len: usize,
    pub input_count: usize,
    pub outputs: &'a [View; MAX_PORTS],
}

impl Executable<'static> {
    /// A declared network's.
    pub fn of<D: Declared>() -> Self {
        Executable {
            program: Tables::<D>::PROGRAM,
            weights_len: Tables::<D>::WEIGHTS_LEN,
            arena_len: Tables::<D>::ARENA_LEN,
            input_count: const { D::GRAPH.graph.input_count },
            outputs: const { &Tables::<D>::VIEWS.outputs },
        }
    }
}

impl<'a> Executable<'a> {
    /// Checks the lengths of weights and arena.
    pub fn lengths(&self, weights: &[f32], arena: &[f32]) -> Result<(), RunError> {
        if weights.len() != self.weights_len {
            return Err(RunError::Weights { expected: self.weights_len, found: weights.len() });
        }
        if arena.len() < self.arena_len {
            return Err(RunError::Arena { expected: self.arena_len, found: arena.len() });
        }
        Ok(())
    }

    /// Runs the network; `after` is given the number of each layer that a kernel has run.
    pub fn run<K: Kernels>(
        self,
        customs: Customs,
        weights: &[f32],
        arena: &'a mut [f32],
        after: impl FnMut(usize),
    ) -> Result<Outputs<'a>, RunError> {
        self.lengths(weights, arena)?;
        self.run_in::<K>(customs, weights, arena, after)?;
        Ok(Outputs::new(arena, self.outputs))
    }

    /// The same, with weights and an arena of the right lengths.
    pub fn run_in<K: Kernels>(
        self,
        customs: Customs,
        weights: &[f32],
        arena: &mut [f32],
        after: impl FnMut(usize),
    ) -> Result<(), RunError> {
        steps::<K>(self.program, customs, weights, Cell::from_mut(arena).as_slice_of_cells(), after)
    }
}

/// Runs step after step; `after` is given the number of each layer.
pub(crate) fn steps<K: Kernels>(
    mut program: &[u32],
    customs: Customs,
    weights: &[f32],
    arena: &[Cell<f32>],
    mut after: impl FnMut(usize),
) -> Result<(), RunError> {
    let mut progress = Progress::new(weights);
    while let Some((code, layer, words, rest)) = split(program) {
        step::<K, Plain>(&mut Plain, (code, layer), words, (arena, weights), &mut progress, customs)?;
        after(layer);
        program = rest;
    }
    Ok(())
}

/// Runs one step of a layer, given its kernel and its number, the arena and all weights.
#[inline(always)]
pub(crate) fn step<'a, K: Kernels, M: Machine>(
    machine: &mut M,
    (code, layer): (u8, usize),
    mut words: &'a [u32],
    (arena, weights): (&'a [Cell<f32>], &'a [f32]),
    progress: &mut Progress<'a>,
    customs: Customs,
) -> Result<(), RunError> {
    // Without jumps, nothing of them is compiled.
    let flag = if const { K::MASK & JUMPS != 0 } { ELSEWHERE } else { 0 };
    if code & flag != 0
        && let Some((&start, rest)) = words.split_first()
    {
        progress.weights = weights.get(start as usize..).unwrap_or(&[]);
        words = rest;
    }
    let ran = execute::<K, M>(code & !flag, machine, Step::new(words, arena, progress, customs));
    ran.ok_or_else(|| RunError::of(layer, progress.refusal))
}

// The kernels of a network are the bits of a u128, below `JUMPS`.
const _: () = assert!(Op::COUNT <= 127);
