//! The files that a command reads.

use std::fs;
use std::path::Path;

use netcost_core::__command::FromFile;
use serde_json::Value;

/// The network of a `.tflite` file.
///
/// # Errors
/// If it cannot be read, or what is wrong with it.
pub fn network(path: &Path, stream: bool) -> Result<FromFile, String> {
    of_bytes(path, read(path)?, stream)
}

/// The report of a network as JSON, from such a report or from a `.tflite` file.
///
/// # Errors
/// The same.
pub fn facts(path: &Path) -> Result<Value, String> {
    let bytes = read(path)?;
    let is_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let wrong = |error| format!("`{}` is not the report of a network as JSON: {error}", path.display());
    match is_json {
        true => serde_json::from_slice(&bytes).map_err(wrong),
        false => serde_json::from_str(&of_bytes(path, bytes, false)?.report().to_json()).map_err(wrong),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))
}

fn of_bytes(path: &Path, bytes: Vec<u8>, stream: bool) -> Result<FromFile, String> {
    let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
    FromFile::read(bytes, &name, &path.to_string_lossy(), stream)
}
