//! The natural logarithm: `log`.

use crate::layers::activation::declare::activation;

activation! {
    /// `ln(x)`, element by element; NaN for a negative number.
    log: Log,
    census: [log(1)],
    conventions: [torchstat_memory(0)],
    function: |machine, x| machine.log(x),
}
