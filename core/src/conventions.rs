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

mod calflops;
mod flop_counter;
mod fvcore;
mod hollemans;
mod modules;
mod ptflops;
mod textbook;
mod thop;
mod torchinfo;
mod torchstat;
mod under;

use core::fmt::Debug;

pub use calflops::{Calflops, CalflopsCount};
pub use flop_counter::{FlopCounter, FlopCounterCount};
pub use fvcore::{Fvcore, FvcoreCount};
pub use hollemans::{Hollemans, HollemansCount};
pub use ptflops::{Ptflops, PtflopsAten, PtflopsAtenCount, PtflopsCount};
pub use textbook::{Textbook, TextbookCount};
pub use thop::{Thop, ThopCount, UltralyticsThop, UltralyticsThopCount};
pub use torchinfo::{Torchinfo, TorchinfoCount};
pub use torchstat::{Torchstat, TorchstatCount};
pub use under::{Missed, Under};

pub(crate) use modules::Whole;
pub(crate) use under::Counted;

use crate::budget::Quantity;
use crate::census::{add, multiply};
use crate::graph::{Graph, Io};
use crate::layers::State;
use crate::text::Text;
use crate::{Layer, Network};

macro_rules! rows {
    ($($(#[$doc:meta])* $column:ident,)*) => {
        /// What the tools count for a layer, on a batch of one.
        ///
        /// Operations and elements; a tool's bytes follow from them. `Row::UNCOUNTED` is a layer that no tool sees:
        /// there is no default, a layer says so.
        #[doc(hidden)]
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct Row {
            $($(#[$doc])* pub(crate) $column: u64,)*
            /// Why torchstat gives no number for a network with this layer.
            pub(crate) torchstat_fails: Option<&'static str>,
        }

        // Not every column has a layer that sets it alone.
        #[allow(dead_code)]
        impl Row {
            /// Nobody counts anything.
            pub(crate) const UNCOUNTED: Row = Row { $($column: 0,)* torchstat_fails: None };

            $($(#[$doc])*
            pub(crate) const fn $column(mut self, count: u64) -> Self {
                self.$column = count;
                self
            })*

            /// All of it `n` times.
            pub(crate) const fn times(mut self, n: u64) -> Self {
                $(if self.$column != 0 {
                    self.$column = multiply(self.$column, n);
                })*
                self
            }

            #[track_caller]
            const fn absorb(&mut self, other: &Row) {
                // Most of most rows is zero, and a call costs more than a comparison in const evaluation.
                $(if other.$column != 0 {
                    self.$column = add(self.$column, other.$column);
                })*
            }
        }
    };
}

rows! {
    /// Learned parameters.
    params,
    /// Those owned by modules that have no modules in them and are called.
    leaf_params,
    /// Multiply-accumulates of dot products, as netcost counts them.
    macs,
    /// Dot products.
    dots,
    /// thop's MACs.
    thop,
    /// Parameters that thop sees: of modules that it has a rule for.
    thop_params,
    /// MACs of ultralytics' fork of thop.
    ultralytics_thop,
    /// MACs of ptflops' hooks on modules, whose sum it divides by the batch.
    ptflops,
    /// Those of its hook on `nn.Upsample`, which forgets the batch: the sum is divided by it all the same.
    ptflops_upsample,
    /// MACs of the functions that ptflops patches, which it does not divide.
    ptflops_functional,
    /// MACs of ptflops' backend `aten`.
    ptflops_aten,
    /// fvcore's FLOPs.
    fvcore,
    /// torchstat's Flops.
    torchstat_flops,
    /// torchstat's MAdd.
    torchstat_madd,
    /// Elements that torchstat has read.
    torchstat_read,
    /// Elements that torchstat has written.
    torchstat_write,
    /// Elements of the outputs of modules, torchstat's memory.
    torchstat_memory,
    /// torchinfo's mult-adds.
    torchinfo,
    /// Elements of the outputs of modules with parameters of their own.
    torchinfo_output,
    /// Elements of the network's inputs.
    torchinfo_input,
    /// calflops' FLOPs.
    calflops,
    /// calflops' MACs.
    calflops_macs,
    /// FLOPs of PyTorch's FlopCounterMode.
    flop_counter,
    /// The same under `torch.no_grad()`.
    flop_counter_no_grad,
    /// FLOPs by the rule of Molchanov et al.
    molchanov,
    /// Memory accesses by Hollemans' rule.
    hollemans,
}

impl Row {
    /// A module with these tensors, or with none, that gives the layer's output.
    pub(crate) const fn module(io: Io<'_>, state: &State) -> Self {
        let (mut params, mut has_bias, mut i) = (0, false, 0);
        while i < state.len {
            let entry = state.entry(i);
            if entry.learned {
                params = add(params, entry.shape.elements());
                has_bias |= entry.bias;
            }
            i += 1;
        }
        if io.has_epilogue() && !has_bias {
            params = add(params, io.output().at(0) as u64);
        }
        Row::with_params(io, params)
    }

    /// A module with so many parameters that gives the layer's output.
    pub(crate) const fn with_params(io: Io<'_>, params: u64) -> Self {
        Row {
            params,
            leaf_params: params,
            thop_params: params,
            torchstat_memory: io.elements(),
            torchinfo_output: if params > 0 { io.elements() } else { 0 },
            ..Row::UNCOUNTED
        }
    }

    /// A module without parameters.
    pub(crate) const fn stateless(io: Io<'_>) -> Self {
        Row::with_params(io, 0)
    }

    /// Dot products with learned weights, `dots` of them with `macs` multiply-accumulates in all, and perhaps a bias
    /// for each: what all tools count that see them at all.
    pub(crate) const fn dot_products(self, macs: u64, dots: u64, bias: bool) -> Self {
        let with_bias = if bias { add(macs, dots) } else { macs };
        let twice = multiply(2, macs);
        Row {
            macs,
            dots,
            thop: macs,
            ultralytics_thop: macs,
            ptflops: with_bias,
            ptflops_aten: with_bias,
            fvcore: macs,
            calflops: if bias { add(twice, dots) } else { twice },
            calflops_macs: macs,
            flop_counter: twice,
            flop_counter_no_grad: twice,
            ..self
        }
    }
}

/// What the tools count for a network, on a batch of one, and which of them fail.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Tally {
    total: Row,
    torchstat: Option<Refusal>,
    calflops: Option<Refusal>,
}

impl Tally {
    #[track_caller]
    pub(crate) const fn of(graph: &Graph) -> Self {
        let mut tally = Tally { total: Row::UNCOUNTED, torchstat: torchstat::refuses_input(graph), calflops: None };
        let mut node = 0;
        while node < graph.len {
            let row = Row::of_node(graph, node);
            tally.total.absorb(&row);
            if let (Some(reason), None) = (row.torchstat_fails, &tally.torchstat) {
                tally.torchstat = Some(Refusal { node: Some(node), reason });
            }
            node += 1;
        }
        if tally.total.params == 0 {
            let reason = "it raises StopIteration on a model without parameters";
            tally.calflops = Some(Refusal { node: None, reason });
        }
        tally
    }

    /// Why a tool gives no number.
    pub(crate) const fn refusal(&self, tool: Tool) -> Option<Refusal> {
        match tool {
            Tool::Torchstat => self.torchstat,
            Tool::Calflops => self.calflops,
            _ => None,
        }
    }

    /// All layers' rows together.
    const fn total(&self) -> Row {
        self.total
    }

    /// A tool's number, for a batch of one.
    pub(crate) const fn quantity(&self, quantity: Quantity) -> u64 {
        of_row(quantity, &self.total, 1)
    }
}

/// Why a tool gives no number for a network.
#[derive(Clone, Copy)]
pub(crate) struct Refusal {
    /// The layer that it fails on, if it is one.
    pub node: Option<usize>,
    pub reason: &'static str,
}

impl Refusal {
    /// " on layer `3`, linear to 20×10: its .."
    pub(crate) const fn describe(&self, graph: &Graph, text: Text) -> Text {
        let text = match self.node {
            None => text.str(": "),
            Some(node) => text
                .str(" on layer `")
                .str(graph.spell(node).as_str())
                .str("`, ")
                .str(graph.node(node).op.name())
                .str(" to ")
                .shape(&graph.node(node).shape)
                .str(": "),
        };
        text.str(self.reason)
    }
}

/// A network that a tool gives no number for.
#[derive(Clone, Copy)]
pub struct Refused {
    /// The layer that it fails on, if it is one.
    pub layer: Option<&'static Layer>,
    /// Why: "its Linear takes a tensor of one axis".
    pub reason: &'static str,
}

/// The numbers of another tool; one of the types of [`conventions`](crate::conventions).
pub trait Convention: sealed::Sealed + Copy {
    /// The tool and its version.
    const TOOL: &'static str;

    /// Its numbers, the one that it is known for first.
    const QUANTITIES: &'static [Quantity];

    /// What it prints, under its own names.
    type Count: Copy + Debug;

    /// What it prints for a network, or why it prints nothing. `of`, which is a `const fn`, fails instead.
    ///
    /// # Errors
    /// If the tool fails on the network.
    fn count<N: Network>() -> Result<Self::Count, Refused>;
}

pub(crate) mod sealed {
    /// Conventions are what the layers have rows for.
    pub trait Sealed {
        /// Which one it is.
        const ID: super::Tool;
    }
}

/// A tool: the documentation of its type, its word in budgets, and its numbers.
macro_rules! convention {
    (
        $(#[$doc:meta])*
        $Tool:ident: $version:literal,
        $(#[$count_doc:meta])*
        $Count:ident {
            $($(#[$field_doc:meta])* $field:ident: $Quantity:ident,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $Tool;

        $(#[$count_doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $Count {
            $($(#[$field_doc])* pub $field: u64,)*
            row: $crate::conventions::Row,
        }

        impl $Tool {
            /// What it prints for a network.
            ///
            /// # Panics
            /// If the tool fails on the network, with the layer and the reason: at compile time, in a const.
            #[track_caller]
            pub const fn of<N: $crate::Network>() -> $Count {
                match N::TALLY.refusal($crate::conventions::Tool::$Tool) {
                    Some(refusal) => $crate::conventions::fail::<N>($version, &refusal),
                    None => $Count::new(N::TALLY.total(), 1),
                }
            }
        }

        impl $Count {
            #[track_caller]
            const fn new(row: $crate::conventions::Row, batch: u64) -> Self {
                $Count {
                    $($field: $crate::conventions::of_row($crate::budget::Quantity::$Quantity, &row, batch),)*
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

        impl $crate::conventions::sealed::Sealed for $Tool {
            const ID: $crate::conventions::Tool = $crate::conventions::Tool::$Tool;
        }

        impl $crate::conventions::Convention for $Tool {
            const TOOL: &'static str = $version;
            const QUANTITIES: &'static [$crate::budget::Quantity] = &[$($crate::budget::Quantity::$Quantity),*];
            type Count = $Count;

            fn count<N: $crate::Network>() -> Result<$Count, $crate::conventions::Refused> {
                const {
                    match $crate::conventions::refused::<N>($crate::conventions::Tool::$Tool) {
                        Some(refused) => Err(refused),
                        None => Ok($Count::new(N::TALLY.total(), 1)),
                    }
                }
            }
        }
    };
}
use convention;

/// Whose number a quantity is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[doc(hidden)]
pub enum Tool {
    Thop,
    UltralyticsThop,
    Ptflops,
    PtflopsAten,
    Fvcore,
    Torchstat,
    Torchinfo,
    Calflops,
    FlopCounter,
    Textbook,
    Hollemans,
}

const fn refused<N: Network>(tool: Tool) -> Option<Refused> {
    match N::TALLY.refusal(tool) {
        None => None,
        Some(Refusal { node: None, reason }) => Some(Refused { layer: None, reason }),
        Some(Refusal { node: Some(node), reason }) => {
            Some(Refused { layer: Some(&N::LAYERS[node - N::GRAPH.get().input_count]), reason })
        }
    }
}

#[track_caller]
const fn fail<N: Network>(tool: &str, refusal: &Refusal) -> ! {
    let text = Text::new().str(tool).str(" gives no number for `").str(N::NAME).str("`: it fails");
    refusal.describe(N::GRAPH.get(), text).fail()
}

/// A tool's number, from the sums of its columns, for a batch of `n`. Quantities that are no tool's are zero here.
#[track_caller]
pub(crate) const fn of_row(quantity: Quantity, row: &Row, n: u64) -> u64 {
    match quantity {
        Quantity::ThopMacs => multiply(n, row.thop),
        Quantity::ThopParams => row.thop_params,
        Quantity::UltralyticsThopMacs => multiply(n, row.ultralytics_thop),
        Quantity::UltralyticsThopParams
        | Quantity::PtflopsParams
        | Quantity::PtflopsAtenParams
        | Quantity::TorchinfoParams
        | Quantity::CalflopsParams => row.params,
        Quantity::PtflopsMacs => {
            // `len(input)` divides the sum of the modules alone.
            let upsample = match row.ptflops_upsample.checked_div(n) {
                Some(share) => share,
                None => 0,
            };
            add(add(row.ptflops, upsample), multiply(n, row.ptflops_functional))
        }
        Quantity::PtflopsAtenMacs => multiply(n, row.ptflops_aten),
        Quantity::FvcoreFlops => multiply(n, row.fvcore),
        // torchstat always runs a batch of one.
        Quantity::TorchstatFlops => row.torchstat_flops,
        Quantity::TorchstatMadd => row.torchstat_madd,
        Quantity::TorchstatMemRead => multiply(4, row.torchstat_read),
        Quantity::TorchstatMemWrite => multiply(4, row.torchstat_write),
        Quantity::TorchstatMemory => multiply(4, row.torchstat_memory),
        Quantity::TorchstatParams => row.leaf_params,
        Quantity::TorchinfoMultAdds => multiply(n, row.torchinfo),
        Quantity::TorchinfoInputBytes => multiply(multiply(4, n), row.torchinfo_input),
        Quantity::TorchinfoOutputBytes => multiply(multiply(8, n), row.torchinfo_output),
        Quantity::TorchinfoParamsBytes => multiply(4, row.leaf_params),
        Quantity::CalflopsFlops => multiply(n, row.calflops),
        Quantity::CalflopsMacs => multiply(n, row.calflops_macs),
        Quantity::FlopCounterFlops => multiply(n, row.flop_counter),
        Quantity::FlopCounterFlopsNoGrad => multiply(n, row.flop_counter_no_grad),
        Quantity::TextbookTwoN => multiply(multiply(2, n), row.macs),
        Quantity::TextbookTwoNMinusOne => multiply(n, multiply(2, row.macs) - row.dots),
        Quantity::TextbookMolchanov => multiply(n, row.molchanov),
        Quantity::HollemansAccesses => multiply(n, row.hollemans),
        _ => 0,
    }
}
