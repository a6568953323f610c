//! What the tools count for a network, and where they fail.

use crate::base::message::Text;
use crate::deploy::deployed::Deployed;
use crate::graph::graph::Graph;
use crate::op::row::Row;
use crate::quantity::quantity::{Owner, Quantity};
use crate::quantity::tool::{Tool, each_tool};

macro_rules! tools {
    ($($Tool:ident $Count:ident: $word:ident in $file:ident,)*) => {
        /// The quantities of all tools.
        pub(crate) const QUANTITIES: &[&[Quantity]] = &[$($crate::tools::$file::$Tool::ALL),*];

        impl Tool {
            #[track_caller]
            const fn value(self, number: u8, row: &Row, n: u64) -> u64 {
                match self {
                    $(Tool::$Tool => $crate::tools::$file::$Tool::value(number, row, n),)*
                }
            }

            const fn fails_on_network(self, graph: &Graph, total: &Row) -> Option<&'static str> {
                match self {
                    $(Tool::$Tool => $crate::tools::$file::$Tool::fails_on_network(graph, total),)*
                }
            }

            pub(crate) const fn fails_on_layer(self, row: &Row) -> Option<&'static str> {
                match self {
                    $(Tool::$Tool => $crate::tools::$file::$Tool::fails_on_layer(row),)*
                }
            }
        }
    };
}
each_tool!(tools);

impl Quantity {
    /// A tool's number for one or several layers, from the sums of their columns. Not for netcost's own quantities.
    #[track_caller]
    pub(crate) const fn of_row(&self, row: &Row) -> u64 {
        match self.owner {
            Owner::Tool(tool) => tool.value(self.number, row, 1),
            Owner::Netcost => 0,
        }
    }
}

/// What the tools count for a network with a batch of one: the sum of its layers' rows.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Tally {
    pub(crate) total: Row,
}

impl Tally {
    pub(crate) const NONE: Tally = Tally { total: Row::UNCOUNTED };

    #[track_caller]
    pub(crate) const fn of(network: &Deployed) -> Self {
        let mut total = Row::UNCOUNTED;
        let mut node = 0;
        while node < network.len() {
            total.absorb(&Row::of_node(network, node));
            node += 1;
        }
        Tally { total }
    }

    /// Why a tool has no number for the network.
    pub(crate) const fn refusal(&self, tool: Tool, network: &Deployed) -> Option<Refusal> {
        if let Some(reason) = tool.fails_on_network(&network.graph, &self.total) {
            return Some(Refusal { node: None, reason });
        }
        if tool.fails_on_layer(&self.total).is_none() {
            return None;
        }
        let mut node = 0;
        while node < network.len() {
            if let Some(reason) = tool.fails_on_layer(&Row::of_node(network, node)) {
                return Some(Refusal { node: Some(node), reason });
            }
            node += 1;
        }
        None
    }
}

/// Why a tool has no number for a network.
#[derive(Clone, Copy)]
pub(crate) struct Refusal {
    /// The layer it fails on, if any.
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
