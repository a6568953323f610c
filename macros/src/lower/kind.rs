//! What is known, without types, of the value of an expression.
//!
//! A kind only saves a detour: between two numbers, an operator stays Rust's own; in all other cases, the types choose.
//! So a kind that is unknown or wrong is at worst a type error, and never changes the graph.

use syn::{Expr, Path, PathArguments, Type};

/// The kind of an expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    Tensor,
    /// A number, or anything else that certainly holds no tensor, such as a `bool` or a table of constants.
    Number,
    /// A `Vec` or `vec![..]`.
    List(Box<Kind>),
    Array(Box<Kind>),
    Tuple(Vec<Kind>),
    /// The kind of an expression that does not return: `return`, `panic!`.
    Never,
    Unknown,
}

impl Kind {
    pub fn list(element: Kind) -> Self {
        Kind::List(Box::new(element))
    }

    pub fn array(element: Kind) -> Self {
        Kind::Array(Box::new(element))
    }

    /// The kind of a type.
    pub fn of_type(ty: &Type) -> Self {
        match ty {
            Type::Path(path) if path.qself.is_none() => Kind::of_path_type(&path.path),
            Type::Array(array) => Kind::array(Kind::of_type(&array.elem)),
            Type::Slice(slice) => Kind::array(Kind::of_type(&slice.elem)),
            Type::Tuple(tuple) => Kind::Tuple(tuple.elems.iter().map(Kind::of_type).collect()),
            Type::Reference(reference) => Kind::of_type(&reference.elem),
            Type::Paren(paren) => Kind::of_type(&paren.elem),
            Type::Group(group) => Kind::of_type(&group.elem),
            Type::Never(_) => Kind::Never,
            _ => Kind::Unknown,
        }
    }

    fn of_path_type(path: &Path) -> Self {
        const PLAIN: &[&str] = &[
            "usize", "u8", "u16", "u32", "u64", "u128", "isize", "i8", "i16", "i32", "i64", "i128", "f32", "f64",
            "bool", "char", "str",
        ];
        let Some(last) = path.segments.last() else {
            return Kind::Unknown;
        };
        if last.ident == "Tensor" {
            return Kind::Tensor;
        }
        if last.ident == "Vec" || last.ident == "List" {
            return Kind::list(match &last.arguments {
                PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
                    Some(syn::GenericArgument::Type(element)) => Kind::of_type(element),
                    _ => Kind::Unknown,
                },
                _ => Kind::Unknown,
            });
        }
        if PLAIN.iter().any(|plain| last.ident == plain) { Kind::Number } else { Kind::Unknown }
    }

    /// The kind of a value that is either of the two.
    pub fn or(self, other: Kind) -> Kind {
        match (self, other) {
            (Kind::Never, kind) | (kind, Kind::Never) => kind,
            (a, b) if a == b => a,
            _ => Kind::Unknown,
        }
    }

    /// The kind of an element. What is taken out of a table of constants is a constant; a split is an array.
    pub fn element(&self) -> Kind {
        match self {
            Kind::List(element) | Kind::Array(element) => (**element).clone(),
            Kind::Number => Kind::Number,
            Kind::Tensor => Kind::Tensor,
            _ => Kind::Unknown,
        }
    }

    /// The kind of a tuple's field.
    pub fn field(&self, index: usize) -> Kind {
        match self {
            Kind::Tuple(fields) => fields.get(index).cloned().unwrap_or(Kind::Unknown),
            Kind::Number => Kind::Number,
            _ => Kind::Unknown,
        }
    }

    /// Whether a layer's method may be called on it.
    pub fn may_be_tensor(&self) -> bool {
        matches!(self, Kind::Tensor | Kind::Unknown)
    }
}

/// Whether a name is spelt like a constant: `CLASSES`, `H`.
pub fn is_constant(name: &str) -> bool {
    name.contains(|c: char| c.is_uppercase()) && !name.contains(|c: char| c.is_lowercase())
}

/// Whether a name is spelt like a type or a variant: `Relu`.
pub fn is_camel_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_uppercase()) && name.contains(|c: char| c.is_lowercase())
}

/// The queries of a tensor, and the lengths of arrays and lists: all are numbers.
pub fn is_query(method: &str) -> bool {
    ["channels", "height", "width", "dim", "rank", "elements", "len", "is_empty"].contains(&method)
}

/// An expression without the parentheses around it.
pub fn bare(expr: Expr) -> Expr {
    match expr {
        Expr::Paren(paren) if paren.attrs.is_empty() => bare(*paren.expr),
        Expr::Group(group) => bare(*group.expr),
        expr => expr,
    }
}

/// Looks through parentheses.
pub fn peel(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => peel(&paren.expr),
        Expr::Group(group) => peel(&group.expr),
        expr => expr,
    }
}
