//! `+ - * /` on what may be tensors, their assignments, and `==` on enums.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{BinOp, Expr, ExprBinary};

use super::Lower;
use super::kind::{Kind, bare, is_camel_case, is_constant, made_of, peel};
use crate::span::{Place, hidden, local, parenthesized};

/// How many operators of a chain are written as one expression. To check an operand, rustc goes through all expressions
/// around it, so the time for one expression is quadratic.
const CHUNK: usize = 32;

impl Lower<'_> {
    /// An operator with two operands.
    pub(super) fn binary(&mut self, expr: &mut Expr) -> Kind {
        let Expr::Binary(binary) = expr else {
            return Kind::Unknown;
        };
        match Operator::of(binary) {
            Operator::Comparison => {
                self.comparison(expr);
                Kind::Number
            }
            Operator::Assignment(method, span) => self.assign_operation(expr, method, span),
            Operator::Arithmetic(..) | Operator::Other => self.operations(expr),
        }
    }

    /// `a + b - c`: the operators of a chain in a loop, as a long one would overflow the stack.
    fn operations(&mut self, expr: &mut Expr) -> Kind {
        let mut operations = Vec::new();
        let mut value = std::mem::replace(expr, Expr::PLACEHOLDER);
        loop {
            match value {
                Expr::Binary(mut binary) => match Operator::of(&binary) {
                    operator @ (Operator::Arithmetic(..) | Operator::Other) => {
                        value = std::mem::replace(&mut *binary.left, Expr::PLACEHOLDER);
                        operations.push((operator, binary));
                    }
                    Operator::Comparison | Operator::Assignment(..) => {
                        value = Expr::Binary(binary);
                        break;
                    }
                },
                operand => {
                    value = operand;
                    break;
                }
            }
        }
        let first = Place::of_expr(&value).first;
        let mut kind = self.expr(&mut value);
        let (mut chunks, mut length) = (TokenStream::new(), 0);
        for (operator, mut binary) in operations.into_iter().rev() {
            let place = Place { first, last: Place::of_expr(&binary.right).last };
            let right = self.expr(&mut binary.right);
            match operator {
                Operator::Arithmetic(method, span) if !(kind.is_number() && right.is_number()) => {
                    if length == CHUNK {
                        let chunk = local("__chunk");
                        chunks.extend(quote!(let #chunk = #value;));
                        value = Expr::Verbatim(chunk.into_token_stream());
                        length = 0;
                    }
                    length += 1;
                    value = Expr::Verbatim(self.operation(method, span, place, value, *binary.right));
                    kind = match (kind, right) {
                        (Kind::Tensor, _) | (_, Kind::Tensor) => Kind::Tensor,
                        (left, right) => made_of([left, right]),
                    };
                }
                _ => {
                    *binary.left = value;
                    value = Expr::Binary(binary);
                    kind = Kind::Number;
                }
            }
        }
        if !chunks.is_empty() {
            let block = parenthesized(quote!({ #chunks #value }), hidden(first));
            value = Expr::Verbatim(block.into());
        }
        *expr = value;
        kind
    }

    /// `a += b`
    fn assign_operation(&mut self, expr: &mut Expr, method: &str, span: Span) -> Kind {
        let place = Place::of_expr(expr);
        let Expr::Binary(binary) = expr else {
            return Kind::Unknown;
        };
        // The target is borrowed mutably, and read as well.
        let mut target = binary.left.clone();
        let errors = self.report.len();
        let assigned = self.place(&mut target);
        let kind = if self.report.len() > errors { assigned } else { self.expr(&mut binary.left) };
        self.expr(&mut binary.right);
        if kind.is_number() {
            binary.left = target;
            return Kind::Number;
        }
        let taken = |operand: &mut Expr| std::mem::replace(operand, Expr::PLACEHOLDER);
        let (left, right) = (taken(&mut binary.left), taken(&mut binary.right));
        let operation = self.operation(method, span, place, left, right);
        *expr = Expr::Verbatim(quote_spanned!(span=> #target = #operation));
        Kind::Unknown
    }

    /// `Operands::new(left, right).add()`
    fn operation(&mut self, method: &str, span: Span, place: Place, left: Expr, right: Expr) -> TokenStream {
        self.chooses = true;
        let (left, right) = (bare(left), bare(right));
        let internal = self.krate.internal(place.first);
        let operands = parenthesized(quote!(#left, #right), place.last);
        let operands = quote_spanned!(place.first=> #internal::Operands::new #operands);
        let method = Ident::new(method, span);
        place.call(quote_spanned!(span=> #operands.#method), TokenStream::new())
    }

    /// `act == Act::Relu`, which const Rust forbids, as `matches!(act, Act::Relu)`.
    fn comparison(&mut self, expr: &mut Expr) {
        let Expr::Binary(binary) = expr else {
            return;
        };
        let (value, variant) = match Spelt::of(&binary.right) >= Spelt::of(&binary.left) {
            true => (&mut binary.left, &binary.right),
            false => (&mut binary.right, &binary.left),
        };
        // A number is compared with a constant.
        if self.expr(value) == Kind::Number {
            return;
        }
        let span = hidden(Place::of(&binary.op).first);
        let variant = peel(variant).to_token_stream();
        let value = bare(std::mem::replace(&mut **value, Expr::PLACEHOLDER));
        let not = matches!(binary.op, BinOp::Ne(_)).then(|| quote_spanned!(span=> !));
        *expr = Expr::Verbatim(quote_spanned!(span=> #not ::core::matches!(#value, #variant)));
    }

    /// `x = ..`
    pub(super) fn assign(&mut self, expr: &mut Expr) -> Kind {
        if let Expr::Assign(assign) = expr {
            self.place(&mut assign.left);
            self.expr(&mut assign.right);
        }
        Kind::Unknown
    }
}

/// What becomes of an operator.
enum Operator {
    /// `+ - * /`, with the method of `Operands`.
    Arithmetic(&'static str, Span),
    /// `+= -= *= /=`, likewise.
    Assignment(&'static str, Span),
    /// `==` or `!=` with a variant of an enum.
    Comparison,
    /// It stays Rust's own.
    Other,
}

impl Operator {
    fn of(binary: &ExprBinary) -> Self {
        match &binary.op {
            BinOp::Add(token) => Operator::Arithmetic("add", token.span),
            BinOp::Sub(token) => Operator::Arithmetic("sub", token.span),
            BinOp::Mul(token) => Operator::Arithmetic("mul", token.span),
            BinOp::Div(token) => Operator::Arithmetic("div", token.span),
            BinOp::AddAssign(token) => Operator::Assignment("add", token.spans[0]),
            BinOp::SubAssign(token) => Operator::Assignment("sub", token.spans[0]),
            BinOp::MulAssign(token) => Operator::Assignment("mul", token.spans[0]),
            BinOp::DivAssign(token) => Operator::Assignment("div", token.spans[0]),
            BinOp::Eq(_) | BinOp::Ne(_) => match [Spelt::of(&binary.left), Spelt::of(&binary.right)] {
                [Spelt::Otherwise, Spelt::Otherwise] | [Spelt::AsConstant, Spelt::AsConstant] => Operator::Other,
                _ => Operator::Comparison,
            },
            _ => Operator::Other,
        }
    }
}

/// How an operand is spelt that may be a variant of an enum, the likelier the greater.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Spelt {
    Otherwise,
    /// `Size::XL`, which may also be a constant of a type.
    AsConstant,
    /// `Act::Relu`
    AsVariant,
}

impl Spelt {
    fn of(expr: &Expr) -> Self {
        let Expr::Path(path) = peel(expr) else {
            return Spelt::Otherwise;
        };
        let mut last = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
        match (&path.qself, last.next(), last.next()) {
            (None, Some(variant), Some(_)) if is_camel_case(&variant) => Spelt::AsVariant,
            (None, Some(constant), Some(ty)) if is_constant(&constant) && ty.starts_with(char::is_uppercase) => {
                Spelt::AsConstant
            }
            _ => Spelt::Otherwise,
        }
    }
}
