//! The weights of a file in `f32`, in the order of the run: channels first.

use crate::tflite::error::Error;
use crate::tflite::fault::Fault;
use crate::tflite::flat::attempt;
use crate::tflite::imported::Imported;
use crate::tflite::model::Model;
use crate::tflite::operator as code;

/// The most weights whose order a const may change: each takes a step.
const MOST: u64 = 1_000_000;

/// The bytes of a file's weights as the run reads them.
///
/// # Panics
/// If a file is read anew and found damaged, or has too many weights for a const.
#[track_caller]
pub const fn floats<const BYTES: usize>(imported: &Imported) -> [u8; BYTES] {
    if cfg!(target_endian = "big") {
        panic!("the weights of a file are not read on big-endian targets");
    }
    let mut packed = [0; BYTES];
    write(imported, &mut packed);
    packed
}

/// Writes the bytes of a file's weights as the run reads them.
#[track_caller]
pub(crate) const fn write(imported: &Imported, packed: &mut [u8]) {
    if packed.len() as u64 / 4 > MOST {
        panic!("the file has more than a million weights, more than a const may order");
    }
    let graph = &imported.deployed.graph;
    let (mut rest, mut node) = (packed, graph.input_count);
    while node < imported.deployed.len() {
        let state = graph.state(node);
        let mut entry = 0;
        while entry < state.len {
            let operator = imported.origins[node] as usize;
            let (this, after) = rest.split_at_mut(4 * state.entry(entry).shape.elements() as usize);
            if let Err(fault) = write_tensor(imported, operator, entry, this) {
                Error { fault, operator: Some(operator) }.text("the file", imported.bytes).fail();
            }
            (rest, entry) = (after, entry + 1);
        }
        node += 1;
    }
}

/// Writes the weights of an operator, or its bias.
const fn write_tensor(imported: &Imported, operator: usize, entry: usize, into: &mut [u8]) -> Result<(), Fault> {
    let model = attempt!(Model::new(imported.bytes));
    let operator = attempt!(model.operator(operator));
    let info = match entry {
        0 => attempt!(operator.weights(&model)),
        _ => attempt!(operator.input(&model, 2)),
    };
    let Some(info) = info else { return Err(Fault::Shape) };
    let data = attempt!(info.data());
    if data.len() != into.len() {
        return Err(Fault::Shape);
    }
    let extents = attempt!(info.extents());
    // The order of a matrix and of a bias is the same.
    if entry > 0 || extents.rank < 2 || operator.code == code::FULLY_CONNECTED {
        into.copy_from_slice(data);
        return Ok(());
    }
    let channels = extents.at[extents.rank - 1];
    let outer = if operator.code == code::CONV_2D { extents.at[0] } else { 1 };
    channels_first(data, outer, channels, into);
    Ok(())
}

/// Moves the channels, which come last in each of `outer` blocks, before the positions.
const fn channels_first(data: &[u8], outer: usize, channels: usize, into: &mut [u8]) {
    let (data, into) = (data.as_chunks::<4>().0, into.as_chunks_mut::<4>().0);
    let block = data.len() / outer;
    let positions = block / channels;
    let mut start = 0;
    while start < data.len() {
        let mut channel = 0;
        while channel < channels {
            let mut position = 0;
            while position < positions {
                into[start + channel * positions + position] = data[start + position * channels + channel];
                position += 1;
            }
            channel += 1;
        }
        start += block;
    }
}
