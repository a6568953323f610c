//! calflops.

use crate::tools::tools::convention;

convention! {
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
    Calflops: "calflops 0.3.2",
    /// What calflops gives.
    CalflopsCount {
        /// `flops`
        flops: CalflopsFlops,
        /// `macs`: of convolutions and matrix products.
        macs: CalflopsMacs,
        /// `params`: those that are trained.
        params: CalflopsParams,
    }
}
