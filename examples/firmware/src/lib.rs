//! What the binaries share: the board, the instruction counter, the stack's high-water mark, and output to the host,
//! without formatting and without panics.

#![no_std]

pub mod counter;
pub mod digits;
pub mod host;
pub mod input;
pub mod stack;

/// The board that the variable `BOARD` named when this was built; see `build.rs`.
pub mod board {
    include!(concat!(env!("OUT_DIR"), "/board.rs"));
}

use netcost::{FitsIn, ValidateError, Validated};

use crate::counter::Counter;
use crate::host::{Exact, Hex, Share};

/// Requires that a network fits in the board, as the linker script describes it: `const _: () = fits::<Net>();`.
pub const fn fits<N: FitsIn<board::Board>>() {}

/// Starts the program with a function, and passes it a static: `start!(main, [f32; 8] = [0.0; 8])`.
#[macro_export]
macro_rules! start {
    ($main:ident, $Arena:ty = $arena:expr) => {
        #[cfg_attr(target_arch = "arm", cortex_m_rt::entry)]
        #[cfg_attr(target_arch = "riscv32", riscv_rt::entry)]
        fn start() -> ! {
            let arena = {
                static mut ARENA: $Arena = $arena;
                // SAFETY: the runtime calls this once, and nothing else sees the static.
                unsafe { &mut *&raw mut ARENA }
            };
            $main(arena)
        }
    };
}

/// Prints what runs, and where.
pub fn begin(name: &str) -> Counter {
    say!(name, " on ", board::NAME);
    Counter::new()
}

/// Prints the instructions of one inference, in total and by layer: `run` calls a function after each of them.
pub fn print_instructions<N: FitsIn<board::Board>>(
    counter: &Counter,
    inference: u64,
    run: impl FnOnce(&mut dyn FnMut(usize)) -> bool,
) {
    let (executed, declared) = (N::MACS_EXECUTED, N::MACS);
    say!(
        "instructions: ",
        Exact(inference),
        " an inference, ",
        Share(inference, executed),
        " a MAC of ",
        Exact(executed),
        " executed, ",
        Share(inference, declared),
        " of ",
        Exact(declared),
        " declared"
    );
    say!("by layer: instructions, MACs, instructions a MAC");
    let mut from = counter.now();
    let ran = run(&mut |index| {
        let instructions = counter.since(from);
        if let Some(layer) = N::LAYERS.get(index) {
            let macs = layer.cost.macs_executed;
            say!(
                "  ",
                layer.name.as_str(),
                " ",
                layer.operator,
                ": ",
                Exact(instructions),
                ", ",
                Exact(macs),
                ", ",
                Share(instructions, macs)
            );
        }
        from = counter.now();
    });
    if !ran {
        host::exit(false);
    }
}

/// Prints what memory the run of a network in 8-bit integers took, and ends the program.
pub fn end_int8<N: FitsIn<board::Board>>(is_right: bool) -> ! {
    print_memory::<N>();
    host::exit(is_right)
}

/// Prints what memory the run took and what the validation proved, and ends the program.
pub fn end<N: FitsIn<board::Board>>(validated: Result<Validated<'_>, ValidateError>) -> ! {
    print_memory::<N>();
    match validated {
        Ok(proof) => {
            say!(
                "counted = declared: ",
                Exact(proof.macs),
                " MACs and ",
                Exact(proof.padding),
                " on padding, ",
                Exact(proof.census.total()),
                " operations, ",
                Exact(proof.param_bytes),
                " B of weights, ",
                Exact(proof.arena_bytes),
                " B of arena"
            );
            host::exit(true)
        }
        Err(ValidateError::Mismatch { quantity, declared, measured, .. }) => {
            say!("validation: ", Exact(declared), " ", quantity, " are declared, ", Exact(measured), " were counted");
            host::exit(false)
        }
        Err(_) => {
            say!("validation failed");
            host::exit(false)
        }
    }
}

fn print_memory<N: FitsIn<board::Board>>() {
    say!("arena: ", Exact(N::ARENA_BYTES), " B of RAM, weights: ", Exact(N::WEIGHT_BYTES), " B of flash");
    if !print_stack() {
        host::exit(false);
    }
}

/// Prints how much of the stack was used; returns whether it sufficed.
fn print_stack() -> bool {
    let (used, size) = (stack::used(), board::STACK_BYTES);
    if used < size {
        say!("stack: ", Exact(used.into()), " of ", Exact(size.into()), " B");
    } else {
        say!("stack: all of its ", Exact(size.into()), " B and more: it has grown into the arena");
    }
    used < size
}

/// A digest of numbers: FNV-1a, one number at a time.
#[derive(Clone, Copy)]
pub struct Digest(u64);

impl Digest {
    /// The digest of no numbers.
    pub const fn new() -> Self {
        Digest(0xCBF2_9CE4_8422_2325)
    }

    /// Adds a number.
    pub fn add(&mut self, number: f32) {
        self.0 = (self.0 ^ u64::from(number.to_bits())).wrapping_mul(0x100_0000_01B3);
    }

    /// Prints it.
    pub fn print(self, of: &str) {
        say!("digest of the ", of, ": ", Hex(self.0));
    }
}

impl Default for Digest {
    fn default() -> Self {
        Digest::new()
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    host::exit(false)
}

#[cfg(target_arch = "arm")]
#[cortex_m_rt::exception]
unsafe fn HardFault(_: &cortex_m_rt::ExceptionFrame) -> ! {
    fault("hard fault")
}

#[cfg(target_arch = "riscv32")]
#[unsafe(export_name = "ExceptionHandler")]
extern "C" fn exception(_: &riscv_rt::TrapFrame) -> ! {
    fault("exception")
}

fn fault(kind: &str) -> ! {
    say!(kind);
    print_stack();
    host::exit(false)
}
