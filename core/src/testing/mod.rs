//! How layers are tested: graphs that are built, run and counted, and compared with naive loops.
//!
//! Imports everything; nothing imports it but tests.

pub(crate) mod at_run_time;
pub(crate) mod built;
pub(crate) mod random_networks;
pub(crate) mod testing;
