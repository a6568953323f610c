//! Prints to the host that debugs or emulates the board, through semihosting; without `core::fmt`, which a firmware that
//! only runs networks does not need.

#[cfg(target_arch = "arm")]
use cortex_m_semihosting::{
    debug::{self, EXIT_FAILURE, EXIT_SUCCESS},
    syscall1,
};
#[cfg(target_arch = "riscv32")]
use semihosting::{process, sys::arm_compat::sys_writec};

/// Prints a line of words and numbers: `say!("arena: ", Exact(bytes), " B")`.
#[macro_export]
macro_rules! say {
    ($($part:expr),+ $(,)?) => {{
        $($crate::host::Print::print(&$part);)+
        $crate::host::Print::print(&"\n");
    }};
}

/// What can be printed.
pub trait Print {
    /// Prints it.
    fn print(&self);
}

impl Print for &str {
    fn print(&self) {
        for byte in self.bytes() {
            #[cfg(target_arch = "riscv32")]
            sys_writec(byte);
            #[cfg(target_arch = "arm")]
            // SAFETY: the host reads the byte that the reference points to.
            unsafe {
                syscall1!(WRITEC, &raw const byte)
            };
        }
    }
}

/// A number with thousands separators: `94,720`.
pub struct Exact(pub u64);

impl Print for Exact {
    fn print(&self) {
        let (rest, thousand) = (self.0 / 1000, self.0 % 1000);
        if rest > 0 {
            Exact(rest).print();
            ",".print();
            digits(thousand, 10, 3);
        } else {
            digits(thousand, 10, 1);
        }
    }
}

/// The quotient of two numbers, to two decimals.
pub struct Share(pub u64, pub u64);

impl Print for Share {
    fn print(&self) {
        let hundredths = (100 * self.0 + self.1 / 2).checked_div(self.1).unwrap_or(0);
        Exact(hundredths / 100).print();
        ".".print();
        digits(hundredths % 100, 10, 2);
    }
}

/// A 64-bit number in hexadecimal.
pub struct Hex(pub u64);

impl Print for Hex {
    fn print(&self) {
        digits(self.0, 16, 16);
    }
}

/// Prints a number with at least this many digits.
fn digits(number: u64, base: u64, least: u32) {
    let rest = number.checked_div(base).unwrap_or(0);
    if rest > 0 || least > 1 {
        digits(rest, base, least.saturating_sub(1));
    }
    let digit = (number - rest * base) as usize;
    "0123456789abcdef".get(digit..=digit).unwrap_or("?").print();
}

/// Ends the program, and the emulator.
pub fn exit(is_success: bool) -> ! {
    #[cfg(target_arch = "riscv32")]
    process::exit(if is_success { 0 } else { 1 });
    #[cfg(target_arch = "arm")]
    loop {
        debug::exit(if is_success { EXIT_SUCCESS } else { EXIT_FAILURE });
    }
}
