//! The types of a file's tensors.

/// The type of a tensor's elements.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Type {
    F32,
    I8,
    U8,
    I32,
    I64,
    /// A variable that is kept from one run to the next.
    Resource,
    Other(i8),
}

impl Type {
    pub const fn of(code: i8) -> Self {
        match code {
            0 => Type::F32,
            2 => Type::I32,
            3 => Type::U8,
            4 => Type::I64,
            9 => Type::I8,
            13 => Type::Resource,
            other => Type::Other(other),
        }
    }

    /// Its name in the schema.
    pub const fn name(self) -> &'static str {
        const NAMES: [&str; 19] = [
            "FLOAT32",
            "FLOAT16",
            "INT32",
            "UINT8",
            "INT64",
            "STRING",
            "BOOL",
            "INT16",
            "COMPLEX64",
            "INT8",
            "FLOAT64",
            "COMPLEX128",
            "UINT64",
            "RESOURCE",
            "VARIANT",
            "UINT32",
            "UINT16",
            "INT4",
            "BFLOAT16",
        ];
        match self {
            Type::F32 => "FLOAT32",
            Type::I8 => "INT8",
            Type::U8 => "UINT8",
            Type::I32 => "INT32",
            Type::I64 => "INT64",
            Type::Resource => "RESOURCE",
            Type::Other(code) if code >= 0 && (code as usize) < NAMES.len() => NAMES[code as usize],
            Type::Other(_) => "a type that TensorFlow Lite did not have",
        }
    }

    /// The bytes of an element whose data is read.
    pub const fn bytes(self) -> usize {
        match self {
            Type::I8 | Type::U8 => 1,
            Type::I64 => 8,
            Type::F32 | Type::I32 | Type::Resource | Type::Other(_) => 4,
        }
    }
}
