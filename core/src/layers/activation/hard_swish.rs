//! The input weighted by its [`hard_sigmoid`](crate::graph::tensor::Tensor::hard_sigmoid): `hard_swish`.

use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::table::Kind;
use crate::layers::activation::declare::activation;

activation! {
    /// `x · min(max(x + 3, 0), 6) / 6`, element by element.
    hard_swish: HardSwish,
    census: [add(1), cmp(2), mul(1), div(1)],
    conventions: [],
    function: |machine, x| {
        let shifted = machine.add(x, 3.0);
        let positive = machine.max(shifted, 0.0);
        let clamped = machine.min(positive, 6.0);
        let product = machine.mul(x, clamped);
        machine.div(product, 6.0)
    },
}

impl HardSwish {
    /// Its kernel over integers of 8 bits.
    pub(crate) const fn int8(&self, _: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        Some(Kernel::table(Kind::HardSwish, numbers.inputs[0], numbers.output))
    }
}
