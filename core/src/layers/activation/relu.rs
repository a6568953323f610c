//! The rectified linear unit: `relu`.

use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::quantization::Activation;
use crate::int8::table::Kind;
use crate::layers::activation::declare::activation;

activation! {
    /// `max(x, 0)`, element by element.
    relu: Relu,
    census: [cmp(1)],
    conventions: [ptflops(1), ptflops_functional(1), torchstat_flops(1), torchstat_madd(1), torchstat_read(1), torchstat_write(1), calflops(1)],
    function: |machine, x| machine.max(x, 0.0),
    storage: CLAMP,
}

impl Relu {
    /// Its kernel over integers of 8 bits.
    pub(crate) const fn int8(&self, _: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        Some(Kernel::table(Kind::Activation(Activation::Relu), numbers.inputs[0], numbers.output))
    }
}
