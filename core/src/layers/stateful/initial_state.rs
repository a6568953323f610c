//! A tensor that keeps its numbers from one run to the next: `state`.

use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::{Builder, Tensor};
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step};
use crate::layers::list::Op;
use crate::layers::moves::moves;
use crate::op::row::Row;
use crate::op::storage::{Place, Storage};
use crate::op::syntax::{Form, Syntax};
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] =
    &[Syntax::method("state", "InitialState", &["shape"], &["value"]).form(Form::Source)];

/// The options of `state`: its shape, and the number that it starts with.
#[derive(Clone, Copy)]
pub struct InitialState {
    shape: Shape,
    value: f32,
}

impl InitialState {
    /// A state with these extents, of zeros at the start.
    #[track_caller]
    pub const fn new<const N: usize>(shape: [usize; N]) -> Self {
        InitialState::of(Shape::new(&shape))
    }

    /// A state of a shape, of zeros at the start.
    pub(crate) const fn of(shape: Shape) -> Self {
        InitialState { shape, value: 0.0 }
    }

    /// What each of its elements is before the first run.
    pub const fn value(mut self, value: f32) -> Self {
        self.value = value;
        self
    }
}

impl Op {
    /// The number that a state starts with.
    pub(crate) const fn initial(&self) -> f32 {
        match self {
            Op::InitialState(state) => state.value,
            _ => 0.0,
        }
    }
}

impl<'g> Builder<'g> {
    /// A tensor that keeps its numbers from one run to the next: `let total = state([10])`, or `state([10], value =
    /// 1.0)`. [`update`](Tensor::update) gives it those of the next run.
    ///
    /// All states lie at the start of the arena, in [`STATE_BYTES`](crate::Network::STATE_BYTES).
    /// [`start`](crate::Network::start) writes their first numbers. If a state is the start of a concatenation along the
    /// first axis (in 8 bits, the second), and is updated with its end, all of that is kept, and the state is a part of it,
    /// unless more is new than is kept.
    #[track_caller]
    pub const fn state(&'g self, options: InitialState) -> Tensor<'g> {
        self.push(Op::InitialState(options), &[], options.shape)
    }

    /// A state of zeros.
    #[track_caller]
    pub(crate) const fn kept(&'g self, shape: Shape) -> Tensor<'g> {
        self.state(InitialState { shape, value: 0.0 })
    }
}

moves!(InitialState, |_| Row::UNCOUNTED);

impl InitialState {
    pub(crate) const fn name(&self) -> &'static str {
        "state"
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage { place: Place::Kept, ..Storage::OWN }
    }

    pub(crate) const fn encode(&self, _: Io<'_>, words: Words) -> Words {
        words
    }

    /// It is there before the run.
    pub(crate) fn kernel<M: Machine>(_: &mut M, _: Step<'_, '_>) -> Ran {
        Some(())
    }
}
