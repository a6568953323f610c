//! Why a file does not become a network, with the operator at fault.

use crate::base::message::Text;
use crate::tflite::fault::Fault;
use crate::tflite::model::Model;
use crate::tflite::operator::name;

/// A fault, and the operator that has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Error {
    pub fault: Fault,
    pub operator: Option<usize>,
}

impl Error {
    /// A fault of the file as a whole.
    pub const fn of_file(fault: Fault) -> Self {
        Error { fault, operator: None }
    }

    /// What is wrong, in words, with the name of the file.
    pub const fn text(&self, file: &str, bytes: &[u8]) -> Text {
        let mut text = Text::new().str("`").str(file).str("`");
        if let Ok(model) = Model::new(bytes) {
            if let Some(index) = self.operator {
                text = operator(text.str(": "), &model, index);
            }
            if let Fault::Tensor(index, _) = self.fault {
                text = tensor(text.str(": "), &model, index);
            }
        }
        self.fault.text(text)
    }
}

/// Appends an operator: `operator 3 (CONV_2D, which makes `features`)`.
pub(crate) const fn operator(text: Text, model: &Model<'_>, index: usize) -> Text {
    let text = text.str("operator ").digits(index as u64, 1);
    let Ok(found) = model.operator(index) else { return text };
    let mut text = text.str(" (").str(name(found.code));
    if let Ok(custom) = found.custom()
        && !custom.is_empty()
    {
        text = text.str(" `").str(custom).str("`");
    }
    if let Ok(output) = found.output(model, 0)
        && !output.name().is_empty()
    {
        text = text.str(", which makes `").str(output.name()).str("`");
    }
    text.str(")")
}

/// Appends a tensor by its name, or by its index if it has none.
const fn tensor(text: Text, model: &Model<'_>, index: usize) -> Text {
    match model.tensor(index) {
        Ok(info) if !info.name().is_empty() => text.str("tensor `").str(info.name()).str("`"),
        _ => text.str("tensor ").digits(index as u64, 1),
    }
}
