//! Channels that change places between groups: `channel_shuffle`.

use crate::base::message::Text;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, copy, rows};
use crate::layers::list::Op;
use crate::layers::moves::moves;
use crate::layers::options::options;
use crate::op::row::Row;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] = &[ChannelShuffle::syntax("channel_shuffle", "ChannelShuffle")];

options! {
    /// The options of [`Tensor::channel_shuffle`], PyTorch's `ChannelShuffle`.
    pub struct ChannelShuffle {
        groups: usize,
    }

    /// This many groups of the same number of channels.
    new(groups: usize);
}

impl<'g> Tensor<'g> {
    /// The first channel of each group, then the second of each, and so on: `x.channel_shuffle(2)`.
    ///
    /// `y[k·groups + g, ..] = x[g·channels / groups + k, ..]`
    #[track_caller]
    pub const fn channel_shuffle(self, options: ChannelShuffle) -> Tensor<'g> {
        if self.rank() == 0 {
            panic!("`channel_shuffle` takes a tensor with channels, and is given one without axes");
        }
        if options.groups == 0 || !self.shape.at(0).is_multiple_of(options.groups) {
            fail_groups(self.shape.at(0), options.groups);
        }
        self.builder.push_one(Op::ChannelShuffle(options), self.node, self.shape)
    }
}

#[track_caller]
const fn fail_groups(channels: usize, groups: usize) -> ! {
    if groups == 0 {
        panic!("`channel_shuffle`: groups is zero; it is at least 1");
    }
    Text::new()
        .str("`channel_shuffle`: ")
        .number(groups as u64)
        .str(" groups do not divide ")
        .number(channels as u64)
        .str(" channels")
        .fail()
}

moves!(ChannelShuffle, |io| Row::stateless(io));

impl ChannelShuffle {
    pub(crate) const fn name(&self) -> &'static str {
        "channel_shuffle"
    }

    pub(crate) const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    pub(crate) const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let shape = io.output();
        words.push(self.groups as u32).push((shape.at(0) / self.groups) as u32).count(shape.product(1, shape.rank()))
    }

    pub(crate) fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, groups, channels, plane] = step.words()?;
        let (groups, channels, plane) = (groups as usize, channels as usize, plane as usize);
        let input = step.view(machine, x, groups * channels * plane)?;
        let output = step.view(machine, out, groups * channels * plane)?;
        for (channel, output) in rows(output, groups * plane).enumerate() {
            for (group, output) in rows(input, channels * plane).zip(rows(output, plane)) {
                copy(group.get(channel * plane..)?, output);
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::testing::{Array, layer};

    #[test]
    fn channels_of_all_groups_take_turns() {
        for (groups, shape) in [(1, &[4, 2, 3][..]), (2, &[6, 2, 3]), (3, &[6, 5]), (4, &[4, 1, 2, 2]), (2, &[6])] {
            let x = Array::numbers(shape);
            let (y, cost) = layer(&x, |x| x.channel_shuffle(ChannelShuffle::new(groups)));
            let expected = Array::of(shape, |index| {
                let mut from = index.to_vec();
                from[0] = index[0] % groups * (shape[0] / groups) + index[0] / groups;
                x.at(&from)
            });
            assert_eq!(y, expected);
            assert_eq!(cost.census.total(), 0);
        }
    }

    #[test]
    #[should_panic(expected = "`channel_shuffle`: 4 groups do not divide 6 channels")]
    fn groups_divide_the_channels() {
        layer(&Array::numbers(&[6, 2]), |x| x.channel_shuffle(ChannelShuffle::new(4)));
    }

    #[test]
    #[should_panic(expected = "`channel_shuffle`: groups is zero; it is at least 1")]
    fn there_is_a_group() {
        layer(&Array::numbers(&[6, 2]), |x| x.channel_shuffle(ChannelShuffle::new(0)));
    }
}
