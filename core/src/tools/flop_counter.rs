//! PyTorch's own counter.

use crate::base::math::multiply;
use crate::tools::tool::tool;

tool! {
    /// PyTorch 2.15's `torch.utils.flop_counter.FlopCounterMode`.
    ///
    /// Twice the MACs of the convolutions and matrix products that PyTorch runs, and of
    /// `F.scaled_dot_product_attention`, and nothing else. An LSTM is a fused operation that it does not know. Without
    /// gradients, so are a transformer's encoder layer, and attention that does not return its weights.
    ///
    /// A batch multiplies.
    FlopCounter: flop_counter = "FlopCounterMode of PyTorch 2.15",
    /// What FlopCounterMode returns.
    FlopCounterCount |row, n| {
        /// `get_total_flops()`, with gradients.
        flops: Count, "FLOPs of FlopCounterMode" => multiply(n, row.flop_counter);
        /// The same under `torch.no_grad()`.
        flops_no_grad: Count, "FLOPs of FlopCounterMode, no_grad" => multiply(n, row.flop_counter_no_grad);
    }
}
