//! What can be wrong with a file.

use crate::base::message::Text;
use crate::tflite::foreign;
use crate::tflite::operator;
use crate::tflite::wrong::Wrong;

/// What is wrong with a file, or with one of its operators.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// It is not a TensorFlow Lite model, but perhaps one of another known format.
    Foreign(Option<&'static foreign::Format>),
    /// It refers to what is not in it.
    Cut,
    NoGraph,
    /// It has more of these than a network can have: so many, and the most.
    Many(&'static str, usize, usize),
    /// It has this many of what a network has at most 16 of.
    Ports(&'static str, usize),
    /// It does not do anything.
    Empty,
    /// Its results are its inputs.
    Idle,
    Unknown,
    /// An operand that is not given.
    Operand(usize),
    /// A tensor that the file does not have.
    NoTensor(i32),
    /// An axis, and how many there are.
    Axis(i64, usize),
    /// Operands, options and results that do not belong together.
    Shape,
    /// What it has, and what is possible.
    Option(&'static str, i64, &'static str),
    /// An activation fused into the operator.
    Activation(i8),
    Hybrid,
    /// What is wrong with the tensor of an index.
    Tensor(usize, Wrong),
    Words(&'static str),
}

impl Fault {
    /// Appends what is wrong to a text that ends with who has it.
    pub const fn text(&self, text: Text) -> Text {
        match *self {
            Fault::Foreign(None) => {
                text.str(" is not a TensorFlow Lite model: its fifth to eighth byte are not `TFL3`")
            }
            Fault::Foreign(Some(format)) => {
                text.str(" is not a TensorFlow Lite model: it ").str(format.is).str(format.remedy)
            }
            Fault::Cut => text.str(" is cut short or damaged: it refers to what it does not contain"),
            Fault::NoGraph => text.str(" has no graph"),
            Fault::Many(what, count, most) => {
                let text = text.str(" has ").number(count as u64).str(" ").str(what);
                text.str("; at most ").number(most as u64).str(" are read")
            }
            Fault::Ports(what, count) => {
                text.str(" has ").number(count as u64).str(" ").str(what).str("; a network has one to 16")
            }
            Fault::Empty => text.str(" has no operators"),
            Fault::Idle => text.str(" has no layers that anybody reads: it gives its inputs as they are"),
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
            Fault::NoTensor(index) => {
                text.str(" refers to tensor ").signed(index as i64).str(", which the file does not have")
            }
            Fault::Axis(axis, rank) => {
                text.str(" goes along axis ").signed(axis).str(" of a tensor that has ").number(rank as u64)
            }
            Fault::Shape => text.str(" has operands, options and a result whose shapes do not fit together"),
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
            Fault::Hybrid => text.str(
                " has weights of INT8 and activations of FLOAT32: such a hybrid model is not read; quantize it in full, \
                 with a representative dataset",
            ),
            Fault::Tensor(_, wrong) => wrong.text(text),
            Fault::Words(words) => text.str(" ").str(words),
        }
    }
}
