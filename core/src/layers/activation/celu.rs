//! The exponential linear unit without a bend: `celu`.

use crate::layers::activation::declare::activation;

activation! {
    /// `x` where it is positive and `alpha · (e^(x / alpha) − 1)` elsewhere, element by element:
    /// `x.celu(alpha = 0.5)`. Its slope is 1 on both sides of zero.
    celu: Celu,
    /// The options of [`Tensor::celu`], PyTorch's `CELU`: an alpha of 1.
    options: {
        /// The output for large negative numbers is its negative.
        alpha: 1.0, is_normal: "a finite number other than 0",
    },
    census: [cmp(1), div(1), exp(1), add(1), mul(1)],
    conventions: [],
    function: |machine, x| {
        let scaled = machine.div(x, alpha);
        let power = machine.exp_m1(scaled);
        let negative = machine.mul(alpha, power);
        if machine.less(0.0, x) { x } else { negative }
    },
}
