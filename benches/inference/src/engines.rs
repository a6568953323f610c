//! What all engines have in common: they hold a network and its input, and run it.

pub mod netcost;
pub mod python;
pub mod rten;
pub mod tract;

use std::time::Duration;

use crate::Result;

/// A network loaded into an engine, with its input.
pub trait Engine {
    /// The engine's name, a row of the table.
    fn name(&self) -> &str;

    /// The output of one inference.
    fn output(&mut self) -> Result<Vec<f32>>;

    /// The processor's time for `count` inferences in a row, over all threads: a second thread gains nothing, and other
    /// work on the machine does not count.
    fn time(&mut self, count: usize) -> Result<Duration>;
}
