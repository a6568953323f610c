//! Batch normalisation at inference: `batch_norm`.

use crate::base::math::{add, multiply};
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::layers::options::options;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::{Folding, Storage};
use crate::op::sums::Sums;
use crate::op::syntax::Syntax;
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] = &[BatchNorm::syntax("batch_norm", "BatchNorm")];

options! {
    /// The options of [`Tensor::batch_norm`], PyTorch's `BatchNorm1d`, `2d` and `3d` in evaluation.
    ///
    /// The state dict holds `weight`, `bias` (both with `affine` only), `running_mean` and `running_var`, each
    /// `[channels]`. What is deployed, and what the run's weights hold, is a scale and a shift for each channel:
    /// `scale = weight / √(running_var + eps)`, `shift = bias − running_mean · scale`.
    pub struct BatchNorm {}

    /// An epsilon of 1e-5, with learned weight and bias.
    new();

    /// What is added to the variance.
    eps: f32 = 1e-5;

    /// Whether weight and bias are learned.
    affine: bool = true;
}

impl<'g> Tensor<'g> {
    /// Scales and shifts each channel, along axis 0, by its statistics: `x.batch_norm(eps = 1e-3)`.
    #[track_caller]
    pub const fn batch_norm(self, options: BatchNorm) -> Tensor<'g> {
        if self.rank() == 0 {
            panic!("`batch_norm` takes a tensor with at least one axis, its channels");
        }
        if !(options.eps > 0.0 && options.eps < f32::INFINITY) {
            panic!("`batch_norm`: eps is a positive number");
        }
        self.builder.push_one(Op::BatchNorm(options), self.node, self.shape)
    }
}

impl BatchNorm {
    pub(crate) const fn name(&self) -> &'static str {
        "batch_norm"
    }

    pub(crate) const fn count(&self, io: Io<'_>, sums: &mut Sums) {
        let (parameters, elements) = (2 * io.output().dims[0] as u128, io.elements() as u128);
        if self.affine {
            sums.params += parameters;
        }
        if !io.folded {
            sums.wide_weights += parameters;
            sums.census.mul += elements;
            sums.census.add += elements;
            sums.moved += elements;
        }
    }

    pub(crate) const fn state(&self, io: Io<'_>) -> State {
        State::normalisation(Shape::new(&[io.output().at(0)]), self.affine, self.eps)
    }

    pub(crate) const fn conventions(&self, io: Io<'_>) -> Row {
        if io.folded {
            return Row::UNCOUNTED;
        }
        let channels = io.output().at(0) as u64;
        let row = Row::with_params(io, if self.affine { 2 * channels } else { 0 });
        let (elements, each) = (io.elements(), if self.affine { 2 } else { 1 });
        let operations = multiply(each, elements);
        let row = Row {
            thop: multiply(2, operations),
            ultralytics_thop: multiply(2, operations),
            ptflops: operations,
            fvcore: operations,
            torchinfo: row.params,
            calflops: operations,
            ..row
        };
        match io.output().rank() {
            3 => Row {
                torchstat_flops: operations,
                torchstat_madd: multiply(4, elements),
                // Even if it has no weights.
                torchstat_read: add(elements, 2 * channels),
                torchstat_write: elements,
                ..row
            },
            _ => row,
        }
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage { folding: Folding::Normalisation, ..Storage::IN_PLACE }
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let channels = io.output().at(0);
        words.push(channels as u32).count(io.elements() / channels as u64)
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, channels, plane] = step.words()?;
        let (channels, plane) = (channels as usize, plane as usize);
        let input = step.view(machine, x, channels * plane)?;
        let output = step.view(machine, out, channels * plane)?;
        let scales = step.params(machine, channels)?;
        let shifts = step.params(machine, channels)?;
        for ((input, output), (&scale, &shift)) in
            rows(input, plane).zip(rows(output, plane)).zip(scales.iter().zip(shifts))
        {
            for (input, output) in input.iter().zip(output) {
                let scaled = machine.mul(input.get(), scale);
                output.set(machine.add(scaled, shift));
            }
        }
        Some(())
    }
}
