//! Modules: layers of a declaration that consist of several nodes.
//!
//! A module is a `const fn` of tensors within a scope of its own, [`Builder::enter_module`], which takes the place of a
//! single layer: it has a number among its neighbours, or the name that it is given. Its nodes are named within that
//! scope, or give it their tensors ([`State::of_module`]), so that the state dict is PyTorch's.
//!
//! [`Builder::enter_module`]: crate::graph::graph::Builder::enter_module
//! [`State::of_module`]: crate::op::state::State::of_module

/// What the nodes in a scope form together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Module {
    ScaledDotProductAttention,
    MultiHeadAttention {
        heads: u32,
    },
    Recurrent,
    Streaming,
    TransformerEncoderLayer {
        /// Whether PyTorch runs it as one operation when gradients are off.
        fused: bool,
    },
    TransformerDecoderLayer,
    SqueezeExcitation,
}
