//! The program of a network: a compact table made at compile time, which the engine reads step by step.
//!
//! A step is a header word (kernel, layer, number of words), the arena offsets of its output and of its operands,
//! what its layer's `encode` writes, and the arena offset of its scratch, if it has any. Steps take their parameters from the weights in order, so no offset of a
//! parameter is stored.

use crate::graph::graph::{Graph, MAX_NODES};
use crate::graph::io::Io;
use crate::layers::list::Op;
use crate::memory::plan::Plan;
use crate::op::words::{STEP_WORDS, Words};

/// The most words of a program.
const PROGRAM_WORDS: usize = 16 * MAX_NODES;

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
                if program.len + 1 + words.len() > PROGRAM_WORDS {
                    panic!("this network is too large to be run: its program is longer than 32,768 words");
                }
                program.words[program.len] = graph.node(node).op.code() as u32
                    | (node as u32) << LAYER_SHIFT
                    | (words.len() as u32) << LENGTH_SHIFT;
                program.len += 1;
                let mut word = 0;
                while word < words.len() {
                    program.words[program.len] = words.at(word);
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

/// The kernel, the layer and the words of the first step of a program, and the rest of it.
pub(crate) fn split(program: &[u32]) -> Option<(u8, usize, &[u32], &[u32])> {
    let (&header, rest) = program.split_first()?;
    let (words, rest) = rest.split_at_checked((header >> LENGTH_SHIFT) as usize)?;
    let layer = (header >> LAYER_SHIFT) as usize % MAX_NODES;
    Some((header as u8, layer, words, rest))
}
