//! The hyperbolic tangent: `tanh`.

use crate::layers::activation::declare::activation;

activation! {
    /// `tanh(x)`, element by element.
    tanh: Tanh,
    census: [tanh(1)],
    conventions: [],
    function: |machine, x| machine.tanh(x),
}
