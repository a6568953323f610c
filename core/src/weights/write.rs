//! Writing a safetensors file.

use std::borrow::Cow;
use std::fmt::Write;
use std::string::String;
use std::vec::Vec;

use crate::base::json::Quoted;
use crate::weights::header::ElementType;

/// A tensor of a new file.
pub(crate) struct NewTensor<'a> {
    pub name: String,
    pub element: ElementType,
    pub dims: Vec<usize>,
    pub data: Cow<'a, [u8]>,
}

/// The bytes of a file: its tensors from the widest elements to the narrowest, so that all are aligned, and by name;
/// `metadata` is an object of strings, as JSON.
pub(crate) fn write(tensors: &mut [NewTensor<'_>], metadata: Option<&str>) -> Vec<u8> {
    tensors.sort_by(|a, b| b.element.cmp(&a.element).then(a.name.cmp(&b.name)));
    let mut header = String::from("{");
    if let Some(metadata) = metadata {
        header += "\"__metadata__\":";
        header += metadata;
    }
    let mut end = 0;
    for NewTensor { name, element, dims, data } in &*tensors {
        let (comma, name) = (if header.len() > 1 { "," } else { "" }, Quoted(name));
        let (start, dims) = (end, std::format!("{dims:?}").replace(' ', ""));
        end += data.len();
        // Writing to a string does not fail.
        let _ = write!(
            header,
            "{comma}{name}:{{\"dtype\":\"{element}\",\"shape\":{dims},\"data_offsets\":[{start},{end}]}}"
        );
    }
    header.push('}');
    while !header.len().is_multiple_of(8) {
        header.push(' ');
    }
    let mut file = Vec::with_capacity(8 + header.len() + end);
    file.extend((header.len() as u64).to_le_bytes());
    file.extend(header.into_bytes());
    tensors.iter().for_each(|tensor| file.extend(&*tensor.data));
    file
}
