//! The kernel of recurrent layers.

use core::cell::Cell;

use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Rows, Step, copy, rows};
use crate::layers::activation::sigmoid::sigmoid;
use crate::layers::recurrent::recurrent::{Gates, Numbers, Recurrent};

impl Recurrent {
    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let numbers = Numbers::decode(step.last_words()?);
        let (steps, features) = (numbers.steps as usize, numbers.features as usize);
        let (hidden, projected) = (numbers.hidden as usize, numbers.projected as usize);
        let (layers, directions) = (numbers.layers as usize, numbers.directions as usize);
        let (between, units, zeros) = (numbers.between as usize, numbers.units as usize, numbers.zeros as usize);
        let (gates, is_cell, is_lstm) = (numbers.gates as usize, numbers.cell != 0, numbers.gates as usize == LSTM);

        let passes = layers * directions;
        let stride = directions * projected;
        let h_len = if is_cell { 0 } else { passes * projected };
        let c_len = if is_lstm { passes * hidden } else { 0 };
        let [out, x] = step.words()?;
        let x = step.view(machine, x, steps * features)?;
        let h_0 = step.optional(machine, if numbers.initial != 0 { passes * projected } else { 0 })?;
        let c_0 = step.optional(machine, if numbers.initial != 0 { c_len } else { 0 })?;
        let scratch = step.optional(machine, between + units + zeros)?;
        let (between, scratch) = scratch.split_at_checked(between)?;
        let (units, zeros) = scratch.split_at_checked(units)?;
        let output = step.view(machine, out, steps * stride + h_len + c_len)?;
        let (sequence, states) = output.split_at_checked(steps * stride)?;
        let (h_n, c_n) = states.split_at_checked(h_len)?;

        // A single step reads the hidden state where it is; layers over a sequence start from where they put their last
        // state.
        let before = if is_cell { zeros } else { h_n };
        begin(before, h_0);
        begin(c_n, c_0);
        let mut hidden_states = rows(if is_cell && !h_0.is_empty() { h_0 } else { before }, projected);
        let mut cell_states = rows(c_n, hidden);
        let (mut input, mut width) = (x, features);
        let rows_of = |gates: usize| gates * hidden;
        for layer in 0..layers {
            // A layer overwrites the output of the one before it, step by step. If that is read in both directions, two
            // buffers alternate, so that the last layer writes to the output.
            let target = if directions > 1 && (layers - layer) % 2 == 0 { between } else { sequence };
            for direction in 0..directions {
                let count = match gates {
                    TANH | RELU => 1,
                    LSTM => 4,
                    _ => 3,
                };
                let biases = if numbers.bias != 0 { rows_of(count) } else { 0 };
                let pass = Pass {
                    steps,
                    reverse: direction == 1,
                    input,
                    width,
                    output: target,
                    stride,
                    at: direction * projected,
                    hidden: hidden_states.next()?,
                    cell: cell_states.next().unwrap_or_default(),
                    size: hidden,
                    units,
                    weight_ih: step.params(machine, rows_of(count) * width)?,
                    weight_hh: step.params(machine, rows_of(count) * projected)?,
                    bias_ih: step.params(machine, biases)?,
                    bias_hh: step.params(machine, biases)?,
                    weight_hr: step.params(machine, if projected < hidden { hidden * projected } else { 0 })?,
                };
                let last = match gates {
                    TANH => pass.run(machine, |machine, [sums], _, _| {
                        let sum = total(machine, sums);
                        Some(machine.tanh(sum))
                    }),
                    RELU => pass.run(machine, |machine, [sums], _, _| {
                        let sum = total(machine, sums);
                        Some(machine.max(sum, 0.0))
                    }),
                    LSTM => pass.run(machine, |machine, sums, _, cell| lstm(machine, sums, cell?)),
                    _ => pass.run(machine, |machine, sums, before, _| Some(gru(machine, sums, before?.get()))),
                }?;
                if !is_cell {
                    copy(last, pass.hidden);
                }
            }
            (input, width) = (target, stride);
        }
        Some(())
    }
}

const TANH: usize = Gates::Tanh as usize;
const RELU: usize = Gates::Relu as usize;
const LSTM: usize = Gates::Lstm as usize;

/// Writes the state before the first step: zeros where none is given.
fn begin(state: &[Cell<f32>], given: &[Cell<f32>]) {
    for (i, number) in state.iter().enumerate() {
        number.set(given.get(i).map_or(0.0, Cell::get));
    }
}

/// A layer in one direction.
struct Pass<'a> {
    steps: usize,
    reverse: bool,
    input: &'a [Cell<f32>],
    /// The features of the input.
    width: usize,
    /// The sequence of hidden states, those of the other direction among them.
    output: &'a [Cell<f32>],
    stride: usize,
    at: usize,
    /// The hidden state before the first step.
    hidden: &'a [Cell<f32>],
    cell: &'a [Cell<f32>],
    /// The units.
    size: usize,
    /// Where a step's units are computed, if not in its output.
    units: &'a [Cell<f32>],
    weight_ih: &'a [f32],
    weight_hh: &'a [f32],
    bias_ih: &'a [f32],
    bias_hh: &'a [f32],
    weight_hr: &'a [f32],
}

impl<'a> Pass<'a> {
    /// Goes through the sequence, and returns the last hidden state. `unit` computes a unit's output from the sums of
    /// its gates (each over the input and over the hidden state), its previous hidden state, and its cell state.
    #[inline(always)]
    fn run<M: Machine, const G: usize>(
        &self,
        machine: &mut M,
        unit: impl Fn(&mut M, [[f32; 2]; G], Option<&Cell<f32>>, Option<&Cell<f32>>) -> Option<f32>,
    ) -> Option<&'a [Cell<f32>]> {
        let mut before = self.hidden;
        for number in 0..self.steps {
            let step = if self.reverse { self.steps - 1 - number } else { number };
            let input = self.input.get(step * self.width..)?.get(..self.width)?;
            let output = self.output.get(step * self.stride + self.at..)?.get(..self.hidden.len())?;
            let units = if self.units.is_empty() { output } else { self.units };
            let mut gates = self.gates::<G>();
            for (i, output) in units.iter().enumerate() {
                let mut sums = [[0.0; 2]; G];
                for (sums, gate) in sums.iter_mut().zip(&mut gates) {
                    *sums = gate.sums(machine, input, before)?;
                }
                output.set(unit(machine, sums, before.get(i), self.cell.get(i))?);
            }
            if !self.weight_hr.is_empty() {
                for (output, weights) in output.iter().zip(rows(self.weight_hr, self.size)) {
                    output.set(dot(machine, None, weights, units));
                }
            } else if !self.units.is_empty() {
                copy(units, output);
            }
            before = output;
        }
        Some(before)
    }

    /// The weights of each gate.
    fn gates<const G: usize>(&self) -> [Gate<'a>; G] {
        let mut gates = [const { Gate::EMPTY }; G];
        let inputs = rows(self.weight_ih, self.size * self.width);
        let hidden = rows(self.weight_hh, self.size * self.hidden.len());
        for (gate, (input, hidden)) in gates.iter_mut().zip(inputs.zip(hidden)) {
            gate.weight_ih = rows(input, self.width);
            gate.weight_hh = rows(hidden, self.hidden.len());
        }
        let biases = rows(self.bias_ih, self.size).zip(rows(self.bias_hh, self.size));
        for (gate, (input, hidden)) in gates.iter_mut().zip(biases) {
            gate.bias_ih = input;
            gate.bias_hh = hidden;
        }
        gates
    }
}

/// The weights of one gate, unit by unit.
struct Gate<'a> {
    weight_ih: Rows<'a, f32>,
    weight_hh: Rows<'a, f32>,
    bias_ih: &'a [f32],
    bias_hh: &'a [f32],
}

impl Gate<'_> {
    const EMPTY: Gate<'static> = Gate { weight_ih: rows(&[], 1), weight_hh: rows(&[], 1), bias_ih: &[], bias_hh: &[] };

    /// The next unit's sums over the input and over the hidden state.
    #[inline(always)]
    fn sums<M: Machine>(&mut self, machine: &mut M, input: &[Cell<f32>], before: &[Cell<f32>]) -> Option<[f32; 2]> {
        let of_input = dot(machine, self.bias_ih.split_off_first(), self.weight_ih.next()?, input);
        Some([of_input, dot(machine, self.bias_hh.split_off_first(), self.weight_hh.next()?, before)])
    }
}

#[inline(always)]
fn dot<M: Machine>(machine: &mut M, bias: Option<&f32>, weights: &[f32], values: &[Cell<f32>]) -> f32 {
    let mut sum = match bias {
        Some(&bias) => machine.sum_from(bias),
        None => machine.sum(),
    };
    for (&weight, value) in weights.iter().zip(values) {
        sum = machine.mac(sum, value.get(), weight);
    }
    machine.total(sum)
}

#[inline(always)]
fn total<M: Machine>(machine: &mut M, [input, hidden]: [f32; 2]) -> f32 {
    machine.add(input, hidden)
}

#[inline(always)]
fn lstm<M: Machine>(machine: &mut M, sums: [[f32; 2]; 4], cell: &Cell<f32>) -> Option<f32> {
    let [i, f, g, o] = sums.map(|sums| total(machine, sums));
    let [i, f, o] = [i, f, o].map(|sum| sigmoid(machine, sum));
    let g = machine.tanh(g);
    let kept = machine.mul(f, cell.get());
    let new = machine.mul(i, g);
    let state = machine.add(kept, new);
    cell.set(state);
    let shown = machine.tanh(state);
    Some(machine.mul(o, shown))
}

#[inline(always)]
fn gru<M: Machine>(machine: &mut M, [r, z, [input, hidden]]: [[f32; 2]; 3], before: f32) -> f32 {
    let [r, z] = [r, z].map(|sums| {
        let sum = total(machine, sums);
        sigmoid(machine, sum)
    });
    let reset = machine.mul(r, hidden);
    let sum = machine.add(input, reset);
    let n = machine.tanh(sum);
    let difference = machine.sub(before, n);
    let kept = machine.mul(difference, z);
    machine.add(kept, n)
}
