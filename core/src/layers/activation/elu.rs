//! The exponential linear unit: `elu`.

use crate::layers::activation::declare::activation;

activation! {
    /// `x` where it is positive and `alpha · (e^x − 1)` elsewhere, element by element: `x.elu()`, `x.elu(alpha = 0.5)`.
    elu: Elu,
    /// The options of [`Tensor::elu`], PyTorch's `ELU`: an alpha of 1.
    options: {
        /// The factor of negative numbers; the output for large ones is its negative.
        alpha: 1.0, is_finite: "a finite number",
    },
    census: [cmp(1), exp(1), add(1), mul(1)],
    conventions: [ptflops(1), ptflops_functional(1), torchstat_flops(1), torchstat_read(1), torchstat_write(1), calflops(1)],
    function: |machine, x| {
        let power = machine.exp_m1(x);
        let negative = machine.mul(alpha, power);
        if machine.less(0.0, x) { x } else { negative }
    },
}
