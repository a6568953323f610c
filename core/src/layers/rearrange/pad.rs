//! Elements before and after a tensor's own: `pad1d`, `pad2d`, `pad3d`.

use crate::base::message::Text;
use crate::base::per_axis as extent;
use crate::base::per_axis::Extent;
use crate::base::shape::Shape;
use crate::base::shape::{MAX_RANK, channel_last_axis};
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::kernel::{Kernel, Numbers};
use crate::int8::scatter as int8;
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, rows, words};
use crate::layers::list::Op;
use crate::layers::moves::moves;
use crate::layers::options::{options, ranks};
use crate::op::row::Row;
use crate::op::storage::Storage;
use crate::op::words::Words;

ranks!(PadOptions: pad1d Pad1d, pad2d Pad2d, pad3d Pad3d);

/// What fills the padding of [`Tensor::pad2d`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PadMode {
    /// One number, zero if no `value` is given.
    Constant,
    /// The tensor mirrored at its first and at its last element, which are not repeated.
    Reflect,
    /// The first and the last element.
    Replicate,
    /// The tensor again, from its other end.
    Circular,
}

options! {
    /// The options of a padding of the last `N` axes, PyTorch's `ConstantPad1d`, `ReflectionPad1d`, `ReplicationPad1d`,
    /// `CircularPad1d` and those of two and three axes.
    pub struct PadOptions<const N: usize> {
        before: [usize; N] = extent::extent(padding),
        after: [usize; N] = extent::extent(padding),
    }

    /// This many zeros before and after: a number, or one for each axis.
    new(padding: impl Extent<N>);

    /// How many elements come after, if not as many as before: a number, or one for each axis.
    after(mut self, after: impl Extent<N>) { self.after = extent::extent(after) }

    /// What fills the padding: a constant, `Reflect`, `Replicate` or `Circular`.
    mode: PadMode = PadMode::Constant;

    /// The constant.
    value: f32;
}

impl<const N: usize> PadOptions<N> {
    #[track_caller]
    const fn apply<'g>(self, layer: &'static str, x: Tensor<'g>) -> Tensor<'g> {
        if matches!(self.value, Some(value) if value.is_nan()) {
            Text::new().str("`").str(layer).str("`: the value is not a number").fail();
        }
        if self.value.is_some() && !matches!(self.mode, PadMode::Constant) {
            fail_value(layer);
        }
        let first = match x.rank().checked_sub(N) {
            Some(first) => first,
            None => fail_rank(layer, N, &x.shape),
        };
        let mut dims = x.shape.to_usize();
        let mut sides = [Side::UNIT; 3];
        let mut axis = 0;
        while axis < N {
            let (input, before, after) = (x.shape.at(first + axis), self.before[axis], self.after[axis]);
            if matches!(self.mode, PadMode::Reflect) && (before >= input || after >= input) {
                fail_reflect(layer, if before >= input { before } else { after }, first + axis, &x.shape);
            }
            if matches!(self.mode, PadMode::Circular) && (before > input || after > input) {
                fail_circular(layer, if before > input { before } else { after }, first + axis, &x.shape);
            }
            let output = input as u128 + before as u128 + after as u128;
            if output > 1 << 30 {
                fail_output(layer, first + axis);
            }
            dims[first + axis] = output as usize;
            sides[3 - N + axis] = Side { input: input as u32, output: output as u32, before: before as u32 };
            axis += 1;
        }
        let value = match self.value {
            Some(value) => value,
            None => 0.0,
        };
        let op = Pad { layer, mode: self.mode, value, sides };
        x.builder.push_one(Op::Pad(op), x.node, Shape::of(x.rank() as u8, dims))
    }
}

impl<'g> Tensor<'g> {
    /// Pads the last axis: `x.pad1d(2, mode = Reflect)`. See [`pad2d`](Tensor::pad2d).
    #[track_caller]
    pub const fn pad1d(self, options: Pad1d) -> Tensor<'g> {
        options.apply("pad1d", self)
    }

    /// Pads the last two axes: `x.pad2d(1)` by a zero on each side, `x.pad2d(0, after = 1)` at their ends only,
    /// `x.pad2d([2, 3], value = -1.0)` by a number for each axis.
    ///
    /// With `mode = Reflect` the tensor is mirrored at its borders, by less than its extent; with `mode = Replicate`
    /// its borders are repeated; and with `mode = Circular` it begins again, by at most its extent. A convolution with
    /// PyTorch's `padding_mode` is this layer before a convolution without padding.
    #[track_caller]
    pub const fn pad2d(self, options: Pad2d) -> Tensor<'g> {
        options.apply("pad2d", self)
    }

    /// Pads the last three axes: `x.pad3d([1, 0, 0])`. See [`pad2d`](Tensor::pad2d).
    #[track_caller]
    pub const fn pad3d(self, options: Pad3d) -> Tensor<'g> {
        options.apply("pad3d", self)
    }
}

#[track_caller]
const fn fail_value(layer: &str) -> ! {
    Text::new().str("`").str(layer).str("`: a value is for the mode `Constant`; leave out the value or the mode").fail()
}

#[track_caller]
const fn fail_rank(layer: &str, axes: usize, shape: &Shape) -> ! {
    Text::new()
        .str("`")
        .str(layer)
        .str("` pads the last ")
        .str(match axes {
            1 => "axis",
            2 => "two axes",
            _ => "three axes",
        })
        .str(", and is given a tensor of shape ")
        .shape(shape)
        .fail()
}

#[track_caller]
const fn fail_reflect(layer: &str, padding: usize, axis: usize, shape: &Shape) -> ! {
    let extent = shape.at(axis) as u64;
    Text::new()
        .str("`")
        .str(layer)
        .str("`: a reflection by ")
        .number(padding as u64)
        .str(" is not below the extent of axis ")
        .number(axis as u64)
        .str(" of a tensor of shape ")
        .shape(shape)
        .str("; it is at most ")
        .number(extent - 1)
        .fail()
}

#[track_caller]
const fn fail_circular(layer: &str, padding: usize, axis: usize, shape: &Shape) -> ! {
    let text = Text::new().str("`").str(layer).str("`: ").number(padding as u64);
    let text = text.str(" elements from the other end are more than axis ").number(axis as u64);
    text.str(" of a tensor of shape ").shape(shape).str(" has; it is at most ").number(shape.at(axis) as u64).fail()
}

#[track_caller]
const fn fail_output(layer: &str, axis: usize) -> ! {
    Text::new()
        .str("`")
        .str(layer)
        .str("`: axis ")
        .number(axis as u64)
        .str(" of the output is too large; extents are at most 2^30")
        .fail()
}

words! {
    /// The padding along one axis.
    struct Side {
        input,
        output,
        before,
    }
}

impl Side {
    const UNIT: Side = Side { input: 1, output: 1, before: 0 };

    /// The element that an element of the output is, or `None` for the number that fills the padding.
    #[inline(always)]
    fn source(&self, mode: u32, output: u32) -> Option<usize> {
        let at = output.wrapping_sub(self.before);
        if at < self.input {
            return Some(at as usize);
        }
        let (is_before, last) = (output < self.before, self.input - 1);
        match mode {
            Pad::REFLECT if is_before => Some((self.before - output) as usize),
            Pad::REFLECT => Some((2 * last).wrapping_sub(at) as usize),
            Pad::CIRCULAR if is_before => Some((output + self.input - self.before) as usize),
            Pad::CIRCULAR => Some((at - self.input) as usize),
            Pad::REPLICATE => Some(if is_before { 0 } else { last as usize }),
            _ => None,
        }
    }
}

/// A padding whose shapes are known.
#[derive(Clone, Copy)]
pub(crate) struct Pad {
    layer: &'static str,
    mode: PadMode,
    value: f32,
    sides: [Side; 3],
}

moves!(Pad, |_| Row::UNCOUNTED);

impl Pad {
    const CONSTANT: u32 = 0;
    const REFLECT: u32 = 1;
    const REPLICATE: u32 = 2;
    const CIRCULAR: u32 = 3;

    pub const fn name(&self) -> &'static str {
        self.layer
    }

    pub const fn storage(&self, _: Io<'_>) -> Storage<'_> {
        Storage::OWN
    }

    /// Its kernel over integers of 8 bits: with a constant.
    pub const fn int8(&self, io: Io<'_>, numbers: &Numbers) -> Option<Kernel> {
        if !matches!(self.mode, PadMode::Constant) {
            return None;
        }
        let (input, rank) = io.input(0).channel_last();
        let (output, _) = io.output().channel_last();
        let (mut before, mut side) = ([0; MAX_RANK], 3);
        while side > 0 && rank + side > 3 {
            side -= 1;
            before[channel_last_axis(rank + side - 3, rank)] = self.sides[side].before;
        }
        let value = numbers.output.quantize(self.value);
        let (input, before, output) = (input.split_at(rank).0, before.split_at(rank).0, output.split_at(rank).0);
        match int8::Pad::new(input, before, output, value) {
            Some(pad) => Some(Kernel::Pad(pad)),
            None => None,
        }
    }

    /// Whether both pad the same axes, of as many, by the same constant.
    pub const fn agrees(&self, other: &Pad) -> bool {
        let is_constant = matches!((self.mode, other.mode), (PadMode::Constant, PadMode::Constant));
        if !is_constant || self.value.to_bits() != other.value.to_bits() {
            return false;
        }
        let (mut i, mut j) = (0, 0);
        loop {
            while i < 3 && self.sides[i].input == self.sides[i].output {
                i += 1;
            }
            while j < 3 && other.sides[j].input == other.sides[j].output {
                j += 1;
            }
            if i == 3 || j == 3 {
                return i == j;
            }
            let (a, b) = (&self.sides[i], &other.sides[j]);
            if a.input != b.input || a.output != b.output || a.before != b.before {
                return false;
            }
            (i, j) = (i + 1, j + 1);
        }
    }

    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let [z, y, x] = &self.sides;
        let volume = z.output as u64 * y.output as u64 * x.output as u64;
        let mode = match self.mode {
            PadMode::Constant => Self::CONSTANT,
            PadMode::Reflect => Self::REFLECT,
            PadMode::Replicate => Self::REPLICATE,
            PadMode::Circular => Self::CIRCULAR,
        };
        let mut words = words.count(io.elements() / volume).push(mode).float(self.value);
        let mut axis = 0;
        while axis < 3 {
            words = self.sides[axis].encode(words);
            axis += 1;
        }
        words
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, count, mode, value] = step.words()?;
        let mut sides = [Side::UNIT; 3];
        for side in &mut sides {
            *side = Side::decode(step.words()?);
        }
        let [z, y, x_side] = &sides;
        let value = f32::from_bits(value);
        let (row, plane) = (x_side.input as usize, y.input as usize * x_side.input as usize);
        let (input_volume, output_row) = (z.input as usize * plane, x_side.output as usize);
        let output_volume = z.output as usize * y.output as usize * output_row;
        let input = step.view(machine, x, count as usize * input_volume)?;
        let output = step.view(machine, out, count as usize * output_volume)?;
        for (input, output) in rows(input, input_volume).zip(rows(output, output_volume)) {
            let mut lines = rows(output, output_row);
            for output_z in 0..z.output {
                for output_y in 0..y.output {
                    let line = lines.next()?;
                    let source = match (z.source(mode, output_z), y.source(mode, output_y)) {
                        (Some(from_z), Some(from_y)) => input.get(from_z * plane + from_y * row..)?.get(..row)?,
                        _ => &[],
                    };
                    for (output_x, output) in line.iter().enumerate() {
                        // In an empty line, everything is padding.
                        let from = x_side.source(mode, output_x as u32).and_then(|from| source.get(from));
                        output.set(from.map_or(value, |from| from.get()));
                    }
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::{Array, layer};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn the_padding_is_what_the_mode_says(
            extents in prop::array::uniform4(1usize..5),
            before in prop::array::uniform3(0usize..6),
            after in prop::array::uniform3(0usize..6),
            mode in 0usize..4,
        ) {
            let mode = [PadMode::Constant, PadMode::Reflect, PadMode::Replicate, PadMode::Circular][mode];
            let bound = |padding: usize, axis: usize| match mode {
                PadMode::Reflect => padding.min(extents[axis + 1] - 1),
                PadMode::Circular => padding.min(extents[axis + 1]),
                _ => padding,
            };
            let before = [0, 1, 2].map(|axis| bound(before[axis], axis));
            let after = [0, 1, 2].map(|axis| bound(after[axis], axis));
            let x = Array::numbers(&extents);
            let mut options = Pad3d::new(before).after(after).mode(mode);
            if mode == PadMode::Constant {
                options = options.value(-7.5);
            }
            let (y, cost) = layer(&x, |x| x.pad3d(options));
            let shape = [0, 1, 2].map(|axis| before[axis] + extents[axis + 1] + after[axis]);
            let expected = Array::of(&[extents[0], shape[0], shape[1], shape[2]], |index| {
                let mut from = [index[0], 0, 0, 0];
                for axis in 0..3 {
                    let last = extents[axis + 1] as isize - 1;
                    let at = index[axis + 1] as isize - before[axis] as isize;
                    let inside = match mode {
                        PadMode::Constant if at < 0 || at > last => return -7.5,
                        PadMode::Constant => at,
                        PadMode::Reflect => last - (last - at.abs()).abs(),
                        PadMode::Replicate => at.clamp(0, last),
                        PadMode::Circular => at.rem_euclid(last + 1),
                    };
                    from[axis + 1] = inside as usize;
                }
                x.at(&from)
            });
            prop_assert_eq!(y, expected);
            prop_assert_eq!(cost.census.total(), 0);
        }
    }

    #[test]
    fn it_pads_the_last_axes_of_any_tensor() {
        let x = Array::numbers(&[3]);
        let (y, _) = layer(&x, |x| x.pad1d(Pad1d::new(1)));
        assert_eq!(y.data, [0.0, x.data[0], x.data[1], x.data[2], 0.0]);
        let x = Array::numbers(&[2, 2, 3]);
        let (y, _) = layer(&x, |x| x.pad3d(Pad3d::new([1, 0, 0])));
        let inside = |index: &[usize]| if (1..3).contains(&index[0]) { Some(index[0] - 1) } else { None };
        let at = |index: &[usize]| inside(index).map_or(0.0, |channel| x.at(&[channel, index[1], index[2]]));
        assert_eq!(y, Array::of(&[4, 2, 3], at));
    }

    #[test]
    #[should_panic(
        expected = "`pad2d`: a reflection by 3 is not below the extent of axis 2 of a tensor of shape 2×4×3; it is at \
                    most 2"
    )]
    fn a_reflection_is_below_the_extent() {
        layer(&Array::numbers(&[2, 4, 3]), |x| x.pad2d(Pad2d::new(3).mode(PadMode::Reflect)));
    }

    #[test]
    #[should_panic(
        expected = "`pad2d`: 5 elements from the other end are more than axis 1 of a tensor of shape 2×4×3 has; it is \
                    at most 4"
    )]
    fn it_begins_again_once() {
        layer(&Array::numbers(&[2, 4, 3]), |x| x.pad2d(Pad2d::new([5, 0]).mode(PadMode::Circular)));
    }

    #[test]
    #[should_panic(expected = "`pad2d`: a value is for the mode `Constant`; leave out the value or the mode")]
    fn only_a_filling_has_a_value() {
        layer(&Array::numbers(&[2, 4, 3]), |x| x.pad2d(Pad2d::new(1).mode(PadMode::Replicate).value(1.0)));
    }

    #[test]
    #[should_panic(expected = "`pad2d` pads the last two axes, and is given a tensor of shape 4")]
    fn the_axes_must_be_there() {
        layer(&Array::numbers(&[4]), |x| x.pad2d(Pad2d::new(1)));
    }
}
