//! Keyword arguments: `(64, 3, stride = 2, name = "stem")` as the options of a layer.

use netcost_core::__macro::syntax::{Form, Syntax};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Expr, Token};

use super::attributes::outer;
use super::kind::{bare, peel};
use crate::diagnostics::{Report, alternatives, list};

/// The arguments of a call, sorted.
pub struct Arguments {
    pub positional: Vec<Expr>,
    pub named: Vec<Named>,
    /// `name = ..`
    pub name: Option<Named>,
    /// Whether one of them is in the wrong place.
    misplaced: bool,
    /// Whether one of them has an attribute: then it is unknown which of them remain.
    conditional: bool,
}

/// `stride = 2`
pub struct Named {
    pub word: Ident,
    pub value: Expr,
}

impl ToTokens for Named {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Named { word, value } = self;
        tokens.extend(quote!(#word = #value));
    }
}

/// Whether any argument is a keyword argument.
pub fn has_keywords(arguments: &Punctuated<Expr, Token![,]>) -> bool {
    arguments.iter().any(|argument| keyword(argument).is_some())
}

/// The keyword of `keyword = value`.
fn keyword(argument: &Expr) -> Option<&Ident> {
    match argument {
        Expr::Assign(assign) => match &*assign.left {
            Expr::Path(path) => path.path.get_ident(),
            _ => None,
        },
        Expr::Group(group) => keyword(&group.expr),
        _ => None,
    }
}

impl Arguments {
    /// Sorts the arguments of a call. A positional argument after one by keyword is an error.
    pub fn sort(arguments: Punctuated<Expr, Token![,]>, report: &mut Report) -> Self {
        let mut sorted =
            Arguments { positional: Vec::new(), named: Vec::new(), name: None, misplaced: false, conditional: false };
        let mut after: Option<String> = None;
        for mut argument in arguments {
            let what = if keyword(&argument).is_some() { "option" } else { "argument" };
            for attribute in outer(&mut argument) {
                sorted.conditional = true;
                report.at(
                    attribute,
                    format!("an attribute cannot go on an {what}; write the call twice, each under its own `#[cfg]`"),
                );
            }
            let Some(word) = keyword(&argument).cloned() else {
                if let Some(keyword) = &after {
                    sorted.misplaced = true;
                    report.at(
                        &argument,
                        format!("positional arguments come before those by keyword: move it before `{keyword} = ..`"),
                    );
                } else {
                    sorted.positional.push(argument);
                }
                continue;
            };
            let Expr::Assign(assign) = peel(&argument) else {
                continue;
            };
            let named = Named { word, value: bare((*assign.right).clone()) };
            after.get_or_insert(named.word.to_string());
            if named.word == "name" {
                if sorted.name.is_some() && !sorted.conditional {
                    report.at(&named, "`name` is given twice");
                }
                sorted.name = Some(named);
            } else {
                sorted.named.push(named);
            }
        }
        sorted
    }

    /// Puts the arguments in the places that a layer's syntax names. All mistakes are reported.
    pub fn place(self, method: &Ident, syntax: &Syntax, report: &mut Report) -> Placed {
        let before = report.len();
        let Arguments { misplaced, conditional, .. } = self;
        let mut places: Vec<Option<Expr>> = syntax.positional.iter().map(|_| None).collect();
        let given = self.positional.len();
        let mut extra = Vec::new();
        for (i, value) in self.positional.into_iter().enumerate() {
            match places.get_mut(i) {
                Some(place) => *place = Some(value),
                None => extra.push(value),
            }
        }
        let mut options: Vec<Named> = Vec::new();
        for named in self.named {
            let word = named.word.unraw().to_string();
            if let Some(i) = syntax.positional.iter().position(|positional| *positional == word) {
                if places[i].is_some() && !conditional {
                    report.at(&named, twice(&word, (i < given).then_some(i)));
                }
                places[i] = Some(named.value);
            } else if syntax.keywords.contains(&&*word) {
                if options.iter().any(|other| other.word.unraw() == word) && !conditional {
                    report.at(&named, twice(&word, None));
                }
                options.push(named);
            } else {
                report.at(&named.word, unknown(&word, syntax));
            }
        }
        if conditional {
            // The attribute has been reported.
        } else if !extra.is_empty() {
            report.at(quote!(#(#extra),*), too_many(&extra, syntax));
        } else if report.len() == before && !misplaced && places.iter().any(Option::is_none) {
            report.at(method, missing(&places, syntax));
        }
        Placed { positional: places.into_iter().flatten().collect(), options }
    }
}

/// Arguments in the places of a layer's syntax.
pub struct Placed {
    pub positional: Vec<Expr>,
    pub options: Vec<Named>,
}

fn twice(word: &str, position: Option<usize>) -> String {
    const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];
    match position.and_then(|position| ORDINALS.get(position)) {
        Some(ordinal) => format!("`{word}` is given twice: it is the {ordinal} argument already"),
        None => format!("`{word}` is given twice"),
    }
}

/// PyTorch's words for options that have another name here.
const SYNONYMS: [(&str, &str); 2] = [("kernel_size", "kernel"), ("dim", "axis")];

fn unknown(word: &str, syntax: &Syntax) -> String {
    let layer = syntax.name;
    if let ("in_channels" | "in_features" | "num_features", true) = (word, syntax.form == Form::Method) {
        let inputs = if word == "in_features" { "features" } else { "channels" };
        return format!("`{layer}` has no option `{word}`: input {inputs} are known");
    }
    let is_word = |here: &&str| syntax.keywords.contains(here) || syntax.positional.contains(here);
    if let Some((_, here)) = SYNONYMS.iter().find(|(there, here)| *there == word && is_word(here)) {
        return format!("`{layer}` has no option `{word}`: write `{here}`");
    }
    let words = syntax.keywords.iter().chain(syntax.positional).copied().chain(["name"]);
    format!("`{}` has no option `{word}`; {}", syntax.name, alternatives(word, words))
}

/// `conv2d(out_channels, kernel)`
fn form(syntax: &Syntax) -> String {
    format!("{}({})", syntax.name, syntax.positional.join(", "))
}

/// What `linear` takes, in words.
fn takes(syntax: &Syntax) -> String {
    let positional = match syntax.positional {
        [] => "no positional argument".to_owned(),
        _ => format!("({})", syntax.positional.join(", ")),
    };
    match syntax.keywords {
        [] => format!("`{}` takes {positional}", syntax.name),
        keywords => {
            let keywords = list(keywords.iter().copied());
            format!("`{}` takes {positional}, and by keyword {keywords}", syntax.name)
        }
    }
}

fn missing(places: &[Option<Expr>], syntax: &Syntax) -> String {
    let missing = syntax.positional.iter().zip(places).filter(|(_, place)| place.is_none());
    let missing: Vec<String> = missing.map(|(name, _)| format!("`{name}`")).collect();
    let missing = list(missing.iter().map(String::as_str));
    let receiver = if matches!(syntax.form, Form::Method) { "x." } else { "" };
    format!("`{}` needs {missing}: write {receiver}{}", syntax.name, form(syntax))
}

/// PyTorch's constructors begin with the number of inputs, and take options by position; here that number is known, and
/// options have names.
fn too_many(extra: &[Expr], syntax: &Syntax) -> String {
    let first = extra.first().map(ToTokens::to_token_stream).unwrap_or_default();
    let option = syntax.keywords.first().map(|keyword| format!("`{keyword} = {first}`"));
    let inputs = syntax.positional.first().and_then(|word| word.strip_prefix("out_"));
    match (inputs, option) {
        (Some(inputs), Some(option)) => {
            format!("input {inputs} are known: write {}; an option goes by its name, {option}", form(syntax))
        }
        (None, Some(option)) => format!("{}; write {option}", takes(syntax)),
        _ => takes(syntax),
    }
}
