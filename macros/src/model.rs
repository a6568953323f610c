//! What a declaration states, once it has been checked.

use proc_macro2::Ident;
use syn::{Attribute, Block, Expr, Generics, LitStr, Token, Type, Visibility};

use crate::budget::Limit;
use crate::span::Crate;

/// A function, or a file's name, under `#[network]`.
pub struct Network {
    pub attributes: Attributes,
    pub vis: Visibility,
    pub name: Ident,
    /// Const parameters and where clauses.
    pub generics: Generics,
    pub inputs: Vec<Input>,
    pub output: Output,
    pub definition: Definition,
    pub settings: Settings,
    pub limits: Vec<Limit>,
    pub krate: Crate,
}

impl Network {
    /// Whether it is one network rather than a family of them.
    pub fn is_concrete(&self) -> bool {
        self.generics.params.is_empty()
    }
}

/// Where a network's layers are stated.
pub enum Definition {
    Body {
        body: Block,
        /// Whether the body, once lowered, leaves by a `return`.
        returns: bool,
    },
    /// In a file: its path as written, and from the root; and whether the network is one of 8-bit integers.
    File { written: LitStr, path: String, quantized: bool },
}

/// The user's attributes, by the generated items they belong on.
#[derive(Default)]
pub struct Attributes {
    /// `#[cfg(..)]`: on all.
    pub cfg: Vec<Attribute>,
    /// `#[allow(..)]` and similar ones, for the body.
    pub lints: Vec<Attribute>,
    /// `#[inline]` and similar ones, which only a function can carry.
    pub function: Vec<Attribute>,
    /// `#[deprecated]`: on the type and the function, whose uses of each other deserve no warning.
    pub deprecated: Option<Attribute>,
    /// Documentation and everything else, on the type.
    pub rest: Vec<Attribute>,
}

/// An input of a network.
pub struct Input {
    pub mutability: Option<Token![mut]>,
    pub name: Ident,
    pub tensor: Extents,
}

/// What a network returns.
pub enum Output {
    /// `Tensor<10>`
    One(Extents),
    /// `(Tensor<10>, Tensor<20>)`
    Tuple(Vec<Extents>),
    /// `[Tensor<10>; 3]`
    Array(Extents, Box<Expr>),
}

/// `Tensor<3, 224, 224>`
pub struct Extents {
    pub ty: Type,
    pub dims: Vec<Expr>,
}

/// The arguments of `#[network(..)]`.
#[derive(Default)]
pub struct Settings {
    pub fuse: bool,
    /// The variant of `netcost::DataType`.
    pub dtype: Option<Ident>,
    /// A run in the order of the declaration, whatever it takes.
    pub declared_order: bool,
    /// A run row by row.
    pub stream: Option<Ident>,
    pub typelevel: Option<Ident>,
    /// The file that states the layers.
    pub file: Option<LitStr>,
    /// Rounding as in TensorFlow Lite's runtime for microcontrollers.
    pub micro: Option<Ident>,
    pub krate: Option<syn::Path>,
}
