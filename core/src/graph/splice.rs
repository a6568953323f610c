//! A network as a block of another: its layers are declared again.

use crate::base::message::Text;
use crate::graph::graph::{Graph, MAX_NODES, MAX_SCOPES, NONE, Node, Port};
use crate::graph::scope::{Label, Scope};
use crate::graph::tensor::{Builder, Tensor};

impl<'g> Builder<'g> {
    /// Replays a finished network.
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
        // Numbers continue from where the network is called; its inputs do not become nodes again.
        let first_index = graph.index;
        let shift = (graph.len() - network.input_count) as u16;
        graph.index += network.index;
        graph.reported_by_blocks += network.reported();
        let mut scopes = [outside; MAX_SCOPES];
        let mut scope = 1;
        while scope < network.scopes.len() {
            let Scope { parent, children, label, module, nodes: [first, end] } = *network.scope(scope as u16);
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
        while i > 0 {
            i -= 1;
            nodes[network.inputs[i].node as usize] = inputs[i].node;
        }
        let mut i = network.input_count;
        while i < network.nodes.len() {
            let node = network.node(i);
            let scope = scopes[node.scope as usize];
            let index = if scope == outside && node.index != NONE { first_index + node.index } else { node.index };
            let edge = graph.edge_count as u16;
            let mut operand = 1;
            while operand < node.inputs as usize {
                graph.add_edge(nodes[network.operand(i, operand)]);
                operand += 1;
            }
            let first = nodes[node.first as usize];
            nodes[i] = graph.append(Node { first, edge, scope, index, op: node.op.of_any_weights(), ..*node });
            i += 1;
        }
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
