//! Where the output of a layer lies.

/// Where a layer's output lies.
#[derive(Clone, Copy)]
pub(crate) enum Storage {
    /// In memory of its own.
    Own,
    /// In memory of its own, or in that of an operand of the same size that nobody reads afterwards.
    InPlace,
    /// In its input's memory, from an element on: nothing is moved.
    View { offset: u64 },
}
