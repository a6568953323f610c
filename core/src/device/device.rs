//! Devices: how much flash and RAM a board has.

use typenum::Unsigned;

/// A board or a microcontroller, as a type to bound networks with: `N: FitsIn<Stm32F407>`.
///
/// [`device!`](macro@crate::device) declares another.
pub trait Device {
    /// Flash in bytes; the program itself takes some of it.
    const FLASH_BYTES: u64;
    /// The largest contiguous piece of RAM in bytes: an arena cannot be split.
    const RAM_BYTES: u64;
    /// [`FLASH_BYTES`](Device::FLASH_BYTES) as a typenum integer.
    type Flash: Unsigned;
    /// [`RAM_BYTES`](Device::RAM_BYTES) as a typenum integer.
    type Ram: Unsigned;
}

/// Declares a device: your own board, or what the firmware of a known board leaves for the network.
///
/// ```
/// netcost_core::device! {
///     /// Our sensor: half of the flash is for the weights.
///     pub Sensor: flash = 128 * 1024, ram = 48 * 1024
/// }
/// assert_eq!(<Sensor as netcost_core::Device>::RAM_BYTES, 49_152);
/// ```
#[macro_export]
macro_rules! device {
    ($($(#[$meta:meta])* $visibility:vis $name:ident: flash = $flash:expr, ram = $ram:expr $(;)?)*) => {
        $(
            $(#[$meta])*
            $visibility enum $name {}

            impl $crate::Device for $name {
                const FLASH_BYTES: u64 = $flash;
                const RAM_BYTES: u64 = $ram;
                type Flash = $crate::typenum_of!(<$name as $crate::Device>::FLASH_BYTES);
                type Ram = $crate::typenum_of!(<$name as $crate::Device>::RAM_BYTES);
            }
        )*
    };
}

const KIB: u64 = 1024;

// Sources: the vendors' datasheets, as repeated in PlatformIO's board files.
device! {
    /// STM32F407 (Cortex-M4F): 128 KiB of SRAM, without the separate 64 KiB of core-coupled memory.
    pub Stm32F407: flash = 1024 * KIB, ram = 128 * KIB;
    /// STM32F746 (Cortex-M7).
    pub Stm32F746: flash = 1024 * KIB, ram = 320 * KIB;
    /// STM32H743 (Cortex-M7): 512 KiB of AXI SRAM, without the other, separate banks.
    pub Stm32H743: flash = 2048 * KIB, ram = 512 * KIB;
    /// STM32L4R5 (Cortex-M4F), the reference board of MLPerf Tiny.
    pub Stm32L4R5: flash = 2048 * KIB, ram = 640 * KIB;
    /// STM32G0B1 (Cortex-M0+).
    pub Stm32G0B1: flash = 512 * KIB, ram = 144 * KIB;
    /// STM32U575 (Cortex-M33).
    pub Stm32U575: flash = 2048 * KIB, ram = 768 * KIB;
    /// nRF52840 (Cortex-M4F).
    pub Nrf52840: flash = 1024 * KIB, ram = 256 * KIB;
    /// Raspberry Pi Pico: RP2040 (Cortex-M0+) with 2 MiB of external flash.
    pub RaspberryPiPico: flash = 2048 * KIB, ram = 264 * KIB;
    /// Raspberry Pi Pico 2: RP2350 (Cortex-M33) with 4 MiB of external flash.
    pub RaspberryPiPico2: flash = 4096 * KIB, ram = 520 * KIB;
}
