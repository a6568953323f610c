//! The inputs of a network.

use crate::graph::io::Io;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step};
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::Work;

/// An input: its data is in the arena before the run.
#[derive(Clone, Copy)]
pub(crate) struct Input;

pub(crate) const SYNTAX: &[Syntax] = &[];

impl Input {
    pub const fn name(&self) -> &'static str {
        "input"
    }

    pub const fn work(&self, _: Io<'_>) -> Work {
        Work::NONE
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        Row::UNCOUNTED.torchinfo_input(io.elements())
    }

    pub const fn storage(&self) -> Storage {
        Storage::Own
    }

    pub const fn encode(&self, _: Io<'_>, words: Words) -> Words {
        words
    }

    pub fn kernel<M: Machine>(_: &mut M, _: Step<'_, '_>) -> Ran {
        Some(())
    }
}
