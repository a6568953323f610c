//! The logarithm of the [`sigmoid`](crate::graph::tensor::Tensor::sigmoid): `log_sigmoid`.

use crate::layers::activation::declare::activation;

activation! {
    /// `ln(1 / (1 + e^-x))`, element by element.
    ///
    /// It is computed as `min(x, 0) − ln(1 + e^-|x|)`, so that no power overflows.
    log_sigmoid: LogSigmoid,
    census: [cmp(1), exp(1), add(2), log(1)],
    conventions: [],
    function: |machine, x| {
        let negative = machine.min(x, 0.0);
        let power = machine.exp(-x.abs());
        let log = machine.log_1p(power);
        machine.sub(negative, log)
    },
}
