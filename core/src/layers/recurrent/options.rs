//! The options of recurrent layers.

use crate::base::name::Name;
use crate::graph::tensor::Tensor;

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
pub(super) struct Stack {
    pub(super) hidden_size: usize,
    pub(super) num_layers: usize,
    pub(super) bias: bool,
    pub(super) dropout: f32,
    pub(super) bidirectional: bool,
    pub(super) name: Option<Name>,
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
    pub(super) stack: Stack,
    pub(super) nonlinearity: Nonlinearity,
    pub(super) hx: Option<Tensor<'g>>,
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
    pub(super) stack: Stack,
    pub(super) proj_size: usize,
    pub(super) hx: Option<(Tensor<'g>, Tensor<'g>)>,
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
    pub(super) stack: Stack,
    pub(super) hx: Option<Tensor<'g>>,
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
    pub(super) hidden_size: usize,
    pub(super) nonlinearity: Nonlinearity,
    pub(super) bias: bool,
    pub(super) hx: Option<Tensor<'g>>,
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
    pub(super) hidden_size: usize,
    pub(super) bias: bool,
    pub(super) hx: Option<(Tensor<'g>, Tensor<'g>)>,
    pub(super) name: Option<Name>,
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
    pub(super) hidden_size: usize,
    pub(super) bias: bool,
    pub(super) hx: Option<Tensor<'g>>,
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
