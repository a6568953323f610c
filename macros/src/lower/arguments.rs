//! Keyword arguments: `(64, 3, stride = 2, name = "stem")` as the options of a layer.

use netcost_core::__macro::syntax::Syntax;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Expr, Token};

use super::advice;
use super::attributes::outer;
use super::kind::{bare, peel};
use crate::diagnostics::Report;

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

/// Whether any argument is an option of a layer: a block has a name at most.
pub fn has_options(arguments: &Punctuated<Expr, Token![,]>) -> bool {
    arguments.iter().filter_map(keyword).any(|word| word != "name")
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
        let given = self.positional.len();
        if given > syntax.positional.len() && !conditional {
            let extra = &self.positional[syntax.positional.len()..];
            report.at(quote!(#(#extra),*), advice::too_many(&self.positional, syntax));
        }
        let mut places: Vec<Option<Expr>> = self.positional.into_iter().map(Some).collect();
        places.resize_with(syntax.positional.len(), || None);
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
                report.at(&named.word, advice::unknown_option(&word, syntax));
            }
        }
        if conditional {
            // The attribute has been reported.
        } else if report.len() == before && !misplaced && places.iter().any(Option::is_none) {
            report.at(method, advice::missing(&places, syntax));
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
