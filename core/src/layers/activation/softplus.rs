//! The rectified linear unit, rounded: `softplus`.

use crate::layers::activation::declare::activation;

activation! {
    /// `ln(1 + e^(beta · x)) / beta`, and `x` itself where `beta · x` is above `threshold`, element by element:
    /// `x.softplus()`, `x.softplus(beta = 2.0)`.
    softplus: Softplus,
    /// The options of [`Tensor::softplus`], PyTorch's `Softplus`: a beta of 1 and a threshold of 20.
    options: {
        /// How sharp the bend is.
        beta: 1.0, is_normal: "a finite number other than 0",
        /// Where the function starts to be taken as linear.
        threshold: 20.0, is_finite: "a finite number",
    },
    census: [mul(1), exp(1), add(1), log(1), div(1), cmp(1)],
    conventions: [],
    function: |machine, x| {
        let scaled = machine.mul(beta, x);
        let power = machine.exp(scaled);
        let log = machine.log_1p(power);
        let softplus = machine.div(log, beta);
        if machine.less(threshold, scaled) { x } else { softplus }
    },
}
