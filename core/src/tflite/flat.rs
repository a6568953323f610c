//! The tables of a FlatBuffers file: as much of the format as a reader of models needs.
//!
//! A table starts with the distance back to its list of fields, which has an offset for each that is present. All numbers
//! are little-endian, and all distances are checked against the file's length when they are followed.

use crate::tflite::fault::Fault;

/// Unwraps a result, or returns its error: a const fn has no `?`.
macro_rules! attempt {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    };
}
pub(crate) use attempt;

/// The bytes of a file, and a place in it where a table starts.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// A list in a file, of numbers or of tables.
#[derive(Clone, Copy)]
pub(crate) struct List<'a> {
    bytes: &'a [u8],
    at: usize,
    len: usize,
}

/// The position a distance after another.
const fn after(at: usize, distance: usize) -> Result<usize, Fault> {
    match at.checked_add(distance) {
        Some(at) => Ok(at),
        None => Err(Fault::Cut),
    }
}

const fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Fault> {
    if at >= bytes.len() || bytes.len() - at < 2 {
        return Err(Fault::Cut);
    }
    Ok(bytes[at] as u16 | (bytes[at + 1] as u16) << 8)
}

const fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    if at >= bytes.len() || bytes.len() - at < 4 {
        return Err(Fault::Cut);
    }
    let low = bytes[at] as u32 | (bytes[at + 1] as u32) << 8;
    Ok(low | (bytes[at + 2] as u32) << 16 | (bytes[at + 3] as u32) << 24)
}

const fn u64_at(bytes: &[u8], at: usize) -> Result<u64, Fault> {
    let low = attempt!(u32_at(bytes, at));
    let high = attempt!(u32_at(bytes, attempt!(after(at, 4))));
    Ok(low as u64 | (high as u64) << 32)
}

/// Where the offset at a position leads.
const fn follow(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    after(at, attempt!(u32_at(bytes, at)) as usize)
}

impl<'a> Table<'a> {
    /// The table that a file starts with.
    pub const fn root(bytes: &'a [u8]) -> Result<Self, Fault> {
        Ok(Table { bytes, at: attempt!(follow(bytes, 0)) })
    }

    /// Where the value of a field lies, if the table has it.
    const fn field(&self, id: usize) -> Result<Option<usize>, Fault> {
        // The list of fields lies before its table or after it.
        let fields = self.at as i64 - attempt!(u32_at(self.bytes, self.at)) as i32 as i64;
        if fields < 0 {
            return Err(Fault::Cut);
        }
        let fields = fields as usize;
        let entry = 4 + 2 * id;
        if entry + 2 > attempt!(u16_at(self.bytes, fields)) as usize {
            return Ok(None);
        }
        match attempt!(u16_at(self.bytes, fields + entry)) {
            0 => Ok(None),
            offset => Ok(Some(attempt!(after(self.at, offset as usize)))),
        }
    }

    /// A field of one byte, or its default.
    pub const fn i8(&self, id: usize, default: i8) -> Result<i8, Fault> {
        match attempt!(self.field(id)) {
            None => Ok(default),
            Some(at) if at < self.bytes.len() => Ok(self.bytes[at] as i8),
            Some(_) => Err(Fault::Cut),
        }
    }

    /// A field of four bytes, or its default.
    pub const fn i32(&self, id: usize, default: i32) -> Result<i32, Fault> {
        match attempt!(self.field(id)) {
            None => Ok(default),
            Some(at) => Ok(attempt!(u32_at(self.bytes, at)) as i32),
        }
    }

    /// A field that is a float, or zero.
    pub const fn f32(&self, id: usize) -> Result<f32, Fault> {
        Ok(f32::from_bits(attempt!(self.i32(id, 0)) as u32))
    }

    /// A field of eight bytes, or zero.
    pub const fn u64(&self, id: usize) -> Result<u64, Fault> {
        match attempt!(self.field(id)) {
            None => Ok(0),
            Some(at) => u64_at(self.bytes, at),
        }
    }

    /// A field that is a table.
    pub const fn table(&self, id: usize) -> Result<Option<Table<'a>>, Fault> {
        match attempt!(self.field(id)) {
            None => Ok(None),
            Some(at) => Ok(Some(Table { bytes: self.bytes, at: attempt!(follow(self.bytes, at)) })),
        }
    }

    /// A field that is a list; empty if the table has none. `size` is the bytes of an element.
    pub const fn list(&self, id: usize, size: usize) -> Result<List<'a>, Fault> {
        let Some(at) = attempt!(self.field(id)) else { return Ok(List::EMPTY) };
        let at = attempt!(follow(self.bytes, at));
        let len = attempt!(u32_at(self.bytes, at)) as usize;
        // Not past the end: its length was read.
        let at = at + 4;
        if len > (self.bytes.len() - at) / size {
            return Err(Fault::Cut);
        }
        Ok(List { bytes: self.bytes, at, len })
    }

    /// A field that is a text; empty if the table has none, or if it is not UTF-8.
    pub const fn str(&self, id: usize) -> Result<&'a str, Fault> {
        match core::str::from_utf8(attempt!(self.list(id, 1)).bytes()) {
            Ok(text) => Ok(text),
            Err(_) => Ok(""),
        }
    }
}

impl<'a> List<'a> {
    pub const EMPTY: List<'static> = List { bytes: &[], at: 0, len: 0 };

    pub const fn len(&self) -> usize {
        self.len
    }

    /// An element of four bytes.
    pub const fn i32(&self, index: usize) -> Result<i32, Fault> {
        if index >= self.len {
            return Err(Fault::Cut);
        }
        Ok(attempt!(u32_at(self.bytes, self.at + 4 * index)) as i32)
    }

    /// An element of eight bytes.
    pub const fn i64(&self, index: usize) -> Result<i64, Fault> {
        if index >= self.len {
            return Err(Fault::Cut);
        }
        Ok(attempt!(u64_at(self.bytes, self.at + 8 * index)) as i64)
    }

    /// An element that is a float.
    pub const fn f32(&self, index: usize) -> Result<f32, Fault> {
        Ok(f32::from_bits(attempt!(self.i32(index)) as u32))
    }

    /// An element that is a table.
    pub const fn table(&self, index: usize) -> Result<Table<'a>, Fault> {
        if index >= self.len {
            return Err(Fault::Cut);
        }
        Ok(Table { bytes: self.bytes, at: attempt!(follow(self.bytes, self.at + 4 * index)) })
    }

    /// Its elements as bytes, which are `size` each.
    pub const fn bytes_of(&self, size: usize) -> &'a [u8] {
        cut(self.bytes, self.at, self.len * size)
    }

    /// The elements of a list of bytes.
    pub const fn bytes(&self) -> &'a [u8] {
        cut(self.bytes, self.at, self.len)
    }
}

/// A part of a file; empty if it is not within.
pub(crate) const fn cut(bytes: &[u8], at: usize, len: usize) -> &[u8] {
    if at > bytes.len() || bytes.len() - at < len {
        return &[];
    }
    bytes.split_at(at).1.split_at(len).0
}
