//! The operators of TensorFlow Lite, by their codes in its schema.

/// Their names, in the order of their codes.
#[rustfmt::skip]
const NAMES: [&str; 162] = [
    "ADD", "AVERAGE_POOL_2D", "CONCATENATION", "CONV_2D", "DEPTHWISE_CONV_2D", "DEPTH_TO_SPACE", "DEQUANTIZE",
    "EMBEDDING_LOOKUP", "FLOOR", "FULLY_CONNECTED", "HASHTABLE_LOOKUP", "L2_NORMALIZATION", "L2_POOL_2D",
    "LOCAL_RESPONSE_NORMALIZATION", "LOGISTIC", "LSH_PROJECTION", "LSTM", "MAX_POOL_2D", "MUL", "RELU",
    "RELU_N1_TO_1", "RELU6", "RESHAPE", "RESIZE_BILINEAR", "RNN", "SOFTMAX", "SPACE_TO_DEPTH", "SVDF", "TANH",
    "CONCAT_EMBEDDINGS", "SKIP_GRAM", "CALL", "CUSTOM", "EMBEDDING_LOOKUP_SPARSE", "PAD",
    "UNIDIRECTIONAL_SEQUENCE_RNN", "GATHER", "BATCH_TO_SPACE_ND", "SPACE_TO_BATCH_ND", "TRANSPOSE", "MEAN", "SUB",
    "DIV", "SQUEEZE", "UNIDIRECTIONAL_SEQUENCE_LSTM", "STRIDED_SLICE", "BIDIRECTIONAL_SEQUENCE_RNN", "EXP", "TOPK_V2",
    "SPLIT", "LOG_SOFTMAX", "DELEGATE", "BIDIRECTIONAL_SEQUENCE_LSTM", "CAST", "PRELU", "MAXIMUM", "ARG_MAX",
    "MINIMUM", "LESS", "NEG", "PADV2", "GREATER", "GREATER_EQUAL", "LESS_EQUAL", "SELECT", "SLICE", "SIN",
    "TRANSPOSE_CONV", "SPARSE_TO_DENSE", "TILE", "EXPAND_DIMS", "EQUAL", "NOT_EQUAL", "LOG", "SUM", "SQRT", "RSQRT",
    "SHAPE", "POW", "ARG_MIN", "FAKE_QUANT", "REDUCE_PROD", "REDUCE_MAX", "PACK", "LOGICAL_OR", "ONE_HOT",
    "LOGICAL_AND", "LOGICAL_NOT", "UNPACK", "REDUCE_MIN", "FLOOR_DIV", "REDUCE_ANY", "SQUARE", "ZEROS_LIKE", "FILL",
    "FLOOR_MOD", "RANGE", "RESIZE_NEAREST_NEIGHBOR", "LEAKY_RELU", "SQUARED_DIFFERENCE", "MIRROR_PAD", "ABS",
    "SPLIT_V", "UNIQUE", "CEIL", "REVERSE_V2", "ADD_N", "GATHER_ND", "COS", "WHERE", "RANK", "ELU",
    "REVERSE_SEQUENCE", "MATRIX_DIAG", "QUANTIZE", "MATRIX_SET_DIAG", "ROUND", "HARD_SWISH", "IF", "WHILE",
    "NON_MAX_SUPPRESSION_V4", "NON_MAX_SUPPRESSION_V5", "SCATTER_ND", "SELECT_V2", "DENSIFY", "SEGMENT_SUM",
    "BATCH_MATMUL", "PLACEHOLDER_FOR_GREATER_OP_CODES", "CUMSUM", "CALL_ONCE", "BROADCAST_TO", "RFFT2D", "CONV_3D",
    "IMAG", "REAL", "COMPLEX_ABS", "HASHTABLE", "HASHTABLE_FIND", "HASHTABLE_IMPORT", "HASHTABLE_SIZE", "REDUCE_ALL",
    "CONV_3D_TRANSPOSE", "VAR_HANDLE", "READ_VARIABLE", "ASSIGN_VARIABLE", "BROADCAST_ARGS", "RANDOM_STANDARD_NORMAL",
    "BUCKETIZE", "RANDOM_UNIFORM", "MULTINOMIAL", "GELU", "DYNAMIC_UPDATE_SLICE", "RELU_0_TO_1",
    "UNSORTED_SEGMENT_PROD", "UNSORTED_SEGMENT_MAX", "UNSORTED_SEGMENT_SUM", "ATAN2", "UNSORTED_SEGMENT_MIN", "SIGN",
    "BITCAST", "BITWISE_XOR", "RIGHT_SHIFT",
];

/// The name of an operator.
pub(crate) const fn name(code: i32) -> &'static str {
    if code >= 0 && (code as usize) < NAMES.len() { NAMES[code as usize] } else { "an operator newer than netcost" }
}

/// The codes of the operators that are known.
macro_rules! codes {
    ($($name:ident = $code:literal,)*) => {
        $(pub(crate) const $name: i32 = $code;)*

        /// The names of the operators that are known, in alphabetical order.
        pub(crate) const KNOWN: &[&str] = &[$(stringify!($name)),*];

        #[cfg(test)]
        const CODES: &[i32] = &[$($name),*];
    };
}

codes! {
    ADD = 0,
    ASSIGN_VARIABLE = 144,
    AVERAGE_POOL_2D = 1,
    CALL_ONCE = 129,
    CONCATENATION = 2,
    CONV_2D = 3,
    DEPTHWISE_CONV_2D = 4,
    DEQUANTIZE = 6,
    EXPAND_DIMS = 70,
    FULLY_CONNECTED = 9,
    HARD_SWISH = 117,
    LEAKY_RELU = 98,
    LOGISTIC = 14,
    MAX_POOL_2D = 17,
    MEAN = 40,
    MUL = 18,
    PACK = 83,
    PAD = 34,
    PADV2 = 60,
    PRELU = 54,
    QUANTIZE = 114,
    READ_VARIABLE = 143,
    REDUCE_MAX = 82,
    RELU = 19,
    RELU6 = 21,
    RELU_N1_TO_1 = 20,
    RESHAPE = 22,
    RESIZE_BILINEAR = 23,
    RESIZE_NEAREST_NEIGHBOR = 97,
    SHAPE = 77,
    SLICE = 65,
    SOFTMAX = 25,
    SPLIT = 49,
    SPLIT_V = 102,
    SQUEEZE = 43,
    STRIDED_SLICE = 45,
    SUB = 41,
    SUM = 74,
    TANH = 28,
    TRANSPOSE = 39,
    VAR_HANDLE = 142,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_place_of_its_name() {
        for (known, &code) in KNOWN.iter().zip(CODES) {
            assert_eq!(name(code), *known);
        }
        assert_eq!(name(162), "an operator newer than netcost");
        assert_eq!(name(-1), "an operator newer than netcost");
    }
}
