//! Another resolution by cubic polynomials: `upsample2d(mode = Bicubic)`.

use core::cell::Cell;

use crate::base::math::multiply;
use crate::graph::io::Io;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::resample::line::{Line, Walk, interpolation};
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::syntax::Syntax;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

// It is a mode of `upsample2d`, with a kernel of its own, so that it is linked only where it is used.
pub(crate) const SYNTAX: &[Syntax] = &[];

/// A bicubic interpolation whose shapes are known: along the height, and along the width.
#[derive(Clone, Copy)]
pub(crate) struct Bicubic {
    pub(crate) lines: [Line; 2],
    /// Whether the extents of the output were given rather than a factor.
    pub(crate) by_size: bool,
}

impl Bicubic {
    /// The largest extent: the cube of twice that, times some small factors, fits in an `i64`.
    pub const LARGEST: u32 = 1 << 18;

    pub const fn name(&self) -> &'static str {
        "upsample2d"
    }

    /// Four sums of four products along the width, and one of them along the height, scaled.
    pub const fn work(&self, io: Io<'_>) -> Work {
        Work::of(Census::ZERO.mul(4 * 4 + 4 + 1).add(4 * 3 + 3).times(io.elements()))
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let operations = multiply(259, io.elements());
        Row { thop: operations, ultralytics_thop: operations, ..interpolation(io, self.by_size) }
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    /// The scale makes the weights' sum 1.
    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let [y, x] = self.lines;
        let whole = y.whole as f64 * x.whole as f64;
        let scale = 1.0 / (16.0 * whole * whole * whole);
        x.write(y.write(words.push(io.output().at(0) as u32).float(scale as f32)))
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, channels, scale] = step.words()?;
        let (y, walk_x) = (Walk::read(&mut step)?, Walk::read(&mut step)?);
        let (row, output_row) = (walk_x.input as usize, walk_x.output as usize);
        let (plane, output_plane) = (y.input as usize * row, y.output as usize * output_row);
        let input = step.view(machine, x, channels as usize * plane)?;
        let output = step.view(machine, out, channels as usize * output_plane)?;
        let scale = f32::from_bits(scale);
        for (input, output) in rows(input, plane).zip(rows(output, output_plane)) {
            let mut walk_y = y;
            for line in rows(output, output_row) {
                let [a, b, c, d] = around(&walk_y).map(|at| input.get(at * row..)?.get(..row));
                sums(machine, [a?, b?, c?, d?], weights(&walk_y), walk_x, scale, line)?;
                walk_y.advance();
            }
        }
        Some(())
    }
}

/// The elements around a place, two on each side; beyond the borders, the outermost are repeated.
#[inline(always)]
fn around(walk: &Walk) -> [usize; 4] {
    [0, 1, 2, 3].map(|tap| {
        let at = (walk.at as usize + tap).saturating_sub(2);
        at.min(walk.input.saturating_sub(1) as usize)
    })
}

/// The weights of the four elements; their sum is `4 · whole³`.
///
/// R. Keys, Cubic convolution interpolation for digital image processing (1981), with a = −¾. Where the place is
/// `t = r / w` after an element and `1 − t = u / w` before the next, they are `a·t·(1 − t)²`,
/// `(a + 2)·t³ − (a + 3)·t² + 1`, and the same from the other side.
#[inline(always)]
fn weights(walk: &Walk) -> [f32; 4] {
    let (r, w) = (walk.rest as i64, walk.whole as i64);
    let u = w - r;
    let inner = |t: i64| 5 * t * t * t - 9 * t * t * w + 4 * w * w * w;
    [-3 * r * u * u, inner(r), inner(u), -3 * u * r * r].map(|weight| weight as f32)
}

/// One line of sums of four lines of the input.
#[inline(always)]
fn sums<M: Machine>(
    machine: &mut M,
    lines: [&[Cell<f32>]; 4],
    weights_y: [f32; 4],
    mut walk: Walk,
    scale: f32,
    output: &[Cell<f32>],
) -> Ran {
    for output in output {
        let (taps, weights_x) = (around(&walk), weights(&walk));
        let mut sum = machine.sum();
        for (line, weight_y) in lines.iter().zip(weights_y) {
            let mut of_line = machine.sum();
            for (tap, weight_x) in taps.into_iter().zip(weights_x) {
                let product = machine.mul(line.get(tap)?.get(), weight_x);
                of_line = machine.accumulate(of_line, product);
            }
            let of_line = machine.total(of_line);
            let product = machine.mul(of_line, weight_y);
            sum = machine.accumulate(sum, product);
        }
        let sum = machine.total(sum);
        output.set(machine.mul(sum, scale));
        walk.advance();
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layers::resample::upsample::{Upsample2d, UpsampleMode};
    use crate::testing::testing::{Array, layer};

    /// The weight of an element this far from the place: Keys, with a = −¾.
    fn weight(distance: f64) -> f64 {
        let (d, a) = (distance.abs(), -0.75);
        match d {
            _ if d <= 1.0 => (a + 2.0) * d * d * d - (a + 3.0) * d * d + 1.0,
            _ if d < 2.0 => a * d * d * d - 5.0 * a * d * d + 8.0 * a * d - 4.0 * a,
            _ => 0.0,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn elements_are_sums_of_those_around(
            input in prop::array::uniform3(1usize..6),
            size in prop::array::uniform2(1usize..12),
            aligned: bool,
        ) {
            let x = Array::numbers(&input);
            let options = Upsample2d::new().size(size).mode(UpsampleMode::Bicubic).align_corners(aligned);
            let (y, cost) = layer(&x, |x| x.upsample2d(options));
            let place = |axis: usize, at: usize| {
                let (from, to) = (input[axis + 1] as f64, size[axis] as f64);
                match aligned {
                    true if size[axis] == 1 => 0.0,
                    true => at as f64 * (from - 1.0) / (to - 1.0),
                    false => (at as f64 + 0.5) * from / to - 0.5,
                }
            };
            let expected = Array::of(&[input[0], size[0], size[1]], |index| {
                let (at_y, at_x) = (place(0, index[1]), place(1, index[2]));
                let mut sum = 0.0;
                for y in -3..10 {
                    for at in -3..10 {
                        let near = weight(at_y - y as f64) * weight(at_x - at as f64);
                        let clamp = |at: i32, axis: usize| at.clamp(0, input[axis] as i32 - 1) as usize;
                        sum += near * x.at(&[index[0], clamp(y, 1), clamp(at, 2)]) as f64;
                    }
                }
                sum as f32
            });
            y.assert_close(&expected);
            prop_assert_eq!(cost.census, Census::ZERO.mul(21).add(15).times(y.data.len() as u64));
        }
    }

    #[test]
    fn weights_of_the_largest_extents_are_finite() {
        let x = Array::numbers(&[1, 1, 3]);
        let options = Upsample2d::new().size([1, Bicubic::LARGEST as usize]).mode(UpsampleMode::Bicubic);
        let (y, _) = layer(&x, |x| x.upsample2d(options));
        assert!(y.data.iter().all(|y| y.abs() < 10.0));
    }
}
