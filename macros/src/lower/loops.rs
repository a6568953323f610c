//! `for` loops as `while` loops.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, ExprForLoop};

use super::Lower;
use super::iteration::{Adaptor, Head, Source};
use super::kind::Kind;
use super::scope::Matching;
use crate::span::{Place, hidden};

impl Lower<'_> {
    /// Lowers a `for` loop. The index advances before the body, so that `continue` goes on with the next element.
    pub(super) fn for_loop(&mut self, expr: &mut Expr) -> Kind {
        let Expr::ForLoop(for_loop) = std::mem::replace(expr, Expr::PLACEHOLDER) else {
            return Kind::Unknown;
        };
        let ExprForLoop { attrs, label, for_token, pat, expr: head, mut body, .. } = for_loop;
        let span = hidden(for_token.span);
        let run = self.head(*head).map(|head| self.run(head, span));

        self.scopes.enter();
        self.scopes.bind(&pat, run.as_ref().map_or(&Kind::Unknown, |run| &run.kind), Matching::Always);
        self.block(&mut body);
        self.scopes.leave();

        let Some(run) = run else {
            *expr = Expr::Verbatim(quote!({}));
            return Kind::Unknown;
        };
        let Run { setup, condition, before, item, after, .. } = run;
        let next = at("__next", span);
        let stmts = &body.stmts;
        let lowered = quote_spanned! {span=>
            #setup
            #label while #condition {
                #before
                let #pat = #item;
                #after
                #(#stmts)*
            }
        };
        *expr = Expr::Verbatim(match run.items {
            // `match` keeps what the items borrow until the loop is over.
            Some(items) => {
                let binding = at("__items", span);
                quote_spanned!(span=> #(#attrs)* match #items { #binding => { let mut #next = 0usize; #lowered } })
            }
            None => quote_spanned!(span=> #(#attrs)* { #lowered }),
        });
        Kind::Unknown
    }

    /// The parts of the loop over a head.
    fn run(&mut self, head: Head, span: Span) -> Run {
        let Head { source, mut adaptors } = head;
        match source {
            Source::Range { start, end, inclusive } => {
                let (start, end) = (self.lowered(*start), self.lowered(*end));
                if adaptors.iter().all(|adaptor| matches!(adaptor, Adaptor::Rev)) {
                    let backwards = adaptors.len() % 2 == 1;
                    return Run::over_range(&start, &end, inclusive, backwards, span);
                }
                self.steps(&mut adaptors);
                Run::over_positions(&start, &end, inclusive, &adaptors, span)
            }
            Source::Items(mut items) => {
                let kind = self.expr(&mut items).element();
                self.steps(&mut adaptors);
                let place = Place::of_expr(&items);
                let internal = self.krate.internal(place.first);
                let items = place.call(quote_spanned!(place.first=> #internal::Items), items.to_token_stream());
                Run::over_items(items, kind, &adaptors, place, span)
            }
        }
    }

    fn lowered(&mut self, mut expr: Expr) -> Expr {
        self.expr(&mut expr);
        expr
    }

    /// Lowers the numbers of `step_by`.
    fn steps(&mut self, adaptors: &mut [Adaptor]) {
        for adaptor in adaptors {
            if let Adaptor::StepBy(step) = adaptor {
                self.expr(step);
            }
        }
    }
}

/// The parts of a loop.
struct Run {
    /// `Items(..)`, if it is not a range.
    items: Option<TokenStream>,
    setup: TokenStream,
    condition: TokenStream,
    /// Before the pattern is bound.
    before: TokenStream,
    item: TokenStream,
    /// After the pattern is bound, and before the body.
    after: TokenStream,
    kind: Kind,
}

impl Run {
    /// A range in its own type of numbers, in either direction.
    fn over_range(start: &Expr, end: &Expr, inclusive: bool, backwards: bool, span: Span) -> Self {
        let (next, first, bound) = (at("__next", span), at("__start", span), at("__end", span));
        let ends = match backwards {
            true => quote_spanned!(span=> let [#first, mut #next] = [#start, #end];),
            false => quote_spanned!(span=> let [mut #next, #bound] = [#start, #end];),
        };
        let (setup, condition, before, after);
        if inclusive {
            // The last number may be the last of its type: no number follows it to stop at.
            let more = at("__more", span);
            let (least, most, step) = match backwards {
                true => (&first, &next, quote_spanned!(span=> #next -= 1;)),
                false => (&next, &bound, quote_spanned!(span=> #next += 1;)),
            };
            setup = quote_spanned!(span=> #ends let mut #more = #least <= #most;);
            condition = more.to_token_stream();
            before = TokenStream::new();
            after = quote_spanned! {span=>
                #more = #least < #most;
                if #more { #step }
            };
        } else if backwards {
            setup = ends;
            condition = quote_spanned!(span=> #first < #next);
            before = quote_spanned!(span=> #next -= 1;);
            after = TokenStream::new();
        } else {
            setup = ends;
            condition = quote_spanned!(span=> #next < #bound);
            before = TokenStream::new();
            after = quote_spanned!(span=> #next += 1;);
        }
        Run { items: None, setup, condition, before, item: next.into_token_stream(), after, kind: Kind::Number }
    }

    /// A range of positions, as `enumerate` and `step_by` need it.
    fn over_positions(start: &Expr, end: &Expr, inclusive: bool, adaptors: &[Adaptor], span: Span) -> Self {
        let (next, first, bound) = (at("__next", span), at("__start", span), at("__end", span));
        let len = match inclusive {
            true => quote_spanned!(span=> if #first <= #bound { #bound - #first + 1 } else { 0 }),
            false => quote_spanned!(span=> #bound.saturating_sub(#first)),
        };
        let order = Order::of(adaptors, len, span);
        let at = &order.position;
        let (item, kind) = order.item(quote_spanned!(span=> #first + #at), Kind::Number, span);
        let (lengths, len) = (&order.lengths, &order.len);
        Run {
            items: None,
            setup: quote_spanned! {span=>
                let [#first, #bound]: [usize; 2] = [#start, #end];
                #lengths
                let mut #next = 0usize;
            },
            condition: quote_spanned!(span=> #next < #len),
            before: TokenStream::new(),
            item,
            after: quote_spanned!(span=> #next += 1;),
            kind,
        }
    }

    /// An array, a slice or a list.
    fn over_items(items: TokenStream, kind: Kind, adaptors: &[Adaptor], place: Place, span: Span) -> Self {
        let (next, binding) = (at("__next", span), at("__items", span));
        let method = Ident::new("len", place.first);
        let order = Order::of(adaptors, quote_spanned!(span=> #binding.#method()), span);
        let at = &order.position;
        let (item, kind) = order.item(quote_spanned!(span=> #binding.at(#at)), kind, span);
        let len = &order.len;
        Run {
            items: Some(items),
            setup: order.lengths.clone(),
            condition: quote_spanned!(span=> #next < #len),
            before: TokenStream::new(),
            item,
            after: quote_spanned!(span=> #next += 1;),
            kind,
        }
    }
}

/// The position of the loop's item number `__next`, and the number of items.
///
/// Adaptors are written from the source outwards; positions are found from the outside inwards.
struct Order {
    /// Defines the length after each adaptor that changes it.
    lengths: TokenStream,
    /// The number of iterations.
    len: Ident,
    /// The position in the source.
    position: TokenStream,
    wraps: Vec<Wrap>,
}

/// What happens to an element on its way out.
enum Wrap {
    Deref,
    /// It goes with its position at that place in the chain.
    Number(TokenStream),
}

impl Order {
    fn of(adaptors: &[Adaptor], source_len: TokenStream, span: Span) -> Self {
        let mut len = at("__len", span);
        let mut lengths = quote_spanned!(span=> let #len = #source_len;);
        let mut lens = Vec::new();
        for (i, adaptor) in adaptors.iter().enumerate() {
            lens.push(len.clone());
            if let Adaptor::StepBy(step) = adaptor {
                let (step_name, shorter) = (step_name(i, span), at(&format!("__len{i}"), span));
                let shown = Place::of_expr(step).first;
                let positive = quote_spanned! {shown=>
                    ::core::assert!(#step_name != 0, "`step_by` takes a step of at least 1");
                };
                lengths.extend(quote_spanned! {span=>
                    let #step_name: usize = #step;
                    #positive
                    let #shorter = #len.div_ceil(#step_name);
                });
                len = shorter;
            }
        }
        let mut position = at("__next", span).into_token_stream();
        // Whether the position is a difference, which as an operand needs parentheses.
        let mut difference = false;
        let mut wraps = Vec::new();
        for (i, adaptor) in adaptors.iter().enumerate().rev() {
            let len = &lens[i];
            let operand = if difference { quote_spanned!(span=> (#position)) } else { position.clone() };
            match adaptor {
                Adaptor::Copied => wraps.push(Wrap::Deref),
                Adaptor::Enumerate => wraps.push(Wrap::Number(position.clone())),
                Adaptor::Rev => {
                    position = quote_spanned!(span=> #len - 1 - #operand);
                    difference = true;
                }
                Adaptor::StepBy(_) => {
                    let step = step_name(i, span);
                    position = quote_spanned!(span=> #operand * #step);
                    difference = false;
                }
            }
        }
        wraps.reverse();
        Order { lengths, len, position, wraps }
    }

    /// The item, from the element at the position.
    fn item(&self, element: TokenStream, kind: Kind, span: Span) -> (TokenStream, Kind) {
        self.wraps.iter().fold((element, kind), |(element, kind), wrap| match wrap {
            Wrap::Deref => (quote_spanned!(span=> *#element), kind),
            Wrap::Number(position) => {
                (quote_spanned!(span=> (#position, #element)), Kind::Tuple(vec![Kind::Number, kind]))
            }
        })
    }
}

fn step_name(adaptor: usize, span: Span) -> Ident {
    at(&format!("__step{adaptor}"), span)
}

/// A variable of the loop's own.
fn at(name: &str, span: Span) -> Ident {
    Ident::new(name, span)
}
