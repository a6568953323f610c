//! Sums over the taps of a window, of four channels at a time.

#![allow(unsafe_code)]

use core::arch::asm;
use core::cell::Cell;

use crate::int8::dsp::cpu;
use crate::int8::windows::{Window, Windows};

/// The taps whose sum has 16 bits.
const MOST_TAPS: usize = 256;

/// The sums of channels from one on, if they are four and a sum has 16 bits.
#[inline(always)]
pub(crate) fn sums<const N: usize>(
    windows: &Windows,
    Window { y, x }: &Window,
    input: &[Cell<i8>],
    channels: usize,
    channel: usize,
) -> Option<[i32; N]> {
    let taps = (x.to - x.from) as usize;
    if N != 4 || windows.taps() > MOST_TAPS {
        return None;
    }
    let row = windows.x.input as usize * channels;
    let step = windows.x.dilation as usize * channels;
    let mut at = y.at as usize * row + x.at as usize * channels + channel;
    let (mut even, mut odd) = (0u32, 0u32);
    for row_of_taps in y.from..y.to {
        if row_of_taps + 1 == windows.y.kernel {
            at += windows.apart;
        }
        let taps_on = input.get(at..)?.get(..taps.checked_sub(1)? * step + 4)?;
        // SAFETY: it reads four inputs of each tap of the row.
        unsafe {
            asm!(
                cpu!(),
                "2:",
                "ldr {inputs}, [{at}]",
                "add {at}, {at}, {step}",
                "sxtab16 {even}, {even}, {inputs}",
                "sxtab16 {odd}, {odd}, {inputs}, ror #8",
                "subs {taps}, {taps}, #1",
                "bne 2b",
                at = inout(reg) taps_on.as_ptr() => _,
                step = in(reg) step,
                taps = inout(reg) taps => _,
                even = inout(reg) even,
                odd = inout(reg) odd,
                inputs = out(reg) _,
                options(readonly, nostack),
            );
        }
        at += windows.y.dilation as usize * row;
    }
    let mut sums = [0; N];
    let all = [even as i16 as i32, odd as i16 as i32, even as i32 >> 16, odd as i32 >> 16];
    for (sum, of_all) in sums.iter_mut().zip(all) {
        *sum = of_all;
    }
    Some(sums)
}
