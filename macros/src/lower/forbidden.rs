//! What cannot run at compile time, reported at its tokens; and the macros that can.

use proc_macro2::Ident;
use quote::{ToTokens, quote};
use syn::{Expr, Macro, Stmt};

use super::Lower;
use super::kind::Kind;

/// Macros that format or print.
const PRINTING: &[&str] =
    &["println", "print", "eprintln", "eprint", "dbg", "format", "write", "writeln", "format_args"];
/// Macros that do not return.
const DIVERGING: &[&str] = &["panic", "unreachable", "todo", "unimplemented"];

impl Lower<'_> {
    /// An expression that is not part of const Rust. Its contents are not examined: one mistake is one error.
    pub(super) fn forbidden(&mut self, expr: &Expr) -> Kind {
        match expr {
            Expr::Closure(closure) => {
                let (or1, inputs, or2) = (&closure.or1_token, &closure.inputs, &closure.or2_token);
                self.report.at(
                    quote!(#or1 #inputs #or2),
                    "closures cannot run at compile time; write a `for` loop or a #[block]",
                );
            }
            Expr::Try(attempt) => self.report.at(
                attempt.question_token,
                "`?` cannot run at compile time; write `match`, or `let Some(x) = .. else { .. }`",
            ),
            Expr::Await(wait) => {
                self.report.at(wait.await_token, "a declaration runs at compile time: it cannot `await`")
            }
            Expr::Async(block) => {
                self.report.at(block.async_token, "a declaration runs at compile time: it cannot be `async`");
            }
            expr => {
                let word = expr.to_token_stream().into_iter().next();
                self.report.at(word, "this cannot run at compile time");
            }
        }
        Kind::Unknown
    }

    /// A macro in the place of a statement.
    pub(super) fn statement_macro(&mut self, stmt: &mut Stmt) -> Kind {
        let Stmt::Macro(call) = stmt else {
            return Kind::Unknown;
        };
        let (lowered, kind) = self.lowered_macro(&call.mac);
        let semicolon = call.semi_token;
        if let Some(lowered) = lowered {
            let lowered = match &call.attrs[..] {
                [] => lowered,
                attributes => Expr::Verbatim(quote!(#(#attributes)* #lowered)),
            };
            *stmt = Stmt::Expr(lowered, semicolon);
        }
        if semicolon.is_some() && kind != Kind::Never { Kind::Unknown } else { kind }
    }

    /// A macro in the place of an expression.
    pub(super) fn macro_call(&mut self, expr: &mut Expr) -> Kind {
        let Expr::Macro(call) = expr else {
            return Kind::Unknown;
        };
        let (lowered, kind) = self.lowered_macro(&call.mac);
        if let Some(lowered) = lowered {
            *expr = lowered;
        }
        kind
    }

    fn lowered_macro(&mut self, call: &Macro) -> (Option<Expr>, Kind) {
        let Some(name) = call.path.segments.last().map(|segment| &segment.ident) else {
            return (None, Kind::Unknown);
        };
        let is = |names: &[&str]| names.iter().any(|word| name == word);
        if is(&["vec"]) {
            let (list, kind) = self.list(call);
            return (Some(list), kind);
        }
        if is(PRINTING) {
            let (path, bang) = (&call.path, &call.bang_token);
            self.report.at(quote!(#path #bang), no_printing(name));
        }
        (None, if is(DIVERGING) { Kind::Never } else { Kind::Unknown })
    }
}

fn no_printing(name: &Ident) -> String {
    let name = name.to_string();
    match &*name {
        "format" | "format_args" | "write" | "writeln" => {
            format!("`{name}!` cannot run at compile time; a layer is named with numbers by `name = \"layer{{i}}\"`")
        }
        _ => format!("`{name}!` cannot run at compile time; print the network's `report()` when it runs"),
    }
}
