//! torchinfo.

use crate::tools::tools::convention;

convention! {
    /// [torchinfo](https://github.com/TylerYep/torchinfo) 1.8.0: `summary(model, input_data=x)`.
    ///
    /// A mult-add is a parameter used once: those of a convolution at every position of its output, those of a recurrent
    /// layer at every step, those of all others once. So a linear layer over many tokens counts as for one, a
    /// normalisation as its weights, an embedding as its whole table, a transposed convolution by the product of its
    /// strides too much; what has no parameters is nothing, and attention is nothing at all.
    ///
    /// Its memory is twice the outputs of modules with parameters ("Forward/backward pass size"), the input, which it
    /// prints with 64 bytes of Python's for each, and the parameters, without those of attention and of learned tensors
    /// that are no module's.
    ///
    /// A batch multiplies mult-adds, input and outputs.
    Torchinfo: "torchinfo 1.8.0",
    /// What torchinfo prints.
    TorchinfoCount {
        /// `total_mult_adds`
        mult_adds: TorchinfoMultAdds,
        /// `total_params`
        params: TorchinfoParams,
        /// `total_input`, without the 64 bytes of each tensor's own.
        input_bytes: TorchinfoInputBytes,
        /// `total_output_bytes`, which is twice the outputs.
        output_bytes: TorchinfoOutputBytes,
        /// `total_param_bytes`
        params_bytes: TorchinfoParamsBytes,
    }
}
