//! Files that are mistaken for TensorFlow Lite models.

/// Another format, known by its first bytes.
#[derive(Debug)]
pub(crate) struct Format {
    first: &'static [u8],
    /// What such a file is.
    pub is: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

const CONVERT: &str = "; convert the model with `tf.lite.TFLiteConverter`";

const FORMATS: [Format; 6] = [
    Format { first: b"", is: "is empty", remedy: "" },
    Format { first: b"PK\x03\x04", is: "is a zip archive, as Keras and PyTorch write", remedy: CONVERT },
    Format { first: b"\x89HDF", is: "is an HDF5 file, as Keras writes", remedy: CONVERT },
    Format { first: b"\x80\x02", is: "is a pickle of Python, as PyTorch wrote", remedy: CONVERT },
    Format { first: b"GGUF", is: "is a GGUF file, which holds weights and no graph", remedy: "" },
    Format {
        first: b"version https://git-lfs",
        is: "is a Git LFS pointer in place of a file",
        remedy: "; `git lfs pull` fetches the file",
    },
];

const ONNX: Format = Format { first: b"", is: "is an ONNX model", remedy: CONVERT };

const SAFETENSORS: Format =
    Format { first: b"", is: "is a safetensors file, which holds weights and no graph", remedy: "" };

const TEXT: Format = Format { first: b"", is: "is a text file", remedy: "" };

/// How many bytes are looked at to tell a text.
const TEXT_LEN: usize = 64;

/// The format of a file, if it is one of those.
pub(crate) const fn recognise(file: &[u8]) -> Option<&'static Format> {
    // A protocol buffer, whose fields 1, a version, and 2, the producer, come first.
    if let [0x08, _, 0x12, ..] = file {
        return Some(&ONNX);
    }
    // The length of a header in JSON, and the header.
    if let [_, _, _, _, 0, 0, 0, 0, b'{', ..] = file {
        return Some(&SAFETENSORS);
    }
    let mut i = 0;
    while i < FORMATS.len() {
        let (format, mut at) = (&FORMATS[i], 0);
        while at < format.first.len() && at < file.len() && file[at] == format.first[at] {
            at += 1;
        }
        if at == format.first.len() && file.is_empty() == format.first.is_empty() {
            return Some(format);
        }
        i += 1;
    }
    if is_text(file) { Some(&TEXT) } else { None }
}

/// Whether the first bytes are printed, or spaces.
const fn is_text(file: &[u8]) -> bool {
    let mut at = 0;
    while at < file.len() && at < TEXT_LEN {
        if !matches!(file[at], b' '..=b'~' | b'\t' | b'\n' | b'\r') {
            return false;
        }
        at += 1;
    }
    true
}
