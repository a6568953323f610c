//! What a layer states about itself: its axes and windows, operations, tensors, storage, words, syntax, and what tools
//! count for it.
//!
//! Imports `base`.

pub(crate) mod axis;
pub(crate) mod lag;
pub(crate) mod module;
pub(crate) mod row;
pub(crate) mod state;
pub(crate) mod storage;
pub(crate) mod sums;
pub(crate) mod syntax;
pub(crate) mod window;
pub(crate) mod words;
pub(crate) mod work;
