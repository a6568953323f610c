//! The header of a safetensors file: names, types, shapes, and where the data is.
//!
//! A file is the length of the header in eight bytes, the header, and the data. The header is a JSON object from each
//! tensor's name to its `dtype`, `shape` and `data_offsets`; `__metadata__` holds strings. The tensors must cover the data
//! without gap or overlap. This reader accepts what the crate `safetensors` accepts, except for two tensors of one
//! name.

use core::fmt;

use crate::base::json::{Invalid, Json, Text};
use crate::base::shape::{MAX_RANK, Shape};
use crate::weights::foreign::{Foreign, recognise};

/// The longest header in bytes.
const MAX_LEN: u64 = 100_000_000;

/// Where the header starts in the file.
const START: usize = 8;

/// The names of the types of elements and their bits, in order of alignment.
const TYPES: [(&str, usize); 22] = [
    ("BOOL", 8),
    ("F4", 4),
    ("F6_E2M3", 6),
    ("F6_E3M2", 6),
    ("U8", 8),
    ("I8", 8),
    ("F8_E5M2", 8),
    ("F8_E4M3", 8),
    ("F8_E8M0", 8),
    ("F8_E4M3FNUZ", 8),
    ("F8_E5M2FNUZ", 8),
    ("I16", 16),
    ("U16", 16),
    ("F16", 16),
    ("BF16", 16),
    ("I32", 32),
    ("U32", 32),
    ("F32", 32),
    ("C64", 64),
    ("F64", 64),
    ("I64", 64),
    ("U64", 64),
];

/// The type of a tensor's elements: an index into `TYPES`, so that types order by alignment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ElementType(usize);

impl ElementType {
    /// That of weights in 32-bit floats, and of scales.
    pub const F32: Self = ElementType(17);
    /// That of quantized weights.
    pub const I8: Self = ElementType(5);
    /// That of quantized biases.
    pub const I32: Self = ElementType(15);

    fn bits(self) -> usize {
        TYPES[self.0].1
    }
}

impl fmt::Display for ElementType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(TYPES[self.0].0)
    }
}

/// A tensor of a file.
#[derive(Clone, Copy)]
pub struct TensorInfo<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// The type of its elements.
    pub element: ElementType,
    /// Its extents, as the header lists them.
    dims: &'a str,
    /// Where its data starts in the file, in bytes.
    pub start: usize,
    /// Where its data ends.
    pub end: usize,
}

impl<'a> TensorInfo<'a> {
    /// Its extents.
    pub fn dims(&self) -> impl Iterator<Item = usize> + use<'a> {
        self.dims.split(',').filter_map(|dim| dim.trim_ascii().parse().ok())
    }

    /// Its data.
    pub fn data<'f>(&self, file: &'f [u8]) -> &'f [u8] {
        &file[self.start..self.end]
    }

    /// Its shape, if it can be a tensor of a network: of finite `F32`.
    ///
    /// # Errors
    /// The reason why it cannot.
    pub fn shape(&self, file: &[u8]) -> Result<Shape, Unusable> {
        if self.element != ElementType::F32 {
            return Err(Unusable::Type);
        }
        let (mut dims, mut rank) = ([0; MAX_RANK], 0);
        for dim in self.dims() {
            if dim == 0 || rank == MAX_RANK {
                return Err(Unusable::Shape);
            }
            dims[rank] = dim;
            rank += 1;
        }
        let is_infinite = |bytes: &[u8; 4]| !f32::from_le_bytes(*bytes).is_finite();
        match self.data(file).as_chunks().0.iter().position(is_infinite) {
            Some(element) => Err(Unusable::NotFinite(element)),
            None => Ok(Shape::new(&dims[..rank])),
        }
    }
}

/// Why a tensor of a file cannot be one of a network.
pub enum Unusable {
    /// It is not `F32`.
    Type,
    /// It has an extent of zero, or too many axes.
    Shape,
    /// This element is infinite or not a number.
    NotFinite(usize),
}

/// The header of a file, with its tensors in a `Vec` or a similar collection.
pub struct Header<'a, C> {
    /// In the order of their names.
    pub tensors: C,
    /// The object of strings that the file holds besides its tensors, as JSON.
    pub metadata: Option<&'a str>,
}

impl<'a, C: Default + Extend<TensorInfo<'a>> + AsMut<[TensorInfo<'a>]>> Header<'a, C> {
    /// Reads the header of a file.
    ///
    /// # Errors
    /// If the file is not a safetensors file, or damaged.
    pub fn read(file: &'a [u8]) -> Result<Self, FileError<'a>> {
        let text = text(file)?;
        let mut json = Json::new(text);
        let mut header = Header { tensors: C::default(), metadata: None };
        let (mut has_metadata, data) = (false, START + text.len());
        json.object(|json, name| {
            if !name.is("__metadata__") {
                header.tensors.extend([tensor(json, name)?]);
            } else if core::mem::replace(&mut has_metadata, true) {
                return Err(FileError::Twice(name));
            } else if !json.takes("null") {
                let strings = |json: &mut Json<'a>| json.object(|json, _| json.text().map(drop));
                header.metadata = Some(json.raw(strings)?);
            }
            Ok(())
        })?;
        json.end()?;
        check(header.tensors.as_mut(), data, file.len())?;
        Ok(header)
    }
}

/// The bytes of the header.
fn text(file: &[u8]) -> Result<&str, FileError<'_>> {
    let foreign = |error| recognise(file).map_or(error, FileError::Foreign);
    let Some((len, rest)) = file.split_first_chunk() else { return Err(foreign(FileError::Short(file.len()))) };
    let len = u64::from_le_bytes(*len);
    let header = if len > MAX_LEN { None } else { rest.get(..len as usize) };
    let Some(header) = header else { return Err(foreign(FileError::HeaderLen { len, rest: rest.len() })) };
    let text = core::str::from_utf8(header)
        .map_err(|error| FileError::Header(Invalid { at: error.valid_up_to(), expected: "UTF-8" }));
    match text {
        Ok(text) if text.trim_ascii_start().starts_with('{') => Ok(text),
        Ok(_) => Err(foreign(FileError::Header(Invalid { at: 0, expected: "an object" }))),
        Err(error) => Err(foreign(error)),
    }
}

/// The header's entry for a tensor; its offsets count from the start of the data.
fn tensor<'a>(json: &mut Json<'a>, name: Text<'a>) -> Result<TensorInfo<'a>, FileError<'a>> {
    let (mut element, mut dims, mut offsets) = (None, None, None);
    if json.is_array() {
        // As serde reads a struct: its fields, in order.
        json.expect("[", "a list")?;
        element = Some(element_type(json)?);
        json.expect(",", "`,`")?;
        dims = Some(extents(json)?);
        json.expect(",", "`,`")?;
        offsets = Some(span(json)?);
        json.expect("]", "`]`")?;
    } else {
        json.object(|json, key| {
            let is_new = if key.is("dtype") {
                element.replace(element_type(json)?).is_none()
            } else if key.is("shape") {
                dims.replace(extents(json)?).is_none()
            } else if key.is("data_offsets") {
                offsets.replace(span(json)?).is_none()
            } else {
                json.skip(2)?;
                true
            };
            if is_new { Ok(()) } else { Err(Fault::Twice(key).of(name)) }
        })?;
    }
    let missing = |field| Fault::Missing(field).of(name);
    let element = element.ok_or(missing("dtype"))?.map_err(|unknown| Fault::Type(unknown).of(name))?;
    let dims = dims.ok_or(missing("shape"))?;
    let (start, end) = offsets.ok_or(missing("data_offsets"))?;

    Ok(TensorInfo { name, element, dims, start, end })
}

/// Checks that a tensor takes the bytes that its type and extents require, and makes its offsets those in the file.
fn place<'a>(tensor: &mut TensorInfo<'a>, data: usize) -> Result<(), FileError<'a>> {
    let TensorInfo { name, element, start, end, .. } = *tensor;
    let elements = tensor.dims().try_fold(1_usize, usize::checked_mul);
    let Some(bits) = elements.and_then(|elements| elements.checked_mul(element.bits())) else {
        return Err(Fault::Overflow.of(name));
    };
    if !bits.is_multiple_of(8) {
        return Err(Fault::Bits(bits).of(name));
    }
    if end.checked_sub(start) != Some(bits / 8) {
        return Err(Fault::Len { expected: bits / 8, start, end }.of(name));
    }
    tensor.end = data.checked_add(end).ok_or(Fault::Overflow.of(name))?;
    tensor.start = data + start;
    Ok(())
}

/// A type of elements, or an unknown name. It may be the key of an object with a null, as serde reads an enum.
fn element_type<'a>(json: &mut Json<'a>) -> Result<Result<ElementType, Text<'a>>, Invalid> {
    let is_object = json.takes("{");
    let name = json.text()?;
    if is_object {
        json.expect(":", "`:`")?;
        json.expect("null", "`null`")?;
        json.expect("}", "`}`")?;
    }
    Ok(TYPES.iter().position(|(known, _)| name.is(known)).map(ElementType).ok_or(name))
}

/// The text between the brackets of a list of extents.
fn extents<'a>(json: &mut Json<'a>) -> Result<&'a str, Invalid> {
    let list = json.raw(|json| json.array(|json| json.natural().map(drop)))?;
    Ok(&list[1..list.len() - 1])
}

/// The offsets of a tensor's data: where it starts and ends.
fn span(json: &mut Json<'_>) -> Result<(usize, usize), Invalid> {
    json.expect("[", "a list of two offsets")?;
    let start = json.natural()?;
    json.expect(",", "two offsets")?;
    let end = json.natural()?;
    json.expect("]", "two offsets")?;
    Ok((start, end))
}

/// Checks that each tensor has a name of its own, and that they cover the data; puts them in the order of their names.
fn check<'a>(tensors: &mut [TensorInfo<'a>], data: usize, file: usize) -> Result<(), FileError<'a>> {
    let by_name = |a: &TensorInfo<'_>, b: &TensorInfo<'_>| a.name.chars().cmp(b.name.chars());
    tensors.sort_unstable_by(by_name);
    if let Some(pair) = tensors.windows(2).find(|pair| by_name(&pair[0], &pair[1]).is_eq()) {
        return Err(FileError::Twice(pair[0].name));
    }
    for tensor in &mut *tensors {
        place(tensor, data)?;
    }
    tensors.sort_unstable_by_key(|tensor| (tensor.start, tensor.end));
    let mut end = data;
    for tensor in &*tensors {
        if tensor.start != end {
            return Err(Fault::Start { found: tensor.start - data, expected: end - data }.of(tensor.name));
        }
        end = tensor.end;
    }
    tensors.sort_unstable_by(by_name);
    if end == file { Ok(()) } else { Err(FileError::Data { expected: end - data, found: file - data }) }
}

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug)]
pub enum FileError<'a> {
    Foreign(&'static Foreign),
    /// It ends before the length of its header does.
    Short(usize),
    /// Its header would be longer than is allowed, or than the rest of the file.
    HeaderLen {
        len: u64,
        rest: usize,
    },
    Header(Invalid),
    Tensor(Text<'a>, Fault<'a>),
    /// It has this name twice.
    Twice(Text<'a>),
    /// Its tensors take more data than it holds, or less.
    Data {
        expected: usize,
        found: usize,
    },
}

/// What is wrong with the header's entry for a tensor.
#[derive(Clone, Copy, Debug)]
pub enum Fault<'a> {
    /// It does not have this field.
    Missing(&'static str),
    /// It has this field twice.
    Twice(Text<'a>),
    /// There is no such type of elements.
    Type(Text<'a>),
    /// Its bytes cannot be counted.
    Overflow,
    /// Its last byte is only partly used.
    Bits(usize),
    /// Its elements take a number of bytes other than its offsets span.
    Len { expected: usize, start: usize, end: usize },
    /// It does not start where the tensor before it ends.
    Start { expected: usize, found: usize },
}

impl<'a> Fault<'a> {
    fn of(self, tensor: Text<'a>) -> FileError<'a> {
        FileError::Tensor(tensor, self)
    }
}

impl From<Invalid> for FileError<'_> {
    fn from(invalid: Invalid) -> Self {
        FileError::Header(invalid)
    }
}

impl fmt::Display for FileError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            FileError::Foreign(Foreign { name, remedy, .. }) => {
                return write!(f, "this is {name}, not a safetensors file{remedy}");
            }
            FileError::Short(0) => return f.write_str("this is not a safetensors file: it is empty"),
            FileError::Short(len) => {
                return write!(
                    f,
                    "this is not a safetensors file: it has {len} of the 8 bytes that a file begins with"
                );
            }
            FileError::HeaderLen { len, rest } => {
                return write!(
                    f,
                    "this is not a safetensors file, or it is damaged: its first 8 bytes announce a header of {len} \
                     bytes, and {rest} follow"
                );
            }
            FileError::Data { expected, found } if found < expected => {
                return write!(
                    f,
                    "this safetensors file is truncated: its tensors take {expected} bytes, and {found} follow its header"
                );
            }
            _ => f.write_str("this safetensors file is damaged: ")?,
        }
        match *self {
            FileError::Header(Invalid { at, expected }) => {
                write!(f, "its header should have {expected} at byte {} of the file", START + at)
            }
            FileError::Tensor(name, fault) => write!(f, "its tensor `{name}` {fault}"),
            FileError::Twice(name) => write!(f, "it has two tensors `{name}`"),
            FileError::Data { expected, found } => write!(f, "{} bytes follow its last tensor", found - expected),
            FileError::Foreign(_) | FileError::Short(_) | FileError::HeaderLen { .. } => Ok(()),
        }
    }
}

impl fmt::Display for Fault<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Fault::Missing(field) => write!(f, "has no `{field}`"),
            Fault::Twice(field) => write!(f, "has two `{field}`"),
            Fault::Type(name) => write!(f, "is of the unknown type `{name}`"),
            Fault::Overflow => f.write_str("has more elements than can be counted"),
            Fault::Bits(bits) => write!(f, "takes {bits} bits, which are not whole bytes"),
            Fault::Len { expected, start, end } => {
                write!(f, "takes {expected} bytes by its type and shape, and its data_offsets are [{start}, {end}]")
            }
            Fault::Start { expected, found } => {
                write!(f, "starts at byte {found} of the data, and the tensor before it ends at {expected}")
            }
        }
    }
}
