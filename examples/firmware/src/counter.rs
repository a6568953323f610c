//! How many instructions something takes: by a timer, which advances by the same time at each instruction under QEMU's
//! `-icount`. It calibrates itself on instructions whose number is known.

use core::arch::naked_asm;
use core::ptr::{read_volatile, write_volatile};

use crate::board::TIMER;

/// A 32-bit timer, by the address of its registers.
#[derive(Clone, Copy)]
pub enum Timer {
    /// Of Arm's Cortex-M System Design Kit; it counts down.
    Cmsdk(usize),
    /// Of Nordic's nRF51.
    Nrf51(usize),
}

impl Timer {
    fn start(self) {
        match self {
            Timer::Cmsdk(at) => {
                write(at + 0x8, u32::MAX);
                write(at + 0x4, u32::MAX);
                write(at, 1);
            }
            Timer::Nrf51(at) => {
                // 32 bits, at the full 16 MHz.
                write(at + 0x508, 3);
                write(at + 0x510, 0);
                write(at, 1);
            }
        }
    }

    /// The time in ticks, modulo 2^32.
    #[inline(always)]
    fn now(self) -> u32 {
        match self {
            Timer::Cmsdk(at) => !read(at + 0x4),
            Timer::Nrf51(at) => {
                // Captures the count, and reads it.
                write(at + 0x40, 1);
                read(at + 0x540)
            }
        }
    }
}

#[inline(always)]
fn read(register: usize) -> u32 {
    // SAFETY: it is a register of a timer of the board, whose reads have no effect on memory.
    unsafe { read_volatile(register as *const u32) }
}

#[inline(always)]
fn write(register: usize, value: u32) {
    // SAFETY: it is a register of a timer of the board, whose writes have no effect on memory.
    unsafe { write_volatile(register as *mut u32, value) }
}

/// The counter.
pub struct Counter {
    /// Ticks of [`KNOWN`] instructions.
    ticks: u64,
}

/// The instructions that it is calibrated on.
const KNOWN: u32 = 10_000_000;

impl Counter {
    /// Starts the timer, and calibrates it.
    pub fn new() -> Self {
        TIMER.start();
        let ((), half) = ticks(|| spin(KNOWN / 2));
        let ((), whole) = ticks(|| spin(KNOWN));
        Counter { ticks: u64::from(whole - half) }
    }

    /// What a function gives, and the instructions of its call and of one look at the timer.
    #[inline(always)]
    pub fn count<T>(&self, function: impl FnOnce() -> T) -> (T, u64) {
        let (value, ticks) = ticks(function);
        (value, (u64::from(KNOWN) * u64::from(ticks) + self.ticks / 2).checked_div(self.ticks).unwrap_or(0))
    }
}

impl Default for Counter {
    fn default() -> Self {
        Counter::new()
    }
}

#[inline(always)]
fn ticks<T>(function: impl FnOnce() -> T) -> (T, u32) {
    let from = TIMER.now();
    let value = function();
    (value, TIMER.now().wrapping_sub(from))
}

/// Two instructions, so many times.
#[unsafe(naked)]
extern "C" fn spin(_times: u32) {
    naked_asm!("1:", "subs r0, r0, #1", "bne 1b", "bx lr")
}
