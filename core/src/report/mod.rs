//! The report of a network and the profile of its run, as text, Markdown and JSON.
//!
//! Imports `base` to `weights`.

#[cfg(feature = "std")]
pub(crate) mod export;
#[cfg(feature = "std")]
pub(crate) mod profile;
pub(crate) mod report;
pub(crate) mod subject;
pub(crate) mod table;
pub(crate) mod under;
