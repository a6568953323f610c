//! The rectified linear unit with a ceiling: `relu6`.

use crate::layers::activation::declare::activation;

activation! {
    /// `min(max(x, 0), 6)`, element by element.
    relu6: Relu6,
    census: [cmp(2)],
    conventions: [ptflops(1), torchstat_flops(1), torchstat_madd(1), torchstat_read(1), torchstat_write(1)],
    function: |machine, x| {
        let positive = machine.max(x, 0.0);
        machine.min(positive, 6.0)
    },
    storage: CLAMP,
}
