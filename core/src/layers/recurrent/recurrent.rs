//! Recurrent layers, `rnn`, `lstm` and `gru`, and one step of them: `rnn_cell`, `lstm_cell`, `gru_cell`.

use core::cell::Cell;

use crate::base::math::{add, multiply};
use crate::base::message::Text;
use crate::base::name::Name;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Rows, Step, rows};
use crate::layers::activation::sigmoid::sigmoid;
use crate::layers::list::Op;
use crate::layers::rearrange::slice::Slice;
use crate::op::module::Module;
use crate::op::row::Row;
use crate::op::state::{Entry, State};
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

const SIZE: &[&str] = &["hidden_size"];

pub(crate) const SYNTAX: &[Syntax] = &[
    Syntax::method("rnn", "Rnn", SIZE, &["num_layers", "nonlinearity", "bias", "dropout", "bidirectional", "hx"])
        .several(),
    Syntax::method("lstm", "Lstm", SIZE, &["num_layers", "bias", "dropout", "bidirectional", "proj_size", "hx"])
        .several(),
    Syntax::method("gru", "Gru", SIZE, &["num_layers", "bias", "dropout", "bidirectional", "hx"]).several(),
    Syntax::method("rnn_cell", "RnnCell", SIZE, &["nonlinearity", "bias", "hx"]),
    Syntax::method("lstm_cell", "LstmCell", SIZE, &["bias", "hx"]).several(),
    Syntax::method("gru_cell", "GruCell", SIZE, &["bias", "hx"]),
];

/// The function that [`Tensor::rnn`] ends each step with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Nonlinearity {
    /// The hyperbolic tangent.
    Tanh,
    /// `max(x, 0)`.
    Relu,
}

/// What layers over a sequence have in common.
#[derive(Clone, Copy)]
struct Stack {
    hidden_size: usize,
    num_layers: usize,
    bias: bool,
    dropout: f32,
    bidirectional: bool,
    name: Option<Name>,
}

impl Stack {
    const fn new(hidden_size: usize) -> Self {
        Stack { hidden_size, num_layers: 1, bias: true, dropout: 0.0, bidirectional: false, name: None }
    }
}

macro_rules! options_of_a_stack {
    ($($Options:ident)*) => {
        $(impl<'g> $Options<'g> {
            /// So many layers, each on the output of the one before it.
            pub const fn num_layers(mut self, num_layers: usize) -> Self {
                self.stack.num_layers = num_layers;
                self
            }

            /// Whether learned numbers are added to each gate: two, as PyTorch has one for the input and one for the
            /// hidden state.
            pub const fn bias(mut self, bias: bool) -> Self {
                self.stack.bias = bias;
                self
            }

            /// The probability with which elements between the layers are dropped in training; nothing at inference.
            pub const fn dropout(mut self, dropout: f32) -> Self {
                self.stack.dropout = dropout;
                self
            }

            /// Whether every layer also goes through the sequence from its end, with weights of its own.
            pub const fn bidirectional(mut self, bidirectional: bool) -> Self {
                self.stack.bidirectional = bidirectional;
                self
            }

            #[doc(hidden)]
            pub const fn name(mut self, name: Name) -> Self {
                self.stack.name = Some(name);
                self
            }
        })*
    };
}
options_of_a_stack!(Rnn Lstm Gru);

/// The options of [`Tensor::rnn`], PyTorch's `RNN`.
#[derive(Clone, Copy)]
pub struct Rnn<'g> {
    stack: Stack,
    nonlinearity: Nonlinearity,
    hx: Option<Tensor<'g>>,
}

impl<'g> Rnn<'g> {
    /// One layer from the first step to the last, with biases, of hyperbolic tangents.
    pub const fn new(hidden_size: usize) -> Self {
        Rnn { stack: Stack::new(hidden_size), nonlinearity: Nonlinearity::Tanh, hx: None }
    }

    /// The function that ends each step.
    pub const fn nonlinearity(mut self, nonlinearity: Nonlinearity) -> Self {
        self.nonlinearity = nonlinearity;
        self
    }

    /// The hidden state before the first step, `[layers · directions, hidden_size]`; zeros where it is not given.
    pub const fn hx(mut self, h_0: Tensor<'g>) -> Self {
        self.hx = Some(h_0);
        self
    }
}

/// The options of [`Tensor::lstm`], PyTorch's `LSTM`.
#[derive(Clone, Copy)]
pub struct Lstm<'g> {
    stack: Stack,
    proj_size: usize,
    hx: Option<(Tensor<'g>, Tensor<'g>)>,
}

impl<'g> Lstm<'g> {
    /// One layer from the first step to the last, with biases.
    pub const fn new(hidden_size: usize) -> Self {
        Lstm { stack: Stack::new(hidden_size), proj_size: 0, hx: None }
    }

    /// To how many features the hidden state is projected; 0, it is not.
    pub const fn proj_size(mut self, proj_size: usize) -> Self {
        self.proj_size = proj_size;
        self
    }

    /// The hidden and the cell state before the first step, `[layers · directions, hidden_size]`, the first with
    /// `proj_size` if there is one; zeros where they are not given.
    pub const fn hx(mut self, (h_0, c_0): (Tensor<'g>, Tensor<'g>)) -> Self {
        self.hx = Some((h_0, c_0));
        self
    }
}

/// The options of [`Tensor::gru`], PyTorch's `GRU`.
#[derive(Clone, Copy)]
pub struct Gru<'g> {
    stack: Stack,
    hx: Option<Tensor<'g>>,
}

impl<'g> Gru<'g> {
    /// One layer from the first step to the last, with biases.
    pub const fn new(hidden_size: usize) -> Self {
        Gru { stack: Stack::new(hidden_size), hx: None }
    }

    /// The hidden state before the first step, `[layers · directions, hidden_size]`; zeros where it is not given.
    pub const fn hx(mut self, h_0: Tensor<'g>) -> Self {
        self.hx = Some(h_0);
        self
    }
}

/// The options of [`Tensor::rnn_cell`], PyTorch's `RNNCell`.
#[derive(Clone, Copy)]
pub struct RnnCell<'g> {
    hidden_size: usize,
    nonlinearity: Nonlinearity,
    bias: bool,
    hx: Option<Tensor<'g>>,
}

impl<'g> RnnCell<'g> {
    /// With biases and a hyperbolic tangent.
    pub const fn new(hidden_size: usize) -> Self {
        RnnCell { hidden_size, nonlinearity: Nonlinearity::Tanh, bias: true, hx: None }
    }

    /// The function that ends the step.
    pub const fn nonlinearity(mut self, nonlinearity: Nonlinearity) -> Self {
        self.nonlinearity = nonlinearity;
        self
    }

    /// Whether two learned numbers are added to each sum.
    pub const fn bias(mut self, bias: bool) -> Self {
        self.bias = bias;
        self
    }

    /// The hidden state before the step, `[hidden_size]`; zeros where it is not given.
    pub const fn hx(mut self, h: Tensor<'g>) -> Self {
        self.hx = Some(h);
        self
    }
}

/// The options of [`Tensor::lstm_cell`], PyTorch's `LSTMCell`.
#[derive(Clone, Copy)]
pub struct LstmCell<'g> {
    hidden_size: usize,
    bias: bool,
    hx: Option<(Tensor<'g>, Tensor<'g>)>,
    name: Option<Name>,
}

impl<'g> LstmCell<'g> {
    /// With biases.
    pub const fn new(hidden_size: usize) -> Self {
        LstmCell { hidden_size, bias: true, hx: None, name: None }
    }

    /// Whether two learned numbers are added to each gate.
    pub const fn bias(mut self, bias: bool) -> Self {
        self.bias = bias;
        self
    }

    /// The hidden and the cell state before the step, `[hidden_size]` each; zeros where they are not given.
    pub const fn hx(mut self, (h, c): (Tensor<'g>, Tensor<'g>)) -> Self {
        self.hx = Some((h, c));
        self
    }

    #[doc(hidden)]
    pub const fn name(mut self, name: Name) -> Self {
        self.name = Some(name);
        self
    }
}

/// The options of [`Tensor::gru_cell`], PyTorch's `GRUCell`.
#[derive(Clone, Copy)]
pub struct GruCell<'g> {
    hidden_size: usize,
    bias: bool,
    hx: Option<Tensor<'g>>,
}

impl<'g> GruCell<'g> {
    /// With biases.
    pub const fn new(hidden_size: usize) -> Self {
        GruCell { hidden_size, bias: true, hx: None }
    }

    /// Whether two learned numbers are added to each gate.
    pub const fn bias(mut self, bias: bool) -> Self {
        self.bias = bias;
        self
    }

    /// The hidden state before the step, `[hidden_size]`; zeros where it is not given.
    pub const fn hx(mut self, h: Tensor<'g>) -> Self {
        self.hx = Some(h);
        self
    }
}

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
    /// Weights, biases, layers, directions and counts are as those of [`lstm`](Tensor::lstm), with one gate.
    #[track_caller]
    pub const fn rnn(self, options: Rnn<'g>) -> (Tensor<'g>, Tensor<'g>) {
        let op = Recurrent::stack("rnn", Gates::of(options.nonlinearity), &options.stack, 0);
        let hx = match options.hx {
            Some(h) => &[h] as &[Tensor<'g>],
            None => &[],
        };
        let [y, h, _] = self.sequence(op, hx, options.stack.name);
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
    /// Its tensors are PyTorch's: the four gates' weights one below the other, `weight_ih_l0` of
    /// `[4·hidden_size, features]` and `weight_hh_l0` of `[4·hidden_size, hidden_size]`, two biases, `bias_ih_l0` and
    /// `bias_hh_l0`, a projection `weight_hr_l0`; the backward direction's end in `_reverse`.
    ///
    /// MACs are every element of the weight matrices once a step: 4·H·(E + H) for E features and a hidden size of H,
    /// the first step's product with zeros among them. The textbook's 8·(E + H)·H is twice that. FLOPs are exact: the
    /// textbook's LSTM has one bias a gate, PyTorch's two, which are 4·H parameters and 4·H additions a step more; and
    /// the gates and states are 3 logistic functions of three operations, 2 hyperbolic tangents, 3 products and a sum
    /// for each of the H.
    ///
    /// The states lie behind the output in the arena. A stack of layers, or a projection, takes a hidden state as scratch;
    /// a stack in both directions one more sequence; the gates take none.
    #[track_caller]
    pub const fn lstm(self, options: Lstm<'g>) -> (Tensor<'g>, (Tensor<'g>, Tensor<'g>)) {
        let op = Recurrent::stack("lstm", Gates::Lstm, &options.stack, options.proj_size);
        let hx = match options.hx {
            Some((h, c)) => &[h, c] as &[Tensor<'g>],
            None => &[],
        };
        let [y, h, c] = self.sequence(op, hx, options.stack.name);
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
    /// have one bias a gate, and are of as many MACs: 3·H·(E + H) a step. Weights, biases, layers, directions and counts
    /// are as those of [`lstm`](Tensor::lstm), with three gates.
    #[track_caller]
    pub const fn gru(self, options: Gru<'g>) -> (Tensor<'g>, Tensor<'g>) {
        let op = Recurrent::stack("gru", Gates::Gru, &options.stack, 0);
        let hx = match options.hx {
            Some(h) => &[h] as &[Tensor<'g>],
            None => &[],
        };
        let [y, h, _] = self.sequence(op, hx, options.stack.name);
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

    /// The output of a sequence, the last hidden state and, of an LSTM, the last cell state.
    #[track_caller]
    const fn sequence(self, op: Recurrent, hx: &[Tensor<'g>], name: Option<Name>) -> [Tensor<'g>; 3] {
        let scope = self.builder.enter_module(Module::Recurrent);
        let y = self.recur(op, hx).name(Name::of(&["output"]));
        let [hidden, cell] = op.states();
        let h = y.part(Name::of(&["h_n"]), y.shape.elements(), hidden);
        let c = if op.gates.has_cell_state() {
            y.part(Name::of(&["c_n"]), add(y.shape.elements(), hidden.elements()), cell)
        } else {
            h
        };
        self.builder.leave(scope);
        if let Some(name) = name {
            self.builder.rename(y.node, name);
        }
        [y, h, c]
    }

    /// What a layer gives behind its output.
    #[track_caller]
    const fn part(self, name: Name, offset: u64, shape: Shape) -> Tensor<'g> {
        self.builder.push_one(Op::Slice(Slice::part(offset)), self.node, shape).name(name)
    }

    #[track_caller]
    const fn recur(self, op: Recurrent, hx: &[Tensor<'g>]) -> Tensor<'g> {
        let rank = if op.cell { 1 } else { 2 };
        if self.rank() != rank {
            op.fail_rank(&self.shape);
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
enum Gates {
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

    /// How many there are, and the rows of weights for a unit.
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

    /// What one unit does in one step behind its sums.
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
        let Stack { hidden_size, num_layers, bias, dropout, bidirectional, .. } = *stack;
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
            fail_layers(layer, num_layers);
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
            fail_hidden(layer, hidden_size);
        }
        let hidden = hidden_size as u32;
        Recurrent { layer, gates, steps: 1, hidden, projected: hidden, layers: 1, directions: 1, bias, cell: true }
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

    /// Elements that it gives behind its output: the last states, but for a hidden state that is the output.
    pub const fn tail(&self) -> u64 {
        let [hidden, cell] = self.states();
        let hidden = if self.cell { 0 } else { hidden.elements() };
        if self.gates.has_cell_state() { add(hidden, cell.elements()) } else { hidden }
    }

    /// The sequence between two layers of both directions; the units of one step, where they are projected, or would
    /// overwrite what they are made of; and the zeros before a single step.
    pub const fn scratch(&self, io: Io<'_>) -> u64 {
        let hidden = self.hidden as u64;
        let sequence = multiply(self.steps as u64 * self.directions as u64, self.projected as u64);
        let (stacked, both) = (self.layers > 1, self.directions > 1);
        let between = if stacked && both { sequence } else { 0 };
        let units = if stacked && !both || self.projected < self.hidden { hidden } else { 0 };
        let zeros = if self.cell && io.inputs() == 1 { hidden } else { 0 };
        add(between, units + zeros)
    }

    /// The features that a layer reads.
    const fn width(&self, layer: usize, features: usize) -> usize {
        if layer == 0 { features } else { self.directions as usize * self.projected as usize }
    }

    pub const fn name(&self) -> &'static str {
        self.layer
    }

    /// Of each unit in each step: a dot product with the input and one with the hidden state for each gate, whose sum
    /// is taken; then the gates' functions, and the projection.
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

    /// How many tensors one layer has in one direction.
    const fn entries(&self) -> usize {
        2 + 2 * self.bias as usize + (self.projected < self.hidden) as usize
    }

    pub const fn state(&self, io: Io<'_>) -> State {
        State {
            recurrent: Some((*self, io.input(0).dim(-1))),
            len: self.entries() * (self.layers * self.directions) as usize,
            // A step of an LSTM has its cell state beside it, and so is a module, too.
            of_module: !self.cell || self.gates.has_cell_state(),
            ..State::NONE
        }
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let (hidden, projected, gates) = (self.hidden as u64, self.projected as u64, self.gates.count() as u64);
        let work = self.work(io);
        let row = Row::module(io, &self.state(io));
        let steps = self.steps as u64;
        let evaluations = steps * self.directions as u64;
        let (sums, biases) = (gates * hidden, if self.bias { 2 * gates * hidden } else { 0 });
        let is_projected = projected < hidden;
        // What is done with the gates: by thop, with the sums of both products, and by ptflops, whose rule calflops has.
        let (thop_gates, gates_of_hooks) = match self.gates {
            Gates::Tanh | Gates::Relu => (hidden, hidden),
            Gates::Gru => (7 * hidden, 7 * hidden),
            Gates::Lstm => (8 * hidden, 10 * hidden),
        };
        let (mut thop, mut ultralytics_thop, mut hooked) = (0, 0, 0);
        let mut layer = 0;
        while layer < self.layers as usize {
            let width = self.width(layer, io.input(0).dim(-1)) as u64;
            // thop does not know of projections, and neither of the two of the product with that of the state.
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
        // A fused operation, unless it has to project.
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
            // A step's output is taken for a sequence.
            torchinfo: multiply(if self.cell { hidden } else { steps }, row.params),
            calflops: multiply(evaluations, add(multiply(2, hooked) - 2 * layers * sums, others)),
            flop_counter,
            flop_counter_no_grad: flop_counter,
            torchstat_fails: Some("a module with several outputs is none of its leaves"),
            ..row
        }
    }

    /// One of its tensors: layer by layer, each forward and then backward.
    pub const fn entry(&self, index: usize, features: usize) -> Entry {
        let (pass, entry) = (index / self.entries(), index % self.entries());
        let (layer, reverse) = (pass / self.directions as usize, pass % self.directions as usize == 1);
        let (hidden, projected) = (self.hidden as usize, self.projected as usize);
        let rows = self.gates.count() * hidden;
        let (kind, shape) = match entry {
            0 => (0, Shape::new(&[rows, self.width(layer, features)])),
            1 => (1, Shape::new(&[rows, projected])),
            2 | 3 if self.bias => (entry, Shape::new(&[rows])),
            _ => (4, Shape::new(&[projected, hidden])),
        };
        let [forward, backward, single] = NAMES[kind];
        let name = if self.cell {
            Name::new(single, &[])
        } else {
            Name::new(if reverse { backward } else { forward }, &[layer])
        };
        Entry { name, shape, learned: true, bias: matches!(kind, 2 | 3) }
    }

    pub const fn storage(&self) -> Storage {
        Storage::Own
    }

    /// As many lengths as operands, and the options.
    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let mut words = words;
        let mut operand = 0;
        while operand < io.inputs() {
            words = words.count(io.input(operand).elements());
            operand += 1;
        }
        words
            .push(self.gates as u32)
            .push(self.steps)
            .push(io.input(0).dim(-1) as u32)
            .push(self.hidden)
            .push(self.projected)
            .push(self.layers)
            .push(self.directions)
            .push(self.bias as u32)
            .push(self.cell as u32)
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out] = step.words()?;
        // As many operands as lengths, the options, and the place of the scratch, if there is any.
        let words = step.rest();
        let (operands, words) = words.split_at_checked(words.len().checked_sub(OPTIONS)? / 2)?;
        let (lengths, words) = words.split_at_checked(operands.len())?;
        let (options, scratch_at) = words.split_first_chunk::<OPTIONS>()?;
        let [gates, steps, features, hidden, projected, layers, directions, bias, cell] =
            options.map(|option| option as usize);
        let is_cell = cell != 0;
        let mut views = operands.iter().zip(lengths).map(|(&at, &len)| (at, len as usize));
        let (x, len) = views.next()?;
        let x = step.view(machine, x, len)?;
        let mut initial = |machine: &mut M| match views.next() {
            Some((at, len)) => step.view(machine, at, len),
            None => Some(&[] as &[Cell<f32>]),
        };
        let (h_0, c_0) = (initial(machine)?, initial(machine)?);

        let passes = layers * directions;
        let stride = directions * projected;
        let h_len = if is_cell { 0 } else { passes * projected };
        let c_len = if gates == Gates::Lstm as usize { passes * hidden } else { 0 };
        let output = step.view(machine, out, steps * stride + h_len + c_len)?;
        let (sequence, states) = output.split_at_checked(steps * stride)?;
        let (h_n, c_n) = states.split_at_checked(h_len)?;
        let (stacked, both) = (layers > 1, directions > 1);
        let between = if stacked && both { steps * stride } else { 0 };
        let units = if stacked && !both || projected < hidden { hidden } else { 0 };
        let zeros = if is_cell && h_0.is_empty() { hidden } else { 0 };
        let scratch = match scratch_at.first() {
            Some(&at) => step.view(machine, at, between + units + zeros)?,
            None => &[],
        };
        let (between, scratch) = scratch.split_at_checked(between)?;
        let (units, zeros) = scratch.split_at_checked(units)?;

        // A step reads the hidden state where it is; the layers of a sequence begin where they will end.
        let before = if is_cell { zeros } else { h_n };
        begin(before, h_0);
        begin(c_n, c_0);
        let mut hidden_states = rows(if is_cell && !h_0.is_empty() { h_0 } else { before }, projected);
        let mut cell_states = rows(c_n, hidden);
        let (mut input, mut width) = (x, features);
        let rows_of = |gates: usize| gates * hidden;
        for layer in 0..layers {
            // Step by step over the output of the layer before; where that is read in both directions, to and fro, so
            // that the last layer's is the output.
            let target = if both && (layers - layer) % 2 == 0 { between } else { sequence };
            for direction in 0..directions {
                let count = match gates {
                    TANH | RELU => 1,
                    LSTM => 4,
                    _ => 3,
                };
                let biases = if bias != 0 { rows_of(count) } else { 0 };
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

/// The options among the words of a step.
const OPTIONS: usize = 9;
const TANH: usize = Gates::Tanh as usize;
const RELU: usize = Gates::Relu as usize;
const LSTM: usize = Gates::Lstm as usize;

/// So many numbers of each name, forward, backward, and of a single step.
const NAMES: [[&[&str]; 3]; 5] = [
    [&["weight_ih_l", ""], &["weight_ih_l", "_reverse"], &["weight_ih"]],
    [&["weight_hh_l", ""], &["weight_hh_l", "_reverse"], &["weight_hh"]],
    [&["bias_ih_l", ""], &["bias_ih_l", "_reverse"], &["bias_ih"]],
    [&["bias_hh_l", ""], &["bias_hh_l", "_reverse"], &["bias_hh"]],
    [&["weight_hr_l", ""], &["weight_hr_l", "_reverse"], &[]],
];

/// So that the rows of all gates are below 2^32.
const MAX_HIDDEN: u64 = 1 << 29;
/// A const of more layers would take long.
const MAX_LAYERS: usize = 1 << 10;

/// Writes the state before the first step: zeros where none is given.
fn begin(state: &[Cell<f32>], given: &[Cell<f32>]) {
    for (i, number) in state.iter().enumerate() {
        number.set(given.get(i).map_or(0.0, Cell::get));
    }
}

fn copy(from: &[Cell<f32>], to: &[Cell<f32>]) {
    for (from, to) in from.iter().zip(to) {
        to.set(from.get());
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
    /// Where the units of a step are computed, if not in its output.
    units: &'a [Cell<f32>],
    weight_ih: &'a [f32],
    weight_hh: &'a [f32],
    bias_ih: &'a [f32],
    bias_hh: &'a [f32],
    weight_hr: &'a [f32],
}

impl<'a> Pass<'a> {
    /// Goes through the sequence, and gives the last hidden state. `unit` makes a unit's output of the sums of its
    /// gates, each from the input and from the hidden state, of its hidden state before, and of its cell state.
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

const fn of(layer: &str) -> Text {
    Text::new().str("`").str(layer).str("`")
}

#[track_caller]
const fn fail(layer: &str, message: &str) -> ! {
    of(layer).str(": ").str(message).fail()
}

#[track_caller]
const fn fail_hidden(layer: &str, hidden_size: usize) -> ! {
    of(layer).str(": hidden_size is ").number(hidden_size as u64).str("; it is at most ").number(MAX_HIDDEN).fail()
}

#[track_caller]
const fn fail_layers(layer: &str, num_layers: usize) -> ! {
    of(layer).str(": num_layers is ").number(num_layers as u64).str("; it is at most ").number(MAX_LAYERS as u64).fail()
}

#[track_caller]
const fn fail_projection(layer: &str, proj_size: usize, hidden_size: usize) -> ! {
    of(layer)
        .str(": proj_size is ")
        .number(proj_size as u64)
        .str(", and hidden_size is ")
        .number(hidden_size as u64)
        .str("; a projection is to fewer features, or 0 where there is none")
        .fail()
}

impl Recurrent {
    #[track_caller]
    const fn fail_rank(&self, shape: &Shape) -> ! {
        let text = of(self.layer).str(" of a tensor of shape ").shape(shape).str(": it takes ");
        if self.cell {
            text.str("the features of one step, `Tensor<FEATURES>`; a sequence is for `")
                .str(match self.gates {
                    Gates::Lstm => "lstm",
                    Gates::Gru => "gru",
                    _ => "rnn",
                })
                .str("` (a declaration has no batch axis)")
                .fail()
        }
        text.str("a sequence, `Tensor<STEPS, FEATURES>` (a declaration has no batch axis)").fail()
    }

    /// Checks an initial state.
    #[track_caller]
    const fn check(&self, given: &Shape, state: &str, expected: &Shape) {
        if given.same(expected) {
            return;
        }
        let text = of(self.layer).str(": the ").str(state).str(" of hx is of shape ").shape(given);
        let text = text.str("; it has to be ").shape(expected);
        if self.cell {
            text.str(", hidden_size").fail()
        }
        text.str(", layers · directions by ")
            .str(if expected.at(1) == self.hidden as usize { "hidden_size" } else { "proj_size" })
            .fail()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::tensor::Builder;
    use crate::testing::testing::{Array, Ran, Vec, run_with, vec};

    /// A layer to be tried.
    #[derive(Clone, Copy, Debug)]
    struct Options {
        kind: &'static str,
        steps: usize,
        features: usize,
        hidden: usize,
        layers: usize,
        directions: usize,
        bias: bool,
        projection: usize,
        initial: bool,
    }

    impl Options {
        fn gates(&self) -> usize {
            match self.kind {
                "lstm" => 4,
                "gru" => 3,
                _ => 1,
            }
        }

        fn projected(&self) -> usize {
            if self.projection == 0 { self.hidden } else { self.projection }
        }

        /// The elements of the weight matrices, and of the biases.
        fn weights(&self) -> (usize, usize) {
            let rows = self.gates() * self.hidden;
            let matrices = |layer| {
                let width = if layer == 0 { self.features } else { self.directions * self.projected() };
                rows * (width + self.projected()) + self.projection * self.hidden
            };
            let biases = if self.bias { 2 * rows * self.layers * self.directions } else { 0 };
            ((0..self.layers).map(matrices).sum::<usize>() * self.directions, biases)
        }

        /// The output, the hidden and the cell states, formula by formula and in `f64`.
        fn naive(&self, x: &Array, weights: &[f32], initial: &[Array]) -> [Vec<f64>; 3] {
            let mut weights = weights.iter().map(|&weight| weight as f64);
            let mut matrix = |rows: usize, columns: usize| -> Vec<Vec<f64>> {
                (0..rows).map(|_| weights.by_ref().take(columns).collect()).collect()
            };
            let product = |matrix: &[Vec<f64>], x: &[f64]| -> Vec<f64> {
                matrix.iter().map(|row| row.iter().zip(x).map(|(a, b)| a * b).sum()).collect()
            };
            let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
            let mut sequence: Vec<Vec<f64>> =
                x.data.chunks(self.features).map(|x| x.iter().map(|&x| x as f64).collect()).collect();
            let (mut states, mut cells) = (Vec::new(), Vec::new());
            for layer in 0..self.layers {
                let mut outputs = vec![Vec::new(); self.steps];
                for direction in 0..self.directions {
                    let (n, rows) = (self.hidden, self.gates() * self.hidden);
                    let w_ih = matrix(rows, sequence[0].len());
                    let w_hh = matrix(rows, self.projected());
                    let (b_ih, b_hh) = match self.bias {
                        true => (matrix(1, rows).remove(0), matrix(1, rows).remove(0)),
                        false => (vec![0.0; rows], vec![0.0; rows]),
                    };
                    let w_hr = matrix(self.projection, n);
                    let pass = layer * self.directions + direction;
                    let start = |state: usize, len: usize| -> Vec<f64> {
                        match initial.get(state) {
                            Some(given) => given.data[pass * len..][..len].iter().map(|&x| x as f64).collect(),
                            None => vec![0.0; len],
                        }
                    };
                    let (mut h, mut c) = (start(0, self.projected()), start(1, n));
                    for number in 0..self.steps {
                        let step = if direction == 1 { self.steps - 1 - number } else { number };
                        let a = product(&w_ih, &sequence[step]);
                        let b = product(&w_hh, &h);
                        let of_x = |row: usize| a[row] + b_ih[row];
                        let of_h = |row: usize| b[row] + b_hh[row];
                        let sum = |row: usize| of_x(row) + of_h(row);
                        let mut next = Vec::new();
                        for i in 0..n {
                            next.push(match self.kind {
                                "rnn" => sum(i).tanh(),
                                "relu" => sum(i).max(0.0),
                                "lstm" => {
                                    c[i] = logistic(sum(n + i)) * c[i] + logistic(sum(i)) * sum(2 * n + i).tanh();
                                    logistic(sum(3 * n + i)) * c[i].tanh()
                                }
                                _ => {
                                    let (r, z) = (logistic(sum(i)), logistic(sum(n + i)));
                                    let new = (of_x(2 * n + i) + r * of_h(2 * n + i)).tanh();
                                    (1.0 - z) * new + z * h[i]
                                }
                            });
                        }
                        h = if self.projection > 0 { product(&w_hr, &next) } else { next };
                        outputs[step].extend(&h);
                    }
                    states.extend(h);
                    cells.extend(c);
                }
                sequence = outputs;
            }
            [sequence.concat(), states, cells]
        }

        /// All that a layer gives, one behind the other.
        fn declare<'g>(&self, builder: &'g Builder<'g>, x: &[Tensor<'g>]) -> Vec<Tensor<'g>> {
            let _ = builder;
            let Options { hidden, layers, bias, projection, .. } = *self;
            let both = self.directions == 2;
            let state = x.get(1).copied();
            if self.kind == "lstm" {
                let mut options = Lstm::new(hidden).num_layers(layers).bias(bias).bidirectional(both);
                options = options.proj_size(projection).dropout(0.25);
                if let [_, h, c] = *x {
                    options = options.hx((h, c));
                }
                let (y, (h, c)) = x[0].lstm(options);
                return vec![y, h, c];
            }
            let (y, h) = if self.kind == "gru" {
                let options = Gru::new(hidden).num_layers(layers).bias(bias).bidirectional(both);
                x[0].gru(state.map_or(options, |h| options.hx(h)))
            } else {
                let relu = if self.kind == "relu" { Nonlinearity::Relu } else { Nonlinearity::Tanh };
                let options = Rnn::new(hidden).num_layers(layers).bias(bias).bidirectional(both).nonlinearity(relu);
                x[0].rnn(state.map_or(options, |h| options.hx(h)))
            };
            vec![y, h]
        }

        fn inputs(&self) -> Vec<Array> {
            let scaled = |shape: &[usize]| Array::numbers(shape).map(|x| x / 2.0);
            let passes = self.layers * self.directions;
            let mut inputs = vec![scaled(&[self.steps, self.features])];
            if self.initial {
                inputs.push(scaled(&[passes, self.projected()]));
                if self.kind == "lstm" {
                    inputs.push(scaled(&[passes, self.hidden]));
                }
            }
            inputs
        }

        fn check(&self) {
            let inputs = self.inputs();
            let (matrices, biases) = self.weights();
            let weights = Array::numbers(&[matrices + biases]).map(|weight| weight / 3.0).data;
            let ran = run_with(&inputs, &weights, |builder, x| self.declare(builder, x));
            let expected = self.naive(&inputs[0], &weights, &inputs[1..]);
            for (found, expected) in ran.outputs.iter().zip(&expected) {
                let expected = expected.iter().map(|&x| x as f32).collect();
                found.assert_close(&Array { shape: found.shape.clone(), data: expected });
            }
            assert_eq!(ran.cost.macs, (self.steps * matrices) as u64, "each element of a matrix once a step");
            assert_eq!(ran.cost.params, weights.len() as u64);
        }
    }

    fn options() -> impl Strategy<Value = Options> {
        let sizes = (1..5usize, 1..7usize, 1..7usize, 1..4usize, 1..3usize);
        (prop::sample::select(vec!["rnn", "relu", "lstm", "gru"]), sizes, 0..6usize, any::<bool>(), any::<bool>())
            .prop_map(|(kind, (steps, features, hidden, layers, directions), projection, bias, initial)| {
                let projection = if kind == "lstm" { projection % hidden } else { 0 };
                Options { kind, steps, features, hidden, layers, directions, bias, projection, initial }
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn sequences_are_their_formulas(options in options()) {
            options.check();
        }
    }

    #[test]
    fn cells_are_one_step() {
        for kind in ["rnn", "relu", "lstm", "gru"] {
            for (bias, initial) in [(true, true), (false, true), (true, false), (false, false)] {
                let sizes = Options {
                    kind,
                    steps: 1,
                    features: 5,
                    hidden: 3,
                    layers: 1,
                    directions: 1,
                    bias,
                    projection: 0,
                    initial,
                };
                let inputs: Vec<Array> = sizes
                    .inputs()
                    .into_iter()
                    .map(|input| Array { shape: vec![input.data.len()], data: input.data })
                    .collect();
                let (matrices, biases) = sizes.weights();
                let weights = Array::numbers(&[matrices + biases]).map(|weight| weight / 3.0).data;
                let Ran { outputs, cost, .. } = run_with(&inputs, &weights, |_, x| {
                    let state = x.get(1).copied();
                    match kind {
                        "lstm" => {
                            let mut options = LstmCell::new(3).bias(bias);
                            if let [_, h, c] = *x {
                                options = options.hx((h, c));
                            }
                            let (h, c) = x[0].lstm_cell(options);
                            vec![h, c]
                        }
                        "gru" => {
                            let options = GruCell::new(3).bias(bias);
                            vec![x[0].gru_cell(state.map_or(options, |h| options.hx(h)))]
                        }
                        kind => {
                            let relu = if kind == "relu" { Nonlinearity::Relu } else { Nonlinearity::Tanh };
                            let options = RnnCell::new(3).bias(bias).nonlinearity(relu);
                            vec![x[0].rnn_cell(state.map_or(options, |h| options.hx(h)))]
                        }
                    }
                });
                let [_, h, c] = sizes.naive(&inputs[0], &weights, &inputs[1..]);
                for (found, expected) in outputs.iter().zip([h, c]) {
                    let data = expected.iter().map(|&x| x as f32).collect();
                    found.assert_close(&Array { shape: vec![3], data });
                }
                assert_eq!((cost.macs, cost.params), (matrices as u64, weights.len() as u64));
            }
        }
    }

    #[test]
    fn the_operations_of_each_gate_are_counted() {
        let sizes = |kind| Options {
            kind,
            steps: 7,
            features: 5,
            hidden: 3,
            layers: 1,
            directions: 1,
            bias: true,
            projection: 0,
            initial: false,
        };
        let census = |kind| {
            let sizes = sizes(kind);
            let (matrices, biases) = sizes.weights();
            let weights = vec![0.5; matrices + biases];
            run_with(&sizes.inputs(), &weights, |builder, x| sizes.declare(builder, x)).cost.census
        };
        // Of each step: a product for each weight; of each sum as many additions, and one more with two biases.
        let sums = |gates: u64| Census::ZERO.mul(gates * 3 * 8).add(gates * 3 * 9);
        assert_eq!(census("rnn"), sums(1).tanh(3).times(7));
        assert_eq!(census("relu"), sums(1).cmp(3).times(7));
        assert_eq!(census("lstm"), sums(4).mul(9).add(3 + 9).exp(9).div(9).tanh(6).times(7));
        // The two sums of the new gate are taken apart, and the addition between them is behind the product with r.
        assert_eq!(census("gru"), sums(3).mul(6).add(6 + 6).exp(6).div(6).tanh(3).times(7));
    }
}
