//! ptflops, with either backend.

use crate::base::math::{add, multiply};
use crate::tools::tool::tool;

tool! {
    /// [ptflops](https://github.com/sovrasov/flops-counter.pytorch) 0.7.5, `get_model_complexity_info(model, shape)`
    /// with its backend `pytorch`.
    ///
    /// Multiply-accumulates of convolutions, linear and recurrent layers and attention, plus one operation for each
    /// bias, and one for each element of activations, pools and normalisations. It hooks modules and patches functions
    /// of `torch.nn.functional`, and adds up both: a module that calls such a function, as `nn.ReLU` and the pools do,
    /// is counted twice.
    ///
    /// It counts nothing for `x @ y`, `F.scaled_dot_product_attention`, `+`, `*`, sigmoid, tanh, the hard activations,
    /// Mish, SELU, RMS normalisation and embeddings.
    ///
    /// A batch leaves the modules' sum unchanged, since that is divided by the batch, and multiplies the functions'
    /// sum.
    Ptflops: ptflops = "ptflops 0.7.5",
    /// What ptflops returns.
    PtflopsCount |row, n| {
        /// The complexity: multiply-accumulates, and other operations as one each.
        macs: Count, "MACs of ptflops" => {
            // `len(input)` divides only the sum of the modules.
            let upsample = match row.ptflops_upsample.checked_div(n) {
                Some(share) => share,
                None => 0,
            };
            add(add(row.ptflops, upsample), multiply(n, row.ptflops_functional))
        };
        /// The trained parameters.
        params: Count, "parameters of ptflops" => row.params;
    }
}

tool! {
    /// [ptflops](https://github.com/sovrasov/flops-counter.pytorch) 0.7.5 with `backend='aten'`.
    ///
    /// Multiply-accumulates of the convolutions and matrix products that PyTorch runs, plus one operation for each bias
    /// they add. Fused operations of other names count nothing: an LSTM, and the two products of
    /// `F.scaled_dot_product_attention`. Nor do normalisations, activations and pools.
    ///
    /// A batch multiplies.
    PtflopsAten: ptflops_aten = "ptflops 0.7.5, aten",
    /// What ptflops returns.
    PtflopsAtenCount |row, n| {
        /// The complexity: multiply-accumulates and biases.
        macs: Count, "MACs of ptflops' aten" => multiply(n, row.ptflops_aten);
        /// The trained parameters.
        params: Count, "parameters of ptflops' aten" => row.params;
    }
}
