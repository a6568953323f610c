//! The inner loops on Arm cores with DSP instructions, Cortex-M4 and later: dual multiply-accumulates of 16 bits.
//!
//! Each equals its portable twin to the bit: the unit tests of the layers hold whichever was compiled against the same
//! sums, and run on both.

mod columns;
mod conv;
mod depthwise;
mod linear;
pub(crate) mod pool;
mod rows;
mod scaling;
mod widen;

/// Names a core with the instructions to the assembler, which takes some Cortex-M33 to lack them.
#[cfg(armv8m)]
macro_rules! cpu {
    () => {
        ".cpu cortex-m33"
    };
}
#[cfg(not(armv8m))]
macro_rules! cpu {
    () => {
        ""
    };
}
pub(crate) use cpu;
