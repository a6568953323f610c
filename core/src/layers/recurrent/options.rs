//! The options of recurrent layers.

use crate::base::name::Name;
use crate::graph::tensor::Tensor;
use crate::layers::options::options;

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
    pub hidden_size: usize,
    pub num_layers: usize,
    pub bias: bool,
    pub dropout: f32,
    pub bidirectional: bool,
    pub stateful: bool,
    pub name: Option<Name>,
}

impl Stack {
    const fn new(hidden_size: usize) -> Self {
        Stack {
            hidden_size,
            num_layers: 1,
            bias: true,
            dropout: 0.0,
            bidirectional: false,
            stateful: false,
            name: None,
        }
    }
}

/// The options of a layer over a sequence: those of a stack, with its own among them where PyTorch has them.
macro_rules! sequence {
    (
        $(#[$doc:meta])*
        $Options:ident: $new:literal,
        {$($after_layers:tt)*}
        {$($last:tt)*}
    ) => {
        options! {
            $(#[$doc])*
            pub struct $Options<'g> {
                stack: Stack = Stack::new(hidden_size),
            }

            #[doc = $new]
            new(hidden_size: usize);

            /// This many layers, each on the output of the one before it.
            num_layers(mut self, num_layers: usize) { self.stack.num_layers = num_layers }

            $($after_layers)*

            /// Whether learned numbers are added to each gate: two, since PyTorch has one for the input and one for the
            /// hidden state.
            bias(mut self, bias: bool) { self.stack.bias = bias }

            /// The probability with which elements between the layers are dropped in training; nothing at inference.
            dropout(mut self, dropout: f32) { self.stack.dropout = dropout }

            /// Whether it starts each run from where the last one ended, as Keras's `stateful` layers do.
            stateful(mut self, stateful: bool) { self.stack.stateful = stateful }

            /// Whether every layer also goes through the sequence from its end, with weights of its own.
            bidirectional(mut self, bidirectional: bool) { self.stack.bidirectional = bidirectional }

            $($last)*
        }

        impl $Options<'_> {
            #[doc(hidden)]
            pub const fn name(mut self, name: Name) -> Self {
                self.stack.name = Some(name);
                self
            }
        }
    };
}

sequence! {
    /// The options of [`Tensor::rnn`], PyTorch's `RNN`.
    Rnn: "One layer from the first step to the last, with biases, of hyperbolic tangents.",
    {
        /// The function that ends each step.
        nonlinearity: Nonlinearity = Nonlinearity::Tanh;
    }
    {
        /// The hidden state before the first step, `[layers · directions, hidden_size]`; zeros where it is not given.
        hx: Tensor<'g>;
    }
}

sequence! {
    /// The options of [`Tensor::lstm`], PyTorch's `LSTM`.
    Lstm: "One layer from the first step to the last, with biases.",
    {}
    {
        /// The number of features that the hidden state is projected to; 0 for no projection.
        proj_size: usize = 0;

        /// The hidden and the cell state before the first step, `[layers · directions, hidden_size]`, the first with
        /// `proj_size` if there is one; zeros where they are not given.
        hx: (Tensor<'g>, Tensor<'g>);
    }
}

sequence! {
    /// The options of [`Tensor::gru`], PyTorch's `GRU`.
    Gru: "One layer from the first step to the last, with biases.",
    {}
    {
        /// The hidden state before the first step, `[layers · directions, hidden_size]`; zeros where it is not given.
        hx: Tensor<'g>;
    }
}

options! {
    /// The options of [`Tensor::rnn_cell`], PyTorch's `RNNCell`.
    pub struct RnnCell<'g> {
        hidden_size: usize,
    }

    /// With biases and a hyperbolic tangent.
    new(hidden_size: usize);

    /// The function that ends the step.
    nonlinearity: Nonlinearity = Nonlinearity::Tanh;

    /// Whether two learned numbers are added to each sum.
    bias: bool = true;

    /// The hidden state before the step, `[hidden_size]`; zeros where it is not given.
    hx: Tensor<'g>;
}

options! {
    /// The options of [`Tensor::lstm_cell`], PyTorch's `LSTMCell`.
    pub struct LstmCell<'g> {
        hidden_size: usize,
        name: Option<Name> = None,
    }

    /// With biases.
    new(hidden_size: usize);

    /// Whether two learned numbers are added to each gate.
    bias: bool = true;

    /// The hidden and the cell state before the step, `[hidden_size]` each; zeros where they are not given.
    hx: (Tensor<'g>, Tensor<'g>);
}

impl LstmCell<'_> {
    #[doc(hidden)]
    pub const fn name(mut self, name: Name) -> Self {
        self.name = Some(name);
        self
    }
}

options! {
    /// The options of [`Tensor::gru_cell`], PyTorch's `GRUCell`.
    pub struct GruCell<'g> {
        hidden_size: usize,
    }

    /// With biases.
    new(hidden_size: usize);

    /// Whether two learned numbers are added to each gate.
    bias: bool = true;

    /// The hidden state before the step, `[hidden_size]`; zeros where it is not given.
    hx: Tensor<'g>;
}
