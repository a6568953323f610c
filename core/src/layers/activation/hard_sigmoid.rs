//! The logistic function in three straight pieces: `hard_sigmoid`.

use crate::layers::activation::declare::activation;

activation! {
    /// `min(max(x + 3, 0), 6) / 6`, element by element.
    hard_sigmoid: HardSigmoid,
    census: [add(1), cmp(2), div(1)],
    conventions: [],
    function: |machine, x| {
        let shifted = machine.add(x, 3.0);
        let positive = machine.max(shifted, 0.0);
        let clamped = machine.min(positive, 6.0);
        machine.div(clamped, 6.0)
    },
}
