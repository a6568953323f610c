//! The errors of one declaration, collected so that all of them are shown at once.

use std::fmt::Display;

pub use netcost_core::__macro::suggest::closest;
use netcost_core::__macro::suggest::{Alternatives, List};
use proc_macro2::TokenStream;
use quote::ToTokens;

/// Collects errors.
#[derive(Default)]
pub struct Report {
    errors: Vec<syn::Error>,
}

impl Report {
    /// An error at the given tokens.
    pub fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.errors.push(syn::Error::new_spanned(tokens, message));
    }

    /// An error from a parser.
    pub fn error(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// Takes the error out of a result.
    pub fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.errors.push(error)).ok()
    }

    /// Whether there are no errors so far.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// How many errors there are so far.
    pub fn len(&self) -> usize {
        self.errors.len()
    }

    /// All errors, as the items that make the compiler print them.
    pub fn into_errors(self) -> TokenStream {
        self.errors.iter().map(syn::Error::to_compile_error).collect()
    }
}

/// What to write instead of an unknown word: "did you mean `stride`? There are stride, padding and bias".
pub fn alternatives<'a>(found: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    Alternatives { found, known }.to_string()
}

/// "a, b and c"
pub fn list<'a>(words: impl Iterator<Item = &'a str> + Clone) -> String {
    List(words).to_string()
}

/// Tokens as one would write them.
pub fn spell(tokens: &impl ToTokens) -> String {
    const SPACED: [(&str, &str); 11] = [
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" :: ", "::"),
        ("& ", "&"),
        (" . ", "."),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" ]", "]"),
    ];
    let text = tokens.to_token_stream().to_string();
    SPACED.iter().fold(text, |text, (spaced, close)| text.replace(spaced, close))
}
