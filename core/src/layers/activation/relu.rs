//! The rectified linear unit: `relu`.

use crate::layers::activation::declare::activation;

activation! {
    /// `max(x, 0)`, element by element.
    relu: Relu,
    census: [cmp(1)],
    conventions: [ptflops(1), ptflops_functional(1), torchstat_flops(1), torchstat_madd(1), torchstat_read(1), torchstat_write(1), calflops(1)],
    function: |machine, x| machine.max(x, 0.0),
    storage: CLAMP,
}
