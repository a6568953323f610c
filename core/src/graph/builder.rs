//! How a declaration fills its graph.

use crate::base::message::Text;
use crate::base::name::Name;
use crate::base::shape::Shape;
use crate::graph::graph::{Graph, MAX_EDGES, MAX_NODES, MAX_PORTS, MAX_SCOPES, NONE, Node, Port};
use crate::graph::scope::{Entered, Label, Scope};
use crate::graph::tensor::{Builder, Tensor};
use crate::layers::list::Op;
use crate::op::module::Module;

impl<'g> Builder<'g> {
    pub(crate) const fn tensor(&'g self, node: u16, shape: Shape) -> Tensor<'g> {
        Tensor { builder: self, node, shape }
    }

    /// Declares an input.
    #[track_caller]
    pub const fn input(&'g self, name: &'static str, shape: Shape) -> Tensor<'g> {
        let graph = self.graph();
        if graph.input_count == MAX_PORTS {
            panic!("a network has at most 16 inputs");
        }
        let node = graph.append(Node { op: Op::INPUT, shape, inputs: 0, first: 0, edge: 0, scope: 0, index: 0 });
        graph.inputs[graph.input_count] = Port { name, shape, quantization: None, node };
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
        graph.outputs[graph.output_count] = Port { name: "", shape: declared, quantization: None, node: tensor.node };
        graph.output_count += 1;
    }

    /// Ends the declaration.
    ///
    /// # Panics
    /// If its output depends on no layer.
    #[track_caller]
    pub const fn finish(&'g self) {
        self.finish_numbered();
    }

    /// The same; gives the new number of each node, if any has changed.
    #[track_caller]
    pub(crate) const fn finish_numbered(&'g self) -> Option<[u16; MAX_NODES]> {
        let graph = self.graph();
        if graph.stub {
            return None;
        }
        let numbers = graph.set_aside_unread();
        if graph.len() == graph.input_count {
            let layers = if graph.unread == 0 { "` has no layers: " } else { "` has layers, but nobody reads them: " };
            Text::new()
                .str("network `")
                .str(graph.name)
                .str(layers)
                .str("it returns its input as it is; if that is meant, write `x.identity()`")
                .fail();
        }
        numbers
    }

    /// Enters a named scope.
    #[track_caller]
    pub const fn enter(&self, name: Name) -> Entered {
        let graph = self.graph();
        graph.named = true;
        graph.enter(Label::Name(name), None)
    }

    /// Enters the scope of a module: a layer that consists of several. It has the number that a single layer would
    /// have, until [`Tensor::name`] gives its output a name.
    #[track_caller]
    pub(crate) const fn enter_module(&self, module: Module) -> Entered {
        let graph = self.graph();
        graph.index += 1;
        graph.enter(Label::Index(graph.index - 1), Some(module))
    }

    /// Leaves the scope that was entered last.
    pub const fn leave(&self, entered: Entered) {
        let graph = self.graph();
        let this = *graph.scope(graph.scope);
        graph.scopes.set(graph.scope as usize, Scope { nodes: [this.nodes[0], graph.len() as u16], ..this });
        graph.scope = entered.0;
        graph.index = graph.scope(entered.0).children;
    }

    /// Appends a layer of one operand.
    #[track_caller]
    pub(crate) const fn push_one(&'g self, op: Op, input: u16, shape: Shape) -> Tensor<'g> {
        let graph = self.graph();
        let (scope, index) = (graph.scope, graph.index);
        let Some(node) = graph.nodes.push(Node { op, shape, inputs: 1, first: input, edge: 0, scope, index }) else {
            fail_nodes();
        };
        graph.index = index + 1;
        Tensor { builder: self, node, shape }
    }

    /// Appends a layer of two operands.
    #[track_caller]
    pub(crate) const fn push_two(&'g self, op: Op, a: u16, b: u16, shape: Shape) -> Tensor<'g> {
        let graph = self.graph();
        let edge = graph.edge_count as u16;
        graph.add_edge(b);
        Tensor { builder: self, node: graph.append_layer(op, 2, a, edge, shape), shape }
    }

    /// Appends a layer of any number of operands.
    #[track_caller]
    pub(crate) const fn push(&'g self, op: Op, inputs: &[Tensor<'g>], shape: Shape) -> Tensor<'g> {
        let graph = self.graph();
        let edge = graph.edge_count as u16;
        let mut i = 1;
        while i < inputs.len() {
            graph.add_edge(inputs[i].node);
            i += 1;
        }
        let first = if inputs.is_empty() { 0 } else { inputs[0].node };
        Tensor { builder: self, node: graph.append_layer(op, inputs.len() as u16, first, edge, shape), shape }
    }

    /// Names the layer that made a tensor by a text that is read from a file, within the name of another layer or on its
    /// own. Such names say nothing of shared weights, so they are not names of the declaration.
    #[track_caller]
    pub(crate) const fn label(&self, node: u16, within: Option<u16>, text: &'static str) {
        let graph = self.graph();
        let this = *graph.node(node as usize);
        let parent = match within {
            Some(layer) => graph.node(layer as usize).scope,
            None => this.scope,
        };
        let label = Label::Text(text);
        let scope = graph.add_scope(Scope { parent, label, nodes: [node, node + 1], ..Scope::OUTERMOST });
        graph.nodes.set(node as usize, Node { scope, index: NONE, ..this });
    }

    /// Names the layer that made a tensor: the whole of it, if it is a module.
    #[track_caller]
    pub(crate) const fn rename(&self, node: u16, name: Name) {
        let graph = self.graph();
        // The names of a module's parts are not names of the declaration.
        graph.named |= graph.scope(graph.scope).module.is_none();
        if let Some(module) = graph.made_by(node) {
            let scope = Scope { label: Label::Name(name), ..*graph.scope(module) };
            graph.scopes.set(module as usize, scope);
        } else {
            let this = *graph.node(node as usize);
            let scope =
                Scope { parent: this.scope, label: Label::Name(name), nodes: [node, node + 1], ..Scope::OUTERMOST };
            let scope = graph.add_scope(scope);
            graph.nodes.set(node as usize, Node { scope, index: NONE, ..this });
        }
    }
}

impl Graph {
    /// Appends a layer to the current scope. Its operands are the first, and those from an edge on.
    #[track_caller]
    const fn append_layer(&mut self, op: Op, inputs: u16, first: u16, edge: u16, shape: Shape) -> u16 {
        let (scope, index) = (self.scope, self.index);
        self.index = index + 1;
        self.append(Node { op, shape, inputs, first, edge, scope, index })
    }

    /// Appends a node; returns its number.
    #[track_caller]
    pub(crate) const fn append(&mut self, node: Node) -> u16 {
        match self.nodes.push(node) {
            Some(number) => number,
            None => fail_nodes(),
        }
    }

    /// Appends an operand after the first of the node that is appended next.
    #[track_caller]
    pub(crate) const fn add_edge(&mut self, operand: u16) {
        if self.edge_count == MAX_EDGES {
            fail_edges();
        }
        self.edges[self.edge_count] = operand;
        self.edge_count += 1;
    }

    /// The outermost module that has made a node and is complete.
    const fn made_by(&self, node: u16) -> Option<u16> {
        let (mut module, mut scope) = (None, self.node(node as usize).scope);
        while scope != 0 && scope != self.scope {
            if self.scope(scope).module.is_some() {
                module = Some(scope);
            }
            scope = self.scope(scope).parent;
        }
        module
    }

    #[track_caller]
    pub(crate) const fn add_scope(&mut self, scope: Scope) -> u16 {
        match self.scopes.push(scope) {
            Some(number) => number,
            None => Text::new().str("a network has at most ").number(MAX_SCOPES as u64 - 1).str(" names").fail(),
        }
    }

    #[track_caller]
    const fn enter(&mut self, label: Label, module: Option<Module>) -> Entered {
        let (parent, first) = (self.scope, self.len() as u16);
        self.scopes.set(parent as usize, Scope { children: self.index, ..*self.scope(parent) });
        self.index = 0;
        self.scope = self.add_scope(Scope { parent, children: 0, label, module, nodes: [first; 2] });
        Entered(parent)
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
