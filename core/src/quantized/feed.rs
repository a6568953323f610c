//! The run of layers that take rows: as soon as a row arrives, everything that can be computed from it is.

use core::cell::Cell;

use crate::int8::kernel::Kernels;
use crate::kernel::step::Ran;
use crate::op::axis::Axis;
use crate::quantized::steps::Step;
use crate::run::error::RunError;
use crate::stream::stream::{Pass, Ring, Segment};

/// How many rows of a tensor were made, and how many of them, from the first on, are no longer read.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    pub(crate) rows: u16,
    pub(crate) read: u16,
}

impl Made {
    /// None.
    pub const NONE: Made = Made { rows: 0, read: 0 };
}

/// Watches a run.
pub(crate) trait Watch {
    /// A layer, by its place among those that run by rows, is about to make a row.
    fn before(&mut self, feed: &Feed<'_>, arena: &mut [i8], made: &[Made], segment: &Segment, layer: usize);

    /// A layer has made this row.
    fn row(&mut self, layer: usize, row: &[i8]);

    /// All rows are made, and the rest of the network is about to run.
    fn rest(&mut self, feed: &Feed<'_>, arena: &mut [i8]);

    /// The layer with this number is done.
    fn after(&mut self, layer: usize);
}

/// Only layers that are done are watched.
impl<F: FnMut(usize)> Watch for F {
    #[inline(always)]
    fn before(&mut self, _: &Feed<'_>, _: &mut [i8], _: &[Made], _: &Segment, _: usize) {}

    #[inline(always)]
    fn row(&mut self, _: usize, _: &[i8]) {}

    #[inline(always)]
    fn rest(&mut self, _: &Feed<'_>, _: &mut [i8]) {}

    #[inline(always)]
    fn after(&mut self, layer: usize) {
        self(layer);
    }
}

/// What is run by rows: where they lie, and what layers do with them.
#[derive(Clone, Copy)]
pub(crate) struct Feed<'a> {
    pub segments: &'a [Segment],
    pub rings: &'a [Ring],
    pub passes: &'a [Pass],
    /// A step for each pass, with those of the rest after them.
    pub steps: &'a [Step],
    pub weights: &'a [u8],
}

impl Feed<'_> {
    /// The elements of a row of the input, how many rows it has, and how many of them were fed.
    pub fn input(&self, made: &[Made]) -> (usize, usize, usize) {
        let (row, height) = self.rings.first().map_or((0, 0), |ring| (ring.row as usize, ring.height as usize));
        (row, height, made.first().map_or(0, |made| made.rows as usize))
    }

    /// Takes the next row of the input, and runs what it makes possible.
    ///
    /// # Errors
    /// If a layer finds its step malformed.
    pub fn row<K: Kernels>(
        &self,
        arena: &mut [i8],
        made: &mut [Made],
        row: &[i8],
        watch: &mut impl Watch,
    ) -> Result<(), RunError> {
        self.write(arena, made, row).ok_or(self.damaged(0))?;
        self.arrive::<K>(arena, made, self.segments.first().unwrap_or(&Segment::NONE), watch)
    }

    fn write(&self, arena: &mut [i8], made: &[Made], row: &[i8]) -> Ran {
        let to = self.place(0, *made.first()?)?;
        arena.get_mut(to..)?.get_mut(..row.len())?.copy_from_slice(row);
        Some(())
    }

    /// Runs the segments after the first.
    ///
    /// # Errors
    /// If a layer finds its step malformed.
    pub fn rest<K: Kernels>(
        &self,
        arena: &mut [i8],
        made: &mut [Made],
        watch: &mut impl Watch,
    ) -> Result<(), RunError> {
        for segment in self.segments.get(1..).unwrap_or(&[]) {
            let from = segment.from as usize;
            let damaged = self.damaged(from);
            *made.get_mut(from).ok_or(damaged)? = Made::NONE;
            for _ in 0..self.rings.get(from).ok_or(damaged)?.height {
                self.arrive::<K>(arena, made, segment, watch)?;
            }
        }
        Ok(())
    }

    /// The error of a layer, by its place among those that run by rows.
    fn damaged(&self, layer: usize) -> RunError {
        RunError::Program { layer: self.steps.get(layer).map_or(0, |step| step.layer as usize) }
    }

    /// Runs what one more row of a segment's input makes possible: first what is furthest on.
    fn arrive<K: Kernels>(
        &self,
        arena: &mut [i8],
        made: &mut [Made],
        segment: &Segment,
        watch: &mut impl Watch,
    ) -> Result<(), RunError> {
        let from = segment.from as usize;
        let damaged = self.damaged(from);
        made.get_mut(from).ok_or(damaged)?.rows += 1;
        if segment.from == segment.to {
            return Ok(());
        }
        let ring = self.rings.get(from).ok_or(damaged)?;
        let (first, mut layer) = (ring.first as usize, ring.last as usize);
        loop {
            let ran = self.try_row::<K>(layer, arena, made, segment, watch).ok_or_else(|| self.damaged(layer))?;
            match ran {
                // What reads the row comes next; if that is another segment, the layer goes on.
                true if layer + 1 < segment.to as usize => {
                    layer = self.rings.get(layer + 1).map_or(first, |ring| ring.last as usize);
                }
                true => {}
                false if layer == first => return Ok(()),
                false => layer -= 1,
            }
        }
    }

    /// Makes the next row of a layer, if that is possible.
    fn try_row<K: Kernels>(
        &self,
        layer: usize,
        arena: &mut [i8],
        made: &mut [Made],
        segment: &Segment,
        watch: &mut impl Watch,
    ) -> Option<bool> {
        let pass = self.passes.get(layer)?;
        if !self.is_ready(pass, layer, made)? {
            return Some(false);
        }
        watch.before(self, arena, made, segment, layer);
        self.run::<K>(pass, layer, arena, made)?;
        watch.row(layer, self.newest(layer + 1, arena, made)?);
        if made.get(layer + 1)?.rows == self.rings.get(layer + 1)?.height {
            watch.after(self.steps.get(layer)?.layer as usize);
        }
        Some(true)
    }

    /// Whether the rows are there of which a layer makes its next one.
    fn is_ready(&self, pass: &Pass, layer: usize, made: &[Made]) -> Option<bool> {
        let next = made.get(layer + 1)?.rows;
        if next >= self.rings.get(layer + 1)?.height {
            return Some(false);
        }
        if pass.is_sum {
            let of = made.get(*pass.inputs.first()? as usize)?;
            return Some(of.rows > of.read);
        }
        for &input in pass.inputs.iter().take(pass.input_count as usize) {
            let last = last(&pass.axis, next).min(self.rings.get(input as usize)?.height as i32 - 1);
            if made.get(input as usize)?.rows as i32 <= last {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Makes the next row of a layer.
    fn run<K: Kernels>(&self, pass: &Pass, layer: usize, arena: &mut [i8], made: &mut [Made]) -> Ran {
        if pass.is_sum {
            return self.add::<K>(pass, layer, arena, made);
        }
        let next = made.get(layer + 1)?.rows;
        let (mut starts, mut y, mut apart) = ([0; 2], pass.axis, 0);
        for (start, &input) in starts.iter_mut().zip(&pass.inputs).take(pass.input_count as usize) {
            let (ring, of) = (self.rings.get(input as usize)?, made.get(input as usize)?);
            let top = first(&pass.axis, next);
            let row = top.max(0) as u16;
            let end = last(&pass.axis, next).wrapping_add(1).min(ring.height as i32);
            let place = row.wrapping_sub(of.read);
            if place < ring.slots {
                *start = ring.at(place);
                if of.rows.wrapping_sub(of.read) > ring.slots {
                    // The newest lies where the one after the others would, but for this.
                    apart = (ring.newest as usize).checked_sub(ring.at(ring.slots))?;
                }
            } else {
                *start = ring.newest as usize;
            }
            y = Axis {
                input: end.wrapping_sub(row as i32).max(0) as u32,
                output: 1,
                stride: 1,
                before: top.min(0).unsigned_abs(),
                ..pass.axis
            };
        }
        let output = self.rings.get(layer + 1)?;
        let to = self.place(layer + 1, *made.get(layer + 1)?)?;
        let step = self.steps.get(layer)?;
        let cells = Cell::from_mut(&mut *arena).as_slice_of_cells();
        step.run_row::<K>(cells, self.weights, (starts, to, output.row as usize, pass.scratch as usize), (y, apart))?;
        made.get_mut(layer + 1)?.rows += 1;
        for &input in pass.inputs.iter().take(pass.input_count as usize) {
            self.pass_on(input as usize, arena, made)?;
        }
        Some(())
    }

    /// Adds a row to the sums of a layer; the last makes its only one.
    fn add<K: Kernels>(&self, pass: &Pass, layer: usize, arena: &mut [i8], made: &mut [Made]) -> Ran {
        let input = *pass.inputs.first()? as usize;
        let (ring, of) = (self.rings.get(input)?, made.get_mut(input)?);
        let from = if ring.is_map { ring.at(of.read) } else { ring.newest as usize };
        let (is_first, sums) = (of.read == 0, pass.sums as usize);
        of.read += 1;
        let is_last = of.read == ring.height;
        let to = if is_last { Some(self.place(layer + 1, *made.get(layer + 1)?)?) } else { None };
        let len = self.rings.get(layer + 1)?.row as usize;
        if is_first {
            arena.get_mut(sums..)?.get_mut(..4 * len)?.fill(0);
        }
        let cells = Cell::from_mut(&mut *arena).as_slice_of_cells();
        self.steps.get(layer)?.add_row::<K>(cells, (from, ring.row as usize), (sums, to), len)?;
        made.get_mut(layer + 1)?.rows += is_last as u16;
        Some(())
    }

    /// Where the next row of a tensor is made.
    fn place(&self, tensor: usize, made: Made) -> Option<usize> {
        let ring = self.rings.get(tensor)?;
        let at = made.rows.saturating_sub(made.read);
        Some(if at < ring.slots { ring.at(at) } else { ring.newest as usize })
    }

    /// The row of a tensor that was made last; none, if none was.
    fn newest<'a>(&self, tensor: usize, arena: &'a [i8], made: &[Made]) -> Option<&'a [i8]> {
        let (ring, of) = (self.rings.get(tensor)?, *made.get(tensor)?);
        let Some(rows) = of.rows.checked_sub(1) else { return Some(&[]) };
        arena.get(self.place(tensor, Made { rows, ..of })?..)?.get(..ring.row as usize)
    }

    /// Calls a function with the start and the end of each part of the arena that is in use while a segment runs.
    pub fn in_use(&self, made: &[Made], segment: &Segment, each: &mut dyn FnMut(usize, usize)) -> Ran {
        let (from, to) = (segment.from as usize, segment.to as usize);
        for tensor in from..to + 1 {
            let (ring, of) = (self.rings.get(tensor)?, *made.get(tensor)?);
            if !ring.is_map {
                for rows in of.read..of.rows {
                    let start = self.place(tensor, Made { rows, ..of })?;
                    each(start, start + ring.row as usize);
                }
            } else if tensor == to {
                each(ring.at(0), ring.at(of.rows));
            } else {
                each(ring.at(self.least(tensor, made)?), ring.at(ring.height));
            }
        }
        for (layer, pass) in self.passes.iter().enumerate().take(to).skip(from) {
            let input = *pass.inputs.first()? as usize;
            // While some rows are added up, and others are not.
            if pass.is_sum && (1..self.rings.get(input)?.height).contains(&made.get(input)?.read) {
                let sums = pass.sums as usize;
                each(sums, sums + 4 * self.rings.get(layer + 1)?.row as usize);
            }
        }
        Some(())
    }

    /// Calls a function with the start and the end of each part of the arena that a layer writes as it makes its next row,
    /// and whether it may write that over one that it reads, element by element.
    pub fn writes(&self, layer: usize, made: &[Made], each: &mut dyn FnMut(usize, usize, bool)) -> Ran {
        let (pass, step) = (self.passes.get(layer)?, self.steps.get(layer)?);
        let row = self.rings.get(layer + 1)?.row as usize;
        let to = self.place(layer + 1, *made.get(layer + 1)?)?;
        if !pass.is_sum {
            each(to, to + row, step.is_elementwise());
            each(pass.scratch as usize, pass.scratch as usize + step.scratch_bytes(), false);
            return Some(());
        }
        let input = *pass.inputs.first()? as usize;
        let read = made.get(input)?.read;
        if read == 0 {
            each(pass.sums as usize, pass.sums as usize + 4 * row, false);
        }
        if read + 1 == self.rings.get(input)?.height {
            each(to, to + row, false);
        }
        Some(())
    }

    /// The first row of a tensor that is still read.
    fn least(&self, tensor: usize, made: &[Made]) -> Option<u16> {
        let ring = self.rings.get(tensor)?;
        let mut least = ring.height;
        let readers = self.passes.get(ring.first as usize..).unwrap_or(&[]).iter().enumerate();
        for (at, pass) in readers.take(ring.last.wrapping_sub(ring.first) as usize + 1) {
            let made_of = made.get(ring.first as usize + at + 1)?.rows;
            if pass.reads(tensor) && pass.is_sum {
                least = least.min(made.get(tensor)?.read);
            } else if pass.reads(tensor) && made_of < self.rings.get(ring.first as usize + at + 1)?.height {
                least = least.min(first(&pass.axis, made_of).max(0) as u16);
            }
        }
        Some(least)
    }

    /// Moves the rows of a tensor over those that are no longer read.
    fn pass_on(&self, tensor: usize, arena: &mut [i8], made: &mut [Made]) -> Ran {
        let ring = self.rings.get(tensor)?;
        if ring.is_map {
            return Some(());
        }
        let read = self.least(tensor, made)?;
        let of = made.get_mut(tensor)?;
        let (rows, before) = (of.rows, of.read);
        if read <= before {
            return Some(());
        }
        of.read = read;
        let (live, left) = (rows.saturating_sub(before), rows.saturating_sub(read));
        // The newest may lie apart.
        for place in 0..left {
            let from = live.wrapping_sub(left).wrapping_add(place);
            let from = if from < ring.slots { ring.at(from) } else { ring.newest as usize };
            copy_down(arena, from, ring.at(place), ring.row as usize)?;
        }
        Some(())
    }
}

/// Copies a row to one that lies before it.
fn copy_down(arena: &mut [i8], from: usize, to: usize, len: usize) -> Ran {
    let (before, row) = arena.split_at_mut_checked(from)?;
    // Both have the same length, which the compiler sees: no panic is linked.
    before.get_mut(to..)?.get_mut(..len)?.copy_from_slice(row.get(..len)?);
    Some(())
}

/// The row that the first tap of a layer's row falls on, and the last.
fn first(axis: &Axis, row: u16) -> i32 {
    (row as i32).wrapping_mul(axis.stride as i32).wrapping_sub(axis.before as i32)
}

fn last(axis: &Axis, row: u16) -> i32 {
    first(axis, row).wrapping_add(axis.kernel.wrapping_sub(1).wrapping_mul(axis.dilation) as i32)
}
