//! The data types a network can be deployed in.

use crate::base::layout::Layout;

/// The type of weights and activations. It determines bytes, not operation counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DataType {
    /// IEEE 754 single precision, 4 bytes; the only one with kernels so far.
    #[default]
    F32,
    /// IEEE 754 half precision, 2 bytes.
    F16,
    /// The upper half of an `f32`, 2 bytes.
    BF16,
    /// 16-bit integers.
    I16,
    /// 8-bit integers.
    I8,
}

impl DataType {
    /// The bytes of a weight or an activation element.
    pub const fn bytes(self) -> u64 {
        match self {
            DataType::F32 => 4,
            DataType::F16 | DataType::BF16 | DataType::I16 => 2,
            DataType::I8 => 1,
        }
    }

    /// The bytes of a bias, or of a normalisation's scale or shift: integer accumulators are 32 bits wide, and so are
    /// the numbers added to them.
    pub const fn bias_bytes(self) -> u64 {
        match self {
            DataType::I16 | DataType::I8 => 4,
            float => float.bytes(),
        }
    }

    /// The order in which its kernels keep a tensor's axes.
    pub(crate) const fn layout(self) -> Layout {
        match self {
            DataType::I8 => Layout::ChannelLast,
            DataType::F32 | DataType::F16 | DataType::BF16 | DataType::I16 => Layout::ChannelFirst,
        }
    }

    /// The name as written in a declaration: `i8`.
    pub const fn name(self) -> &'static str {
        match self {
            DataType::F32 => "f32",
            DataType::F16 => "f16",
            DataType::BF16 => "bf16",
            DataType::I16 => "i16",
            DataType::I8 => "i8",
        }
    }
}

impl core::fmt::Display for DataType {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}
