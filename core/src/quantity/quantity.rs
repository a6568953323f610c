//! What a quantity is, and how an owner states its quantities.

use crate::quantity::tool::Tool;

/// What a quantity is counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// A number of things: `k`, `M`, `G`, `T`.
    Count,
    /// Bytes: `B`, `kB`, `MB`, `GB`, `KiB`, `MiB`, `GiB`.
    Bytes,
}

/// A number of a network that a budget can limit: netcost's own, or another tool's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quantity {
    /// How it is written: `macs`, `fvcore.flops`.
    pub word: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// What is counted, in the plural: "FLOPs of fvcore".
    pub what: &'static str,
    /// Whether each layer has it, too: `layer.macs <= 1M`.
    pub per_layer: bool,
    pub(crate) owner: Owner,
    /// Its place among the owner's quantities.
    pub(crate) number: u8,
}

/// Whose number a quantity is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Owner {
    Netcost,
    Tool(Tool),
}

impl Quantity {
    pub(crate) const fn new(owner: Owner, number: u8, word: &'static str, unit: Unit, what: &'static str) -> Self {
        Quantity { word, unit, what, per_layer: true, owner, number }
    }

    /// The same quantity, which layers do not have.
    pub(crate) const fn of_network(mut self) -> Self {
        self.per_layer = false;
        self
    }

    pub(crate) const fn tool(&self) -> Option<Tool> {
        match self.owner {
            Owner::Tool(tool) => Some(tool),
            Owner::Netcost => None,
        }
    }
}

/// The quantities of an owner: unit, noun and value of each. A quantity is a constant of the owner's module, at the path
/// that its word spells.
macro_rules! quantities {
    (
        $Type:ty: $module:ident of $owner:expr, $prefix:expr,
        |$($input:ident: $Input:ty),*| {
            $($(#[$doc:meta])* $name:ident: $Unit:ident, $what:literal $(, $only:ident)? => $value:expr;)*
        }
    ) => {
        #[doc(hidden)]
        #[allow(non_upper_case_globals)]
        pub mod $module {
            use $crate::quantity::quantity::{Quantity, Unit};

            #[derive(Clone, Copy)]
            #[allow(non_camel_case_types)]
            pub(crate) enum Number {
                $($name,)*
            }

            $($(#[$doc])*
            pub const $name: Quantity = Quantity::new(
                $owner,
                Number::$name as u8,
                concat!($prefix, stringify!($name)),
                Unit::$Unit,
                $what,
            )$(.$only())?;)*
        }

        impl $Type {
            pub(crate) const ALL: &'static [$crate::quantity::quantity::Quantity] = &[$($module::$name),*];

            /// The value of the quantity that has this number among all.
            #[track_caller]
            pub(crate) const fn value(number: u8, $($input: $Input),*) -> u64 {
                $(if number == $module::Number::$name as u8 {
                    return $value;
                })*
                0
            }
        }
    };
}
pub(crate) use quantities;
