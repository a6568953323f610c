//! Activations by name, for layers that take one as an option: `activation`.

use crate::graph::tensor::Tensor;
use crate::op::syntax::Syntax;

pub(crate) const SYNTAX: &[Syntax] = &[Syntax::plain("activation", &["activation"])];

/// An activation: `x.activation(Activation::Gelu)`, and an option of layers that contain one. Import it as
/// `netcost::Activation`: the prelude leaves the name to networks, which often have an enum of their own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Activation {
    /// [`Tensor::relu`]
    Relu,
    /// [`Tensor::relu6`]
    Relu6,
    /// [`Tensor::gelu`]
    Gelu,
    /// [`Tensor::silu`]
    Silu,
    /// [`Tensor::hard_swish`]
    HardSwish,
    /// [`Tensor::sigmoid`]
    Sigmoid,
    /// [`Tensor::hard_sigmoid`]
    HardSigmoid,
    /// [`Tensor::tanh`]
    Tanh,
}

impl<'g> Tensor<'g> {
    /// The layer of an [`Activation`]: `x.activation(Activation::Relu)` is `x.relu()`.
    #[track_caller]
    pub const fn activation(self, activation: Activation) -> Tensor<'g> {
        match activation {
            Activation::Relu => self.relu(),
            Activation::Relu6 => self.relu6(),
            Activation::Gelu => self.gelu(),
            Activation::Silu => self.silu(),
            Activation::HardSwish => self.hard_swish(),
            Activation::Sigmoid => self.sigmoid(),
            Activation::HardSigmoid => self.hard_sigmoid(),
            Activation::Tanh => self.tanh(),
        }
    }
}
