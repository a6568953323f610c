//! netcost's own quantities.

use crate::cost::cost::Cost;
use crate::cost::memory::Memory;
use crate::quantity::quantity::{Owner, Quantity, quantities};

/// The owner of netcost's quantities.
pub(crate) struct Own;

quantities! {
    Own: own of crate::quantity::quantity::Owner::Netcost, "",
    |cost: &Cost, memory: &Memory| {
        /// Multiply-accumulates, dense.
        macs: Count, "MACs" => cost.macs;
        /// Multiply-accumulates without those on padding.
        macs_executed: Count, "executed MACs" => cost.macs_executed;
        /// Multiply-accumulates without those of channels whose weights are all zero.
        macs_live: Count, "live MACs" => cost.macs_live;
        /// Channels whose weights are all zero.
        dead_channels: Count, "dead channels" => cost.dead_channels;
        /// Floating-point operations, dense.
        flops: Count, "FLOPs" => cost.flops;
        /// Learned parameters.
        params: Count, "parameters" => cost.params;
        /// Bytes of the weights.
        flash: Bytes, "B of flash" => cost.weight_bytes;
        /// Bytes of the arena; of a layer, the bytes live while it runs.
        ram: Bytes, "B of RAM" => memory.arena_bytes;
        /// Bytes live at once, no operator in place.
        peak_live: Bytes, "B live at the peak", of_network => memory.peak_live_bytes;
        /// Bytes live at once, operators in place.
        peak_live_in_place: Bytes, "B live at the peak, in place", of_network => memory.peak_live_in_place_bytes;
        /// Bytes moved if each operand is moved once.
        traffic: Bytes, "B of traffic" => cost.traffic.total();
        /// Bytes moved if nothing is reused.
        traffic_uncached: Bytes, "B of uncached traffic" => cost.traffic_uncached.total();
    }
}

impl Quantity {
    pub(crate) const fn is(&self, own: own::Number) -> bool {
        matches!(self.owner, Owner::Netcost) && self.number == own as u8
    }

    /// For a sum of the tensors that are live at once, of which layers have no shares: whether they share memory.
    pub(crate) const fn live(&self, fused: bool) -> Option<bool> {
        if self.is(own::Number::ram) {
            Some(fused)
        } else if self.is(own::Number::peak_live) {
            Some(false)
        } else if self.is(own::Number::peak_live_in_place) {
            Some(true)
        } else {
            None
        }
    }
}
