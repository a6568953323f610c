//! ptflops, in both of its backends.

use crate::base::math::{add, multiply};
use crate::tools::tool::tool;

tool! {
    /// [ptflops](https://github.com/sovrasov/flops-counter.pytorch) 0.7.5, `get_model_complexity_info(model, shape)`
    /// with its backend `pytorch`.
    ///
    /// Multiply-accumulates of convolutions, linear and recurrent layers and attention, with an operation for each bias,
    /// and one for each element of activations, pools and normalisations. It hooks modules and patches functions of
    /// `torch.nn.functional`, and adds up both: a module that calls such a function, as `nn.ReLU` and the pools do, is
    /// counted twice.
    ///
    /// It counts nothing of `x @ y` and `F.scaled_dot_product_attention`, of `+` and `*`, of sigmoid, tanh, the hard
    /// activations, Mish, SELU, RMS normalisation and embeddings.
    ///
    /// A batch divides the sum of the modules, so that it stays, and not that of the functions, which it multiplies.
    Ptflops: ptflops = "ptflops 0.7.5",
    /// What ptflops gives.
    PtflopsCount |row, n| {
        /// The complexity: multiply-accumulates, and other operations as they are.
        macs: Count, "MACs of ptflops" => {
            // `len(input)` divides the sum of the modules alone.
            let upsample = match row.ptflops_upsample.checked_div(n) {
                Some(share) => share,
                None => 0,
            };
            add(add(row.ptflops, upsample), multiply(n, row.ptflops_functional))
        };
        /// Parameters that are trained.
        params: Count, "parameters of ptflops" => row.params;
    }
}

tool! {
    /// [ptflops](https://github.com/sovrasov/flops-counter.pytorch) 0.7.5 with `backend='aten'`.
    ///
    /// Multiply-accumulates of the convolutions and matrix products that PyTorch runs, with an operation for each bias
    /// that is added with them. What runs as one fused operation of another name is nothing: an LSTM, and the two
    /// products of `F.scaled_dot_product_attention`. So are normalisations, activations and pools.
    ///
    /// A batch multiplies.
    PtflopsAten: ptflops_aten = "ptflops 0.7.5, aten",
    /// What ptflops gives.
    PtflopsAtenCount |row, n| {
        /// The complexity: multiply-accumulates and biases.
        macs: Count, "MACs of ptflops' aten" => multiply(n, row.ptflops_aten);
        /// Parameters that are trained.
        params: Count, "parameters of ptflops' aten" => row.params;
    }
}
