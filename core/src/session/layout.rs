//! The layouts of a session's tensors: channel by channel, as at its boundary, or in blocks of channels.

use std::{vec, vec::Vec};

use crate::op::axis::Axis;
use crate::session::isa::{BLOCK, Isa};
use crate::session::memory::{Memory, Slice, Value};
use crate::session::step::{Kernel, Ran};

/// Channels in blocks: `[channels / BLOCK, plane, BLOCK]`, the last one filled with arbitrary numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Blocked {
    pub channels: usize,
    pub plane: usize,
}

impl Blocked {
    pub fn blocks(&self) -> usize {
        self.channels.div_ceil(BLOCK)
    }

    /// Numbers of one block of channels.
    pub fn stride(&self) -> usize {
        self.plane * BLOCK
    }

    /// The numbers in total.
    pub fn len(&self) -> usize {
        self.blocks() * self.stride()
    }
}

/// The layout of a tensor that is not blocked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Order {
    /// `[channels, plane]`.
    ChannelFirst,
    /// `[plane, channels]`.
    ChannelLast,
}

/// Converts to blocks.
pub(crate) struct Block {
    pub input: Slice,
    pub output: Value,
    pub image: Blocked,
    pub order: Order,
}

impl Kernel for Block {
    fn run(&self, _: Isa, memory: &mut Memory) -> Ran {
        memory.write(self.output, |memory, output, _| block(memory.slice(self.input), output, self.image, self.order));
        Ok(())
    }
}

pub(crate) fn block(input: &[f32], output: &mut [f32], image: Blocked, order: Order) {
    let Blocked { channels, plane } = image;
    for (index, block) in output[..image.len()].chunks_exact_mut(image.stride()).enumerate() {
        let first = index * BLOCK;
        let lanes = BLOCK.min(channels - first);
        match order {
            Order::ChannelFirst => {
                for (lane, row) in input[first * plane..].chunks_exact(plane).take(lanes).enumerate() {
                    for (pixel, &value) in block.chunks_exact_mut(BLOCK).zip(row) {
                        pixel[lane] = value;
                    }
                }
            }
            Order::ChannelLast => {
                for (pixel, row) in block.chunks_exact_mut(BLOCK).zip(input.chunks_exact(channels)) {
                    pixel[..lanes].copy_from_slice(&row[first..first + lanes]);
                }
            }
        }
    }
}

/// Converts from blocks.
pub(crate) struct Unblock {
    pub input: Slice,
    pub output: Value,
    pub image: Blocked,
    pub order: Order,
}

impl Kernel for Unblock {
    fn run(&self, _: Isa, memory: &mut Memory) -> Ran {
        memory.write(self.output, |memory, output, _| {
            let Blocked { channels, plane } = self.image;
            let input = memory.slice(self.input);
            for (index, block) in input.chunks_exact(self.image.stride()).enumerate() {
                let first = index * BLOCK;
                let lanes = BLOCK.min(channels - first);
                match self.order {
                    Order::ChannelFirst => {
                        for (lane, row) in output[first * plane..].chunks_exact_mut(plane).take(lanes).enumerate() {
                            for (pixel, value) in block.chunks_exact(BLOCK).zip(row) {
                                *value = pixel[lane];
                            }
                        }
                    }
                    Order::ChannelLast => {
                        for (pixel, row) in block.chunks_exact(BLOCK).zip(output.chunks_exact_mut(channels)) {
                            row[first..first + lanes].copy_from_slice(&pixel[..lanes]);
                        }
                    }
                }
            }
        });
        Ok(())
    }
}

/// A padded image in which the elements under one tap of all windows of a row are adjacent: first columns 0, stride,
/// 2·stride, .., then 1, stride + 1, .. If a window is one row high or one column wide, rows or columns that no window
/// covers are left out.
pub(crate) struct Padded {
    axes: [Axis; 3],
    /// Planes, rows, and columns of one phase.
    extents: [usize; 3],
    phases: usize,
    /// The numbers in one pixel.
    lanes: usize,
    /// Whether the image is read in place.
    plain: bool,
    /// The pixel of the image that each pixel copies, if any.
    sources: Vec<u32>,
}

impl Padded {
    /// The padded image for windows along three axes.
    pub fn new(axes: [Axis; 3], lanes: usize) -> Self {
        let reach = |axis: &Axis| (axis.output as usize - 1) * step(axis) + tap(axis, axis.kernel - 1) + 1;
        let [z, y, x] = &axes;
        let plain = x.stride == 1 && axes.iter().all(|axis| axis.is_inside() && (axis.kernel > 1 || axis.stride == 1));
        if plain {
            let extents = [z, y, x].map(|axis| axis.input as usize);
            return Padded { axes, extents, phases: 1, lanes, plain, sources: Vec::new() };
        }
        let phases = step(x);
        let extents = [reach(z), reach(y), reach(x).div_ceil(phases)];
        let mut padded = Padded { axes, extents, phases, lanes, plain, sources: Vec::new() };
        padded.sources = padded.sources();
        padded
    }

    fn sources(&self) -> Vec<u32> {
        let [z, y, x] = &self.axes;
        let [planes, rows, columns] = self.extents;
        let mut sources = Vec::new();
        for (at_z, at_y) in (0..planes).flat_map(|at_z| (0..rows).map(move |at_y| (at_z, at_y))) {
            for (phase, column) in (0..self.phases).flat_map(|phase| (0..columns).map(move |column| (phase, column))) {
                let place = source(z, at_z).zip(source(y, at_y)).zip(source(x, column * self.phases + phase));
                sources.push(match place {
                    Some(((at_z, at_y), at_x)) => (at_z as u32 * y.input + at_y as u32) * x.input + at_x as u32,
                    None => u32::MAX,
                });
            }
        }
        sources
    }

    /// Whether the image can be read in place.
    pub fn is_plain(&self) -> bool {
        self.plain
    }

    /// The numbers in a row.
    fn row(&self) -> usize {
        self.phases * self.extents[2] * self.lanes
    }

    /// Numbers of one block of channels.
    pub fn stride(&self) -> usize {
        self.extents[0] * self.extents[1] * self.row()
    }

    /// The offset of each tap from a window's first.
    pub fn taps(&self) -> Vec<usize> {
        let [z, y, x] = &self.axes;
        let mut taps = Vec::new();
        for tap_z in 0..z.kernel {
            for tap_y in 0..y.kernel {
                for tap_x in 0..x.kernel {
                    let row = tap(z, tap_z) * self.extents[1] + tap(y, tap_y);
                    let column = tap(x, tap_x);
                    let column = column % self.phases * self.extents[2] + column / self.phases;
                    taps.push(row * self.row() + column * self.lanes);
                }
            }
        }
        taps
    }

    /// Where each row of windows starts, and how many windows it has.
    pub fn windows(&self) -> (Vec<usize>, usize) {
        let [z, y, x] = &self.axes;
        if self.axes.iter().all(|axis| axis.kernel == 1) {
            return (vec![0], z.output as usize * y.output as usize * x.output as usize);
        }
        let starts = (0..z.output as usize).flat_map(|at_z| (0..y.output as usize).map(move |at_y| (at_z, at_y)));
        let starts = starts.map(|(at_z, at_y)| (at_z * step(z) * self.extents[1] + at_y * step(y)) * self.row());
        (starts.collect(), x.output as usize)
    }

    /// The number of rows in all planes.
    pub fn rows(&self) -> usize {
        self.extents[0] * self.extents[1]
    }

    /// The row that contains an offset within a block.
    pub fn row_of(&self, place: usize) -> usize {
        place / self.row()
    }

    /// Copies rows `from..to` of one block of channels.
    #[inline(always)]
    pub fn fill(&self, from: usize, to: usize, input: &[f32], padded: &mut [f32]) {
        let row = self.row() / BLOCK;
        let (input, _) = input.as_chunks::<BLOCK>();
        let (padded, _) = padded.as_chunks_mut::<BLOCK>();
        let places = padded[from * row..to * row].iter_mut().zip(&self.sources[from * row..to * row]);
        for (place, &source) in places {
            *place = *input.get(source as usize).unwrap_or(&[0.0; BLOCK]);
        }
    }

    /// Copies one channel.
    #[inline(always)]
    pub fn fill_channel(&self, input: &[f32], padded: &mut [f32]) {
        let [z, y, x] = &self.axes;
        let extents = self.extents;
        let rows = (0..extents[0]).flat_map(|at_z| (0..extents[1]).map(move |at_y| (at_z, at_y)));
        for ((at_z, at_y), row) in rows.zip(padded.chunks_exact_mut(self.row())) {
            let (Some(at_z), Some(at_y)) = (source(z, at_z), source(y, at_y)) else {
                row.fill(0.0);
                continue;
            };
            let from = (at_z * y.input as usize + at_y) * x.input as usize;
            let input = &input[from..][..x.input as usize];
            for (phase, columns) in row.chunks_exact_mut(extents[2]).enumerate() {
                // Columns before and after the image are zero.
                let pitch = x.stride as usize;
                let before = (x.before as usize).saturating_sub(phase).div_ceil(pitch).min(columns.len());
                let (left, columns) = columns.split_at_mut(before);
                left.fill(0.0);
                let first = (before * pitch + phase).saturating_sub(x.before as usize);
                let pixels = input.get(first..).unwrap_or(&[]);
                let (middle, right) = columns.split_at_mut(columns.len().min(pixels.len().div_ceil(pitch)));
                right.fill(0.0);
                match pitch {
                    1 => middle.copy_from_slice(&pixels[..middle.len()]),
                    2 => {
                        let (pairs, last) = pixels.as_chunks::<2>();
                        middle.iter_mut().zip(pairs).for_each(|(place, [pixel, _])| *place = *pixel);
                        middle.iter_mut().skip(pairs.len()).zip(last).for_each(|(place, pixel)| *place = *pixel);
                    }
                    _ => middle.iter_mut().zip(pixels.chunks(pitch)).for_each(|(place, pixels)| *place = pixels[0]),
                }
            }
        }
    }
}

/// The step from one window to the next along an axis of the padded image.
fn step(axis: &Axis) -> usize {
    if axis.kernel == 1 { 1 } else { axis.stride as usize }
}

/// The offset of a tap from its window along an axis of the padded image.
fn tap(axis: &Axis, tap: u32) -> usize {
    (tap * axis.dilation) as usize
}

/// The element of the image that an element of the padded image copies; `None` on padding.
fn source(axis: &Axis, at: usize) -> Option<usize> {
    let at = if axis.kernel == 1 { at * axis.stride as usize } else { at };
    at.checked_sub(axis.before as usize).filter(|&at| at < axis.input as usize)
}

/// Concatenates tensors.
pub(crate) struct Concat {
    pub inputs: Vec<Slice>,
    pub output: Value,
}

impl Kernel for Concat {
    fn run(&self, _: Isa, memory: &mut Memory) -> Ran {
        memory.write(self.output, |memory, mut output, _| {
            for &input in &self.inputs {
                let (place, rest) = output.split_at_mut(input.len);
                place.copy_from_slice(memory.slice(input));
                output = rest;
            }
        });
        Ok(())
    }
}
