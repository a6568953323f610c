//! Dot products of widened columns, four at a time or one, with the rows of weights of all channels, as they become
//! outputs.

#![allow(unsafe_code)]

use core::arch::naked_asm;
use core::cell::Cell;

use crate::int8::channels::{Channels, End};
use crate::int8::dsp::cpu;
use crate::int8::dsp::scaling::{LIMIT, is_small, scale};
use crate::kernel::step::Ran;

/// The columns that lie in one piece of memory: of each four numbers, first the pairs of the first and third, of one
/// column after the other, then those of the second and fourth. So SXTB16 makes pairs of weights that match.
pub(crate) const COLUMNS: usize = 4;

/// The words of four numbers of all columns.
pub(crate) const BLOCK: usize = 2 * COLUMNS;

/// The blocks of an iteration. The first enters where the rest of them follow.
const UNROLLED: usize = 8;

/// Multiplies columns with kernels, each as long as a column.
#[derive(Clone, Copy)]
pub(crate) struct Columns<'a> {
    /// The weights of an output.
    len: usize,
    kernels: &'a [u8],
    channels: Channels<'a>,
    end: End,
    /// Below this are the shifts to the right, less one, of channels that are scaled by the kernel.
    limit: u32,
    /// Whether some channels have no kernel.
    has_dead: bool,
}

impl<'a> Columns<'a> {
    /// Kernels of so many weights, a multiple of four.
    pub fn new(len: usize, kernels: &'a [u8], channels: Channels<'a>, end: End, has_dead: bool) -> Self {
        let limit = if is_small(channels, len) { LIMIT as u32 } else { 0 };
        Columns { len, kernels, channels, end, limit, has_dead }
    }

    /// Computes channels of four adjacent outputs, which begin `stride` apart, from four columns.
    pub fn four(&self, first: usize, count: usize, columns: &[Cell<u32>], output: &[Cell<i8>], stride: usize) -> Ran {
        output.get(..3 * stride + count)?;
        self.run::<4>(first, count, columns, output, stride, four)
    }

    /// Computes channels of an output from the first column.
    pub fn one(&self, first: usize, count: usize, columns: &[Cell<u32>], output: &[Cell<i8>]) -> Ran {
        self.run::<1>(first, count, columns, output, count, one)
    }

    #[inline(always)]
    fn run<const N: usize>(
        &self,
        first: usize,
        count: usize,
        columns: &[Cell<u32>],
        output: &[Cell<i8>],
        stride: usize,
        kernel: unsafe extern "C" fn(&mut Arguments) -> *const u8,
    ) -> Ran {
        let output = output.get(..(N - 1) * stride + count)?;
        let blocks = (self.len / 4).checked_sub(1)?;
        let columns = columns.get(..blocks * BLOCK + COLUMNS + N)?;
        let live = |channels: Channels<'_>| channels.iter().filter(|channel| !channel.is_dead()).count();
        let before = if self.has_dead { live(self.channels.first(first)?) } else { first };
        let mut kernels = self.kernels.get(before * self.len..)?;
        let mut done = 0;
        while done < count {
            let mut channels = self.channels.from(first + done)?.first(count - done)?;
            if self.has_dead {
                let live = channels.iter().take_while(|channel| !channel.is_dead()).count();
                if live == 0 {
                    let bias = channels.iter().next()?.bias;
                    let mut outputs = output.get(done..)?;
                    for _ in 0..N {
                        outputs.first()?.set(self.end.finish(bias));
                        outputs = outputs.get(stride..).unwrap_or(&[]);
                    }
                    done += 1;
                    continue;
                }
                channels = channels.first(live)?;
            }
            let weights = kernels.get(..channels.shifts.len() * self.len)?;
            let shifts = channels.shifts.as_ptr_range();
            let mut arguments = Arguments {
                weights: weights.as_ptr(),
                columns_end: columns.as_ptr().wrapping_add((blocks + 1) * BLOCK),
                shifts: shifts.start,
                limit: self.limit,
                multipliers: (channels.multipliers.as_ptr().expose_provenance())
                    .wrapping_sub(channels.biases.as_ptr().addr() + 4),
                zero: 2 * self.end.zero_point as i32 + 1,
                biases: channels.biases.as_ptr(),
                outputs: output.get(done..)?.as_ptr().expose_provenance().wrapping_sub(shifts.start.addr()),
                stride,
                columns: columns.as_ptr(),
                skipped: (UNROLLED - 1 - blocks % UNROLLED) as u32,
                shifts_end: shifts.end,
                sums: [0; COLUMNS],
            };
            // SAFETY: the columns have as many blocks as a kernel has words, and at least one; for each of the shifts there
            // are a kernel, a bias, a multiplier and, as cells, outputs.
            let after = unsafe { kernel(&mut arguments) };
            if after.is_null() {
                (kernels, done) = (kernels.get(weights.len()..)?, done + channels.shifts.len());
                continue;
            }
            // It ended where a channel is scaled in another way.
            let at = after.addr().wrapping_sub(shifts.start.addr()).wrapping_sub(1);
            let channel = channels.from(at)?.iter().next()?;
            let mut outputs = output.get(done + at..)?;
            for sum in arguments.sums.iter().take(N) {
                outputs.first()?.set(self.end.finish(channel.multiplier.round_twice(*sum)));
                outputs = outputs.get(stride..).unwrap_or(&[]);
            }
            (kernels, done) = (kernels.get((at + 1) * self.len..)?, done + at + 1);
        }
        self.end.limit(output, stride, count);
        Some(())
    }
}

/// What a kernel reads, in the order in which it does.
#[repr(C)]
struct Arguments {
    weights: *const u8,
    columns_end: *const Cell<u32>,
    shifts: *const u8,
    limit: u32,
    /// How far a multiplier lies after the end of its bias.
    multipliers: usize,
    /// Twice the zero point, and one.
    zero: i32,
    biases: *const [u8; 4],
    /// How far an output lies after its shift.
    outputs: usize,
    stride: usize,
    columns: *const Cell<u32>,
    skipped: u32,
    shifts_end: *const u8,
    /// Where it ends early, the sums of the channel that it does not scale.
    sums: [i32; COLUMNS],
}

/// A loop over channels. `$bytes` are those of the block of instructions that multiplies four weights; each instruction
/// has four.
///
/// For a channel, `r0` goes over the columns to their end, `r2`; `r1` over weights, `r7` over biases; sums are in `r3` to
/// `r6`.
macro_rules! kernel {
    (
        $(#[$doc:meta])* $name:ident, start: $start:expr, block: $block:expr, bytes: $bytes:expr,
        store: $store:expr, sums: $sums:expr
    ) => {
        $(#[$doc])*
        #[unsafe(naked)]
        unsafe extern "C" fn $name(_arguments: &mut Arguments) -> *const u8 {
            naked_asm!(
                cpu!(),
                "push {{r0, r4-r11, lr}}",
                "ldm r0, {{r1-r12}}",
                // Where the first iteration begins.
                "adr lr, 1f",
                concat!("movs r0, #", $bytes),
                "mla r11, r11, r0, lr",
                "push {{r3, r4, r5, r6, r8, r9, r10, r11, r12}}",
                "2:",
                "ldrd r0, r8, [sp, #24]",
                "ldr r3, [r7], #4",
                $start,
                "mov pc, r8",
                ".balign 4",
                "1:",
                ".rept {unrolled}",
                $block,
                ".endr",
                "cmp r0, r2",
                "blo 1b",
                // The shift and the limit, the distances of multiplier, `2z + 1` and outputs, the stride.
                "ldm sp, {{r8-r12, lr}}",
                "add r12, r8",
                "ldrsb r0, [r8], #1",
                "mvn r0, r0",
                "cmp r0, r9",
                "bhs 3f",
                "str r8, [sp]",
                "ldr r9, [r7, r10]",
                "lsl r11, r11, r0",
                $store,
                "ldr r9, [sp, #32]",
                "cmp r8, r9",
                "bne 2b",
                "movs r0, #0",
                "b 4f",
                "3:",
                "ldr r0, [sp, #36]",
                "adds r0, #48",
                $sums,
                "mov r0, r8",
                "4:",
                "add sp, #40",
                "pop {{r4-r11, pc}}",
                unrolled = const UNROLLED,
            )
        }
    };
}

/// Scales the sum in a register, and stores it.
macro_rules! output {
    ($sum:literal, $at:literal) => {
        concat!(scale!($sum, "r9", "r11", "r0", "r10"), "strb ", $sum, ", ", $at, "\n")
    };
}

kernel! {
    /// Of four columns.
    four,
    start: "mov r4, r3\nmov r5, r3\nmov r6, r3",
    block: concat!(
        "ldr r8, [r1], #4\n",
        "ldm r0!, {{r10, r11, r12, lr}}\n",
        "sxtb16 r9, r8\n",
        "smlad r3, r10, r9, r3\n", "smlad r4, r11, r9, r4\n", "smlad r5, r12, r9, r5\n", "smlad r6, lr, r9, r6\n",
        "ldm r0!, {{r10, r11, r12, lr}}\n",
        "sxtb16 r8, r8, ror #8\n",
        "smlad r3, r10, r8, r3\n", "smlad r4, r11, r8, r4\n", "smlad r5, r12, r8, r5\n", "smlad r6, lr, r8, r6\n",
    ),
    bytes: 52,
    store: concat!(
        output!("r3", "[r12]"), output!("r4", "[r12, lr]"), output!("r5", "[r12, lr, lsl #1]"),
        "add r12, r12, lr, lsl #1\n", output!("r6", "[r12, lr]"),
    ),
    sums: "stm r0, {{r3-r6}}"
}

kernel! {
    /// Of the first column.
    one,
    start: "",
    block: concat!(
        "ldr r8, [r1], #4\n",
        "ldr r10, [r0, #16]\n",
        "ldr r11, [r0], #32\n",
        "sxtb16 r9, r8\n",
        "sxtb16 r8, r8, ror #8\n",
        "smlad r3, r11, r9, r3\n",
        "smlad r3, r10, r8, r3\n",
    ),
    bytes: 28,
    store: output!("r3", "[r12]"),
    sums: "str r3, [r0]"
}
