//! Channels that become pixels, and pixels that become channels: `pixel_shuffle`, `pixel_unshuffle`.

use crate::base::message::Text;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::layers::moves::moves;
use crate::layers::options::options;
use crate::op::row::Row;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::window;
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] = &[
    PixelShuffle::syntax("pixel_shuffle", "PixelShuffle"),
    PixelUnshuffle::syntax("pixel_unshuffle", "PixelUnshuffle"),
];

options! {
    /// The options of [`Tensor::pixel_shuffle`], PyTorch's `PixelShuffle`.
    pub struct PixelShuffle {
        upscale_factor: usize,
    }

    /// An output this many times as high and as wide.
    new(upscale_factor: usize);
}

options! {
    /// The options of [`Tensor::pixel_unshuffle`], PyTorch's `PixelUnshuffle`.
    pub struct PixelUnshuffle {
        downscale_factor: usize,
    }

    /// An output whose height and width are those of the input divided by this factor.
    new(downscale_factor: usize);
}

impl<'g> Tensor<'g> {
    /// From `[channels · r², height, width]` to `[channels, height · r, width · r]`, r being the upscale_factor:
    /// `x.pixel_shuffle(2)`.
    ///
    /// `y[c, h·r + i, w·r + j] = x[c·r² + i·r + j, h, w]`
    #[track_caller]
    pub const fn pixel_shuffle(self, options: PixelShuffle) -> Tensor<'g> {
        let factor = options.upscale_factor;
        let [channels, height, width] = extents("pixel_shuffle", "upscale_factor", &self.shape, factor);
        let square = factor.saturating_mul(factor);
        if !channels.is_multiple_of(square) {
            fail_division("pixel_shuffle", "the square of the upscale_factor", square, 0, &self.shape);
        }
        let shape = Shape::new(&[channels / square, height.saturating_mul(factor), width.saturating_mul(factor)]);
        self.builder.push_one(Op::Shuffle(Shuffle { unshuffle: false, factor: factor as u32 }), self.node, shape)
    }

    /// From `[channels, height · r, width · r]` to `[channels · r², height, width]`, r being the downscale_factor: what
    /// undoes a [`pixel_shuffle`](Tensor::pixel_shuffle), `x.pixel_unshuffle(2)`.
    #[track_caller]
    pub const fn pixel_unshuffle(self, options: PixelUnshuffle) -> Tensor<'g> {
        let factor = options.downscale_factor;
        let [channels, height, width] = extents("pixel_unshuffle", "downscale_factor", &self.shape, factor);
        if !height.is_multiple_of(factor) {
            fail_division("pixel_unshuffle", "the downscale_factor", factor, 1, &self.shape);
        }
        if !width.is_multiple_of(factor) {
            fail_division("pixel_unshuffle", "the downscale_factor", factor, 2, &self.shape);
        }
        let square = factor.saturating_mul(factor);
        let shape = Shape::new(&[channels.saturating_mul(square), height / factor, width / factor]);
        self.builder.push_one(Op::Shuffle(Shuffle { unshuffle: true, factor: factor as u32 }), self.node, shape)
    }
}

/// Checks the factor and the rank.
#[track_caller]
const fn extents(layer: &'static str, what: &'static str, shape: &Shape, factor: usize) -> [usize; 3] {
    if shape.rank() != 3 {
        window::fail_rank(layer, 2, shape);
    }
    if factor == 0 {
        window::fail_zero(layer, what);
    }
    [shape.at(0), shape.at(1), shape.at(2)]
}

#[track_caller]
const fn fail_division(layer: &str, what: &str, divisor: usize, axis: usize, shape: &Shape) -> ! {
    Text::new()
        .str("`")
        .str(layer)
        .str("`: ")
        .str(what)
        .str(", ")
        .number(divisor as u64)
        .str(", does not divide axis ")
        .number(axis as u64)
        .str(" of a tensor of shape ")
        .shape(shape)
        .fail()
}

/// A shuffle whose shapes are known.
#[derive(Clone, Copy)]
pub(crate) struct Shuffle {
    unshuffle: bool,
    factor: u32,
}

moves!(Shuffle, |io| Row::stateless(io));

impl Shuffle {
    pub const fn name(&self) -> &'static str {
        if self.unshuffle { "pixel_unshuffle" } else { "pixel_shuffle" }
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    /// The factor, and the extents on the side where the plane is small.
    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let small = if self.unshuffle { io.output() } else { io.input(0) };
        let words = words.push(self.unshuffle as u32).push(self.factor);
        words.push(small.at(0) as u32).push(small.at(1) as u32).push(small.at(2) as u32)
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, unshuffle, factor, channels, height, width] = step.words()?;
        let (factor, height, width) = (factor as usize, height as usize, width as usize);
        let elements = channels as usize * height * width;
        let input = step.view(machine, x, elements)?;
        let output = step.view(machine, out, elements)?;
        let (small, large) = if unshuffle == 0 { (input, output) } else { (output, input) };
        let plane = height * width;
        let mut lines = rows(large, width * factor);
        for small in rows(small, factor * factor * plane) {
            for at_y in 0..height {
                for planes in rows(small, factor * plane) {
                    let line = lines.next()?;
                    for (first, plane) in rows(planes, plane).enumerate() {
                        let mut at = first;
                        for small in plane.get(at_y * width..)?.get(..width)? {
                            let large = line.get(at)?;
                            let (from, to) = if unshuffle == 0 { (small, large) } else { (large, small) };
                            to.set(from.get());
                            at += factor;
                        }
                    }
                }
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
    fn channels_become_places() {
        for (factor, shape) in [(1, [2, 3, 4]), (2, [8, 3, 5]), (3, [9, 2, 1])] {
            let x = Array::numbers(&shape);
            let (y, cost) = layer(&x, |x| x.pixel_shuffle(PixelShuffle::new(factor)));
            let larger = [shape[0] / factor / factor, shape[1] * factor, shape[2] * factor];
            let expected = Array::of(&larger, |index| {
                let tap = index[1] % factor * factor + index[2] % factor;
                x.at(&[index[0] * factor * factor + tap, index[1] / factor, index[2] / factor])
            });
            assert_eq!(y, expected);
            assert_eq!(cost.census.total(), 0);
            let (back, _) = layer(&y, |y| y.pixel_unshuffle(PixelUnshuffle::new(factor)));
            assert_eq!(back, x);
        }
    }

    #[test]
    #[should_panic(
        expected = "`pixel_shuffle`: the square of the upscale_factor, 9, does not divide axis 0 of a tensor of shape \
                    8×3×5"
    )]
    fn the_square_divides_the_channels() {
        layer(&Array::numbers(&[8, 3, 5]), |x| x.pixel_shuffle(PixelShuffle::new(3)));
    }

    #[test]
    #[should_panic(
        expected = "`pixel_unshuffle`: the downscale_factor, 3, does not divide axis 2 of a tensor of shape 8×3×5"
    )]
    fn the_factor_divides_the_plane() {
        layer(&Array::numbers(&[8, 3, 5]), |x| x.pixel_unshuffle(PixelUnshuffle::new(3)));
    }

    #[test]
    #[should_panic(expected = "`pixel_shuffle`: the upscale_factor is zero; it is at least 1")]
    fn a_factor_of_zero_is_refused() {
        layer(&Array::numbers(&[8, 3, 5]), |x| x.pixel_shuffle(PixelShuffle::new(0)));
    }
}
