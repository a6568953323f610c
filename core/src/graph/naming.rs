//! The names of layers and of their tensors.

use crate::base::name::Spelling;
use crate::graph::graph::{Graph, NONE, Node};
use crate::graph::scope::{Label, Scope};
use crate::op::state::State;

impl Graph {
    /// The name of a node: those of its scopes and its own, or its index, joined by dots.
    pub(crate) const fn spell(&self, node: usize) -> Spelling {
        self.spell_without(node, &[])
    }

    /// The name of a node if those in `removed` were not declared.
    pub(crate) const fn spell_without(&self, node: usize, removed: &[usize]) -> Spelling {
        let Node { scope, index, .. } = *self.node(node);
        let out = self.spell_scope(scope, removed);
        if index == NONE {
            return out;
        }
        let out = if scope == 0 { out } else { out.str(".") };
        out.number(self.number(scope, index, node, removed))
    }

    /// The name of a tensor of the state dict, an entry of a node's state, if the nodes in `removed` were not declared.
    pub(crate) const fn spell_entry(&self, node: usize, state: &State, entry: usize, removed: &[usize]) -> Spelling {
        let out = if state.of_module {
            self.spell_scope(self.module_of(node, state), removed)
        } else {
            self.spell_without(node, removed)
        };
        let name = state.entry(entry).name;
        if name.is_empty() { out } else { name.spell(out.str(".")) }
    }

    const fn spell_scope(&self, scope: u16, removed: &[usize]) -> Spelling {
        if scope == 0 {
            return Spelling::new();
        }
        let Scope { parent, label, nodes, .. } = *self.scope(scope);
        let out = self.spell_scope(parent, removed);
        let out = if parent == 0 { out } else { out.str(".") };
        match label {
            Label::Name(name) => name.spell(out),
            Label::Text(text) => out.str(text),
            Label::Index(index) => out.number(self.number(parent, index, nodes[0] as usize, removed)),
        }
    }

    /// The number, in its scope, of the layer or module that begins with a node, if those in `removed` were not
    /// declared.
    const fn number(&self, scope: u16, index: u16, node: usize, removed: &[usize]) -> usize {
        let (mut number, mut i) = (index as usize, 0);
        while i < removed.len() {
            let other = self.node(removed[i]);
            // A layer with a name also has a number, in the scope around its own.
            let numbered_in = if other.index == NONE { self.scope(other.scope).parent } else { other.scope };
            if removed[i] < node && numbered_in == scope {
                number -= 1;
            }
            i += 1;
        }
        number
    }

    /// The number, in the outermost scope, of a node or of the module that it is part of, where nothing has a name.
    pub(crate) const fn position(&self, node: usize) -> u16 {
        let Node { mut scope, mut index, .. } = *self.node(node);
        while scope != 0 {
            let Scope { parent, label, .. } = *self.scope(scope);
            if let Label::Index(number) = label {
                index = number;
            }
            scope = parent;
        }
        index
    }

    /// Whether the declaration names any layer or block.
    pub(crate) const fn is_named(&self) -> bool {
        self.named
    }

    /// The scope of the module that the tensors of a layer's state belong to; 0 if they are the layer's own.
    pub(crate) const fn module_of(&self, node: usize, state: &State) -> u16 {
        let Node { scope, index, .. } = *self.node(node);
        match (state.of_module, index) {
            (false, _) => 0,
            // Its own name is a scope within the module's.
            (true, NONE) => self.scope(scope).parent,
            (true, _) => scope,
        }
    }
}
