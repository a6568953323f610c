//! calflops.

use crate::base::math::multiply;
use crate::graph::graph::Graph;
use crate::op::row::Row;
use crate::tools::tool::tool;

tool! {
    /// [calflops](https://github.com/MrYxJ/calculate-flops.pytorch) 0.3.2: `calculate_flops(model, args=[x])`.
    ///
    /// FLOPs are twice the MACs of convolutions and matrix products, plus biases and the operations of normalisations,
    /// pools and some activations; MACs are those of products only.
    ///
    /// It patches functions of `torch.nn.functional` and `torch`, and counts nothing that bypasses them: `x @ y`,
    /// `F.scaled_dot_product_attention`, `+` and `*`, ReLU6, the hard activations, RMS normalisation, embeddings, and
    /// the MACs of recurrent layers. It divides a transposed convolution by its groups once too often, and counts its
    /// bias on the output of a convolution. It fails on a model without parameters.
    ///
    /// A batch multiplies.
    Calflops: calflops = "calflops 0.3.2" fails { network: fails_on_network },
    /// What calflops returns.
    CalflopsCount |row, n| {
        /// `flops`
        flops: Count, "FLOPs of calflops" => multiply(n, row.calflops);
        /// `macs`: those of convolutions and matrix products.
        macs: Count, "MACs of calflops" => multiply(n, row.calflops_macs);
        /// `params`: the trained ones.
        params: Count, "parameters of calflops" => row.params;
    }
}

const fn fails_on_network(_: &Graph, total: &Row) -> Option<&'static str> {
    if total.params > 0 {
        return None;
    }
    Some("it raises StopIteration on a model without parameters")
}
