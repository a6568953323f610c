//! How many instructions something takes: by a timer, which advances by the same time at each instruction under QEMU's
//! `-icount`, or by a counter of them. It calibrates itself on instructions whose number is known.

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
    /// RISC-V's counter of instructions, its lower half.
    #[cfg(target_arch = "riscv32")]
    Instret,
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
            #[cfg(target_arch = "riscv32")]
            Timer::Instret => (),
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
            #[cfg(target_arch = "riscv32")]
            Timer::Instret => {
                let count;
                // SAFETY: it reads a register.
                unsafe { core::arch::asm!("csrr {}, minstret", out(reg) count) };
                count
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
        let from = TIMER.now();
        spin(KNOWN / 2);
        let middle = TIMER.now();
        spin(KNOWN);
        let (once, twice) = (middle.wrapping_sub(from), TIMER.now().wrapping_sub(middle));
        Counter { ticks: u64::from(twice.wrapping_sub(once)) }
    }

    /// Now.
    #[inline(always)]
    pub fn now(&self) -> Instant {
        Instant(TIMER.now())
    }

    /// The instructions since then, one look at the timer among them.
    #[inline(always)]
    pub fn since(&self, then: Instant) -> u64 {
        let ticks = u64::from(TIMER.now().wrapping_sub(then.0));
        (u64::from(KNOWN) * ticks + self.ticks / 2).checked_div(self.ticks).unwrap_or(0)
    }
}

/// A point in time.
#[derive(Clone, Copy)]
pub struct Instant(u32);

impl Default for Counter {
    fn default() -> Self {
        Counter::new()
    }
}

/// Two instructions, so many times.
#[unsafe(naked)]
extern "C" fn spin(_times: u32) {
    #[cfg(target_arch = "arm")]
    naked_asm!("1:", "subs r0, r0, #1", "bne 1b", "bx lr");
    #[cfg(target_arch = "riscv32")]
    naked_asm!("1:", "addi a0, a0, -1", "bnez a0, 1b", "ret");
}
