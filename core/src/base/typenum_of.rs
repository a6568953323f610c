//! A constant as a typenum integer.

use typenum::{B0, B1, Bit, UInt, UTerm, Unsigned};

/// Appends a binary digit to a typenum integer; folding it over the bits of a constant gives the constant's type.
#[doc(hidden)]
pub trait Push<const BIT: bool> {
    /// The longer integer.
    type Out;
}

impl Push<false> for UTerm {
    type Out = UTerm;
}
impl Push<true> for UTerm {
    type Out = UInt<UTerm, B1>;
}
impl<U: Unsigned, B: Bit> Push<false> for UInt<U, B> {
    type Out = UInt<UInt<U, B>, B0>;
}
impl<U: Unsigned, B: Bit> Push<true> for UInt<U, B> {
    type Out = UInt<UInt<U, B>, B1>;
}

/// The typenum integer of a `u64` constant: `typenum_of!(3_000_000)`, `typenum_of!(DsCnn::MACS)`. Not in a generic
/// context.
#[macro_export]
macro_rules! typenum_of {
    ($value:expr) => {
        $crate::typenum_of!(@ ($value) $crate::__macro::UTerm;
            63 62 61 60 59 58 57 56 55 54 53 52 51 50 49 48 47 46 45 44 43 42 41 40 39 38 37 36 35 34 33 32
            31 30 29 28 27 26 25 24 23 22 21 20 19 18 17 16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0)
    };
    (@ ($value:expr) $number:ty;) => { $number };
    (@ ($value:expr) $number:ty; $bit:literal $($rest:literal)*) => {
        $crate::typenum_of!(@ ($value)
            <$number as $crate::__macro::Push<{ let value: u64 = $value; (value >> $bit) & 1 == 1 }>>::Out; $($rest)*)
    };
}
