//! What other tools count: a file for each tool, with its numbers and their formulas from the sums of rows, and the
//! rows of modules that tools see as one layer.
//!
//! Imports `base` to `deploy`.

pub(crate) mod calflops;
pub(crate) mod counted;
pub(crate) mod flop_counter;
pub(crate) mod fvcore;
pub(crate) mod hollemans;
pub(crate) mod modules;
pub(crate) mod ptflops;
pub(crate) mod tally;
pub(crate) mod textbook;
pub(crate) mod thop;
pub(crate) mod tool;
pub(crate) mod torchinfo;
pub(crate) mod torchstat;
