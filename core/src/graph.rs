//! The graph of a network, and the builder that a declaration fills it through.

use core::cell::Cell;

use crate::census::add;
use crate::conventions::Whole;
use crate::layers::input::Input;
use crate::layers::{Op, State, Storage};
use crate::module::Module;
use crate::name::{Name, Spelling};
use crate::plan::Plan;
use crate::sharing::{Buffers, Sharing};
use crate::text::Text;
use crate::{Cost, DataType, Shape, Tensor};

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

/// One layer of a graph.
#[derive(Clone, Copy)]
pub(crate) struct Node {
    pub op: Op,
    /// Of its output.
    pub shape: Shape,
    pub elements: u64,
    /// The elements of its memory: of its output, and of what it gives behind it.
    pub memory: u64,
    first_edge: u16,
    pub inputs: u16,
    scope: u16,
    /// Among the layers of its scope; `NONE` if the scope itself is its name.
    index: u16,
    /// The node in whose memory the output lies: itself, unless it is a view.
    pub root: u16,
    /// Where in the root's memory, in elements.
    pub offset: u64,
    /// The last node that reads this root's memory; the number of nodes if it is an output.
    pub last_use: u16,
    uses: u16,
    /// The normalisation that is folded into this layer.
    epilogue: u16,
    /// Whether this normalisation is folded into the layer before it.
    pub folded: bool,
    /// Whether it moves no data: its output is its input's memory.
    pub view: bool,
    /// The elements of its output that it writes: a concatenation does not copy what was made in its place.
    pub written: u64,
}

impl Node {
    const EMPTY: Node = Node {
        op: Op::Input(Input),
        shape: Shape::new(&[]),
        elements: 1,
        memory: 1,
        first_edge: 0,
        inputs: 0,
        scope: 0,
        index: 0,
        root: 0,
        offset: 0,
        last_use: 0,
        uses: 0,
        epilogue: NONE,
        folded: false,
        view: false,
        written: 0,
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
    pub(crate) nodes: [Node; MAX_NODES],
    edge_count: usize,
    edges: [u16; MAX_EDGES],
    scope_count: usize,
    scopes: [Scope; MAX_SCOPES],
    scope: u16,
    /// Whether the declaration names any layer or block.
    named: bool,
    pub(crate) input_count: usize,
    pub(crate) inputs: [Port; MAX_PORTS],
    pub(crate) output_count: usize,
    pub(crate) outputs: [Port; MAX_PORTS],
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
            nodes: [Node::EMPTY; MAX_NODES],
            edge_count: 0,
            edges: [0; MAX_EDGES],
            scope_count: 1,
            scopes: [Scope::EMPTY; MAX_SCOPES],
            scope: 0,
            named: false,
            input_count: 0,
            inputs: [Port::EMPTY; MAX_PORTS],
            output_count: 0,
            outputs: [Port::EMPTY; MAX_PORTS],
            cost: Cost::ZERO,
        }
    }

    /// What stands for a network whose declaration has an error.
    pub const STUB: &'static Graph = &Graph { stub: true, ..Graph::new(Settings::new()) };

    /// The node that is the `input`th operand of a node.
    pub(crate) const fn operand(&self, node: usize, input: usize) -> usize {
        self.edges[self.nodes[node].first_edge as usize + input] as usize
    }

    /// Elements of memory that a node's kernel needs while it runs.
    pub(crate) const fn scratch(&self, node: usize) -> u64 {
        self.nodes[node].op.scratch(Io { graph: self, node })
    }

    /// The normalisation that is folded into a layer.
    pub(crate) const fn epilogue(&self, node: usize) -> Option<usize> {
        match self.nodes[node].epilogue {
            NONE => None,
            norm => Some(norm as usize),
        }
    }

    /// The layer before a normalisation, if that can be folded into it: nobody else reads the layer's output.
    pub(crate) const fn folds_into(&self, norm: usize) -> Option<usize> {
        if !matches!(self.nodes[norm].op, Op::BatchNorm(_)) {
            return None;
        }
        let before = self.operand(norm, 0);
        let is_sole_use = self.nodes[before].uses == 1;
        if is_sole_use && self.nodes[before].op.takes_epilogue(&self.nodes[before].shape) { Some(before) } else { None }
    }

    /// The name of a node: those of its scopes and its own, or its index, joined by dots.
    pub(crate) const fn spell(&self, node: usize) -> Spelling {
        self.spell_without(node, &[])
    }

    /// The name of a node if those in `removed` were not declared.
    pub(crate) const fn spell_without(&self, node: usize, removed: &[usize]) -> Spelling {
        let Node { scope, index, .. } = self.nodes[node];
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
        let Scope { parent, label, nodes, .. } = self.scopes[scope as usize];
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
            let other = &self.nodes[removed[i]];
            // A layer with a name has a number all the same, of the scope around its own.
            let numbered_in = if other.index == NONE { self.scopes[other.scope as usize].parent } else { other.scope };
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
        let Node { scope, index, .. } = self.nodes[node];
        match (state.of_module, index) {
            (false, _) => 0,
            // Its own name is a scope within.
            (true, NONE) => self.scopes[scope as usize].parent,
            (true, _) => scope,
        }
    }

    #[track_caller]
    const fn add_scope(&mut self, scope: Scope) -> u16 {
        if self.scope_count == MAX_SCOPES {
            Text::new().str("a network has at most ").number(MAX_SCOPES as u64 - 1).str(" names").fail();
        }
        self.scopes[self.scope_count] = scope;
        self.scope_count += 1;
        self.scope_count as u16 - 1
    }

    /// The outermost module around a node that other tools see as a whole.
    pub(crate) const fn whole(&self, node: usize) -> Option<Whole> {
        let (mut whole, mut scope) = (None, self.nodes[node].scope);
        while scope != 0 {
            let Scope { parent, module, nodes: [first, end], .. } = self.scopes[scope as usize];
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
        let mut scope = self.nodes[node].scope;
        while scope != 0 {
            let Scope { parent, module, .. } = self.scopes[scope as usize];
            if matches!(module, Some(Module::TransformerEncoderLayer { .. } | Module::TransformerDecoderLayer)) {
                return module;
            }
            scope = parent;
        }
        None
    }

    /// The outermost module that has made a node and is complete.
    const fn made_by(&self, node: u16) -> Option<u16> {
        let (mut module, mut scope) = (None, self.nodes[node as usize].scope);
        while scope != 0 && scope != self.scope {
            if self.scopes[scope as usize].module.is_some() {
                module = Some(scope);
            }
            scope = self.scopes[scope as usize].parent;
        }
        module
    }

    #[track_caller]
    const fn enter(&mut self, label: Label, module: Option<Module>) -> Entered {
        let (parent, first) = (self.scope, self.len as u16);
        self.scope = self.add_scope(Scope { parent, children: 0, label, module, nodes: [first; 2] });
        Entered(parent)
    }

    /// Takes the next number of the current scope.
    const fn next_index(&mut self) -> u16 {
        let scope = &mut self.scopes[self.scope as usize];
        scope.children += 1;
        scope.children - 1
    }

    /// Appends a layer to the current scope and returns its node; its operands follow by [`Graph::connect`].
    #[track_caller]
    const fn push(&mut self, op: Op, shape: Shape, index: u16) -> u16 {
        if self.len == MAX_NODES {
            let text = Text::new()
                .str("a network has at most ")
                .number(MAX_NODES as u64)
                .str(" layers, its inputs among them; ");
            text.str("declare it as several networks, each run after the other").fail();
        }
        let node = self.len as u16;
        let elements = shape.elements();
        let memory = add(elements, op.tail());
        self.nodes[self.len] = Node {
            op,
            shape,
            elements,
            memory,
            first_edge: self.edge_count as u16,
            inputs: 0,
            scope: self.scope,
            index,
            root: node,
            offset: 0,
            last_use: node,
            uses: 0,
            epilogue: NONE,
            folded: false,
            view: false,
            written: memory,
        };
        self.len += 1;
        node
    }

    /// Gives the layer that was appended last one more operand.
    #[track_caller]
    const fn connect(&mut self, operand: u16) {
        if self.edge_count == MAX_EDGES {
            let text = Text::new().str("a network has at most ").number(MAX_EDGES as u64);
            text.str(" connections between its layers").fail();
        }
        self.edges[self.edge_count] = operand;
        self.edge_count += 1;
        self.nodes[self.len - 1].inputs += 1;
        self.nodes[operand as usize].uses += 1;
    }

    /// Folds normalisations, and finds in whose memory each output lies.
    const fn resolve(&mut self) {
        let mut concats = false;
        let mut output = 0;
        while output < self.output_count {
            self.nodes[self.outputs[output].node as usize].uses += 1;
            output += 1;
        }
        let mut i = 0;
        while i < self.len {
            if self.settings.fuse
                && let Some(before) = self.folds_into(i)
            {
                self.nodes[before].epilogue = i as u16;
                self.nodes[i].folded = true;
            }
            concats |= matches!(self.nodes[i].op, Op::Concat(_));
            let view = match self.nodes[i].op.storage() {
                Storage::View { offset } => Some(offset),
                _ if self.nodes[i].folded => Some(0),
                _ => None,
            };
            let (root, offset) = match view {
                Some(offset) => self.place(i, offset),
                None => (i as u16, 0),
            };
            self.nodes[i].view = view.is_some();
            self.nodes[i].root = root;
            self.nodes[i].offset = offset;
            self.nodes[i].last_use = i as u16;
            let mut input = 0;
            while input < self.nodes[i].inputs as usize {
                let root = self.nodes[self.operand(i, input)].root as usize;
                self.nodes[root].last_use = i as u16;
                input += 1;
            }
            // A view that nobody reads still keeps its memory until it was made.
            self.nodes[root as usize].last_use = i as u16;
            i += 1;
        }
        output = 0;
        while output < self.output_count {
            let root = self.nodes[self.outputs[output].node as usize].root as usize;
            self.nodes[root].last_use = self.len as u16;
            output += 1;
        }
        if self.settings.fuse && concats {
            self.spare_copies();
        }
    }

    /// Finds what concatenations have to copy, where their operands are made in their place.
    const fn spare_copies(&mut self) {
        let buffers = Buffers::new(self, Sharing::InPlace);
        if !buffers.joining {
            return;
        }
        if Plan::suffers_from_joins(self) {
            self.joins = false;
            return;
        }
        let mut i = 0;
        while i < self.len {
            if matches!(self.nodes[i].op, Op::Concat(_)) {
                self.nodes[i].written = buffers.buffers[buffers.of_root[i] as usize].moved;
                self.nodes[i].view = self.nodes[i].written == 0;
            }
            i += 1;
        }
    }

    const fn place(&self, view: usize, offset: u64) -> (u16, u64) {
        let input = &self.nodes[self.operand(view, 0)];
        (input.root, input.offset + offset)
    }
}

/// What a layer's rules look at: its operands and its output.
#[derive(Clone, Copy)]
pub(crate) struct Io<'a> {
    pub graph: &'a Graph,
    pub node: usize,
}

impl<'a> Io<'a> {
    pub const fn inputs(self) -> usize {
        self.graph.nodes[self.node].inputs as usize
    }

    pub const fn input(self, input: usize) -> &'a Shape {
        &self.graph.nodes[self.graph.operand(self.node, input)].shape
    }

    pub const fn output(self) -> &'a Shape {
        &self.graph.nodes[self.node].shape
    }

    /// Elements of the output.
    pub const fn elements(self) -> u64 {
        self.graph.nodes[self.node].elements
    }

    /// Whether a normalisation is folded into this layer.
    pub const fn has_epilogue(self) -> bool {
        self.graph.nodes[self.node].epilogue != NONE
    }

    /// Whether this normalisation is folded into the layer before it.
    pub const fn is_folded(self) -> bool {
        self.graph.nodes[self.node].folded
    }
}

/// Through what a declaration builds its graph; every tensor carries a reference to it.
pub struct Builder<'g> {
    graph: Cell<Option<&'g mut Graph>>,
}

/// The scope that was current before a named block was entered.
#[derive(Clone, Copy)]
pub struct Entered(u16);

impl<'g> Builder<'g> {
    /// A builder that fills `graph`.
    pub const fn new(graph: &'g mut Graph, name: &'static str) -> Self {
        graph.name = name;
        Builder { graph: Cell::new(Some(graph)) }
    }

    const fn take(&self) -> &'g mut Graph {
        match self.graph.replace(None) {
            Some(graph) => graph,
            None => unreachable!(),
        }
    }

    const fn put(&self, graph: &'g mut Graph) {
        self.graph.replace(Some(graph));
    }

    const fn tensor(&'g self, node: u16, shape: Shape) -> Tensor<'g> {
        Tensor { builder: self, node, shape }
    }

    /// Declares an input.
    #[track_caller]
    pub const fn input(&'g self, name: &'static str, shape: Shape) -> Tensor<'g> {
        let graph = self.take();
        if graph.input_count == MAX_PORTS {
            panic!("a network has at most 16 inputs");
        }
        let node = graph.push(Op::Input(Input), shape, 0);
        graph.inputs[graph.input_count] = Port { name, shape, node };
        graph.input_count += 1;
        self.put(graph);
        self.tensor(node, shape)
    }

    /// Declares an output of a given shape.
    ///
    /// # Panics
    /// If the tensor has another shape.
    #[track_caller]
    pub const fn output(&'g self, tensor: Tensor<'g>, declared: Shape) {
        let graph = self.take();
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
        self.put(graph);
    }

    /// Ends the declaration, and adds up its costs: here, so that one that overflows is shown at the network's name.
    ///
    /// # Panics
    /// If there is no layer, or a cost does not fit in a `u64`.
    #[track_caller]
    pub const fn finish(&'g self) {
        let graph = self.take();
        if graph.len == graph.input_count && !graph.stub {
            Text::new()
                .str("network `")
                .str(graph.name)
                .str("` has no layers: it returns its input as it is; if that is meant, write `x.identity()`")
                .fail();
        }
        graph.resolve();
        graph.cost = Cost::of(graph);
        self.put(graph);
    }

    /// Enters a named scope.
    #[track_caller]
    pub const fn enter(&self, name: Name) -> Entered {
        let graph = self.take();
        graph.named = true;
        let entered = graph.enter(Label::Name(name), None);
        self.put(graph);
        entered
    }

    /// Enters the scope of a module: a layer that is made of several. It has the number that a single layer would have,
    /// until [`Tensor::name`] gives its output a name.
    #[track_caller]
    pub(crate) const fn enter_module(&self, module: Module) -> Entered {
        let graph = self.take();
        let label = Label::Index(graph.next_index());
        let entered = graph.enter(label, Some(module));
        self.put(graph);
        entered
    }

    /// Leaves the scope that was entered last.
    pub const fn leave(&self, entered: Entered) {
        let graph = self.take();
        graph.scopes[graph.scope as usize].nodes[1] = graph.len as u16;
        graph.scope = entered.0;
        self.put(graph);
    }

    /// Appends a layer.
    #[track_caller]
    pub(crate) const fn push(&'g self, op: Op, inputs: &[Tensor<'g>], shape: Shape) -> Tensor<'g> {
        let graph = self.take();
        let index = graph.next_index();
        let node = graph.push(op, shape, index);
        let mut i = 0;
        while i < inputs.len() {
            graph.connect(inputs[i].node);
            i += 1;
        }
        self.put(graph);
        self.tensor(node, shape)
    }

    /// Names the layer that made a tensor: the whole of it, if it is a module.
    #[track_caller]
    pub(crate) const fn rename(&self, node: u16, name: Name) {
        let graph = self.take();
        // What a module calls its parts is no name of the declaration.
        graph.named |= graph.scopes[graph.scope as usize].module.is_none();
        if let Some(module) = graph.made_by(node) {
            graph.scopes[module as usize].label = Label::Name(name);
        } else {
            let parent = graph.nodes[node as usize].scope;
            let scope = Scope { parent, label: Label::Name(name), nodes: [node, node + 1], ..Scope::EMPTY };
            graph.nodes[node as usize].scope = graph.add_scope(scope);
            graph.nodes[node as usize].index = NONE;
        }
        self.put(graph);
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
        let graph = self.take();
        graph.stub |= network.stub;
        graph.named |= network.named;
        let outside = graph.scope;
        // Numbers go on where the network stands; its inputs are nodes, but not nodes again.
        let first_index = graph.scopes[outside as usize].children;
        let shift = (graph.len - network.input_count) as u16;
        graph.scopes[outside as usize].children += network.scopes[0].children;
        let mut scopes = [outside; MAX_SCOPES];
        let mut scope = 1;
        while scope < network.scope_count {
            let Scope { parent, children, label, module, nodes: [first, end] } = network.scopes[scope];
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
            let node = &network.nodes[i];
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
            let mut operand = 0;
            while operand < node.inputs as usize {
                graph.connect(nodes[network.operand(i, operand)]);
                operand += 1;
            }
            i += 1;
        }
        graph.scope = outside;
        self.put(graph);
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
