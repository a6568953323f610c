//! Reading: from tokens to a function, its attributes' arguments, and the tensors of its signature.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{
    Attribute, Block, Expr, GenericArgument, LitStr, Path, PathArguments, Signature, Stmt, Token, Type, TypeGroup,
    TypeParen, Visibility,
};

use crate::diagnostics::{Report, alternatives};
use crate::model::{Extents, Settings};

/// A function as written. A body that cannot be parsed leaves the signature usable.
#[derive(Clone)]
pub struct Function {
    pub attributes: Vec<Attribute>,
    pub vis: Visibility,
    pub signature: Signature,
    pub body: syn::Result<Block>,
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut attributes = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let mut signature = input.parse()?;
        Ungroup.visit_signature_mut(&mut signature);
        let braces = braces(input.parse()?)?;
        let body = (|input: ParseStream<'_>| Ok((input.call(Attribute::parse_inner)?, Block::parse_within(input)?)))
            .parse2(braces.stream())
            .map(|(inner, stmts)| {
                attributes.extend(inner);
                Block { brace_token: syn::token::Brace { span: braces.delim_span() }, stmts }
            });
        Ok(Function { attributes, vis, signature, body })
    }
}

/// The braces around a body; a `macro_rules` that is given a block puts invisible delimiters around them.
fn braces(tree: TokenTree) -> syn::Result<Group> {
    match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Ok(group),
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => braces(syn::parse2(group.stream())?),
        other => Err(syn::Error::new(other.span(), "expected the body of the function")),
    }
}

/// Removes the delimiters that a `macro_rules` puts around a type it is given.
struct Ungroup;

impl VisitMut for Ungroup {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        while let Type::Group(TypeGroup { elem, .. }) | Type::Paren(TypeParen { elem, .. }) = ty {
            *ty = std::mem::replace(&mut **elem, Type::Verbatim(TokenStream::new()));
        }
        syn::visit_mut::visit_type_mut(self, ty);
    }
}

impl Function {
    /// Takes the body, or reports why there is none. The rest is small, and cheap to clone.
    pub fn take_body(&mut self, report: &mut Report) -> Block {
        let brace_token = Default::default();
        let empty = Block { brace_token, stmts: Vec::<Stmt>::new() };
        report.ok(std::mem::replace(&mut self.body, Ok(empty.clone()))).unwrap_or(empty)
    }
}

/// The data types of `dtype = ..`, and the variants of `netcost::DataType` they name.
const DATA_TYPES: [(&str, &str); 5] = [("f32", "F32"), ("f16", "F16"), ("bf16", "BF16"), ("i16", "I16"), ("i8", "I8")];

/// The arguments of `#[network(..)]`, or of `#[block(..)]`, which takes only `crate = ..`.
pub fn settings(input: ParseStream<'_>, words: &[&str], report: &mut Report) -> syn::Result<Settings> {
    let mut settings = Settings::default();
    let mut seen = Vec::new();
    while !input.is_empty() {
        let word = input.call(Ident::parse_any)?;
        let text = word.to_string();
        if !words.contains(&text.as_str()) {
            let message = format!("unknown option `{text}`; {}", alternatives(&text, words.iter().copied()));
            return Err(syn::Error::new(word.span(), message));
        }
        if seen.contains(&text) {
            report.at(&word, format!("`{text}` is given twice"));
        }
        match text.as_str() {
            "fuse" => {
                settings.fuse = true;
                takes_no_value(input, &text, report)?;
            }
            "declared_order" => {
                settings.declared_order = true;
                takes_no_value(input, &text, report)?;
            }
            "stream" => {
                settings.stream = Some(word);
                takes_no_value(input, &text, report)?;
            }
            "typelevel" => {
                settings.typelevel = Some(word);
                takes_no_value(input, &text, report)?;
            }
            "micro" => {
                settings.micro = Some(word);
                takes_no_value(input, &text, report)?;
            }
            "dtype" => {
                let form = ("a type of weights is a word", "i8");
                if let Some(word) = value(input, &word, Ident::parse_any, form, report)? {
                    settings.dtype = data_type(word, report);
                }
            }
            "file" => {
                let form = ("a file is a path in quotes", "\"kws.tflite\"");
                settings.file = value(input, &word, |input| input.parse(), form, report)?;
            }
            _ => {
                let form = ("a crate is a path", "netcost");
                settings.krate = value(input, &word, Path::parse_mod_style, form, report)?;
            }
        }
        seen.push(text);
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(settings)
}

/// An option that takes no value.
fn takes_no_value(input: ParseStream<'_>, word: &str, report: &mut Report) -> syn::Result<()> {
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        let value = rest(input)?;
        report.at(value, format!("`{word}` takes no value: write `{word}`, or leave it out"));
    }
    Ok(())
}

/// The value of `word = value`. The error for anything else says what the value must be and gives an example: the content
/// of a string, if that is a value.
fn value<T>(
    input: ParseStream<'_>,
    word: &Ident,
    parse: fn(ParseStream<'_>) -> syn::Result<T>,
    (what, example): (&str, &str),
    report: &mut Report,
) -> syn::Result<Option<T>> {
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        let ahead = input.fork();
        if parse(&ahead).is_ok() && (ahead.is_empty() || ahead.peek(Token![,])) {
            return parse(input).map(Some);
        }
    }
    let found = rest(input)?;
    let held = syn::parse2::<LitStr>(found.clone()).map(|text| text.value());
    let held = held.ok().filter(|text| parse.parse_str(text).is_ok());
    let form = format!("{what}: write `{word} = {}`", held.as_deref().unwrap_or(example));
    match found.is_empty() {
        true => report.at(word, form),
        false => report.at(found, form),
    }
    Ok(None)
}

/// The tokens up to the next comma.
fn rest(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    Ok(tokens)
}

fn data_type(word: Ident, report: &mut Report) -> Option<Ident> {
    let text = word.to_string();
    let known = DATA_TYPES.iter().find(|(name, _)| *name == text);
    if known.is_none() {
        let names = DATA_TYPES.map(|(name, _)| name).join(", ");
        report.at(&word, format!("`{text}` is not a data type of weights; there are {names}"));
    }
    known.map(|(_, variant)| Ident::new(variant, word.span()))
}

/// The generic arguments of a type written `Tensor<..>`; `None` if it is not a tensor.
fn tensor(ty: &Type) -> Option<&PathArguments> {
    match ty {
        Type::Path(path) if path.qself.is_none() => {
            let last = path.path.segments.last()?;
            (last.ident == "Tensor").then_some(&last.arguments)
        }
        Type::Group(group) => tensor(&group.elem),
        _ => None,
    }
}

/// A type in a signature, as a tensor.
pub enum Spelling {
    /// `Tensor`
    Plain,
    /// `Tensor<3, 32, 32>`
    Extents(Box<Extents>),
    /// `Tensor<'a>`
    Lifetime,
    /// Another type.
    Other,
}

/// Reads a type as a tensor.
pub fn spelling(ty: &Type, report: &mut Report) -> Spelling {
    match tensor(ty) {
        None => Spelling::Other,
        Some(PathArguments::AngleBracketed(arguments)) if !arguments.args.is_empty() => {
            if arguments.args.iter().all(|argument| matches!(argument, GenericArgument::Lifetime(_))) {
                return Spelling::Lifetime;
            }
            let dims = arguments.args.iter().filter_map(|argument| extent(argument, report)).collect();
            Spelling::Extents(Box::new(Extents { ty: ty.clone(), dims }))
        }
        Some(_) => Spelling::Plain,
    }
}

/// One extent of `Tensor<..>`: a literal, a path, or an expression in braces.
fn extent(argument: &GenericArgument, report: &mut Report) -> Option<Expr> {
    match argument {
        GenericArgument::Const(expr) => Some(without_braces(expr.clone())),
        GenericArgument::Type(Type::Path(path)) => {
            Some(Expr::Path(syn::ExprPath { attrs: Vec::new(), qself: path.qself.clone(), path: path.path.clone() }))
        }
        argument => {
            let message =
                "an extent is a number, a constant, or an expression in braces: `Tensor<3, SIZE, { SIZE / 2 }>`";
            report.error(syn::Error::new(argument.span(), message));
            None
        }
    }
}

/// Drops the braces of `{ H / 2 }` where they are not needed.
fn without_braces(expr: Expr) -> Expr {
    match expr {
        Expr::Block(block) if block.label.is_none() && block.attrs.is_empty() => match &block.block.stmts[..] {
            [Stmt::Expr(inner, None)] => inner.clone(),
            _ => Expr::Block(block),
        },
        expr => expr,
    }
}
