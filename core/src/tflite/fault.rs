//! What can be wrong with a file.

use crate::base::message::Text;
use crate::tflite::element::Type;
use crate::tflite::operator;

/// What is wrong with a file, or with one of its operators.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// It is not a TensorFlow Lite model.
    Foreign,
    /// It refers to what is not in it.
    Cut,
    NoGraph,
    /// It has more tensors than a network can have: so many, and the most.
    Tensors(usize, usize),
    /// It has this many of what a network has at most 16 of.
    Ports(&'static str, usize),
    /// It does not do anything.
    Empty,
    Unknown,
    /// An operand that is not given.
    Operand(usize),
    /// An operand that says what it does, but is not in the file.
    Computed(usize),
    /// An axis, and how many there are.
    Axis(i64, usize),
    /// A tensor that no operator before it makes.
    Unmade,
    Rank,
    Extent(i32),
    Size,
    Batch(usize),
    /// A result whose shape is not what follows from the operator.
    Shape,
    /// What it has, and what is possible.
    Option(&'static str, i64, &'static str),
    /// An activation fused into the operator.
    Activation(i8),
    /// The type of a tensor, and what it must be.
    Element(Type, &'static str),
    Hybrid,
    /// A tensor whose scale is not a positive number, or whose zero point is not an i8.
    Scale(f32),
    ZeroPoint(i64),
    NotQuantised,
    Words(&'static str),
}

impl Fault {
    /// Appends what is wrong to a text that ends with who has it.
    pub const fn text(&self, text: Text) -> Text {
        match *self {
            Fault::Foreign => {
                text.str(" is not a TensorFlow Lite model: its fifth to eighth byte are not `TFL3`")
            }
            Fault::Cut => text.str(" is cut short or damaged: it refers to what it does not contain"),
            Fault::NoGraph => text.str(" has no graph"),
            Fault::Tensors(count, most) => {
                text.str(" has ").number(count as u64).str(" tensors; at most ").number(most as u64).str(" are read")
            }
            Fault::Ports(what, count) => {
                text.str(" has ").number(count as u64).str(" ").str(what).str("; a network has one to 16")
            }
            Fault::Empty => text.str(" has no operators"),
            Fault::Unknown => {
                let mut text = text.str(" is not known; these are: ");
                let mut known = 0;
                while known < operator::KNOWN.len() {
                    text = text.str(if known > 0 { ", " } else { "" }).str(operator::KNOWN[known]);
                    known += 1;
                }
                text
            }
            Fault::Operand(index) => text.str(" lacks its operand ").number(index as u64),
            Fault::Computed(index) => text
                .str(" has an operand ")
                .number(index as u64)
                .str(" that is not a constant of the file: what it does must be known"),
            Fault::Axis(axis, rank) => text
                .str(" goes along axis ")
                .signed(axis)
                .str(" of a tensor that has ")
                .number(rank as u64),
            Fault::Unmade => text.str(" reads a tensor that no operator before it makes, or an input of another type, which has to be converted first"),
            Fault::Rank => text.str(" has a tensor of more than 6 axes"),
            Fault::Extent(extent) => text
                .str(" has a tensor with an extent of ")
                .signed(extent as i64)
                .str(": shapes must be known; convert the model with a fixed batch size of 1"),
            Fault::Size => text.str(" has a tensor of more than 268,435,456 elements"),
            Fault::Batch(batch) => text
                .str(" has a batch of ")
                .number(batch as u64)
                .str(": a network runs on one input; convert the model with a batch size of 1"),
            Fault::Shape => text.str(" has operands, options and a result whose shapes do not belong together"),
            Fault::Option(what, value, possible) => {
                text.str(" has ").str(what).str(" ").signed(value).str("; possible: ").str(possible)
            }
            Fault::Activation(code) => {
                let text = text.str(" has the fused activation ");
                let text = match code {
                    4 => text.str("TANH"),
                    5 => text.str("SIGN_BIT"),
                    other => text.signed(other as i64),
                };
                text.str("; possible are RELU, RELU_N1_TO_1 and RELU6")
            }
            Fault::Element(found, expected) => {
                text.str(" has a tensor of ").str(found.name()).str(" where it must be ").str(expected)
            }
            Fault::Hybrid => text.str(
                " has weights of INT8 and activations of FLOAT32: such a hybrid model is not run; quantise it in full, with \
                 a representative dataset",
            ),
            Fault::Scale(scale) => {
                let text = text.str(" has a tensor whose scale is ");
                let text = if scale == 0.0 {
                    text.str("zero")
                } else if scale < 0.0 {
                    text.str("negative")
                } else {
                    text.str("not a number")
                };
                text.str(": it is a positive, finite number")
            }
            Fault::ZeroPoint(point) => {
                text.str(" has a tensor whose zero point is ").signed(point).str("; it lies between -128 and 127")
            }
            Fault::NotQuantised => text.str(" has a tensor of INT8 without a scale"),
            Fault::Words(words) => text.str(" ").str(words),
        }
    }
}
