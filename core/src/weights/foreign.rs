//! Files that are mistaken for safetensors: what they look like, and what to do.

/// Another format, recognised by some of its first bytes.
#[derive(Debug)]
pub struct Foreign {
    /// Where these bytes are.
    at: usize,
    magic: &'static [u8],
    /// What such a file is.
    pub name: &'static str,
    /// How its weights become safetensors, or how to get the right file.
    pub remedy: &'static str,
}

const TORCH: &str = "; save the state dict with `safetensors.torch.save_file(model.state_dict(), \"net.safetensors\")`";
const ARRAYS: &str = "; save its tensors under the names and in the shapes of a PyTorch state dict, with \
    `safetensors.numpy.save_file`";
const DOWNLOAD: &str = "; a download went wrong";

const FORMATS: [Foreign; 16] = [
    format(0, b"PK\x03\x04", "a zip archive, which is what `torch.save` writes", TORCH),
    format(0, b"\x80\x02", "a Python pickle, which is what older versions of `torch.save` write", TORCH),
    format(0, b"\x80\x03", "a Python pickle", TORCH),
    format(0, b"\x80\x04", "a Python pickle", TORCH),
    format(0, b"\x80\x05", "a Python pickle", TORCH),
    format(4, b"TFL3", "a TensorFlow Lite model", ARRAYS),
    format(0, b"GGUF", "a GGUF file", ARRAYS),
    format(0, b"\x89HDF\r\n", "an HDF5 file, which is what Keras writes", ARRAYS),
    format(0, b"\x93NUMPY", "a NumPy array", ARRAYS),
    format(0, b"version https://git-lfs", "a Git LFS pointer in place of a file", "; `git lfs pull` fetches the file"),
    format(0, b"<!DOCTYPE", "a web page", DOWNLOAD),
    format(0, b"<!doctype", "a web page", DOWNLOAD),
    format(0, b"<html", "a web page", DOWNLOAD),
    format(0, b"\x1f\x8b", "compressed by gzip", "; unpack it"),
    format(0, b"\x89PNG", "a PNG image", ""),
    format(0, b"\xff\xd8\xff", "a JPEG image", ""),
];

const ONNX: Foreign = format(0, b"", "an ONNX model", ARRAYS);

const fn format(at: usize, magic: &'static [u8], name: &'static str, remedy: &'static str) -> Foreign {
    Foreign { at, magic, name, remedy }
}

/// The format of a file that is not safetensors, if it is a known one.
pub(crate) fn recognise(file: &[u8]) -> Option<&'static Foreign> {
    // ONNX has no magic: it is a protocol buffer, whose fields 1, a version, and 2, the producer, come first.
    if let [0x08, _, 0x12, ..] = file {
        return Some(&ONNX);
    }
    FORMATS.iter().find(|format| file.get(format.at..).is_some_and(|bytes| bytes.starts_with(format.magic)))
}
