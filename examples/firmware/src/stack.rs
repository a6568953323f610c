//! The stack's high-water mark: before `main`, the stack is painted with a fixed word, by `cortex-m-rt` or, on RISC-V,
//! here.

use core::ptr::{addr_of, read_volatile};

#[cfg(target_arch = "arm")]
use cortex_m_rt::STACK_PAINT_VALUE;

#[cfg(target_arch = "riscv32")]
const STACK_PAINT_VALUE: u32 = 0xCCCC_CCCC;

/// `riscv-rt` calls this before statics are initialised, with nothing on the stack.
#[cfg(target_arch = "riscv32")]
#[unsafe(naked)]
#[unsafe(no_mangle)]
extern "C" fn __pre_init() {
    core::arch::naked_asm!(
        "la t0, _stack_end",
        "la t1, _stack_start",
        "li t2, {paint}",
        "1:",
        "sw t2, 0(t0)",
        "addi t0, t0, 4",
        "bltu t0, t1, 1b",
        "ret",
        paint = const STACK_PAINT_VALUE,
    )
}

unsafe extern "C" {
    static _stack_start: u32;
    static _stack_end: u32;
}

/// The most bytes of stack used so far. If it is all of them, the statics below may have been overwritten.
pub fn used() -> u32 {
    let (top, mut at) = (addr_of!(_stack_start), addr_of!(_stack_end));
    // SAFETY: the linker's symbols enclose aligned memory of the program, which is only read.
    while at < top && unsafe { read_volatile(at) } == STACK_PAINT_VALUE {
        at = at.wrapping_add(1);
    }
    (top as u32).saturating_sub(at as u32)
}
