//! The inputs of a network.

use crate::graph::io::Io;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step};
use crate::layers::moves::moves;
use crate::op::row::Row;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;

/// An input: its data is in the arena before the run.
#[derive(Clone, Copy)]
pub(crate) struct Input;

pub(crate) const SYNTAX: &[Syntax] = &[];

moves!(Input, |io| Row::UNCOUNTED.torchinfo_input(io.elements()));

impl Input {
    pub const fn name(&self) -> &'static str {
        "input"
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    pub const fn encode(&self, _: Io<'_>, words: Words) -> Words {
        words
    }

    pub fn kernel<M: Machine>(_: &mut M, _: Step<'_, '_>) -> Ran {
        Some(())
    }
}
