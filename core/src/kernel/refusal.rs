//! Why a kernel refuses its input.

use core::fmt;

/// What a kernel reports through [`Step::refuse`](crate::kernel::step::Step::refuse).
#[derive(Clone, Copy)]
pub(crate) enum Refusal {
    /// An element of the input is not the index of one of `rows`.
    Index { position: usize, found: NotAnIndex, rows: u32 },
}

/// The value found in place of the index of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAnIndex {
    /// A whole number that is no row's; one beyond an `i64` is given as the last of those.
    Whole(i64),
    /// A number between this whole one and the next.
    Between(i32),
    /// Not a number.
    Nan,
}

impl NotAnIndex {
    pub(crate) fn of(value: f32) -> Self {
        if value.is_nan() {
            return NotAnIndex::Nan;
        }
        let towards_zero = value as i64;
        // Beyond 2^23, all numbers are whole.
        if towards_zero as f32 == value || towards_zero.unsigned_abs() > 1 << 23 {
            return NotAnIndex::Whole(towards_zero);
        }
        NotAnIndex::Between(towards_zero as i32 - (value < 0.0) as i32)
    }
}

impl fmt::Display for NotAnIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            NotAnIndex::Whole(value) => write!(f, "{value}"),
            NotAnIndex::Between(below) => write!(f, "a number between {below} and {}", below as i64 + 1),
            NotAnIndex::Nan => f.write_str("NaN"),
        }
    }
}
