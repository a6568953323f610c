//! The arguments of `#[budget(..)]`: their tokens as a text, which the core parses, and its findings as spans.

use std::ops::Range;

use netcost_core::__macro::budget as core;
use netcost_core::{Quantity, Relation};
use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, Meta};

use crate::diagnostics::Report;
use crate::span::Place;

/// One limit of a budget.
pub struct Limit {
    /// `layer.`, if the limit applies to each layer.
    pub per_layer: bool,
    pub quantity: &'static Quantity,
    pub relation: Relation,
    pub value: Value,
    /// The limit in its usual form: `macs <= 3M`.
    pub text: String,
    /// From the quantity to the end of the value.
    pub place: Place,
    /// The percentage of the limit from which to warn.
    pub warn: Option<u8>,
}

/// The right side of a limit.
pub enum Value {
    /// `6.2M`, calculated
    Amount(u64),
    /// A constant expression.
    Expr(Box<Expr>),
}

/// The arguments of an attribute.
#[derive(Default)]
pub struct Budget {
    pub limits: Vec<Limit>,
    /// `crate = path`
    pub krate: Option<syn::Path>,
}

/// The limits of a `#[budget(..)]` on an item.
pub fn of_attribute(attribute: &Attribute, report: &mut Report) -> Vec<Limit> {
    let tokens = match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    of_arguments(tokens, attribute, report).limits
}

/// The arguments of a budget; if there are none, an error at `attribute`.
pub fn of_arguments(tokens: TokenStream, attribute: impl ToTokens, report: &mut Report) -> Budget {
    let mut budget = Budget::default();
    if tokens.is_empty() {
        report.at(attribute, "a budget has a limit: write `#[budget(macs <= 3M)]`");
        return budget;
    }
    let (tokens, krate) = split_crate(tokens);
    budget.krate = krate.and_then(|path| report.ok(syn::Path::parse_mod_style.parse2(path)));
    let source = Source::new(tokens);
    let warn = core::parse(&source.text, |limit| match limit {
        Ok(written) => budget.limits.extend(report.ok(source.limit(&written))),
        Err(error) => report.error(source.error(&error.range, &error.to_string())),
    });
    for limit in &mut budget.limits {
        limit.warn = warn;
    }
    budget
}

/// Takes `crate = path` out of the clauses: it is not part of the budget.
fn split_crate(tokens: TokenStream) -> (TokenStream, Option<TokenStream>) {
    let mut clauses: Vec<Vec<TokenTree>> = vec![Vec::new()];
    for token in tokens {
        let is_comma = matches!(&token, TokenTree::Punct(comma) if comma.as_char() == ',');
        clauses.last_mut().expect("there is always one").push(token);
        if is_comma {
            clauses.push(Vec::new());
        }
    }
    let is_crate = |clause: &Vec<TokenTree>| {
        matches!(&clause[..], [TokenTree::Ident(word), TokenTree::Punct(equals), ..]
            if word == "crate" && equals.as_char() == '=' && equals.spacing() == Spacing::Alone)
    };
    let path = clauses.iter().position(is_crate).map(|at| clauses.remove(at));
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ',');
    let path = path.map(|clause| clause.into_iter().skip(2).filter(|token| !is_comma(token)).collect());
    (clauses.into_iter().flatten().collect(), path)
}

/// Tokens, and the text they make.
struct Source {
    text: String,
    pieces: Vec<Piece>,
    /// Every token, with the delimiters of groups in place of the groups, by their places in the text.
    spans: Vec<(Range<usize>, Span)>,
}

/// A token and its place in the text.
struct Piece {
    range: Range<usize>,
    token: TokenTree,
    /// The contents of a group without delimiters, which leaves no trace in the text.
    inner: Vec<Piece>,
}

impl Source {
    fn new(tokens: TokenStream) -> Self {
        let mut source = Source { text: String::new(), pieces: Vec::new(), spans: Vec::new() };
        let mut writer = Writer::default();
        source.pieces = source.write(tokens, &mut writer);
        source
    }

    fn write(&mut self, tokens: TokenStream, writer: &mut Writer) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for token in tokens {
            let (mut start, mut inner) = (None, Vec::new());
            let mut push = |source: &mut Source, text: &str, joint: bool, span: Span| {
                let range = writer.write(&mut source.text, text, joint);
                start.get_or_insert(range.start);
                source.spans.push((range, span));
            };
            match &token {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::None => ("", ""),
                    };
                    if !open.is_empty() {
                        push(self, open, false, group.span_open());
                    }
                    let within = self.write(group.stream(), writer);
                    if open.is_empty() {
                        inner = within;
                    } else {
                        let range = writer.write(&mut self.text, close, false);
                        self.spans.push((range, group.span_close()));
                    }
                }
                TokenTree::Punct(punct) => {
                    let mut text = [0; 4];
                    let text = punct.as_char().encode_utf8(&mut text);
                    push(self, text, punct.spacing() == Spacing::Joint, punct.span());
                }
                token => push(self, &token.to_string(), false, token.span()),
            }
            let start = start.or(inner.first().map(|first| first.range.start)).unwrap_or(self.text.len());
            pieces.push(Piece { range: start..self.text.len(), token, inner });
        }
        pieces
    }

    /// The place of a part of the text.
    fn place(&self, range: &Range<usize>) -> Place {
        let first = self.spans.iter().find(|(token, _)| token.end > range.start);
        let last = self.spans.iter().rfind(|(token, _)| token.start < range.end);
        let span = |token: Option<&(Range<usize>, Span)>| token.map_or_else(Span::call_site, |(_, span)| *span);
        Place { first: span(first), last: span(last.or(first)) }
    }

    fn error(&self, range: &Range<usize>, message: &str) -> syn::Error {
        let Place { first, last } = self.place(range);
        let tokens = [first, last].map(|span| Ident::new("here", span));
        syn::Error::new_spanned(tokens.into_iter().map(TokenTree::from).collect::<TokenStream>(), message)
    }

    fn limit(&self, written: &core::Written<'_>) -> syn::Result<Limit> {
        let core::Written { quantity, per_layer, relation, ref value, ref range, .. } = *written;
        let value = match value {
            core::Value::Amount(_, value) => Value::Amount(*value),
            core::Value::Expression(_, range) => Value::Expr(Box::new(self.expression(range)?)),
        };
        let place = self.place(range);
        Ok(Limit { per_layer, quantity, relation, value, text: written.to_string(), place, warn: None })
    }

    /// The expression in a part of the text.
    fn expression(&self, range: &Range<usize>) -> syn::Result<Expr> {
        let parse = |input: ParseStream<'_>| {
            let expr = input.parse::<Expr>().map_err(|error| match input.is_empty() {
                true => self.error(range, &error.to_string()),
                false => error,
            })?;
            if !input.is_empty() {
                return Err(input.error("expected a comma after the limit"));
            }
            Ok(match expr {
                Expr::Paren(paren) => *paren.expr,
                expr => expr,
            })
        };
        parse.parse2(within(&self.pieces, range))
    }
}

/// The tokens in a part of the text.
fn within(pieces: &[Piece], range: &Range<usize>) -> TokenStream {
    let overlaps = |piece: &&Piece| piece.range.start < range.end && range.start < piece.range.end;
    let tokens = pieces.iter().filter(overlaps).map(|piece| {
        let is_whole = range.start <= piece.range.start && piece.range.end <= range.end;
        if is_whole || piece.inner.is_empty() { piece.token.to_token_stream() } else { within(&piece.inner, range) }
    });
    tokens.collect()
}

/// Writes tokens with the usual spaces.
#[derive(Default)]
struct Writer {
    /// The token before, and the one before that.
    before: [String; 2],
    joint: bool,
    /// How many `::<` are open.
    angles: usize,
}

impl Writer {
    /// Appends a token, and returns its place.
    fn write(&mut self, out: &mut String, token: &str, joint: bool) -> Range<usize> {
        let [second, first] = &self.before;
        let closes_angle = token == ">" && self.angles > 0;
        let opens_angle = token == "<" && first == ":";
        let is_word = |text: &str| text.starts_with(|first: char| first.is_alphanumeric() || first == '_');
        let ends_operand = |text: &str| is_word(text) || matches!(text, ")" | "]" | "}");
        let is_prefix = matches!(&first[..], "-" | "!" | "&" | "*") && !ends_operand(second);
        let is_close = out.is_empty()
            || self.joint
            || closes_angle
            || is_prefix
            || matches!(token, "," | ";" | "." | "?" | ")" | "]" | ":")
            || matches!(&first[..], "(" | "[" | "." | ":")
            || (first == "<" && self.angles > 0)
            || (matches!(token, "(" | "[" | "!") && ends_operand(first));
        if !is_close {
            out.push(' ');
        }
        self.angles = self.angles + usize::from(opens_angle) - usize::from(closes_angle);
        let start = out.len();
        out.push_str(token);
        self.before.rotate_left(1);
        self.before[1] = token.to_owned();
        self.joint = joint;
        start..out.len()
    }
}
