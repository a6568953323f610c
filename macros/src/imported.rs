//! A network that a file states: `#[network(file = "kws.tflite")] pub struct Kws;`.

use std::path::Path;

use netcost_core::__macro::Imported;
use netcost_core::__macro::quantized::STREAM_OF_FLOATS;
use netcost_core::Shape;
use proc_macro2::{Span, TokenStream};
use quote::format_ident;
use syn::{Fields, ItemStruct, LitStr, Type};

use crate::check::attributes;
use crate::diagnostics::Report;
use crate::model::{Definition, Extents, Input, Network, Output, Settings};
use crate::span::Crate;

/// Reads the file, whose path starts at the package's folder. The compiler reads it again, but its errors are told here.
pub fn network(item: TokenStream, settings: Settings, root: &Path, report: &mut Report) -> Option<Network> {
    let written = settings.file.clone()?;
    let first = item.clone().into_iter().next();
    let Ok(item) = syn::parse2::<ItemStruct>(item) else {
        report.at(first, "a network that a file states is a struct: write `pub struct Kws;`, and no function");
        return None;
    };
    if !matches!(item.fields, Fields::Unit) || !item.generics.params.is_empty() {
        report.at(&item.ident, format!("the file states all of it: write `struct {};`", item.ident));
    }
    if settings.fuse || settings.dtype.is_some() {
        report.at(&written, "the file states how it is deployed: leave `fuse` and `dtype` out");
    }
    let (attributes, limits) = attributes(&item.attrs, report);
    let path = root.join(written.value());
    let ports = report.ok(read(&written, &path, &item.ident.to_string()))?;
    if let (Some(word), false) = (&settings.stream, ports.quantized) {
        report.at(word, STREAM_OF_FLOATS);
    }
    let names = (0..).map(|i| format_ident!("x{i}", span = Span::mixed_site()));
    let inputs = names.zip(ports.inputs).map(|(name, tensor)| Input { mutability: None, name, tensor }).collect();
    let mut outputs = ports.outputs;
    Some(Network {
        attributes,
        vis: item.vis,
        name: item.ident,
        generics: item.generics,
        inputs,
        output: match outputs.len() {
            1 => Output::One(outputs.remove(0)),
            _ => Output::Tuple(outputs),
        },
        definition: Definition::File { written, path: path.to_string_lossy().into_owned(), quantized: ports.quantized },
        krate: Crate::new(settings.krate.clone()),
        settings,
        limits,
    })
}

/// The inputs and outputs of a network.
struct Ports {
    inputs: Vec<Extents>,
    outputs: Vec<Extents>,
    quantized: bool,
}

fn read(written: &LitStr, path: &Path, name: &str) -> syn::Result<Ports> {
    let bytes = std::fs::read(path).map_err(|error| {
        let text = format!(
            "`{}` cannot be read: {error} (paths start at the package's folder, where Cargo.toml is)",
            written.value()
        );
        syn::Error::new(written.span(), text)
    })?;
    // The graph refers to the file's names.
    let (bytes, name) = (&*bytes.leak(), &*name.to_owned().leak());
    let mut imported = Box::new(Imported::new(bytes));
    let file = written.value();
    if let Some(fault) = imported.fault(name, &file) {
        return Err(syn::Error::new(written.span(), fault));
    }
    let extents = |shape: &Shape| {
        let dims: Vec<usize> = (0..shape.rank()).map(|axis| shape.dim(axis as isize)).collect();
        let ty: Type = syn::parse_quote!(Tensor<#(#dims),*>);
        let dims = dims.iter().map(|dim| syn::parse_quote!(#dim)).collect();
        Extents { ty, dims }
    };
    Ok(Ports {
        inputs: imported.inputs().iter().map(|port| extents(&port.shape)).collect(),
        outputs: imported.outputs().iter().map(|port| extents(&port.shape)).collect(),
        quantized: imported.is_quantized(),
    })
}
