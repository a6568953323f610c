//! What a number in memory is.

use crate::base::dtype::DataType;

/// What a number in memory is, from which its bytes follow.
#[derive(Clone, Copy)]
pub(crate) enum Element {
    /// A weight or an activation.
    Value,
    /// A number that is added to sums, and is as wide as they are: a bias, the scale and the shift of a normalisation.
    Sum,
    /// The index of one of this many rows.
    Index { rows: usize },
}

impl Element {
    /// The bytes of such a number in a network of a data type. An index has those of a value, or more if the rows
    /// require them.
    pub const fn bytes(self, dtype: DataType) -> u64 {
        match self {
            Element::Value => dtype.bytes(),
            Element::Sum => dtype.bias_bytes(),
            Element::Index { rows } => {
                let mut bytes = dtype.bytes();
                while bytes < 8 && (rows as u64 - 1) >> (8 * bytes) > 0 {
                    bytes *= 2;
                }
                bytes
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_wide_enough_for_its_rows() {
        let bytes = |rows, dtype| Element::Index { rows }.bytes(dtype);
        assert_eq!([1, 256, 257, 65_536, 65_537].map(|rows| bytes(rows, DataType::I8)), [1, 1, 2, 2, 4]);
        assert_eq!([1, 65_536, 65_537].map(|rows| bytes(rows, DataType::F16)), [2, 2, 4]);
        assert_eq!([1, 1 << 24].map(|rows| bytes(rows, DataType::F32)), [4, 4]);
    }
}
