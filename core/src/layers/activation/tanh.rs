//! The hyperbolic tangent: `tanh`.

use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::table::Kind;
use crate::layers::activation::declare::activation;

activation! {
    /// `tanh(x)`, element by element.
    tanh: Tanh,
    census: [tanh(1)],
    conventions: [],
    function: |machine, x| machine.tanh(x),
}

impl Tanh {
    /// Its kernel over integers of 8 bits.
    pub(crate) const fn int8(&self, _: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        Some(Kernel::table(Kind::Tanh, numbers.inputs[0], numbers.output))
    }
}
