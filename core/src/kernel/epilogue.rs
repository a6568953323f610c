//! How the sums of convolution and linear layers start and end.

use core::slice;

use crate::kernel::machine::Machine;
use crate::kernel::step::Step;

/// What is done to each sum of one output channel.
#[derive(Clone, Copy)]
pub(crate) enum End {
    /// Nothing.
    Bare,
    /// It starts from a bias.
    Bias(f32),
    /// It is scaled and shifted: a normalisation folded into the layer, and the layer's own bias within its shift.
    Norm { scale: f32, shift: f32 },
}

impl End {
    #[inline(always)]
    pub fn start<M: Machine>(self, machine: &mut M) -> M::Sum {
        match self {
            End::Bias(bias) => machine.sum_from(bias),
            _ => machine.sum(),
        }
    }

    #[inline(always)]
    pub fn finish<M: Machine>(self, machine: &mut M, sum: M::Sum) -> f32 {
        let value = machine.total(sum);
        match self {
            End::Norm { scale, shift } => {
                let scaled = machine.mul(value, scale);
                machine.add(scaled, shift)
            }
            _ => value,
        }
    }
}

/// The [`End`] of each output channel.
pub(crate) struct Ends<'a> {
    code: u32,
    first: slice::Iter<'a, f32>,
    second: slice::Iter<'a, f32>,
}

impl<'a> Ends<'a> {
    const BIAS: u32 = 1;
    const NORM: u32 = 2;

    /// The word of a step that says which it is.
    pub const fn code(bias: bool, epilogue: bool) -> u32 {
        match (epilogue, bias) {
            (true, _) => Self::NORM,
            (_, true) => Self::BIAS,
            _ => 0,
        }
    }

    /// Takes its numbers from the step's parameters.
    pub fn read<M: Machine>(code: u32, machine: &mut M, step: &mut Step<'a, '_>, channels: usize) -> Option<Self> {
        let first = if code == 0 { 0 } else { channels };
        let second = if code == Self::NORM { channels } else { 0 };
        Some(Ends { code, first: step.params(machine, first)?.iter(), second: step.params(machine, second)?.iter() })
    }

    #[inline(always)]
    pub fn next(&mut self) -> Option<End> {
        match self.code {
            0 => Some(End::Bare),
            Self::BIAS => Some(End::Bias(*self.first.next()?)),
            _ => Some(End::Norm { scale: *self.first.next()?, shift: *self.second.next()? }),
        }
    }
}
