//! The negative: `neg`.

use crate::pointwise::activation;

activation! {
    /// `-x`, element by element. It counts nothing: a sign is turned.
    neg: Neg,
    census: [],
    conventions: [torchstat_memory(0)],
    function: |_, x| -x,
}
