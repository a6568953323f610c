//! Where layers are named.

use crate::base::name::Name;
use crate::op::module::Module;

/// A block with a name, a layer with a name, or a module.
#[derive(Clone, Copy)]
pub(crate) struct Scope {
    pub parent: u16,
    /// The number of layers and modules that have a number in it.
    pub children: u16,
    pub label: Label,
    /// The module that it belongs to.
    pub module: Option<Module>,
    /// Its first node, and the one after its last.
    pub nodes: [u16; 2],
}

impl Scope {
    /// The scope of the whole declaration.
    pub const OUTERMOST: Scope = Scope { parent: 0, children: 0, label: Label::Index(0), module: None, nodes: [0; 2] };
}

/// What a scope is called in the one around it.
#[derive(Clone, Copy)]
pub(crate) enum Label {
    Name(Name),
    /// A name that is read from a file.
    Text(&'static str),
    /// Its number among the layers there, if it is a module without a name.
    Index(u16),
}

/// The scope that was current before another was entered.
#[derive(Clone, Copy)]
pub struct Entered(pub(crate) u16);
