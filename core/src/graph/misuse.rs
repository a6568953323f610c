//! Operators and `concat` of what they do not take: one error each, in the user's words.
//!
//! A lowered body has these traits in scope. A method that fits is inherent, and wins. Otherwise rustc finds one of these,
//! whose bound holds for no type: the error is the bound's message. The bound is on a type of the user's, which rustc
//! names, and what the method gives fits everywhere, so that no other error follows.

use crate::graph::tensor::{Operands, Tensor, Tensors};

/// A type of numbers.
pub trait Number {}

/// Holds for nothing: an operand is not a reference.
#[diagnostic::on_unimplemented(message = "an operand is not a reference: write `*` before it", label = "`{Self}`")]
pub trait Owned<Other> {}

/// Holds for nothing: a number beside a tensor is an `f32`.
#[diagnostic::on_unimplemented(
    message = "a number beside a tensor is an `f32`, not a `{Self}`: write `as f32` after it",
    label = "`{Self}`"
)]
pub trait Float<Other> {}

/// Holds for nothing: an operand is not an `Option`.
#[diagnostic::on_unimplemented(
    message = "an operand is a tensor, not an `Option`: write `.unwrap()` after it",
    label = "`{Self}`"
)]
pub trait Unwrapped<Other> {}

/// Holds for nothing: numbers are of one type.
#[diagnostic::on_unimplemented(
    message = "operands are numbers of one type: write `as {Self}` after the `{Other}`",
    label = "`{Self}` and `{Other}`"
)]
pub trait SameType<Other> {}

/// Holds for nothing: the other operands that there are.
#[diagnostic::on_unimplemented(
    message = "operands are two tensors, a tensor and an `f32`, or two numbers",
    label = "`{Self}` and `{Other}`"
)]
pub trait Operand<Other> {}

/// `trait Refusal: Bound`: operands that are refused, because of one of them the bound does not hold.
macro_rules! refusal {
    ($Refusal:ident: $Bound:ident) => {
        /// Operands that are refused.
        pub trait $Refusal: Sized {
            /// The operand that is wrong.
            type Wrong;
            /// The operand beside it.
            type Other;
            refusal!($Bound: add sub mul div);
        }
    };
    ($Bound:ident: $($operator:ident)*) => {
        $(/// The operator.
        fn $operator<Out>(self) -> Out
        where
            Self::Wrong: $Bound<Self::Other>,
        {
            unreachable!()
        })*
    };
}

refusal!(Reference: Owned);
refusal!(NumberBeside: Float);
refusal!(Optional: Unwrapped);
refusal!(Mixed: SameType);
refusal!(Unfit: Operand);

/// `[generics] Operands is Refusal of the one that is wrong, and the other`
macro_rules! refuse {
    ($([$($generics:tt)*] $Operands:ty: $Refusal:ident of $Wrong:ty, $Other:ty;)*) => {
        $(impl<$($generics)*> $Refusal for $Operands {
            type Wrong = $Wrong;
            type Other = $Other;
        })*
    };
}

refuse! {
    ['a, 'g, B] Operands<&'a Tensor<'g>, B>: Reference of &'a Tensor<'g>, B;
    ['a, N: Number, B] Operands<&'a N, B>: Reference of &'a N, B;
    ['a, 'g] Operands<Tensor<'g>, &'a Tensor<'g>>: Reference of &'a Tensor<'g>, Tensor<'g>;
    ['a, 'g, N: Number] Operands<Tensor<'g>, &'a N>: Reference of &'a N, Tensor<'g>;
    ['g, N: Number] Operands<Tensor<'g>, N>: NumberBeside of N, Tensor<'g>;
    ['g, N: Number] Operands<N, Tensor<'g>>: NumberBeside of N, Tensor<'g>;
    ['g, T] Operands<Tensor<'g>, Option<T>>: Optional of Option<T>, Tensor<'g>;
    ['g, T] Operands<Option<T>, Tensor<'g>>: Optional of Option<T>, Tensor<'g>;
    [A: Number, B: Number] Operands<A, B>: Mixed of A, B;
    // A method of a reference comes after those of the operands themselves.
    [A, B] &Operands<A, B>: Unfit of A, B;
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(
            impl Number for $number {}

            refuse! {
                ['a, 'g] Operands<$number, &'a Tensor<'g>>: Reference of &'a Tensor<'g>, $number;
                ['a, N: Number] Operands<$number, &'a N>: Reference of &'a N, $number;
            }
        )*
    };
}

numbers!(usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f32 f64);

/// Holds for nothing.
#[diagnostic::on_unimplemented(
    message = "`concat` takes an array or a list of tensors: write `concat([x, y])`",
    label = "`{Self}`"
)]
pub trait List {}

/// What `concat` refuses.
pub trait Unlisted: Sized {
    /// What it is given.
    type Given;
    /// `concat(x)`
    fn concat<Options, Out>(self, _: Options) -> Out
    where
        Self::Given: List,
    {
        unreachable!()
    }
}

impl<T> Unlisted for Tensors<T> {
    type Given = T;
}
