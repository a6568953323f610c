//! Columns of inputs widened to 16 bits, each less the zero point.

#![allow(unsafe_code)]

use core::arch::naked_asm;
use core::cell::Cell;

use crate::int8::dsp::columns::{BLOCK, COLUMNS};
use crate::int8::dsp::cpu;
use crate::kernel::step::Ran;

/// The whole words in scratch memory.
pub(crate) fn words(scratch: &[Cell<i8>]) -> &[Cell<u32>] {
    // SAFETY: any bytes are a word, and cells of bytes may be written as words.
    unsafe { scratch.align_to() }.1
}

/// Rows of inputs that become a column one after the other: where the first starts, how far each starts from the one
/// before it, how many they are, and their length; and how much further the last is than it would be.
#[derive(Clone, Copy)]
pub(crate) struct Rows {
    pub start: usize,
    pub step: usize,
    pub count: usize,
    pub len: usize,
    pub apart: usize,
}

impl Rows {
    /// Their inputs, if all are there.
    #[inline(always)]
    pub fn of<'a>(&self, input: &'a [Cell<i8>]) -> Option<&'a [Cell<i8>]> {
        let last = self.count.checked_sub(1)?;
        input.get(self.start..)?.get(..last * self.step + self.apart + self.len)
    }
}

/// What is left to be written of one of the columns that lie in one piece of memory.
#[derive(Clone)]
pub(crate) struct Column<'a> {
    /// From its first word on.
    words: &'a [Cell<u32>],
    zero_point: i8,
}

impl<'a> Column<'a> {
    pub fn new(columns: &'a [Cell<u32>], column: usize, zero_point: i8) -> Option<Self> {
        Some(Column { words: columns.get(column..)?, zero_point })
    }

    /// Goes on after so many numbers, a multiple of four.
    #[inline(always)]
    pub fn skip(&mut self, count: usize) {
        self.words = self.words.get(count / 4 * BLOCK..).unwrap_or(&[]);
    }

    /// Writes rows of whole words, without going on.
    #[inline(always)]
    pub fn widen(&self, input: &[Cell<i8>], rows: Rows) -> Ran {
        let input = rows.of(input)?;
        let words = rows.len / 4;
        let last = (rows.count * words).checked_sub(1)?;
        self.words.get(last * BLOCK + COLUMNS)?;
        // SAFETY: all inputs of the rows are there, and as many blocks have a word at their start and `COLUMNS` after it.
        unsafe {
            one(self.words.as_ptr(), input.as_ptr(), words, rows.count, rows.step, offset(self.zero_point), rows.apart);
        }
        Some(())
    }

    /// Writes `len` numbers, a multiple of four, without going on: rows of any length, and zeros before and after them.
    pub fn widen_among(&self, input: &[Cell<i8>], rows: Rows, before: usize, len: usize) -> Ran {
        let all = rows.count * rows.len;
        if rows.len % 4 == 0 && all > 0 {
            let mut rest = self.clone();
            rest.pad(before)?;
            rest.widen(input, rows)?;
            rest.skip(all);
            return rest.clear(0, len.checked_sub(before + all)?);
        }
        self.clear(0, len)?;
        let (mut start, mut at) = (rows.start, before);
        for _ in 0..rows.count {
            for input in input.get(start..)?.get(..rows.len)? {
                self.put(at, (input.get() as i16).wrapping_sub(self.zero_point as i16))?;
                at += 1;
            }
            start += rows.step;
        }
        Some(())
    }

    /// Writes so many zeros, a multiple of four.
    pub fn pad(&mut self, count: usize) -> Ran {
        self.clear(0, count)?;
        self.skip(count);
        Some(())
    }

    /// Writes zeros in place of numbers of those to come.
    pub fn clear(&self, from: usize, to: usize) -> Ran {
        let mut at = from;
        while at < to {
            if at % 4 == 0 && to - at >= 4 {
                let block = self.words.get(at / 4 * BLOCK..)?;
                block.first()?.set(0);
                block.get(COLUMNS)?.set(0);
                at += 4;
            } else {
                self.put(at, 0)?;
                at += 1;
            }
        }
        Some(())
    }

    fn put(&self, at: usize, value: i16) -> Ran {
        let pair = self.words.get(at / 4 * BLOCK + at % 2 * COLUMNS)?;
        let (shift, value) = ((at & 2) * 8, value as u16 as u32);
        pair.set(pair.get() & !(0xFFFF << shift) | value << shift);
        Some(())
    }
}

/// What is added to both numbers of a pair.
pub(crate) fn offset(zero_point: i8) -> u32 {
    let offset = (zero_point as u16).wrapping_neg() as u32;
    offset | offset << 16
}

/// Writes all columns: rows of so many inputs, a multiple of four, each `step` after the one before it.
pub(crate) fn all(columns: &[Cell<u32>], input: &[Cell<i8>], len: usize, step: usize, zero_point: i8) -> Ran {
    let input = Rows { start: 0, step, count: COLUMNS, len, apart: 0 }.of(input)?;
    columns.get(..(len / 4).checked_sub(1)? * BLOCK + BLOCK)?;
    // SAFETY: all inputs of the rows are there, and as many blocks as a row has words.
    unsafe { four(columns.as_ptr(), input.as_ptr(), step, len, offset(zero_point)) };
    Some(())
}

/// Widens rows to one column: a word of inputs in seven instructions. The last row lies `apart` further than it would.
#[unsafe(naked)]
unsafe extern "C" fn one(
    _to: *const Cell<u32>,
    _from: *const Cell<i8>,
    _words: usize,
    _rows: usize,
    _step: usize,
    _offset: u32,
    _apart: usize,
) {
    naked_asm!(
        cpu!(),
        "push {{r4-r7, lr}}",
        "ldrd r4, r5, [sp, #20]",
        "sub r4, r4, r2, lsl #2",
        "1:",
        "cmp r3, #1",
        "bne 3f",
        "ldr r6, [sp, #28]",
        "add r1, r6",
        "3:",
        "mov r6, r2",
        "2:",
        "ldr r7, [r1], #4",
        "sxtab16 r12, r5, r7",
        "sxtab16 r7, r5, r7, ror #8",
        "str r7, [r0, #16]",
        "str r12, [r0], #32",
        "subs r6, #1",
        "bne 2b",
        "add r1, r4",
        "subs r3, #1",
        "bne 1b",
        "pop {{r4-r7, pc}}",
    )
}

/// Widens a row to each column: four words in sixteen instructions.
#[unsafe(naked)]
unsafe extern "C" fn four(_to: *const Cell<u32>, _from: *const Cell<i8>, _step: usize, _len: usize, _offset: u32) {
    naked_asm!(
        cpu!(),
        "push {{r4-r11, lr}}",
        "add r12, r1, r3",
        "ldr r11, [sp, #36]",
        "add r3, r2, r2, lsl #1",
        "1:",
        "ldr r5, [r1, r2]",
        "ldr r6, [r1, r2, lsl #1]",
        "ldr r7, [r1, r3]",
        "ldr r4, [r1], #4",
        "sxtab16 r8, r11, r4",
        "sxtab16 r9, r11, r5",
        "sxtab16 r10, r11, r6",
        "sxtab16 lr, r11, r7",
        "stm r0!, {{r8, r9, r10, lr}}",
        "sxtab16 r4, r11, r4, ror #8",
        "sxtab16 r5, r11, r5, ror #8",
        "sxtab16 r6, r11, r6, ror #8",
        "sxtab16 r7, r11, r7, ror #8",
        "stm r0!, {{r4-r7}}",
        "cmp r1, r12",
        "blo 1b",
        "pop {{r4-r11, pc}}",
    )
}
