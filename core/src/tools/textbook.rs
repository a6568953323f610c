//! The rules of papers and textbooks.

use crate::base::math::multiply;
use crate::tools::tool::tool;

tool! {
    /// FLOPs by the rules used in papers.
    ///
    /// They count only dot products, without bias, and nothing else. A batch multiplies.
    Textbook: textbook = "textbook rules",
    /// FLOPs by each rule.
    TextbookCount |row, n| {
        /// Two for each multiply-accumulate: a linear layer from I inputs to J outputs takes 2·I·J, an LSTM with E
        /// features and a hidden size of H takes 8·(E + H)·H per step.
        two_n: Count, "FLOPs by 2n" => multiply(multiply(2, n), row.macs);
        /// A dot product of length n has n multiplications and n − 1 additions: (2·I − 1)·J.
        two_n_minus_1: Count, "FLOPs by 2n − 1" => multiply(n, multiply(2, row.macs) - row.dots);
        /// Molchanov, Tyree, Karras, Aila and Kautz, "Pruning convolutional neural networks for resource efficient
        /// inference", 2016, appendix A.1: 2·H·W·(Cin·K² + 1)·Cout for a convolution, (2·I − 1)·J for a linear layer.
        molchanov: Count, "FLOPs by Molchanov's rule" => multiply(n, row.molchanov);
    }
}
