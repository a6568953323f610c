//! Types: `Tensor` gets its lifetime, `Vec` becomes the list of the core.

use proc_macro2::Span;
use quote::{ToTokens, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{
    AngleBracketedGenericArguments, Expr, ExprPath, GenericArgument, Item, Lifetime, Local, Pat, Path, PathArguments,
    PathSegment, TypePath,
};

use super::extents::expect;
use crate::diagnostics::Report;
use crate::parse::{Spelling, spelling};
use crate::span::{Crate, LIFETIME};

/// Rewrites the types in it.
pub struct Types<'a> {
    krate: &'a Crate,
    lifetime: Lifetime,
    /// Whether any tensor has got the lifetime.
    pub used: bool,
}

impl<'a> Types<'a> {
    /// For signatures, where the lifetime is declared: `Tensor<'graph>`.
    pub fn declared(krate: &'a Crate) -> Self {
        Types { krate, lifetime: Lifetime::new(LIFETIME, Span::mixed_site()), used: false }
    }

    /// For bodies, where it is inferred: `Tensor<'_>`.
    pub fn inferred(krate: &'a Crate) -> Self {
        Types { krate, lifetime: Lifetime::new("'_", Span::mixed_site()), used: false }
    }

    fn tensor(&mut self, segment: &mut PathSegment) {
        // Extents are not arguments of the type: they are checked separately.
        let extents = match &segment.arguments {
            PathArguments::AngleBracketed(arguments) => {
                !arguments.args.iter().any(|argument| matches!(argument, GenericArgument::Lifetime(_)))
            }
            PathArguments::None => true,
            PathArguments::Parenthesized(_) => false,
        };
        if extents {
            let lifetime = &self.lifetime;
            let arguments: AngleBracketedGenericArguments = syn::parse_quote!(<#lifetime>);
            segment.arguments = PathArguments::AngleBracketed(arguments);
            self.used = true;
        }
    }

    /// `Vec<..>` as the list of the core.
    fn list(&self, path: &Path) -> Option<Path> {
        let segment = match path.segments.first()? {
            segment if segment.ident == "Vec" => segment,
            _ => return None,
        };
        let span = segment.ident.span();
        let internal = self.krate.internal(span);
        let rest = path.segments.iter().skip(1);
        let arguments = &segment.arguments;
        syn::parse2(quote_spanned!(span=> #internal::List #arguments #(:: #rest)*)).ok()
    }
}

impl VisitMut for Types<'_> {
    fn visit_type_path_mut(&mut self, path: &mut TypePath) {
        visit_mut::visit_type_path_mut(self, path);
        if path.qself.is_some() {
            return;
        }
        if let Some(list) = self.list(&path.path) {
            path.path = list;
        } else if let Some(last) = path.path.segments.last_mut().filter(|segment| segment.ident == "Tensor") {
            self.tensor(last);
        }
    }

    /// `S<'_>`, a type of the user's that holds tensors: they are of the same graph.
    fn visit_generic_argument_mut(&mut self, argument: &mut GenericArgument) {
        match argument {
            GenericArgument::Lifetime(lifetime) if lifetime.ident == "_" => {
                *lifetime = self.lifetime.clone();
                self.used = true;
            }
            argument => visit_mut::visit_generic_argument_mut(self, argument),
        }
    }

    fn visit_expr_path_mut(&mut self, path: &mut ExprPath) {
        visit_mut::visit_expr_path_mut(self, path);
        if let (true, Some(list)) = (path.path.segments.len() > 1, self.list(&path.path)) {
            path.path = list;
        }
    }

    /// The length of an array is a constant of its own.
    fn visit_type_array_mut(&mut self, array: &mut syn::TypeArray) {
        self.visit_type_mut(&mut array.elem);
    }

    /// `let y: Tensor<64, 8, 8> = ..` states a shape, as a signature does.
    fn visit_local_mut(&mut self, local: &mut Local) {
        if let (Pat::Type(pat), Some(init)) = (&local.pat, &mut local.init)
            && let Spelling::Extents(tensor) = spelling(&pat.ty, &mut Report::default())
        {
            let checked = expect(self.krate, &tensor, init.expr.to_token_stream());
            // As an expression, and not as tokens, it is lowered like any other.
            *init.expr = syn::parse2(checked.clone()).unwrap_or(Expr::Verbatim(checked));
        }
        visit_mut::visit_local_mut(self, local);
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
