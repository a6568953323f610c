//! Recurrent layers, `rnn`, `lstm` and `gru`, and one step of them: `rnn_cell`, `lstm_cell`, `gru_cell`.

use crate::base::math::{add, multiply};
use crate::base::name::Name;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::step::words;
use crate::layers::list::Op;
use crate::layers::rearrange::slice::Slice;
use crate::layers::recurrent::messages::{
    fail, fail_hidden, fail_layers, fail_projection, fail_sequence, fail_state, fail_step,
};
use crate::layers::recurrent::options::{Gru, GruCell, Lstm, LstmCell, Nonlinearity, Rnn, RnnCell, Stack};
use crate::op::module::Module;
use crate::op::row::Row;
use crate::op::state::{Stacked, State};
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::{Words, word};
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[
    Rnn::syntax("rnn", "Rnn").several(),
    Lstm::syntax("lstm", "Lstm").several(),
    Gru::syntax("gru", "Gru").several(),
    RnnCell::syntax("rnn_cell", "RnnCell"),
    LstmCell::syntax("lstm_cell", "LstmCell").several(),
    GruCell::syntax("gru_cell", "GruCell"),
];

impl<'g> Tensor<'g> {
    /// A recurrent layer over a sequence: `let (y, h_n) = x.rnn(128)`.
    ///
    /// `[steps, features]` becomes `[steps, directions · hidden_size]`, the hidden state of the last layer after each
    /// step, and the last hidden state of every layer and direction, `[layers · directions, hidden_size]`. With `x` of a
    /// step and `h` of the step before it:
    ///
    /// ```text
    /// h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh)
    /// ```
    ///
    /// Weights, biases, layers, directions and counts are those of [`lstm`](Tensor::lstm), with one gate.
    #[track_caller]
    pub const fn rnn(self, options: Rnn<'g>) -> (Tensor<'g>, Tensor<'g>) {
        let op = Recurrent::stack("rnn", Gates::of(options.nonlinearity), &options.stack, 0);
        let hx = match options.hx {
            Some(h) => &[h] as &[Tensor<'g>],
            None => &[],
        };
        let [y, h, _] = self.sequence(op, hx, &options.stack);
        (y, h)
    }

    /// Long short-term memory over a sequence: `let (y, (h_n, c_n)) = x.lstm(128, num_layers = 2)`.
    ///
    /// `[steps, features]` becomes `[steps, directions · hidden_size]`, the hidden state of the last layer after each
    /// step, and the last hidden and cell states of every layer and direction, `[layers · directions, hidden_size]`.
    /// With `x` of a step, `h` and `c` of the step before it, and `σ` the logistic function:
    ///
    /// ```text
    /// i = σ(W_ii·x + b_ii + W_hi·h + b_hi)        c' = f·c + i·g
    /// f = σ(W_if·x + b_if + W_hf·h + b_hf)        h' = o·tanh(c')
    /// g = tanh(W_ig·x + b_ig + W_hg·h + b_hg)
    /// o = σ(W_io·x + b_io + W_ho·h + b_ho)        with proj_size: h' = W_hr·(o·tanh(c'))
    /// ```
    ///
    /// Its tensors are PyTorch's: the four gates' weights one after another, `weight_ih_l0` of
    /// `[4·hidden_size, features]` and `weight_hh_l0` of `[4·hidden_size, hidden_size]`, two biases, `bias_ih_l0` and
    /// `bias_hh_l0`, and a projection, `weight_hr_l0`; the names of the backward direction end in `_reverse`.
    ///
    /// Each step takes a MAC for every element of the weight matrices: 4·H·(E + H) for E features and a hidden size of
    /// H, even in the first step, whose hidden state is zeros. The textbook's 8·(E + H)·H is twice that. FLOPs are
    /// exact: the textbook's LSTM has one bias per gate, PyTorch's two, which are 4·H more parameters, and 4·H more
    /// additions per step; the gates and states take 3 logistic functions of three operations, 2 hyperbolic tangents, 3
    /// products and a sum for each of the H.
    ///
    /// The states follow the output in the arena. A stack of layers, or a projection, takes a hidden state as scratch;
    /// a stack in both directions takes one more sequence; the gates take none.
    #[track_caller]
    pub const fn lstm(self, options: Lstm<'g>) -> (Tensor<'g>, (Tensor<'g>, Tensor<'g>)) {
        let op = Recurrent::stack("lstm", Gates::Lstm, &options.stack, options.proj_size);
        let hx = match options.hx {
            Some((h, c)) => &[h, c] as &[Tensor<'g>],
            None => &[],
        };
        let [y, h, c] = self.sequence(op, hx, &options.stack);
        (y, (h, c))
    }

    /// Gated recurrent units over a sequence: `let (y, h_n) = x.gru(128, bidirectional = true)`.
    ///
    /// `[steps, features]` becomes `[steps, directions · hidden_size]`, the hidden state of the last layer after each
    /// step, and the last hidden state of every layer and direction, `[layers · directions, hidden_size]`. With `x` of a
    /// step, `h` of the step before it, and `σ` the logistic function:
    ///
    /// ```text
    /// r = σ(W_ir·x + b_ir + W_hr·h + b_hr)
    /// z = σ(W_iz·x + b_iz + W_hz·h + b_hz)
    /// n = tanh(W_in·x + b_in + r·(W_hn·h + b_hn))
    /// h' = (h − n)·z + n
    /// ```
    ///
    /// These are PyTorch's gates. The textbook's (Cho et al., 2014) multiply `h` by `r` before the product with `W_hn`,
    /// have one bias per gate, and take the same MACs: 3·H·(E + H) per step. Weights, biases, layers, directions and
    /// counts are those of [`lstm`](Tensor::lstm), with three gates.
    #[track_caller]
    pub const fn gru(self, options: Gru<'g>) -> (Tensor<'g>, Tensor<'g>) {
        let op = Recurrent::stack("gru", Gates::Gru, &options.stack, 0);
        let hx = match options.hx {
            Some(h) => &[h] as &[Tensor<'g>],
            None => &[],
        };
        let [y, h, _] = self.sequence(op, hx, &options.stack);
        (y, h)
    }

    /// One step of [`rnn`](Tensor::rnn): `[features]` becomes the next hidden state, `[hidden_size]`, as
    /// `h = x.rnn_cell(128, hx = h)`. Its tensors are `weight_ih`, `weight_hh`, `bias_ih` and `bias_hh`.
    #[track_caller]
    pub const fn rnn_cell(self, options: RnnCell<'g>) -> Tensor<'g> {
        let RnnCell { hidden_size, nonlinearity, bias, hx } = options;
        let op = Recurrent::cell("rnn_cell", Gates::of(nonlinearity), hidden_size, bias);
        match hx {
            Some(h) => self.recur(op, &[h]),
            None => self.recur(op, &[]),
        }
    }

    /// One step of [`lstm`](Tensor::lstm): `[features]` becomes the next hidden and the next cell state,
    /// `[hidden_size]` each, as `let (h, c) = x.lstm_cell(128, hx = (h, c))`. Its tensors are `weight_ih`, `weight_hh`,
    /// `bias_ih` and `bias_hh`.
    #[track_caller]
    pub const fn lstm_cell(self, options: LstmCell<'g>) -> (Tensor<'g>, Tensor<'g>) {
        let LstmCell { hidden_size, bias, hx, name } = options;
        let op = Recurrent::cell("lstm_cell", Gates::Lstm, hidden_size, bias);
        let scope = self.builder.enter_module(Module::Recurrent);
        let h = match hx {
            Some((h, c)) => self.recur(op, &[h, c]),
            None => self.recur(op, &[]),
        };
        let h = h.name(Name::of(&["h_1"]));
        let c = h.part(Name::of(&["c_1"]), h.shape.elements(), h.shape);
        self.builder.leave(scope);
        if let Some(name) = name {
            self.builder.rename(h.node, name);
        }
        (h, c)
    }

    /// One step of [`gru`](Tensor::gru): `[features]` becomes the next hidden state, `[hidden_size]`, as
    /// `h = x.gru_cell(128, hx = h)`. Its tensors are `weight_ih`, `weight_hh`, `bias_ih` and `bias_hh`.
    #[track_caller]
    pub const fn gru_cell(self, options: GruCell<'g>) -> Tensor<'g> {
        let GruCell { hidden_size, bias, hx } = options;
        let op = Recurrent::cell("gru_cell", Gates::Gru, hidden_size, bias);
        match hx {
            Some(h) => self.recur(op, &[h]),
            None => self.recur(op, &[]),
        }
    }

    /// The output of a sequence, the last hidden state and, for an LSTM, the last cell state.
    #[track_caller]
    const fn sequence(self, op: Recurrent, hx: &[Tensor<'g>], stack: &Stack) -> [Tensor<'g>; 3] {
        let scope = self.builder.enter_module(Module::Recurrent);
        let [hidden, cell] = op.states();
        let (mut kept_h, mut kept_c) = (self, self);
        if stack.stateful {
            if !hx.is_empty() {
                fail(op.layer, "a stateful layer starts from where it ended; leave out `hx`");
            }
            kept_h = self.builder.kept(hidden).name(Name::of(&["h_0"]));
            if op.gates.has_cell_state() {
                kept_c = self.builder.kept(cell).name(Name::of(&["c_0"]));
            }
        }
        let y = match (stack.stateful, op.gates.has_cell_state()) {
            (false, _) => self.recur(op, hx),
            (true, false) => self.recur(op, &[kept_h]),
            (true, true) => self.recur(op, &[kept_h, kept_c]),
        };
        let y = y.name(Name::of(&["output"]));
        let h = y.part(Name::of(&["h_n"]), y.shape.elements(), hidden);
        let c = if op.gates.has_cell_state() {
            y.part(Name::of(&["c_n"]), add(y.shape.elements(), hidden.elements()), cell)
        } else {
            h
        };
        if stack.stateful {
            kept_h.update(h);
            if op.gates.has_cell_state() {
                kept_c.update(c);
            }
        }
        self.builder.leave(scope);
        if let Some(name) = stack.name {
            self.builder.rename(y.node, name);
        }
        [y, h, c]
    }

    /// What a layer writes after its output.
    #[track_caller]
    const fn part(self, name: Name, offset: u64, shape: Shape) -> Tensor<'g> {
        self.builder.push_one(Op::Slice(Slice::part(offset)), self.node, shape).name(name)
    }

    #[track_caller]
    const fn recur(self, op: Recurrent, hx: &[Tensor<'g>]) -> Tensor<'g> {
        let rank = if op.cell { 1 } else { 2 };
        if self.rank() != rank {
            match op.gates {
                _ if !op.cell => fail_sequence(op.layer, &self.shape),
                Gates::Lstm => fail_step(op.layer, "lstm", &self.shape),
                Gates::Gru => fail_step(op.layer, "gru", &self.shape),
                Gates::Tanh | Gates::Relu => fail_step(op.layer, "rnn", &self.shape),
            }
        }
        let features = op.directions as usize * op.projected as usize;
        let shape = self.shape.with(rank - 1, features);
        let op = Recurrent { steps: if op.cell { 1 } else { self.shape.at(0) as u32 }, ..op };
        let [hidden, cell] = op.states();
        match *hx {
            [] => self.builder.push_one(Op::Recurrent(op), self.node, shape),
            [h] => {
                op.check(&h.shape, "h", &hidden);
                self.builder.push(Op::Recurrent(op), &[self, h], shape)
            }
            [h, c, ..] => {
                op.check(&h.shape, "h", &hidden);
                op.check(&c.shape, "c", &cell);
                self.builder.push(Op::Recurrent(op), &[self, h, c], shape)
            }
        }
    }
}

/// What is computed from the sums of a unit.
#[derive(Clone, Copy)]
pub(super) enum Gates {
    Tanh,
    Relu,
    Lstm,
    Gru,
}

impl Gates {
    const fn of(nonlinearity: Nonlinearity) -> Self {
        match nonlinearity {
            Nonlinearity::Tanh => Gates::Tanh,
            Nonlinearity::Relu => Gates::Relu,
        }
    }

    /// The number of gates, which is that of the rows of weights for a unit.
    const fn count(self) -> usize {
        match self {
            Gates::Tanh | Gates::Relu => 1,
            Gates::Lstm => 4,
            Gates::Gru => 3,
        }
    }

    const fn has_cell_state(self) -> bool {
        matches!(self, Gates::Lstm)
    }

    /// What one unit does in one step after its sums.
    const fn census(self) -> Census {
        let logistic = Census::ZERO.exp(1).add(1).div(1);
        match self {
            Gates::Tanh => Census::ZERO.tanh(1),
            Gates::Relu => Census::ZERO.cmp(1),
            Gates::Lstm => logistic.times(3).tanh(2).mul(3).add(1),
            Gates::Gru => logistic.times(2).tanh(1).mul(2).add(2),
        }
    }
}

/// A recurrent layer, or one step of it.
#[derive(Clone, Copy)]
pub(crate) struct Recurrent {
    layer: &'static str,
    gates: Gates,
    steps: u32,
    hidden: u32,
    /// The features of the hidden state: those of a projection, if there is one.
    projected: u32,
    layers: u32,
    directions: u32,
    bias: bool,
    /// Whether it is one step, whose hidden state is its output.
    cell: bool,
}

impl Recurrent {
    #[track_caller]
    const fn stack(layer: &'static str, gates: Gates, stack: &Stack, proj_size: usize) -> Self {
        let Stack { hidden_size, num_layers, bias, dropout, bidirectional, stateful, .. } = *stack;
        if stateful && bidirectional {
            fail(layer, "a stateful layer goes through the sequence as it comes; it cannot be bidirectional");
        }
        if num_layers == 0 {
            fail(layer, "num_layers is zero; it is at least 1");
        }
        if !(dropout >= 0.0 && dropout <= 1.0) {
            fail(layer, "dropout is a probability, a number from 0 to 1");
        }
        let op = Recurrent::cell(layer, gates, hidden_size, bias);
        if proj_size >= hidden_size {
            fail_projection(layer, proj_size, hidden_size);
        }
        if num_layers > MAX_LAYERS {
            fail_layers(layer, num_layers, MAX_LAYERS);
        }
        Recurrent {
            projected: if proj_size == 0 { op.hidden } else { proj_size as u32 },
            layers: num_layers as u32,
            directions: 1 + bidirectional as u32,
            cell: false,
            ..op
        }
    }

    #[track_caller]
    const fn cell(layer: &'static str, gates: Gates, hidden_size: usize, bias: bool) -> Self {
        if hidden_size == 0 {
            fail(layer, "hidden_size is zero; it is at least 1");
        }
        if hidden_size as u64 > MAX_HIDDEN {
            fail_hidden(layer, hidden_size, MAX_HIDDEN);
        }
        let hidden = hidden_size as u32;
        Recurrent { layer, gates, steps: 1, hidden, projected: hidden, layers: 1, directions: 1, bias, cell: true }
    }

    /// Checks an initial state.
    #[track_caller]
    const fn check(&self, given: &Shape, state: &str, expected: &Shape) {
        if !given.same(expected) {
            let extents = match expected.dim(-1) {
                _ if self.cell => "hidden_size",
                features if features == self.hidden as usize => "layers · directions by hidden_size",
                _ => "layers · directions by proj_size",
            };
            fail_state(self.layer, state, given, expected, extents)
        }
    }

    /// The extents of the hidden and of the cell state.
    const fn states(&self) -> [Shape; 2] {
        let (hidden, projected) = (self.hidden as usize, self.projected as usize);
        if self.cell {
            return [Shape::new(&[projected]), Shape::new(&[hidden])];
        }
        let count = (self.layers * self.directions) as usize;
        [Shape::new(&[count, projected]), Shape::new(&[count, hidden])]
    }

    /// Elements that it writes after its output: the last states, except a hidden state that is the output.
    const fn tail(&self) -> u64 {
        let [hidden, cell] = self.states();
        let hidden = if self.cell { 0 } else { hidden.elements() };
        if self.gates.has_cell_state() { add(hidden, cell.elements()) } else { hidden }
    }

    /// The parts of the scratch: the sequence between two layers of both directions; the units of one step, if they are
    /// projected or would overwrite what they are computed from; and the zeros before a single step.
    const fn parts(&self, io: Io<'_>) -> [u64; 3] {
        let hidden = self.hidden as u64;
        let (stacked, both) = (self.layers > 1, self.directions > 1);
        let sequence = multiply(self.steps as u64 * self.directions as u64, self.projected as u64);
        let between = if stacked && both { sequence } else { 0 };
        let units = if stacked && !both || self.projected < self.hidden { hidden } else { 0 };
        let zeros = if self.cell && io.inputs() == 1 { hidden } else { 0 };
        [between, units, zeros]
    }

    const fn scratch(&self, io: Io<'_>) -> u64 {
        let [between, units, zeros] = self.parts(io);
        add(between, units + zeros)
    }

    /// The features that a layer reads.
    const fn width(&self, layer: usize, features: usize) -> usize {
        if layer == 0 { features } else { self.directions as usize * self.projected as usize }
    }

    pub const fn name(&self) -> &'static str {
        self.layer
    }

    /// For each unit in each step: the sum of a dot product with the input and one with the hidden state for each gate;
    /// then the gates' functions, and the projection.
    pub const fn work(&self, io: Io<'_>) -> Work {
        let (hidden, projected, gates) = (self.hidden as u64, self.projected as u64, self.gates.count() as u64);
        let mut work = Work::NONE;
        let mut layer = 0;
        while layer < self.layers as usize {
            let width = self.width(layer, io.input(0).dim(-1)) as u64;
            let sums = gates * hidden;
            let mut macs = multiply(sums, add(width, projected));
            let mut adds = add(macs - sums, if self.bias { 2 * sums } else { 0 });
            if projected < hidden {
                macs = add(macs, multiply(projected, hidden));
                adds = add(adds, multiply(projected, hidden - 1));
            }
            let census = self.gates.census().times(hidden).mul(macs).add(adds);
            work = work.plus(&Work { macs, macs_executed: macs, ..Work::of(census) });
            layer += 1;
        }
        work.times(self.steps as u64 * self.directions as u64)
    }

    pub const fn state(&self, io: Io<'_>) -> State {
        let stack = Stacked {
            cell: self.cell,
            directions: self.directions as usize,
            features: io.input(0).dim(-1),
            rows: self.gates.count() * self.hidden as usize,
            hidden: self.hidden as usize,
            projected: self.projected as usize,
            bias: self.bias,
        };
        // A step of an LSTM also returns its cell state, so it is a module, too.
        let of_module = !self.cell || self.gates.has_cell_state();
        State { of_module, ..State::stacked(self.layers as usize, stack) }
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let (hidden, projected, gates) = (self.hidden as u64, self.projected as u64, self.gates.count() as u64);
        let work = self.work(io);
        let row = Row::module(io, &self.state(io));
        let steps = self.steps as u64;
        let evaluations = steps * self.directions as u64;
        let (sums, biases) = (gates * hidden, if self.bias { 2 * gates * hidden } else { 0 });
        let is_projected = projected < hidden;
        // What is counted for the gates: by thop, which includes the sums of both products, and by ptflops, whose rule
        // calflops has taken over.
        let (thop_gates, gates_of_hooks) = match self.gates {
            Gates::Tanh | Gates::Relu => (hidden, hidden),
            Gates::Gru => (7 * hidden, 7 * hidden),
            Gates::Lstm => (8 * hidden, 10 * hidden),
        };
        let (mut thop, mut ultralytics_thop, mut hooked) = (0, 0, 0);
        let mut layer = 0;
        while layer < self.layers as usize {
            let width = self.width(layer, io.input(0).dim(-1)) as u64;
            // thop ignores projections; ptflops and calflops know only that the state is smaller.
            let unprojected = if layer == 0 { width } else { self.directions as u64 * hidden };
            let others = add(thop_gates, biases);
            thop = add(thop, add(multiply(sums, add(unprojected, hidden)), others));
            let products = multiply(sums, add(width, projected));
            let projection = if is_projected { multiply(hidden, projected) } else { 0 };
            ultralytics_thop = add(ultralytics_thop, add(products, add(projection, others)));
            hooked = add(hooked, products);
            layer += 1;
        }
        let layers = self.layers as u64;
        let others = multiply(layers, add(gates_of_hooks, biases));
        // A fused operation, unless it projects.
        let is_fused = !self.cell && self.gates.has_cell_state() && !is_projected;
        let flop_counter = if is_fused { 0 } else { multiply(2, work.macs) };
        Row {
            macs: work.macs,
            dots: multiply(layers * evaluations, sums + if is_projected { projected } else { 0 }),
            thop: multiply(evaluations, thop),
            ultralytics_thop: multiply(evaluations, ultralytics_thop),
            ptflops: multiply(evaluations, add(hooked, others)),
            ptflops_aten: if is_fused { 0 } else { multiply(steps, row.params) },
            fvcore: if self.cell { work.macs } else { 0 },
            // It mistakes a step's output for a sequence.
            torchinfo: multiply(if self.cell { hidden } else { steps }, row.params),
            calflops: multiply(evaluations, add(multiply(2, hooked) - 2 * layers * sums, others)),
            flop_counter,
            flop_counter_no_grad: flop_counter,
            torchstat_fails: Some("a module with several outputs is not one of its leaves"),
            ..row
        }
    }

    pub const fn storage(&self, io: Io<'_>) -> Storage<'_> {
        Storage { scratch: self.scratch(io), tail: self.tail(), ..Storage::OWN }
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let [between, units, zeros] = self.parts(io);
        let numbers = Numbers {
            gates: self.gates as u32,
            steps: self.steps,
            features: io.input(0).dim(-1) as u32,
            hidden: self.hidden,
            projected: self.projected,
            layers: self.layers,
            directions: self.directions,
            bias: self.bias as u32,
            cell: self.cell as u32,
            initial: (io.inputs() > 1) as u32,
            between: word(between),
            units: units as u32,
            zeros: zeros as u32,
        };
        numbers.encode(words)
    }
}

words! {
    /// What the kernel has to know.
    struct Numbers {
        gates,
        steps,
        features,
        hidden,
        projected,
        layers,
        directions,
        bias,
        cell,
        /// Whether it is given the states before the first step.
        initial,
        /// The parts of the scratch.
        between,
        units,
        zeros,
    }
}

/// Keeps the rows of all gates below 2^32.
const MAX_HIDDEN: u64 = 1 << 29;
/// More layers would take the const interpreter long.
const MAX_LAYERS: usize = 1 << 10;
