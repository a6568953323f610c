//! Why a file does not become a network, with the operator at fault.

use crate::base::message::Text;
use crate::tflite::fault::Fault;
use crate::tflite::model::Model;
use crate::tflite::operator;

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
        let text = Text::new().str("`").str(file).str("`");
        let Some(index) = self.operator else { return self.fault.text(text) };
        let text = text.str(": operator ").digits(index as u64, 1);
        let Ok(model) = Model::new(bytes) else { return self.fault.text(text) };
        let Ok(found) = model.operator(index) else { return self.fault.text(text) };
        let mut text = text.str(" (").str(operator::name(found.code));
        if let Ok(custom) = found.custom()
            && !custom.is_empty()
        {
            text = text.str(" `").str(custom).str("`");
        }
        if let Ok(output) = found.output(&model, 0)
            && !output.name().is_empty()
        {
            text = text.str(", which makes `").str(output.name()).str("`");
        }
        self.fault.text(text.str(")"))
    }
}
