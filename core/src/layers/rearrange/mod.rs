//! Layers that move data and do no arithmetic.

pub(crate) mod channel_shuffle;
pub(crate) mod concat;
pub(crate) mod identity;
pub(crate) mod pad;
pub(crate) mod permute;
pub(crate) mod pixel_shuffle;
pub(crate) mod reshape;
pub(crate) mod roll;
pub(crate) mod slice;
