//! Another resolution by interpolation: `upsample1d`, `upsample2d`, `upsample3d`.

use core::cell::Cell;

use crate::base::math::multiply;
use crate::base::message::Text;
use crate::base::per_axis as extent;
use crate::base::per_axis::Extent;
use crate::base::shape::Shape;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::resize::{Bilinear, Grid, Nearest, Sizes};
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows};
use crate::layers::list::Op;
use crate::layers::options::{options, ranks};
use crate::layers::resample::bicubic::Bicubic;
use crate::layers::resample::line::{Around, Line, Walk, interpolation};
use crate::op::row::Row;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::window;
use crate::op::words::Words;
use crate::op::work::{Census, Work};

ranks!(UpsampleOptions: upsample1d Upsample1d, upsample2d Upsample2d, upsample3d Upsample3d);

/// How [`Tensor::upsample1d`], [`upsample2d`](Tensor::upsample2d) and [`upsample3d`](Tensor::upsample3d) find the
/// elements of their outputs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UpsampleMode {
    /// The nearest element of the input, rounded down.
    Nearest,
    /// The mean of the two elements around it, weighted by how near they are: for one axis.
    Linear,
    /// The mean of the four elements around it, weighted by how near they are: for two axes.
    Bilinear,
    /// The mean of the eight elements around it, weighted by how near they are: for three axes.
    Trilinear,
    /// The sum of the sixteen elements around it, weighted by cubic polynomials: for two axes.
    Bicubic,
}

impl UpsampleMode {
    /// Whether it is for this many axes.
    const fn fits(self, axes: usize) -> bool {
        match self {
            UpsampleMode::Nearest => true,
            UpsampleMode::Linear => axes == 1,
            UpsampleMode::Bilinear | UpsampleMode::Bicubic => axes == 2,
            UpsampleMode::Trilinear => axes == 3,
        }
    }
}

options! {
    /// The options of an interpolation over `N` axes, PyTorch's `Upsample`.
    pub struct UpsampleOptions<const N: usize> {
        size: Option<[usize; N]> = None,
        scale_factor: Option<[usize; N]> = None,
    }

    /// To the nearest element; the size or the scale factor must be given.
    new();

    /// The extents of the output, which may be smaller than those of the input: a number, or one for each axis.
    size(mut self, size: impl Extent<N>) { self.size = Some(extent::extent(size)) }

    /// How many times as large the output is: a number, or one for each axis.
    scale_factor(mut self, scale_factor: impl Extent<N>) { self.scale_factor = Some(extent::extent(scale_factor)) }

    /// `Nearest`, or over one axis `Linear`, over two `Bilinear` or `Bicubic`, over three `Trilinear`.
    mode: UpsampleMode = UpsampleMode::Nearest;

    /// Whether the outermost elements lie at the corners of the image, rather than at the centres of squares in its
    /// corners; not for `Nearest`.
    align_corners: bool;
}

impl<const N: usize> UpsampleOptions<N> {
    #[track_caller]
    const fn apply<'g>(self, layer: &'static str, x: Tensor<'g>) -> Tensor<'g> {
        if x.rank() != N + 1 {
            window::fail_rank(layer, N, &x.shape);
        }
        if !self.mode.fits(N) {
            fail(
                layer,
                match N {
                    1 => "the mode is not for one axis; it is `Nearest` or `Linear`",
                    2 => "the mode is not for two axes; it is `Nearest`, `Bilinear` or `Bicubic`",
                    _ => "the mode is not for three axes; it is `Nearest` or `Trilinear`",
                },
            );
        }
        let (nearest, cubic) = (matches!(self.mode, UpsampleMode::Nearest), matches!(self.mode, UpsampleMode::Bicubic));
        let by_size = self.size.is_some();
        let aligned = match self.align_corners {
            Some(_) if nearest => fail(layer, "align_corners is not for the mode `Nearest`; leave it out"),
            Some(aligned) => aligned,
            None => false,
        };
        let mut dims = x.shape.to_usize();
        let mut lines = [Line::UNIT; 3];
        let mut axis = 0;
        while axis < N {
            let input = dims[axis + 1];
            let output = match (&self.size, &self.scale_factor) {
                (Some(size), None) => size[axis],
                (None, Some(factors)) => input.saturating_mul(factors[axis]),
                (None, None) => fail(layer, "say how large its output is, by `size = ..` or by `scale_factor = ..`"),
                _ => fail(layer, "size and scale_factor are both given; leave out one of them"),
            };
            if output == 0 {
                window::fail_zero(layer, if self.size.is_some() { "size" } else { "scale_factor" });
            }
            if input as u64 > 1 << 30 || output as u64 > 1 << 30 {
                fail(layer, "extents that are interpolated are at most 2^30");
            }
            if cubic && (input as u64 > Bicubic::LARGEST as u64 || output as u64 > Bicubic::LARGEST as u64) {
                fail(layer, "extents that are interpolated by `Bicubic` are at most 2^18");
            }
            dims[axis + 1] = output;
            lines[3 - N + axis] = match self.mode {
                UpsampleMode::Nearest => Line::nearest(input, output),
                _ if aligned => Line::aligned(input, output),
                _ => Line::centred(input, output),
            };
            axis += 1;
        }
        let grid = match self.mode {
            UpsampleMode::Nearest => Grid::Corner,
            _ if aligned => Grid::Aligned,
            _ => Grid::Centres,
        };
        let op = if cubic {
            Op::Bicubic(Bicubic { lines: [lines[1], lines[2]], by_size })
        } else {
            Op::Upsample(Upsample { layer, linear: if nearest { 0 } else { N as u8 }, by_size, lines, grid })
        };
        x.builder.push(op, &[x], Shape::of(N as u8 + 1, dims))
    }
}

impl<'g> Tensor<'g> {
    /// Interpolation over `[channels, length]`: `x.upsample1d(scale_factor = 2)`, `x.upsample1d(size = 15, mode = Linear)`.
    ///
    /// See [`upsample2d`](Tensor::upsample2d). An element of a linear output takes 3 multiplications and 1 addition.
    #[track_caller]
    pub const fn upsample1d(self, options: Upsample1d) -> Tensor<'g> {
        options.apply("upsample1d", self)
    }

    /// Interpolation over `[channels, height, width]`: `x.upsample2d(scale_factor = 2)`,
    /// `x.upsample2d(size = [15, 20], mode = Bilinear)`.
    ///
    /// `y[c, i, j] = x[c, ⌊i·height / out_height⌋, ⌊j·width / out_width⌋]`, exactly, where PyTorch rounds the ratio to an
    /// `f32` first. With `Bilinear`, the mean of the four elements around `(i + ½)·height / out_height − ½` (at least 0), or, with
    /// `align_corners = true`, around `i·(height − 1) / (out_height − 1)`; and so along the width. With `Bicubic`, the
    /// sum of the sixteen around the same places (which may be below 0), weighted by the convolution of Keys (1981)
    /// with a = −¾; beyond the borders, the outermost elements are repeated.
    ///
    /// An element of a bilinear output takes 7 multiplications and 3 additions, one of a bicubic output 21 and 15: the
    /// weights are whole numbers, and the sum is scaled once. The weights depend on the place alone; finding them
    /// counts nothing, like an address.
    #[track_caller]
    pub const fn upsample2d(self, options: Upsample2d) -> Tensor<'g> {
        options.apply("upsample2d", self)
    }

    /// Interpolation over `[channels, depth, height, width]`: `x.upsample3d(scale_factor = [1, 2, 2])`,
    /// `x.upsample3d(size = 15, mode = Trilinear)`.
    ///
    /// See [`upsample2d`](Tensor::upsample2d). An element of a trilinear output takes 15 multiplications and 7
    /// additions.
    #[track_caller]
    pub const fn upsample3d(self, options: Upsample3d) -> Tensor<'g> {
        options.apply("upsample3d", self)
    }
}

#[track_caller]
const fn fail(layer: &str, what: &str) -> ! {
    Text::new().str("`").str(layer).str("`: ").str(what).fail()
}

/// An interpolation whose shapes are known, to nearest elements or along straight lines.
#[derive(Clone, Copy)]
pub(crate) struct Upsample {
    layer: &'static str,
    /// The axes along which there are lines between the elements: the last ones, or none.
    linear: u8,
    /// Whether the extents of the output were given rather than a factor.
    by_size: bool,
    lines: [Line; 3],
    /// Where the elements of the output lie on the input.
    pub grid: Grid,
}

impl Upsample {
    pub const fn name(&self) -> &'static str {
        self.layer
    }

    /// Nearest elements are moved. A mean of two takes two multiplications and an addition: `a·l + b·r`. Over n axes
    /// there are 2ⁿ − 1 of them, and a scale.
    pub const fn work(&self, io: Io<'_>) -> Work {
        if self.linear == 0 {
            return Work::NONE;
        }
        let means = (1 << self.linear) - 1;
        Work::of(Census::ZERO.mul(2 * means + 1).add(means).times(io.elements()))
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let (outputs, planar) = (io.elements(), io.output().rank() == 3);
        // Operations for each element of the output: thop's, which has no rule for the last, its fork's, and fvcore's.
        let (thop, fork, fvcore) = match self.linear {
            0 => (1, 0, planar as u64),
            1 => (5, 5, 0),
            2 => (11, 11, 4),
            _ => (0, 31, 0),
        };
        Row {
            thop: multiply(thop, outputs),
            ultralytics_thop: multiply(fork, outputs),
            fvcore: multiply(fvcore, outputs),
            ..interpolation(io, self.by_size)
        }
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    /// The scale makes the weights' sum 1.
    /// Its kernel over integers of 8 bits, over height and width.
    pub const fn int8(&self, io: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        let (input, output) = (io.input(0), io.output());
        if input.rank() != 3 {
            return None;
        }
        let sizes = Sizes {
            input: [input.at(1) as u32, input.at(2) as u32],
            output: [output.at(1) as u32, output.at(2) as u32],
            channels: input.at(0) as u32,
        };
        Some(match self.linear {
            0 => Kernel::Nearest(Nearest::new(sizes, numbers.grid)),
            _ => Kernel::Bilinear(Bilinear::new(sizes, numbers.grid)),
        })
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let [z, y, x] = self.lines;
        // Nearest elements have no weights to scale.
        let scale = if self.linear == 0 { 1.0 } else { 1.0 / (z.whole as f32 * y.whole as f32 * x.whole as f32) };
        let words = words.push(io.output().at(0) as u32).push(self.linear as u32).float(scale);
        x.write(y.write(z.write(words)))
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, channels, linear, scale] = step.words()?;
        let (z, y, walk_x) = (Walk::read(&mut step)?, Walk::read(&mut step)?, Walk::read(&mut step)?);
        let (row, plane) = (walk_x.input as usize, y.input as usize * walk_x.input as usize);
        let (input_volume, output_row) = (z.input as usize * plane, walk_x.output as usize);
        let output_volume = z.output as usize * y.output as usize * output_row;
        let input = step.view(machine, x, channels as usize * input_volume)?;
        let output = step.view(machine, out, channels as usize * output_volume)?;
        let scale = f32::from_bits(scale);
        for (input, output) in rows(input, input_volume).zip(rows(output, output_volume)) {
            let mut lines = rows(output, output_row);
            let mut walk_z = z;
            for _ in 0..z.output {
                let mut walk_y = y;
                for _ in 0..y.output {
                    let line = lines.next()?;
                    let at = |z: usize, y: usize| input.get(z * plane + y * row..)?.get(..row);
                    let (around_z, around_y) = (walk_z.around(), walk_y.around());
                    let ([front, back], [above, below]) = (around_z.at, around_y.at);
                    let weights = [around_y.weights, around_z.weights];
                    match linear {
                        0 => nearest(at(walk_z.at(), walk_y.at())?, walk_x, line)?,
                        1 => means(machine, [at(0, 0)?], weights, walk_x, scale, line)?,
                        2 => means(machine, [at(0, above)?, at(0, below)?], weights, walk_x, scale, line)?,
                        _ => {
                            let lines = [at(front, above)?, at(front, below)?, at(back, above)?, at(back, below)?];
                            means(machine, lines, weights, walk_x, scale, line)?;
                        }
                    }
                    walk_y.advance();
                }
                walk_z.advance();
            }
        }
        Some(())
    }
}

/// One line of nearest elements.
#[inline(always)]
fn nearest(input: &[Cell<f32>], mut walk: Walk, output: &[Cell<f32>]) -> Ran {
    for output in output {
        output.set(input.get(walk.at())?.get());
        walk.advance();
    }
    Some(())
}

/// One line of means of one, two or four lines of the input.
#[inline(always)]
fn means<M: Machine, const LINES: usize>(
    machine: &mut M,
    lines: [&[Cell<f32>]; LINES],
    [weights_y, weights_z]: [[f32; 2]; 2],
    mut walk: Walk,
    scale: f32,
    output: &[Cell<f32>],
) -> Ran {
    let mean = |machine: &mut M, [a, b]: [f32; 2], [left, right]: [f32; 2]| {
        let (a, b) = (machine.mul(a, left), machine.mul(b, right));
        machine.add(a, b)
    };
    for output in output {
        let Around { at: [left, right], weights } = walk.around();
        let mut means = [0.0; LINES];
        for (line, of_line) in lines.iter().zip(&mut means) {
            *of_line = mean(machine, [line.get(left)?.get(), line.get(right)?.get()], weights);
        }
        let sum = match means[..] {
            [line] => line,
            [above, below] => mean(machine, [above, below], weights_y),
            [above, below, above_back, below_back] => {
                let front = mean(machine, [above, below], weights_y);
                let back = mean(machine, [above_back, below_back], weights_y);
                mean(machine, [front, back], weights_z)
            }
            _ => return None,
        };
        output.set(machine.mul(sum, scale));
        walk.advance();
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Array, layer};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn nearest_elements_are_those_rounded_down(
            input in prop::array::uniform4(1usize..6),
            size in prop::array::uniform3(1usize..12),
        ) {
            let x = Array::numbers(&input);
            let (y, cost) = layer(&x, |x| x.upsample3d(Upsample3d::new().size(size)));
            let expected = Array::of(&[input[0], size[0], size[1], size[2]], |index| {
                let from = |axis: usize| index[axis] * input[axis] / size[axis - 1];
                x.at(&[index[0], from(1), from(2), from(3)])
            });
            prop_assert_eq!(y, expected);
            prop_assert_eq!(cost.census.total(), 0);
        }

        #[test]
        fn elements_between_are_means_of_those_around(
            input in prop::array::uniform4(1usize..6),
            size in prop::array::uniform3(1usize..9),
            axes in 1usize..4,
            aligned: bool,
        ) {
            // Over one or two axes, the extents of the others are 1.
            let (mut input, mut size) = (input, size);
            input[1..4 - axes].fill(1);
            size[..3 - axes].fill(1);
            let x = Array { shape: [&input[..1], &input[4 - axes..]].concat(), ..Array::numbers(&input) };
            let (y, cost) = layer(&x, |x| match axes {
                1 => x.upsample1d(Upsample1d::new().size(size[2]).mode(UpsampleMode::Linear).align_corners(aligned)),
                2 => {
                    let options = Upsample2d::new().size([size[1], size[2]]).mode(UpsampleMode::Bilinear);
                    x.upsample2d(options.align_corners(aligned))
                }
                _ => x.upsample3d(Upsample3d::new().size(size).mode(UpsampleMode::Trilinear).align_corners(aligned)),
            });
            let place = |axis: usize, at: usize| {
                let (from, to) = (input[axis + 1] as f64, size[axis] as f64);
                match aligned {
                    true if size[axis] == 1 => 0.0,
                    true => at as f64 * (from - 1.0) / (to - 1.0),
                    // Places beyond the last element take its value.
                    false => ((at as f64 + 0.5) * from / to - 0.5).max(0.0).min(from - 1.0),
                }
            };
            let x = Array { shape: input.to_vec(), ..x };
            let expected = Array::of(&[input[0], size[0], size[1], size[2]], |index| {
                let sum = Array::of(&input[1..], |element| {
                    let near = |axis: usize| (1.0 - (place(axis, index[axis + 1]) - element[axis] as f64).abs()).max(0.0);
                    let at = [index[0], element[0], element[1], element[2]];
                    (near(0) * near(1) * near(2) * x.at(&at) as f64) as f32
                });
                sum.data.iter().sum()
            });
            y.assert_close(&Array { shape: y.shape.clone(), ..expected });
            let means = (1 << axes) - 1;
            prop_assert_eq!(cost.census, Census::ZERO.mul(2 * means + 1).add(means).times(y.data.len() as u64));
        }
    }

    fn upsample(options: Upsample2d) {
        layer(&Array::numbers(&[2, 3, 4]), |x| x.upsample2d(options));
    }

    #[test]
    #[should_panic(expected = "`upsample2d`: say how large its output is, by `size = ..` or by `scale_factor = ..`")]
    fn the_size_must_be_given() {
        upsample(Upsample2d::new());
    }

    #[test]
    #[should_panic(expected = "`upsample2d`: size and scale_factor are both given; leave out one of them")]
    fn the_size_is_given_once() {
        upsample(Upsample2d::new().size(8).scale_factor(2));
    }

    #[test]
    #[should_panic(expected = "`upsample2d`: the scale_factor is zero; it is at least 1")]
    fn a_scale_of_zero_is_refused() {
        upsample(Upsample2d::new().scale_factor(0));
    }

    #[test]
    #[should_panic(expected = "`upsample2d`: the mode is not for two axes; it is `Nearest`, `Bilinear` or `Bicubic`")]
    fn the_mode_is_for_as_many_axes() {
        upsample(Upsample2d::new().size(8).mode(UpsampleMode::Linear));
    }

    #[test]
    #[should_panic(expected = "`upsample2d`: align_corners is not for the mode `Nearest`; leave it out")]
    fn corners_are_not_of_nearest_elements() {
        upsample(Upsample2d::new().size(8).align_corners(true));
    }
}
