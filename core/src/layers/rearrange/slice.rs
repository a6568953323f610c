//! A tensor cut along an axis: `chunk`, `split`, `narrow`.

use crate::base::layout::Layout;
use crate::base::message::Text;
use crate::base::shape::Shape;
use crate::base::shape::{MAX_RANK, channel_last_axis};
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::int8::gather::Gather;
use crate::int8::kernel::{Kernel, Numbers};
use crate::kernel::machine::Machine;
use crate::kernel::step::{Ran, Step, copy, rows};
use crate::layers::list::Op;
use crate::layers::moves::moves;
use crate::layers::options::options;
use crate::op::row::Row;
use crate::op::storage::{Reads, Storage};
use crate::op::syntax::Syntax;
use crate::op::words::Words;

pub(crate) const SYNTAX: &[Syntax] = &[
    Chunk::syntax("chunk", "Chunk"),
    Split::<1>::syntax("split", "Split"),
    Syntax::plain("narrow", &["axis", "start", "len"]),
];

options! {
    /// The options of [`Tensor::chunk`], PyTorch's `chunk`.
    pub struct Chunk {
        chunks: usize,
    }

    /// This many parts along axis 0, the channels.
    new(chunks: usize);

    /// The axis that is cut, counted from the back when negative.
    axis: isize = 0;
}

options! {
    /// The options of [`Tensor::split`], PyTorch's `split` by a list of sizes.
    pub struct Split<const N: usize> {
        sizes: [usize; N],
    }

    /// Parts of these sizes along axis 0, the channels.
    new(sizes: [usize; N]);

    /// The axis that is cut, counted from the back when negative.
    axis: isize = 0;
}

impl<'g> Tensor<'g> {
    /// Parts of equal size: `let [a, b] = x.chunk(2, axis = 1)`. Where the axis does not divide, the last part is
    /// smaller.
    ///
    /// Each part is a layer. Along axis 0 (in 8 bits, axis 1), and wherever else its elements lie together, nothing is
    /// moved.
    #[track_caller]
    pub const fn chunk<const N: usize>(self, options: Chunk) -> [Tensor<'g>; N] {
        let axis = self.shape.axis(options.axis);
        let extent = self.shape.at(axis);
        if N != options.chunks {
            fail_pattern(N, options.chunks);
        }
        if N == 0 {
            panic!("`chunk` into no parts: it takes at least one");
        }
        let size = extent.div_ceil(N);
        if size.saturating_mul(N - 1) >= extent {
            fail_chunks(N, extent, size);
        }
        let mut parts = [self; N];
        let mut part = 0;
        while part < N {
            let from = part * size;
            let rest = extent - from;
            parts[part] = self.slice("chunk", axis, from, 1, if rest < size { rest } else { size });
            part += 1;
        }
        parts
    }

    /// Parts of given sizes, which add up to the extent of the axis: `let [a, b] = x.split([16, 48])`.
    ///
    /// Each part is a layer. Along axis 0 (in 8 bits, axis 1), and wherever else its elements lie together, nothing is
    /// moved.
    #[track_caller]
    pub const fn split<const N: usize>(self, options: Split<N>) -> [Tensor<'g>; N] {
        let axis = self.shape.axis(options.axis);
        let mut parts = [self; N];
        let mut from = 0usize;
        let mut part = 0;
        while part < N {
            let size = options.sizes[part];
            if size == 0 {
                fail_empty(part);
            }
            let to = from.saturating_add(size);
            if to <= self.shape.at(axis) {
                parts[part] = self.slice("split", axis, from, 1, size);
            }
            from = to;
            part += 1;
        }
        if from != self.shape.at(axis) {
            fail_sizes(from, &self.shape, axis);
        }
        parts
    }

    /// The `len` elements of an axis from `start` on: `x.narrow(1, 2, 3)`. The axis is counted from the back when
    /// negative.
    ///
    /// Along axis 0 (in 8 bits, axis 1), and wherever else the elements lie together, nothing is moved.
    #[track_caller]
    pub const fn narrow(self, axis: isize, start: usize, len: usize) -> Tensor<'g> {
        let axis = self.shape.axis(axis);
        let extent = self.shape.at(axis);
        if len == 0 {
            panic!("`narrow` to no elements; it takes at least one: `narrow(axis, start, len)`");
        }
        if start > extent || len > extent - start {
            fail_range(start, len, &self.shape, axis);
        }
        self.slice("narrow", axis, start, 1, len)
    }

    /// The `len` elements of an axis from `start` on that are `step` apart, backwards where it is negative. They have to
    /// be within the axis.
    pub(crate) const fn every(self, axis: usize, start: usize, step: i32, len: usize) -> Tensor<'g> {
        self.slice("narrow", axis, start, step, len)
    }

    #[track_caller]
    const fn slice(self, layer: &'static str, axis: usize, from: usize, step: i32, size: usize) -> Tensor<'g> {
        let inner = self.shape.product(axis + 1, self.rank());
        let op = Slice {
            layer,
            axis: axis as u8,
            is_tail: false,
            from: from as u32,
            step,
            contiguous: step == 1 && (size == self.shape.at(axis) || self.shape.product(0, axis) == 1),
            offset: from as u64 * inner,
        };
        self.builder.push_one(Op::Slice(op), self.node, self.shape.with(axis, size))
    }
}

#[track_caller]
const fn fail_pattern(taken: usize, chunks: usize) -> ! {
    Text::new()
        .str("`chunk` into ")
        .number(chunks as u64)
        .str(if chunks == 1 { " part" } else { " parts" })
        .str(", and the pattern takes ")
        .number(taken as u64)
        .str(": write `let [a, b] = x.chunk(2)`, with as many names as parts")
        .fail()
}

#[track_caller]
const fn fail_chunks(chunks: usize, extent: usize, size: usize) -> ! {
    Text::new()
        .str("`chunk` into ")
        .number(chunks as u64)
        .str(" parts along an axis of ")
        .number(extent as u64)
        .str(": ")
        .number(extent.div_ceil(size) as u64)
        .str(" of ")
        .number(size as u64)
        .str(if size == 1 { " element" } else { " elements" })
        .str(" fill it; take that many, or give their sizes, as in `split([3, 2, 1])`")
        .fail()
}

#[track_caller]
const fn fail_empty(part: usize) -> ! {
    Text::new().str("`split`: the size of part ").number(part as u64).str(" is zero; it is at least 1").fail()
}

#[track_caller]
const fn fail_sizes(sum: usize, shape: &Shape, axis: usize) -> ! {
    Text::new()
        .str("`split`: the sizes add up to ")
        .number(sum as u64)
        .str(", but axis ")
        .number(axis as u64)
        .str(" of a tensor of shape ")
        .shape(shape)
        .str(" has ")
        .number(shape.at(axis) as u64)
        .fail()
}

#[track_caller]
const fn fail_range(start: usize, len: usize, shape: &Shape, axis: usize) -> ! {
    Text::new()
        .str("`narrow` to ")
        .number(len as u64)
        .str(if len == 1 { " element from " } else { " elements from " })
        .number(start as u64)
        .str(" on: axis ")
        .number(axis as u64)
        .str(" of a tensor of shape ")
        .shape(shape)
        .str(" has ")
        .number(shape.at(axis) as u64)
        .str("; write `narrow(axis, start, len)`, with start + len at most the extent")
        .fail()
}

/// One part of a tensor.
#[derive(Clone, Copy)]
pub(crate) struct Slice {
    layer: &'static str,
    axis: u8,
    /// Whether it lies after the elements of a tensor, in its tail.
    is_tail: bool,
    /// Where it starts along the axis.
    from: u32,
    /// How far apart its elements are along the axis; backwards where it is negative.
    step: i32,
    /// Whether its elements lie together, in the order of the axes as declared.
    contiguous: bool,
    /// Where it starts then in each row of the tensor, in elements.
    offset: u64,
}

moves!(Slice, |_| Row::UNCOUNTED);

impl Slice {
    /// A part of a tensor's tail, from an element of its memory on.
    pub const fn part(offset: u64) -> Self {
        Slice { layer: "narrow", axis: 0, is_tail: true, from: 0, step: 1, contiguous: true, offset }
    }

    pub const fn name(&self) -> &'static str {
        self.layer
    }

    pub const fn storage(&self, io: Io<'_>) -> Storage<'_> {
        let (mut contiguous, mut offset) = (self.contiguous, self.offset);
        if let Layout::ChannelLast = io.graph.settings.layout
            && !self.is_tail
        {
            let (input, axis, layout) = (io.input(0), self.axis as usize, io.graph.settings.layout);
            contiguous = self.step == 1 && (io.elements() == input.elements() || layout.is_outermost(input, axis));
            offset = self.from as u64 * layout.stride(input, axis);
        }
        if contiguous { Storage::view(offset) } else { Storage::OWN.reads(Reads::Written) }
    }

    /// Its kernel over integers of 8 bits.
    pub const fn int8(&self, io: Io<'_>, _: &Numbers) -> Option<Kernel> {
        if self.is_tail {
            return None;
        }
        let (input, rank) = io.input(0).channel_last();
        let (sizes, _) = io.output().channel_last();
        let (mut begin, mut steps) = ([0; MAX_RANK], [1; MAX_RANK]);
        let axis = channel_last_axis(self.axis as usize, rank);
        (begin[axis], steps[axis]) = (self.from, self.step);
        let (input, begin) = (input.split_at(rank).0, begin.split_at(rank).0);
        match Gather::slice(input, begin, steps.split_at(rank).0, sizes.split_at(rank).0) {
            Some(gather) => Some(Kernel::Gather(gather)),
            None => None,
        }
    }

    /// How many rows there are, how long they are in the input and in the output, and where the part starts in them:
    /// a row is the axis and all after it. Where elements are apart, how many lie together, and how far these are from
    /// the next.
    pub const fn encode(&self, io: Io<'_>, words: Words) -> Words {
        let (input, output, axis) = (io.input(0), io.output(), self.axis as usize);
        let words = words
            .count(input.product(0, axis))
            .count(input.product(axis, input.rank()))
            .count(output.product(axis, output.rank()))
            .count(self.offset);
        if self.step == 1 {
            return words;
        }
        let together = output.product(axis + 1, output.rank());
        words.count(together).push((self.step as i64 * together as i64) as u32)
    }

    pub fn kernel<M: Machine>(machine: &mut M, mut step: Step<'_, '_>) -> Ran {
        let [out, x, count, input_row, output_row, from] = step.words()?;
        let (count, from) = (count as usize, from as usize);
        let (input_row, output_row) = (input_row as usize, output_row as usize);
        let input = step.view(machine, x, count * input_row)?;
        let output = step.view(machine, out, count * output_row)?;
        let [together, apart] = step.words().unwrap_or([output_row as u32, 0]);
        for (input, output) in rows(input, input_row).zip(rows(output, output_row)) {
            let mut from = from;
            for output in rows(output, together as usize) {
                copy(input.get(from..)?, output);
                from = from.wrapping_add_signed(apart as i32 as isize);
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::testing::{Array, layer, run, vec};

    /// The elements `from..to` along an axis.
    fn part(x: &Array, axis: usize, from: usize, to: usize) -> Array {
        let mut shape = x.shape.clone();
        shape[axis] = to - from;
        Array::of(&shape, |index| {
            let mut index = index.to_vec();
            index[axis] += from;
            x.at(&index)
        })
    }

    #[test]
    fn parts_are_those_of_the_sizes() {
        let x = Array::numbers(&[6, 6, 6]);
        for axis in 0..3 {
            let ran = run(core::slice::from_ref(&x), |_, x| {
                x[0].split(Split::new([1, 3, 2]).axis(axis as isize - 3)).to_vec()
            });
            let expected = [(0, 1), (1, 4), (4, 6)].map(|(from, to)| part(&x, axis, from, to));
            assert_eq!(ran.outputs, expected);
            // Along axis 0 parts are views.
            assert_eq!(ran.steps, if axis == 0 { 0 } else { 3 });
        }
    }

    #[test]
    fn parts_that_lie_together_are_views() {
        let x = Array::numbers(&[1, 6, 2]);
        let ran = run(core::slice::from_ref(&x), |_, x| x[0].chunk::<2>(Chunk::new(2).axis(1)).to_vec());
        assert_eq!(ran.outputs, [part(&x, 1, 0, 3), part(&x, 1, 3, 6)]);
        assert_eq!(ran.steps, 0);
        // The whole of an axis, and parts of parts.
        let x = Array::numbers(&[6, 2]);
        let ran = run(core::slice::from_ref(&x), |_, x| {
            let [whole] = x[0].chunk(Chunk::new(1).axis(1));
            let [_, below] = whole.split(Split::new([2, 4]));
            let [_, below] = below.chunk(Chunk::new(2));
            vec![below]
        });
        assert_eq!(ran.outputs, [part(&x, 0, 4, 6)]);
        assert_eq!(ran.steps, 0);
    }

    #[test]
    fn the_last_chunk_may_be_smaller() {
        let x = Array::numbers(&[2, 7]);
        let ran = run(core::slice::from_ref(&x), |_, x| x[0].chunk::<3>(Chunk::new(3).axis(1)).to_vec());
        assert_eq!(ran.outputs, [part(&x, 1, 0, 3), part(&x, 1, 3, 6), part(&x, 1, 6, 7)]);
    }

    #[test]
    fn a_range_of_an_axis_is_a_view_where_its_elements_lie_together() {
        let x = Array::numbers(&[4, 5, 6]);
        for (axis, start, len) in [(0, 1, 2), (1, 0, 5), (1, 2, 3), (2, 5, 1)] {
            let ran = run(core::slice::from_ref(&x), |_, x| vec![x[0].narrow(axis - 3, start, len)]);
            assert_eq!(ran.outputs, [part(&x, axis as usize, start, start + len)]);
            assert_eq!(ran.steps, (axis > 0 && len < 5) as usize);
        }
    }

    #[test]
    fn elements_may_be_apart_and_backwards() {
        let x = Array::numbers(&[4, 5, 6]);
        for (axis, start, step, len) in [(0, 0, 2, 2), (1, 1, 3, 2), (2, 5, -2, 3), (0, 3, -1, 4), (1, 4, -4, 2)] {
            let ran = run(core::slice::from_ref(&x), |_, x| vec![x[0].every(axis, start, step, len)]);
            let mut shape = x.shape.clone();
            shape[axis] = len;
            let expected = Array::of(&shape, |index| {
                let mut index = index.to_vec();
                index[axis] = (start as i32 + index[axis] as i32 * step) as usize;
                x.at(&index)
            });
            assert_eq!(ran.outputs, [expected]);
            assert_eq!((ran.steps, ran.cost.macs), (1, 0));
        }
    }

    #[test]
    #[should_panic(expected = "`narrow` to 3 elements from 4 on: axis 1 of a tensor of shape 4×6 has 6; write \
                    `narrow(axis, start, len)`, with start + len at most the extent")]
    fn a_range_does_not_go_past_the_end() {
        run(&[Array::numbers(&[4, 6])], |_, x| vec![x[0].narrow(1, 4, 3)]);
    }

    #[test]
    #[should_panic(expected = "`narrow` to no elements; it takes at least one")]
    fn a_range_is_not_empty() {
        run(&[Array::numbers(&[4, 6])], |_, x| vec![x[0].narrow(1, 4, 0)]);
    }

    #[test]
    #[should_panic(expected = "`chunk` into 3 parts, and the pattern takes 2")]
    fn the_pattern_takes_all_chunks() {
        run(&[Array::numbers(&[6])], |_, x| x[0].chunk::<2>(Chunk::new(3)).to_vec());
    }

    #[test]
    #[should_panic(expected = "`chunk` into 4 parts along an axis of 6: 3 of 2 elements fill it; take that many, \
                               or give their sizes, as in `split([3, 2, 1])`")]
    fn there_must_be_as_many_chunks_as_are_asked_for() {
        run(&[Array::numbers(&[6])], |_, x| x[0].chunk::<4>(Chunk::new(4)).to_vec());
    }

    #[test]
    #[should_panic(expected = "`split`: the sizes add up to 5, but axis 0 of a tensor of shape 6×2 has 6")]
    fn sizes_add_up_to_the_axis() {
        run(&[Array::numbers(&[6, 2])], |_, x| x[0].split(Split::new([2, 3])).to_vec());
    }

    #[test]
    #[should_panic(expected = "`split`: the size of part 1 is zero; it is at least 1")]
    fn an_empty_part_is_refused() {
        layer(&Array::numbers(&[6, 2]), |x| x.split(Split::new([6, 0]))[0]);
    }
}
