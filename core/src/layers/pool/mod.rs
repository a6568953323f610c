//! Pools.

pub(crate) mod adaptive_avg_pool;
pub(crate) mod adaptive_max_pool;
pub(crate) mod avg_pool;
pub(crate) mod max_pool;
