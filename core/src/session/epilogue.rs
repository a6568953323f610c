//! What happens to the sums of a convolution or linear layer before they are stored: the normalisation, residual
//! addition and activation of the layers after it.

use std::vec::Vec;

use pulp::Simd;

use crate::layers::list::Op;
use crate::session::isa::{BLOCK, load, store};
use crate::session::memory::{Buffer, Slice};

/// One scale and one shift per output channel, to be multiplied into weights and bias.
pub(crate) struct Affine {
    pub scale: Vec<f32>,
    pub shift: Vec<f32>,
}

/// The minimum and the maximum.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Clamp {
    pub least: f32,
    pub greatest: f32,
}

impl Clamp {
    const NONE: Clamp = Clamp { least: f32::NEG_INFINITY, greatest: f32::INFINITY };

    /// The limits of an activation that only clamps.
    pub fn of(op: &Op) -> Option<Self> {
        match op {
            Op::Relu(_) => Some(Clamp { least: 0.0, ..Clamp::NONE }),
            Op::Relu6(_) => Some(Clamp { least: 0.0, greatest: 6.0 }),
            Op::Clamp(layer) => Some(Clamp {
                least: layer.min.unwrap_or(Clamp::NONE.least),
                greatest: layer.max.unwrap_or(Clamp::NONE.greatest),
            }),
            _ => None,
        }
    }

    #[inline(always)]
    pub fn apply<S: Simd>(self, simd: S, x: S::f32s) -> S::f32s {
        clamp(simd, x, simd.splat_f32s(self.least), simd.splat_f32s(self.greatest))
    }
}

/// NaN stays NaN.
#[inline(always)]
fn clamp<S: Simd>(simd: S, x: S::f32s, least: S::f32s, greatest: S::f32s) -> S::f32s {
    let x = simd.select_f32s(simd.less_than_f32s(x, least), least, x);
    simd.select_f32s(simd.less_than_f32s(greatest, x), greatest, x)
}

pub(crate) struct Epilogue {
    /// The initial values of the sums, padded with zeros to whole panels.
    pub bias: Buffer,
    /// Added to the sums; in the layout of the output.
    pub residual: Option<Slice>,
    pub clamp: Option<Clamp>,
}

impl Epilogue {
    pub fn new(shift: &[f32], residual: Option<Slice>, clamp: Option<Clamp>) -> Self {
        let mut bias = Buffer::zeros(shift.len() + 4 * BLOCK);
        bias.as_mut()[..shift.len()].copy_from_slice(shift);
        Epilogue { bias, residual, clamp }
    }

    /// Prepares the epilogue; `residual` is the tensor to add.
    #[inline(always)]
    pub fn end<'a, S: Simd>(&self, simd: S, residual: Option<&'a [f32]>) -> End<'a, S> {
        let Clamp { least, greatest } = self.clamp.unwrap_or(Clamp::NONE);
        End { residual, least: simd.splat_f32s(least), greatest: simd.splat_f32s(greatest) }
    }
}

/// An epilogue in registers.
#[derive(Clone, Copy)]
pub(crate) struct End<'a, S: Simd> {
    residual: Option<&'a [f32]>,
    least: S::f32s,
    greatest: S::f32s,
}

impl<S: Simd> End<'_, S> {
    /// Applies the epilogue to a vector of sums, and stores it at an element of the output.
    #[inline(always)]
    pub fn store(&self, simd: S, mut sum: S::f32s, output: &mut [f32], at: usize) {
        if let Some(residual) = self.residual {
            sum = simd.add_f32s(sum, load::<S>(&residual[at..]));
        }
        store::<S>(&mut output[at..], clamp(simd, sum, self.least, self.greatest));
    }
}
