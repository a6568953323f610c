//! The exponential linear unit that normalises itself: `selu`.

use crate::layers::activation::declare::activation;

/// Klambauer et al., Self-Normalizing Neural Networks (2017), equation 14.
const ALPHA: f32 = 1.673_263_2;
const SCALE: f32 = 1.050_701;

activation! {
    /// `1.0507 · x` where it is positive and `1.0507 · 1.6733 · (e^x − 1)` elsewhere, element by element.
    selu: Selu,
    census: [cmp(1), exp(1), add(1), mul(2)],
    conventions: [],
    function: |machine, x| {
        let power = machine.exp_m1(x);
        let negative = machine.mul(ALPHA, power);
        let either = if machine.less(0.0, x) { x } else { negative };
        machine.mul(SCALE, either)
    },
}
