//! The limits of `#[budget(..)]`: how they are written, what they limit, whether a network keeps them, and the message
//! when it does not.
//!
//! Imports `base` to `tables`.

pub(crate) mod amount;
pub(crate) mod budget;
pub(crate) mod check;
pub(crate) mod heaviest;
pub(crate) mod message;
pub(crate) mod parse;
pub(crate) mod written;
