//! What a declaration states: the trait that `#[network]` implements.

use crate::deploy::deployed::Deployed;
use crate::quantity::limit::Limit;

/// A declared network: its graph, which knows its name, and the limits of its budget. Everything else is computed from
/// them.
///
/// Users read [`Network`](crate::Network), whose numbers hold only for a network that keeps its budget.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a network",
    label = "this is not declared with `#[network]`",
    note = "a network is a function under `#[network]`, or an instance of a generic one: `AlexNet<224, 224>`"
)]
pub trait Declared: Sized + 'static {
    /// The layers as declared, and what follows from them.
    const GRAPH: &'static Deployed;

    /// The limits of its `#[budget(..)]`.
    const LIMITS: &'static [Limit] = &[];

    /// Fails if an instance of a generic network is over its budget. A concrete network's budget is checked once, where
    /// it is declared.
    const ASSERT: () = ();

    /// Fails if the data type of `dtype = ..` is one that a layer has no kernel for. All have one for `f32`.
    const RUNS: () = ();

    /// Fails if the network keeps state between its runs, which only a [`Runner`](crate::Runner) can.
    const STATELESS: () = ();
}
