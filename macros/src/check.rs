//! Checking: from a function as written to a valid network or block.

use quote::{ToTokens, quote};
use syn::{
    Attribute, Block, FnArg, GenericArgument, GenericParam, Pat, PathArguments, ReturnType, Signature, Type,
    TypeImplTrait, TypeParamBound, TypeTraitObject,
};

use crate::budget::{self, Limit};
use crate::diagnostics::{Report, spell};
use crate::model::{Attributes, Definition, Extents, Input, Network, Output, Settings};
use crate::parse::{Function, Spelling, spelling};
use crate::span::Crate;

/// The network that a function declares; its body is not lowered yet. Mistakes are reported and left out.
pub fn network(function: &Function, body: Block, settings: Settings, report: &mut Report) -> Network {
    let signature = &function.signature;
    qualifiers(signature, "network", report);
    generics(signature, &settings, report);
    let (attributes, limits) = attributes(&function.attributes, report);
    Network {
        attributes,
        vis: function.vis.clone(),
        name: signature.ident.clone(),
        generics: signature.generics.clone(),
        inputs: inputs(signature, report),
        output: output(signature, report),
        definition: Definition::Body { body, returns: false },
        krate: Crate::new(settings.krate.clone()),
        settings,
        limits,
    }
}

/// `async`, `unsafe` and `extern` do not go with functions that run at compile time.
pub fn qualifiers(signature: &Signature, what: &str, report: &mut Report) {
    let mut refuse = |tokens: &dyn ToTokens, word: &str| {
        report.at(tokens.to_token_stream(), format!("a {what} runs at compile time: it cannot be `{word}`"));
    };
    if let Some(token) = &signature.asyncness {
        refuse(token, "async");
    }
    if let Some(token) = &signature.unsafety {
        refuse(token, "unsafe");
    }
    if let Some(abi) = &signature.abi {
        refuse(abi, "extern");
    }
    if let Some(variadic) = &signature.variadic {
        refuse(variadic, "...");
    }
}

/// What a block cannot be given: a function, which it could not call at compile time.
pub fn parameters_of_block(signature: &Signature, report: &mut Report) {
    for argument in &signature.inputs {
        if let FnArg::Typed(argument) = argument
            && is_function(&argument.ty)
        {
            report.at(
                &argument.ty,
                "a block cannot be given a function at compile time: give it an enum, and `match` on that",
            );
        }
    }
}

fn is_function(ty: &Type) -> bool {
    match ty {
        Type::BareFn(_) => true,
        Type::Reference(reference) => is_function(&reference.elem),
        Type::ImplTrait(TypeImplTrait { bounds, .. }) | Type::TraitObject(TypeTraitObject { bounds, .. }) => {
            bounds.iter().any(|bound| {
                matches!(bound, TypeParamBound::Trait(bound) if bound.path.segments.last().is_some_and(|last| {
                    ["Fn", "FnMut", "FnOnce"].iter().any(|word| last.ident == word)
                }))
            })
        }
        _ => false,
    }
}

/// A network's generics are const.
fn generics(signature: &Signature, settings: &Settings, report: &mut Report) {
    let params = &signature.generics.params;
    for param in params {
        match param {
            GenericParam::Const(param) => match &param.ty {
                Type::Reference(_) | Type::Array(_) | Type::Tuple(_) => {
                    report.at(&param.ty, "a const generic is a number, a `bool` or a `char`");
                }
                _ => {}
            },
            GenericParam::Type(param) => report
                .at(&param.ident, format!("a network's generics are numbers: write `const {}: usize`", param.ident)),
            GenericParam::Lifetime(param) => {
                report.at(param, "a network needs no lifetime: its tensors get theirs from `#[network]`");
            }
        }
    }
    if let (Some(word), false) = (&settings.typelevel, params.is_empty()) {
        let name = &signature.ident;
        report.at(
            word,
            format!(
                "a generic network has no numbers at type level before its generics are known: \
                 wrap an instance, `#[network(typelevel)] fn Small(x: Tensor<..>) -> Tensor<..> {{ {name}::<..>(x) }}`"
            ),
        );
    }
}

/// Sorts the attributes by the items they belong to, and reads the budgets among them.
/// The user's attributes, by the generated items they belong on, and the limits of the budgets among them.
pub fn attributes(all: &[Attribute], report: &mut Report) -> (Attributes, Vec<Limit>) {
    let mut sorted = Attributes::default();
    let mut limits = Vec::new();
    for attribute in all {
        let path = attribute.path();
        let lints = ["allow", "warn", "deny", "forbid", "expect"];
        if is_named(attribute, "budget") {
            limits.extend(budget::of_attribute(attribute, report));
        } else if path.is_ident("cfg") {
            sorted.cfg.push(attribute.clone());
        } else if lints.iter().any(|lint| path.is_ident(lint)) {
            sorted.lints.push(attribute.clone());
        } else if is_of_functions(attribute) {
            sorted.function.push(attribute.clone());
        } else if path.is_ident("deprecated") {
            sorted.deprecated = Some(attribute.clone());
        } else {
            sorted.rest.push(attribute.clone());
        }
    }
    (sorted, limits)
}

/// Whether an attribute is one of netcost's, by the end of its path.
pub fn is_named(attribute: &Attribute, name: &str) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == name)
}

/// Whether an attribute belongs on a function, and not on a type.
pub fn is_of_functions(attribute: &Attribute) -> bool {
    const NAMES: [&str; 8] =
        ["inline", "cold", "track_caller", "target_feature", "optimize", "coverage", "no_mangle", "export_name"];
    NAMES.iter().any(|name| attribute.path().is_ident(name))
}

fn inputs(signature: &Signature, report: &mut Report) -> Vec<Input> {
    if signature.inputs.is_empty() {
        report.at(
            &signature.ident,
            format!("a network has an input: write `fn {}(x: Tensor<3, 224, 224>)`", signature.ident),
        );
    }
    signature.inputs.iter().filter_map(|argument| input(argument, report)).collect()
}

fn input(argument: &FnArg, report: &mut Report) -> Option<Input> {
    let argument = match argument {
        FnArg::Typed(argument) => argument,
        FnArg::Receiver(receiver) => {
            report.at(receiver, "a network is a free function: it has no `self`");
            return None;
        }
    };
    for attribute in &argument.attrs {
        report
            .at(attribute, "an attribute cannot go on an input; write the network twice, each under its own `#[cfg]`");
    }
    let tensor = match spelling(&argument.ty, report) {
        Spelling::Extents(tensor) => *tensor,
        Spelling::Plain | Spelling::Lifetime => {
            report.at(&argument.ty, "an input states its extents, without a batch axis: write `Tensor<C, H, W>`");
            return None;
        }
        Spelling::Other => {
            let (pat, ty) = (&argument.pat, &argument.ty);
            report.at(quote!(#pat: #ty), not_a_tensor(pat, ty));
            return None;
        }
    };
    match &*argument.pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => {
            Some(Input { mutability: pat.mutability, name: pat.ident.clone(), tensor })
        }
        pat => {
            report.at(pat, "an input of a network is a plain name: write `x: Tensor<..>`");
            None
        }
    }
}

fn not_a_tensor(pat: &Pat, ty: &Type) -> String {
    let name = match pat {
        Pat::Ident(pat) => pat.ident.to_string(),
        _ => "it".to_owned(),
    };
    match ty {
        Type::Reference(reference) if holds_tensors(&reference.elem) => {
            format!("an input is the tensor itself: drop the `&`, and write `{name}: {}`", spell(&reference.elem))
        }
        ty if holds_tensors(ty) => format!("several inputs are several parameters: write {}", apart(pat, ty)),
        ty => match numbers(ty) {
            Numbers::One => format!("a network's inputs are tensors; make `{name}` a const generic of the network"),
            Numbers::Array(extents) => {
                format!("an input is a tensor: write `{name}: Tensor<{}>`", extents.join(", "))
            }
            Numbers::Optional(tensor) => format!("an input is always there: write `{name}: {tensor}`"),
            Numbers::Other => format!(
                "a network's inputs are tensors; make `{name}` a constant, or the argument of a #[block] that it calls"
            ),
        },
    }
}

/// What a type that is no tensor holds.
enum Numbers {
    One,
    /// An array, and its extents where they are known.
    Array(Vec<String>),
    /// Perhaps a tensor.
    Optional(String),
    Other,
}

fn numbers(ty: &Type) -> Numbers {
    let within = |ty: &Type, extent: String| match numbers(ty) {
        Numbers::One => Numbers::Array(vec![extent]),
        Numbers::Array(extents) => Numbers::Array([vec![extent], extents].concat()),
        other => other,
    };
    match ty {
        Type::Array(array) => within(&array.elem, spell(&array.len)),
        Type::Slice(slice) => within(&slice.elem, "N".to_owned()),
        Type::Reference(reference) => numbers(&reference.elem),
        Type::Path(path) => match path.path.segments.last() {
            Some(last) => match (&*last.ident.to_string(), argument(&last.arguments)) {
                ("Vec", Some(element)) => within(element, "N".to_owned()),
                ("Option", Some(inner)) if holds_tensors(inner) => Numbers::Optional(spell(inner)),
                (word, None) if NUMBERS.contains(&word) => Numbers::One,
                _ => Numbers::Other,
            },
            None => Numbers::Other,
        },
        _ => Numbers::Other,
    }
}

const NUMBERS: [&str; 16] = [
    "usize", "u8", "u16", "u32", "u64", "u128", "isize", "i8", "i16", "i32", "i64", "i128", "f32", "f64", "bool",
    "char",
];

/// The type that another is generic over.
fn argument(arguments: &PathArguments) -> Option<&Type> {
    match arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(GenericArgument::Type(ty)) => Some(ty),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a type holds nothing but tensors.
fn holds_tensors(ty: &Type) -> bool {
    match ty {
        Type::Tuple(tuple) => !tuple.elems.is_empty() && tuple.elems.iter().all(holds_tensors),
        Type::Array(array) => holds_tensors(&array.elem),
        Type::Slice(slice) => holds_tensors(&slice.elem),
        Type::Reference(reference) => holds_tensors(&reference.elem),
        ty => !matches!(spelling(ty, &mut Report::default()), Spelling::Other),
    }
}

/// The parameters to write instead of one that holds several tensors.
fn apart(pat: &Pat, ty: &Type) -> String {
    let parameters: Vec<String> = match (pat, ty) {
        (Pat::Tuple(pats), Type::Tuple(types)) if pats.elems.len() == types.elems.len() => {
            pats.elems.iter().zip(&types.elems).map(|(pat, ty)| format!("{}: {}", spell(pat), spell(ty))).collect()
        }
        (_, Type::Tuple(types)) => {
            let types = types.elems.iter().enumerate();
            types.map(|(i, ty)| format!("x{i}: {}", spell(ty))).collect()
        }
        (_, Type::Array(syn::TypeArray { elem, .. }) | Type::Slice(syn::TypeSlice { elem, .. })) => {
            (0..2).map(|i| format!("x{i}: {}", spell(elem))).collect()
        }
        _ => vec!["x0: Tensor<..>".to_owned(), "x1: Tensor<..>".to_owned()],
    };
    format!("`{}`", parameters.join(", "))
}

fn output(signature: &Signature, report: &mut Report) -> Output {
    let ReturnType::Type(_, ty) = &signature.output else {
        report.at(&signature.ident, "a network states its output: write `-> Tensor<10>` after its inputs");
        return Output::Tuple(Vec::new());
    };
    match &**ty {
        Type::Tuple(tuple) if !tuple.elems.is_empty() => {
            Output::Tuple(tuple.elems.iter().filter_map(|ty| output_tensor(ty, report)).collect())
        }
        Type::Array(array) => match output_tensor(&array.elem, report) {
            Some(tensor) => Output::Array(tensor, Box::new(array.len.clone())),
            None => Output::Tuple(Vec::new()),
        },
        ty => output_tensor(ty, report).map_or(Output::Tuple(Vec::new()), Output::One),
    }
}

fn output_tensor(ty: &Type, report: &mut Report) -> Option<Extents> {
    match spelling(ty, report) {
        Spelling::Extents(tensor) => Some(*tensor),
        Spelling::Plain | Spelling::Lifetime => {
            report.at(ty, "an output states its extents: write `Tensor<10>`, or `Tensor<C, H, W>`");
            None
        }
        Spelling::Other => {
            report.at(ty, "a network gives `Tensor<10>`, a tuple of such, or an array: `[Tensor<10>; 2]`");
            None
        }
    }
}
