//! Rows of modules: layers that consist of several others, which tools see as one.

use crate::base::element::Element;
use crate::base::math::{add, multiply};
use crate::deploy::deployed::Deployed;
use crate::deploy::shared::Shared;
use crate::graph::graph::Graph;
use crate::graph::scope::Scope;
use crate::op::module::Module;
use crate::op::row::Row;

/// A module that tools see as a whole, and its nodes.
#[derive(Clone, Copy)]
pub(crate) struct Whole {
    pub module: Module,
    pub first: usize,
    /// The node with the module's output, which has the module's row.
    pub last: usize,
}

impl Whole {
    /// The outermost module around a node that tools see as a whole.
    pub const fn around(graph: &Graph, node: usize) -> Option<Self> {
        let (mut whole, mut scope) = (None, graph.node(node).scope);
        while scope != 0 {
            let Scope { parent, module, nodes: [first, end], .. } = *graph.scope(scope);
            if let Some(module) = module
                && module.whole().is_some()
            {
                whole = Some(Whole { module, first: first as usize, last: end as usize - 1 });
            }
            scope = parent;
        }
        whole
    }
}

/// The layer of a transformer that a node is part of.
const fn transformer_layer(graph: &Graph, node: usize) -> Option<Module> {
    let mut scope = graph.node(node).scope;
    while scope != 0 {
        let Scope { parent, module, .. } = *graph.scope(scope);
        if matches!(module, Some(Module::TransformerEncoderLayer { .. } | Module::TransformerDecoderLayer)) {
            return module;
        }
        scope = parent;
    }
    None
}

impl Module {
    /// Its name among the operators, if tools see it as a whole: PyTorch runs it as one function, or hooks do not see
    /// inside. `None` for a module of modules, each of which has its own row.
    pub(crate) const fn whole(self) -> Option<&'static str> {
        match self {
            Module::ScaledDotProductAttention => Some("scaled_dot_product_attention"),
            Module::MultiHeadAttention { .. } => Some("multi_head_attention"),
            Module::Recurrent
            | Module::Streaming
            | Module::TransformerEncoderLayer { .. }
            | Module::TransformerDecoderLayer
            | Module::SqueezeExcitation => None,
        }
    }

    /// The row of one of the modules in a layer of a transformer.
    const fn within_transformer(self, mut row: Row) -> Row {
        if matches!(self, Module::TransformerEncoderLayer { fused: true }) {
            row.flop_counter_no_grad = 0;
        }
        // Its activation is a function, the original `F.relu` from before the tool patched it.
        if row.calflops_macs == 0 && row.params == 0 {
            row = row.ptflops(0).ptflops_functional(0).calflops(0);
        }
        row
    }

    /// The module's row, from the rows of its parts.
    const fn conventions(self, deployed: &Deployed, Whole { first, last, .. }: Whole) -> Row {
        let (mut parts, mut products, mut node) = (Row::UNCOUNTED, 0, first);
        while node <= last {
            let io = deployed.io(node);
            let row = deployed.graph.node(node).op.conventions(io);
            parts.absorb(&row);
            if row.params == 0 {
                products = add(products, row.macs);
            }
            node += 1;
        }
        match self {
            Module::Recurrent
            | Module::Streaming
            | Module::TransformerEncoderLayer { .. }
            | Module::TransformerDecoderLayer
            | Module::SqueezeExcitation => parts,
            Module::ScaledDotProductAttention => Row {
                macs: products,
                dots: parts.dots,
                ultralytics_thop: products,
                flop_counter: multiply(2, products),
                flop_counter_no_grad: multiply(2, products),
                ..Row::UNCOUNTED
            },
            Module::MultiHeadAttention { heads } => {
                let projections = parts.calflops_macs;
                let operands = Operands::of(deployed, first, last, heads as u64);
                let flop_counter = multiply(2, parts.macs);
                Row {
                    params: parts.params,
                    macs: parts.macs,
                    dots: parts.dots,
                    ultralytics_thop: parts.ultralytics_thop,
                    ptflops: operands.ptflops(),
                    // Counted as `F.scaled_dot_product_attention`.
                    ptflops_aten: parts.ptflops_aten - products,
                    fvcore: projections,
                    calflops: multiply(2, projections),
                    calflops_macs: projections,
                    flop_counter,
                    // Self-attention is one fused operation.
                    flop_counter_no_grad: if operands.to_itself { 0 } else { flop_counter },
                    torchstat_fails: Some("a module with more than one input is not one of its leaves"),
                    ..Row::UNCOUNTED
                }
            }
        }
    }
}

/// The arguments of ptflops' hook for attention.
struct Operands {
    to_itself: bool,
    bias: bool,
    heads: u64,
    batch: u64,
    /// The tokens and features of queries, keys and values.
    tokens: [u64; 3],
    features: [u64; 3],
}

impl Operands {
    const fn of(deployed: &Deployed, first: usize, last: usize, heads: u64) -> Self {
        let graph = &deployed.graph;
        let output = graph.node(last).shape;
        let (length, width) = (output.dim(-2) as u64, output.dim(-1) as u64);
        let batch = output.elements() / (length * width);
        let mut operands =
            Operands { to_itself: true, bias: false, heads, batch, tokens: [length; 3], features: [width; 3] };
        let mut node = first;
        while node < last {
            let io = deployed.io(node);
            let state = graph.node(node).op.state(io);
            operands.bias |= state.len > 0 && matches!(state.entry(state.len - 1).element, Element::Sum);
            // The projection of queries, keys and values that are not the same.
            if state.len > 0 && io.inputs() == 3 {
                operands.to_itself = false;
                let mut part = 0;
                while part < 3 {
                    operands.tokens[part] = io.input(part).dim(-2) as u64;
                    operands.features[part] = io.input(part).dim(-1) as u64;
                    part += 1;
                }
            }
            node += 1;
        }
        operands
    }

    /// Counts scaling the queries; three projections, each as if it kept its features; in each head the scores, their
    /// softmax and the products with the values; and a projection with a bias, even if it has none.
    const fn ptflops(&self) -> u64 {
        let [queries, keys, values] = self.tokens;
        let [q, k, v] = self.features;
        let mut sum = multiply(queries, q);
        sum = add(sum, multiply(multiply(queries, q), q));
        sum = add(sum, multiply(multiply(keys, k), k));
        sum = add(sum, multiply(multiply(values, v), v));
        if self.bias {
            sum = add(sum, multiply(queries + keys + values, q));
        }
        let scores = multiply(queries, keys);
        let head = multiply(scores, q / self.heads + 1 + v / self.heads);
        sum = add(sum, multiply(self.heads, head));
        sum = add(sum, multiply(multiply(queries, v), v + 1));
        multiply(self.batch, sum)
    }
}

impl Row {
    /// The row of one node of a graph. A module that is seen as a whole has its row at its last node; its other nodes
    /// have none.
    #[track_caller]
    pub(crate) const fn of_node(deployed: &Deployed, node: usize) -> Self {
        let graph = &deployed.graph;
        let whole = Whole::around(graph, node);
        let mut row = match whole {
            Some(whole) if whole.last == node => whole.module.conventions(deployed, whole),
            Some(_) => Row::UNCOUNTED,
            None => graph.node(node).op.conventions(deployed.io(node)),
        };
        if deployed.shared.any {
            row = match whole {
                Some(whole) => row.of_shared(&deployed.shared, whole.first, whole.last),
                None => row.of_shared(&deployed.shared, node, node),
            };
        }
        match transformer_layer(graph, node) {
            Some(layer) => layer.within_transformer(row),
            None => row,
        }
    }
    /// What is counted for layers that may share their weights: parameters once, and, by torchstat, each module once, at
    /// its last call.
    const fn of_shared(self, shared: &Shared, first: usize, last: usize) -> Self {
        let (mut row, mut node) = (self, first);
        while node <= last {
            if shared.first(node).is_some() {
                row = row.params(0).leaf_params(0).thop_params(0);
            }
            if shared.is_called_again(node) {
                row = row.torchstat_flops(0).torchstat_madd(0).torchstat_memory(0);
                row = row.torchstat_read(0).torchstat_write(0);
            }
            node += 1;
        }
        row
    }
}
