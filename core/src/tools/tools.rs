//! The numbers of a tool, from the sums of its columns.

use core::fmt::Debug;

use crate::base::math::{add, multiply};
use crate::base::message::Text;
use crate::budget::limit::Quantity;
use crate::cost::layer::Layer;
use crate::deploy::deployed::Deployed;
use crate::graph::graph::Graph;
use crate::network::Network;
use crate::op::row::Row;

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
    pub(crate) const fn of(deployed: &Deployed) -> Self {
        let mut tally = Tally {
            total: Row::UNCOUNTED,
            torchstat: crate::tools::torchstat::refuses_input(&deployed.graph),
            calflops: None,
        };
        let mut node = 0;
        while node < deployed.len() {
            let row = Row::of_node(deployed, node);
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
    pub(crate) const fn total(&self) -> Row {
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

/// The numbers of another tool; one of the types of [`conventions`](crate::tools::tools).
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
            row: $crate::op::row::Row,
        }

        impl $Tool {
            /// What it prints for a network.
            ///
            /// # Panics
            /// If the tool fails on the network, with the layer and the reason: at compile time, in a const.
            #[track_caller]
            pub const fn of<N: $crate::network::Network>() -> $Count {
                match N::TALLY.refusal($crate::tools::tools::Tool::$Tool) {
                    Some(refusal) => $crate::tools::tools::fail::<N>($version, &refusal),
                    None => $Count::new(N::TALLY.total(), 1),
                }
            }
        }

        impl $Count {
            #[track_caller]
            const fn new(row: $crate::op::row::Row, batch: u64) -> Self {
                $Count {
                    $($field: $crate::tools::tools::of_row($crate::budget::limit::Quantity::$Quantity, &row, batch),)*
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

        impl $crate::tools::tools::sealed::Sealed for $Tool {
            const ID: $crate::tools::tools::Tool = $crate::tools::tools::Tool::$Tool;
        }

        impl $crate::tools::tools::Convention for $Tool {
            const TOOL: &'static str = $version;
            const QUANTITIES: &'static [$crate::budget::limit::Quantity] = &[$($crate::budget::limit::Quantity::$Quantity),*];
            type Count = $Count;

            fn count<N: $crate::network::Network>() -> Result<$Count, $crate::tools::tools::Refused> {
                const {
                    match $crate::tools::tools::refused::<N>($crate::tools::tools::Tool::$Tool) {
                        Some(refused) => Err(refused),
                        None => Ok($Count::new(N::TALLY.total(), 1)),
                    }
                }
            }
        }
    };
}
pub(crate) use convention;

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

pub(crate) const fn refused<N: Network>(tool: Tool) -> Option<Refused> {
    match N::TALLY.refusal(tool) {
        None => None,
        Some(Refusal { node: None, reason }) => Some(Refused { layer: None, reason }),
        Some(Refusal { node: Some(node), reason }) => {
            Some(Refused { layer: Some(&N::LAYERS[node - N::GRAPH.graph.input_count]), reason })
        }
    }
}

#[track_caller]
pub(crate) const fn fail<N: Network>(tool: &str, refusal: &Refusal) -> ! {
    let text = Text::new().str(tool).str(" gives no number for `").str(N::NAME).str("`: it fails");
    refusal.describe(&N::GRAPH.graph, text).fail()
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
