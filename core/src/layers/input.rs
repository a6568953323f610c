//! The inputs of a network.

use super::{Ran, State, Storage};
use crate::Work;
use crate::conventions::Row;
use crate::graph::Io;
use crate::machine::Machine;
use crate::program::{Step, Words};
use crate::syntax::Syntax;

/// An input: its data is in the arena before the run.
#[derive(Clone, Copy)]
pub(crate) struct Input;

pub(super) const SYNTAX: &[Syntax] = &[];

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
