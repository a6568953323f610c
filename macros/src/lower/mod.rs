//! Lowering: from the body of a declaration to one that runs at compile time.
//!
//! Five kinds of syntax are rewritten (keyword arguments, `for`, `+ - * /`, `vec![..]`, and `==` on enums); everything
//! else stays as written, with its spans. An expression is lowered after its parts, and yields its [`Kind`]. Chains of
//! calls and of operators are lowered in loops: only what nests in the source nests on the stack.

mod advice;
mod arguments;
mod attributes;
mod calls;
pub mod extents;
mod forbidden;
mod iteration;
pub mod kind;
mod lists;
mod loops;
mod names;
mod operators;
pub mod scope;
pub mod types;

use proc_macro2::{Ident, Span};
use quote::{quote, quote_spanned};
use syn::visit_mut::VisitMut;
use syn::{
    Block, Expr, ExprBreak, ExprPath, FnArg, Item, Lifetime, Local, Member, Pat, PatIdent, Signature, Stmt, UnOp,
    UseTree, parse_quote,
};

use crate::diagnostics::Report;
use crate::span::Crate;
use kind::{Kind, is_camel_case, is_constant, made_of};
use scope::{Matching, Scopes};
use types::Types;

/// Lowers the bodies of one declaration.
pub struct Lower<'a> {
    krate: &'a Crate,
    report: &'a mut Report,
    scopes: Scopes,
    /// What `return` leaves, if not the function.
    leaves: Option<Lifetime>,
    /// Whether a `return` does.
    left: bool,
    /// Where the body needs the graph itself rather than a tensor of it.
    graph: Option<Span>,
    /// Whether a `#[cfg]` decides if it is there: its words may be those of other types.
    conditional: bool,
    /// Whether types choose a method, and so may refuse all.
    chooses: bool,
}

/// What was found while lowering a body.
pub struct Lowered {
    /// Where the graph is first needed: a parameter, a constant, a name on a block.
    pub graph: Option<Span>,
    /// Whether a `return` leaves the block with the label.
    pub left: bool,
}

/// The parameters of a function, and what their types say.
pub fn parameters(signature: &Signature) -> Vec<(Pat, Kind)> {
    let generics = signature.generics.const_params().map(|param| {
        let name = &param.ident;
        (parse_quote!(#name), Kind::Number)
    });
    let inputs = signature.inputs.iter().map(|argument| match argument {
        FnArg::Typed(argument) => ((*argument.pat).clone(), Kind::of_parameter(&argument.ty)),
        FnArg::Receiver(receiver) => {
            // A tensor in it has the lifetime of the graph, which the signature then names.
            let Signature { inputs, output, .. } = signature;
            let has_lifetime = quote!(#inputs #output).to_string().contains('\'');
            let kind = if has_lifetime { Kind::Unknown } else { Kind::Plain };
            let (attrs, ident) = (Vec::new(), receiver.self_token.into());
            (Pat::Ident(PatIdent { attrs, by_ref: None, mutability: None, ident, subpat: None }), kind)
        }
    });
    generics.chain(inputs).collect()
}

/// Lowers a body, in which the given variables are known. `return` leaves the block labelled `leaves`.
pub fn lower(
    body: &mut Block,
    variables: Vec<(Pat, Kind)>,
    leaves: Option<Lifetime>,
    krate: &Crate,
    report: &mut Report,
) -> Lowered {
    Types::inferred(krate).visit_block_mut(body);
    let mut lower = Lower {
        krate,
        report,
        scopes: Scopes::default(),
        leaves,
        left: false,
        graph: None,
        conditional: false,
        chooses: false,
    };
    lower.scopes.enter();
    for (pat, kind) in &variables {
        lower.scopes.bind(pat, kind, Matching::Always);
    }
    lower.block(body);
    let Lower { graph, left, chooses, .. } = lower;
    if chooses {
        let internal = krate.internal(Span::mixed_site());
        let refusals = quote!(#[allow(unused_imports)] use #internal::refusals::*;);
        body.stmts.insert(0, Stmt::Item(Item::Verbatim(refusals)));
    }
    Lowered { graph, left }
}

impl Lower<'_> {
    /// Lowers a block in a scope of its own.
    fn block(&mut self, block: &mut Block) -> Kind {
        self.scopes.enter();
        for stmt in &block.stmts {
            if let Stmt::Item(item) = stmt {
                self.item(item);
            }
        }
        let mut kind = Kind::Unknown;
        let mut empty = Vec::new();
        for (i, stmt) in block.stmts.iter_mut().enumerate() {
            kind = self.stmt(stmt);
            if let Stmt::Local(Local { pat: Pat::Ident(pat), .. }) = stmt {
                empty.retain(|(_, name)| *name != pat.ident);
                if self.scopes.find(&pat.ident) == Some(&Kind::list(Kind::Unknown)) {
                    empty.push((i, pat.ident.clone()));
                }
            }
        }
        for (i, name) in empty {
            if let (Some(Kind::List(element)), Stmt::Local(local)) = (self.scopes.find(&name), &mut block.stmts[i])
                && **element == Kind::Tensor
            {
                self.annotate(local);
            }
        }
        self.scopes.leave();
        kind
    }

    /// `let mut list = vec![]` as a list of tensors: rustc would know only after the first `push`.
    fn annotate(&self, local: &mut Local) {
        let internal = self.krate.internal(Span::mixed_site());
        let pat = &local.pat;
        local.pat = Pat::Verbatim(quote!(#pat: #internal::List<#internal::Tensor<'_>>));
    }

    /// The kind of a statement is that of the block it ends.
    fn stmt(&mut self, stmt: &mut Stmt) -> Kind {
        match stmt {
            Stmt::Local(local) => {
                let before = self.enter_attributes(&local.attrs);
                let kind = self.local(local);
                self.conditional = before;
                kind
            }
            Stmt::Item(_) => Kind::Unknown,
            Stmt::Expr(expr, None) => self.expr(expr),
            Stmt::Expr(expr, Some(_)) => match self.statement(expr) {
                Kind::Never => Kind::Never,
                _ => Kind::Unknown,
            },
            Stmt::Macro(_) => self.statement_macro(stmt),
        }
    }

    fn local(&mut self, local: &mut Local) -> Kind {
        let (mut kind, mut matching) = (Kind::Unknown, Matching::Always);
        if let Some(init) = &mut local.init {
            kind = self.expr(&mut init.expr);
            if let Some((_, diverge)) = &mut init.diverge {
                self.expr(diverge);
                matching = Matching::Perhaps;
            }
        }
        self.scopes.bind(&local.pat, &kind, matching);
        Kind::Unknown
    }

    /// An item hides the functions of the language that have its name; its own body is not part of the declaration.
    fn item(&mut self, item: &Item) {
        match item {
            Item::Fn(item) => self.scopes.insert(&item.sig.ident, Kind::Unknown),
            Item::Const(item) => self.scopes.insert(&item.ident, Kind::Constant),
            Item::Use(item) => self.import(&item.tree),
            _ => {}
        }
    }

    fn import(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.import(&path.tree),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree)),
            UseTree::Rename(rename) => self.import_name(&rename.rename),
            UseTree::Name(_) | UseTree::Glob(_) => {}
        }
    }

    fn import_name(&mut self, name: &Ident) {
        if !is_constant(&name.to_string()) {
            self.scopes.insert(name, Kind::Unknown);
        }
    }

    /// Lowers an expression without attributes.
    fn bare_expr(&mut self, expr: &mut Expr) -> Kind {
        match expr {
            Expr::Array(array) => {
                let kinds: Vec<Kind> = array.elems.iter_mut().map(|element| self.expr(element)).collect();
                Kind::array(common(kinds))
            }
            Expr::Assign(_) => self.assign(expr),
            Expr::Binary(_) => self.binary(expr),
            Expr::Block(block) => self.block(&mut block.block),
            Expr::Break(ExprBreak { expr: value, .. }) => {
                if let Some(value) = value {
                    self.expr(value);
                }
                Kind::Never
            }
            Expr::Call(_) => self.call(expr),
            Expr::Cast(cast) => {
                self.expr(&mut cast.expr);
                Kind::Number
            }
            Expr::Continue(_) => Kind::Never,
            Expr::Field(field) => {
                let base = self.expr(&mut field.base);
                match &field.member {
                    Member::Unnamed(index) => base.field(index.index as usize),
                    Member::Named(word) if base == Kind::Tensor && !self.conditional => {
                        self.report.at(word, advice::unknown_layer(&word.to_string()));
                        Kind::Unknown
                    }
                    Member::Named(_) => base.inside(),
                }
            }
            Expr::ForLoop(_) => self.for_loop(expr),
            Expr::Group(group) => self.expr(&mut group.expr),
            Expr::If(_) => self.conditional(expr),
            Expr::Index(_) => self.index(expr),
            Expr::Let(condition) => {
                let kind = self.expr(&mut condition.expr);
                self.scopes.bind(&condition.pat, &kind, Matching::Perhaps);
                Kind::Number
            }
            Expr::Lit(_) => Kind::Number,
            Expr::Loop(repeat) => {
                self.block(&mut repeat.body);
                Kind::Unknown
            }
            Expr::Macro(_) => self.macro_call(expr),
            Expr::Match(_) => self.selection(expr),
            Expr::MethodCall(_) => self.method(expr),
            Expr::Paren(_) => self.paren(expr),
            Expr::Path(path) => self.path(path),
            Expr::Range(range) => {
                for end in [&mut range.start, &mut range.end].into_iter().flatten() {
                    self.expr(end);
                }
                Kind::Unknown
            }
            Expr::RawAddr(address) => self.expr(&mut address.expr),
            Expr::Reference(reference) if reference.mutability.is_some() => self.place(&mut reference.expr),
            Expr::Reference(reference) => self.expr(&mut reference.expr),
            // The length is a constant of its own.
            Expr::Repeat(repeat) => Kind::array(self.expr(&mut repeat.expr)),
            Expr::Return(_) => self.leave(expr),
            Expr::Struct(literal) => {
                let fields = literal.fields.iter_mut().map(|field| &mut field.expr);
                let kinds = fields.chain(literal.rest.as_deref_mut()).map(|expr| self.expr(expr));
                made_of(kinds.collect::<Vec<_>>())
            }
            Expr::Tuple(tuple) => Kind::Tuple(tuple.elems.iter_mut().map(|element| self.expr(element)).collect()),
            Expr::Unary(unary) => {
                let kind = self.expr(&mut unary.expr);
                if let (UnOp::Neg(minus), Kind::Tensor) = (&unary.op, &kind) {
                    self.report.at(minus, "the negative of a tensor is a layer: write `x.neg()`");
                }
                kind
            }
            Expr::Unsafe(block) => self.block(&mut block.block),
            Expr::While(repeat) => {
                self.scopes.enter();
                self.expr(&mut repeat.cond);
                self.block(&mut repeat.body);
                self.scopes.leave();
                Kind::Unknown
            }
            Expr::Async(_) | Expr::Await(_) | Expr::Closure(_) | Expr::Try(_) | Expr::TryBlock(_) | Expr::Yield(_) => {
                self.forbidden(expr)
            }
            _ => Kind::Unknown,
        }
    }

    /// A rewritten expression needs no parentheses any more.
    fn paren(&mut self, expr: &mut Expr) -> Kind {
        let Expr::Paren(paren) = expr else {
            return Kind::Unknown;
        };
        let kind = self.expr(&mut paren.expr);
        if let Expr::Verbatim(inner) = &*paren.expr {
            *expr = Expr::Verbatim(inner.clone());
        }
        kind
    }

    fn path(&self, path: &ExprPath) -> Kind {
        if let Some(kind) = path.path.get_ident().and_then(|name| self.scopes.find(name)) {
            return kind.clone();
        }
        let last = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        match &*last {
            // The next value may be a tensor.
            "None" => Kind::Unknown,
            last if is_constant(last) => Kind::Constant,
            last if is_camel_case(last) => Kind::Plain,
            _ => Kind::Unknown,
        }
    }

    /// `if` and `if let`; what a condition binds is known in its branch.
    fn conditional(&mut self, expr: &mut Expr) -> Kind {
        let Expr::If(branch) = expr else {
            return Kind::Unknown;
        };
        self.scopes.enter();
        self.expr(&mut branch.cond);
        let then = self.block(&mut branch.then_branch);
        self.scopes.leave();
        match &mut branch.else_branch {
            Some((_, otherwise)) => then.or(self.expr(otherwise)),
            None => Kind::Unknown,
        }
    }

    fn selection(&mut self, expr: &mut Expr) -> Kind {
        let Expr::Match(selection) = expr else {
            return Kind::Unknown;
        };
        let value = self.expr(&mut selection.expr);
        let mut kinds = Vec::new();
        for arm in &mut selection.arms {
            self.scopes.enter();
            self.scopes.bind(&arm.pat, &value, Matching::Perhaps);
            if let Some((_, guard)) = &mut arm.guard {
                self.expr(guard);
            }
            kinds.push(self.expr(&mut arm.body));
            self.scopes.leave();
        }
        common(kinds)
    }

    /// `return x` in a network leaves the block that holds its body.
    fn leave(&mut self, expr: &mut Expr) -> Kind {
        let Expr::Return(leave) = expr else {
            return Kind::Unknown;
        };
        if let Some(value) = &mut leave.expr {
            self.expr(value);
        }
        if let Some(label) = &self.leaves {
            let span = leave.return_token.span;
            let value = &leave.expr;
            self.left = true;
            *expr = Expr::Verbatim(quote_spanned!(span=> break #label #value));
        }
        Kind::Never
    }

    /// The builder of the graph, for what is not a method of a tensor.
    fn graph(&mut self, needed: Span) -> Ident {
        self.graph.get_or_insert(needed);
        crate::span::graph()
    }
}

/// The kind that all of them have.
fn common(kinds: impl IntoIterator<Item = Kind>) -> Kind {
    kinds.into_iter().reduce(Kind::or).unwrap_or(Kind::Unknown)
}

#[cfg(test)]
mod tests;
