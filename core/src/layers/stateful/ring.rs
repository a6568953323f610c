//! The last frames of a sequence, kept in a ring: nothing moves but what is new.
//!
//! A ring is a state of `[channels · frames + 1]`: the frames of each channel one after another, from wherever the ring
//! has come to, and last, where that is.

use core::cell::Cell;

use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::layers::moves::moves;
use crate::op::row::Row;
use crate::op::storage::{Place, Reads, Storage};
use crate::op::syntax::Syntax;
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] = &[];

/// Takes new frames into a ring, in the place of the oldest.
#[derive(Clone, Copy)]
pub(crate) struct Ring {
    frames: u32,
}

impl<'g> Tensor<'g> {
    /// A ring for the last frames of this sequence, `[channels, ..]`.
    #[track_caller]
    pub(super) const fn ring(self, frames: usize) -> Tensor<'g> {
        self.builder.kept(Shape::new(&[self.shape.at(0) * frames + 1]))
    }

    /// Takes the frames of a sequence into a ring.
    #[track_caller]
    pub(super) const fn take_in(self, sequence: Tensor<'g>) {
        let frames = (self.shape.at(0) - 1) / sequence.shape.at(0);
        let _ = self.builder.push_two(Op::Ring(Ring { frames: frames as u32 }), self.node, sequence.node, self.shape);
    }
}

moves!(Ring, |_| Row::UNCOUNTED);

impl Ring {
    pub(crate) const fn name(&self) -> &'static str {
        "ring"
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage { place: Place::IntoOperand, ..Storage::OWN }.reads(Reads::Written)
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        words.count(io.input(1).at(0) as u64).count(io.input(1).at(1) as u64).push(self.frames)
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, _, x, channels, new, frames] = step.words()?;
        let (channels, new, frames) = (channels as usize, new as usize, frames as usize);
        let (ring, position) = split(step.view(machine, out, channels * frames + 1)?)?;
        let mut end = 0;
        for (kept, sequence) in rows(ring, frames).zip(rows(step.view(machine, x, channels * new)?, new)) {
            end = position.get() as usize;
            for frame in sequence {
                kept.get(end)?.set(frame.get());
                end = if end + 1 == frames { 0 } else { end + 1 };
            }
        }
        position.set(end as f32);
        Some(())
    }
}

/// The frames of a ring, and where the next one goes.
pub(super) fn split(ring: &[Cell<f32>]) -> Option<(&[Cell<f32>], &Cell<f32>)> {
    let (position, frames) = ring.split_last()?;
    Some((frames, position))
}
