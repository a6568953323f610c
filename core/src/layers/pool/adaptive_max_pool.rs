//! The greatest element of a given number of windows: `adaptive_max_pool1d`, `2d`, `3d`.

use crate::base::math::multiply;
use crate::base::per_axis as extent;
use crate::base::per_axis::Extent;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step};
use crate::layers::list::Op;
use crate::layers::pool::adaptive_avg_pool::{Axis, adaptive, pool};
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

pub(crate) const SYNTAX: &[Syntax] = &[
    Syntax::plain("adaptive_max_pool1d", &["output_size"]),
    Syntax::plain("adaptive_max_pool2d", &["output_size"]),
    Syntax::plain("adaptive_max_pool3d", &["output_size"]),
];

impl<'g> Tensor<'g> {
    /// Maximum pool of `[channels, length]` to a given length: `x.adaptive_max_pool1d(4)`. NaN if an
    /// element of the window is.
    ///
    /// Windows are those of [`adaptive_avg_pool1d`](Tensor::adaptive_avg_pool1d).
    #[track_caller]
    pub const fn adaptive_max_pool1d<E: Extent<1>>(self, output: E) -> Tensor<'g> {
        maximum::<1>(self, "adaptive_max_pool1d", extent::extent(output))
    }

    /// Maximum pool of `[channels, height, width]` to a given height and width: `x.adaptive_max_pool2d([2, 3])`. NaN
    /// if an element of the window is.
    ///
    /// Windows are those of [`adaptive_avg_pool1d`](Tensor::adaptive_avg_pool1d), along each axis.
    #[track_caller]
    pub const fn adaptive_max_pool2d<E: Extent<2>>(self, output: E) -> Tensor<'g> {
        maximum::<2>(self, "adaptive_max_pool2d", extent::extent(output))
    }

    /// Maximum pool of `[channels, depth, height, width]` to a given depth, height and width:
    /// `x.adaptive_max_pool3d(2)`. NaN if an element of the window is.
    ///
    /// Windows are those of [`adaptive_avg_pool1d`](Tensor::adaptive_avg_pool1d), along each axis.
    #[track_caller]
    pub const fn adaptive_max_pool3d<E: Extent<3>>(self, output: E) -> Tensor<'g> {
        maximum::<3>(self, "adaptive_max_pool3d", extent::extent(output))
    }
}

#[track_caller]
const fn maximum<'g, const N: usize>(x: Tensor<'g>, layer: &'static str, output: [usize; N]) -> Tensor<'g> {
    let (axes, shape) = adaptive(layer, &x.shape, output);
    x.builder.push_one(Op::AdaptiveMaxPool(AdaptiveMaxPool { layer, axes }), x.node, shape)
}

/// An adaptive maximum pool whose shapes are known.
#[derive(Clone, Copy)]
pub(crate) struct AdaptiveMaxPool {
    layer: &'static str,
    axes: [Axis; 3],
}

impl AdaptiveMaxPool {
    pub const fn name(&self) -> &'static str {
        self.layer
    }

    /// A window of n elements takes n − 1 comparisons.
    pub const fn work(&self, io: Io<'_>) -> Work {
        let taps = multiply(io.output().at(0) as u64, Axis::taps_of(&self.axes));
        Work::of(Census::ZERO.cmp(taps - io.elements()))
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let inputs = io.input(0).elements();
        Row { ptflops: inputs, ptflops_functional: inputs, calflops: inputs, ..Row::stateless(io) }
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        Axis::write(&self.axes, words.push(io.output().at(0) as u32))
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        pool(machine, &mut step, |machine, channel, spans| {
            let greatest = |greatest, x| match greatest {
                Some(greatest) => Some(machine.max(greatest, x)),
                None => Some(x),
            };
            channel.fold(spans, None, greatest)?
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Array, layer};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn each_output_is_the_greatest_of_its_window(
            input in prop::array::uniform4(1usize..7),
            output in prop::array::uniform3(1usize..8),
        ) {
            let x = Array::numbers(&input);
            let (y, cost) = layer(&x, |x| x.adaptive_max_pool3d(output));
            let mut comparisons = 0;
            let expected = Array::of(&[input[0], output[0], output[1], output[2]], |index| {
                let span = |axis: usize| {
                    let (i, n, m) = (index[axis], input[axis], output[axis - 1]);
                    i * n / m..((i + 1) * n).div_ceil(m)
                };
                let mut greatest = f32::NEG_INFINITY;
                for z in span(1) {
                    for y in span(2) {
                        for at in span(3) {
                            greatest = greatest.max(x.at(&[index[0], z, y, at]));
                            comparisons += 1;
                        }
                    }
                }
                comparisons -= 1;
                greatest
            });
            prop_assert_eq!(y, expected);
            prop_assert_eq!(cost.census, Census::ZERO.cmp(comparisons));
        }
    }

    #[test]
    fn pools_over_one_and_two_axes() {
        let x = Array::numbers(&[2, 6]);
        let (y, _) = layer(&x, |x| x.adaptive_max_pool1d(2));
        assert_eq!(y, Array::of(&[2, 2], |i| (0..3).map(|at| x.at(&[i[0], 3 * i[1] + at])).fold(f32::MIN, f32::max)));
        let (y, _) = layer(&Array::numbers(&[2, 3, 4]), |x| x.adaptive_max_pool2d([3, 4]));
        assert_eq!(y, Array::numbers(&[2, 3, 4]));
    }

    #[test]
    #[should_panic(expected = "`adaptive_max_pool2d`: the output is zero; it is at least 1")]
    fn an_output_of_zero_is_refused() {
        layer(&Array::numbers(&[4, 9, 9]), |x| x.adaptive_max_pool2d([3, 0]));
    }
}
