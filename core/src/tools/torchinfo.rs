//! torchinfo.

use crate::base::math::multiply;
use crate::tools::tool::tool;

tool! {
    /// [torchinfo](https://github.com/TylerYep/torchinfo) 1.8.0: `summary(model, input_data=x)`.
    ///
    /// A mult-add is one use of a parameter: at every output position of a convolution, at every step of a recurrent
    /// layer, and once in all other layers. So a linear layer over many tokens counts as one over a single token, a
    /// normalisation as its weights, and an embedding as its whole table; a transposed convolution is too high by the
    /// product of its strides. Layers without parameters count nothing, and neither does attention.
    ///
    /// Its memory is twice the outputs of modules with parameters ("Forward/backward pass size"), the inputs, which it
    /// prints with 64 bytes of Python overhead each, and the parameters, without those of attention and of learned
    /// tensors outside modules.
    ///
    /// A batch multiplies mult-adds, input and outputs.
    Torchinfo: torchinfo = "torchinfo 1.8.0",
    /// What torchinfo prints.
    TorchinfoCount |row, n| {
        /// `total_mult_adds`
        mult_adds: Count, "mult-adds of torchinfo" => multiply(n, row.torchinfo);
        /// `total_params`
        params: Count, "parameters of torchinfo" => row.params;
        /// `total_input`, without the overhead of 64 bytes per tensor.
        input_bytes: Bytes, "B of torchinfo's input", of_network => multiply(multiply(4, n), row.torchinfo_input);
        /// `total_output_bytes`, which is twice the outputs.
        output_bytes: Bytes, "B of torchinfo's passes" => multiply(multiply(8, n), row.torchinfo_output);
        /// `total_param_bytes`
        params_bytes: Bytes, "B of torchinfo's parameters" => multiply(4, row.leaf_params);
    }
}
