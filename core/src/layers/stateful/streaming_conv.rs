//! A causal convolution over a sequence that comes in pieces: `streaming_conv1d`.

use crate::base::math::multiply;
use crate::base::message::Text;
use crate::base::name::Name;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::epilogue::Ends;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::conv::conv::check_groups;
use crate::layers::list::Op;
use crate::layers::options::options;
use crate::layers::stateful::ring::split;
use crate::op::module::Module;
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[StreamingConv1d::syntax("streaming_conv1d", "StreamingConv1d")];

options! {
    /// The options of [`Tensor::streaming_conv1d`].
    ///
    /// Weights are PyTorch's `Conv1d`: `[out_channels, in_channels / groups, kernel]`, the bias is `[out_channels]`.
    pub struct StreamingConv1d {
        out_channels: usize,
        kernel: usize,
    }

    /// No dilation, one group, with bias.
    new(out_channels: usize, kernel: usize);

    /// The distance between two taps of a window.
    dilation: usize = 1;

    /// Groups of channels that are convolved apart; as many as channels for a depthwise convolution.
    groups: usize = 1;

    /// Whether a learned number is added to each output channel.
    bias: bool = true;
}

impl<'g> Tensor<'g> {
    /// A causal convolution over a sequence that comes in pieces: `x.streaming_conv1d(64, 3, dilation = 2)`.
    ///
    /// `[channels, frames]`, the new frames, becomes `[out_channels, frames]`. Each run continues where the last one
    /// ended: all runs together give, to the bit, what `conv1d` gives on the whole sequence with `dilation · (kernel − 1)`
    /// zeros before it. The frames that later windows read are kept as state: channels · dilation · (kernel − 1) numbers
    /// in a ring, and one more for its position.
    #[track_caller]
    pub const fn streaming_conv1d(self, options: StreamingConv1d) -> Tensor<'g> {
        let StreamingConv1d { out_channels, kernel, dilation, groups, bias } = options;
        if self.rank() != 2 {
            Text::new()
                .str("`streaming_conv1d` takes `[channels, frames]`, and this tensor has the shape ")
                .shape(&self.shape)
                .fail();
        }
        if out_channels == 0 || dilation == 0 {
            let option = if out_channels == 0 { "out_channels" } else { "dilation" };
            Text::new().str("`streaming_conv1d`: ").str(option).str(" is zero; it is at least 1").fail();
        }
        if kernel < 2 {
            panic!("`streaming_conv1d`: a kernel of one tap needs no earlier frame; write `conv1d`");
        }
        let channels = self.shape.at(0);
        check_groups("streaming_conv1d", channels, out_channels, groups);
        let scope = self.builder.enter_module(Module::Streaming);
        let ring = self.ring(multiply(dilation as u64, kernel as u64 - 1) as usize).name(Name::of(&["frames"]));
        let op = StreamingConv { groups: groups as u32, kernel: kernel as u32, dilation: dilation as u32, bias };
        let shape = self.shape.with(0, out_channels);
        let output = self.builder.push(Op::StreamingConv(op), &[self, ring], shape).name(Name::of(&["output"]));
        ring.take_in(self);
        self.builder.leave(scope);
        output
    }
}

/// A streaming convolution whose shapes are known: of the new frames and the ring of those before.
#[derive(Clone, Copy)]
pub(crate) struct StreamingConv {
    groups: u32,
    kernel: u32,
    dilation: u32,
    bias: bool,
}

impl StreamingConv {
    pub(crate) const fn name(&self) -> &'static str {
        "streaming_conv1d"
    }

    /// The terms of each sum.
    const fn taps(&self, io: Io<'_>) -> u64 {
        multiply(io.input(0).at(0) as u64 / self.groups as u64, self.kernel as u64)
    }

    pub(crate) const fn work(&self, io: Io<'_>) -> Work {
        let outputs = io.elements();
        let macs = multiply(outputs, self.taps(io));
        let mut census = Census::ZERO.mul(macs).add(if self.bias && !io.epilogue { macs } else { macs - outputs });
        if io.epilogue {
            census = census.mul(outputs).add(outputs);
        }
        Work { macs, macs_executed: macs, ..Work::of(census) }
    }

    pub(crate) const fn state(&self, io: Io<'_>) -> State {
        let (inputs, outputs) = (io.input(0).at(0) / self.groups as usize, io.output().at(0));
        let weight = Shape::new(&[outputs, inputs, self.kernel as usize]);
        State::weight(weight, self.bias).of_module(&[Name::of(&["weight"]), Name::of(&["bias"])])
    }

    /// That of PyTorch's `Conv1d` on the kept and the new frames.
    pub(crate) const fn conventions(&self, io: Io<'_>) -> Row {
        let bias = self.bias || io.epilogue;
        let outputs = io.elements();
        let macs = multiply(outputs, self.taps(io));
        let row = Row::module(io, &self.state(io)).dot_products(macs, outputs, bias);
        Row {
            torchinfo: row.ptflops,
            molchanov: multiply(2, macs + outputs),
            torchstat_fails: Some("it has no sequences"),
            ..row
        }
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::SUMS
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        words
            .count(io.input(0).at(1) as u64)
            .count(io.input(0).at(0) as u64 / self.groups as u64)
            .count(io.output().at(0) as u64 / self.groups as u64)
            .push(self.groups)
            .push(self.kernel)
            .push(self.dilation)
            .push(Ends::code(self.bias, io.epilogue))
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, ring, frames, inputs, outputs, groups, kernel, dilation, ends] =
            step.words()?.map(|word| word as usize);
        let kept = dilation * kernel.checked_sub(1)?;
        let input = step.view(machine, x as u32, groups * inputs * frames)?;
        let (ring, position) = split(step.view(machine, ring as u32, groups * inputs * kept + 1)?)?;
        let output = step.view(machine, out as u32, groups * outputs * frames)?;
        let weights = step.params(machine, groups * outputs * inputs * kernel)?;
        let mut ends = Ends::read(ends as u32, machine, &mut step, groups * outputs)?;
        let position = position.get() as usize;
        let mut filters = rows(weights, inputs * kernel).zip(rows(output, frames));
        for (input, ring) in rows(input, inputs * frames).zip(rows(ring, inputs * kept)) {
            for _ in 0..outputs {
                let ((filter, output), end) = (filters.next()?, ends.next()?);
                for (frame, output) in output.iter().enumerate() {
                    let mut sum = end.start(machine);
                    let channels = rows(input, frames).zip(rows(ring, kept));
                    for ((new, before), taps) in channels.zip(rows(filter, kernel)) {
                        // The first tap falls on the oldest frame.
                        let mut back = kept;
                        for &weight in taps {
                            let value = match frame.checked_sub(back) {
                                Some(at) => new.get(at)?.get(),
                                None => {
                                    let at = position + (kept + frame - back);
                                    before.get(if at < kept { at } else { at - kept })?.get()
                                }
                            };
                            sum = machine.mac(sum, value, weight);
                            back = back.saturating_sub(dilation);
                        }
                    }
                    output.set(end.finish(machine, sum));
                }
            }
        }
        Some(())
    }
}
