//! What other tools count: their numbers for the same network, to the last operation, even where they disagree with
//! each other.
//!
//! Each layer states a row: what every tool counts for it. A tool's numbers are sums of columns, which are evaluated
//! only if you use them: `Thop::of::<DsCnn>().macs` is a constant, `.batch(8)` gives the numbers of a batch, and
//! `DsCnn::report().under(Fvcore)` prints the network layer by layer, with the operators that the tool counts as zero.
//!
//! # Which Python is meant
//! A tool's number can depend on how the Python is written. Conventions assume this spelling:
//! - A layer that PyTorch has as a module is a module, and a separate one at each place: `nn.ReLU()`, not `F.relu`, nor
//!   one `self.relu` called twice. `global_avg_pool` is `nn.AdaptiveAvgPool2d(1)`, and `upsample2d` is `nn.Upsample`.
//! - Arithmetic is written with operators: `x + y`, `x * y`; `x.matmul(y)` is `x @ y`.
//! - All others are functions: `torch.flatten`, `torch.cat`, `F.pad`, `x.mean(..)`, `x.permute(..)`.
//! - Padding is written in numbers, not as `"same"`, which fvcore counts as zero.
//! - A layer that nobody reads is left out: most tools count what `forward` computes, whether it is used or not.
//! - The model is in evaluation mode, with a batch of one, unless [`batch`](ThopCount::batch) says otherwise, and one
//!   tensor for each input. With `#[network(fuse)]`, it is the result of `fuse_conv_bn_eval`: folded batch norms are
//!   gone, and the layers before them have a bias.

use crate::base::message::Text;
use crate::graph::graph::Graph;
use crate::network::network::Network;
use crate::quantity::tool::each_tool;
use crate::tables::Tables;
use crate::tools::tally::{Refusal, Tally};

pub use crate::report::under::{Missed, Refused, Under};
pub use crate::tools::tool::Counter;

/// Another tool's numbers; one of the types of this module.
pub trait Convention: Counter {
    /// What it prints for a network, or why it prints nothing. The types' `const fn of` panics instead.
    ///
    /// # Errors
    /// If the tool fails on the network.
    fn count<N: Network>() -> Result<Self::Count, Refused>;
}

impl<C: Counter> Convention for C {
    fn count<N: Network>() -> Result<C::Count, Refused> {
        const { N::ASSERT }
        Under::<C>::new::<N>().count
    }
}

macro_rules! conventions {
    ($($Tool:ident $Count:ident: $word:ident in $file:ident,)*) => {
        $(pub use crate::tools::$file::{$Tool, $Count};

        impl $Tool {
            /// What it prints for a network.
            ///
            /// # Panics
            /// If the tool fails on the network, with the layer and the reason: at compile time, in a const.
            #[track_caller]
            pub const fn of<N: Network>() -> $Count {
                let tally = tally::<N>();
                if let Some(refusal) = tally.refusal(<$Tool as Counter>::ID, N::GRAPH) {
                    fail(&N::GRAPH.graph, <$Tool as Counter>::TOOL, &refusal)
                }
                $Count::new(tally.total, 1)
            }
        })*
    };
}
each_tool!(conventions);

/// What the tools count for a network that keeps its budget.
const fn tally<N: Network>() -> &'static Tally {
    (N::ASSERT, &Tables::<N>::TALLY).1
}

#[track_caller]
const fn fail(graph: &Graph, tool: &str, refusal: &Refusal) -> ! {
    let text = Text::new().str(tool).str(" gives no number for `").str(graph.name).str("`: it fails");
    refusal.describe(graph, text).fail()
}
