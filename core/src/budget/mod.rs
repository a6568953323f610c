//! The limits of `#[budget(..)]`: how they are written, what they limit, whether they hold, and the message when they do
//! not.
//!
//! Imports `base` to `tables`.

pub(crate) mod amount;
pub(crate) mod budget;
pub(crate) mod check;
pub(crate) mod heaviest;
pub(crate) mod message;
pub(crate) mod parse;
