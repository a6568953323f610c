//! The exponential: `exp`.

use crate::layers::activation::declare::activation;

activation! {
    /// `e^x`, element by element.
    exp: Exp,
    census: [exp(1)],
    conventions: [torchstat_memory(0)],
    function: |machine, x| machine.exp(x),
}
