//! Recurrent layers.

mod kernel;
mod messages;
pub(crate) mod options;
pub(crate) mod recurrent;
#[cfg(test)]
mod tests;
