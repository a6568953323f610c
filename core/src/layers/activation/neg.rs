//! The negative: `neg`.

use crate::layers::activation::declare::activation;

activation! {
    /// `-x`, element by element. It counts nothing: it only flips a sign.
    neg: Neg,
    census: [],
    conventions: [torchstat_memory(0)],
    function: |_, x| -x,
}
