//! The errors of one declaration, collected so that all of them are shown at once.

use std::fmt::Display;

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

    /// An error that a parser made.
    pub fn error(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// Takes the error out of a result.
    pub fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.errors.push(error)).ok()
    }

    /// Whether nothing was wrong so far.
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
pub fn alternatives<'a>(found: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    let all = list(known.clone());
    match closest(found, known) {
        Some(word) => format!("did you mean `{word}`? There are {all}"),
        None => format!("there are {all}"),
    }
}

/// "a, b and c"
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match &words[..] {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The known word with the fewest edits from the one found, if they are few for its length.
pub fn closest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let len = found.chars().count();
    let most = (len / 3).clamp(1, 3).min(len.saturating_sub(1));
    known
        .into_iter()
        .map(|word| (distance(&found.to_lowercase(), &word.to_lowercase()), word))
        .filter(|&(edits, _)| edits <= most)
        .min_by_key(|&(edits, _)| edits)
        .map(|(_, word)| word)
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
