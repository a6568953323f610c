//! The rectified linear unit that leaks: `leaky_relu`.

use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::table::Kind;
use crate::layers::activation::declare::activation;

activation! {
    /// `x` where it is positive and `negative_slope · x` elsewhere, element by element:
    /// `x.leaky_relu(negative_slope = 0.2)`.
    leaky_relu: LeakyRelu,
    /// The options of [`Tensor::leaky_relu`], PyTorch's `LeakyReLU`: a negative slope of 0.01.
    options: {
        /// The factor of negative numbers.
        negative_slope: 0.01, is_finite: "a finite number",
    },
    census: [cmp(1), mul(1)],
    conventions: [ptflops(1), torchstat_flops(1), torchstat_read(1), torchstat_write(1), calflops(1)],
    // The product is always computed: neither the count nor the time depends on the data.
    function: |machine, x| {
        let scaled = machine.mul(x, negative_slope);
        if machine.less(x, 0.0) { scaled } else { x }
    },
}

impl LeakyRelu {
    /// Its kernel over integers of 8 bits.
    pub(crate) const fn int8(&self, _: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        let kind = Kind::LeakyRelu { slope: self.negative_slope };
        Some(Kernel::table(kind, numbers.inputs[0], numbers.output))
    }
}
