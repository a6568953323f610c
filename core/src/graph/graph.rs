//! The graph of a network, and the builder that a declaration fills it through.

use core::marker::PhantomData;
use core::mem::MaybeUninit;

use crate::base::dtype::DataType;
use crate::base::math::add;
use crate::base::message::Text;
use crate::base::name::{Name, Spelling};
use crate::base::shape::Shape;
use crate::cost::cost::Cost;
use crate::graph::io::Io;
use crate::graph::tensor::Tensor;
use crate::layers::list::{EACH_LEN, Op, count_each};
use crate::layers::source::input::Input;
use crate::memory::liveness::{Buffers, Sharing};
use crate::memory::plan::Plan;
use crate::op::module::Module;
use crate::op::state::State;
use crate::op::storage::Storage;
use crate::op::sums::Sums;
use crate::tools::modules::Whole;

/// The most layers of a network. A target of 16 bits has no object above 32 kB, not even in const evaluation.
pub const MAX_NODES: usize = if cfg!(target_pointer_width = "16") { 64 } else { 2048 };
/// The most connections between the layers of a network.
pub const MAX_EDGES: usize = 4 * MAX_NODES;
/// The most names given in a network.
const MAX_SCOPES: usize = MAX_NODES;
/// The most inputs, and the most outputs, of a network.
pub const MAX_PORTS: usize = 16;

/// No node.
const NONE: u16 = u16::MAX;

/// How a network is analysed and deployed.
#[derive(Clone, Copy)]
pub struct Settings {
    pub(crate) fuse: bool,
    pub(crate) dtype: DataType,
}

impl Settings {
    /// Layer by layer as declared, in `f32`.
    pub const fn new() -> Self {
        Settings { fuse: false, dtype: DataType::F32 }
    }

    /// Normalisations folded into the layer before them; memory shared by element-wise layers, depthwise convolutions
    /// and pools with a dying operand, and by concatenations with what they join.
    pub const fn fuse(mut self) -> Self {
        self.fuse = true;
        self
    }

    /// The type of weights and activations.
    pub const fn dtype(mut self, dtype: DataType) -> Self {
        self.dtype = dtype;
        self
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings::new()
    }
}

/// A place for an item, in a table whose length says which of them are there. What is not there takes no time when the
/// const interpreter makes the table or copies it.
#[derive(Clone, Copy)]
union Slot<T: Copy> {
    item: T,
    none: (),
}

/// One layer of a graph, as it was declared.
#[derive(Clone, Copy)]
pub(crate) struct Node {
    pub op: Op,
    /// Of its output.
    pub shape: Shape,
    /// Its first operand, and where the others are among the edges.
    pub first: u16,
    pub edge: u16,
    pub inputs: u16,
    scope: u16,
    /// Among the layers of its scope; `NONE` if the scope itself is its name.
    index: u16,
}

impl Node {
    /// The elements of its output.
    pub const fn elements(&self) -> u64 {
        self.shape.elements
    }

    /// The elements of its memory: of its output, and of what it gives behind it.
    pub const fn memory(&self) -> u64 {
        add(self.shape.elements, self.op.tail())
    }
}

/// Where outputs lie, and for how long.
#[derive(Clone, Copy)]
pub(crate) struct Holds {
    /// The node in whose memory an output lies: itself, unless it is a view.
    pub root: [u16; MAX_NODES],
    /// The last node that reads a root's memory; the number of nodes if it is an output.
    pub last_use: [u16; MAX_NODES],
    /// Whether it moves no data: its output is its input's memory.
    pub view: [bool; MAX_NODES],
    /// Where in the root's memory, in elements.
    pub offset: [u64; MAX_NODES],
    /// The elements of its output that it writes: a concatenation does not copy what was made in its place.
    pub written: [u64; MAX_NODES],
}

impl Holds {
    const EMPTY: Holds = Holds {
        root: [0; MAX_NODES],
        last_use: [0; MAX_NODES],
        view: [false; MAX_NODES],
        offset: [0; MAX_NODES],
        written: [0; MAX_NODES],
    };
}

/// Where layers are named: a block with a name, a layer with a name, or a module.
#[derive(Clone, Copy)]
struct Scope {
    parent: u16,
    /// How many layers and modules have a number in it.
    children: u16,
    label: Label,
    /// The module that it is of.
    module: Option<Module>,
    /// Its first node, and the one behind its last.
    nodes: [u16; 2],
}

impl Scope {
    const EMPTY: Scope = Scope { parent: 0, children: 0, label: Label::Index(0), module: None, nodes: [0; 2] };
}

/// What a scope is called in the one around it.
#[derive(Clone, Copy)]
enum Label {
    Name(Name),
    /// Its number among the layers there: that of a module without a name.
    Index(u16),
}

/// An input or an output of a network.
#[derive(Clone, Copy)]
pub struct Port {
    /// The name it has in the declaration; outputs have none.
    pub name: &'static str,
    /// Its extents.
    pub shape: Shape,
    pub(crate) node: u16,
}

impl Port {
    const EMPTY: Port = Port { name: "", shape: Shape::new(&[]), node: 0 };
}

/// A network's layers and how they are connected, as the declaration built them.
#[derive(Clone, Copy)]
pub struct Graph {
    name: &'static str,
    /// Whether it stands for a network with an error that has been told, or uses such a one.
    stub: bool,
    pub(crate) settings: Settings,
    /// Whether what is concatenated is made where it is joined, if nothing speaks against it.
    pub(crate) joins: bool,
    pub(crate) len: usize,
    /// As many as `len`.
    nodes: [Slot<Node>; MAX_NODES],
    /// Operands but the first of each node.
    edge_count: usize,
    pub(crate) edges: [u16; MAX_EDGES],
    /// The normalisation that is folded into a layer, and the layer that a normalisation is folded into.
    partners: [u16; MAX_NODES],
    /// Where outputs lie.
    pub(crate) holds: Holds,
    /// Whether `written` says what concatenations copy.
    pub(crate) spared: bool,
    /// The plan, where it had to be known what is copied.
    plan: Plan,
    planned: bool,
    /// Whether a layer has memory beside its operands and its output.
    pub(crate) scratches: bool,
    pub(crate) concats: bool,
    scope_count: usize,
    scopes: [Slot<Scope>; MAX_SCOPES],
    scope: u16,
    /// The number of the next layer in this scope; those of the scopes around it stand there.
    index: u16,
    /// Whether the declaration names any layer or block.
    named: bool,
    pub(crate) input_count: usize,
    pub(crate) inputs: [Port; MAX_PORTS],
    pub(crate) output_count: usize,
    pub(crate) outputs: [Port; MAX_PORTS],
    /// What the layers cost that have been counted; the elements of those that work element by element; and the layers that
    /// are counted in the end.
    pub(crate) sums: Sums,
    pub(crate) each: [u128; EACH_LEN],
    late_count: usize,
    late: [u16; MAX_NODES],
    /// What it costs, once it is finished.
    pub(crate) cost: Cost,
}

impl Graph {
    /// An empty graph.
    pub const fn new(settings: Settings) -> Self {
        Graph {
            name: "",
            stub: false,
            settings,
            joins: true,
            len: 0,
            nodes: [Slot { none: () }; MAX_NODES],
            edge_count: 0,
            edges: [0; MAX_EDGES],
            partners: [NONE; MAX_NODES],
            spared: false,
            plan: Plan::NONE,
            planned: false,
            scratches: false,
            holds: Holds::EMPTY,
            concats: false,
            scope_count: 1,
            scopes: {
                let mut scopes = [Slot { none: () }; MAX_SCOPES];
                scopes[0] = Slot { item: Scope::EMPTY };
                scopes
            },
            scope: 0,
            index: 0,
            named: false,
            input_count: 0,
            inputs: [Port::EMPTY; MAX_PORTS],
            output_count: 0,
            outputs: [Port::EMPTY; MAX_PORTS],
            sums: Sums::ZERO,
            each: [0; EACH_LEN],
            late_count: 0,
            late: [0; MAX_NODES],
            cost: Cost::ZERO,
        }
    }

    /// A node.
    #[allow(unsafe_code)]
    pub(crate) const fn node(&self, node: usize) -> &Node {
        assert!(node < self.len);
        // SAFETY: those before `len` were written.
        unsafe { &self.nodes[node].item }
    }

    #[allow(unsafe_code)]
    const fn node_mut(&mut self, node: usize) -> &mut Node {
        assert!(node < self.len);
        // SAFETY: those before `len` were written.
        unsafe { &mut self.nodes[node].item }
    }

    #[allow(unsafe_code)]
    const fn scope_at(&self, scope: u16) -> &Scope {
        assert!((scope as usize) < self.scope_count);
        // SAFETY: those before `scope_count` were written.
        unsafe { &self.scopes[scope as usize].item }
    }

    #[allow(unsafe_code)]
    const fn scope_mut(&mut self, scope: u16) -> &mut Scope {
        assert!((scope as usize) < self.scope_count);
        // SAFETY: those before `scope_count` were written.
        unsafe { &mut self.scopes[scope as usize].item }
    }

    /// The node that is the `input`th operand of a node.
    pub(crate) const fn operand(&self, node: usize, input: usize) -> usize {
        let node = self.node(node);
        if input == 0 { node.first as usize } else { self.edges[node.edge as usize + input - 1] as usize }
    }

    /// A node's first operand, where the others are among the edges, and how many it has in all.
    pub(crate) const fn operands(&self, node: usize) -> (usize, usize, usize) {
        let node = self.node(node);
        (node.first as usize, node.edge as usize, node.inputs as usize)
    }

    pub(crate) const fn edge(&self, edge: usize) -> usize {
        self.edges[edge] as usize
    }

    /// Elements of memory that a node's kernel needs while it runs.
    pub(crate) const fn scratch(&self, node: usize) -> u64 {
        self.node(node).op.scratch(Io { graph: self, node })
    }

    /// The normalisation that is folded into a layer.
    pub(crate) const fn epilogue(&self, node: usize) -> Option<usize> {
        match self.partners[node] {
            NONE => None,
            _ if matches!(self.node(node).op, Op::BatchNorm(_)) => None,
            norm => Some(norm as usize),
        }
    }

    /// Whether a normalisation is folded into a layer that takes one.
    pub(crate) const fn has_epilogue(&self, node: usize) -> bool {
        self.partners[node] != NONE
    }

    /// Whether this node is a normalisation that is folded into the layer before it.
    pub(crate) const fn is_folded(&self, node: usize) -> bool {
        self.partners[node] != NONE && matches!(self.node(node).op, Op::BatchNorm(_))
    }

    /// The normalisations that would be folded if the network was fused.
    #[cfg(feature = "std")]
    pub(crate) fn foldable(&self, norm: usize) -> Option<usize> {
        let before = (0..self.len).filter(|&node| {
            (0..self.node(node).inputs as usize).any(|input| self.operand(node, input) == self.operand(norm, 0))
        });
        let layer = match self.node(norm).op {
            Op::BatchNorm(_) => self.operand(norm, 0),
            _ => return None,
        };
        let is_output = self.outputs[..self.output_count].iter().any(|output| output.node as usize == layer);
        let Node { op, shape, .. } = self.node(layer);
        (before.count() == 1 && !is_output && op.takes_epilogue(shape)).then_some(layer)
    }

    /// Notes that a normalisation that is appended next may be folded into the layer before it.
    pub(crate) const fn may_fold(&mut self, before: u16) {
        let Node { op, shape, .. } = self.node(before as usize);
        if self.holds.last_use[before as usize] == before && op.takes_epilogue(shape) {
            self.partners[self.len] = before;
        }
    }

    /// Folds normalisations into the layer before them, where nobody else reads that layer's output.
    const fn fold(&mut self) {
        let mut late = 0;
        while late < self.late_count {
            let this = self.late[late];
            let node = this as usize;
            let before = self.partners[node];
            if self.holds.view[node] {
                let root = self.holds.root[node];
                self.holds.root[node] = self.holds.root[root as usize];
            } else if before != NONE && before < this {
                if self.holds.last_use[before as usize] == this {
                    self.partners[before as usize] = this;
                    self.holds.root[node] = before;
                    self.holds.view[node] = true;
                    self.holds.last_use[before as usize] = self.holds.last_use[node];
                } else {
                    self.partners[node] = NONE;
                }
            }
            late += 1;
        }
    }

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
        let Scope { parent, label, nodes, .. } = *self.scope_at(scope);
        let out = self.spell_scope(parent, removed);
        let out = if parent == 0 { out } else { out.str(".") };
        match label {
            Label::Name(name) => name.spell(out),
            Label::Index(index) => out.number(self.number(parent, index, nodes[0] as usize, removed)),
        }
    }

    /// The number in a scope of what begins with a node, if those in `removed` were not declared.
    const fn number(&self, scope: u16, index: u16, node: usize, removed: &[usize]) -> usize {
        let (mut number, mut i) = (index as usize, 0);
        while i < removed.len() {
            let other = self.node(removed[i]);
            // A layer with a name has a number all the same, of the scope around its own.
            let numbered_in = if other.index == NONE { self.scope_at(other.scope).parent } else { other.scope };
            if removed[i] < node && numbered_in == scope {
                number -= 1;
            }
            i += 1;
        }
        number
    }

    /// Whether the declaration names any layer or block.
    pub(crate) const fn is_named(&self) -> bool {
        self.named
    }

    /// The scope of the module whose entry each tensor of a layer's state is; 0 if they are the layer's own.
    pub(crate) const fn module_of(&self, node: usize, state: &State) -> u16 {
        let Node { scope, index, .. } = *self.node(node);
        match (state.of_module, index) {
            (false, _) => 0,
            // Its own name is a scope within.
            (true, NONE) => self.scope_at(scope).parent,
            (true, _) => scope,
        }
    }

    #[track_caller]
    const fn add_scope(&mut self, scope: Scope) -> u16 {
        if self.scope_count == MAX_SCOPES {
            Text::new().str("a network has at most ").number(MAX_SCOPES as u64 - 1).str(" names").fail();
        }
        self.scopes[self.scope_count] = Slot { item: scope };
        self.scope_count += 1;
        self.scope_count as u16 - 1
    }

    /// The outermost module around a node that other tools see as a whole.
    pub(crate) const fn whole(&self, node: usize) -> Option<Whole> {
        let (mut whole, mut scope) = (None, self.node(node).scope);
        while scope != 0 {
            let Scope { parent, module, nodes: [first, end], .. } = *self.scope_at(scope);
            if let Some(module) = module
                && module.whole().is_some()
            {
                whole = Some(Whole { module, first: first as usize, last: end as usize - 1 });
            }
            scope = parent;
        }
        whole
    }

    /// The layer of a transformer that a node is part of.
    pub(crate) const fn transformer_layer(&self, node: usize) -> Option<Module> {
        let mut scope = self.node(node).scope;
        while scope != 0 {
            let Scope { parent, module, .. } = *self.scope_at(scope);
            if matches!(module, Some(Module::TransformerEncoderLayer { .. } | Module::TransformerDecoderLayer)) {
                return module;
            }
            scope = parent;
        }
        None
    }

    /// The outermost module that has made a node and is complete.
    const fn made_by(&self, node: u16) -> Option<u16> {
        let (mut module, mut scope) = (None, self.node(node as usize).scope);
        while scope != 0 && scope != self.scope {
            if self.scope_at(scope).module.is_some() {
                module = Some(scope);
            }
            scope = self.scope_at(scope).parent;
        }
        module
    }

    #[track_caller]
    const fn enter(&mut self, label: Label, module: Option<Module>) -> Entered {
        let (parent, first) = (self.scope, self.len as u16);
        self.scope_mut(parent).children = self.index;
        self.index = 0;
        self.scope = self.add_scope(Scope { parent, children: 0, label, module, nodes: [first; 2] });
        Entered(parent)
    }

    /// Takes the next number of the current scope.
    const fn next_index(&mut self) -> u16 {
        self.index += 1;
        self.index - 1
    }

    /// Appends a layer to the current scope and returns its node; its operands follow by [`Graph::connect`].
    #[track_caller]
    const fn push(&mut self, op: Op, shape: Shape, index: u16) -> u16 {
        if self.len == MAX_NODES {
            fail_nodes();
        }
        let node = self.len;
        self.nodes[node] = Slot {
            item: Node { op, shape, first: 0, edge: self.edge_count as u16, inputs: 0, scope: self.scope, index },
        };
        self.holds.root[node] = node as u16;
        self.holds.last_use[node] = node as u16;
        self.len = node + 1;
        node as u16
    }

    /// Appends a layer of one operand.
    #[track_caller]
    pub(crate) const fn append(&mut self, op: Op, input: u16, shape: Shape) -> u16 {
        let (node, index) = (self.len, self.index);
        if node == MAX_NODES {
            fail_nodes();
        }
        self.nodes[node] =
            Slot { item: Node { op, shape, first: input, edge: 0, inputs: 1, scope: self.scope, index } };
        self.holds.root[node] = node as u16;
        self.holds.last_use[node] = node as u16;
        let root = self.holds.root[input as usize];
        self.holds.last_use[root as usize] = node as u16;
        self.index = index + 1;
        self.len = node + 1;
        node as u16
    }

    /// Appends a layer of two operands.
    #[track_caller]
    pub(crate) const fn append_two(&mut self, op: Op, a: u16, b: u16, shape: Shape) -> u16 {
        let (node, index, edge) = (self.len, self.index, self.edge_count);
        if node == MAX_NODES {
            fail_nodes();
        }
        if edge == MAX_EDGES {
            fail_edges();
        }
        self.nodes[node] =
            Slot { item: Node { op, shape, first: a, edge: edge as u16, inputs: 2, scope: self.scope, index } };
        self.edges[edge] = b;
        self.edge_count = edge + 1;
        self.holds.root[node] = node as u16;
        self.holds.last_use[node] = node as u16;
        let root = self.holds.root[a as usize];
        self.holds.last_use[root as usize] = node as u16;
        let root = self.holds.root[b as usize];
        self.holds.last_use[root as usize] = node as u16;
        self.index = index + 1;
        self.len = node + 1;
        node as u16
    }

    /// Appends a layer of operands whose first is given, and whose others are the edges added last.
    #[track_caller]
    pub(crate) const fn append_many(&mut self, op: Op, first: u16, inputs: u16, shape: Shape) -> u16 {
        let edge = (self.edge_count + 1 - inputs as usize) as u16;
        let node = self.append(op, first, shape);
        let this = self.node_mut(node as usize);
        (this.edge, this.inputs) = (edge, inputs);
        node
    }

    /// Adds an operand of the layer that is appended next.
    #[track_caller]
    pub(crate) const fn add_edge(&mut self, operand: u16) {
        if self.edge_count == MAX_EDGES {
            fail_edges();
        }
        self.edges[self.edge_count] = operand;
        self.edge_count += 1;
        // The layer that is appended next.
        let root = self.holds.root[operand as usize];
        self.holds.last_use[root as usize] = self.len as u16;
    }

    /// Has a layer counted in the end, when it is known what is folded into what.
    pub(crate) const fn count_later(&mut self, node: u16) {
        if matches!(self.node(node as usize).op, Op::Recurrent(_) | Op::Custom(_)) {
            self.scratches = true;
        }
        self.late[self.late_count] = node;
        self.late_count += 1;
    }

    /// Gives the layer that was appended last one more operand.
    #[track_caller]
    const fn connect(&mut self, operand: u16) {
        let root = self.holds.root[operand as usize];
        self.holds.last_use[root as usize] = self.len as u16 - 1;
        let node = self.node_mut(self.len - 1);
        node.inputs += 1;
        if node.inputs == 1 {
            node.first = operand;
            return;
        }
        if self.edge_count == MAX_EDGES {
            fail_edges();
        }
        self.edges[self.edge_count] = operand;
        self.edge_count += 1;
    }

    /// The plan, if it is known.
    pub(crate) const fn plan(&self) -> Option<&Plan> {
        if self.planned && self.joins { Some(&self.plan) } else { None }
    }

    /// Makes an output a view of its first operand's memory.
    const fn see(&mut self, node: u16, first: u16, offset: u64) {
        let root = self.holds.root[first as usize];
        self.holds.root[node as usize] = root;
        self.holds.offset[node as usize] = self.holds.offset[first as usize] + offset;
        self.holds.view[node as usize] = true;
    }

    /// Keeps what the network gives.
    const fn hold_outputs(&mut self) {
        let mut output = 0;
        while output < self.output_count {
            let root = self.holds.root[self.outputs[output].node as usize] as usize;
            self.holds.last_use[root] = self.len as u16;
            output += 1;
        }
    }

    /// Finds what concatenations have to copy, where their operands are made in their place.
    const fn spare_copies(&mut self) {
        let mut buffers = Buffers::new(self, Sharing::InPlace);
        if !buffers.joining {
            return;
        }
        buffers.trail(self);
        match Plan::joined(self, &buffers) {
            Some(plan) => (self.plan, self.planned) = (plan, true),
            None => return,
        }
        self.spared = true;
        let mut i = 0;
        while i < self.len {
            if matches!(self.node(i).op, Op::Concat(_)) {
                let written = buffers.buffers[buffers.of_root[i] as usize].moved;
                self.holds.written[i] = written;
                self.holds.view[i] = written == 0;
            }
            i += 1;
        }
    }
}

#[track_caller]
const fn fail_edges() -> ! {
    let text = Text::new().str("a network has at most ").number(MAX_EDGES as u64);
    text.str(" connections between its layers").fail()
}

#[track_caller]
const fn fail_nodes() -> ! {
    let text =
        Text::new().str("a network has at most ").number(MAX_NODES as u64).str(" layers, its inputs among them; ");
    text.str("declare it as several networks, each run after the other").fail()
}

/// A graph as the value of a constant: the compiler does not go through all its fields to see that they are what their
/// types say, which takes longer than many a network.
#[derive(Clone, Copy)]
pub struct Sealed(MaybeUninit<Graph>);

impl Sealed {
    /// What stands for a network whose declaration has an error.
    pub const STUB: &'static Sealed = &Sealed::new(Graph { stub: true, ..Graph::new(Settings::new()) });

    /// A graph.
    pub const fn new(graph: Graph) -> Self {
        Sealed(MaybeUninit::new(graph))
    }

    /// The graph.
    #[allow(unsafe_code)]
    pub const fn get(&self) -> &Graph {
        // SAFETY: it is always there.
        unsafe { self.0.assume_init_ref() }
    }
}

/// Through what a declaration builds its graph; every tensor carries a reference to it.
pub struct Builder<'g> {
    /// Reached by [`Builder::graph`] alone.
    graph: *mut Graph,
    lent: PhantomData<&'g mut Graph>,
}

/// The scope that was current before a named block was entered.
#[derive(Clone, Copy)]
pub struct Entered(u16);

impl<'g> Builder<'g> {
    /// A builder that fills `graph`.
    pub const fn new(graph: &'g mut Graph, name: &'static str) -> Self {
        graph.name = name;
        Builder { graph, lent: PhantomData }
    }

    /// The graph. A `Cell` that lends it, taken and put back, costs 25 times as much in const evaluation.
    #[allow(unsafe_code, clippy::mut_from_ref)]
    pub(crate) const fn graph(&self) -> &mut Graph {
        // SAFETY: it is lent to this builder alone, for `'g`, which outlives it. A pointer is not `Sync`, and the methods
        // here, which take it once each and call nobody else's code, give no reference to it away: no two are alive.
        unsafe { &mut *self.graph }
    }

    const fn tensor(&'g self, node: u16, shape: Shape) -> Tensor<'g> {
        Tensor { builder: self, node, shape }
    }

    /// Declares an input.
    #[track_caller]
    pub const fn input(&'g self, name: &'static str, shape: Shape) -> Tensor<'g> {
        let graph = self.graph();
        if graph.input_count == MAX_PORTS {
            panic!("a network has at most 16 inputs");
        }
        let node = graph.push(Op::Input(Input), shape, 0);
        graph.inputs[graph.input_count] = Port { name, shape, node };
        graph.input_count += 1;
        self.tensor(node, shape)
    }

    /// Declares an output of a given shape.
    ///
    /// # Panics
    /// If the tensor has another shape.
    #[track_caller]
    pub const fn output(&'g self, tensor: Tensor<'g>, declared: Shape) {
        let graph = self.graph();
        if !declared.same(&tensor.shape) && !graph.stub {
            Text::new()
                .str("the declared output is ")
                .shape(&declared)
                .str(", but the network gives ")
                .shape(&tensor.shape)
                .str(": write `Tensor<")
                .extents(&tensor.shape)
                .str(">`, or change the layers")
                .fail();
        }
        if graph.output_count == MAX_PORTS {
            panic!("a network has at most 16 outputs");
        }
        graph.outputs[graph.output_count] = Port { name: "", shape: declared, node: tensor.node };
        graph.output_count += 1;
    }

    /// Ends the declaration, and adds up its costs: here, so that one that overflows is shown at the network's name.
    ///
    /// # Panics
    /// If there is no layer, or a cost does not fit in a `u64`.
    #[track_caller]
    pub const fn finish(&'g self) {
        let graph = self.graph();
        if graph.len == graph.input_count && !graph.stub {
            Text::new()
                .str("network `")
                .str(graph.name)
                .str("` has no layers: it returns its input as it is; if that is meant, write `x.identity()`")
                .fail();
        }
        graph.hold_outputs();
        if graph.settings.fuse {
            graph.fold();
            if graph.concats {
                graph.spare_copies();
            }
        }
        let mut sums = graph.sums;
        count_each(&graph.each, &mut sums);
        let mut i = 0;
        while i < graph.late_count {
            let node = graph.late[i] as usize;
            graph.node(node).op.count(Io { graph, node }, &mut sums);
            i += 1;
        }
        graph.cost = sums.cost(graph.settings.dtype);
    }

    /// Enters a named scope.
    #[track_caller]
    pub const fn enter(&self, name: Name) -> Entered {
        let graph = self.graph();
        graph.named = true;
        let entered = graph.enter(Label::Name(name), None);
        entered
    }

    /// Enters the scope of a module: a layer that is made of several. It has the number that a single layer would have,
    /// until [`Tensor::name`] gives its output a name.
    #[track_caller]
    pub(crate) const fn enter_module(&self, module: Module) -> Entered {
        let graph = self.graph();
        let label = Label::Index(graph.next_index());
        let entered = graph.enter(label, Some(module));
        entered
    }

    /// Leaves the scope that was entered last.
    pub const fn leave(&self, entered: Entered) {
        let graph = self.graph();
        graph.scope_mut(graph.scope).nodes[1] = graph.len as u16;
        graph.scope = entered.0;
        graph.index = graph.scope_at(entered.0).children;
    }

    /// Appends a layer.
    #[track_caller]
    pub(crate) const fn push(&'g self, op: Op, inputs: &[Tensor<'g>], shape: Shape) -> Tensor<'g> {
        let graph = self.graph();
        let index = graph.next_index();
        graph.concats |= matches!(op, Op::Concat(_));
        let node = graph.push(op, shape, index);
        let mut i = 0;
        while i < inputs.len() {
            graph.connect(inputs[i].node);
            i += 1;
        }
        if let Storage::View { offset } = op.storage() {
            graph.see(node, inputs[0].node, offset);
        }
        graph.count_later(node);
        self.tensor(node, shape)
    }

    /// Appends a layer of one operand.
    #[track_caller]
    pub(crate) const fn push_one(&'g self, op: Op, input: u16, shape: Shape) -> Tensor<'g> {
        let graph = self.graph();
        let node = graph.append(op, input, shape);
        if let Storage::View { offset } = op.storage() {
            graph.see(node, input, offset);
        }
        graph.count_later(node);
        Tensor { builder: self, node, shape }
    }

    /// Appends a layer that works element by element.
    #[track_caller]
    pub(crate) const fn push_each(&'g self, op: Op, code: usize, x: &Tensor<'g>) -> Tensor<'g> {
        let graph = self.graph();
        let (node, index) = (graph.len, graph.index);
        if node == MAX_NODES {
            fail_nodes();
        }
        graph.nodes[node] =
            Slot { item: Node { op, shape: x.shape, first: x.node, edge: 0, inputs: 1, scope: graph.scope, index } };
        graph.holds.root[node] = node as u16;
        graph.holds.last_use[node] = node as u16;
        let root = graph.holds.root[x.node as usize];
        graph.holds.last_use[root as usize] = node as u16;
        graph.index = index + 1;
        graph.len = node + 1;
        graph.each[code] += x.shape.elements as u128;
        Tensor { builder: self, node: node as u16, shape: x.shape }
    }

    /// Names the layer that made a tensor: the whole of it, if it is a module.
    #[track_caller]
    pub(crate) const fn rename(&self, node: u16, name: Name) {
        let graph = self.graph();
        // What a module calls its parts is no name of the declaration.
        graph.named |= graph.scope_at(graph.scope).module.is_none();
        if let Some(module) = graph.made_by(node) {
            graph.scope_mut(module).label = Label::Name(name);
        } else {
            let parent = graph.node(node as usize).scope;
            let scope = Scope { parent, label: Label::Name(name), nodes: [node, node + 1], ..Scope::EMPTY };
            let scope = graph.add_scope(scope);
            let this = graph.node_mut(node as usize);
            (this.scope, this.index) = (scope, NONE);
        }
    }

    /// Replays a finished network: a network as a block of another.
    ///
    /// # Panics
    /// If an input has another shape than the network declares.
    #[track_caller]
    pub const fn splice<const I: usize, const O: usize>(
        &'g self,
        network: &Graph,
        inputs: [Tensor<'g>; I],
    ) -> [Tensor<'g>; O] {
        let mut i = 0;
        while i < network.input_count {
            let Port { name, shape, .. } = &network.inputs[i];
            if !shape.same(&inputs[i].shape) {
                Text::new()
                    .str("network `")
                    .str(network.name)
                    .str("` takes ")
                    .shape(shape)
                    .str(" as `")
                    .str(name)
                    .str("`, and is given ")
                    .shape(&inputs[i].shape)
                    .fail();
            }
            i += 1;
        }
        let graph = self.graph();
        graph.stub |= network.stub;
        graph.named |= network.named;
        let outside = graph.scope;
        // Numbers go on where the network stands; its inputs are nodes, but not nodes again.
        let first_index = graph.index;
        let shift = (graph.len - network.input_count) as u16;
        graph.index += network.index;
        graph.concats |= network.concats;
        let mut scopes = [outside; MAX_SCOPES];
        let mut scope = 1;
        while scope < network.scope_count {
            let Scope { parent, children, label, module, nodes: [first, end] } = *network.scope_at(scope as u16);
            let parent = scopes[parent as usize];
            let label = match label {
                Label::Index(index) if parent == outside => Label::Index(first_index + index),
                label => label,
            };
            let nodes = [shift + first, shift + end];
            scopes[scope] = graph.add_scope(Scope { parent, children, label, module, nodes });
            scope += 1;
        }
        let mut nodes = [0; MAX_NODES];
        let mut next_input = 0;
        let mut i = 0;
        while i < network.len {
            let node = network.node(i);
            if matches!(node.op, Op::Input(_)) {
                nodes[i] = inputs[next_input].node;
                next_input += 1;
                i += 1;
                continue;
            }
            graph.scope = scopes[node.scope as usize];
            let index =
                if graph.scope == outside && node.index != NONE { first_index + node.index } else { node.index };
            nodes[i] = graph.push(node.op, node.shape, index);
            graph.count_later(nodes[i]);
            let mut operand = 0;
            while operand < node.inputs as usize {
                let first = nodes[network.operand(i, operand)];
                if operand == 0 && graph.settings.fuse && matches!(node.op, Op::BatchNorm(_)) {
                    graph.len -= 1;
                    graph.may_fold(first);
                    graph.len += 1;
                }
                graph.connect(first);
                operand += 1;
            }
            if let Storage::View { offset } = node.op.storage() {
                graph.see(nodes[i], nodes[network.operand(i, 0)], offset);
            }
            i += 1;
        }
        graph.scope = outside;
        let mut outputs = [inputs[0]; O];
        let mut i = 0;
        while i < O && !network.stub {
            let Port { shape, node, .. } = network.outputs[i];
            outputs[i] = self.tensor(nodes[node as usize], shape);
            i += 1;
        }
        outputs
    }
}
