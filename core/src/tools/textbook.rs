//! Rules of papers and textbooks.

use crate::tools::tools::convention;

convention! {
    /// FLOPs by the rules that papers count with.
    ///
    /// They are of dot products alone, without bias; all else is nothing. A batch multiplies.
    Textbook: "textbook rules",
    /// FLOPs by each rule.
    TextbookCount {
        /// Two for each multiply-accumulate: a linear layer of I inputs and J outputs has 2·I·J; an LSTM of E features
        /// and H hidden ones 8·(E + H)·H a step.
        two_n: TextbookTwoN,
        /// A dot product of length n has n multiplications and n − 1 additions: (2·I − 1)·J.
        two_n_minus_1: TextbookTwoNMinusOne,
        /// Molchanov, Tyree, Karras, Aila and Kautz, "Pruning convolutional neural networks for resource efficient
        /// inference", 2016, appendix A.1: 2·H·W·(Cin·K² + 1)·Cout for a convolution, (2·I − 1)·J for a linear layer.
        molchanov: TextbookMolchanov,
    }
}
