//! One number for all axes, or an array with one for each: `3` or `[1, 7]`.
//!
//! A const function cannot call trait methods, so the traits here only say which form a type has. A union, whose read
//! the const interpreter checks, extracts the value.

mod sealed {
    pub trait Sealed: Copy {
        const FORM: super::Form;
    }
}

/// The form of an argument.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum Form {
    Number,
    Array,
    Same,
}

/// A kernel, stride or dilation over `N` axes: a number, or an array of `N` numbers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an extent over {N} axes",
    label = "expected a number, or an array of {N} numbers",
    note = "numbers are `usize`: write `3`, or `[1, 7]` for one number an axis"
)]
pub trait Extent<const N: usize>: sealed::Sealed {}

/// The padding over `N` axes: a number, an array of `N` numbers, or [`Same`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a padding over {N} axes",
    label = "expected a number, an array of {N} numbers, or `Same`",
    note = "numbers are `usize`: write `1`, `[0, 3]` for one number an axis, or `Same`"
)]
pub trait Padding<const N: usize>: sealed::Sealed {}

/// Padding for an output of `ceil(input / stride)`, by TensorFlow's rule: an odd element of padding goes at the end.
/// At stride 1 this is also PyTorch's `"same"`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Same;

impl sealed::Sealed for usize {
    const FORM: Form = Form::Number;
}
impl<const N: usize> sealed::Sealed for [usize; N] {
    const FORM: Form = Form::Array;
}
impl sealed::Sealed for Same {
    const FORM: Form = Form::Same;
}
impl<const N: usize> Extent<N> for usize {}
impl<const N: usize> Extent<N> for [usize; N] {}
impl<const N: usize> Padding<N> for usize {}
impl<const N: usize> Padding<N> for [usize; N] {}
impl<const N: usize> Padding<N> for Same {}

union Read<T: Copy, const N: usize> {
    value: T,
    number: usize,
    array: [usize; N],
}

/// Whether it is one number for all axes, or [`Same`].
pub(crate) const fn is_number<T: sealed::Sealed>() -> bool {
    !matches!(T::FORM, Form::Array)
}

/// The number for each axis; 0 for [`Same`].
#[allow(unsafe_code)]
pub(crate) const fn extent<T: sealed::Sealed, const N: usize>(value: T) -> [usize; N] {
    let read = Read { value };
    // SAFETY: `FORM` says which of the types `T` is; the traits are sealed, so no other type implements them.
    unsafe {
        match T::FORM {
            Form::Number => [read.number; N],
            Form::Array => read.array,
            Form::Same => [0; N],
        }
    }
}

/// Whether a padding is [`Same`].
pub(crate) const fn is_same<T: sealed::Sealed>() -> bool {
    matches!(T::FORM, Form::Same)
}
