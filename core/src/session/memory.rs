//! The memory of a session: the tensors between its steps, in buffers that are reused.

use crate::session::isa::BLOCK;
use std::ops::Range;
use std::{vec, vec::Vec};

/// How far a kernel may read past the end of a tensor when its last tile is not full; those values are not used.
pub(crate) const SLACK: usize = 16 * BLOCK;

/// Numbers aligned to a cache line, so that no vector crosses one.
#[derive(Default)]
pub(crate) struct Buffer {
    numbers: Vec<f32>,
    start: usize,
    len: usize,
}

impl Buffer {
    const ALIGNMENT: usize = 64;

    pub fn zeros(len: usize) -> Self {
        let numbers = vec![0.0; len + Self::ALIGNMENT / size_of::<f32>()];
        let start = numbers.as_ptr().align_offset(Self::ALIGNMENT);
        Buffer { numbers, start, len }
    }

    pub fn of(numbers: &[f32]) -> Self {
        let mut buffer = Buffer::zeros(numbers.len());
        buffer.as_mut().copy_from_slice(numbers);
        buffer
    }
}

impl AsRef<[f32]> for Buffer {
    fn as_ref(&self) -> &[f32] {
        &self.numbers[self.start..self.start + self.len]
    }
}

impl AsMut<[f32]> for Buffer {
    fn as_mut(&mut self) -> &mut [f32] {
        &mut self.numbers[self.start..self.start + self.len]
    }
}

/// A tensor of the session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Value(pub usize);

/// A part of a tensor of the session.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slice {
    pub value: Value,
    pub start: usize,
    pub len: usize,
}

impl Slice {
    fn range(&self) -> Range<usize> {
        self.start..self.start + self.len
    }
}

/// How long a tensor is needed.
struct Life {
    len: usize,
    /// The step that makes it, and the last one that reads it.
    first: usize,
    last: usize,
    /// Kept between runs, for the caller.
    pinned: bool,
    /// The operand it may overwrite.
    over: Option<Value>,
}

/// The tensors of a session while its steps are being made.
#[derive(Default)]
pub(crate) struct Plan {
    lives: Vec<Life>,
    scratch: usize,
}

impl Plan {
    /// Adds a tensor that step `first` makes.
    pub fn value(&mut self, len: usize, first: usize) -> Value {
        self.lives.push(Life { len, first, last: first, pinned: false, over: None });
        Value(self.lives.len() - 1)
    }

    /// Notes that a step reads a tensor.
    pub fn read(&mut self, value: Value, step: usize) {
        let life = &mut self.lives[value.0];
        life.last = life.last.max(step);
    }

    /// Notes that a tensor belongs to the caller.
    pub fn pin(&mut self, value: Value) {
        self.lives[value.0].pinned = true;
    }

    /// Notes that a step may write `value` over its operand, element by element, if the operand is a whole tensor: a
    /// later part of one, padded to a block, could be as long as the whole.
    pub fn over(&mut self, value: Value, operand: Slice) {
        self.lives[value.0].over = Some(operand.value).filter(|_| operand.start == 0);
    }

    /// Notes that a step needs scratch memory.
    pub fn scratch(&mut self, len: usize) {
        self.scratch = self.scratch.max(len);
    }

    /// Assigns every tensor a buffer: of those large enough, the one freed last, which is likely to be in the cache.
    pub fn allocate(self) -> Memory {
        let mut buffer_of: Vec<usize> = Vec::with_capacity(self.lives.len());
        let mut sizes: Vec<usize> = Vec::new();
        let mut free: Vec<usize> = Vec::new();
        let mut live: Vec<usize> = Vec::new();
        for life in &self.lives {
            let over = life.over.filter(|operand| {
                let operand = &self.lives[operand.0];
                operand.last == life.first && operand.len == life.len && !operand.pinned && !life.pinned
            });
            live.retain(|&other| {
                let over = over == Some(Value(other));
                let dead = self.lives[other].last < life.first && !self.lives[other].pinned;
                if dead {
                    free.push(buffer_of[other]);
                }
                !over && !dead
            });
            let buffer = match over {
                Some(operand) => buffer_of[operand.0],
                None if life.pinned => {
                    sizes.push(life.len);
                    sizes.len() - 1
                }
                None => {
                    let fitting = free.iter().rposition(|&buffer| sizes[buffer] >= life.len);
                    match fitting.or(free.len().checked_sub(1)) {
                        Some(index) => {
                            let buffer = free.remove(index);
                            sizes[buffer] = sizes[buffer].max(life.len);
                            buffer
                        }
                        None => {
                            sizes.push(life.len);
                            sizes.len() - 1
                        }
                    }
                }
            };
            live.push(buffer_of.len());
            buffer_of.push(buffer);
        }
        let buffers = sizes.into_iter().map(|len| Buffer::zeros(len + SLACK)).collect();
        Memory { buffer_of, buffers, scratch: Buffer::zeros(self.scratch + SLACK) }
    }
}

/// The tensors of a session.
pub(crate) struct Memory {
    buffer_of: Vec<usize>,
    buffers: Vec<Buffer>,
    scratch: Buffer,
}

impl Memory {
    /// A part of a tensor.
    pub fn slice(&self, slice: Slice) -> &[f32] {
        &self.buffers[self.buffer_of[slice.value.0]].as_ref()[slice.range()]
    }

    /// A part of a tensor, and everything after it.
    pub fn from(&self, slice: Slice) -> &[f32] {
        &self.buffers[self.buffer_of[slice.value.0]].as_ref()[slice.start..]
    }

    /// A tensor, to be written from outside.
    pub fn slice_mut(&mut self, slice: Slice) -> &mut [f32] {
        &mut self.buffers[self.buffer_of[slice.value.0]].as_mut()[slice.range()]
    }

    /// Whether two tensors share a buffer.
    pub fn same(&self, a: Value, b: Value) -> bool {
        self.buffer_of[a.0] == self.buffer_of[b.0]
    }

    /// The tensor that a step writes, the tensors that it reads, and its scratch memory.
    pub fn write<T>(&mut self, value: Value, step: impl FnOnce(&Memory, &mut [f32], &mut [f32]) -> T) -> T {
        let buffer = self.buffer_of[value.0];
        let mut output = std::mem::take(&mut self.buffers[buffer]);
        let mut scratch = std::mem::take(&mut self.scratch);
        let ran = step(self, output.as_mut(), scratch.as_mut());
        self.buffers[buffer] = output;
        self.scratch = scratch;
        ran
    }

    /// The bytes of all tensors and the scratch memory.
    pub fn bytes(&self) -> usize {
        let buffers = self.buffers.iter().chain([&self.scratch]);
        buffers.map(|buffer| size_of_val(buffer.numbers.as_slice())).sum()
    }
}
