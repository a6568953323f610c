//! Every quantity that a budget can limit.

use crate::cost::quantities::Own;
use crate::quantity::quantity::Quantity;
use crate::tools::tally;

/// Every quantity: netcost's own, then those of the other tools.
pub fn quantities() -> impl Iterator<Item = &'static Quantity> {
    Own::ALL.iter().chain(tally::QUANTITIES.iter().copied().flatten())
}
