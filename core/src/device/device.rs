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
///     pub Sensor: flash = 128 * 1024, ram = 48 KiB
/// }
/// assert_eq!(<Sensor as netcost_core::Device>::RAM_BYTES, 49_152);
/// ```
///
/// `flash` and `ram` come in either order; an amount is an expression, or a number with a unit: `64 KiB`.
#[macro_export]
macro_rules! device {
    // `@ [the device] [its flash] [its RAM] what is still to be read`
    (@ [$(#[$meta:meta])* $visibility:vis $name:ident] [$flash:expr] [$ram:expr] $($rest:tt)*) => {
        $(#[$meta])*
        $visibility enum $name {}

        impl $crate::Device for $name {
            const FLASH_BYTES: u64 = $flash;
            const RAM_BYTES: u64 = $ram;
            type Flash = $crate::typenum_of!(<$name as $crate::Device>::FLASH_BYTES);
            type Ram = $crate::typenum_of!(<$name as $crate::Device>::RAM_BYTES);
        }

        $crate::device! { $($rest)* }
    };
    (@ $device:tt $flash:tt $ram:tt , $($rest:tt)*) => { $crate::device! { @ $device $flash $ram $($rest)* } };
    (@ $device:tt $flash:tt $ram:tt ; $($rest:tt)*) => { $crate::device! { @ $device $flash $ram $($rest)* } };
    (@ $device:tt [] $ram:tt flash = $number:literal $unit:ident $($rest:tt)*) => {
        $crate::device! { @ $device [$crate::device!(@ $number $unit)] $ram $($rest)* }
    };
    (@ $device:tt [] $ram:tt flash = $bytes:expr $(, $($rest:tt)*)?) => {
        $crate::device! { @ $device [$bytes] $ram $($($rest)*)? }
    };
    (@ $device:tt [] $ram:tt flash = $bytes:expr; $($rest:tt)*) => {
        $crate::device! { @ $device [$bytes] $ram $($rest)* }
    };
    (@ $device:tt $flash:tt [] ram = $number:literal $unit:ident $($rest:tt)*) => {
        $crate::device! { @ $device $flash [$crate::device!(@ $number $unit)] $($rest)* }
    };
    (@ $device:tt $flash:tt [] ram = $bytes:expr $(, $($rest:tt)*)?) => {
        $crate::device! { @ $device $flash [$bytes] $($($rest)*)? }
    };
    (@ $device:tt $flash:tt [] ram = $bytes:expr; $($rest:tt)*) => {
        $crate::device! { @ $device $flash [$bytes] $($rest)* }
    };
    (@ $device:tt $flash:tt $ram:tt $($rest:tt)*) => {
        ::core::compile_error! { "a device has `flash` and `ram`: write `Board: flash = 128 KiB, ram = 48 KiB`" }
    };
    (@ $number:literal B) => { $number };
    (@ $number:literal kB) => { $number * 1_000 };
    (@ $number:literal MB) => { $number * 1_000_000 };
    (@ $number:literal KiB) => { $number * 1_024 };
    (@ $number:literal MiB) => { $number * 1_048_576 };
    (@ $number:literal $unit:ident) => { ::core::compile_error! { "bytes are in B, kB, MB, KiB or MiB" } };
    () => {};
    ($(#[$meta:meta])* $visibility:vis $name:ident: $($rest:tt)*) => {
        $crate::device! { @ [$(#[$meta])* $visibility $name] [] [] $($rest)* }
    };
    (, $($rest:tt)*) => { $crate::device! { $($rest)* } };
    (; $($rest:tt)*) => { $crate::device! { $($rest)* } };
}

const KIB: u64 = 1024;

/// Declares the known devices, and lists them.
macro_rules! known {
    ($($(#[$doc:meta])* pub $Name:ident: flash = $flash:expr, ram = $ram:expr;)*) => {
        device! { $($(#[$doc])* pub $Name: flash = $flash, ram = $ram;)* }

        /// The names of the known devices, and their bytes of flash and RAM.
        #[doc(hidden)]
        pub const KNOWN: &[(&str, u64, u64)] =
            &[$((stringify!($Name), <$Name as Device>::FLASH_BYTES, <$Name as Device>::RAM_BYTES)),*];
    };
}

// Sources: the vendors' datasheets, as repeated in PlatformIO's board files.
known! {
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

#[cfg(test)]
mod tests {
    use super::Device;

    device! {
        Reversed: ram = 1024, flash = 2 MiB,
        /// With a comma after it.
        Listed: flash = 64 KiB, ram = 1 << 10,
        pub(crate) Last: ram = 3 kB; flash = 2 * 1024
    }

    device! { Alone: flash = 1, ram = 2; }

    #[test]
    fn fields_come_in_any_order_and_amounts_with_units() {
        let bytes = [
            [Reversed::FLASH_BYTES, Reversed::RAM_BYTES],
            [Listed::FLASH_BYTES, Listed::RAM_BYTES],
            [Last::FLASH_BYTES, Last::RAM_BYTES],
            [Alone::FLASH_BYTES, Alone::RAM_BYTES],
        ];
        assert_eq!(bytes, [[2 << 20, 1024], [64 << 10, 1024], [2048, 3000], [1, 2]]);
    }
}
