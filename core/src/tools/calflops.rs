//! calflops.

use crate::base::math::multiply;
use crate::graph::graph::Graph;
use crate::op::row::Row;
use crate::tools::tool::tool;

tool! {
    /// [calflops](https://github.com/MrYxJ/calculate-flops.pytorch) 0.3.2: `calculate_flops(model, args=[x])`.
    ///
    /// FLOPs are twice the MACs of convolutions and matrix products, biases, and operations of normalisations, pools and
    /// some activations; MACs are those of products alone.
    ///
    /// It patches functions of `torch.nn.functional` and `torch`, and counts nothing of what does not go through them:
    /// `x @ y`, `F.scaled_dot_product_attention`, `+` and `*`, ReLU6, the hard activations, RMS normalisation,
    /// embeddings, and the MACs of recurrent layers. A transposed convolution is divided by its groups once too often, and
    /// its bias is counted on the output of a convolution. It fails on a model without parameters.
    ///
    /// A batch multiplies.
    Calflops: calflops = "calflops 0.3.2" fails { network: fails_on_network },
    /// What calflops gives.
    CalflopsCount |row, n| {
        /// `flops`
        flops: Count, "FLOPs of calflops" => multiply(n, row.calflops);
        /// `macs`: of convolutions and matrix products.
        macs: Count, "MACs of calflops" => multiply(n, row.calflops_macs);
        /// `params`: those that are trained.
        params: Count, "parameters of calflops" => row.params;
    }
}

const fn fails_on_network(_: &Graph, total: &Row) -> Option<&'static str> {
    if total.params > 0 {
        return None;
    }
    Some("it raises StopIteration on a model without parameters")
}
