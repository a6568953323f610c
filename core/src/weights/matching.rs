//! Matches a file's tensors with a network's.

use crate::base::message::Text;
use crate::base::name::{Spelling, order};
use crate::deploy::deployed::Deployed;
use crate::graph::graph::{Graph, MAX_NODES};
use crate::weights::file::{FileIndex, FileTensor};

/// Why the tensors of a file are not those of a network. A layer's tensor is identified by its node and its index
/// there.
#[derive(Clone, Copy)]
pub(crate) enum MatchError {
    /// The network has a tensor that the file lacks.
    Missing { node: usize, entry: usize },
    /// A tensor of the file has the wrong shape.
    Shape { tensor: usize, node: usize, entry: usize },
    /// A tensor of the file is not part of this network.
    Foreign { tensor: usize },
    /// Two layers of the network have a tensor of the same name, but different names themselves.
    Twice { tensor: usize },
}

impl MatchError {
    /// Writes what is wrong.
    pub const fn describe(&self, graph: &Graph, index: &FileIndex<'_>) -> Text {
        let text = Text::new().str("the file's weights are not those of `").str(graph.name).str("`: ");
        let text = match *self {
            MatchError::Missing { node, entry } => {
                let name = graph.spell_entry(node, &graph.state(node), entry, &[]);
                text.str("it has no tensor `").str(name.as_str()).str("`")
            }
            MatchError::Shape { tensor, node, entry } => {
                let state = graph.state(node);
                let found = &index.tensors[tensor];
                text.str("its tensor `")
                    .str(found.name)
                    .str("` is ")
                    .shape(&found.shape)
                    .str(", and the network's `")
                    .str(graph.spell_entry(node, &state, entry, &[]).as_str())
                    .str("` is ")
                    .shape(&state.entry(entry).shape)
            }
            MatchError::Foreign { tensor } => {
                text.str("its tensor `").str(index.tensors[tensor].name).str("` is not of this network")
            }
            MatchError::Twice { tensor } => text
                .str("two layers of the network take its tensor `")
                .str(index.tensors[tensor].name)
                .str("`; give each a name of its own"),
        };
        if is_by_name(graph, index) {
            return text;
        }
        text.str("; no layer is named, so the file's are taken in the order of their names: name the layers as the file does")
    }
}

/// The most tensors of a network or a file.
const MAX_TENSORS: usize = 4 * MAX_NODES;

/// The tensor of the file for each entry of each layer's state.
pub(crate) struct Matching {
    /// The tensor of each entry, layer after layer.
    of: [u16; MAX_TENSORS],
    /// The index of each layer's first entry.
    first: [u16; MAX_NODES],
}

impl Matching {
    /// Matches by name; or, if no layer is named and no name is in the file, in order.
    pub(crate) const fn new(deployed: &Deployed, index: &FileIndex<'_>) -> Result<Self, MatchError> {
        let graph = &deployed.graph;
        if index.tensors.len() > MAX_TENSORS {
            return Err(MatchError::Foreign { tensor: index.tensors.len() - 1 });
        }
        if is_by_name(graph, index) { Matching::by_name(deployed, index) } else { Matching::in_order(graph, index) }
    }

    const fn by_name(deployed: &Deployed, index: &FileIndex<'_>) -> Result<Self, MatchError> {
        let graph = &deployed.graph;
        let mut matching = Matching { of: [0; MAX_TENSORS], first: [0; MAX_NODES] };
        let mut used = [false; MAX_TENSORS];
        let mut matched = 0;
        let mut node = 0;
        while node < graph.len() {
            let state = graph.state(node);
            matching.first[node] = matched as u16;
            if let Some(first) = deployed.shared.first(node) {
                matching.first[node] = matching.first[first];
                node += 1;
                continue;
            }
            let mut entry = 0;
            while entry < state.len {
                let name = graph.spell_entry(node, &state, entry, &[]);
                let Some(tensor) = find(index.tensors, name.as_str()) else {
                    return Err(MatchError::Missing { node, entry });
                };
                if !index.tensors[tensor].shape.same(&state.entry(entry).shape) {
                    return Err(MatchError::Shape { tensor, node, entry });
                }
                if used[tensor] {
                    return Err(MatchError::Twice { tensor });
                }
                matching.of[matched] = tensor as u16;
                matched += 1;
                used[tensor] = true;
                entry += 1;
            }
            node += 1;
        }
        while node < graph.nodes.len() {
            // Nobody reads it.
            let state = graph.state(node);
            let mut entry = 0;
            while entry < state.len {
                if let Some(tensor) = find(index.tensors, graph.spell_entry(node, &state, entry, &[]).as_str()) {
                    used[tensor] = true;
                }
                entry += 1;
            }
            node += 1;
        }
        let mut tensor = 0;
        while tensor < index.tensors.len() {
            if !used[tensor] && !is_counter(index.tensors[tensor].name) {
                return Err(MatchError::Foreign { tensor });
            }
            tensor += 1;
        }
        Ok(matching)
    }

    const fn in_order(graph: &Graph, index: &FileIndex<'_>) -> Result<Self, MatchError> {
        let mut matching = Matching { of: [0; MAX_TENSORS], first: [0; MAX_NODES] };
        let mut used = [false; MAX_TENSORS];
        let mut matched = 0;
        let mut next = skip_counters(index, 0);
        // Where the tensors of the layer's module start, and whether the module may have more layers.
        let (mut module, mut open) = (next, 0);
        // The layers that nobody reads are among the others, or not in the file.
        let (mut read, mut unread) = (0, graph.len());
        let end = if has_unread(graph, index) { graph.nodes.len() } else { unread };
        while read < graph.len() || unread < end {
            let is_unread = read == graph.len() || unread < end && graph.position(unread) < graph.position(read);
            let next_node = if is_unread { &mut unread } else { &mut read };
            let node = *next_node;
            *next_node += 1;
            let state = graph.state(node);
            matching.first[node] = matched as u16;
            if state.len > 0 {
                let of_module = graph.module_of(node, &state);
                if of_module == 0 || of_module != open {
                    if let Some(tensor) = untaken(index, &used, module, next) {
                        return Err(MatchError::Foreign { tensor });
                    }
                    (module, open) = (next, of_module);
                }
            }
            let mut entry = 0;
            while entry < state.len {
                let name = state.entry(entry).name.spell(Spelling::new());
                // The tensors of a module are adjacent, but in alphabetical order.
                let mut at = module;
                loop {
                    if at == index.natural.len()
                        || !same_module(
                            index.tensors[index.natural[module]].name,
                            index.tensors[index.natural[at]].name,
                        )
                    {
                        return Err(MatchError::Missing { node, entry });
                    }
                    if ends_with(index.tensors[index.natural[at]].name, name.as_str()) {
                        break;
                    }
                    at += 1;
                }
                let tensor = index.natural[at];
                if !index.tensors[tensor].shape.same(&state.entry(entry).shape) {
                    return Err(MatchError::Shape { tensor, node, entry });
                }
                matching.of[matched] = tensor as u16;
                matched += 1;
                used[tensor] = true;
                next = skip_counters(index, next + 1);
                entry += 1;
            }
        }
        if let Some(tensor) = untaken(index, &used, module, next) {
            return Err(MatchError::Foreign { tensor });
        }
        if next < index.natural.len() {
            return Err(MatchError::Foreign { tensor: index.natural[next] });
        }
        Ok(matching)
    }

    /// The tensor of the file for an entry.
    pub const fn tensor<'a>(&self, index: &FileIndex<'a>, node: usize, entry: usize) -> &'a FileTensor<'a> {
        &index.tensors[self.of[self.first[node] as usize + entry] as usize]
    }
}

/// Whether a file is matched by name: a layer is named, or a name of the network is in the file.
pub(crate) const fn is_by_name(graph: &Graph, index: &FileIndex<'_>) -> bool {
    let mut named = graph.is_named();
    let mut node = 0;
    while node < graph.len() && !named {
        let state = graph.state(node);
        let mut entry = 0;
        while entry < state.len && !named {
            named = find(index.tensors, graph.spell_entry(node, &state, entry, &[]).as_str()).is_some();
            entry += 1;
        }
        node += 1;
    }
    named
}

/// Whether a file has more tensors than the layers that are read.
const fn has_unread(graph: &Graph, index: &FileIndex<'_>) -> bool {
    let (mut tensors, mut node) = (0, 0);
    while node < graph.len() {
        tensors += graph.state(node).len;
        node += 1;
    }
    let (mut next, mut found) = (skip_counters(index, 0), 0);
    while next < index.natural.len() {
        next = skip_counters(index, next + 1);
        found += 1;
    }
    found > tensors
}

/// A tensor of a module that no layer uses: the number of used ones is known.
const fn untaken(index: &FileIndex<'_>, used: &[bool], module: usize, next: usize) -> Option<usize> {
    let mut counted = module;
    while counted < next {
        let tensor = index.natural[counted];
        if !used[tensor] && !is_counter(index.tensors[tensor].name) {
            return Some(tensor);
        }
        counted += 1;
    }
    None
}

/// Whether a tensor is PyTorch's count of the batches a normalisation has seen, which is not needed.
pub const fn is_counter(name: &str) -> bool {
    ends_with(name, "num_batches_tracked")
}

const fn skip_counters(index: &FileIndex<'_>, mut next: usize) -> usize {
    while next < index.natural.len() && is_counter(index.tensors[index.natural[next]].name) {
        next += 1;
    }
    next
}

/// Whether a name is `last`, or ends with a dot and `last`.
const fn ends_with(name: &str, last: &str) -> bool {
    let (name, last) = (name.as_bytes(), last.as_bytes());
    if last.len() > name.len() {
        return false;
    }
    let before = name.len() - last.len();
    let mut i = 0;
    while i < last.len() {
        if name[before + i] != last[i] {
            return false;
        }
        i += 1;
    }
    before == 0 || name[before - 1] == b'.'
}

/// Whether two names are equal up to their last dot.
const fn same_module(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (mut a_dot, mut b_dot) = (a.len(), b.len());
    while a_dot > 0 && a[a_dot - 1] != b'.' {
        a_dot -= 1;
    }
    while b_dot > 0 && b[b_dot - 1] != b'.' {
        b_dot -= 1;
    }
    if a_dot != b_dot {
        return false;
    }
    let mut i = 0;
    while i < a_dot {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Binary search for a name.
const fn find(tensors: &[FileTensor<'_>], name: &str) -> Option<usize> {
    let (mut low, mut high) = (0, tensors.len());
    while low < high {
        let middle = (low + high) / 2;
        match order(tensors[middle].name, name) {
            0 => return Some(middle),
            less if less < 0 => low = middle + 1,
            _ => high = middle,
        }
    }
    None
}
