//! The program of a network: a compact table made at compile time, which the engine reads step by step.
//!
//! A step is a header word (kernel, layer, number of words), the arena offsets of its output and of its operands,
//! what its layer's `encode` writes, and the arena offset of its scratch, if it has any. Steps take their parameters from the weights in order, so no offset of a
//! parameter is stored.

use core::cell::Cell;

use crate::graph::{Graph, Io, MAX_NODES};
use crate::layers::Op;
use crate::layers::custom::Customs;
use crate::machine::Machine;
use crate::plan::Plan;

/// The most words of one step.
const STEP_WORDS: usize = 288;
/// The most words of a program.
const PROGRAM_WORDS: usize = 16 * MAX_NODES;

/// The words of one step, as they are written.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    items: [u32; STEP_WORDS],
    len: usize,
}

impl Words {
    pub const fn new() -> Self {
        Words { items: [0; STEP_WORDS], len: 0 }
    }

    /// Those that have been written.
    #[cfg(feature = "std")]
    pub fn as_slice(&self) -> &[u32] {
        &self.items[..self.len]
    }

    /// Appends a word.
    pub const fn push(mut self, word: u32) -> Self {
        if self.len == STEP_WORDS {
            panic!("a layer of this network has too many operands to be run");
        }
        self.items[self.len] = word;
        self.len += 1;
        self
    }

    /// Appends a number of elements.
    pub const fn count(self, count: u64) -> Self {
        if count > u32::MAX as u64 {
            panic!("this network is too large to be run: it has a tensor of 2^32 elements or more");
        }
        self.push(count as u32)
    }

    /// Appends a number.
    pub const fn float(self, value: f32) -> Self {
        self.push(value.to_bits())
    }
}

/// The program before it is cut to its length.
pub(crate) struct Program {
    pub words: [u32; PROGRAM_WORDS],
    pub len: usize,
}

const LAYER_SHIFT: u32 = 8;
const LENGTH_SHIFT: u32 = 19;
const _: () = assert!(MAX_NODES <= 1 << (LENGTH_SHIFT - LAYER_SHIFT) && STEP_WORDS < 1 << (32 - LENGTH_SHIFT));

impl Program {
    /// Writes the steps of all layers that do anything.
    pub const fn new(graph: &Graph, plan: &Plan) -> Self {
        let mut program = Program { words: [0; PROGRAM_WORDS], len: 0 };
        let mut node = 0;
        while node < graph.len {
            if is_step(graph, node) {
                let mut words = Words::new().count(plan.offset(graph, node));
                let mut operand = 0;
                while operand < graph.node(node).inputs as usize {
                    words = words.count(plan.offset(graph, graph.operand(node, operand)));
                    operand += 1;
                }
                words = graph.node(node).op.encode(Io { graph, node }, words);
                if let Some(scratch) = plan.scratch(graph, node) {
                    words = words.count(scratch);
                }
                if program.len + 1 + words.len > PROGRAM_WORDS {
                    panic!("this network is too large to be run: its program is longer than 32,768 words");
                }
                program.words[program.len] = graph.node(node).op.code() as u32
                    | (node as u32) << LAYER_SHIFT
                    | (words.len as u32) << LENGTH_SHIFT;
                program.len += 1;
                let mut word = 0;
                while word < words.len {
                    program.words[program.len] = words.items[word];
                    program.len += 1;
                    word += 1;
                }
            }
            node += 1;
        }
        program
    }
}

/// Whether a node is run: inputs and views are not.
pub(crate) const fn is_step(graph: &Graph, node: usize) -> bool {
    !graph.holds.view[node] && !matches!(graph.node(node).op, Op::Input(_))
}

/// The kernels in use: a bit for each.
pub(crate) const fn mask(graph: &Graph) -> u128 {
    let mut mask = 0;
    let mut node = 0;
    while node < graph.len {
        // A session copies what the arena's plan has in its place.
        if is_step(graph, node) || cfg!(feature = "std") && matches!(graph.node(node).op, Op::Concat(_)) {
            mask |= 1 << graph.node(node).op.code();
        }
        node += 1;
    }
    mask
}

/// One step of a program, with the memory it works on.
pub struct Step<'a, 's> {
    words: &'a [u32],
    arena: &'a [Cell<f32>],
    /// What no step has taken yet.
    weights: &'s mut &'a [f32],
    customs: Customs,
}

/// The kernel, the layer and the words of the first step of a program, and the rest of it.
pub(crate) fn split(program: &[u32]) -> Option<(u8, usize, &[u32], &[u32])> {
    let (&header, rest) = program.split_first()?;
    let (words, rest) = rest.split_at_checked((header >> LENGTH_SHIFT) as usize)?;
    let layer = (header >> LAYER_SHIFT) as usize % MAX_NODES;
    Some((header as u8, layer, words, rest))
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
