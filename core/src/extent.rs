//! A number for all axes, or an array with one for each: `3` or `[1, 7]`.
//!
//! A const function cannot call a trait's methods, so the traits here only say which of the forms a type is, and
//! one union, whose read the const interpreter checks, takes the value out.

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

/// Padding that gives an output of `ceil(input / stride)`, TensorFlow's rule: the odd element of padding stands at
/// the end. At stride 1 that is PyTorch's `"same"` too.
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

/// The number for each axis, or `None` for [`Same`].
#[allow(unsafe_code)]
const fn read<T: sealed::Sealed, const N: usize>(value: T) -> Option<[usize; N]> {
    union Read<T: Copy, const N: usize> {
        value: T,
        number: usize,
        array: [usize; N],
    }
    let read = Read { value };
    // SAFETY: `FORM` says which of the two types `T` is; the traits are sealed, so no other type has it.
    unsafe {
        match T::FORM {
            Form::Number => Some([read.number; N]),
            Form::Array => Some(read.array),
            Form::Same => None,
        }
    }
}

/// The number for each axis.
pub(crate) const fn extent<T: Extent<N>, const N: usize>(value: T) -> [usize; N] {
    match read(value) {
        Some(extents) => extents,
        None => [0; N],
    }
}

/// The padding on each side of each axis, or `None` for [`Same`].
pub(crate) const fn padding<T: Padding<N>, const N: usize>(value: T) -> Option<[usize; N]> {
    read(value)
}
