//! thop, and the fork that Ultralytics' tools use.

use crate::base::math::multiply;
use crate::tools::tool::tool;

tool! {
    /// [thop](https://github.com/Lyken17/pytorch-OpCounter) 0.1.1: `macs, params = thop.profile(model, (x,))`.
    ///
    /// Multiply-accumulates of convolutions and linear layers, without bias. Plain operations are added as one each: 4
    /// per element for a normalisation (2 without weights), 3n − 1 for a softmax of n, and some for pools and
    /// upsampling.
    ///
    /// It sees only modules, and only those of types it has a rule for. So it counts nothing for attention, not even
    /// the projections, nor for products of two tensors, group and RMS normalisation, and embeddings. Their parameters
    /// are missing from its `params`, as are learned tensors outside modules. A transposed convolution is counted on
    /// its output, too high by the product of the strides. An adaptive pool whose input is not a multiple of its output
    /// is rounded down from a fraction: here once per image, in thop once per batch. The projection of an LSTM
    /// (`proj_size`) is left out, and its gates are counted as if the hidden state were not projected.
    ///
    /// A batch multiplies. thop counts a module with two parents twice; here, as in PyTorch, it counts once per call.
    Thop: thop = "thop 0.1.1",
    /// What thop prints.
    ThopCount |row, n| {
        /// `macs`: multiply-accumulates, and other operations as one each.
        macs: Count, "MACs of thop" => multiply(n, row.thop);
        /// `params`: those of modules it has a rule for.
        params: Count, "parameters of thop" => row.thop_params;
    }
}

tool! {
    /// [ultralytics-thop](https://github.com/ultralytics/thop) 2.2: `thop.profile(model, inputs=(x,))`, of which
    /// Ultralytics prints twice the MACs as GFLOPs.
    ///
    /// Like [`Thop`], with rules for what that misses: attention and its products, products of two tensors, group and
    /// RMS normalisation. It counts transposed convolutions on their input, pools by the elements of their windows, and
    /// all parameters.
    ///
    /// Activations, elementwise operators and embeddings count nothing. Ultralytics' own `get_flops` profiles a small
    /// image and extrapolates; this is the actual image. A batch multiplies.
    UltralyticsThop: ultralytics_thop = "ultralytics-thop 2.2.3",
    /// What ultralytics-thop returns.
    UltralyticsThopCount |row, n| {
        /// `macs`: multiply-accumulates, and other operations as one each.
        macs: Count, "MACs of ultralytics-thop" => multiply(n, row.ultralytics_thop);
        /// `params`: all parameters of the model.
        params: Count, "parameters of ultralytics-thop" => row.params;
    }
}
