//! Layers that do nothing at inference: `identity`, `dropout`.

use crate::graph::tensor::Tensor;
use crate::layers::list::Op;
use crate::layers::moves::views;
use crate::op::row::Row;
use crate::op::syntax::Syntax;

pub(crate) const SYNTAX: &[Syntax] = &[Syntax::plain("identity", &[]), Syntax::plain("dropout", &["p"])];

/// A view: nothing is moved.
#[derive(Clone, Copy)]
pub(crate) struct Identity {
    layer: &'static str,
}

impl<'g> Tensor<'g> {
    /// The tensor itself, as a layer with an index of its own, PyTorch's `Identity`.
    #[track_caller]
    pub const fn identity(self) -> Tensor<'g> {
        self.builder.push_one(Op::Identity(Identity { layer: "identity" }), self.node, self.shape)
    }

    /// Drops elements with probability `probability` in training, and does nothing at inference: `x.dropout(0.5)`.
    #[track_caller]
    pub const fn dropout(self, probability: f32) -> Tensor<'g> {
        if !(probability >= 0.0 && probability <= 1.0) {
            panic!("`dropout`: the probability is a number from 0 to 1");
        }
        self.builder.push_one(Op::Identity(Identity { layer: "dropout" }), self.node, self.shape)
    }
}

views!(Identity, |io| Row::stateless(io));

impl Identity {
    pub const fn name(&self) -> &'static str {
        self.layer
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::testing::{Array, layer, run, vec};

    #[test]
    fn nothing_is_done() {
        let x = Array::numbers(&[2, 3]);
        let ran = run(core::slice::from_ref(&x), |_, x| vec![x[0].identity(), x[0].dropout(0.5), x[0].dropout(1.0)]);
        assert!(ran.outputs.iter().all(|output| *output == x));
        assert_eq!(ran.steps, 0);
    }

    #[test]
    #[should_panic(expected = "`dropout`: the probability is a number from 0 to 1")]
    fn a_probability_is_at_most_one() {
        layer(&Array::numbers(&[2]), |x| x.dropout(1.5));
    }
}
