//! Convolution of each channel with kernels of its own, four channels at a time.

#![allow(unsafe_code)]

use core::arch::naked_asm;
use core::cell::Cell;

use crate::int8::depthwise::Run;
use crate::int8::dsp::cpu;
use crate::int8::dsp::scaling::{LIMIT, is_small, scale};
use crate::int8::dsp::widen::offset;
use crate::int8::windows::{Channelwise, Window, Windows, take};
use crate::kernel::step::Ran;

/// The channels that are computed at a time.
const FOUR: usize = 4;

/// The windows that are computed at a time where they share inputs: those of three taps in a row, next to each other.
const SHARED: u32 = 3;

impl Run<'_> {
    /// The outputs of all windows, of a channel each.
    pub fn windows(&self, output: &[Cell<i8>]) -> Ran {
        let Windows { y, x, direction } = &self.layer.windows;
        let channels = self.layer.out_channels();
        let is_aligned = self.channels.biases.as_ptr().addr() % 4 == 0;
        let is_small = is_aligned && is_small(self.channels, self.layer.windows.taps());
        let is_shared = x.kernel == 3 && x.stride == 1 && x.dilation == 1 && self.keeps_channels(output);
        let mut rest = output;
        for done_y in 0..y.output {
            let of_y = y.span_at(direction.first(done_y, 1, y.output));
            let mut done_x = 0;
            while done_x < x.output {
                let first = direction.first(done_x, SHARED, x.output);
                let are_whole = || x.span_at(first).is_whole(x) && x.span_at(first + SHARED - 1).is_whole(x);
                let is_shared = is_shared && done_x + SHARED <= x.output && are_whole();
                let count = if is_shared { SHARED } else { 1 };
                let window = Window { y: of_y, x: x.span_at(direction.first(done_x, count, x.output)) };
                let outputs = take(&mut rest, count as usize * channels, *direction)?;
                let (next, count) = (done_x + count, count as usize);
                let done = if is_small { self.fours(&window, count, outputs)? } else { 0 };
                if done < channels {
                    self.each(&window, count, outputs, done, channels)?;
                }
                done_x = next;
            }
        }
        Some(())
    }

    /// Whether an output that lies in the memory of an input lies in that of the same channel. Then no output overwrites
    /// an input of another channel, which is yet to be read.
    fn keeps_channels(&self, output: &[Cell<i8>]) -> bool {
        let (input, output) = (self.input.as_ptr_range(), output.as_ptr_range());
        let distance = input.start.addr().wrapping_sub(output.start.addr());
        let channels = self.layer.out_channels();
        distance.checked_rem(channels) == Some(0) || output.end <= input.start || input.end <= output.start
    }

    /// Some channels of adjacent windows, in portable Rust.
    #[inline(never)]
    fn each(&self, window: &Window, count: usize, outputs: &[Cell<i8>], from: usize, to: usize) -> Ran {
        for done in 0..count as u32 {
            let at = self.layer.windows.direction.first(done, 1, count as u32);
            let mut window = *window;
            window.x.at += at;
            let outputs = outputs.get(at as usize * self.layer.out_channels()..)?;
            let (blocks, others) = outputs.get(from..to)?.as_chunks::<FOUR>();
            let mut channel = from;
            for block in blocks {
                self.block(&window, block, channel)?;
                channel += FOUR;
            }
            for output in others {
                self.block(&window, core::array::from_ref(output), channel)?;
                channel += 1;
            }
        }
        Some(())
    }

    /// All channels of adjacent windows, up to the last that is one of four; gives their number.
    fn fours(&self, Window { y, x }: &Window, count: usize, outputs: &[Cell<i8>]) -> Option<usize> {
        let axes = &self.layer.windows;
        let all = self.layer.out_channels();
        let fours = all & !(FOUR - 1);
        let (rows, taps) = ((y.to - y.from) as usize, (x.to - x.from) as usize);
        if fours == 0 || rows == 0 || taps == 0 {
            return Some(0);
        }
        let (tap, row) = (axes.x.dilation as usize * all, axes.x.input as usize * all);
        let (kernel_row, row_step) = (axes.x.kernel as usize * all, axes.y.dilation as usize * row);
        let input = self.input.get(y.at as usize * row + x.at as usize * all..)?;
        input.get(..(rows - 1) * row_step + (taps + count - 2) * tap + fours)?;
        let kernels = self.kernels.get(y.from as usize * kernel_row + x.from as usize * all..)?;
        kernels.get(..(rows - 1) * kernel_row + (taps - 1) * all + fours)?;
        outputs.get(..(count - 1) * all + fours)?;
        // By how many taps both places have moved on at the end of a row.
        let (moved, kernel) =
            if count == SHARED as usize { (2, three as Kernel) } else { ((taps - 1) / 3 * 3, one as Kernel) };
        let weights_moved = if count == SHARED as usize { 0 } else { moved };
        let mut first = 0;
        while first < fours {
            let channels = self.channels.from(first)?.first(fours - first)?;
            let (input, kernels) = (input.get(first..)?, kernels.get(first..)?);
            let shifts = channels.shifts.as_ptr_range();
            let arguments = Arguments {
                input_row: row_step.wrapping_sub(moved * tap),
                kernel_row: kernel_row - weights_moved * all,
                kernels_end: kernels.as_ptr().wrapping_add(rows * kernel_row),
                taps,
                input: input.as_ptr(),
                kernels: kernels.as_ptr(),
                biases: channels.biases.as_ptr(),
                shifts: shifts.start,
                output: outputs.get(first..)?.as_ptr(),
                multipliers: channels.multipliers.as_ptr(),
                shifts_end: shifts.end,
                limits: u32::from_le_bytes([LIMIT - 1; FOUR]),
                zero: 2 * self.layer.end.zero_point as i32 + 1,
                tap,
                offset: offset(self.layer.input_zero_point),
                channels: all,
            };
            // SAFETY: for each of the shifts there are a bias and a multiplier, both in whole words, inputs and weights of
            // its channel for all taps, and outputs for all windows, as cells.
            let ended = unsafe { kernel(&arguments) };
            if ended.is_null() {
                break;
            }
            // It ended where one of four channels is scaled in another way.
            let at = first + ended.addr().wrapping_sub(shifts.start.addr());
            self.each(&Window { y: *y, x: *x }, count, outputs, at, at + FOUR)?;
            first = at + FOUR;
        }
        self.layer.end.limit(outputs, all, fours);
        Some(fours)
    }
}

type Kernel = unsafe extern "C" fn(&Arguments) -> *const u8;

/// What both kernels read, at these places on their stacks.
#[repr(C)]
struct Arguments {
    /// 0: from the end of a row of taps to the next row.
    input_row: usize,
    /// 4: the same among weights.
    kernel_row: usize,
    /// 8: where the next row after the last would be.
    kernels_end: *const u8,
    /// 12: in a row.
    taps: usize,
    /// 16: the first tap.
    input: *const Cell<i8>,
    /// 20: its weights.
    kernels: *const u8,
    /// 24
    biases: *const [u8; 4],
    /// 28
    shifts: *const u8,
    /// 32: of the first window.
    output: *const Cell<i8>,
    /// 36
    multipliers: *const [u8; 4],
    /// 40
    shifts_end: *const u8,
    /// 44: the greatest shifts less one.
    limits: u32,
    /// 48: twice the zero point, and one.
    zero: i32,
    /// 52: from a tap to the next.
    tap: usize,
    /// 56: what is added to both inputs of a pair.
    offset: u32,
    /// 60: from the weights of a tap, or an output, to the next.
    channels: usize,
}

/// Puts the arguments on the stack.
macro_rules! begin {
    () => {
        concat!(
            "push {{r4-r11, lr}}\n",
            "add r12, r0, #32\n",
            "ldm r12, {{r4-r11}}\n",
            "push {{r4-r11}}\n",
            "ldm r0, {{r4-r11}}\n",
            "push {{r4-r11}}\n",
        )
    };
}

/// Goes on to the next four channels, `2`, or returns; from `4` on with those that it does not compute.
macro_rules! end {
    () => {
        concat!(
            "ldr r0, [sp, #8]\n",
            "adds r0, #4\n",
            "str r0, [sp, #8]\n",
            "add r0, sp, #16\n",
            "ldm r0, {{r1-r6}}\n",
            "adds r1, #4\n",
            "adds r2, #4\n",
            "adds r3, #16\n",
            "adds r4, #4\n",
            "adds r5, #4\n",
            "adds r6, #16\n",
            "stm r0, {{r1-r6}}\n",
            "ldr r0, [sp, #40]\n",
            "cmp r4, r0\n",
            "bne 2b\n",
            "movs r0, #0\n",
            "b 5f\n",
            "4:\n",
            "ldr r0, [sp, #28]\n",
            "5:\n",
            "add sp, #64\n",
            "pop {{r4-r11, pc}}\n",
        )
    };
}

/// Multiplies the inputs and weights of four channels at a tap.
macro_rules! tap {
    ($input:literal, $weights:literal) => {
        concat!(
            "ldr r9, ",
            $input,
            "\n",
            "ldr r11, ",
            $weights,
            "\n",
            "sxtab16 r8, r7, r9\n",
            "sxtab16 r9, r7, r9, ror #8\n",
            "sxtb16 r10, r11\n",
            "sxtb16 r11, r11, ror #8\n",
            "smlabb r3, r8, r10, r3\n",
            "smlabb r4, r9, r11, r4\n",
            "smlatt r5, r8, r10, r5\n",
            "smlatt r6, r9, r11, r6\n",
        )
    };
}

/// Scales and stores the sum of a channel.
macro_rules! output {
    ($sum:literal, $multiplier:literal) => {
        concat!(
            "lsl r0, lr, r1\n",
            scale!($sum, $multiplier, "r0", "r1", "r0"),
            "strb ",
            $sum,
            ", [r12], #1\n",
            "lsr r1, r1, #8\n",
        )
    };
}

/// Of one window: `r0` goes over inputs, `r1` over weights, `r2` and `r12` are the steps between taps, sums are in `r3`
/// to `r6`, and `lr` counts the taps of a row.
#[unsafe(naked)]
unsafe extern "C" fn one(_arguments: &Arguments) -> *const u8 {
    naked_asm!(
        cpu!(),
        begin!(),
        "2:",
        "add r8, sp, #52",
        "ldm r8, {{r2, r7, r12}}",
        "ldrd r0, r1, [sp, #16]",
        "ldr r8, [sp, #24]",
        "ldm r8, {{r3-r6}}",
        "ldr lr, [sp, #12]",
        "1:",
        "cmp lr, #2",
        tap!("[r0]", "[r1]"),
        "blo 3f",
        tap!("[r0, r2]", "[r1, r12]"),
        "beq 3f",
        tap!("[r0, r2, lsl #1]", "[r1, r12, lsl #1]"),
        "subs lr, #3",
        "beq 3f",
        "add r0, r2",
        "add r0, r0, r2, lsl #1",
        "add r1, r12",
        "add r1, r1, r12, lsl #1",
        "b 1b",
        "3:",
        "ldm sp, {{r8, r9, r10, lr}}",
        "add r0, r8",
        "add r1, r9",
        "cmp r1, r10",
        "bne 1b",
        // The shifts, the output and the multipliers; the limits and `2z + 1`.
        "add r0, sp, #28",
        "ldm r0, {{r1, r12, lr}}",
        "ldr r1, [r1]",
        "ldm lr, {{r8-r11}}",
        "ldrd r2, lr, [sp, #44]",
        "mvns r1, r1",
        "uqsub8 r2, r1, r2",
        "cmp r2, #0",
        "bne 4f",
        output!("r3", "r8"),
        output!("r4", "r9"),
        output!("r5", "r10"),
        output!("r6", "r11"),
        end!(),
    )
}

/// Adds the products of two channels at a tap to the sums of a window.
macro_rules! products {
    ($weights:literal, $a:literal, $b:literal) => {
        concat!("smlabb ", $a, ", lr, ", $weights, ", ", $a, "\n", "smlatt ", $b, ", lr, ", $weights, ", ", $b, "\n",)
    };
}

/// The sums of two channels of three windows: the pairs from byte `$byte` of the channels, 0 or 1.
macro_rules! sums {
    ($byte:literal) => {
        concat!(
            "ldrd r0, r1, [sp, #16]\n",
            "ldrd r2, r3, [sp, #56]\n",
            "ldr lr, [sp, #24]\n",
            "ldr r4, [lr, #4 * ",
            $byte,
            "]\n",
            "ldr r5, [lr, #4 * ",
            $byte,
            " + 8]\n",
            "mov r6, r4\n",
            "mov r7, r5\n",
            "mov r8, r4\n",
            "mov r9, r5\n",
            "1:\n",
            "ldr r10, [r1]\n",
            "ldr r11, [r1, r3]\n",
            "ldr r12, [r1, r3, lsl #1]\n",
            "sxtb16 r10, r10, ror #8 * ",
            $byte,
            "\n",
            "sxtb16 r11, r11, ror #8 * ",
            $byte,
            "\n",
            "sxtb16 r12, r12, ror #8 * ",
            $byte,
            "\n",
            "ldr lr, [r0]\n",
            "sxtab16 lr, r2, lr, ror #8 * ",
            $byte,
            "\n",
            products!("r10", "r4", "r5"),
            "ldr lr, [r0, r3]\n",
            "sxtab16 lr, r2, lr, ror #8 * ",
            $byte,
            "\n",
            products!("r11", "r4", "r5"),
            products!("r10", "r6", "r7"),
            "ldr lr, [r0, r3, lsl #1]\n",
            "sxtab16 lr, r2, lr, ror #8 * ",
            $byte,
            "\n",
            "add r0, r0, r3, lsl #1\n",
            products!("r12", "r4", "r5"),
            products!("r11", "r6", "r7"),
            products!("r10", "r8", "r9"),
            "ldr lr, [r0, r3]\n",
            "sxtab16 lr, r2, lr, ror #8 * ",
            $byte,
            "\n",
            products!("r12", "r6", "r7"),
            products!("r11", "r8", "r9"),
            "ldr lr, [r0, r3, lsl #1]\n",
            "sxtab16 lr, r2, lr, ror #8 * ",
            $byte,
            "\n",
            products!("r12", "r8", "r9"),
            "ldm sp, {{r10, r11, r12}}\n",
            "add r0, r10\n",
            "add r1, r11\n",
            "cmp r1, r12\n",
            "bne 1b\n",
        )
    };
}

/// Scales and stores the sums of a channel of three windows. The next byte of `r0` is its shift.
macro_rules! three {
    ($multiplier:literal, $a:literal, $b:literal, $c:literal) => {
        concat!(
            "ldr r10, [r12, ",
            $multiplier,
            "]\n",
            "lsl r2, r11, r0\n",
            scale!($a, "r10", "r2", "r0", "lr"),
            scale!($b, "r10", "r2", "r0", "lr"),
            scale!($c, "r10", "r2", "r0", "lr"),
            "strb ",
            $a,
            ", [r1]\n",
            "strb ",
            $b,
            ", [r1, r3]\n",
            "strb ",
            $c,
            ", [r1, r3, lsl #1]\n",
        )
    };
}

/// Of three windows, two channels after the other two: `r0` goes over inputs, `r1` over weights, `r3` is the step between
/// taps and between outputs, `r10` to `r12` are the weights of a row, and sums are in `r4` to `r9`.
#[unsafe(naked)]
unsafe extern "C" fn three(_arguments: &Arguments) -> *const u8 {
    naked_asm!(
        cpu!(),
        begin!(),
        "2:",
        sums!("0"),
        // The shifts, the output and the multipliers; the limits and `2z + 1`.
        "add lr, sp, #28",
        "ldm lr, {{r0, r1, r12}}",
        "ldr r0, [r0]",
        "ldrd r10, r11, [sp, #44]",
        "mvns r0, r0",
        "uqsub8 r10, r0, r10",
        "cmp r10, #0",
        "bne 4f",
        three!("#0", "r4", "r6", "r8"),
        "lsrs r0, r0, #16",
        "adds r1, #2",
        three!("#8", "r5", "r7", "r9"),
        sums!("1"),
        "add lr, sp, #28",
        "ldm lr, {{r0, r1, r12}}",
        "ldr r0, [r0]",
        "ldr r11, [sp, #48]",
        "mvns r0, r0",
        "lsrs r0, r0, #8",
        "adds r1, #1",
        three!("#4", "r4", "r6", "r8"),
        "lsrs r0, r0, #16",
        "adds r1, #2",
        three!("#12", "r5", "r7", "r9"),
        end!(),
    )
}
