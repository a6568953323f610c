//! What is known, without types, of the value of an expression.
//!
//! A kind only saves a detour: between two numbers, an operator stays Rust's own; in all other cases, the types choose.
//! So a kind that is unknown or wrong is at worst a type error, and never changes the graph.

use syn::{Expr, GenericArgument, Path, PathArguments, Type};

/// The kind of an expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    Tensor,
    /// A number or a `bool`.
    Number,
    /// A constant of any type, or a part of one: a width, a table of widths.
    Constant,
    /// Anything else that certainly holds no tensor, such as a configuration.
    Plain,
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
        Kind::read(ty, |_| Kind::Unknown)
    }

    /// The kind of a parameter. If its type is the user's own and holds tensors, it has the lifetime of their graph.
    pub fn of_parameter(ty: &Type) -> Self {
        Kind::read(ty, |path| if has_lifetime(path) { Kind::Unknown } else { Kind::Plain })
    }

    /// The kind of a type, where `own` is that of a type of the user's own.
    fn read(ty: &Type, own: fn(&Path) -> Kind) -> Self {
        match ty {
            Type::Path(path) if path.qself.is_none() => Kind::read_path(&path.path, own),
            Type::Array(array) => Kind::array(Kind::read(&array.elem, own)),
            Type::Slice(slice) => Kind::array(Kind::read(&slice.elem, own)),
            Type::Tuple(tuple) => Kind::Tuple(tuple.elems.iter().map(|ty| Kind::read(ty, own)).collect()),
            Type::Reference(reference) => Kind::read(&reference.elem, own),
            Type::Paren(paren) => Kind::read(&paren.elem, own),
            Type::Group(group) => Kind::read(&group.elem, own),
            Type::Never(_) => Kind::Never,
            _ => Kind::Unknown,
        }
    }

    fn read_path(path: &Path, own: fn(&Path) -> Kind) -> Self {
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
                    Some(GenericArgument::Type(element)) => Kind::read(element, own),
                    _ => Kind::Unknown,
                },
                _ => Kind::Unknown,
            });
        }
        if PLAIN.iter().any(|plain| last.ident == plain) { Kind::Number } else { own(path) }
    }

    /// The kind of a value that is either of the two.
    pub fn or(self, other: Kind) -> Kind {
        match (self, other) {
            (Kind::Never, kind) | (kind, Kind::Never) => kind,
            (a, b) if a == b => a,
            (Kind::Number, Kind::Constant) | (Kind::Constant, Kind::Number) => Kind::Constant,
            (a, b) => made_of([a, b]),
        }
    }

    /// The kind of an element. What is taken out of a table of constants is a constant.
    pub fn element(&self) -> Kind {
        match self {
            Kind::List(element) | Kind::Array(element) => (**element).clone(),
            _ => self.inside(),
        }
    }

    /// The kind of a tuple's field.
    pub fn field(&self, index: usize) -> Kind {
        match self {
            Kind::Tuple(fields) => fields.get(index).cloned().unwrap_or(Kind::Unknown),
            _ => self.inside(),
        }
    }

    /// The kind of what a struct or a variant holds.
    pub fn inside(&self) -> Self {
        match self {
            Kind::Number | Kind::Constant => Kind::Constant,
            Kind::Plain => Kind::Plain,
            _ => Kind::Unknown,
        }
    }

    /// Whether a tensor may be in it.
    pub fn may_hold_tensors(&self) -> bool {
        match self {
            Kind::Number | Kind::Constant | Kind::Plain | Kind::Never => false,
            Kind::List(element) | Kind::Array(element) => element.may_hold_tensors(),
            Kind::Tuple(fields) => fields.iter().any(Kind::may_hold_tensors),
            Kind::Tensor | Kind::Unknown => true,
        }
    }

    /// Whether an operator on it stays Rust's own.
    pub fn is_number(&self) -> bool {
        matches!(self, Kind::Number | Kind::Constant)
    }

    /// Whether a layer's method may be called on it.
    pub fn may_be_tensor(&self) -> bool {
        matches!(self, Kind::Tensor | Kind::Unknown)
    }
}

/// Whether a type may have a lifetime: its own, or that of what it is generic over.
fn has_lifetime(path: &Path) -> bool {
    path.segments.iter().any(|segment| match &segment.arguments {
        PathArguments::None => false,
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().any(|argument| match argument {
            GenericArgument::Type(ty) => Kind::of_parameter(ty).may_hold_tensors(),
            GenericArgument::Const(_) => false,
            _ => true,
        }),
        PathArguments::Parenthesized(_) => true,
    })
}

/// The kind of what is made of some values: without a tensor among them, it has none.
pub fn made_of(kinds: impl IntoIterator<Item = Kind>) -> Kind {
    if kinds.into_iter().any(|kind| kind.may_hold_tensors()) { Kind::Unknown } else { Kind::Plain }
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
