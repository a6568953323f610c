//! The names in scope, and what is known of them.

use std::collections::HashMap;

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Member, Pat};

use super::kind::{Kind, is_camel_case, is_constant};

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

    /// Brings a name into the innermost scope.
    pub fn insert(&mut self, name: &Ident, kind: Kind) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.unraw().to_string(), kind);
        }
    }

    /// Brings the names of a pattern into the innermost scope.
    pub fn bind(&mut self, pat: &Pat, kind: &Kind) {
        match pat {
            Pat::Ident(pat) => {
                let name = pat.ident.unraw().to_string();
                // A constant or a unit variant is compared with, not bound.
                if !is_constant(&name) && !is_camel_case(&name) {
                    self.insert(&pat.ident, kind.clone());
                }
                if let Some((_, sub)) = &pat.subpat {
                    self.bind(sub, kind);
                }
            }
            Pat::Paren(pat) => self.bind(&pat.pat, kind),
            Pat::Reference(pat) => self.bind(&pat.pat, kind),
            Pat::Type(pat) => self.bind(&pat.pat, &annotated(Kind::of_type(&pat.ty), kind)),
            Pat::Or(pat) => pat.cases.iter().for_each(|case| self.bind(case, kind)),
            Pat::Tuple(pat) => self.bind_tuple(&pat.elems, kind),
            Pat::Slice(pat) => {
                for element in &pat.elems {
                    match element {
                        Pat::Ident(rest) if matches!(rest.subpat, Some((_, ref sub)) if matches!(**sub, Pat::Rest(_))) =>
                        {
                            self.insert(&rest.ident, Kind::array(kind.element()));
                        }
                        element => self.bind(element, &kind.element()),
                    }
                }
            }
            Pat::TupleStruct(pat) => pat.elems.iter().for_each(|pat| self.bind(pat, &inside(kind))),
            Pat::Struct(pat) => pat.fields.iter().for_each(|field| {
                let kind = match &field.member {
                    Member::Unnamed(index) => kind.field(index.index as usize),
                    Member::Named(_) => inside(kind),
                };
                self.bind(&field.pat, &kind);
            }),
            _ => {}
        }
    }

    fn bind_tuple<'a>(&mut self, elems: impl IntoIterator<Item = &'a Pat>, kind: &Kind) {
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
                self.bind(pat, &kind.field(field));
                field += 1;
            }
        }
    }
}

/// The kind that an annotation states, or else that of the value.
pub fn annotated(ty: Kind, value: &Kind) -> Kind {
    if ty == Kind::Unknown { value.clone() } else { ty }
}

/// The kind of what a struct or variant holds.
fn inside(kind: &Kind) -> Kind {
    if *kind == Kind::Number { Kind::Number } else { Kind::Unknown }
}
