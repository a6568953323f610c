//! What a state is in the next run: `update`.

use crate::base::message::Text;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::kernel::{Kernel, Numbers};
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, copy};
use crate::layers::list::Op;
use crate::layers::moves::moves;
use crate::op::row::Row;
use crate::op::storage::{Place, Reads, Storage};
use crate::op::syntax::Syntax;
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] = &[Syntax::plain("update", &["value"])];

/// A copy into a state.
#[derive(Clone, Copy)]
pub(crate) struct Update;

impl<'g> Tensor<'g> {
    /// Gives a [`state`](crate::__macro::Builder::state) the numbers of the next run: `total.update(total + x)`.
    ///
    /// They are copied here, in the order of the declaration: what needs the state's numbers of this run comes before. A
    /// state is updated once.
    #[track_caller]
    pub const fn update(self, value: Tensor<'g>) {
        if !matches!(self.builder.graph().node(self.node as usize).op, Op::InitialState(_)) {
            panic!("`update` changes a state, which `state(..)` makes; this is another tensor");
        }
        if !self.shape.same(&value.shape) {
            Text::new()
                .str("a state of shape ")
                .shape(&self.shape)
                .str(" is updated with a tensor of shape ")
                .shape(&value.shape)
                .fail();
        }
        let _ = self.builder.push_two(Op::Update(Update), self.node, value.node, self.shape);
    }
}

moves!(Update, |_| Row::UNCOUNTED);

impl Update {
    pub(crate) const fn name(&self) -> &'static str {
        "update"
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage { place: Place::IntoOperand, ..Storage::OWN }.reads(Reads::Written)
    }

    /// Its kernel over integers of 8 bits.
    pub(crate) const fn int8(&self, io: Io<'_>, _: &Numbers) -> Option<Kernel> {
        Some(Kernel::Update(io.elements() as u32))
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        words.count(io.elements())
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, _, value, elements] = step.words()?;
        let output = step.view(machine, out, elements as usize)?;
        copy(step.view(machine, value, elements as usize)?, output);
        Some(())
    }
}
