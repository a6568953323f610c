//! The right side of a limit where it is an expression: a number of any type.

use crate::base::message::Text;

/// An expression in a limit.
pub struct Written<T>(pub T);

macro_rules! integers {
    ($($integer:ty)*) => {
        $(impl Written<$integer> {
            /// The limit.
            #[track_caller]
            pub const fn limit(self) -> u64 {
                if <$integer>::MIN != 0 && (self.0 as i128) < 0 {
                    Text::new().str("a limit is not negative: this is ").signed(self.0 as i64).fail();
                }
                if self.0 as u128 > u64::MAX as u128 {
                    panic!("a limit is below 2^64");
                }
                self.0 as u64
            }
        })*
    };
}

integers!(usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128);

macro_rules! floats {
    ($($float:ty)*) => {
        $(impl Written<$float> {
            /// The limit.
            #[track_caller]
            pub const fn limit(self) -> u64 {
                if self.0 < 0.0 {
                    panic!("a limit is not negative");
                }
                if self.0 >= u64::MAX as $float {
                    panic!("a limit is below 2^64");
                }
                let limit = self.0 as u64;
                if limit as $float != self.0 {
                    panic!("a limit is a whole number");
                }
                limit
            }
        })*
    };
}

floats!(f32 f64);

/// Holds for nothing: a limit is a number.
#[diagnostic::on_unimplemented(message = "a limit is a number, not a `{Self}`", label = "`{Self}`")]
pub trait LimitNumber {}

/// What is not a number in a limit, refused as the operands of `graph/misuse.rs` are.
pub trait NotANumber: Sized {
    /// What is written.
    type Given;
    /// The limit.
    fn limit<Out>(self) -> Out
    where
        Self::Given: LimitNumber,
    {
        unreachable!()
    }
}

impl<T> NotANumber for Written<T> {
    type Given = T;
}

#[cfg(test)]
mod tests {
    use super::Written;

    #[test]
    fn a_number_of_any_type_is_a_limit() {
        assert_eq!(Written(3_u8).limit(), 3);
        assert_eq!(Written(u64::MAX as u128).limit(), u64::MAX);
        assert_eq!(Written(5_i32).limit(), 5);
        assert_eq!(Written(2.5e3_f64).limit(), 2500);
        assert_eq!(Written(16_777_216_f32).limit(), 1 << 24);
    }
}
