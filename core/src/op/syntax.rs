//! How layers are written in a declaration: the table from which the macros know every layer.

/// The grammatical form of a layer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// `x.conv2d(64, 3, stride = 2)`
    Method,
    /// `concat([a, b], axis = 1)`, a function of tensors
    Function,
    /// `parameter([c, 1, 1])`, a tensor without inputs
    Source,
    /// `x.clamp(0.0, 6.0)`, a method without options, which the macros leave as it is written
    Plain,
}

/// One way to write a layer.
#[derive(Clone, Copy, Debug)]
pub struct Syntax {
    /// The method or function: `conv2d`.
    pub name: &'static str,
    /// The type in [`layers`](crate::layers) that holds its options: `Conv2d`; empty if it has none.
    pub options: &'static str,
    /// Method, function, source, or method without options.
    pub form: Form,
    /// Positional arguments, all of them required.
    pub positional: &'static [&'static str],
    /// Arguments by keyword, all of them optional.
    pub keywords: &'static [&'static str],
    /// Whether it returns a tuple of tensors, and so takes its name as an option.
    pub several: bool,
}

impl Syntax {
    /// `x.name(positional.., keyword = ..)`
    pub const fn method(
        name: &'static str,
        options: &'static str,
        positional: &'static [&'static str],
        keywords: &'static [&'static str],
    ) -> Self {
        Syntax { name, options, form: Form::Method, positional, keywords, several: false }
    }

    /// The same layer, returning a tuple of tensors.
    pub const fn several(mut self) -> Self {
        self.several = true;
        self
    }

    /// `x.name(positional..)`
    pub const fn plain(name: &'static str, positional: &'static [&'static str]) -> Self {
        Syntax { name, options: "", form: Form::Plain, positional, keywords: &[], several: false }
    }

    /// The same layer in another form.
    pub const fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }
}
