//! Dot products of inputs with four rows of weights at a time, as they become outputs.

#![allow(unsafe_code)]

use core::arch::naked_asm;
use core::cell::Cell;

use crate::int8::channels::{Channels, End};
use crate::int8::dsp::cpu;
use crate::int8::dsp::scaling::{LIMIT, is_small, scale};
use crate::int8::dsp::widen::offset;

/// The rows that are multiplied at a time.
pub(crate) const FOUR: usize = 4;

/// The words of inputs of an iteration. The first enters where the rest of them follow.
const UNROLLED: usize = 4;

/// The bytes of the instructions for a word.
const WORD: usize = 92;

/// Computes the first outputs, as many as there are; gives their number. Each row of weights has as many words as the
/// inputs have.
pub(crate) fn multiply(
    input: &[Cell<i8>],
    zero_point: i8,
    matrix: &[u8],
    channels: Channels<'_>,
    rounds_once: bool,
    end: End,
    output: &[Cell<i8>],
) -> Option<usize> {
    let (words, rest) = input.as_chunks::<FOUR>();
    // The last word is passed by itself, since it may not be a whole one.
    let (words, last) = if rest.is_empty() {
        let (last, words) = words.split_last()?;
        (words, &last[..])
    } else {
        (words, rest)
    };
    let mut word = [0; FOUR];
    for (word, last) in word.iter_mut().zip(last) {
        *word = last.get() as u8;
    }
    let row = FOUR * (words.len() + 1);
    let are_whole = channels.biases.as_ptr().addr() % 4 == 0;
    let count = output.len().min(channels.shifts.len()).min(matrix.len().checked_div(row)?) / FOUR * FOUR;
    if count == 0 || !are_whole || !(rounds_once || is_small(channels, input.len())) {
        return Some(0);
    }
    let channels = channels.first(count)?;
    let shifts = channels.shifts.as_ptr_range();
    let first = words.len() % UNROLLED;
    let arguments = Arguments {
        biases: channels.biases.as_ptr(),
        shifts: shifts.start,
        output: output.as_ptr(),
        multipliers: channels.multipliers.as_ptr(),
        shifts_end: shifts.end,
        limits: u32::from_le_bytes([LIMIT - 1; FOUR]),
        zero: 2 * end.zero_point as i32 + 1,
        skipped: WORD * if words.is_empty() { UNROLLED } else { (UNROLLED - first) % UNROLLED },
        input: words.as_ptr(),
        last: u32::from_le_bytes(word),
        less: if rounds_once { 0x0101_0101 } else { 0 },
        offset: offset(zero_point),
        input_end: words.as_ptr_range().end,
        weights: matrix.as_ptr(),
        row,
        rows: 3 * row,
    };
    // SAFETY: for each of the shifts there are a row of as many words as there are inputs, a bias and a multiplier, both in
    // whole words, and an output, as cells.
    let ended = unsafe { four(&arguments) };
    let done = if ended.is_null() { count } else { ended.addr().wrapping_sub(shifts.start.addr()) };
    end.limit(output.get(..done)?, done, done);
    Some(done)
}

/// What the kernel reads, all but the last at these places on its stack.
#[repr(C)]
struct Arguments {
    /// 0
    biases: *const [u8; 4],
    /// 4
    shifts: *const u8,
    /// 8
    output: *const Cell<i8>,
    /// 12
    multipliers: *const [u8; 4],
    /// 16
    shifts_end: *const u8,
    /// 20: the greatest shifts less one, or two where sums are rounded once.
    limits: u32,
    /// 24: twice the zero point, and one.
    zero: i32,
    /// 28: of the instructions of the first iteration; on the stack, where it begins.
    skipped: usize,
    /// 32
    input: *const [Cell<i8>; FOUR],
    /// 36: the last inputs.
    last: u32,
    /// 40: a one for each shift if sums are rounded once.
    less: u32,
    /// 44: what is added to both inputs of a pair.
    offset: u32,
    /// 48: of all but the last.
    input_end: *const [Cell<i8>; FOUR],
    weights: *const u8,
    /// The bytes of a row, and of three.
    row: usize,
    rows: usize,
}

/// Adds the products of the inputs in `r9` and `r10` with a word of a row.
macro_rules! row {
    ($sum:literal, $weights:literal) => {
        concat!(
            "ldr r11, ",
            $weights,
            "\n",
            "sxtb16 r12, r11\n",
            "sxtb16 r11, r11, ror #8\n",
            "smlad ",
            $sum,
            ", r9, r12, ",
            $sum,
            "\n",
            "smlad ",
            $sum,
            ", r10, r11, ",
            $sum,
            "\n",
        )
    };
}

/// Multiplies the inputs in `r10` with those of four rows: 22 instructions of four bytes each.
macro_rules! word {
    () => {
        concat!(
            "sxtab16 r9, r8, r10\n",
            "sxtab16 r10, r8, r10, ror #8\n",
            row!("r5", "[r1, r2]"),
            row!("r6", "[r1, r2, lsl #1]"),
            row!("r7", "[r1, r3]"),
            row!("r4", "[r1], #4"),
        )
    };
}

/// Scales the sum of a row, rounding once: `(high(x · m) + (2z + 1 << e − 2)) >> e − 1`.
macro_rules! once {
    ($sum:literal) => {
        concat!(
            "ldr r8, [lr], #4\n",
            "lsl r10, r9, r0\n",
            "smmla ",
            $sum,
            ", ",
            $sum,
            ", r8, r10\n",
            "asr ",
            $sum,
            ", ",
            $sum,
            ", r0\n",
            "ssat ",
            $sum,
            ", #8, ",
            $sum,
            ", asr #1\n",
            "strb ",
            $sum,
            ", [r12], #1\n",
            "lsrs r0, r0, #8\n",
        )
    };
}

/// The same, rounding twice.
macro_rules! twice {
    ($sum:literal) => {
        concat!(
            "ldr r8, [lr], #4\n",
            "lsl r10, r9, r0\n",
            scale!($sum, "r8", "r10", "r0", "r10"),
            "strb ",
            $sum,
            ", [r12], #1\n",
            "lsrs r0, r0, #8\n",
        )
    };
}

/// `r0` goes over inputs to their end, `lr`, `r1` over weights; rows are `r2` apart, and sums in `r4` to `r7`. Returns where
/// the shifts are of rows that it does not compute, or null.
#[unsafe(naked)]
unsafe extern "C" fn four(_arguments: &Arguments) -> *const u8 {
    naked_asm!(
        cpu!(),
        "push {{r4-r11, lr}}",
        "ldm r0!, {{r1-r12, lr}}",
        "push {{r9-r12, lr}}",
        // Where the first iteration begins.
        "adr r9, 1f",
        "add r8, r9",
        "push {{r1-r8}}",
        "ldm r0, {{r1-r3}}",
        "2:",
        "ldr r9, [sp]",
        "ldm r9, {{r4-r7}}",
        "ldrd r8, lr, [sp, #44]",
        "ldrd r12, r0, [sp, #28]",
        "mov pc, r12",
        ".balign 4",
        "1:",
        ".rept {unrolled}",
        "ldr r10, [r0], #4",
        word!(),
        ".endr",
        "cmp r0, lr",
        "blo 1b",
        "ldr r10, [sp, #36]",
        word!(),
        "add r1, r3",
        // The shifts, the output and the multipliers; the limits and `2z + 1`.
        "add r0, sp, #4",
        "ldm r0, {{r0, r12, lr}}",
        "ldr r0, [r0]",
        "ldrd r8, r9, [sp, #20]",
        "ldr r10, [sp, #40]",
        "mvns r0, r0",
        "usub8 r0, r0, r10",
        "uqsub8 r8, r0, r8",
        "cmp r8, #0",
        "bne 4f",
        "cmp r10, #0",
        "beq 3f",
        once!("r4"),
        once!("r5"),
        once!("r6"),
        once!("r7"),
        "b 5f",
        "3:",
        twice!("r4"),
        twice!("r5"),
        twice!("r6"),
        twice!("r7"),
        "5:",
        "ldm sp, {{r4-r7}}",
        "adds r4, #16",
        "adds r5, #4",
        "adds r6, #4",
        "adds r7, #16",
        "stm sp, {{r4-r7}}",
        "ldr r0, [sp, #16]",
        "cmp r5, r0",
        "bne 2b",
        "movs r0, #0",
        "b 6f",
        "4:",
        "ldr r0, [sp, #4]",
        "6:",
        "add sp, #52",
        "pop {{r4-r11, pc}}",
        unrolled = const UNROLLED,
    )
}
