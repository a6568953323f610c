//! The input weighted by the hyperbolic tangent of its [`softplus`](crate::graph::tensor::Tensor::softplus): `mish`.

use crate::layers::activation::declare::activation;

activation! {
    /// `x · tanh(ln(1 + e^x))`, element by element.
    mish: Mish,
    census: [exp(1), add(1), log(1), tanh(1), mul(1)],
    conventions: [],
    function: |machine, x| {
        let power = machine.exp(x);
        let softplus = machine.log_1p(power);
        let tanh = machine.tanh(softplus);
        machine.mul(x, tanh)
    },
}
