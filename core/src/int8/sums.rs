//! Sums over the rows of an image as they come, one for each channel, in four bytes each.

use core::cell::Cell;

use crate::kernel::step::{Ran, rows};

/// Adds up a row of positions, each with all its channels.
pub(crate) fn add(row: &[Cell<i8>], sums: &[Cell<i8>]) -> Ran {
    let sums = sums.as_chunks::<4>().0;
    for (channel, bytes) in sums.iter().enumerate() {
        let mut sum = get(bytes);
        for position in rows(row, sums.len()) {
            sum = sum.wrapping_add(position.get(channel)?.get() as i32);
        }
        for (byte, value) in bytes.iter().zip(sum.to_le_bytes()) {
            byte.set(value as i8);
        }
    }
    Some(())
}

/// Writes what each sum becomes.
pub(crate) fn finish(sums: &[Cell<i8>], output: &[Cell<i8>], each: impl Fn(i32) -> Option<i8>) -> Ran {
    for (output, sum) in output.iter().zip(sums.as_chunks::<4>().0) {
        output.set(each(get(sum))?);
    }
    Some(())
}

fn get([a, b, c, d]: &[Cell<i8>; 4]) -> i32 {
    i32::from_le_bytes([a, b, c, d].map(|byte| byte.get() as u8))
}
