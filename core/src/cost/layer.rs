//! A layer and its cost.

use crate::base::name::Spelling;
use crate::base::shape::Shape;
use crate::cost::cost::Cost;

/// One layer of a network and its cost.
#[derive(Clone, Copy)]
pub struct Layer {
    /// The name given in the declaration, or else its index in its scope.
    pub name: Spelling,
    /// The operator, as written in a declaration: `conv2d`.
    pub operator: &'static str,
    /// The extents of its output.
    pub output: Shape,
    /// What it costs.
    pub cost: Cost,
    /// Bytes of all tensors live while it runs: with shared memory if the network is fused, otherwise with every output
    /// in memory of its own.
    pub live_bytes: u64,
    /// The bytes among them that are its kernel's scratch.
    pub scratch_bytes: u64,
    /// How it runs.
    pub run: LayerRun,
}

/// How a layer runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LayerRun {
    /// By a kernel.
    Kernel,
    /// Not at all: its output is a view of its input's memory.
    View,
    /// Within the layer before it, into which it is folded.
    Folded,
    /// Not at all: nobody reads it.
    Unread,
}

impl LayerRun {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            LayerRun::Kernel => "kernel",
            LayerRun::View => "view",
            LayerRun::Folded => "folded",
            LayerRun::Unread => "unread",
        }
    }
}

impl Layer {
    pub(crate) const EMPTY: Layer = Layer {
        name: Spelling::new(),
        operator: "",
        output: Shape::new(&[]),
        cost: Cost::ZERO,
        live_bytes: 0,
        scratch_bytes: 0,
        run: LayerRun::View,
    };

    /// Its share of the network's MACs or, if there are none, of its FLOPs, in thousandths.
    pub const fn share(&self, network: &Cost) -> u64 {
        let (part, whole) =
            if network.macs > 0 { (self.cost.macs, network.macs) } else { (self.cost.flops, network.flops) };
        if whole == 0 { 0 } else { ((part as u128 * 2000 + whole as u128) / (2 * whole as u128)) as u64 }
    }
}
