//! The grammar of budgets: `macs <= 3M, ram < 64 KiB, layer.params <= LIMIT, warn = 90%`.

use netcost_core::__macro::quantities::all;
use netcost_core::{Quantity, Relation, Unit};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Lit, Meta, Token};

use crate::amount::{self, Amount};
use crate::place::Place;
use crate::report::{Report, alternatives, list};

/// One limit of a budget.
pub struct Limit {
    /// `layer.`, if the limit is for each layer.
    pub per_layer: bool,
    pub quantity: &'static Quantity,
    pub relation: Relation,
    pub value: Value,
    /// The limit as one would write it: `macs <= 3M`.
    pub text: String,
    /// From the quantity to the end of the value.
    pub place: Place,
    /// Percent of the limit from which to warn.
    pub warn: Option<u8>,
}

/// The right side of a limit.
pub enum Value {
    /// `6.2M`, calculated
    Amount(u64),
    /// A constant expression.
    Expr(Box<Expr>),
}

/// What an attribute's arguments say.
#[derive(Default)]
pub struct Budget {
    pub limits: Vec<Limit>,
    /// `crate = path`
    pub krate: Option<syn::Path>,
}

/// The limits of a `#[budget(..)]` that stands on an item.
pub fn of_attribute(attribute: &Attribute, report: &mut Report) -> Vec<Limit> {
    let tokens = match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    of_arguments(tokens, attribute, report).limits
}

/// The arguments of a budget. `attribute` is where to say that there are none.
pub fn of_arguments(tokens: TokenStream, attribute: impl ToTokens, report: &mut Report) -> Budget {
    let mut budget = Budget::default();
    if tokens.is_empty() {
        report.at(attribute, "a budget has a limit: write `#[budget(macs <= 3M)]`");
        return budget;
    }
    let parsed = (|input: ParseStream<'_>| clauses(input, report)).parse2(tokens);
    match parsed {
        Ok(read) => budget = read,
        Err(error) => report.error(error),
    }
    budget
}

/// `warn = 90%`
struct Warn {
    tokens: TokenStream,
    percent: u8,
}

fn clauses(input: ParseStream<'_>, report: &mut Report) -> syn::Result<Budget> {
    let mut budget = Budget::default();
    let mut warn: Option<Warn> = None;
    let before = report.len();
    while !input.is_empty() {
        if let Err(error) = clause(input, &mut budget, &mut warn) {
            report.error(error);
            skip_clause(input)?;
        }
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    if let (Some(warn), true) = (&warn, budget.limits.is_empty() && report.len() == before) {
        let Warn { tokens, percent } = warn;
        let message = format!("`warn` needs a limit to be near to: write `macs <= 3M, warn = {percent}%`");
        report.at(tokens, message);
    }
    for limit in &mut budget.limits {
        limit.warn = warn.as_ref().map(|warn| warn.percent);
    }
    Ok(budget)
}

/// Goes on behind a clause that has an error.
fn skip_clause(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

fn clause(input: ParseStream<'_>, budget: &mut Budget, warn: &mut Option<Warn>) -> syn::Result<()> {
    let word = input.call(Ident::parse_any)?;
    if word == "warn" {
        let read = percent(input, &word)?;
        if warn.is_some() {
            return Err(syn::Error::new_spanned(read.tokens, "`warn` is given twice: it is for all limits beside it"));
        }
        *warn = Some(read);
    } else if word == "crate" {
        input.parse::<Token![=]>()?;
        budget.krate = Some(input.call(syn::Path::parse_mod_style)?);
    } else {
        budget.limits.push(limit(input, word)?);
    }
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(());
    }
    Err(input.error("expected a comma behind the limit"))
}

/// `warn = 90%`
fn percent(input: ParseStream<'_>, word: &Ident) -> syn::Result<Warn> {
    let form = "a warning comes near the limit: write `warn = 90%`";
    let parse = || {
        let equals = input.parse::<Token![=]>()?;
        let number = input.parse::<Lit>()?;
        let sign = input.parse::<Token![%]>()?;
        Ok((number.clone(), quote!(#word #equals #number #sign)))
    };
    let (number, tokens) = parse().map_err(|error: syn::Error| {
        let span = if input.is_empty() { word.span() } else { error.span() };
        syn::Error::new(span, form)
    })?;
    let whole = match &number {
        Lit::Int(whole) if whole.suffix().is_empty() => whole.base10_parse(),
        Lit::Int(_) | Lit::Float(_) => {
            return Err(syn::Error::new(number.span(), "`warn` is a whole number of percent, from 1 to 100"));
        }
        _ => return Err(syn::Error::new(number.span(), form)),
    };
    match whole {
        Ok(percent @ 1..=100) => Ok(Warn { tokens, percent }),
        _ => Err(syn::Error::new(number.span(), "`warn` is a percentage of the limit, from 1% to 100%")),
    }
}

/// `[layer.]quantity <= value`
fn limit(input: ParseStream<'_>, first: Ident) -> syn::Result<Limit> {
    let (words, per_layer, quantity) = quantity(input, first)?;
    let (relation, operator) = relation(input, &words)?;
    if input.is_empty() || input.peek(Token![,]) {
        let example = match quantity.unit {
            Unit::Count => "3M",
            Unit::Bytes => "64 KiB",
        };
        let words = compact(&words);
        return Err(syn::Error::new(
            operator.span(),
            format!("a value is missing: write `{words} {operator} {example}`"),
        ));
    }
    let (value, written) = value(input, quantity)?;
    let text = format!("{} {} {}", compact(&words), operator, written.text);
    let place = Place { first: Place::of(&words).first, last: Place::of(&written.tokens).last };
    Ok(Limit { per_layer, quantity, relation, value, text, place, warn: None })
}

/// `macs`, `layer.macs`, `fvcore.flops`
fn quantity(input: ParseStream<'_>, first: Ident) -> syn::Result<(TokenStream, bool, &'static Quantity)> {
    let mut tokens = first.to_token_stream();
    while input.peek(Token![.]) {
        input.parse::<Token![.]>()?.to_tokens(&mut tokens);
        input.call(Ident::parse_any)?.to_tokens(&mut tokens);
    }
    let written = compact(&tokens);
    let (per_layer, word) = match written.strip_prefix("layer.") {
        Some(word) => (true, word),
        None => (false, &written[..]),
    };
    match all().find(|known| known.word == word) {
        Some(known) if per_layer && !known.per_layer => {
            let words = list(words_beside(word, true));
            Err(syn::Error::new_spanned(
                tokens,
                format!("`{word}` is a number of the whole network; a layer has {words}"),
            ))
        }
        Some(known) => Ok((tokens, per_layer, known)),
        None => {
            let message = format!("unknown quantity `{written}`; {}", known_instead(word, per_layer));
            Err(syn::Error::new_spanned(tokens, message))
        }
    }
}

/// The words of quantities, all or those of a layer.
fn words(per_layer: bool, filter: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let known = all().filter(|known| known.per_layer || !per_layer);
    known.map(|known| known.word).filter(|word| filter(word)).collect()
}

/// The words of the same tool, or netcost's own for a word without one: `fvcore.flops`, `macs`.
fn words_beside(word: &str, per_layer: bool) -> Vec<&'static str> {
    let tool = |word: &str| word.split_once('.').map(|(tool, _)| tool.to_owned());
    words(per_layer, |known| tool(known) == tool(word))
}

/// What there is instead of an unknown quantity: the tool's, if it is a known tool's.
fn known_instead(word: &str, per_layer: bool) -> String {
    let Some((tool, _)) = word.split_once('.') else {
        return alternatives(word, words_beside(word, per_layer)) + ", and those of other tools, as `fvcore.flops`";
    };
    let of_tool = words_beside(word, per_layer);
    if !of_tool.is_empty() {
        return alternatives(word, of_tool);
    }
    let mut tools: Vec<&str> = if per_layer { Vec::new() } else { vec!["layer"] };
    tools.extend(all().filter_map(|known| Some(known.word.split_once('.')?.0)));
    tools.dedup();
    format!("`{tool}` is not a tool: {}", alternatives(tool, tools))
}

fn compact(tokens: &TokenStream) -> String {
    tokens.to_string().replace(' ', "")
}

struct Operator {
    text: &'static str,
    tokens: TokenStream,
}

impl Operator {
    fn span(&self) -> proc_macro2::Span {
        self.tokens.span()
    }
}

impl std::fmt::Display for Operator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text)
    }
}

fn relation(input: ParseStream<'_>, words: &TokenStream) -> syn::Result<(Relation, Operator)> {
    macro_rules! one_of {
        ($($operator:tt $relation:ident)*) => {
            $(if input.peek(Token![$operator]) {
                let tokens = input.parse::<Token![$operator]>()?.to_token_stream();
                return Ok((Relation::$relation, Operator { text: stringify!($operator), tokens }));
            })*
        };
    }
    one_of!(<= AtMost == Exactly);
    if !input.peek(Token![<<]) {
        one_of!(< Below);
    }
    let message = format!("a limit is written `{0} <= ..`, `{0} < ..`, or `{0} == ..` to pin it", compact(words));
    match input.fork().parse::<proc_macro2::TokenTree>() {
        Ok(token) if !input.peek(Token![,]) => Err(syn::Error::new(token.span(), message)),
        _ => Err(syn::Error::new_spanned(words, message)),
    }
}

/// A value as it was written.
struct Written {
    tokens: TokenStream,
    text: String,
}

fn value(input: ParseStream<'_>, quantity: &Quantity) -> syn::Result<(Value, Written)> {
    if input.peek(Token![-]) {
        let negative: Expr = input.parse()?;
        return Err(syn::Error::new_spanned(negative, "a limit is not negative"));
    }
    if let Some(number) = literal(input)? {
        let amount = Amount::read(&number, quantity)?;
        return Ok((Value::Amount(amount.value), Written { tokens: number.to_token_stream(), text: amount.text }));
    }
    let expr: Expr = input.parse()?;
    let written = Written { tokens: expr.to_token_stream(), text: amount::spell(&expr) };
    let expr = match expr {
        Expr::Paren(paren) => paren.expr,
        expr => Box::new(expr),
    };
    Ok((Value::Expr(expr), written))
}

/// A number with its unit, unless it is the beginning of an expression.
fn literal(input: ParseStream<'_>) -> syn::Result<Option<amount::Number>> {
    let ahead = input.fork();
    let Ok(lit @ (Lit::Int(_) | Lit::Float(_))) = ahead.parse::<Lit>() else {
        return Ok(None);
    };
    let unit = ahead.parse::<Ident>().ok();
    if !ahead.is_empty() && !ahead.peek(Token![,]) {
        return Ok(None);
    }
    input.parse::<Lit>()?;
    if unit.is_some() {
        input.parse::<Ident>()?;
    }
    Ok(Some(amount::Number { lit, unit }))
}
