//! How the options of a layer are declared.

/// The options of a layer: the type that holds them, its defaults, and a setter for each.
///
/// ```text
/// options! {
///     /// The options of [`Tensor::conv2d`].           documentation of the type
///     pub struct ConvOptions<const N: usize> {
///         out_channels: usize,                        a positional argument,
///         window: Window<N> = Window::new(kernel),    or what is made of one
///     }
///
///     /// Stride 1, no padding, one group.             documentation of the defaults
///     new(out_channels: usize, kernel: impl Extent<N>);
///
///     /// The distance between two windows.            an option that another type holds,
///     stride(mut self, stride: impl Extent<N>) { self.window = self.window.stride(stride) }
///
///     /// Groups of channels.                          one with a default,
///     groups: usize = 1;
///
///     /// The length of the output.                    and one that is `None` unless given
///     length: usize;
/// }
/// ```
///
/// `Conv2d::syntax("conv2d", "Conv2d")` is how such a layer is written: its arguments, and its options as keywords.
macro_rules! options {
    (
        $(#[$doc:meta])*
        pub struct $Options:ident $(<$($lifetime:lifetime)? $(const $N:ident: usize)?>)? {
            $($(#[$field_doc:meta])* $field:ident: $field_type:ty $(= $made:expr)?,)*
        }

        $(#[$of_new:meta])*
        $new:ident($($argument:ident: $argument_type:ty),*);

        $(
            $(#[$setter:meta])*
            $option:ident
            $($(<const $M:ident: usize>)? (mut $self:ident, $given:ident: $given_type:ty) $set:block)?
            $(: $option_type:ty $(= $default:expr)?;)?
        )*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $Options $(<$($lifetime)? $(const $N: usize)?>)? {
            $($(#[$field_doc])* pub(super) $field: $field_type,)*
            $($(pub(crate) $option: $crate::layers::options::options!(@type $option_type $(= $default)?),)?)*
        }

        impl $(<$($lifetime)? $(const $N: usize)?>)? $Options $(<$($lifetime)? $($N)?>)? {
            $(#[$of_new])*
            pub const fn $new($($argument: $argument_type),*) -> Self {
                $Options {
                    $($field $(: $made)?,)*
                    $($($option: $crate::layers::options::options!(@value $option_type $(= $default)?),)?)*
                }
            }

            $($crate::layers::options::options! {
                @setter $(#[$setter])* $option
                $($(<const $M: usize>)? ($self, $given: $given_type) $set)?
                $(: $option_type $(= $default)?)?
            })*

            pub(crate) const fn syntax(method: &'static str, options: &'static str) -> $crate::op::syntax::Syntax {
                $crate::op::syntax::Syntax::method(method, options, &[$(stringify!($argument)),*], &[$(stringify!($option)),*])
            }
        }

        $crate::layers::options::options! { @default ($($argument)*) $Options [$(<$($lifetime)? $(const $N: usize)?>)?] [$(<$($lifetime)? $($N)?>)?] }
    };

    (@type $type:ty = $default:expr) => { $type };
    (@type $type:ty) => { Option<$type> };

    (@value $type:ty = $default:expr) => { $default };
    (@value $type:ty) => { None };

    (@setter $(#[$doc:meta])* $option:ident $(<const $M:ident: usize>)? ($self:ident, $given:ident: $type:ty) $set:block) => {
        $(#[$doc])*
        pub const fn $option $(<const $M: usize>)? (mut $self, $given: $type) -> Self {
            $set
            $self
        }
    };
    (@setter $(#[$doc:meta])* $option:ident: $type:ty = $default:expr) => {
        $(#[$doc])*
        pub const fn $option(mut self, $option: $type) -> Self {
            self.$option = $option;
            self
        }
    };
    (@setter $(#[$doc:meta])* $option:ident: $type:ty) => {
        $(#[$doc])*
        pub const fn $option(mut self, $option: $type) -> Self {
            self.$option = Some($option);
            self
        }
    };

    // A type without arguments is made of nothing.
    (@default () $Options:ident [$($generics:tt)*] [$($arguments:tt)*]) => {
        impl $($generics)* Default for $Options $($arguments)* {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@default ($($argument:ident)+) $($rest:tt)*) => {};
}
pub(crate) use options;

/// How a layer over one, two or three axes is written, and the type of its options for each number of them.
macro_rules! ranks {
    ($Options:ident: $one:ident $One:ident, $two:ident $Two:ident, $three:ident $Three:ident) => {
        pub(crate) const SYNTAX: &[$crate::op::syntax::Syntax] = &[
            $One::syntax(stringify!($one), stringify!($One)),
            $Two::syntax(stringify!($two), stringify!($Two)),
            $Three::syntax(stringify!($three), stringify!($Three)),
        ];

        #[doc = concat!("The options of [`Tensor::", stringify!($one), "`].")]
        pub type $One = $Options<1>;
        #[doc = concat!("The options of [`Tensor::", stringify!($two), "`].")]
        pub type $Two = $Options<2>;
        #[doc = concat!("The options of [`Tensor::", stringify!($three), "`].")]
        pub type $Three = $Options<3>;
    };
}
pub(crate) use ranks;
