//! What other tools count: their numbers for the same network, to the last operation, where they agree with each other
//! and where they do not.
//!
//! Each layer states a row: what every tool counts for it. A tool's numbers are sums of a column; nothing of this
//! is evaluated unless a convention is asked for: `Thop::of::<DsCnn>().macs` is a constant, `.batch(8)` of it that of a
//! batch, and `DsCnn::report().under(Fvcore)` prints the network layer by layer, with the operators that the tool counts
//! as zero.
//!
//! # Which Python is meant
//! A tool's number can depend on how the Python is written. A convention stands for this spelling:
//! - A layer that PyTorch has as a module is one, and has one of its own at each place: `nn.ReLU()`, not `F.relu`, not
//!   one `self.relu` called twice. `global_avg_pool` is `nn.AdaptiveAvgPool2d(1)`, `upsample2d` is `nn.Upsample`.
//! - `x + y`, `x * y` and the like are operators, `x.matmul(y)` is `x @ y`.
//! - The rest are functions: `torch.flatten`, `torch.cat`, `F.pad`, `x.mean(..)`, `x.permute(..)`.
//! - Padding is written in numbers, not as `"same"`, which fvcore counts as zero.
//! - The model is in evaluation, on a batch of one unless [`batch`](ThopCount::batch) says otherwise, with one tensor for each input.
//!   Under `#[network(fuse)]` it is what `fuse_conv_bn_eval` makes of it: a batch norm that is folded is not there, and
//!   the layer before it has a bias.

use crate::base::message::Text;
use crate::network::Network;
use crate::quantity::tool::each_tool;
use crate::tools::tally::Refusal;

pub use crate::report::under::{Missed, Refused, Under};
pub use crate::tools::tool::Counter;

/// The numbers of another tool; one of the types of this module.
pub trait Convention: Counter {
    /// What it prints for a network, or why it prints nothing. `of`, which is a `const fn`, fails instead.
    ///
    /// # Errors
    /// If the tool fails on the network.
    fn count<N: Network>() -> Result<Self::Count, Refused>;
}

impl<C: Counter> Convention for C {
    fn count<N: Network>() -> Result<C::Count, Refused> {
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
                if let Some(refusal) = N::TALLY.refusal(<$Tool as Counter>::ID, N::GRAPH) {
                    fail::<N>(<$Tool as Counter>::TOOL, &refusal)
                }
                $Count::new(N::TALLY.total, 1)
            }
        })*
    };
}
each_tool!(conventions);

#[track_caller]
const fn fail<N: Network>(tool: &str, refusal: &Refusal) -> ! {
    let text = Text::new().str(tool).str(" gives no number for `").str(N::NAME).str("`: it fails");
    refusal.describe(&N::GRAPH.graph, text).fail()
}
