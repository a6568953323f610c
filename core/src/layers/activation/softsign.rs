//! The input over its distance from −1 or 1: `softsign`.

use crate::layers::activation::declare::activation;

activation! {
    /// `x / (1 + |x|)`, element by element.
    softsign: Softsign,
    census: [add(1), div(1)],
    conventions: [],
    function: |machine, x| {
        let sum = machine.add(1.0, x.abs());
        machine.div(x, sum)
    },
}
