//! The program of a network: a compact table built at compile time, which the engine executes step by step.
//!
//! A step is a header word (kernel, number of the layer, number of words), the arena offsets of its output, of its
//! operands, and of its scratch, if it has any, and what its layer's `encode` writes. Steps take their parameters from
//! where those of the step before them end, except those that begin [elsewhere](ELSEWHERE).

use crate::deploy::deployed::Deployed;
use crate::graph::graph::MAX_NODES;
use crate::kernel::mask::JUMPS;
use crate::memory::liveness::Shares;
use crate::memory::plan::Plan;
use crate::op::words::{STEP_WORDS, Words};

/// The most words of a program.
const PROGRAM_WORDS: usize = 16 * MAX_NODES;

/// The program before it is truncated to its length.
pub(crate) struct Program {
    pub words: [u32; PROGRAM_WORDS],
    pub len: usize,
}

/// A flag in the byte of the kernel: the step's first word is where its parameters start.
pub(crate) const ELSEWHERE: u8 = 1 << 7;
const LAYER_SHIFT: u32 = 8;
const LENGTH_SHIFT: u32 = 19;
const _: () = assert!(MAX_NODES <= 1 << (LENGTH_SHIFT - LAYER_SHIFT) && STEP_WORDS < 1 << (32 - LENGTH_SHIFT));

impl Program {
    /// Writes the steps of all layers that have a kernel.
    pub const fn new(deployed: &Deployed, plan: &Plan) -> Self {
        let (graph, live) = (&deployed.graph, &deployed.live);
        let starts = deployed.weight_starts();
        let mut program = Program { words: [0; PROGRAM_WORDS], len: 0 };
        let (mut time, mut next) = (0, 0);
        while time < graph.len() {
            let node = live.schedule.nodes[time] as usize;
            if deployed.is_step(node) {
                let mut code = graph.node(node).op.code();
                let mut words = Words::new();
                let owner = deployed.shared.owner(node);
                let (start, end) = (starts[owner], starts[owner + 1]);
                if start < end {
                    if start != next {
                        code |= ELSEWHERE;
                        words = words.count(start);
                    }
                    next = end;
                }
                words = words.count(plan.offset(live, node));
                let mut operand = 0;
                while operand < graph.node(node).inputs as usize {
                    words = words.count(plan.offset(live, graph.operand(node, operand)));
                    operand += 1;
                }
                if graph.scratch(node) > 0 {
                    words = words.count(plan.scratch(node));
                }
                words = graph.node(node).op.encode(deployed.io(node), words);
                if program.len + 1 + words.len() > PROGRAM_WORDS {
                    panic!("this network is too large to be run: its program is longer than 32,768 words");
                }
                program.words[program.len] = code as u32
                    | (graph.layer_number(node) as u32) << LAYER_SHIFT
                    | (words.len() as u32) << LENGTH_SHIFT;
                program.len += 1;
                let mut word = 0;
                while word < words.len() {
                    program.words[program.len] = words.at(word);
                    program.len += 1;
                    word += 1;
                }
            }
            time += 1;
        }
        program
    }
}

/// Whether weights are read in another order than they are stored in, and the kernels in use, one bit each.
pub(crate) const fn mask(deployed: &Deployed) -> u128 {
    let mut mask = if deployed.has_jumps() { JUMPS } else { 0 };
    let mut node = 0;
    while node < deployed.len() {
        // A session copies what the arena's plan computes in place.
        if deployed.is_step(node) || cfg!(feature = "std") && matches!(deployed.live.shares[node], Shares::Joined) {
            mask |= 1 << deployed.graph.node(node).op.code();
        }
        node += 1;
    }
    mask
}

/// The kernel, the number of the layer and the words of the first step of a program, and the rest of it.
pub(crate) fn split(program: &[u32]) -> Option<(u8, usize, &[u32], &[u32])> {
    let (&header, rest) = program.split_first()?;
    let (words, rest) = rest.split_at_checked((header >> LENGTH_SHIFT) as usize)?;
    let layer = (header >> LAYER_SHIFT) as usize % MAX_NODES;
    Some((header as u8, layer, words, rest))
}
