//! The input weighted by its [`sigmoid`](crate::graph::tensor::Tensor::sigmoid), also called swish: `silu`.

use crate::layers::activation::declare::activation;

activation! {
    /// `x / (1 + e^-x)`, element by element.
    silu: Silu,
    census: [exp(1), add(1), div(1)],
    conventions: [ptflops_functional(1), calflops(1)],
    function: |machine, x| {
        let power = machine.exp(-x);
        let sum = machine.add(1.0, power);
        machine.div(x, sum)
    },
}
