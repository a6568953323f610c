//! The attributes, each as a function of tokens.

use std::path::Path;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, ItemStruct, ItemType, Token, Visibility};

use crate::diagnostics::Report;
use crate::expand::network::body_label;
use crate::expand::{self, fallback};
use crate::lower::{lower, parameters};
use crate::model::{Definition, Settings};
use crate::parse::{Function, settings};
use crate::span::{Crate, hidden};
use crate::{budget as budgets, check, imported};

/// The options of `#[network(..)]`.
const OPTIONS: [&str; 8] = ["fuse", "dtype", "declared_order", "stream", "typelevel", "file", "micro", "crate"];

/// `#[network(..)]`
pub fn network(arguments: TokenStream, item: TokenStream, root: &Path) -> TokenStream {
    let mut report = Report::default();
    let settings = read_settings(arguments, &OPTIONS, &mut report);
    let krate = Crate::new(settings.krate.clone());
    if settings.file.is_some() {
        let network = imported::network(item.clone(), settings, root, &mut report);
        return match network {
            Some(network) if report.is_empty() => expand::network::network(&network),
            _ => fallback::of_file(item, &report.into_errors(), &krate),
        };
    }
    if let Some(word) = &settings.micro {
        report.at(
            word,
            "`micro` says how a file's network rounds: write `file = \"net.tflite\"` beside it, or leave it out",
        );
    }
    if let Some(word) = &settings.stream
        && settings.dtype.as_ref().is_none_or(|dtype| dtype != "I8")
    {
        report.at(
            word,
            "`stream` needs `dtype = i8`: in other types, the channels of a row lie apart, and none can be run alone",
        );
    }
    if !report.is_empty() && syn::parse2::<ItemStruct>(item.clone()).is_ok() {
        // Perhaps a file was meant.
        return fallback::of_file(item, &report.into_errors(), &krate);
    }
    let mut function = match function(item, "network", |item| fallback::unparsed(item, &krate)) {
        Ok(function) => function,
        Err(refused) => return refused,
    };
    let body = function.take_body(&mut report);
    let mut network = check::network(&function, body, settings, &mut report);
    let variables = parameters(&function.signature);
    if let Definition::Body { body, returns } = &mut network.definition {
        *returns = lower(body, variables, Some(body_label()), &krate, &mut report).left;
    }
    if report.is_empty() {
        return expand::network::network(&network);
    }
    let network_of_errors = fallback::network(&function, &report.into_errors(), &krate);
    // Its run and its weights are no errors, either.
    let integers = function.signature.receiver().is_none().then(|| expand::integers::items(&network));
    let integers = integers.flatten();
    quote!(#network_of_errors #integers)
}

/// `#[block(..)]`
pub fn block(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let settings = read_settings(arguments, &["crate"], &mut report);
    let krate = Crate::new(settings.krate);
    let mut function = match function(item, "block", |_| TokenStream::new()) {
        Ok(function) => function,
        Err(refused) => return refused,
    };
    check::qualifiers(&function.signature, "block", &mut report);
    check::parameters_of_block(&function.signature, &mut report);
    let body = function.take_body(&mut report);
    let block = expand::block::block(function.clone(), body, &krate, &mut report);
    if report.is_empty() {
        return block;
    }
    fallback::block(&function, &report.into_errors(), &krate)
}

/// `#[budget(..)]`, where it is not read by `#[network]`: above it, or on an instance of a generic network.
pub fn budget(arguments: TokenStream, item: TokenStream) -> TokenStream {
    match syn::parse2::<Budgeted>(item.clone()) {
        Ok(Budgeted::Network { above, network, below, rest }) => {
            // All budgets above go below at once, so that they stay in order.
            let (budgets, above): (Vec<_>, Vec<_>) =
                above.into_iter().partition(|attribute| check::is_named(attribute, "budget"));
            let own = quote_spanned!(hidden(Span::call_site())=> #[budget(#arguments)]);
            quote!(#(#above)* #network #own #(#budgets)* #(#below)* #rest)
        }
        Ok(Budgeted::Instance(alias)) => instance(arguments, &alias),
        Ok(Budgeted::Other) => refuse(misplaced_budget(&item), item),
        Err(error) => refuse(error, item),
    }
}

/// What a budget can be attached to.
enum Budgeted {
    /// A function that is still to become a network, without its attributes.
    Network {
        above: Vec<Attribute>,
        network: Box<Attribute>,
        below: Vec<Attribute>,
        rest: TokenStream,
    },
    /// `type Small = AlexNet<224, 224>;`
    Instance(Box<ItemType>),
    Other,
}

impl Parse for Budgeted {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let item = input.fork();
        let mut above = input.call(Attribute::parse_outer)?;
        let ahead = input.fork();
        ahead.parse::<Visibility>()?;
        if ahead.peek(Token![type]) {
            input.parse::<TokenStream>()?;
            return item.parse().map(Box::new).map(Budgeted::Instance);
        }
        let rest = input.parse()?;
        let Some(network) = above.iter().position(|attribute| check::is_named(attribute, "network")) else {
            return Ok(Budgeted::Other);
        };
        let below = above.split_off(network + 1);
        match above.pop() {
            Some(network) => Ok(Budgeted::Network { above, network: Box::new(network), below, rest }),
            None => Ok(Budgeted::Other),
        }
    }
}

fn misplaced_budget(item: &TokenStream) -> syn::Error {
    let first = item.clone().into_iter().next();
    syn::Error::new_spanned(first, "#[budget] belongs on a #[network] function or on a type alias of a network")
}

/// A budget on an instance of a generic network.
fn instance(arguments: TokenStream, alias: &ItemType) -> TokenStream {
    let mut report = Report::default();
    let budget = budgets::of_arguments(arguments, &alias.ident, &mut report);
    if !alias.generics.params.is_empty() {
        report.at(
            &alias.generics,
            "a budget is of one network: name an instance, such as `type Small = AlexNet<224, 224>;`",
        );
    }
    if !report.is_empty() {
        let errors = report.into_errors();
        return quote!(#errors #alias);
    }
    let krate = Crate::new(budget.krate);
    let cfg = alias.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let check = expand::budget::check_instance(&krate, &alias.ident, &budget.limits);
    quote!(#alias #(#cfg)* const _: () = { #check };)
}

fn read_settings(arguments: TokenStream, words: &[&str], report: &mut Report) -> Settings {
    let parsed = (|input: ParseStream<'_>| settings(input, words, report)).parse2(arguments);
    parsed.unwrap_or_else(|error| {
        report.error(error);
        Settings::default()
    })
}

/// The item as a function, or else what it becomes: the error and, of a function that cannot be parsed, `stub`. An `impl`
/// is left out, as its signatures are not Rust's.
fn function(
    item: TokenStream,
    attribute: &str,
    stub: impl Fn(TokenStream) -> TokenStream,
) -> Result<Function, TokenStream> {
    syn::parse2(item.clone()).map_err(|error: syn::Error| {
        let has = |word: &str| item.clone().into_iter().any(|token| token.to_string() == word);
        let first = item.clone().into_iter().next();
        let misplaced = || syn::Error::new_spanned(first, format!("#[{attribute}] belongs on a function"));
        if has("fn") {
            let (error, stub) = (error.to_compile_error(), stub(item));
            return quote!(#error #stub);
        }
        refuse(misplaced(), if has("impl") { TokenStream::new() } else { item })
    })
}

/// The error, and the item as it was.
fn refuse(error: syn::Error, item: TokenStream) -> TokenStream {
    let error = error.to_compile_error();
    quote!(#error #item)
}
