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

const FORMATS: [Format; 4] = [
    Format { first: b"", is: "is empty", remedy: "" },
    Format { first: b"PK\x03\x04", is: "is a zip archive, as Keras and PyTorch write", remedy: CONVERT },
    Format { first: b"\x89HDF", is: "is an HDF5 file, as Keras writes", remedy: CONVERT },
    Format {
        first: b"version https://git-lfs",
        is: "is a Git LFS pointer in place of a file",
        remedy: "; `git lfs pull` fetches the file",
    },
];

const ONNX: Format = Format { first: b"", is: "is an ONNX model", remedy: CONVERT };

/// The format of a file, if it is one of those.
pub(crate) const fn recognise(file: &[u8]) -> Option<&'static Format> {
    // A protocol buffer, whose fields 1, a version, and 2, the producer, come first.
    if let [0x08, _, 0x12, ..] = file {
        return Some(&ONNX);
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
    None
}
