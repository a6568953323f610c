//! The square root: `sqrt`.

use crate::layers::activation::declare::activation;

activation! {
    /// `√x`, element by element; NaN for a negative number.
    sqrt: Sqrt,
    census: [sqrt(1)],
    conventions: [torchstat_memory(0)],
    function: |machine, x| machine.sqrt(x),
}
