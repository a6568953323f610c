//! The rectified linear unit with a ceiling: `relu6`.

use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::quantization::Activation;
use crate::int8::table::Kind;
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

impl Relu6 {
    /// Its kernel over integers of 8 bits.
    pub(crate) const fn int8(&self, _: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        Some(Kernel::table(Kind::Activation(Activation::Relu6), numbers.inputs[0], numbers.output))
    }
}
