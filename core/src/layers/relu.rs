//! The rectified linear unit: `relu`.

use crate::pointwise::activation;

activation! {
    /// `max(x, 0)`, element by element.
    relu: Relu,
    census: [cmp(1)],
    function: |machine, x| machine.max(x, 0.0),
}
