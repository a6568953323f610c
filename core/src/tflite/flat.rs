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

/// A number of two or four bytes, or the return of an error. The const interpreter takes longer for a call than for this.
macro_rules! number {
    (u16, $bytes:expr, $at:expr) => {{
        let (bytes, at) = ($bytes, $at);
        if at >= bytes.len() || bytes.len() - at < 2 {
            return Err(Fault::Cut);
        }
        bytes[at] as u16 | (bytes[at + 1] as u16) << 8
    }};
    (u32, $bytes:expr, $at:expr) => {{
        let (bytes, at) = ($bytes, $at);
        if at >= bytes.len() || bytes.len() - at < 4 {
            return Err(Fault::Cut);
        }
        let low = bytes[at] as u32 | (bytes[at + 1] as u32) << 8;
        low | (bytes[at + 2] as u32) << 16 | (bytes[at + 3] as u32) << 24
    }};
}

/// A table in a file: the bytes of the file, and where the table and the list of its fields start.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    bytes: &'a [u8],
    at: usize,
    fields: usize,
    /// The bytes of the list of fields.
    len: usize,
}

/// A list in a file, of numbers or of tables.
#[derive(Clone, Copy)]
pub(crate) struct List<'a> {
    bytes: &'a [u8],
    at: usize,
    len: usize,
}

/// Where the offset at a position leads.
const fn follow(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    match at.checked_add(number!(u32, bytes, at) as usize) {
        Some(at) => Ok(at),
        None => Err(Fault::Cut),
    }
}

impl<'a> Table<'a> {
    /// The table that a file starts with.
    pub const fn root(bytes: &'a [u8]) -> Result<Self, Fault> {
        Table::at(bytes, attempt!(follow(bytes, 0)))
    }

    const fn at(bytes: &'a [u8], at: usize) -> Result<Self, Fault> {
        // The list of fields lies before its table or after it.
        let fields = at as i64 - number!(u32, bytes, at) as i32 as i64;
        if fields < 0 {
            return Err(Fault::Cut);
        }
        let fields = fields as usize;
        let len = number!(u16, bytes, fields) as usize;
        Ok(Table { bytes, at, fields, len })
    }

    /// Where the value of a field lies, if the table has it.
    const fn field(&self, id: usize) -> Result<Option<usize>, Fault> {
        let entry = 4 + 2 * id;
        if entry + 2 > self.len {
            return Ok(None);
        }
        match number!(u16, self.bytes, self.fields + entry) {
            0 => Ok(None),
            // Not beyond what a length can be: the table starts within the file.
            offset => Ok(Some(self.at + offset as usize)),
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
            Some(at) => Ok(number!(u32, self.bytes, at) as i32),
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
            Some(at) => Ok(number!(u32, self.bytes, at) as u64 | (number!(u32, self.bytes, at + 4) as u64) << 32),
        }
    }

    /// A field that is a table.
    pub const fn table(&self, id: usize) -> Result<Option<Table<'a>>, Fault> {
        match attempt!(self.field(id)) {
            None => Ok(None),
            Some(at) => Ok(Some(attempt!(Table::at(self.bytes, attempt!(follow(self.bytes, at)))))),
        }
    }

    /// A field that is a list; empty if the table has none. `size` is the bytes of an element.
    pub const fn list(&self, id: usize, size: usize) -> Result<List<'a>, Fault> {
        let Some(at) = attempt!(self.field(id)) else { return Ok(List::EMPTY) };
        let at = attempt!(follow(self.bytes, at));
        let len = number!(u32, self.bytes, at) as usize;
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
        Ok(number!(u32, self.bytes, self.at + 4 * index) as i32)
    }

    /// An element of eight bytes.
    pub const fn i64(&self, index: usize) -> Result<i64, Fault> {
        if index >= self.len {
            return Err(Fault::Cut);
        }
        let at = self.at + 8 * index;
        Ok((number!(u32, self.bytes, at) as u64 | (number!(u32, self.bytes, at + 4) as u64) << 32) as i64)
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
        Table::at(self.bytes, attempt!(follow(self.bytes, self.at + 4 * index)))
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
