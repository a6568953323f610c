//! The absolute value: `abs`.

use crate::layers::activation::declare::activation;

activation! {
    /// `|x|`, element by element. It counts nothing: it only clears a sign.
    abs: Abs,
    census: [],
    conventions: [torchstat_memory(0)],
    function: |_, x| x.abs(),
}
