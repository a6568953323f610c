//! The names in scope, and what is known of them.

use std::collections::HashMap;

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Member, Pat};

use super::kind::{Kind, is_camel_case, is_constant};

/// How a pattern meets its value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Matching {
    /// Whatever the value is, as in `let` and in parameters.
    Always,
    /// If the value is so, as in `match` and `if let`.
    Perhaps,
}

impl Matching {
    /// Whether a name in a pattern is bound. A constant or a unit variant is compared with.
    fn binds(self, name: &str) -> bool {
        self == Matching::Always || !is_camel_case(name) && !is_constant(name)
    }
}

/// Lexical scopes, the innermost last.
#[derive(Default)]
pub struct Scopes {
    scopes: Vec<HashMap<String, Kind>>,
}

impl Scopes {
    pub fn enter(&mut self) {
        self.scopes.push(HashMap::new());
    }

    pub fn leave(&mut self) {
        self.scopes.pop();
    }

    /// The kind of a variable, if there is one of this name.
    pub fn find(&self, name: &Ident) -> Option<&Kind> {
        let name = name.unraw().to_string();
        self.scopes.iter().rev().find_map(|scope| scope.get(&name))
    }

    /// Notes what a list holds that was empty when it was bound.
    pub fn fill(&mut self, list: &Ident, element: Kind) {
        let name = list.unraw().to_string();
        let kind = self.scopes.iter_mut().rev().find_map(|scope| scope.get_mut(&name));
        if let Some(kind) = kind.filter(|kind| **kind == Kind::list(Kind::Unknown)) {
            *kind = Kind::list(element);
        }
    }

    /// Brings a name into the innermost scope.
    pub fn insert(&mut self, name: &Ident, kind: Kind) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.unraw().to_string(), kind);
        }
    }

    /// Brings the names of a pattern into the innermost scope.
    pub fn bind(&mut self, pat: &Pat, kind: &Kind, matching: Matching) {
        match pat {
            Pat::Ident(pat) => {
                // What may be assigned to may later hold a tensor.
                let kind = if pat.mutability.is_some() && *kind == Kind::Plain { &Kind::Unknown } else { kind };
                if matching.binds(&pat.ident.unraw().to_string()) {
                    self.insert(&pat.ident, kind.clone());
                }
                if let Some((_, sub)) = &pat.subpat {
                    self.bind(sub, kind, matching);
                }
            }
            Pat::Paren(pat) => self.bind(&pat.pat, kind, matching),
            Pat::Reference(pat) => self.bind(&pat.pat, kind, matching),
            Pat::Type(pat) => self.bind(&pat.pat, &annotated(Kind::of_type(&pat.ty), kind), matching),
            Pat::Or(pat) => pat.cases.iter().for_each(|case| self.bind(case, kind, matching)),
            Pat::Tuple(pat) => self.bind_tuple(&pat.elems, kind, matching),
            Pat::Slice(pat) => {
                for element in &pat.elems {
                    match element {
                        Pat::Ident(rest) if matches!(rest.subpat, Some((_, ref sub)) if matches!(**sub, Pat::Rest(_))) =>
                        {
                            self.insert(&rest.ident, Kind::array(kind.element()));
                        }
                        element => self.bind(element, &kind.element(), matching),
                    }
                }
            }
            Pat::TupleStruct(pat) => pat.elems.iter().for_each(|pat| self.bind(pat, &kind.inside(), matching)),
            Pat::Struct(pat) => pat.fields.iter().for_each(|field| {
                let kind = match &field.member {
                    Member::Unnamed(index) => kind.field(index.index as usize),
                    Member::Named(_) => kind.inside(),
                };
                self.bind(&field.pat, &kind, matching);
            }),
            _ => {}
        }
    }

    fn bind_tuple<'a>(&mut self, elems: impl IntoIterator<Item = &'a Pat>, kind: &Kind, matching: Matching) {
        let elems: Vec<&Pat> = elems.into_iter().collect();
        let arity = match kind {
            Kind::Tuple(fields) => fields.len(),
            _ => elems.len(),
        };
        let mut field = 0;
        let missing = (arity + 1).saturating_sub(elems.len());
        for pat in elems {
            if matches!(pat, Pat::Rest(_)) {
                field += missing;
            } else {
                self.bind(pat, &kind.field(field), matching);
                field += 1;
            }
        }
    }
}

/// The kind that an annotation states, or else that of the value.
pub fn annotated(ty: Kind, value: &Kind) -> Kind {
    if ty == Kind::Unknown { value.clone() } else { ty }
}
