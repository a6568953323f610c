//! Hollemans' memory accesses.

use crate::base::math::multiply;
use crate::tools::tool::tool;

tool! {
    /// Memory accesses by the rule of Hollemans, "How fast is my model?", 2018.
    ///
    /// A convolution reads Hin·Win·Cin·K²·Cout inputs and K²·Cin·Cout + Cout weights, and writes Hout·Wout·Cout
    /// outputs; a depthwise one reads Hin·Win·C·K² and K²·C + C, and writes Hout·Wout·C. Reads are counted at the
    /// positions of the input, although they happen at those of the output; padding does not count, whether it is the
    /// convolution's own or a `pad2d` before it. A linear layer is a convolution of one position; a sum of two tensors reads both.
    /// Batch norms are folded, and activations are part of the layer before them: declare the network with
    /// `#[network(fuse)]`, or without batch norms. Nothing else counts.
    ///
    /// A batch multiplies.
    Hollemans: hollemans = "Hollemans 2018",
    /// What he counts.
    HollemansCount |row, n| {
        /// Elements read and written.
        accesses: Count, "accesses by Hollemans' rule" => multiply(n, row.hollemans);
    }
}
