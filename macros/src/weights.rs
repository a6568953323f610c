//! `weights!(DsCnn, "ds_cnn.safetensors")`: reads the header of a weight file at expansion time, and leaves the
//! matching of its tensors with the network's, and their copying, to a const; of a `.tflite` file, that of its operators.

use std::path;

use netcost_core::__macro::Imported;
use netcost_core::MAX_RANK;
use netcost_core::weights::{ElementType, Header, Position, TensorInfo, Unusable, is_counter, natural_order};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Path, Token, Type};

use crate::span::Crate;

/// What is written between the parentheses.
struct Weights {
    network: Type,
    path: LitStr,
    /// `crate = path`, if netcost is renamed.
    krate: Option<Path>,
}

impl Parse for Weights {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let usage = |error: syn::Error| {
            syn::Error::new(error.span(), format!("{error}: write `weights!(Network, \"file.safetensors\")`"))
        };
        let network = input.parse().map_err(usage)?;
        input.parse::<Token![,]>().map_err(usage)?;
        let path = input.parse().map_err(usage)?;
        let mut krate = None;
        if input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            krate = Some(input.call(Path::parse_mod_style)?);
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(Weights { network, path, krate })
    }
}

/// Expands the macro. `root` is the folder of the package that uses it.
pub fn expand(input: TokenStream, root: &path::Path) -> TokenStream {
    let weights = match syn::parse2::<Weights>(input) {
        Ok(weights) => weights,
        Err(error) => return error.into_compile_error(),
    };
    let path = root.join(weights.path.value());
    let krate = Crate::new(weights.krate.clone());
    weights
        .expand(&path, &krate)
        .unwrap_or_else(|error| syn::Error::new(weights.path.span(), error).into_compile_error())
}

impl Weights {
    fn constants(&self, index: &TokenStream, path: &path::Path, krate: &Crate) -> TokenStream {
        let Weights { network, path: written, .. } = self;
        let path = path.to_string_lossy();
        // A problem with the file is reported at its name.
        let at_name = krate.at(written.span());
        let pack = quote_spanned! {written.span()=>
            #at_name::weights::pack::<#network, BYTES>(&INDEX, include_bytes!(#path))
        };
        quote! {{
            const INDEX: #krate::weights::FileIndex<'static> = #index;
            const LEN: usize = <#network as #krate::Network>::WEIGHTS_LEN;
            const BYTES: usize = 4 * LEN;
            const WEIGHTS: [f32; LEN] = #krate::weights::floats(#pack);
            WEIGHTS
        }}
    }
}

impl Weights {
    fn expand(&self, path: &path::Path, krate: &Crate) -> Result<TokenStream, String> {
        let file = self.path.value();
        let of_file = |error: String| format!("`{file}`: {error}");
        let bytes = read(path).map_err(of_file)?;
        if bytes.get(4..8) == Some(b"TFL3") {
            // The graph refers to the file's names.
            let mut imported = Box::new(Imported::new(bytes.leak()));
            if let Some(fault) = imported.fault("Net", &file) {
                return Err(fault.to_string());
            }
            return Ok(self.of_model(path, krate));
        }
        match integers(&bytes, krate).map_err(of_file)? {
            Some(tensors) => Ok(self.integers(&tensors, path, krate)),
            None => Ok(self.constants(&index(&bytes, krate).map_err(of_file)?, path, krate)),
        }
    }

    /// Weights in 8-bit integers from a `.tflite` file, whose layers are matched with the network's.
    fn of_model(&self, path: &path::Path, krate: &Crate) -> TokenStream {
        let (network, file, path) = (&self.network, self.path.value(), path.to_string_lossy());
        let internal = krate.internal(Span::mixed_site());
        // A problem with the file is reported at its name.
        let at_name = krate.internal(self.path.span());
        let weights = quote_spanned! {self.path.span()=>
            #at_name::quantized::matched::<#network, _, _, _, _>(FILE, #file)
        };
        quote! {{
            const FILE: &#internal::Imported = &{
                let mut file = #internal::Imported::new(include_bytes!(#path));
                file.read("", #file);
                file
            };
            #weights
        }}
    }

    /// Weights in 8-bit integers, with the steps that follow from them.
    fn integers(&self, tensors: &TokenStream, path: &path::Path, krate: &Crate) -> TokenStream {
        let (network, path) = (&self.network, path.to_string_lossy());
        let quantized = krate.internal(Span::mixed_site());
        let quantized = quote!(#quantized::quantized);
        // A problem with the file is reported at its name.
        let at_name = krate.internal(self.path.span());
        let weights = quote_spanned! {self.path.span()=>
            #at_name::quantized::weights::<#network, _, _, _, _>(TENSORS, include_bytes!(#path))
        };
        quote! {{
            const TENSORS: &[#quantized::TypedTensor<'static>] = &#tensors;
            #weights
        }}
    }
}

/// The tensors of a file that quantization has made, as a const expression; `None` of another file.
pub fn integers(bytes: &[u8], krate: &Crate) -> Result<Option<TokenStream>, String> {
    let header = Header::<Vec<_>>::read(bytes).map_err(|error| error.to_string())?;
    let is_quantized = |tensor: &TensorInfo<'_>| tensor.name.to_string().ends_with("zero_point");
    if !header.tensors.iter().any(is_quantized) {
        return Ok(None);
    }
    let internal = krate.internal(Span::mixed_site());
    let quantized = quote!(#internal::quantized);
    let mut tensors = Vec::new();
    for tensor in &header.tensors {
        let (name, dims) = (tensor.name.to_string(), tensor.dims().collect::<Vec<_>>());
        let element = match tensor.element {
            ElementType::I8 => quote!(I8),
            ElementType::I32 => quote!(I32),
            ElementType::F32 => quote!(F32),
            other => {
                return Err(format!("its tensor `{name}` is {other}; weights in 8-bit integers are I8, I32 and F32"));
            }
        };
        if dims.contains(&0) || dims.len() > MAX_RANK {
            return Err(format!("its tensor `{name}` has the shape {dims:?}, which no tensor of a network can have"));
        }
        if name.ends_with("scale")
            && let Some(at) = tensor
                .data(bytes)
                .as_chunks()
                .0
                .iter()
                .map(|&bytes| f32::from_le_bytes(bytes))
                .position(|scale| !(scale > 0.0 && scale.is_finite()))
        {
            return Err(format!(
                "its tensor `{name}` is no positive number at {}",
                Position { element: at, shape: &dims }
            ));
        }
        let dims = dims.into_iter().map(Literal::usize_unsuffixed);
        let (start, end) = (Literal::usize_unsuffixed(tensor.start), Literal::usize_unsuffixed(tensor.end));
        tensors.push(quote! {
            #quantized::TypedTensor {
                name: #name,
                element: #quantized::Element::#element,
                shape: #krate::Shape::new(&[#(#dims),*]),
                start: #start,
                end: #end,
            }
        });
    }
    Ok(Some(quote!([#(#tensors),*])))
}

fn read(path: &path::Path) -> Result<Vec<u8>, String> {
    std::fs::read(path)
        .map_err(|error| format!("cannot be read: {error} (paths start at the package's folder, where Cargo.toml is)"))
}

/// The tensors of a file, as a const expression.
pub fn index(bytes: &[u8], krate: &Crate) -> Result<TokenStream, String> {
    let header = Header::<Vec<_>>::read(bytes).map_err(|error| error.to_string())?;
    let (mut names, mut entries) = (Vec::new(), Vec::new());
    for tensor in &header.tensors {
        let name = tensor.name.to_string();
        if is_counter(&name) {
            continue;
        }
        let dims: Vec<usize> = tensor.dims().collect();
        tensor.shape(bytes).map_err(|unusable| match unusable {
            Unusable::Type => format!("its tensor `{name}` is {}: only F32 is read", tensor.element),
            Unusable::Shape => {
                format!("its tensor `{name}` has the shape {dims:?}, which no tensor of a network can have")
            }
            Unusable::NotFinite(element) => {
                format!("its tensor `{name}` is not finite at {}", Position { element, shape: &dims })
            }
        })?;
        let dims = dims.into_iter().map(Literal::usize_unsuffixed);
        let start = Literal::usize_unsuffixed(tensor.start);
        entries.push(quote! {
            #krate::weights::FileTensor {
                name: #name,
                shape: #krate::Shape::new(&[#(#dims),*]),
                start: #start,
            }
        });
        names.push(name);
    }
    let mut natural: Vec<usize> = (0..names.len()).collect();
    natural.sort_by(|&a, &b| natural_order(&names[a], &names[b]));
    let natural = natural.into_iter().map(Literal::usize_unsuffixed);
    Ok(quote! {
        #krate::weights::FileIndex { tensors: &[#(#entries),*], natural: &[#(#natural),*] }
    })
}
