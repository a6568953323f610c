//! The fully connected layer: `linear`.

use core::cell::Cell;

use crate::base::dtype::DataType;
use crate::base::layout::Layout;
use crate::base::math::{add, multiply};
use crate::base::message::Text;
use crate::base::name::Name;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::linear as int8;
use crate::kernel::epilogue::{End, Ends};
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Rows, Step, rows};
use crate::layers::list::Op;
use crate::layers::options::options;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::{Channels, Folding, Reads, Storage};
use crate::op::sums::{DotProducts, Sums};
use crate::op::syntax::Syntax;
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] = &[Linear::syntax("linear", "Linear")];

options! {
    /// The options of [`Tensor::linear`], PyTorch's `Linear`.
    ///
    /// Weights are `[out_features, in_features]`, the bias is `[out_features]`.
    pub struct Linear {
        out_features: usize,
        /// The names of weight and bias in the state dict, if they belong to its module rather than to it.
        of_module: Option<&'static [Name; 2]> = None,
        /// The outputs whose weights are all zero, of a network from a file.
        dead: usize = 0,
    }

    /// With bias.
    new(out_features: usize);

    /// Whether a learned number is added to each output feature.
    bias: bool = true;
}

impl Linear {
    /// So many outputs have weights that are all zero.
    pub(crate) const fn dead(mut self, dead: usize) -> Self {
        self.dead = dead;
        self
    }

    /// As part of a module, which has weight and bias in the state dict by these names.
    pub(crate) const fn of_module(mut self, names: &'static [Name; 2]) -> Self {
        self.of_module = Some(names);
        self
    }
}

impl<'g> Tensor<'g> {
    /// A matrix product with learned weights along the last axis: `x.linear(10, bias = false)`. Axes before it are
    /// kept.
    #[track_caller]
    pub const fn linear(self, options: Linear) -> Tensor<'g> {
        if self.rank() == 0 {
            panic!("`linear` takes a tensor with at least one axis");
        }
        if options.out_features == 0 {
            Text::new().str("`linear`: out_features is zero; it is at least 1").fail();
        }
        let shape = self.shape.with(self.rank() - 1, options.out_features);
        self.builder.push_one(Op::Linear(options), self.node, shape)
    }
}

impl Linear {
    pub(crate) const fn name(&self) -> &'static str {
        "linear"
    }

    pub(crate) const fn count(&self, io: Io<'_>, sums: &mut Sums) {
        let input = io.input(0);
        sums.input += input.elements as u128;
        sums.count_dot_products(&DotProducts {
            outputs: io.elements() as u128,
            length: input.dims[input.rank() - 1] as u128,
            skipped: 0,
            empty: 0,
            bias: self.bias,
            epilogue: io.epilogue,
            channels: self.out_features as u128,
            rows: if let DataType::I8 = io.graph.settings.dtype { self.out_features as u128 } else { 0 },
            dead: self.dead as u128,
        });
    }

    pub(crate) const fn state(&self, io: Io<'_>) -> State {
        let state = State::weight(Shape::new(&[self.out_features, io.input(0).dim(-1)]), self.bias);
        match self.of_module {
            Some(names) => state.of_module(names),
            None => state,
        }
    }

    pub(crate) const fn conventions(&self, io: Io<'_>) -> Row {
        let (macs, outputs) = (multiply(io.elements(), io.input(0).dim(-1) as u64), io.elements());
        let row = Row::module(io, &self.state(io)).dot_products(macs, outputs, self.bias || io.epilogue);
        let row = Row {
            torchinfo: row.params,
            // Without bias, which it does count for a convolution.
            calflops: multiply(2, macs),
            molchanov: multiply(2, macs) - outputs,
            hollemans: add(macs, add(row.params, outputs)),
            ..row
        };
        if io.output().rank() != 1 {
            return Row { torchstat_fails: Some("its rule for Linear takes a tensor of one axis"), ..row };
        }
        Row {
            torchstat_flops: macs,
            torchstat_madd: multiply(2, macs) - outputs,
            torchstat_read: add(io.input(0).elements(), row.params),
            torchstat_write: outputs,
            ..row
        }
    }

    pub(crate) const fn storage(&self, io: Io<'_>) -> Storage<'_> {
        let storage = Storage { folding: Folding::Into(Channels::LAST), ..Storage::OWN };
        match io.graph.settings.layout {
            Layout::ChannelFirst => storage,
            Layout::ChannelLast if io.output().rank() == 1 => storage.reads(Reads::InAnyOrder).limited(),
            Layout::ChannelLast => storage.limited(),
        }
    }

    /// Its kernel over integers of 8 bits, for one vector.
    pub(crate) const fn int8(&self, io: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        if io.input(0).rank() != 1 {
            return None;
        }
        let (inputs, outputs) = (io.input(0).at(0) as u32, self.out_features as u32);
        let Numbers { inputs: [input, _], weights, output, activation, rounds_once, .. } = *numbers;
        let linear = int8::Linear::new(inputs, outputs, input, weights, output, activation, rounds_once);
        Some(Kernel::Linear(linear.without(self.dead as u32)))
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let rows = io.elements() / self.out_features as u64;
        words
            .count(rows)
            .push(io.input(0).dim(-1) as u32)
            .push(self.out_features as u32)
            .push(Ends::code(self.bias, io.epilogue))
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, tokens, in_features, out_features, code] = step.words()?;
        let (tokens, in_features, out_features) = (tokens as usize, in_features as usize, out_features as usize);
        let input = step.view(machine, x, tokens * in_features)?;
        let output = step.view(machine, out, tokens * out_features)?;
        let weights = step.params(machine, out_features * in_features)?;
        let ends = Ends::read(code, machine, &mut step, out_features)?;
        let mut features = Features { next: 0, weights: rows(weights, in_features), ends };
        while features.next < out_features {
            match out_features - features.next {
                FEATURES.. => features.run::<M, FEATURES>(machine, input, output, in_features, out_features)?,
                _ => features.run::<M, 1>(machine, input, output, in_features, out_features)?,
            }
        }
        Some(())
    }
}

/// The output features that are computed at a time, so that an input is loaded once for all of them.
const FEATURES: usize = 4;

/// The output features that are still to be computed: feature by feature, so that each row of weights is read from flash
/// once.
struct Features<'a> {
    next: usize,
    weights: Rows<'a, f32>,
    ends: Ends<'a>,
}

impl Features<'_> {
    /// Computes the next `N` of every token.
    #[inline(never)]
    fn run<M: Machine, const N: usize>(
        &mut self,
        machine: &mut M,
        input: &[Cell<f32>],
        output: &[Cell<f32>],
        in_features: usize,
        out_features: usize,
    ) -> Ran {
        let mut weights: [&[f32]; N] = [&[]; N];
        let mut ends = [End::Bare; N];
        for (weights, end) in weights.iter_mut().zip(&mut ends) {
            *weights = self.weights.next()?;
            *end = self.ends.next()?;
        }
        for (input, output) in rows(input, in_features).zip(rows(output, out_features)) {
            let mut sums = ends.map(|end| end.start(machine));
            for (tap, value) in input.iter().enumerate() {
                for (sum, weights) in sums.iter_mut().zip(&weights) {
                    *sum = machine.mac(*sum, value.get(), *weights.get(tap)?);
                }
            }
            for ((output, sum), end) in output.get(self.next..)?.iter().zip(sums).zip(ends) {
                output.set(end.finish(machine, sum));
            }
        }
        self.next += N;
        Some(())
    }
}
