//! What is wrong with a recurrent layer, in words.

use crate::base::message::Text;
use crate::base::shape::Shape;

const fn of(layer: &str) -> Text {
    Text::new().str("`").str(layer).str("`")
}

#[track_caller]
pub(super) const fn fail(layer: &str, message: &str) -> ! {
    of(layer).str(": ").str(message).fail()
}

#[track_caller]
pub(super) const fn fail_hidden(layer: &str, hidden_size: usize, most: u64) -> ! {
    of(layer).str(": hidden_size is ").number(hidden_size as u64).str("; it is at most ").number(most).fail()
}

#[track_caller]
pub(super) const fn fail_layers(layer: &str, num_layers: usize, most: usize) -> ! {
    of(layer).str(": num_layers is ").number(num_layers as u64).str("; it is at most ").number(most as u64).fail()
}

#[track_caller]
pub(super) const fn fail_projection(layer: &str, proj_size: usize, hidden_size: usize) -> ! {
    of(layer)
        .str(": proj_size is ")
        .number(proj_size as u64)
        .str(", and hidden_size is ")
        .number(hidden_size as u64)
        .str("; proj_size is below that, or 0 for no projection")
        .fail()
}

const fn of_shape(layer: &str, shape: &Shape) -> Text {
    of(layer).str(" of a tensor of shape ").shape(shape).str(": it takes ")
}

/// `sequence` is the layer that takes one.
#[track_caller]
pub(super) const fn fail_step(layer: &str, sequence: &str, shape: &Shape) -> ! {
    of_shape(layer, shape)
        .str("the features of one step, `Tensor<FEATURES>`; a sequence is for `")
        .str(sequence)
        .str("` (a declaration has no batch axis)")
        .fail()
}

#[track_caller]
pub(super) const fn fail_sequence(layer: &str, shape: &Shape) -> ! {
    of_shape(layer, shape).str("a sequence, `Tensor<STEPS, FEATURES>` (a declaration has no batch axis)").fail()
}

/// `extents` says what the expected ones are.
#[track_caller]
pub(super) const fn fail_state(layer: &str, state: &str, given: &Shape, expected: &Shape, extents: &str) -> ! {
    let text = of(layer).str(": the ").str(state).str(" of hx is of shape ").shape(given);
    text.str("; it has to be ").shape(expected).str(", ").str(extents).fail()
}
