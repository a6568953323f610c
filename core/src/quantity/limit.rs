//! A limit: what it limits, to what, and whether a number keeps it.

use crate::quantity::quantity::Quantity;

/// The comparison a limit makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// `<=`
    AtMost,
    /// `<`
    Below,
    /// `==`: any change of the number breaks the budget.
    Exactly,
}

impl Relation {
    /// How it is written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Relation::AtMost => "<=",
            Relation::Below => "<",
            Relation::Exactly => "==",
        }
    }
}

/// One limit of a budget.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What is limited.
    pub quantity: Quantity,
    /// Whether it limits each layer rather than the network.
    pub per_layer: bool,
    /// How the number is compared with the limit.
    pub relation: Relation,
    /// The limit, in units of the quantity.
    pub value: u64,
    /// The limit as it was written: `macs <= 3M`.
    pub text: &'static str,
}

impl Limit {
    pub(crate) const fn holds(&self, used: u64) -> bool {
        match self.relation {
            Relation::AtMost => used <= self.value,
            Relation::Below => used < self.value,
            Relation::Exactly => used == self.value,
        }
    }
}
