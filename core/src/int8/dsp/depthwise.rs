//! Convolution of each channel with a kernel of its own, four channels at a time.
//!
//! For each four channels, all windows are computed before the next four: so their weights are widened once. No output
//! may lie in the memory of an input of another channel.

#![allow(unsafe_code)]

use core::arch::naked_asm;
use core::array;
use core::cell::Cell;
use core::ptr;

use crate::int8::depthwise::Run;
use crate::int8::dsp::cpu;
use crate::int8::dsp::scaling::{LIMIT, is_small, scale};
use crate::int8::dsp::widen::offset;
use crate::int8::windows::{Channelwise, Windows};
use crate::kernel::step::Ran;
use crate::op::axis::{Axis, Span, ceil_div};
use crate::op::lag::Direction;

/// The channels that are computed at a time, and the order in which the kernel has them: pairs of 16 bits are made of the
/// first and third, and of the second and fourth.
const FOUR: usize = 4;
const ORDER: [usize; FOUR] = [0, 2, 1, 3];

/// The windows that are computed at a time where they share inputs: those of three taps in a row, next to each other.
const SHARED: u32 = 3;

/// The most taps of a kernel, and the most kinds of windows along an axis.
const MAX_TAPS: usize = 25;
const MAX_KINDS: usize = 7;

/// The taps of an iteration of the loop for any window, the first of which enters at the first tap, and the bytes of the
/// instructions for a tap.
const UNROLLED: usize = 3;
const TAP_BYTES: usize = 36;

/// Windows next to each other in a row that have the same taps on data.
#[derive(Clone, Copy)]
#[repr(C)]
struct Segment {
    /// Where the first tap and the first output are, from the start of a row.
    input: usize,
    output: usize,
    /// From a window, or three of them, to the next, as those that follow.
    input_step: isize,
    output_step: isize,
    count: usize,
    kind: usize,
    /// For windows of any kind, in bytes: of the first tap's weights, and from the end of a row of taps to the next row, of
    /// weights and of inputs.
    weights: usize,
    weights_step: usize,
    input_row: isize,
    /// The iterations for a row of taps, and the bytes of instructions that the first leaves out, and one: an
    /// address in Thumb code is odd.
    iterations: usize,
    skipped: usize,
}

/// Three windows that share inputs; windows of two or three taps in a row, where all three rows are on data; any.
const KIND_SHARED: usize = 0;
const KIND_TWO: usize = 2;
const KIND_THREE: usize = 3;
const KIND_ANY: usize = 4;

/// Rows of windows that have the same rows of taps on data.
#[derive(Clone, Copy)]
struct Band {
    /// The first row that is computed.
    at: usize,
    span: Span,
    count: usize,
}

/// All windows.
struct Pattern {
    segments: [Segment; MAX_KINDS],
    segment_count: usize,
    bands: [Band; MAX_KINDS],
    band_count: usize,
}

impl Pattern {
    const NONE: Pattern = Pattern {
        segments: [Segment {
            input: 0,
            output: 0,
            input_step: 0,
            output_step: 0,
            count: 0,
            kind: 0,
            weights: 0,
            weights_step: 0,
            input_row: 0,
            iterations: 0,
            skipped: 0,
        }; MAX_KINDS],
        segment_count: 0,
        bands: [Band { at: 0, span: Span { from: 0, to: 0, at: 0 }, count: 0 }; MAX_KINDS],
        band_count: 0,
    };

    /// Takes in how windows lie; nothing if they are of too many kinds, or some have no taps on data.
    fn fill(&mut self, Windows { y, x, direction, .. }: &Windows, channels: usize) -> Ran {
        let mut done = 0;
        let is_three = x.kernel == 3 && y.kernel == 3;
        let mut is_shared = is_three && x.stride == 1 && x.dilation == 1;
        while done < y.output {
            let at = direction.first(done, 1, y.output);
            let (span, count) = (y.span_at(at), alike(y, *direction, done));
            if span.from == span.to {
                return None;
            }
            is_shared &= span.to - span.from > 1;
            *self.bands.get_mut(self.band_count)? = Band { at: at as usize, span, count: count as usize };
            self.band_count += 1;
            done += count;
        }
        let (tap, sign) = (x.dilation as usize * channels, sign(*direction));
        done = 0;
        while done < x.output {
            let span = x.span_at(direction.first(done, 1, x.output));
            let (taps, mut count) = ((span.to - span.from) as usize, alike(x, *direction, done));
            if taps == 0 {
                return None;
            }
            let shares = is_shared && span.is_whole(x) && count >= SHARED;
            let at_once = if shares { SHARED } else { 1 };
            count = count / at_once * at_once;
            let first = direction.first(done, at_once, x.output);
            let iterations = taps.div_ceil(UNROLLED);
            *self.segments.get_mut(self.segment_count)? = Segment {
                input: x.span_at(first).at as usize * channels,
                output: first as usize * channels,
                input_step: sign * (at_once * x.stride) as isize * channels as isize,
                output_step: sign * at_once as isize * channels as isize,
                count: (count / at_once) as usize,
                kind: match (shares, taps) {
                    (true, _) => KIND_SHARED,
                    (_, 3) if is_three => KIND_THREE,
                    (_, 2) if is_three => KIND_TWO,
                    _ => KIND_ANY,
                },
                weights: 8 * span.from as usize,
                weights_step: 8 * (x.kernel as usize - taps),
                input_row: (y.dilation as usize * x.input as usize * channels) as isize - (taps * tap) as isize,
                iterations,
                skipped: TAP_BYTES * (UNROLLED * iterations - taps) + 1,
            };
            self.segment_count += 1;
            done += count;
        }
        Some(())
    }
}

impl Pattern {
    /// Whether all windows have three rows of taps on data, and no segment is of any kind.
    fn is_of_three_rows(&self) -> bool {
        let mut segments = self.segments.iter().take(self.segment_count);
        let mut bands = self.bands.iter().take(self.band_count);
        segments.all(|segment| segment.kind != KIND_ANY) && bands.all(|band| band.span.to - band.span.from == 3)
    }
}

/// What the kernel reads; it has the weights of nine taps at the start of its stack, and then all else, at these places.
#[repr(C)]
struct Arguments {
    /// 72: a multiplier, `2z + 1 << e − 1` and `e − 1` for each channel.
    ends: [[i32; 3]; FOUR],
    /// 120
    biases: [i32; FOUR],
    /// 136: from a tap to the next.
    tap: usize,
    /// 140: what is added to both inputs of a pair.
    offset: u32,
    /// 144: from a row of taps to the next.
    tap_row: usize,
    /// 148: of three rows, -1 if the first is not on data, 0 if the last is not.
    ends_at: isize,
    /// 152: the rows of taps on data.
    rows: usize,
    /// 156: the weights of the first of them.
    weights: *const [u32; 2],
    /// 160: where rows of windows start, and from one to the next.
    input: *const Cell<i8>,
    output: *const Cell<i8>,
    input_step: isize,
    output_step: isize,
    /// 176
    count: usize,
    /// 180
    segments: *const Segment,
    segments_end: *const Segment,
    /// 188: from the second of three rows of taps to the last.
    last_row: usize,
    /// Pairs of weights.
    taps: [[u32; 2]; MAX_TAPS],
}

impl Run<'_> {
    /// The outputs of all windows, of a channel each.
    pub fn windows(&self, output: &[Cell<i8>]) -> Ran {
        let windows = flat(self.layer.windows);
        let apart = windows.apart;
        let channels = self.layer.out_channels();
        let (fours, taps) = (channels & !(FOUR - 1), windows.taps());
        let mut pattern = Pattern::NONE;
        let is_known = taps <= MAX_TAPS && pattern.fill(&windows, channels).is_some();
        // Of windows of any kind, all rows lie together.
        let is_known = is_known && (apart == 0 || pattern.is_of_three_rows());
        if !is_known || !self.keeps_channels(output) || !is_small(self.channels, taps) {
            return self.each(output, 0, channels);
        }
        // All that the kernel reads and writes.
        self.input.get(..windows.y.input as usize * windows.x.input as usize * channels + apart)?;
        output.get(..windows.y.output as usize * windows.x.output as usize * channels)?;
        let Windows { y, x, direction, .. } = &windows;
        let (row, sign) = (x.input as usize * channels, sign(*direction));
        let mut arguments = Arguments {
            ends: [[0; 3]; FOUR],
            biases: [0; FOUR],
            tap: x.dilation as usize * channels,
            offset: offset(self.layer.input_zero_point),
            tap_row: y.dilation as usize * row,
            ends_at: 0,
            rows: 0,
            weights: ptr::null(),
            input: ptr::null(),
            output: ptr::null(),
            input_step: sign * (y.stride as usize * row) as isize,
            output_step: sign * (x.output as usize * channels) as isize,
            count: 0,
            segments: pattern.segments.as_ptr(),
            segments_end: pattern.segments.get(pattern.segment_count..)?.as_ptr(),
            last_row: y.dilation as usize * row + apart,
            taps: [[0; 2]; MAX_TAPS],
        };
        let mut first = 0;
        while first < fours {
            if self.prepare(&mut arguments, taps, first)? {
                for band in pattern.bands.iter().take(pattern.band_count) {
                    let Band { at, span, count } = *band;
                    arguments.ends_at = if span.from > 0 { -1 } else { (span.to == y.kernel) as isize };
                    arguments.rows = (span.to - span.from) as usize;
                    arguments.weights = arguments.taps.get(span.from as usize * x.kernel as usize..)?.as_ptr();
                    arguments.input = self.input.get(span.at as usize * row + first..)?.as_ptr();
                    arguments.output = output.get(at * x.output as usize * channels + first..)?.as_ptr();
                    arguments.count = count;
                    // SAFETY: the taps on data of all windows are inputs, four of their channels are there, and so are the
                    // outputs, as cells, and the weights.
                    unsafe { run(&arguments) };
                }
            } else {
                self.each(output, first, first + FOUR)?;
            }
            first += FOUR;
        }
        self.layer.end.limit(output, channels, fours);
        self.each(output, fours, channels)
    }

    /// Whether an output that lies in the memory of an input lies in that of the same channel. Then no output overwrites
    /// an input of another channel, which is yet to be read.
    fn keeps_channels(&self, output: &[Cell<i8>]) -> bool {
        if self.layer.windows.apart > 0 {
            // Rows that arrive one by one are not overwritten by those that are made of them.
            return true;
        }
        let (input, output) = (self.input.as_ptr_range(), output.as_ptr_range());
        let distance = input.start.addr().wrapping_sub(output.start.addr());
        let channels = self.layer.out_channels();
        distance.checked_rem(channels) == Some(0) || output.end <= input.start || input.end <= output.start
    }

    /// Some channels, in portable Rust.
    #[inline(never)]
    fn each(&self, output: &[Cell<i8>], from: usize, to: usize) -> Ran {
        if from == to {
            return Some(());
        }
        let windows = &self.layer.windows;
        for (window, outputs) in windows.iter().zip(windows.outputs(output, self.layer.out_channels())) {
            let (blocks, others) = outputs.get(from..to)?.as_chunks::<FOUR>();
            let mut channel = from;
            for block in blocks {
                self.block(&window, block, channel)?;
                channel += FOUR;
            }
            for output in others {
                self.block(&window, array::from_ref(output), channel)?;
                channel += 1;
            }
        }
        Some(())
    }

    /// Takes in the weights of four channels, and how they are scaled; whether the kernel scales all of them.
    fn prepare(&self, arguments: &mut Arguments, taps: usize, first: usize) -> Option<bool> {
        let Arguments { ends, biases, taps: weights, .. } = arguments;
        let zero = 2 * self.layer.end.zero_point as i32 + 1;
        for ((end, bias), place) in ends.iter_mut().zip(biases).zip(ORDER) {
            let channel = self.channels.from(first + place)?.iter().next()?;
            let shift = !channel.multiplier.shift as u8;
            if shift >= LIMIT {
                return Some(false);
            }
            (*end, *bias) = ([channel.multiplier.value, zero << shift, shift as i32], channel.bias);
        }
        let mut kernels = self.kernels.get(first..)?;
        for weights in weights.iter_mut().take(taps) {
            let &[a, b, c, d] = kernels.first_chunk::<FOUR>()?;
            *weights = [pair(a, c), pair(b, d)];
            kernels = kernels.get(self.layer.out_channels()..).unwrap_or(&[]);
        }
        Some(true)
    }
}

/// The same windows along one row, if each row has one position.
fn flat(windows: Windows) -> Windows {
    if windows.x.input == 1 && windows.x.kernel == 1 && windows.x.output == 1 {
        Windows { y: windows.x, x: windows.y, ..windows }
    } else {
        windows
    }
}

/// A pair of weights.
#[inline(always)]
fn pair(low: u8, high: u8) -> u32 {
    low as i8 as u16 as u32 | (high as i8 as u16 as u32) << 16
}

fn sign(direction: Direction) -> isize {
    match direction {
        Direction::Forward => 1,
        Direction::Backward => -1,
    }
}

/// How many windows along an axis have the same taps on data, from one that comes after `done` of them.
fn alike(axis: &Axis, direction: Direction, done: u32) -> u32 {
    let span = |done| axis.span_at(direction.first(done, 1, axis.output));
    let Span { from, to, .. } = span(done);
    if to - from == axis.kernel {
        // Those with all taps on data are next to each other.
        let at = direction.first(done, 1, axis.output);
        return match direction {
            Direction::Forward => axis.last_whole().saturating_sub(at) + 1,
            Direction::Backward => at.saturating_sub(ceil_div(axis.before, axis.stride)) + 1,
        };
    }
    let mut end = done + 1;
    while end < axis.output && (span(end).from, span(end).to) == (from, to) {
        end += 1;
    }
    end - done
}

/// Adds the products of two channels at a tap to the sums of a window.
macro_rules! products {
    ($weights:literal, $a:literal, $b:literal) => {
        concat!("smlabb ", $a, ", lr, ", $weights, ", ", $a, "\n", "smlatt ", $b, ", lr, ", $weights, ", ", $b, "\n",)
    };
}

/// Loads inputs of two channels at a tap: the pairs from byte `$byte` of the channels, 0 or 1.
macro_rules! inputs {
    ($byte:literal, $at:literal) => {
        concat!("ldr lr, ", $at, "\n", "sxtab16 lr, r2, lr, ror #8 * ", $byte, "\n")
    };
}

/// A row of taps of three windows, of two channels.
macro_rules! shared_row {
    ($byte:literal, $row:literal) => {
        concat!(
            "ldr r10, [sp, #24 * ",
            $row,
            " + 4 * ",
            $byte,
            "]\n",
            "ldr r11, [sp, #24 * ",
            $row,
            " + 4 * ",
            $byte,
            " + 8]\n",
            "ldr r12, [sp, #24 * ",
            $row,
            " + 4 * ",
            $byte,
            " + 16]\n",
            inputs!($byte, "[r0]"),
            products!("r10", "r4", "r5"),
            inputs!($byte, "[r0, r3]"),
            products!("r11", "r4", "r5"),
            products!("r10", "r6", "r7"),
            inputs!($byte, "[r0, r3, lsl #1]"),
            products!("r12", "r4", "r5"),
            products!("r11", "r6", "r7"),
            products!("r10", "r8", "r9"),
            inputs!($byte, "[r0, r1]"),
            products!("r12", "r6", "r7"),
            products!("r11", "r8", "r9"),
            inputs!($byte, "[r0, r3, lsl #2]"),
            products!("r12", "r8", "r9"),
        )
    };
}

/// Three windows of two channels: `r0` goes over inputs, `r3` and `r1` are the steps to the next tap and to the third after
/// it, sums are in `r4` to `r9`. A missing row is left out by flags, which no other instruction sets.
macro_rules! shared {
    ($byte:literal, $first:literal, $last:literal, $start:literal) => {
        concat!(
            "ldr r0, [sp, #192]\n",
            "ldrd r4, r5, [sp, #120 + 8 * ",
            $byte,
            "]\n",
            "mov r6, r4\n",
            "mov r7, r5\n",
            "mov r8, r4\n",
            "mov r9, r5\n",
            "ldr lr, [sp, #148]\n",
            "cmp lr, #0\n",
            "bmi ",
            $first,
            "f\n",
            shared_row!($byte, "0"),
            "ldr lr, [sp, #144]\n",
            "add r0, r0, lr\n",
            $first,
            ":\n",
            shared_row!($byte, "1"),
            "beq ",
            $last,
            "f\n",
            "ldr lr, [sp, #188]\n",
            "add r0, r0, lr\n",
            shared_row!($byte, "2"),
            $last,
            ":\n",
            "ldr r0, [sp, #196]\n",
            $start,
            shared_end!($byte, "0", "r4", "r6", "r8"),
            "add r0, r0, #2\n",
            shared_end!($byte, "1", "r5", "r7", "r9"),
        )
    };
}

/// Scales and stores the sums of a channel of three windows.
macro_rules! shared_end {
    ($byte:literal, $of_pair:literal, $a:literal, $b:literal, $c:literal) => {
        concat!(
            "ldrd r10, r11, [sp, #72 + 24 * ",
            $byte,
            " + 12 * ",
            $of_pair,
            "]\n",
            "ldr r12, [sp, #80 + 24 * ",
            $byte,
            " + 12 * ",
            $of_pair,
            "]\n",
            scale!($a, "r10", "r11", "r12", "lr"),
            scale!($b, "r10", "r11", "r12", "lr"),
            scale!($c, "r10", "r11", "r12", "lr"),
            "strb ",
            $a,
            ", [r0]\n",
            "strb ",
            $b,
            ", [r0, r3]\n",
            "strb ",
            $c,
            ", [r0, r3, lsl #1]\n",
        )
    };
}

/// Multiplies the inputs in `r9` of four channels at a tap with the weights in `r10` and `r11`.
macro_rules! tap {
    () => {
        concat!(
            "sxtab16 r8, r7, r9\n",
            "sxtab16 r9, r7, r9, ror #8\n",
            "smlabb r3, r8, r10, r3\n",
            "smlatt r4, r8, r10, r4\n",
            "smlabb r5, r9, r11, r5\n",
            "smlatt r6, r9, r11, r6\n",
        )
    };
}

/// A row of taps of a window, three or, if flags are those of equal numbers, two.
macro_rules! row {
    ($row:literal, $after:literal) => {
        concat!(
            "ldr r9, [r0]\n",
            "ldrd r10, r11, [r1, #24 * ",
            $row,
            "]\n",
            tap!(),
            "ldr r9, [r0, r2]\n",
            "ldrd r10, r11, [r1, #24 * ",
            $row,
            " + 8]\n",
            tap!(),
            "beq ",
            $after,
            "f\n",
            "ldr r9, [r0, r2, lsl #1]\n",
            "ldrd r10, r11, [r1, #24 * ",
            $row,
            " + 16]\n",
            tap!(),
            $after,
            ":\n",
        )
    };
}

/// Where the first tap of a window is, and the biases.
macro_rules! begin {
    () => {
        concat!("ldr r0, [sp, #192]\n", "ldrd r2, r7, [sp, #136]\n", "add r8, sp, #120\n", "ldm r8, {{r3-r6}}\n",)
    };
}

/// Scales and stores the sum of a channel of a window.
macro_rules! end {
    ($sum:literal, $output:literal) => {
        concat!(
            "ldm r9!, {{r10, r11, r12}}\n",
            scale!($sum, "r10", "r11", "r12", "r8"),
            "strb ",
            $sum,
            ", [r0, #",
            $output,
            "]\n",
        )
    };
}

/// Scales and stores the sums of a window.
macro_rules! ends {
    () => {
        concat!(
            "ldr r0, [sp, #196]\n",
            "add r9, sp, #72\n",
            end!("r3", "0"),
            end!("r4", "2"),
            end!("r5", "1"),
            end!("r6", "3"),
        )
    };
}

/// Goes on to the next window of a segment.
macro_rules! next {
    ($loop:literal) => {
        concat!(
            "add r4, sp, #192\n",
            "ldm r4, {{r5-r9}}\n",
            "add r5, r5, r7\n",
            "add r6, r6, r8\n",
            "subs r9, r9, #1\n",
            "stm r4, {{r5-r9}}\n",
            "bne ",
            $loop,
            "b\n",
        )
    };
}

/// All rows of windows that have the same rows of taps. On the stack, after the arguments: 192, where the inputs and
/// outputs of a window are, the steps to the next, and how many are left; 212, the weights of its first tap, the steps to
/// the next row of taps among weights and inputs, the iterations of a row, and where the first begins; 232, the next
/// segment.
#[unsafe(naked)]
unsafe extern "C" fn run(_arguments: &Arguments) {
    naked_asm!(
        cpu!(),
        "push {{r4-r11, lr}}",
        "sub sp, #236",
        "add r2, r0, #120",
        "ldm r2!, {{r3-r11}}",
        "stm sp, {{r3-r11}}",
        "ldm r2, {{r3-r11}}",
        "add r1, sp, #36",
        "stm r1!, {{r3-r11}}",
        ".rept 3",
        "ldm r0!, {{r2-r11}}",
        "stm r1!, {{r2-r11}}",
        ".endr",
        // A row of windows.
        "2:",
        "ldr r0, [sp, #180]",
        // A segment.
        "3:",
        "ldm r0!, {{r4-r9}}",
        "ldrd r10, r11, [sp, #160]",
        "add r4, r10",
        "add r5, r11",
        "add r1, sp, #192",
        "stm r1!, {{r4-r8}}",
        "ldm r0!, {{r4-r8}}",
        "str r0, [sp, #232]",
        "cmp r9, #0",
        "beq 4f",
        "cmp r9, #4",
        "beq 6f",
        "ldr r2, [sp, #152]",
        "cmp r2, #3",
        "bne 6f",
        "add r4, sp",
        "mov r5, r9",
        "stm r1, {{r4, r5}}",
        "b 5f",
        "6:",
        "ldr r2, [sp, #156]",
        "add r4, r2",
        "adr r2, 8f",
        "add r8, r2",
        "stm r1, {{r4-r8}}",
        "b 7f",
        // Three windows that share inputs.
        "4:",
        "ldr r3, [sp, #136]",
        "ldr r2, [sp, #140]",
        "add r1, r3, r3, lsl #1",
        shared!("0", "31", "32", ""),
        shared!("1", "33", "34", "add r0, r0, #1\n"),
        next!("4"),
        "b 12f",
        // Windows of two or three taps in three rows.
        "5:",
        begin!(),
        "ldrd r1, r12, [sp, #212]",
        "ldr lr, [sp, #144]",
        "cmp r12, #2",
        row!("0", "35"),
        "add r0, lr",
        row!("1", "36"),
        "ldr lr, [sp, #188]",
        "add r0, lr",
        row!("2", "37"),
        ends!(),
        next!("5"),
        "b 12f",
        // Any.
        "7:",
        begin!(),
        "ldr r1, [sp, #212]",
        "ldr r12, [sp, #152]",
        "9:",
        "ldrd lr, r8, [sp, #224]",
        "bx r8",
        ".balign 4",
        "8:",
        ".rept {unrolled}",
        "ldr r9, [r0]",
        "add.w r0, r0, r2",
        "ldrd r10, r11, [r1], #8",
        tap!(),
        ".endr",
        "subs lr, #1",
        "bne 8b",
        "ldrd r8, r9, [sp, #216]",
        "add r1, r8",
        "add r0, r9",
        "subs r12, #1",
        "bne 9b",
        ends!(),
        next!("7"),
        "12:",
        "ldr r0, [sp, #232]",
        "ldr r1, [sp, #184]",
        "cmp r0, r1",
        "bne 3b",
        "add r8, sp, #160",
        "ldm r8, {{r0-r4}}",
        "add r0, r2",
        "add r1, r3",
        "subs r4, #1",
        "stm r8, {{r0-r4}}",
        "bne 2b",
        "add sp, #236",
        "pop {{r4-r11, pc}}",
        unrolled = const UNROLLED,
    )
}
