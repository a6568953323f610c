//! Models that are imported and run at run time.

extern crate std;

use core::cell::Cell;
use std::boxed::Box;
use std::path::{Path, PathBuf};
use std::string::{String, ToString};
use std::vec;
use std::vec::Vec;

use crate::deploy::deployed::Deployed;
use crate::int8::kernel::Kernels;
use crate::quantized::kernels::count;
use crate::quantized::source::Source;
use crate::quantized::steps::{Step, state, write, write_weights};
use crate::tflite::imported::Imported;

/// The bytes after an arena, and what they are: no run touches them.
const AFTER: usize = 256;
const UNTOUCHED: i8 = 0x5A;

struct All;

impl Kernels for All {
    const MASK: u32 = u32::MAX;
}

/// A model that is read and run at run time.
pub(super) struct Loaded {
    pub(super) imported: Box<Imported>,
    steps: Vec<Step>,
    weights: Vec<u8>,
    /// The bytes of the arena, and those with what lies after it.
    pub(super) len: usize,
    arena: Vec<i8>,
    offsets: Vec<usize>,
}

impl Loaded {
    /// Makes the steps and packs the weights of a file.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub(super) fn new(bytes: &'static [u8], name: &str) -> Result<Self, String> {
        let mut imported = Box::new(Imported::new(bytes));
        if let Some(fault) = imported.fault("Net", name) {
            return Err(fault.to_string());
        }
        Ok(Self::of(imported))
    }

    /// Makes the steps and packs the weights of a network.
    pub(super) fn of(imported: Box<Imported>) -> Self {
        let plan = imported.deployed.plan();
        let mut steps = vec![Step::NONE; count(&imported.deployed, &plan)];
        write(&Source::of_file(&imported), &plan, 0, &mut steps);
        let mut weights = vec![0; imported.deployed.cost.weight_bytes as usize];
        write_weights(&Source::of_file(&imported), &mut weights);
        let offset = |node| plan.offset(&imported.deployed.live, node) as usize;
        let offsets = (0..imported.deployed.len()).map(offset).collect();
        Loaded { imported, steps, weights, len: plan.len as usize, arena: vec![], offsets }
    }

    fn deployed(&self) -> &Deployed {
        &self.imported.deployed
    }

    /// The place of a node in the arena.
    fn part(&mut self, node: usize) -> &mut [i8] {
        let len = self.deployed().graph.node(node).shape.elements() as usize;
        &mut self.arena[self.offsets[node]..][..len]
    }

    /// Fills the arena with numbers that nobody has computed.
    pub(super) fn spoil(&mut self, mut seed: u32) {
        self.arena = vec![0; self.len];
        self.arena.fill_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as i8
        });
        self.arena.resize(self.len + AFTER, UNTOUCHED);
    }

    pub(super) fn write_inputs(&mut self, mut each: impl FnMut(usize) -> i8) {
        for input in 0..self.deployed().graph.input_count {
            self.part(input).fill_with(|| each(input));
        }
    }

    /// Runs the model; `after` is given the operator and its tensor of each step.
    pub(super) fn run(&mut self, mut after: impl FnMut(usize, &[i8])) {
        for step in &self.steps {
            let cells = Cell::from_mut(&mut self.arena[..]).as_slice_of_cells();
            step.run::<All>(cells, &self.weights).unwrap();
            let node = step.layer as usize + self.imported.deployed.graph.input_count;
            let len = self.imported.deployed.graph.node(node).shape.elements() as usize;
            after(self.imported.origins[node] as usize, &self.arena[self.offsets[node]..][..len]);
        }
        assert!(
            self.arena[self.len..].iter().all(|&byte| byte == UNTOUCHED),
            "a step wrote after the end of the arena"
        );
    }

    /// Writes what it keeps from run to run as it is before the first.
    pub(super) fn start(&mut self) {
        let states = self.deployed().live.states;
        let mut at = 0;
        for i in 0..states.count {
            let (elements, value) = state(&Source::of_file(&self.imported), i);
            self.arena[at..][..elements as usize].fill(value);
            at += elements as usize;
        }
    }

    pub(super) fn outputs(&mut self) -> Vec<Vec<i8>> {
        let graph = &self.deployed().graph;
        let nodes: Vec<_> = (0..graph.output_count).map(|i| graph.outputs[i].node as usize).collect();
        nodes.into_iter().map(|node| self.part(node).to_vec()).collect()
    }
}

/// A file of the models that are tested.
pub(super) fn fixture(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/tflite")).join(name)
}

/// Runs a test with room for graphs on the stack.
pub(super) fn with_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(test).unwrap();
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}
