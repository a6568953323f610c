//! The Gaussian error linear unit, exact: `gelu`.

use core::f32::consts::FRAC_1_SQRT_2;

use crate::layers::activation::declare::activation;

activation! {
    /// `x / 2 · (1 + erf(x / √2))`, element by element: PyTorch's `GELU`, not its approximation by `tanh`.
    gelu: Gelu,
    census: [mul(3), erf(1), add(1)],
    conventions: [ptflops(1), ptflops_functional(1), calflops(1)],
    function: |machine, x| {
        let half = machine.mul(0.5, x);
        let scaled = machine.mul(x, FRAC_1_SQRT_2);
        let erf = machine.erf(scaled);
        let sum = machine.add(1.0, erf);
        machine.mul(half, sum)
    },
}
