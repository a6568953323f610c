//! Counts instructions: with an instruction counter, or with a timer, which under QEMU's `-icount` advances by the same
//! time for each instruction. It calibrates itself on a known number of instructions.

use core::arch::naked_asm;
use core::ptr::{read_volatile, write_volatile};

use crate::board::TIMER;

/// A 32-bit timer, by the address of its registers.
#[derive(Clone, Copy)]
pub enum Timer {
    /// The timer of Arm's Cortex-M System Design Kit, which counts down.
    Cmsdk(usize),
    /// The timer of Nordic's nRF51.
    Nrf51(usize),
    /// The lower half of RISC-V's instruction counter.
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

/// How many instructions the calibration runs.
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

    /// The instructions since then, including one read of the timer.
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

/// Runs two instructions this many times.
#[unsafe(naked)]
extern "C" fn spin(_times: u32) {
    #[cfg(target_arch = "arm")]
    naked_asm!("1:", "subs r0, r0, #1", "bne 1b", "bx lr");
    #[cfg(target_arch = "riscv32")]
    naked_asm!("1:", "addi a0, a0, -1", "bnez a0, 1b", "ret");
}
