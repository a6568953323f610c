//! Models whose every tensor was computed by TensorFlow Lite's reference kernels, run to the bit.

extern crate std;

use core::cell::Cell;
use std::boxed::Box;
use std::path::Path;
use std::string::{String, ToString};
use std::vec::Vec;
use std::{format, fs, vec};

use crate::deploy::deployed::Deployed;
use crate::int8::kernel::Kernels;
use crate::quantised::steps::{Step, state, write, write_weights};
use crate::tflite::element::Type;
use crate::tflite::imported::Imported;
use crate::tflite::model::Model;

struct All;

impl Kernels for All {
    const MASK: u32 = u32::MAX;
}

/// A model that is read and run at run time.
struct Loaded {
    imported: Box<Imported>,
    steps: Vec<Step>,
    weights: Vec<u8>,
    arena: Vec<i8>,
    offsets: Vec<usize>,
}

impl Loaded {
    fn new(path: &Path) -> Self {
        let bytes: &'static [u8] = fs::read(path).unwrap().leak();
        let mut imported = Box::new(Imported::new(bytes));
        if let Some(fault) = imported.fault("Net", &path.display().to_string()) {
            panic!("{fault}");
        }
        let plan = imported.deployed.plan();
        let mut steps = vec![Step::NONE; write(&imported, &plan, &mut [])];
        write(&imported, &plan, &mut steps);
        let mut weights = vec![0; imported.deployed.cost.weight_bytes as usize];
        write_weights(&imported, &mut weights);
        let offset = |node| plan.offset(&imported.deployed.live, node) as usize;
        let offsets = (0..imported.deployed.len()).map(offset).collect();
        let arena = vec![0; plan.len as usize];
        Loaded { imported, steps, weights, arena, offsets }
    }

    fn deployed(&self) -> &Deployed {
        &self.imported.deployed
    }

    /// The place of a node in the arena.
    fn part(&mut self, node: usize) -> &mut [i8] {
        let len = self.deployed().graph.node(node).shape.elements() as usize;
        &mut self.arena[self.offsets[node]..][..len]
    }

    fn write_inputs(&mut self, mut each: impl FnMut(usize) -> i8) {
        for input in 0..self.deployed().graph.input_count {
            self.part(input).fill_with(|| each(input));
        }
    }

    /// Runs the model; `after` is given the operator and its tensor of each step.
    fn run(&mut self, mut after: impl FnMut(usize, &[i8])) {
        for step in &self.steps {
            let cells = Cell::from_mut(&mut self.arena[..]).as_slice_of_cells();
            step.run::<All>(cells, &self.weights).unwrap();
            let node = step.layer as usize + self.imported.deployed.graph.input_count;
            let len = self.imported.deployed.graph.node(node).shape.elements() as usize;
            after(self.imported.origins[node] as usize, &self.arena[self.offsets[node]..][..len]);
        }
    }

    /// Whether the file's outputs are unsigned.
    fn gives_unsigned(&self) -> bool {
        let model = Model::new(self.imported.bytes).unwrap();
        let output = model.outputs.i32(0).unwrap() as usize;
        model.tensor(output).unwrap().element == Type::U8
    }

    fn start(&mut self) {
        let states = self.deployed().live.states;
        let mut at = 0;
        for i in 0..states.count {
            let (elements, value) = state(&self.imported, i);
            self.arena[at..][..elements as usize].fill(value);
            at += elements as usize;
        }
    }

    fn outputs(&mut self) -> Vec<Vec<i8>> {
        let graph = &self.deployed().graph;
        let nodes: Vec<_> = (0..graph.output_count).map(|i| graph.outputs[i].node as usize).collect();
        nodes.into_iter().map(|node| self.part(node).to_vec()).collect()
    }
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/tflite"))
}

/// The 64-bit hash of Fowler, Noll and Vo, of the form 1a.
fn hash(values: &[i8]) -> u64 {
    values.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &value| (hash ^ value as u8 as u64).wrapping_mul(0x100_0000_01B3))
}

/// Holds a model against its `.golden` file.
fn check(name: &str) {
    let mut net = Loaded::new(&folder().join(format!("{name}.tflite")));
    let golden = fs::read_to_string(folder().join(format!("{name}.golden"))).unwrap();
    let mut steps = vec![];
    let mut made = Vec::<(usize, u64)>::new();
    let (mut outputs, mut wrong) = (vec![], false);
    for line in golden.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "step" => {
                let mut words = rest.split(' ');
                let operator: usize = words.next().unwrap().parse().unwrap();
                steps.push((operator, String::from(words.next().unwrap())));
            }
            "start" => net.start(),
            "run" => {
                let (kind, numbers) = rest.split_once(' ').unwrap();
                let numbers: Vec<i64> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
                let mut seed = numbers[0] as u32;
                net.write_inputs(|input| match kind {
                    "lcg" => {
                        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        ((seed >> 24) as i32 - 128) as i8
                    }
                    _ => numbers[input] as i8,
                });
                made.clear();
                net.run(|operator, values| made.push((operator, hash(values))));
                outputs = net.outputs();
                outputs.reverse();
            }
            "output" => {
                let numbers = rest.split(' ').map(|number| number.parse::<i32>().unwrap());
                // An output of unsigned bytes is the network's with the highest bit flipped.
                let flip = if net.gives_unsigned() { 128 } else { 0 };
                let expected: Vec<i8> = numbers.map(|number| (number - flip) as i8).collect();
                wrong = outputs.pop().unwrap() != expected;
            }
            "checks" => {
                for ((operator, code), check) in steps.iter().zip(rest.split(' ')) {
                    let expected = u64::from_str_radix(check, 16).unwrap();
                    // Views are no steps; of several results, each is one.
                    let mine: Vec<_> = made.iter().filter(|(made_by, _)| made_by == operator).collect();
                    let ok = mine.is_empty() || mine.iter().any(|(_, hash)| *hash == expected);
                    assert!(ok, "{name}: operator {operator} ({code})");
                }
                assert!(!wrong, "{name}: output");
            }
            _ => panic!("{line}"),
        }
    }
}

/// Runs a test with room for graphs on the stack.
fn with_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(test).unwrap();
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn models_that_keep_state_run_to_the_bit() {
    with_stack(|| {
        for name in ["streaming", "causal"] {
            check(name);
        }
    });
}

#[test]
fn models_run_to_the_bit() {
    with_stack(|| {
        for name in ["tiny", "autoencoder", "ds_cnn", "mobilenet", "resnet", "open_batch", "activations"] {
            check(name);
        }
    });
}
