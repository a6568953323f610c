//! The attributes of expressions, which a rewriting must not lose: `#[cfg(..)] x += y;`

use quote::quote;
use syn::{AttrStyle, Attribute, Expr};

use super::Lower;
use super::kind::Kind;

impl Lower<'_> {
    /// Lowers an expression, and returns what is known of its value. Attributes in front of it stay there.
    pub(super) fn expr(&mut self, expr: &mut Expr) -> Kind {
        let attributes = outer(expr);
        let before = self.enter_attributes(&attributes);
        let kind = self.bare_expr(expr);
        self.conditional = before;
        if !attributes.is_empty() {
            *expr = Expr::Verbatim(quote!(#(#attributes)* #expr));
        }
        kind
    }

    /// Notes whether what has these attributes may not be there; gives what was noted before.
    pub(super) fn enter_attributes(&mut self, attributes: &[Attribute]) -> bool {
        let is_cfg = |attribute: &Attribute| attribute.path().is_ident("cfg");
        let conditional = self.conditional || attributes.iter().any(is_cfg);
        std::mem::replace(&mut self.conditional, conditional)
    }
}

/// Takes the attributes in front of an expression; those within its braces stay.
pub fn outer(expr: &mut Expr) -> Vec<Attribute> {
    let Some(attributes) = attributes(expr) else {
        return Vec::new();
    };
    let is_outer = |attribute: &Attribute| matches!(attribute.style, AttrStyle::Outer);
    if !attributes.iter().any(is_outer) {
        return Vec::new();
    }
    let (outer, inner) = std::mem::take(attributes).into_iter().partition(is_outer);
    *attributes = inner;
    outer
}

/// Where syn keeps the attributes in front of an expression: at its first operand.
fn attributes(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    macro_rules! of {
        ($($variant:ident)*) => {
            match expr {
                Expr::Assign(assign) => attributes(&mut assign.left),
                Expr::Binary(binary) => attributes(&mut binary.left),
                Expr::Cast(cast) => attributes(&mut cast.expr),
                $(Expr::$variant(expr) => Some(&mut expr.attrs),)*
                _ => None,
            }
        };
    }
    of! {
        Array Async Await Block Break Call Closure Const Continue Field ForLoop Group If Index Infer Let Lit Loop Macro
        Match MethodCall Paren Path Range RawAddr Reference Repeat Return Struct Try TryBlock Tuple Unary Unsafe While
        Yield
    }
}
