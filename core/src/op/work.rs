//! The census: the arithmetic of one inference, by kind.

use crate::base::math::{add, multiply, narrow};

macro_rules! census {
    ($($(#[$doc:meta])* $kind:ident,)*) => {
        /// How many operations of each kind.
        ///
        /// A subtraction is an `add`; a maximum, minimum or comparison is a `cmp`; negation, absolute value, and
        /// selection without arithmetic count nothing. A sum of n terms is n−1 adds, since it starts from its first
        /// term.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
        pub struct Census {
            $($(#[$doc])* pub $kind: u64,)*
        }

        impl Census {
            /// No operation.
            pub const ZERO: Census = Census { $($kind: 0,)* };

            /// The kinds, in the order of [`Census::counts`].
            pub const KINDS: &'static [&'static str] = &[$(stringify!($kind)),*];

            $($(#[$doc])*
            #[must_use]
            pub const fn $kind(mut self, count: u64) -> Self {
                self.$kind = if self.$kind == 0 { count } else { add(self.$kind, count) };
                self
            })*

            /// Both together.
            #[must_use]
            pub const fn plus(mut self, other: &Census) -> Self {
                self.absorb(other);
                self
            }

            /// Adds another census to this one.
            #[track_caller]
            pub(crate) const fn absorb(&mut self, other: &Census) {
                // Most kinds of most layers are zero, and a call costs more than a comparison in const evaluation.
                $(if other.$kind != 0 {
                    self.$kind = add(self.$kind, other.$kind);
                })*
            }

            /// The difference to another census, which is no larger.
            pub(crate) const fn minus(&self, other: &Census) -> Self {
                let mut rest = Census::ZERO;
                $(if self.$kind != other.$kind {
                    rest.$kind = self.$kind - other.$kind;
                })*
                rest
            }

            /// All of it `n` times.
            #[must_use]
            #[track_caller]
            pub const fn times(mut self, n: u64) -> Self {
                $(if self.$kind != 0 {
                    self.$kind = multiply(self.$kind, n);
                })*
                self
            }

            /// The number of operations of all kinds, each being one.
            #[track_caller]
            pub const fn total(&self) -> u64 {
                let mut total = 0;
                $(if self.$kind != 0 {
                    total = add(total, self.$kind);
                })*
                total
            }

            /// The counts, in the order of [`Census::KINDS`].
            pub const fn counts(&self) -> [u64; Census::KINDS.len()] {
                [$(self.$kind),*]
            }
        }

        /// Sums of the operations of many layers. They cannot overflow a `u128`, so nothing is checked until they
        /// become a [`Census`].
        #[derive(Clone, Copy)]
        pub(crate) struct Counts {
            $(pub $kind: u128,)*
        }

        impl Counts {
            pub const ZERO: Counts = Counts { $($kind: 0,)* };

            /// Adds a layer's.
            pub const fn absorb(&mut self, other: &Census) {
                $(if other.$kind != 0 {
                    self.$kind += other.$kind as u128;
                })*
            }

            /// A census without the operations in `less`.
            #[track_caller]
            pub const fn without(&self, less: &Counts) -> Census {
                Census { $($kind: narrow(self.$kind - less.$kind),)* }
            }
        }
    };
}

census! {
    /// Multiplications.
    mul,
    /// Additions and subtractions.
    add,
    /// Divisions.
    div,
    /// Comparisons, maxima and minima.
    cmp,
    /// Exponentials.
    exp,
    /// Hyperbolic tangents.
    tanh,
    /// Error functions.
    erf,
    /// Natural logarithms.
    log,
    /// Square roots.
    sqrt,
}

/// The arithmetic of a layer: what the field counts, and what is executed.
///
/// Dense numbers count taps on padding as if they were data, as the whole field does; executed numbers leave out taps
/// outside the input.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Work {
    /// Multiply-accumulates of dot products, dense: a dot product of length n counts n.
    pub macs: u64,
    /// The same without the taps outside the input.
    pub macs_executed: u64,
    /// All operations, dense.
    pub census: Census,
    /// All operations that are executed.
    pub census_executed: Census,
}

impl Work {
    /// No arithmetic: a layer that only moves data, or nothing at all.
    pub const NONE: Work = Work::of(Census::ZERO);

    /// Arithmetic without dot products and without padding.
    pub const fn of(census: Census) -> Self {
        Work { macs: 0, macs_executed: 0, census, census_executed: census }
    }

    /// Both together.
    #[must_use]
    pub const fn plus(&self, other: &Work) -> Self {
        Work {
            macs: add(self.macs, other.macs),
            macs_executed: add(self.macs_executed, other.macs_executed),
            census: self.census.plus(&other.census),
            census_executed: self.census_executed.plus(&other.census_executed),
        }
    }

    /// All of it `n` times.
    #[must_use]
    pub const fn times(&self, n: u64) -> Self {
        Work {
            macs: multiply(self.macs, n),
            macs_executed: multiply(self.macs_executed, n),
            census: self.census.times(n),
            census_executed: self.census_executed.times(n),
        }
    }
}
