//! How layers are tested: graphs that are built, run and counted, and compared with naive loops.
//!
//! Imports everything; only tests import it.

pub(crate) mod at_run_time;
pub(crate) mod built;
pub(crate) mod random_networks;
mod random_plans;
pub(crate) mod testing;
