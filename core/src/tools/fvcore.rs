//! fvcore.

use crate::base::math::multiply;
use crate::tools::tool::tool;

tool! {
    /// [fvcore](https://github.com/facebookresearch/fvcore) 0.1.5: `FlopCountAnalysis(model, x).total()`.
    ///
    /// One FLOP is a multiply-accumulate, of convolutions and matrix products, without bias. To them it adds plain
    /// operations as they are: 2 an element of a batch norm (1 without weights), 5 of another normalisation (4), 4 of a
    /// bilinear upsampling, 1 of a nearest one and of an adaptive average pool, of which it knows only those over two
    /// axes.
    ///
    /// It counts nothing of `F.scaled_dot_product_attention`, of recurrent layers, of RMS normalisation, of activations,
    /// elementwise operators and other pools, and nothing of a convolution whose padding is written `"same"`.
    ///
    /// A batch multiplies.
    Fvcore: fvcore = "fvcore 0.1.5",
    /// What fvcore gives.
    FvcoreCount |row, n| {
        /// `total()`: multiply-accumulates, and operations of normalisations, adaptive pools and upsampling.
        flops: Count, "FLOPs of fvcore" => multiply(n, row.fvcore);
    }
}
