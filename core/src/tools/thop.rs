//! thop, and the fork of it that Ultralytics' tools use.

use crate::base::math::multiply;
use crate::tools::tool::tool;

tool! {
    /// [thop](https://github.com/Lyken17/pytorch-OpCounter) 0.1.1: `macs, params = thop.profile(model, (x,))`.
    ///
    /// Multiply-accumulates of convolutions and linear layers, without bias; to them it adds plain operations as they
    /// are: 4 an element of a normalisation (2 without weights), 3n − 1 a softmax of n, some of a pool and of an
    /// upsampling.
    ///
    /// It looks at modules alone, and only at types that it has a rule for. So it counts nothing of attention, not even
    /// the projections, nothing of a product of two tensors, of group and RMS normalisation, of an embedding; their
    /// parameters are missing from its `params`, as are learned tensors that are no module's. A transposed convolution
    /// is counted on its output, by the product of the strides too much. An adaptive pool whose input is not a multiple
    /// of its output is rounded down from a fraction: here once an image, in thop once a batch. The projection of an
    /// LSTM (`proj_size`) is left out, and its gates are counted as if the hidden state were not projected.
    ///
    /// A batch multiplies. A module that is reached from two parents is counted twice by thop; here, as by PyTorch, once
    /// a call.
    Thop: thop = "thop 0.1.1",
    /// What thop prints.
    ThopCount |row, n| {
        /// `macs`: multiply-accumulates, and other operations as they are.
        macs: Count, "MACs of thop" => multiply(n, row.thop);
        /// `params`: of the modules that it has a rule for.
        params: Count, "parameters of thop" => row.thop_params;
    }
}

tool! {
    /// [ultralytics-thop](https://github.com/ultralytics/thop) 2.2: `thop.profile(model, inputs=(x,))`, of which
    /// Ultralytics prints twice the MACs as GFLOPs.
    ///
    /// As [`Thop`], with rules for what that misses: attention and its products, products of two tensors, group and
    /// RMS normalisation, transposed convolutions on their input; pools by the elements of their windows. Of
    /// parameters it counts all.
    ///
    /// Activations, elementwise operators and embeddings are nothing. Ultralytics' own `get_flops` profiles a small image
    /// and extrapolates; this is the image as it is. A batch multiplies.
    UltralyticsThop: ultralytics_thop = "ultralytics-thop 2.2.3",
    /// What ultralytics-thop gives.
    UltralyticsThopCount |row, n| {
        /// `macs`: multiply-accumulates, and other operations as they are.
        macs: Count, "MACs of ultralytics-thop" => multiply(n, row.ultralytics_thop);
        /// `params`: all of the model.
        params: Count, "parameters of ultralytics-thop" => row.params;
    }
}
