//! What everything builds on: shapes, names, element types, numbers given for each axis, checked arithmetic, the text
//! of messages, and JSON.
//!
//! Imports nothing of the crate.

pub(crate) mod array_text;
pub(crate) mod dtype;
pub(crate) mod element;
pub(crate) mod json;
pub(crate) mod layout;
pub(crate) mod math;
pub(crate) mod message;
pub(crate) mod name;
pub(crate) mod per_axis;
pub(crate) mod shape;
pub(crate) mod slots;
pub(crate) mod suggest;
pub(crate) mod typenum_of;
