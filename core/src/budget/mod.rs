//! The limits of `#[budget(..)]`: what they limit, whether they hold, and the message when they do not.
//!
//! Imports `base` to `tools`.

pub(crate) mod limit;
