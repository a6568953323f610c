//! What can be wrong with a tensor of a file.

use crate::base::message::Text;
use crate::tflite::element::Type;

/// What is wrong with a tensor.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wrong {
    /// No operator before those that read it makes it.
    Unmade,
    /// It is an input of another type than the network's.
    Unconverted(Type),
    /// Its numbers are not in the file, but say what an operator does.
    Computed,
    /// Its number of axes.
    Rank(usize),
    /// Its number of axes, where it should be an image.
    Image(usize),
    Extent(i32),
    Size,
    Batch(usize),
    /// It has another shape than its operator gives it.
    Shape,
    /// Its type, and what it must be.
    Element(Type, &'static str),
    /// Its type, which nothing is computed in.
    Stored(Type),
    NotQuantized,
    /// A scale that is not a positive number.
    Scale(f32),
    /// Its number of scales, and how many channels it has.
    Scales(usize, usize),
    /// The axis that its scales are along, and that of its channels.
    Along(i32, i32),
    ZeroPoint(i64),
    /// A zero point of weights that have none.
    WeightPoint(i64),
    /// Its bytes in the file, and how many there should be.
    Data(usize, u64),
    /// It has no buffer, not even an empty one.
    Buffer,
}

impl Wrong {
    /// Appends what is wrong to a text that ends with the tensor.
    pub const fn text(&self, text: Text) -> Text {
        match *self {
            Wrong::Unmade => text.str(" is made by no operator before it is read"),
            Wrong::Unconverted(element) => {
                text.str(" is an input of ").str(element.name()).str(", which has to be converted by a QUANTIZE first")
            }
            Wrong::Computed => text.str(" has to be a constant: its numbers must be in the file"),
            Wrong::Rank(rank) => text.str(" has ").number(rank as u64).str(" axes; at most 6 are read"),
            Wrong::Image(rank) => text.str(" has ").number(rank as u64).str(" axes, where an image has 4"),
            Wrong::Extent(extent) => text
                .str(" has an extent of ")
                .signed(extent as i64)
                .str(": shapes must be known; convert the model with a fixed batch size of 1"),
            Wrong::Size => text.str(" has more than 268,435,456 elements"),
            Wrong::Batch(batch) => text
                .str(" has a batch of ")
                .number(batch as u64)
                .str(": a network runs on one input; convert the model with a batch size of 1"),
            Wrong::Shape => text.str(" has another shape than follows from the operands and options"),
            Wrong::Element(found, expected) => {
                text.str(" is of ").str(found.name()).str("; it must be of ").str(expected)
            }
            Wrong::Stored(found) => text
                .str(" is stored as ")
                .str(found.name())
                .str(": convert the model in FLOAT32, or quantize it in full to INT8"),
            Wrong::NotQuantized => text.str(" is of INT8, but has no scale"),
            Wrong::Scale(scale) => {
                let text = text.str(" has a scale that is ");
                let text = if scale == 0.0 {
                    text.str("zero")
                } else if scale < 0.0 {
                    text.str("negative")
                } else if scale > f32::MAX {
                    text.str("infinite")
                } else {
                    text.str("not a number")
                };
                text.str("; it is a positive number")
            }
            Wrong::Scales(scales, 1) => text.str(" has ").number(scales as u64).str(" scales, where it has one"),
            Wrong::Scales(scales, channels) => text
                .str(" has ")
                .number(scales as u64)
                .str(" scales; it has one, or one for each of its ")
                .number(channels as u64)
                .str(" channels"),
            Wrong::Along(axis, channels) => text
                .str(" has its scales along axis ")
                .signed(axis as i64)
                .str("; its channels are along axis ")
                .signed(channels as i64),
            Wrong::ZeroPoint(point) => {
                text.str(" has a zero point of ").signed(point).str("; it lies between -128 and 127")
            }
            Wrong::WeightPoint(point) => {
                text.str(" has a zero point of ").signed(point).str("; that of such weights is 0")
            }
            Wrong::Data(found, expected) => text
                .str(" has ")
                .number(found as u64)
                .str(" bytes in the file; by its shape and type it takes ")
                .number(expected),
            Wrong::Buffer => text.str(" has a buffer that the file does not contain"),
        }
    }
}
