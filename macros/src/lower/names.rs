//! Names of layers and blocks: `name = "layer{i + 1}.conv{k}"`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Expr, Lit, LitStr};

use super::Lower;
use super::arguments::Named;
use super::kind::{bare, peel};
use crate::span::hidden;

/// The most bytes of a layer's name, as the core spells it.
const LONGEST: usize = 128;

impl Lower<'_> {
    /// The `Name` for a `name = ..`, shown at its value.
    pub(super) fn name(&mut self, name: &Named) -> TokenStream {
        let span = hidden(name.word.span());
        let internal = self.krate.internal(span);
        let (pieces, numbers) = match peel(&name.value) {
            Expr::Lit(lit) if matches!(lit.lit, Lit::Str(_)) => match &lit.lit {
                Lit::Str(text) => self.spelling(text),
                _ => Default::default(),
            },
            Expr::Path(path) => (vec![quote!(#path)], Vec::new()),
            value => {
                self.report.at(value, "a name is a string, such as \"layer{i}.conv\", or a constant");
                Default::default()
            }
        };
        quote_spanned!(span=> #internal::Name::new(&[#(#pieces),*], &[#(#numbers),*]))
    }

    /// The pieces of text, and the numbers between them.
    fn spelling(&mut self, text: &LitStr) -> (Vec<TokenStream>, Vec<TokenStream>) {
        let span = hidden(text.span());
        let (mut pieces, mut numbers) = (Vec::new(), Vec::new());
        let parts = match split(&text.value()) {
            Ok(parts) => parts,
            Err(message) => {
                self.report.at(text, message);
                return (pieces, numbers);
            }
        };
        let len: usize = parts.iter().map(|part| if let Part::Text(text) = part { text.len() } else { 1 }).sum();
        if len > LONGEST {
            self.report.at(text, format!("a layer's name has {LONGEST} bytes at most, those of its blocks included"));
        }
        for part in parts {
            match part {
                Part::Text(piece) => pieces.push(quote_spanned!(span=> #piece)),
                Part::Number(source) => match LitStr::new(&source, text.span()).parse::<Expr>() {
                    Ok(mut number) => {
                        self.expr(&mut number);
                        let number = bare(number);
                        numbers.push(quote_spanned!(span=> (#number) as usize));
                    }
                    Err(_) => self.report.at(text, not_a_number(&source)),
                },
            }
        }
        (pieces, numbers)
    }
}

fn not_a_number(source: &str) -> String {
    match source.split_once(':') {
        Some((number, _)) => format!("a name has no format: write `{{{number}}}`"),
        None => format!("`{source}` is not an expression"),
    }
}

/// A part of a name. There is a text before and after every number.
enum Part {
    Text(String),
    Number(String),
}

/// Splits `"a{i}b"` as `format!` does, `{{` and `}}` being braces.
fn split(text: &str) -> Result<Vec<Part>, &'static str> {
    let mut parts = Vec::new();
    let mut piece = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' | '}' if chars.peek() == Some(&c) => {
                chars.next();
                piece.push(c);
            }
            '{' => {
                parts.push(Part::Text(std::mem::take(&mut piece)));
                parts.push(Part::Number(number(&mut chars)?));
            }
            '}' => return Err("a `}` without `{`; a brace in a name is written `}}`"),
            c => piece.push(c),
        }
    }
    parts.push(Part::Text(piece));
    Ok(parts)
}

/// The expression up to the brace that closes it.
fn number(chars: &mut impl Iterator<Item = char>) -> Result<String, &'static str> {
    let mut source = String::new();
    let mut depth = 0;
    for c in chars {
        match c {
            '}' if depth == 0 && source.trim().is_empty() => return Err("`{}` names no number: write `{i}`"),
            '}' if depth == 0 => return Ok(source),
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        source.push(c);
    }
    Err("a `{` without `}`; a brace in a name is written `{{`")
}
