//! Another resolution by interpolation: `upsample1d`, `upsample2d`, `upsample3d`.

use core::cell::Cell;

use super::{Op, Ran, State, Storage};
use crate::census::multiply;
use crate::conventions::Row;
use crate::graph::Io;
use crate::machine::Machine;
use crate::program::{Step, Words, rows};
use crate::syntax::Syntax;
use crate::text::Text;
use crate::window::{self, gcd};
use crate::{Census, Extent, Shape, Tensor, Work, extent};

const KEYWORDS: &[&str] = &["size", "scale_factor"];

pub(super) const SYNTAX: &[Syntax] = &[
    Syntax::method("upsample1d", "Upsample1d", &[], KEYWORDS),
    Syntax::method("upsample2d", "Upsample2d", &[], &["size", "scale_factor", "mode", "align_corners"]),
    Syntax::method("upsample3d", "Upsample3d", &[], KEYWORDS),
];

/// How [`Tensor::upsample2d`] finds the elements of its output.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UpsampleMode {
    /// The nearest element of the input, rounded down.
    Nearest,
    /// The mean of the four elements around it, weighted by how near they are.
    Bilinear,
}

/// The options of an interpolation over `N` axes, PyTorch's `Upsample`.
#[derive(Clone, Copy)]
pub struct UpsampleOptions<const N: usize> {
    size: Option<[usize; N]>,
    scale_factor: Option<[usize; N]>,
    mode: UpsampleMode,
    align_corners: Option<bool>,
}

/// The options of [`Tensor::upsample1d`].
pub type Upsample1d = UpsampleOptions<1>;
/// The options of [`Tensor::upsample2d`].
pub type Upsample2d = UpsampleOptions<2>;
/// The options of [`Tensor::upsample3d`].
pub type Upsample3d = UpsampleOptions<3>;

impl<const N: usize> UpsampleOptions<N> {
    /// By the nearest element; the size or the scale factor has to be given.
    pub const fn new() -> Self {
        UpsampleOptions { size: None, scale_factor: None, mode: UpsampleMode::Nearest, align_corners: None }
    }

    /// The extents of the output, which may be smaller than those of the input: a number, or one for each axis.
    pub const fn size<S: Extent<N>>(mut self, size: S) -> Self {
        self.size = Some(extent::extent(size));
        self
    }

    /// How many times as large the output is: a number, or one for each axis.
    pub const fn scale_factor<S: Extent<N>>(mut self, scale_factor: S) -> Self {
        self.scale_factor = Some(extent::extent(scale_factor));
        self
    }

    #[track_caller]
    const fn apply<'g>(self, layer: &'static str, x: Tensor<'g>) -> Tensor<'g> {
        if x.rank() != N + 1 {
            window::fail_rank(layer, N, &x.shape);
        }
        let bilinear = matches!(self.mode, UpsampleMode::Bilinear);
        let by_size = self.size.is_some();
        let aligned = match self.align_corners {
            Some(_) if !bilinear => fail(layer, "align_corners is for the mode `Bilinear`; leave it out"),
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
            if input > 1 << 30 || output > 1 << 30 {
                fail(layer, "extents that are interpolated are at most 2^30");
            }
            dims[axis + 1] = output;
            lines[3 - N + axis] = match self.mode {
                UpsampleMode::Nearest => Line::nearest(input, output),
                UpsampleMode::Bilinear if aligned => Line::aligned(input, output),
                UpsampleMode::Bilinear => Line::centred(input, output),
            };
            axis += 1;
        }
        x.builder.push(Op::Upsample(Upsample { layer, bilinear, by_size, lines }), &[x], Shape::of(N as u8 + 1, dims))
    }
}

impl Upsample2d {
    /// `Nearest` or `Bilinear`.
    pub const fn mode(mut self, mode: UpsampleMode) -> Self {
        self.mode = mode;
        self
    }

    /// Whether `Bilinear` takes the outermost elements to be the corners of the image, rather than the middles of squares
    /// at its corners.
    pub const fn align_corners(mut self, align_corners: bool) -> Self {
        self.align_corners = Some(align_corners);
        self
    }
}

impl<const N: usize> Default for UpsampleOptions<N> {
    fn default() -> Self {
        UpsampleOptions::new()
    }
}

impl<'g> Tensor<'g> {
    /// Nearest elements over `[channels, length]`: `x.upsample1d(scale_factor = 2)`.
    ///
    /// See [`upsample2d`](Tensor::upsample2d).
    #[track_caller]
    pub const fn upsample1d(self, options: Upsample1d) -> Tensor<'g> {
        options.apply("upsample1d", self)
    }

    /// Interpolation over `[channels, height, width]`: `x.upsample2d(scale_factor = 2)`,
    /// `x.upsample2d(size = [15, 20], mode = Bilinear)`.
    ///
    /// `y[c, i, j] = x[c, ⌊i·height / out_height⌋, ⌊j·width / out_width⌋]`, exactly, where PyTorch rounds the ratio to an
    /// `f32` first. With `Bilinear`, the mean of the four elements around `(i + ½)·height / out_height − ½` (at least 0), or, with
    /// `align_corners = true`, around `i·(height − 1) / (out_height − 1)`; and so along the width.
    ///
    /// An element of a bilinear output takes 7 multiplications and 3 additions: the weights are whole numbers, and the
    /// sum is scaled once. They depend on the place alone, and to find them counts nothing, like an address.
    #[track_caller]
    pub const fn upsample2d(self, options: Upsample2d) -> Tensor<'g> {
        options.apply("upsample2d", self)
    }

    /// Nearest elements over `[channels, depth, height, width]`: `x.upsample3d(scale_factor = [1, 2, 2])`.
    ///
    /// See [`upsample2d`](Tensor::upsample2d).
    #[track_caller]
    pub const fn upsample3d(self, options: Upsample3d) -> Tensor<'g> {
        options.apply("upsample3d", self)
    }
}

#[track_caller]
const fn fail(layer: &str, what: &str) -> ! {
    Text::new().str("`").str(layer).str("`: ").str(what).fail()
}

/// Where the elements of the output lie in the input, along one axis: the first at `start / whole − 1`, and each behind
/// it a further `step / whole`. The first may lie before the input, by less than 1.
#[derive(Clone, Copy)]
struct Line {
    input: u32,
    output: u32,
    start: u32,
    step: u32,
    whole: u32,
}

impl Line {
    const UNIT: Line = Line { input: 1, output: 1, start: 1, step: 1, whole: 1 };

    const fn new(input: usize, output: usize, start: i64, step: u64, whole: u64) -> Self {
        let common = gcd(gcd(step, whole), start.unsigned_abs());
        let start = (start + whole as i64) as u64 / common;
        let (step, whole) = ((step / common) as u32, (whole / common) as u32);
        Line { input: input as u32, output: output as u32, start: start as u32, step, whole }
    }

    const fn nearest(input: usize, output: usize) -> Self {
        Line::new(input, output, 0, input as u64, output as u64)
    }

    /// Elements are the middles of squares.
    const fn centred(input: usize, output: usize) -> Self {
        Line::new(input, output, input as i64 - output as i64, 2 * input as u64, 2 * output as u64)
    }

    /// The first and the last elements lie on each other.
    const fn aligned(input: usize, output: usize) -> Self {
        if output == 1 {
            return Line::new(input, output, 0, 0, 1);
        }
        Line::new(input, output, 0, input as u64 - 1, output as u64 - 1)
    }
}

/// The places of a line, one behind the other, without a division.
#[derive(Clone, Copy)]
struct Walk {
    input: u32,
    output: u32,
    whole: u32,
    /// The place is the element `at − 1` and `rest / whole`.
    at: u32,
    rest: u32,
    step_at: u32,
    step_rest: u32,
}

/// The elements around a place, and their weights; those of a line have the sum `whole`.
#[derive(Clone, Copy)]
struct Around {
    at: [usize; 2],
    weights: [f32; 2],
}

impl Walk {
    const UNIT: Walk = Walk { input: 1, output: 1, whole: 1, at: 1, rest: 0, step_at: 1, step_rest: 0 };

    /// The element at the place or before it.
    #[inline(always)]
    fn at(&self) -> usize {
        self.at.saturating_sub(1) as usize
    }

    #[inline(always)]
    fn around(&self) -> Around {
        let at = self.at();
        let behind = if at + 1 < self.input as usize { at + 1 } else { at };
        let rest = if self.at == 0 { 0 } else { self.rest };
        Around { at: [at, behind], weights: [(self.whole - rest) as f32, rest as f32] }
    }

    #[inline(always)]
    fn advance(&mut self) {
        self.at += self.step_at;
        self.rest += self.step_rest;
        if self.rest >= self.whole {
            self.rest -= self.whole;
            self.at += 1;
        }
    }
}

/// An interpolation whose shapes are known.
#[derive(Clone, Copy)]
pub(crate) struct Upsample {
    layer: &'static str,
    bilinear: bool,
    /// Whether the extents of the output were given, and not a factor.
    by_size: bool,
    lines: [Line; 3],
}

impl Upsample {
    pub const fn name(&self) -> &'static str {
        self.layer
    }

    /// Nearest elements are moved. A bilinear element is `((a·l + b·r)·t + (c·l + d·r)·u) · scale`.
    pub const fn work(&self, io: Io<'_>) -> Work {
        if self.bilinear { Work::of(Census::ZERO.mul(7).add(3).times(io.elements())) } else { Work::NONE }
    }

    pub const fn state(&self, _: Io<'_>) -> State {
        State::NONE
    }

    pub const fn conventions(&self, io: Io<'_>) -> Row {
        let (inputs, outputs) = (io.input(0).elements(), io.elements());
        let positions = outputs / io.output().at(0) as u64;
        let planar = io.output().rank() == 3;
        let interpolated = if self.bilinear { multiply(11, outputs) } else { 0 };
        Row {
            thop: if self.bilinear { interpolated } else { outputs },
            ultralytics_thop: interpolated,
            ptflops_upsample: outputs,
            ptflops_functional: outputs,
            fvcore: match (self.bilinear, planar) {
                (true, _) => multiply(4, outputs),
                (false, true) => outputs,
                (false, false) => 0,
            },
            // It forgets the channels, as calflops does where the size is given.
            torchstat_flops: positions,
            calflops: if self.by_size { positions } else { inputs },
            ..Row::stateless(io)
        }
    }

    pub const fn storage(&self) -> Storage {
        Storage::Own
    }

    /// The scale makes the weights' sum 1; there is none where elements are moved.
    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let [_, y, x] = &self.lines;
        let scale = if self.bilinear { 1.0 / (y.whole as f32 * x.whole as f32) } else { 0.0 };
        let mut words = words.push(io.output().at(0) as u32).float(scale);
        let mut axis = 0;
        while axis < 3 {
            let Line { input, output, start, step, whole } = self.lines[axis];
            words = words.push(input).push(output).push(whole).push(start / whole).push(start % whole);
            words = words.push(step / whole).push(step % whole);
            axis += 1;
        }
        words
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, channels, scale] = step.words()?;
        let mut walks = [Walk::UNIT; 3];
        for walk in &mut walks {
            let [input, output, whole, at, rest, step_at, step_rest] = step.words()?;
            *walk = Walk { input, output, whole, at, rest, step_at, step_rest };
        }
        let [z, y, walk_x] = walks;
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
                let input = input.get(walk_z.at() * plane..)?.get(..plane)?;
                let mut walk_y = y;
                for _ in 0..y.output {
                    let line = lines.next()?;
                    if scale == 0.0 {
                        nearest(input.get(walk_y.at() * row..)?.get(..row)?, walk_x, line)?;
                    } else {
                        let Around { at: [above, below], weights } = walk_y.around();
                        let above = input.get(above * row..)?.get(..row)?;
                        let below = input.get(below * row..)?.get(..row)?;
                        bilinear(machine, [above, below], weights, walk_x, scale, line)?;
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

/// One line of means of two lines of the input.
#[inline(always)]
fn bilinear<M: Machine>(
    machine: &mut M,
    [above, below]: [&[Cell<f32>]; 2],
    [top, bottom]: [f32; 2],
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
        let above = mean(machine, [above.get(left)?.get(), above.get(right)?.get()], weights);
        let below = mean(machine, [below.get(left)?.get(), below.get(right)?.get()], weights);
        let sum = mean(machine, [above, below], [top, bottom]);
        output.set(machine.mul(sum, scale));
        walk.advance();
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{Array, layer};
    use super::*;

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
        fn bilinear_elements_are_means_of_those_around(
            input in prop::array::uniform3(1usize..6),
            size in prop::array::uniform2(1usize..12),
            aligned: bool,
        ) {
            let x = Array::numbers(&input);
            let options = Upsample2d::new().size(size).mode(UpsampleMode::Bilinear).align_corners(aligned);
            let (y, cost) = layer(&x, |x| x.upsample2d(options));
            let place = |axis: usize, at: usize| {
                let (from, to) = (input[axis + 1] as f64, size[axis] as f64);
                match aligned {
                    true if size[axis] == 1 => 0.0,
                    true => at as f64 * (from - 1.0) / (to - 1.0),
                    false => ((at as f64 + 0.5) * from / to - 0.5).max(0.0),
                }
            };
            let expected = Array::of(&[input[0], size[0], size[1]], |index| {
                let (at_y, at_x) = (place(0, index[1]), place(1, index[2]));
                let mut sum = 0.0;
                for y in 0..input[1] {
                    for at in 0..input[2] {
                        // What lies beyond the last element is taken by that.
                        let near = |at: f64, element: usize, last: usize| {
                            let at = at.min((last - 1) as f64);
                            (1.0 - (at - element as f64).abs()).max(0.0)
                        };
                        let weight = near(at_y, y, input[1]) * near(at_x, at, input[2]);
                        sum += weight * x.at(&[index[0], y, at]) as f64;
                    }
                }
                sum as f32
            });
            y.assert_close(&expected);
            prop_assert_eq!(cost.census, Census::ZERO.mul(7).add(3).times(y.data.len() as u64));
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
    #[should_panic(expected = "`upsample2d`: align_corners is for the mode `Bilinear`; leave it out")]
    fn corners_are_of_bilinear_interpolation() {
        upsample(Upsample2d::new().size(8).align_corners(true));
    }
}
