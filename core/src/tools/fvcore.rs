//! fvcore.

use crate::base::math::multiply;
use crate::tools::tool::tool;

tool! {
    /// [fvcore](https://github.com/facebookresearch/fvcore) 0.1.5: `FlopCountAnalysis(model, x).total()`.
    ///
    /// A FLOP is a multiply-accumulate of a convolution or matrix product, without bias. Plain operations are added as
    /// one each: 2 per element for a batch norm (1 without weights), 5 for other normalisations (4), 4 for bilinear
    /// upsampling, and 1 for nearest upsampling and adaptive average pools, of which it knows only those over two axes.
    ///
    /// It counts nothing for `F.scaled_dot_product_attention`, recurrent layers, RMS normalisation, activations,
    /// elementwise operators and other pools, nor for a convolution whose padding is written `"same"`.
    ///
    /// A batch multiplies.
    Fvcore: fvcore = "fvcore 0.1.5",
    /// What fvcore returns.
    FvcoreCount |row, n| {
        /// `total()`: multiply-accumulates, and operations of normalisations, adaptive pools and upsampling.
        flops: Count, "FLOPs of fvcore" => multiply(n, row.fvcore);
    }
}
