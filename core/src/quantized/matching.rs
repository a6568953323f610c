//! A declared network, matched with that of a `.tflite` file: which operator each of its layers is.
//!
//! Both graphs are walked from their outputs to their inputs. What only says how memory is seen, and what is folded into
//! the layer before it, is passed over.

use crate::base::message::Text;
use crate::base::shape::Shape;
use crate::deploy::deployed::Deployed;
use crate::graph::graph::{MAX_NODES, NONE};
use crate::layers::arithmetic::binary::Operation;
use crate::layers::list::Op;
use crate::op::axis::agree;
use crate::op::storage::Place;
use crate::op::words::Words;
use crate::quantized::file::{has_bias, numbers};
use crate::quantized::kernels::{activation_of, check, is_run};
use crate::tflite::error::operator;
use crate::tflite::imported::Imported;
use crate::tflite::model::Model;

/// Which node of a file each layer is.
pub(super) struct Matching {
    /// For each node of the network, that of the file.
    pub nodes: [u16; MAX_NODES],
    /// Whether its two operands are in the other order there.
    pub swapped: [bool; MAX_NODES],
}

/// How a layer differs from what the file has in its place.
#[derive(Clone, Copy)]
enum Difference {
    Kind,
    Shape,
    Options,
    Activation,
    Bias,
    Operands,
}

/// A layer and the node of a file that differ.
#[derive(Clone, Copy)]
struct Mismatch {
    layer: usize,
    node: usize,
    difference: Difference,
}

struct Walk<'a> {
    network: &'a Deployed,
    imported: &'a Imported,
    file: &'a str,
    matching: Matching,
}

impl Matching {
    /// Matches a network with the one of a file.
    ///
    /// # Panics
    /// If they differ, naming the first layer that does.
    #[track_caller]
    pub const fn new(network: &Deployed, imported: &Imported, file: &str) -> Self {
        check(network);
        let matching = Matching { nodes: [NONE; MAX_NODES], swapped: [false; MAX_NODES] };
        let mut walk = Walk { network, imported, file, matching };
        if !imported.is_quantized() {
            walk.text().str("it is in f32, and the network in i8").fail();
        }
        if !network.graph.settings.fuse {
            walk.text().str("its activations are folded: declare the network with `fuse`, too").fail();
        }
        walk.ports();
        walk.layers();
        walk.matching
    }
}

impl Walk<'_> {
    /// Pairs inputs and outputs.
    #[track_caller]
    const fn ports(&mut self) {
        let (graph, other) = (&self.network.graph, &self.imported.deployed.graph);
        if graph.input_count != other.input_count {
            self.fail_count("inputs", graph.input_count, other.input_count);
        }
        if graph.output_count != other.output_count {
            self.fail_count("outputs", graph.output_count, other.output_count);
        }
        let mut input = 0;
        while input < graph.input_count {
            if !same_memory(&graph.node(input).shape, &other.node(input).shape) {
                self.text()
                    .str("its input `")
                    .str(other.inputs[input].name)
                    .str("` is ")
                    .shape(&other.node(input).shape)
                    .str(", and the network's `")
                    .str(graph.inputs[input].name)
                    .str("` ")
                    .shape(&graph.node(input).shape)
                    .fail();
            }
            self.matching.nodes[input] = input as u16;
            input += 1;
        }
        let mut output = 0;
        while output < graph.output_count {
            let (node, of_file) = (graph.outputs[output].node as usize, other.outputs[output].node as usize);
            self.check_end(node, of_file);
            if !self.pair(node, of_file) {
                self.fail(Mismatch {
                    layer: self.root(node),
                    node: self.root_of_file(of_file),
                    difference: Difference::Operands,
                });
            }
            output += 1;
        }
    }

    /// Fails if one of the two goes on after an output of the other.
    #[track_caller]
    const fn check_end(&self, node: usize, of_file: usize) {
        let (last, last_of_file) = (self.root(node), self.root_of_file(of_file));
        if self.difference(last, last_of_file).is_none() {
            return;
        }
        let (graph, other) = (&self.network.graph, &self.imported.deployed.graph);
        let mut before = last_of_file;
        while before >= other.input_count {
            before = self.root_of_file(other.operand(before, 0));
            if self.difference(last, before).is_none() {
                let text = self.text().str("it goes on after the last layer of the network, with ");
                self.operator(text, last_of_file).str(": declare that, too").fail();
            }
        }
        let mut before = last;
        while before >= graph.input_count {
            before = self.root(graph.operand(before, 0));
            if self.difference(before, last_of_file).is_none() {
                let text = self.text().str("the network goes on after its last operator, with ");
                self.layer(text, last).fail();
            }
        }
    }

    /// Pairs all layers that the outputs depend on, and compares each with what it is paired with.
    #[track_caller]
    const fn layers(&mut self) {
        let (graph, other) = (&self.network.graph, &self.imported.deployed.graph);
        let (mut first, mut layer) = (None, graph.len());
        while layer > graph.input_count {
            layer -= 1;
            let node = self.matching.nodes[layer] as usize;
            if node == NONE as usize {
                continue;
            }
            if let Some(difference) = self.difference(layer, node) {
                first = Some(Mismatch { layer, node, difference });
                if let Difference::Kind = difference {
                    continue;
                }
            }
            let operands = graph.node(layer).inputs as usize;
            if operands != other.node(node).inputs as usize {
                continue;
            }
            if operands == 2 && is_commutative(&graph.node(layer).op) {
                self.matching.swapped[layer] = self.are_swapped(layer, node);
            }
            let mut operand = 0;
            while operand < operands {
                let at = if self.matching.swapped[layer] { 1 - operand } else { operand };
                if !self.pair(graph.operand(layer, operand), other.operand(node, at)) {
                    first = Some(Mismatch { layer, node, difference: Difference::Operands });
                }
                operand += 1;
            }
        }
        if let Some(first) = first {
            let earlier = self.in_order(first.layer);
            self.fail(match earlier {
                Some(earlier) => earlier,
                None => first,
            });
        }
    }

    /// Notes that two nodes are the same. Whether they can be.
    const fn pair(&mut self, node: usize, of_file: usize) -> bool {
        let (live, other) = (&self.network.live, &self.imported.deployed.live);
        if live.offset[node] != other.offset[of_file]
            || node_elements(self.network, node) != node_elements(&self.imported.deployed, of_file)
        {
            return false;
        }
        let (node, of_file) = (self.root(node), self.root_of_file(of_file));
        let known = &mut self.matching.nodes[node];
        if *known == NONE {
            *known = of_file as u16;
        }
        *known as usize == of_file
    }

    /// Whether the operands of a sum or a product are in the other order in the file.
    const fn are_swapped(&self, layer: usize, node: usize) -> bool {
        let (graph, other) = (&self.network.graph, &self.imported.deployed.graph);
        let [a, b] = [self.root(graph.operand(layer, 0)), self.root(graph.operand(layer, 1))];
        let [p, q] = [self.root_of_file(other.operand(node, 0)), self.root_of_file(other.operand(node, 1))];
        let as_is = self.may_be(a, p) && self.may_be(b, q);
        !as_is && self.may_be(a, q) && self.may_be(b, p)
    }

    /// Whether a node may be that of a file, as far as is known of both alone.
    const fn may_be(&self, node: usize, of_file: usize) -> bool {
        match self.matching.nodes[node] {
            NONE => self.difference(node, of_file).is_none(),
            known => known as usize == of_file,
        }
    }

    /// The first layer before another one that differs, if both run in the same order.
    const fn in_order(&self, before: usize) -> Option<Mismatch> {
        let (mut layer, mut node) = (self.network.graph.input_count, self.imported.deployed.graph.input_count);
        loop {
            while layer < before && !is_run(self.network, layer) {
                layer += 1;
            }
            while node < self.imported.deployed.len() && !is_run(&self.imported.deployed, node) {
                node += 1;
            }
            if layer >= before || node >= self.imported.deployed.len() {
                return None;
            }
            if let Some(difference) = self.difference(layer, node) {
                return Some(Mismatch { layer, node, difference });
            }
            (layer, node) = (layer + 1, node + 1);
        }
    }

    /// How a layer differs from a node of the file, whatever both read.
    const fn difference(&self, layer: usize, node: usize) -> Option<Difference> {
        let (network, other) = (self.network, &self.imported.deployed);
        let is_input = layer < network.graph.input_count;
        if is_input || node < other.graph.input_count {
            return if is_input && layer == node { None } else { Some(Difference::Kind) };
        }
        let (op, of_file) = (&network.graph.node(layer).op, &other.graph.node(node).op);
        let options = match (op, of_file) {
            (Op::Conv(a), Op::Conv(b)) => {
                // At each position, a fully connected layer is another kernel.
                if numbers(self.imported, node).is_linear {
                    return Some(Difference::Kind);
                }
                a.in_channels == b.in_channels && a.groups == b.groups && agree(&a.axes, &b.axes)
            }
            (Op::MaxPool(a), Op::MaxPool(b)) => agree(&a.axes, &b.axes),
            (Op::AvgPool(a), Op::AvgPool(b)) => agree(&a.axes, &b.axes),
            (Op::AdaptiveAvgPool(_), Op::Reduction(b)) => {
                b.is_channel_mean(&other.graph.node(other.graph.operand(node, 0)).shape)
            }
            (Op::Pad(a), Op::Pad(b)) => a.agrees(b),
            (Op::Linear(_), Op::Linear(_)) | (Op::Parameter(_), Op::Parameter(_)) => true,
            (Op::Concat(_), Op::Concat(_)) => joined(network, layer) == joined(other, node),
            (Op::Relu(_) | Op::Relu6(_) | Op::Clamp(_), Op::Relu(_) | Op::Relu6(_) | Op::Clamp(_)) => {
                same_activation(op, of_file)
            }
            _ if op.code() == of_file.code() => {
                let words = op.encode(network.io(layer), Words::new());
                same_words(&words, &of_file.encode(other.io(node), Words::new()))
            }
            _ => return Some(Difference::Kind),
        };
        if !same_memory(&network.graph.node(layer).shape, &other.graph.node(node).shape) {
            return Some(Difference::Shape);
        }
        if !options {
            return Some(Difference::Options);
        }
        let activations = match (network.clamp(layer), other.clamp(node)) {
            (None, None) => true,
            (Some(a), Some(b)) => same_activation(&network.graph.node(a).op, &other.graph.node(b).op),
            _ => false,
        };
        if !activations {
            return Some(Difference::Activation);
        }
        let is_product = matches!(op, Op::Conv(_) | Op::Linear(_));
        if is_product
            && network.graph.state(layer).len == 1
            && network.epilogue(layer).is_none()
            && has_bias(self.imported, node)
        {
            return Some(Difference::Bias);
        }
        None
    }

    /// The layer in whose memory a node lies.
    const fn root(&self, node: usize) -> usize {
        self.network.live.root[node] as usize
    }

    const fn root_of_file(&self, node: usize) -> usize {
        self.imported.deployed.live.root[node] as usize
    }

    const fn text(&self) -> Text {
        Text::new().str("`").str(self.file).str("` is not `").str(self.network.graph.name).str("`: ")
    }

    /// Appends a layer: `layer 3 (conv2d)`.
    const fn layer(&self, text: Text, layer: usize) -> Text {
        let graph = &self.network.graph;
        if layer < graph.input_count {
            return text.str("input `").str(graph.inputs[layer].name).str("`");
        }
        text.str("layer `").str(graph.spell(layer).as_str()).str("` (").str(graph.node(layer).op.name()).str(")")
    }

    /// Appends an operator of the file, or an input.
    const fn operator(&self, text: Text, node: usize) -> Text {
        let graph = &self.imported.deployed.graph;
        if node < graph.input_count {
            return text.str("input `").str(graph.inputs[node].name).str("`");
        }
        match Model::new(self.imported.bytes) {
            Ok(model) => operator(text, &model, self.imported.origins[node] as usize),
            Err(_) => text,
        }
    }

    #[track_caller]
    const fn fail(&self, Mismatch { layer, node, difference }: Mismatch) -> ! {
        let text = self.layer(self.text(), layer);
        match difference {
            Difference::Kind => self.operator(text.str(" stands where it has "), node),
            Difference::Shape => self
                .operator(text.str(" makes ").shape(&self.network.graph.node(layer).shape).str(", and "), node)
                .str(" ")
                .shape(&self.imported.deployed.graph.node(node).shape),
            Difference::Options => self
                .operator(text.str(" and "), node)
                .str(" differ in their options, such as kernel, stride, padding, dilation or groups"),
            Difference::Activation => self.operator(text.str(" and "), node).str(" have different activations"),
            Difference::Bias => self.operator(text.str(" has no bias, and "), node).str(" has one"),
            Difference::Operands => self.operator(text.str(" and "), node).str(" read different tensors"),
        }
        .fail()
    }

    #[track_caller]
    const fn fail_count(&self, ports: &str, network: usize, file: usize) -> ! {
        let text = self.text().str("it has ").number(file as u64).str(" ").str(ports).str(", and the network ");
        text.number(network as u64).fail()
    }
}

const fn node_elements(deployed: &Deployed, node: usize) -> u64 {
    deployed.graph.node(node).shape.elements()
}

/// Whether the order of two operands makes no difference.
const fn is_commutative(op: &Op) -> bool {
    match op {
        Op::Elementwise(elementwise) => matches!(elementwise.operation(), Operation::Add | Operation::Mul),
        _ => false,
    }
}

/// The axis along which the operands of a node are joined.
const fn joined(deployed: &Deployed, node: usize) -> usize {
    match deployed.graph.storage(node).place {
        Place::Joined { axis } => deployed.graph.node(node).shape.rank() - axis,
        _ => 0,
    }
}

const fn same_activation(a: &Op, b: &Op) -> bool {
    match (activation_of(a), activation_of(b)) {
        (Some(a), Some(b)) => a as u8 == b as u8,
        _ => false,
    }
}

const fn same_words(a: &Words, b: &Words) -> bool {
    let mut word = 0;
    while word < a.len() && word < b.len() && a.at(word) == b.at(word) {
        word += 1;
    }
    word == a.len() && word == b.len()
}

/// Whether two tensors whose channels come last have the same extents in memory, but for extents of 1.
const fn same_memory(a: &Shape, b: &Shape) -> bool {
    let ((a, a_rank), (b, b_rank)) = (a.channel_last(), b.channel_last());
    let (mut i, mut j) = (0, 0);
    loop {
        while i < a_rank && a[i] == 1 {
            i += 1;
        }
        while j < b_rank && b[j] == 1 {
            j += 1;
        }
        if i >= a_rank || j >= b_rank {
            return i >= a_rank && j >= b_rank;
        }
        if a[i] != b[j] {
            return false;
        }
        (i, j) = (i + 1, j + 1);
    }
}
