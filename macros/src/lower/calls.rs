//! Calls: layers with options, functions of tensors, sources, and blocks with names.

use netcost_core::__macro::syntax::{self, Form, Syntax};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::token::{Brace, Paren};
use syn::{Arm, Expr, ExprCall, ExprMatch, ExprMethodCall, ExprParen, Pat, Token};

use super::arguments::{Arguments, Named, Placed, has_keywords, has_options};
use super::kind::{Kind, bare, is_query, made_of, peel};
use super::{Lower, advice};
use crate::diagnostics::closest;
use crate::span::{Place, graph, hidden, local, parenthesized};

impl Lower<'_> {
    /// `x.conv2d(64, 3, stride = 2).relu()`: the calls of a chain in a loop, as a long one would overflow the stack.
    pub(super) fn method(&mut self, expr: &mut Expr) -> Kind {
        if self.is_iteration(expr) {
            return Kind::Unknown;
        }
        let mut calls = Vec::new();
        let mut value = std::mem::replace(expr, Expr::PLACEHOLDER);
        while let Expr::MethodCall(mut call) = value {
            value = std::mem::replace(&mut *call.receiver, Expr::PLACEHOLDER);
            calls.push(call);
        }
        // The methods of `self` are the user's own.
        let mut own = matches!(peel(&value), Expr::Path(path) if path.path.is_ident("self"));
        let mut kind = self.receiver(&mut value);
        for mut call in calls.into_iter().rev() {
            *call.receiver = value;
            value = Expr::MethodCall(call);
            kind = self.method_on(&kind, own, &mut value);
            own = false;
        }
        *expr = value;
        kind
    }

    /// A call of a method, whose receiver has already been lowered.
    fn method_on(&mut self, receiver: &Kind, own: bool, expr: &mut Expr) -> Kind {
        let Expr::MethodCall(call) = expr else {
            return Kind::Unknown;
        };
        let word = call.method.unraw().to_string();
        let layer = syntax::find(&word).filter(|syntax| syntax.form == Form::Method);
        let is_tensor = receiver.may_be_tensor() && !own;
        match layer {
            Some(layer) if is_tensor || has_options(&call.args) => {
                let arguments = Arguments::sort(std::mem::take(&mut call.args), self.report);
                let name = arguments.name.as_ref().map(|name| (name.word.clone(), self.name(name)));
                let mut options = Expr::Verbatim(self.options(arguments, &call.method.clone(), layer));
                if layer.several {
                    // Its result takes no `.name(..)`: the name is among its options.
                    self.named(&mut options, name);
                    call.args.push(options);
                    return Kind::Unknown;
                }
                call.args.push(options);
                self.named(expr, name);
                if PARTS.contains(&&*word) { Kind::array(Kind::Tensor) } else { Kind::Tensor }
            }
            _ if is_tensor && has_keywords(&call.args) => {
                let arguments = Arguments::sort(std::mem::take(&mut call.args), self.report);
                match syntax::find(&word) {
                    Some(layer) => {
                        arguments.named.iter().for_each(|named| self.report.at(named, advice::no_options(layer)));
                    }
                    None if !arguments.named.is_empty() => self.report.at(&call.method, advice::unknown_layer(&word)),
                    None => {}
                }
                let name = arguments.name.as_ref().map(|name| (name.word.clone(), self.name(name)));
                call.args = arguments.positional.into_iter().collect();
                call.args.iter_mut().for_each(|argument| drop(self.expr(argument)));
                self.named(expr, name);
                Kind::Tensor
            }
            _ if has_keywords(&call.args) => self.named_block(expr),
            _ => {
                if *receiver == Kind::Tensor && !self.conditional && !self.is_method(call, &word) {
                    return Kind::Tensor;
                }
                let arguments: Vec<Kind> = call.args.iter_mut().map(|argument| self.expr(argument)).collect();
                if let ("push", Expr::Path(list), [element]) = (&*word, &*call.receiver, &arguments[..])
                    && let Some(list) = list.path.get_ident()
                {
                    self.scopes.fill(list, element.clone());
                }
                result(receiver, &word, arguments)
            }
        }
    }

    /// Whether a tensor's method that is not rewritten is one, with as many arguments.
    fn is_method(&mut self, call: &ExprMethodCall, word: &str) -> bool {
        let errors = self.report.len();
        match syntax::find(word).filter(|syntax| syntax.form == Form::Plain) {
            Some(layer) if call.args.len() == layer.positional.len() => {}
            Some(layer) => {
                Arguments::sort(call.args.clone(), self.report).place(&call.method, layer, self.report);
            }
            None if METHODS.contains(&word) => {}
            None => self.report.at(&call.method, advice::unknown_layer(word)),
        }
        self.report.len() == errors
    }

    /// Lowers the receiver of a method. A named block becomes a `match`, which a statement cannot begin with: it gets
    /// parentheses, shown where the call begins.
    fn receiver(&mut self, receiver: &mut Expr) -> Kind {
        let place = Place::of_expr(receiver);
        let is_call = matches!(receiver, Expr::Call(_));
        let kind = self.expr(receiver);
        if is_call && matches!(receiver, Expr::Match(_)) {
            let expr = Box::new(std::mem::replace(receiver, Expr::PLACEHOLDER));
            *receiver = Expr::Paren(ExprParen { attrs: Vec::new(), paren_token: Paren(place.first), expr });
        }
        kind
    }

    /// Lowers a statement that ends with a semicolon. That a named block's output is dropped is shown at the call, so
    /// what is dropped is a variable with the user's span.
    pub(super) fn statement(&mut self, statement: &mut Expr) -> Kind {
        let place = Place::of_expr(statement);
        let is_call = matches!(statement, Expr::Call(_));
        let kind = self.expr(statement);
        if is_call && matches!(statement, Expr::Match(_)) {
            let out = Ident::new("__out", place.first);
            *statement = Expr::Verbatim(quote_spanned!(hidden(place.first)=> { let #out = #statement; #out }));
        }
        kind
    }

    /// `f(x)`: a function of tensors, a source, a block, or any other function.
    pub(super) fn call(&mut self, expr: &mut Expr) -> Kind {
        let Expr::Call(call) = expr else {
            return Kind::Unknown;
        };
        if let Some((name, syntax)) = self.function(call) {
            return self.layer(expr, &name, syntax);
        }
        if has_keywords(&call.args) {
            return self.named_block(expr);
        }
        self.expr(&mut call.func);
        let arguments: Vec<Kind> = call.args.iter_mut().map(|argument| self.expr(argument)).collect();
        match &*call.func {
            Expr::Path(path) if is_new_list(path) => Kind::list(Kind::Unknown),
            _ => made_of(arguments),
        }
    }

    /// The function of the language that is called, if it is one, by its plain name.
    fn function(&self, call: &ExprCall) -> Option<(Ident, &'static Syntax)> {
        let Expr::Path(path) = &*call.func else {
            return None;
        };
        let name = path.path.get_ident()?;
        let syntax = syntax::find(&name.unraw().to_string())?;
        let is_layer = match syntax.form {
            // `concat(8)` is a function of the user's own.
            Form::Function => !call.args.first().is_some_and(|tensors| self.is_number(tensors)),
            // So is `constant(8)`.
            Form::Source => {
                !(1..syntax.positional.len()).contains(&call.args.len()) || !call.args.iter().all(|n| self.is_number(n))
            }
            Form::Method | Form::Plain => false,
        };
        (is_layer && self.scopes.find(name).is_none()).then(|| (name.clone(), syntax))
    }

    /// Whether an expression is a number at sight.
    fn is_number(&self, expr: &Expr) -> bool {
        match peel(expr) {
            Expr::Lit(_) | Expr::Cast(_) => true,
            Expr::Path(path) => !self.path(path).may_hold_tensors(),
            Expr::MethodCall(call) => is_query(&call.method.to_string()),
            Expr::Field(field) => self.is_number(&field.base),
            Expr::Index(index) => self.is_number(&index.expr),
            Expr::Binary(binary) => self.is_number(&binary.left) && self.is_number(&binary.right),
            _ => false,
        }
    }

    /// `concat(tensors, axis = 1)`, `parameter([c, 1, 1])`
    fn layer(&mut self, expr: &mut Expr, function: &Ident, layer: &Syntax) -> Kind {
        let place = Place::of_expr(expr);
        let Expr::Call(call) = expr else {
            return Kind::Unknown;
        };
        let mut arguments = Arguments::sort(std::mem::take(&mut call.args), self.report);
        let name = arguments.name.take().map(|name| (name.word.clone(), self.name(&name)));
        let internal = self.krate.internal(place.first);
        let method = Ident::new(layer.name, function.span());
        let lowered = if layer.form == Form::Source {
            let options = self.options(arguments, function, layer);
            let graph = self.graph(function.span());
            place.call(quote_spanned!(place.first=> #internal::Builder::#method), quote!(#graph, #options))
        } else {
            // The operand is not an option: it is the receiver of the method.
            let (operand, options) = self.operand(arguments, function, layer);
            self.chooses = true;
            let tensors = parenthesized(operand, place.last);
            let receiver = quote_spanned!(place.first=> #internal::Tensors #tensors);
            place.call(quote_spanned!(place.last=> #receiver.#method), options)
        };
        *expr = Expr::Verbatim(lowered);
        self.named(expr, name);
        Kind::Tensor
    }

    /// The options of a function of tensors, separated from its operand.
    fn operand(&mut self, arguments: Arguments, function: &Ident, layer: &Syntax) -> (TokenStream, TokenStream) {
        let mut placed = arguments.place(function, layer, self.report);
        if placed.positional.is_empty() {
            return Default::default();
        }
        let mut operand = placed.positional.remove(0);
        self.expr(&mut operand);
        (bare(operand).into_token_stream(), self.build(placed, function, layer))
    }

    /// `Conv2d::new(64, 3).stride(2)`
    fn options(&mut self, arguments: Arguments, method: &Ident, layer: &Syntax) -> TokenStream {
        let placed = arguments.place(method, layer, self.report);
        self.build(placed, method, layer)
    }

    /// An error in an option is shown at the option: each call spans from the layer's name to its own argument.
    fn build(&mut self, placed: Placed, method: &Ident, layer: &Syntax) -> TokenStream {
        let span = method.span();
        let krate = self.krate.at(span);
        let options = Ident::new(layer.options, span);
        let last = placed.positional.last().map_or(span, |value| Place::of_expr(value).last);
        let positional: Vec<Expr> = placed.positional.into_iter().map(|value| self.value(value)).collect();
        let place = Place { first: span, last };
        let mut tokens = place.call(quote_spanned!(span=> #krate::layers::#options::new), quote!(#(#positional),*));
        for Named { word, value } in placed.options {
            let place = Place { first: span, last: Place::of_expr(&value).last };
            let value = self.value(value);
            tokens = place.call(quote_spanned!(word.span()=> #tokens.#word), quote!(#value));
        }
        tokens
    }

    fn value(&mut self, mut value: Expr) -> Expr {
        self.expr(&mut value);
        value
    }

    /// Appends `.name(..)`, shown at the word and to the end of the call.
    fn named(&mut self, expr: &mut Expr, name: Option<(Ident, TokenStream)>) {
        if let Some((method, name)) = name {
            let last = Place::of_expr(expr).last;
            let receiver = Box::new(std::mem::replace(expr, Expr::PLACEHOLDER));
            *expr = Expr::MethodCall(ExprMethodCall {
                attrs: Vec::new(),
                receiver,
                dot_token: Token![.](method.span()),
                method,
                turbofish: None,
                paren_token: Paren(last),
                args: [Expr::Verbatim(name)].into_iter().collect(),
            });
        }
    }

    /// `block(x, 64, name = "b{i}")`: the call within a scope. Its arguments are evaluated outside.
    fn named_block(&mut self, expr: &mut Expr) -> Kind {
        let (block, arguments) = match expr {
            Expr::Call(call) => (call.func.to_token_stream().to_string().replace(' ', ""), &mut call.args),
            Expr::MethodCall(call) => (call.method.to_string(), &mut call.args),
            _ => return Kind::Unknown,
        };
        let arguments = Arguments::sort(std::mem::take(arguments), self.report);
        for named in &arguments.named {
            let word = &named.word;
            let message = match &closest(&word.to_string(), ["name"]) {
                Some(name) => format!("a block has no option `{word}`; did you mean `{name}`?"),
                None => match advice::of_other_library(&block) {
                    Some(code) => format!("there is no layer `{block}`: write `{code}`"),
                    None => format!("blocks take positional arguments: give `{block}` this one without `{word} =`"),
                },
            };
            self.report.at(named, message);
        }
        // An error in an argument is shown at the argument.
        let spans: Vec<Span> = arguments.positional.iter().map(|value| hidden(Place::of_expr(value).first)).collect();
        let values: Vec<Expr> = arguments.positional.into_iter().map(|value| self.value(value)).collect();
        let Some(name) = arguments.name else {
            return Kind::Unknown;
        };
        let span = hidden(name.word.span());
        let locals: Vec<Ident> =
            spans.into_iter().enumerate().map(|(i, span)| Ident::new(&format!("__{i}"), span)).collect();
        if let Expr::Call(ExprCall { args, .. }) | Expr::MethodCall(ExprMethodCall { args, .. }) = expr {
            *args = locals.iter().map(|local| Expr::Verbatim(quote!(#local))).collect();
        }
        self.graph(name.word.span());
        let (graph, name) = (graph(), self.name(&name));
        let (scope, out) = (local("__scope"), local("__out"));
        // `match` keeps what the arguments borrow until the call is over. As an expression rather than tokens, it gets
        // parentheses where it would begin a statement.
        *expr = Expr::Match(ExprMatch {
            attrs: Vec::new(),
            match_token: Token![match](span),
            expr: Box::new(Expr::Verbatim(quote_spanned!(span=> (#(#values,)*)))),
            brace_token: Brace(span),
            arms: vec![Arm {
                attrs: Vec::new(),
                pat: Pat::Verbatim(quote_spanned!(span=> (#(#locals,)*))),
                guard: None,
                fat_arrow_token: Token![=>](span),
                body: Box::new(Expr::Verbatim(quote_spanned!(span=> {
                    let #scope = #graph.enter(#name);
                    let #out = #expr;
                    #graph.leave(#scope);
                    #out
                }))),
                comma: None,
            }],
        });
        Kind::Unknown
    }
}

/// `Vec::new`, which has become `List::new`.
fn is_new_list(path: &syn::ExprPath) -> bool {
    let mut last = path.path.segments.iter().rev().map(|segment| &segment.ident);
    matches!((last.next(), last.next()), (Some(new), Some(list)) if new == "new" && (list == "List" || list == "Vec"))
}

/// What a tensor has besides layers.
const METHODS: &[&str] =
    &["add", "sub", "mul", "div", "shape", "rank", "dim", "channels", "height", "width", "elements", "name", "builder"];

/// The layers that give an array of tensors.
const PARTS: &[&str] = &["chunk", "split"];

/// The kind of the result of a method that is not in the table.
fn result(receiver: &Kind, method: &str, arguments: Vec<Kind>) -> Kind {
    match (receiver, method) {
        (_, query) if is_query(query) => Kind::Number,
        (_, "shape") => Kind::array(Kind::Number),
        (Kind::Tensor, _) => Kind::Tensor,
        (Kind::Number, _) => Kind::Number,
        (Kind::Constant | Kind::Plain, _) => made_of(arguments),
        _ => Kind::Unknown,
    }
}
