//! Layers that share their weights: those of the same name.

use crate::base::message::Text;
use crate::base::name::{NameHash, Spelling};
use crate::graph::graph::{Graph, MAX_NODES, MAX_SCOPES, NONE, Node};
use crate::graph::scope::{Label, Scope};
use crate::op::state::State;

/// Which layers use the weights of an earlier one.
pub(crate) struct Shared {
    pub any: bool,
    /// The first layer of the same name and weights; 0, an input, for a layer with weights of its own.
    first: [u16; MAX_NODES],
    /// Whether a later layer uses a layer's weights.
    again: [bool; MAX_NODES],
}

/// The size of the table of hashes: a power of two, twice the number of nodes.
const PLACES: usize = 2 * MAX_NODES;

impl Shared {
    /// Every layer has weights of its own.
    pub const fn none() -> Self {
        Shared { any: false, first: [0; MAX_NODES], again: [false; MAX_NODES] }
    }

    /// The layer whose weights a node reads, if they are not its own.
    pub const fn first(&self, node: usize) -> Option<usize> {
        match self.first[node] {
            0 => None,
            first => Some(first as usize),
        }
    }

    /// Whether a later layer uses a layer's weights.
    pub const fn is_called_again(&self, node: usize) -> bool {
        self.again[node]
    }

    /// The layer that stores the weights of a node: itself, or the first of its name.
    pub const fn owner(&self, node: usize) -> usize {
        match self.first(node) {
            Some(first) => first,
            None => node,
        }
    }

    /// Finds the layers of the same name, by the hashes of their names.
    ///
    /// # Panics
    /// If they have different weights, or a name is the number of another layer.
    #[track_caller]
    pub const fn find(&mut self, graph: &Graph) {
        if !graph.named {
            return;
        }
        let mut scopes = [NameHash::START; MAX_SCOPES];
        let mut hashes = [0; MAX_NODES];
        // The nodes by their hash, with linear probing from its lowest bits; 0 is an input.
        let mut places = [0; PLACES];
        let mut hashed = 1;
        let mut node = graph.input_count;
        while node < graph.len() {
            let Node { scope, index, .. } = *graph.node(node);
            while hashed <= scope as usize {
                let Scope { parent, label, .. } = *graph.scope(hashed as u16);
                let around = scopes[parent as usize];
                let hash = match label {
                    Label::Name(name) => around.name(&name),
                    Label::Text(text) => around.str(text),
                    Label::Index(index) => around.number(index as usize),
                };
                scopes[hashed] = hash.str(".");
                hashed += 1;
            }
            let name = scopes[scope as usize];
            let name = if index == NONE { name } else { name.number(index as usize).str(".") };
            hashes[node] = name.0;
            let mut place = name.0 as usize % PLACES;
            let mut last = node;
            while places[place] != 0 {
                let other = places[place] as usize;
                if hashes[other] == name.0 && graph.spell(other).same(&graph.spell(node)) {
                    last = self.join(graph, other, node);
                    break;
                }
                place = (place + 1) % PLACES;
            }
            places[place] = last as u16;
            node += 1;
        }
    }

    /// Notes a layer of the same name as an earlier one; returns the later of the two that has weights.
    #[track_caller]
    const fn join(&mut self, graph: &Graph, other: usize, node: usize) -> usize {
        if !same_labels(graph, other, node) {
            Text::new()
                .str("the name `")
                .str(graph.spell(node).as_str())
                .str("` was given to one layer, and is the number of another: give it another name")
                .fail();
        }
        let (a, b) = (graph.state(other), graph.state(node));
        if a.len == 0 {
            return node;
        }
        if b.len == 0 {
            return other;
        }
        if !same_tensors(&a, &b) {
            fail_shapes(graph, (other, &a), (node, &b));
        }
        self.first[node] = self.owner(other) as u16;
        self.again[other] = true;
        self.any = true;
        node
    }
}

/// Whether two nodes of the same name have it for the same reason: no part is a number in one and a given name in the
/// other.
const fn same_labels(graph: &Graph, a: usize, b: usize) -> bool {
    let (a, b) = (graph.node(a), graph.node(b));
    if a.index != b.index {
        return false;
    }
    let (mut a, mut b) = (a.scope, b.scope);
    while a != 0 && b != 0 {
        let (this, that) = (graph.scope(a), graph.scope(b));
        match (this.label, that.label) {
            (Label::Name(_) | Label::Text(_), Label::Name(_) | Label::Text(_)) => {}
            (Label::Index(one), Label::Index(other)) if one == other => {}
            _ => return false,
        }
        (a, b) = (this.parent, that.parent);
    }
    true
}

const fn same_tensors(a: &State, b: &State) -> bool {
    if a.len != b.len {
        return false;
    }
    match (a.normalisation, b.normalisation) {
        (Some(a), Some(b)) if a == b => {}
        (None, None) => {}
        _ => return false,
    }
    let mut i = 0;
    while i < a.len {
        let (one, other) = (a.entry(i), b.entry(i));
        if !one.shape.same(&other.shape) || !one.name.spell(Spelling::new()).same(&other.name.spell(Spelling::new())) {
            return false;
        }
        i += 1;
    }
    true
}

#[track_caller]
const fn fail_shapes(graph: &Graph, (a, state_a): (usize, &State), (b, state_b): (usize, &State)) -> ! {
    let text = Text::new()
        .str("two layers are named `")
        .str(graph.spell(b).as_str())
        .str("`, and layers of one name share their weights: `")
        .str(graph.node(a).op.name())
        .str("` has ");
    let text = tensors(text, state_a).str(", and `").str(graph.node(b).op.name()).str("` has ");
    tensors(text, state_b).str("; give one of them another name").fail()
}

/// Lists the tensors of a layer: `weight [8, 3], bias [8]`.
const fn tensors(mut text: Text, state: &State) -> Text {
    let mut i = 0;
    while i < state.len {
        let entry = state.entry(i);
        let name = entry.name.spell(Spelling::new());
        text = text.str(if i > 0 { ", " } else { "" }).str(name.as_str()).str(" ").shape(&entry.shape);
        i += 1;
    }
    text
}
