//! Inputs widened to 16 bits, each less the zero point, for dot products with weights of 8 bits.

use core::cell::Cell;

use crate::kernel::step::Ran;

/// The bytes of a widened input.
pub(crate) const WIDE: usize = 2;

/// A widened input in scratch memory, the low byte first.
pub(crate) type Wide = [Cell<i8>; WIDE];

/// Sets the next of a column to the inputs less the zero point, and leaves the rest.
#[inline(always)]
pub(crate) fn widen(column: &mut &[Wide], input: &[Cell<i8>], zero_point: i8) -> Ran {
    let (next, rest) = column.split_at_checked(input.len())?;
    for (wide, input) in next.iter().zip(input) {
        set(wide, input.get() as i16 - zero_point as i16);
    }
    *column = rest;
    Some(())
}

#[inline(always)]
pub(crate) fn set([low, high]: &Wide, value: i16) {
    let bytes = value.to_le_bytes().map(|byte| byte as i8);
    let [low_byte, high_byte] = bytes;
    low.set(low_byte);
    high.set(high_byte);
}

#[inline(always)]
fn get([low, high]: &Wide) -> i32 {
    i16::from_le_bytes([low.get() as u8, high.get() as u8]) as i32
}

/// The dot product of a row of weights with a column.
#[inline(always)]
pub(crate) fn dot(weights: &[u8], column: &[Wide]) -> i32 {
    weights.iter().zip(column).fold(0, |sum, (&weight, wide)| multiply_add(sum, weight, wide))
}

#[inline(always)]
pub(crate) fn multiply_add(sum: i32, weight: u8, wide: &Wide) -> i32 {
    sum.wrapping_add(weight as i8 as i32 * get(wide))
}
