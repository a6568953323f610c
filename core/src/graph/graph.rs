//! The graph of a network: its layers and how they are connected, as declared.

use crate::base::shape::Shape;
use crate::base::slots::Slots;
use crate::graph::scope::Scope;
use crate::graph::settings::Settings;
use crate::int8::quantization::Quantization;
use crate::layers::list::Op;

/// The most layers of a network. A target of 16 bits has no object above 32 kB, not even in const evaluation.
pub const MAX_NODES: usize = if cfg!(target_pointer_width = "16") { 64 } else { 2048 };
/// The most connections between the layers of a network.
pub const MAX_EDGES: usize = 4 * MAX_NODES;
/// The most names given in a network.
pub(crate) const MAX_SCOPES: usize = MAX_NODES;
/// The most inputs, and the most outputs, of a network.
pub const MAX_PORTS: usize = 16;

/// No node, and no number in a scope.
pub(crate) const NONE: u16 = u16::MAX;

/// One layer, as declared.
#[derive(Clone, Copy)]
pub(crate) struct Node {
    pub op: Op,
    /// The shape of its output.
    pub shape: Shape,
    /// How many operands it has, the first of them, and where the others are among the edges.
    pub inputs: u16,
    pub first: u16,
    pub edge: u16,
    pub scope: u16,
    /// Its number in its scope; `NONE` if the scope itself is its name.
    pub index: u16,
}

/// An input or an output of a network.
#[derive(Clone, Copy)]
pub struct Port {
    /// The name it has in the declaration; outputs have none.
    pub name: &'static str,
    /// Its extents.
    pub shape: Shape,
    /// How its integers stand for real numbers, in a network that is read from a file in 8-bit integers.
    pub quantization: Option<Quantization>,
    pub(crate) node: u16,
}

impl Port {
    const EMPTY: Port = Port { name: "", shape: Shape::new(&[]), quantization: None, node: 0 };

    /// The integer that is nearest to what stands for a real number. Without a quantization, it stands for itself.
    pub const fn quantize(&self, real: f32) -> i8 {
        match &self.quantization {
            Some(quantization) => quantization.quantize(real),
            None => real as i8,
        }
    }

    /// The real number that an integer stands for.
    pub const fn dequantize(&self, integer: i8) -> f32 {
        match &self.quantization {
            Some(quantization) => quantization.dequantize(integer),
            None => integer as f32,
        }
    }
}

/// A network's layers and how they are connected, as declared.
#[derive(Clone, Copy)]
pub struct Graph {
    pub(crate) name: &'static str,
    /// Whether it is the stub of a network whose error was already reported, or contains one.
    pub(crate) stub: bool,
    pub(crate) settings: Settings,
    /// Inputs, layers and, once all are known, the layers that nobody reads.
    pub(crate) nodes: Slots<Node, MAX_NODES>,
    pub(crate) unread: usize,
    /// The layers that nobody reads in the networks that are blocks here.
    pub(crate) reported_by_blocks: usize,
    /// The operands of each node after its first.
    pub(crate) edge_count: usize,
    pub(crate) edges: [u16; MAX_EDGES],
    pub(crate) scopes: Slots<Scope, MAX_SCOPES>,
    /// The current scope, and the number of the next layer in it.
    pub(crate) scope: u16,
    pub(crate) index: u16,
    /// Whether the declaration names any layer or block.
    pub(crate) named: bool,
    pub(crate) input_count: usize,
    pub(crate) inputs: [Port; MAX_PORTS],
    pub(crate) output_count: usize,
    pub(crate) outputs: [Port; MAX_PORTS],
}

impl Graph {
    /// An empty graph.
    pub const fn new(settings: Settings) -> Self {
        let mut graph = Graph {
            name: "",
            stub: false,
            settings,
            nodes: Slots::new(),
            unread: 0,
            reported_by_blocks: 0,
            edge_count: 0,
            edges: [0; MAX_EDGES],
            scopes: Slots::new(),
            scope: 0,
            index: 0,
            named: false,
            input_count: 0,
            inputs: [Port::EMPTY; MAX_PORTS],
            output_count: 0,
            outputs: [Port::EMPTY; MAX_PORTS],
        };
        graph.scopes.push(Scope::OUTERMOST);
        graph
    }

    /// The number of nodes: inputs and layers that are read.
    pub(crate) const fn len(&self) -> usize {
        self.nodes.len() - self.unread
    }

    /// The number of a layer among the layers: that of its row in the report.
    pub(crate) const fn layer_number(&self, node: usize) -> usize {
        node - self.input_count
    }

    /// A node.
    pub(crate) const fn node(&self, node: usize) -> &Node {
        self.nodes.get(node)
    }

    /// A scope.
    pub(crate) const fn scope(&self, scope: u16) -> &Scope {
        self.scopes.get(scope as usize)
    }

    /// The node that is the `input`th operand of a node.
    pub(crate) const fn operand(&self, node: usize, input: usize) -> usize {
        let node = self.node(node);
        if input == 0 { node.first as usize } else { self.edges[node.edge as usize + input - 1] as usize }
    }
}
