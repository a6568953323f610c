//! The stack's high-water mark: before `main`, `cortex-m-rt` paints the stack with a word.

use core::ptr::{addr_of, read_volatile};

use cortex_m_rt::STACK_PAINT_VALUE;

unsafe extern "C" {
    static _stack_start: u32;
    static _stack_end: u32;
}

/// The most bytes of it that were used so far: all, if its last word was written, and then perhaps the statics below it.
pub fn used() -> u32 {
    let (top, mut at) = (addr_of!(_stack_start), addr_of!(_stack_end));
    // SAFETY: the linker's symbols enclose memory that is the program's, and aligned; it is only read.
    while at < top && unsafe { read_volatile(at) } == STACK_PAINT_VALUE {
        at = at.wrapping_add(1);
    }
    (top as u32).saturating_sub(at as u32)
}
