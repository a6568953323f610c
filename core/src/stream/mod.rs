//! Networks that run row by row: a prefix of the layers as segments, each from a whole map to a whole map, with the rows
//! between kept only as long as they are read; the rest layer by layer.
//!
//! Imports `base` to `deploy`.

pub(crate) mod cuts;
pub(crate) mod rows;
pub(crate) mod stream;
