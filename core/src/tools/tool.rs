//! What a tool is, and how its file states it.

use core::fmt::Debug;

use crate::op::row::Row;
use crate::quantity::quantity::Quantity;
use crate::quantity::tool::Tool;

/// Another tool and its numbers.
pub trait Counter: sealed::Sealed + Copy {
    /// The tool and its version.
    const TOOL: &'static str;

    /// Its numbers, the best-known one first.
    const QUANTITIES: &'static [Quantity];

    /// What it prints, with its own names.
    type Count: Copy + Debug;

    #[doc(hidden)]
    const ID: Tool;

    /// What it prints for a network whose rows have this sum.
    #[doc(hidden)]
    fn count_of(total: Row) -> Self::Count;
}

pub(crate) mod sealed {
    /// Only tools that the layers have rows for.
    pub trait Sealed {}
}

/// A tool: the documentation of its type, its word in budgets, its version, where it fails, and its numbers, each with
/// its unit, its noun, and its formula from the sums of the columns and the size of the batch.
macro_rules! tool {
    (
        $(#[$doc:meta])*
        $Tool:ident: $word:ident = $version:literal
        $(fails { network: $fails_on_network:ident $(, layer: $fails_on_layer:ident)? })?,
        $(#[$count_doc:meta])*
        $Count:ident |$row:ident, $n:ident| {
            $($(#[$field_doc:meta])* $field:ident: $Unit:ident, $what:literal $(, $only:ident)? => $value:expr;)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $Tool;

        $(#[$count_doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $Count {
            $($(#[$field_doc])* pub $field: u64,)*
            row: $crate::op::row::Row,
        }

        $crate::quantity::quantity::quantities! {
            $Tool: $word of $crate::quantity::quantity::Owner::Tool($crate::quantity::tool::Tool::$Tool),
            concat!(stringify!($word), "."),
            |$row: &$crate::op::row::Row, $n: u64| {
                $($(#[$field_doc])* $field: $Unit, $what $(, $only)? => $value;)*
            }
        }

        impl $Tool {
            /// Why it fails on a network whose rows have this sum, if not because of a single layer.
            pub(crate) const fn fails_on_network(
                _graph: &$crate::graph::graph::Graph,
                _total: &$crate::op::row::Row,
            ) -> Option<&'static str> {
                let reasons: &[Option<&'static str>] = &[$($fails_on_network(_graph, _total))?];
                if let [reason] = reasons { *reason } else { None }
            }

            /// Why it fails on a layer with this row, or on one of several whose rows have this sum.
            pub(crate) const fn fails_on_layer(_row: &$crate::op::row::Row) -> Option<&'static str> {
                let reasons: &[Option<&'static str>] = &[$($($fails_on_layer(_row))?)?];
                if let [reason] = reasons { *reason } else { None }
            }
        }

        impl $Count {
            #[track_caller]
            pub(crate) const fn new(row: $crate::op::row::Row, batch: u64) -> Self {
                $Count {
                    $($field: $Tool::value($word::Number::$field as u8, &row, batch),)*
                    row,
                }
            }

            /// What it prints for a batch of `n`.
            ///
            /// # Panics
            /// If a number does not fit in a `u64`: at compile time, in a const.
            #[must_use]
            #[track_caller]
            pub const fn batch(&self, n: u64) -> Self {
                $Count::new(self.row, n)
            }
        }

        impl $crate::tools::tool::sealed::Sealed for $Tool {}

        impl $crate::tools::tool::Counter for $Tool {
            const TOOL: &'static str = $version;
            const QUANTITIES: &'static [$crate::quantity::quantity::Quantity] = $Tool::ALL;
            type Count = $Count;
            const ID: $crate::quantity::tool::Tool = $crate::quantity::tool::Tool::$Tool;

            fn count_of(total: $crate::op::row::Row) -> $Count {
                $Count::new(total, 1)
            }
        }
    };
}
pub(crate) use tool;
