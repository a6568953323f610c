//! PyTorch's own counter.

use crate::tools::tools::convention;

convention! {
    /// PyTorch 2.15's `torch.utils.flop_counter.FlopCounterMode`.
    ///
    /// Twice the MACs of the convolutions and matrix products that PyTorch runs, and of
    /// `F.scaled_dot_product_attention`; nothing else. An LSTM is one fused operation that it does not know. Without
    /// gradients a transformer's encoder layer and attention without its weights are such operations, too.
    ///
    /// A batch multiplies.
    FlopCounter: "FlopCounterMode of PyTorch 2.15",
    /// What FlopCounterMode gives.
    FlopCounterCount {
        /// `get_total_flops()`, with gradients.
        flops: FlopCounterFlops,
        /// The same under `torch.no_grad()`.
        flops_no_grad: FlopCounterFlopsNoGrad,
    }
}
