//! The logistic function: `sigmoid`.

use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::table::Kind;
use crate::layers::activation::declare::activation;

activation! {
    /// `1 / (1 + e^-x)`, element by element.
    sigmoid: Sigmoid,
    census: [exp(1), add(1), div(1)],
    conventions: [],
    function: sigmoid,
}

impl Sigmoid {
    /// Its kernel over integers of 8 bits.
    pub(crate) const fn int8(&self, _: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        Some(Kernel::table(Kind::Logistic, numbers.inputs[0], numbers.output))
    }
}

#[inline(always)]
pub(crate) fn sigmoid<M: Machine>(machine: &mut M, x: f32) -> f32 {
    let power = machine.exp(-x);
    let sum = machine.add(1.0, power);
    machine.div(1.0, sum)
}
