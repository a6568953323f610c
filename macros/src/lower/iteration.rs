//! The head of a `for` loop: what it runs over, and in which order.

use quote::ToTokens;
use syn::{Expr, ExprMethodCall, ExprRange, Lit, RangeLimits, UnOp};

use super::Lower;
use super::kind::{bare, is_query, peel};
use crate::diagnostics::list;

/// The adaptors that a head may consist of, on an array, a slice or a list.
const ADAPTORS: [&str; 6] = ["iter", "into_iter", "copied", "rev", "enumerate", "step_by"];
/// The adaptors that a head may consist of, on a range.
const RANGE_ADAPTORS: [&str; 3] = ["rev", "enumerate", "step_by"];
/// Rust's other adaptors.
const OTHER_ADAPTORS: &[&str] = &[
    "all",
    "any",
    "array_chunks",
    "array_windows",
    "as_slice",
    "chain",
    "chars",
    "chunks",
    "chunks_exact",
    "collect",
    "count",
    "cycle",
    "drain",
    "filter",
    "filter_map",
    "find",
    "flat_map",
    "flatten",
    "fold",
    "for_each",
    "inspect",
    "intersperse",
    "iter_mut",
    "last",
    "map",
    "map_while",
    "max",
    "min",
    "next",
    "nth",
    "partition",
    "peekable",
    "position",
    "product",
    "rchunks",
    "reduce",
    "scan",
    "skip",
    "skip_while",
    "sum",
    "take",
    "take_while",
    "try_fold",
    "unzip",
    "windows",
    "zip",
];

/// What a loop runs over.
pub enum Source {
    Range { start: Box<Expr>, end: Box<Expr>, inclusive: bool },
    Items(Box<Expr>),
}

/// A step from what a loop runs over to what its pattern gets.
pub enum Adaptor {
    Copied,
    Rev,
    Enumerate,
    StepBy(Box<Expr>),
}

/// The head of a loop, its adaptors in the order in which they are written.
pub struct Head {
    pub source: Source,
    pub adaptors: Vec<Adaptor>,
}

impl Lower<'_> {
    /// Splits the head of a loop into its parts.
    pub(super) fn head(&mut self, expr: Expr) -> Option<Head> {
        match bare(expr) {
            Expr::Range(range) => self.range(range),
            Expr::MethodCall(call) if is_adaptor(&call) => self.adapted(call),
            expr if is_number(&expr) => {
                let n = expr.to_token_stream();
                self.report.at(&expr, format!("`for` runs over a range, an array or a list: write `0..{n}`"));
                None
            }
            expr => Some(Head { source: Source::Items(Box::new(expr)), adaptors: Vec::new() }),
        }
    }

    fn range(&mut self, range: ExprRange) -> Option<Head> {
        let span = range.to_token_stream();
        match (range.start, range.end) {
            (Some(start), Some(end)) => Some(Head {
                source: Source::Range {
                    start: Box::new(bare(*start)),
                    end: Box::new(bare(*end)),
                    inclusive: matches!(range.limits, RangeLimits::Closed(_)),
                },
                adaptors: Vec::new(),
            }),
            _ => {
                self.report.at(span, "the range of a `for` loop has a start and an end: write `0..n`");
                None
            }
        }
    }

    fn adapted(&mut self, mut call: ExprMethodCall) -> Option<Head> {
        let on_range = is_range(&call.receiver);
        let name = call.method.to_string();
        let known = if on_range { &RANGE_ADAPTORS[..] } else { &ADAPTORS[..] };
        let first = !matches!(peel(&call.receiver), Expr::MethodCall(inner) if is_adaptor(inner));
        let adaptor = match (&name[..], call.args.pop()) {
            // A range is its own iterator already.
            ("into_iter", None) => None,
            ("iter", None) if first && !on_range => {
                let collection = &call.receiver;
                let source = Source::Items(Box::new(syn::parse_quote!(&#collection)));
                return Some(Head { source, adaptors: Vec::new() });
            }
            ("rev", None) => Some(Adaptor::Rev),
            ("enumerate", None) => Some(Adaptor::Enumerate),
            ("copied" | "cloned", None) if !on_range => Some(Adaptor::Copied),
            ("step_by", Some(step)) if call.args.is_empty() => Some(Adaptor::StepBy(Box::new(bare(step.into_value())))),
            ("iter_mut", _) => {
                self.report.at(
                    &call.method,
                    "a loop cannot lend elements to be changed: write `for i in 0..list.len() { list[i] = .. }`",
                );
                return None;
            }
            _ => {
                let known = list(known.iter().copied());
                self.report
                    .at(&call.method, format!("`{name}` cannot run at compile time; a `for` loop takes {known}"));
                return None;
            }
        };
        let mut head = self.head(*call.receiver)?;
        head.adaptors.extend(adaptor);
        Some(head)
    }

    /// Whether a chain of calls uses an iterator outside of a loop's head, which is reported once for the whole chain.
    pub(super) fn is_iteration(&mut self, expr: &Expr) -> bool {
        let Expr::MethodCall(call) = expr else {
            return false;
        };
        match misplaced(call) {
            Some(method) => {
                let name = method.method.to_string();
                let known = list(ADAPTORS.iter().copied());
                self.report.at(
                    &method.method,
                    format!(
                        "`{name}` cannot run at compile time: iterators belong in the head of a `for` loop, with {known}"
                    ),
                );
                true
            }
            None => false,
        }
    }
}

/// The first method after an iterator's beginning in a chain of calls.
fn misplaced(call: &ExprMethodCall) -> Option<&ExprMethodCall> {
    let mut chain = vec![call];
    let mut receiver = peel(&call.receiver);
    while let Expr::MethodCall(inner) = receiver {
        chain.push(inner);
        receiver = peel(&inner.receiver);
    }
    let mut calls = chain.into_iter().rev().enumerate();
    let (_, mut found) = calls.find(|(i, call)| {
        let name = call.method.to_string();
        match i {
            0 if is_range(receiver) => OTHER_ADAPTORS.contains(&&*name),
            _ => begins(&name) && call.args.is_empty() || name == "collect",
        }
    })?;
    // In `x.iter().map(..)`, the method that has no place here is `map`.
    for (_, next) in calls {
        if !begins(&found.method.to_string()) {
            break;
        }
        found = next;
    }
    Some(found)
}

fn begins(method: &str) -> bool {
    ["iter", "into_iter", "iter_mut"].contains(&method)
}

/// Whether a method call is part of a loop's head rather than of what the loop runs over.
fn is_adaptor(call: &ExprMethodCall) -> bool {
    let name = call.method.to_string();
    ADAPTORS.contains(&&*name) || name == "cloned" || OTHER_ADAPTORS.contains(&&*name) && begins_in(call)
}

/// Whether a chain of calls is one of iterators: other types have methods such as `max` and `take`, too.
fn begins_in(call: &ExprMethodCall) -> bool {
    match peel(&call.receiver) {
        Expr::MethodCall(inner) => begins(&inner.method.to_string()) || is_adaptor(inner),
        receiver => is_range(receiver) || is_always_an_iterator(&call.method.to_string()),
    }
}

fn is_always_an_iterator(method: &str) -> bool {
    ["iter_mut", "windows", "chunks", "chunks_exact", "zip", "drain", "chars"].contains(&method)
}

fn is_range(expr: &Expr) -> bool {
    match peel(expr) {
        Expr::Range(_) => true,
        Expr::MethodCall(call) => RANGE_ADAPTORS.contains(&&*call.method.to_string()) && is_range(&call.receiver),
        _ => false,
    }
}

/// Whether an expression is clearly a number and not a collection.
fn is_number(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(lit) => matches!(lit.lit, Lit::Int(_)),
        Expr::Cast(_) | Expr::Binary(_) => true,
        Expr::Unary(unary) => matches!(unary.op, UnOp::Neg(_)),
        Expr::MethodCall(call) => is_query(&call.method.to_string()),
        _ => false,
    }
}
