//! The numbers of a declared network as tensors of a file, which are named after its layers.
//!
//! A layer with weights has `weight` in 8-bit integers, its channels last, `weight_scale`, and `bias` in 32-bit integers.
//! Each layer has the `scale` and the `zero_point` of its output, and so has `input.x`, for an input of the name `x`.

use crate::base::message::Text;
use crate::base::name::{Spelling, order};
use crate::base::shape::Shape;
use crate::deploy::deployed::Deployed;
use crate::graph::graph::{MAX_NODES, NONE};
use crate::int8::kernel::{Numbers, Raw, Scale, Scaled};
use crate::int8::linear::WeightScales;
use crate::int8::quantization::Quantization;
use crate::layers::list::Op;
use crate::quantized::kernels::{activation, check, is_run, required_kernel};

/// The types of elements in such a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Element {
    /// Weights and zero points.
    I8,
    /// Biases.
    I32,
    /// Scales.
    F32,
}

impl Element {
    const fn name(self) -> &'static str {
        match self {
            Element::I8 => "I8",
            Element::I32 => "I32",
            Element::F32 => "F32",
        }
    }
}

/// A tensor of a file.
#[derive(Clone, Copy, Debug)]
pub struct TypedTensor<'a> {
    /// Its name: `features.0.weight`.
    pub name: &'a str,
    /// The type of its elements.
    pub element: Element,
    /// Its extents.
    pub shape: Shape,
    /// Where its data is in the file, in bytes.
    pub start: usize,
    /// Where that ends.
    pub end: usize,
}

/// The numbers of a network, found in a file.
pub struct Tensors<'a> {
    pub(super) deployed: &'a Deployed,
    tensors: &'a [TypedTensor<'a>],
    bytes: &'a [u8],
    /// For each input and each step, what its integers stand for.
    quantizations: [Quantization; MAX_NODES],
    /// For each step, the tensors of its weights, their scales and its biases.
    weights: [[u16; 3]; MAX_NODES],
}

impl<'a> Tensors<'a> {
    /// Finds the numbers of a network in a file, whose tensors are sorted by name.
    ///
    /// # Panics
    /// If the file's tensors are not the network's, or a layer has no kernel.
    #[track_caller]
    pub const fn new(deployed: &'a Deployed, tensors: &'a [TypedTensor<'a>], bytes: &'a [u8]) -> Self {
        let graph = &deployed.graph;
        let mut this = Tensors {
            deployed,
            tensors,
            bytes,
            quantizations: [Quantization::UNIT; MAX_NODES],
            weights: [[NONE; 3]; MAX_NODES],
        };
        check(deployed);
        let (mut node, mut read) = (0, 0);
        while node < graph.len() {
            if node < graph.input_count {
                this.quantizations[node] = this.quantization_of(&spell_input(deployed, node));
                read += 2;
            } else if is_run(deployed, node) {
                read += this.layer(node);
            }
            node += 1;
        }
        // Each has a name of its own.
        if read < tensors.len() {
            this.fail_foreign();
        }
        this
    }

    /// Finds the tensors of a layer; gives their number.
    #[track_caller]
    const fn layer(&mut self, node: usize) -> usize {
        let (deployed, graph) = (self.deployed, &self.deployed.graph);
        let kernel = required_kernel(deployed, node);
        let name = graph.spell(node);
        let quantization = self.quantization_of(&name);
        self.quantizations[node] = quantization;
        match kernel.output_scale() {
            Scale::Any => {}
            Scale::Fixed(fixed) if quantization.same(&fixed) => {}
            Scale::Fixed(_) => self.fail(&name, "scale", "is not the one that its kernel has"),
            Scale::Inputs => {
                let mut input = 0;
                while input < graph.node(node).inputs as usize {
                    if !quantization.same(&self.quantization(graph.operand(node, input))) {
                        self.fail(
                            &name,
                            "scale",
                            "or its zero point differs from those of its input, as none may here",
                        );
                    }
                    input += 1;
                }
            }
        }
        let (mut read, scaled) = (2, kernel.weights());
        if !matches!(scaled, Scaled::Nothing) {
            let state = graph.state(node);
            let shape = stored_shape(&state.entry(0).shape, scaled);
            self.weights[node][0] = self.find(&graph.spell_entry(node, &state, 0, &[]), Element::I8, &shape) as u16;
            read += 1;
        }
        let channels = match scaled {
            Scaled::Channels => graph.node(node).shape.at(0),
            _ => 1,
        };
        if matches!(scaled, Scaled::Channels | Scaled::Whole) {
            let scales = self.find(&name.str(".weight_scale"), Element::F32, &Shape::vector(channels));
            self.weights[node][1] = scales as u16;
            read += 1;
        }
        if matches!(scaled, Scaled::Channels) {
            let biases = self.find(&name.str(".bias"), Element::I32, &Shape::vector(channels));
            self.weights[node][2] = biases as u16;
            read += 1;
        }
        read
    }

    #[track_caller]
    const fn quantization_of(&self, name: &Spelling) -> Quantization {
        let scale = self.find(&name.str(".scale"), Element::F32, &Shape::vector(1));
        let zero_point = self.find(&name.str(".zero_point"), Element::I8, &Shape::vector(1));
        Quantization { scale: float(self.data(scale)), zero_point: self.data(zero_point)[0] as i8 }
    }

    /// The tensor of a name.
    #[track_caller]
    const fn find(&self, name: &Spelling, element: Element, shape: &Shape) -> usize {
        let (mut low, mut high) = (0, self.tensors.len());
        while low < high {
            let middle = (low + high) / 2;
            match order(self.tensors[middle].name, name.as_str()) {
                0 => {
                    let found = &self.tensors[middle];
                    if found.element as u8 != element as u8 || !found.shape.same(shape) {
                        self.fail_unlike(found, element, shape);
                    }
                    return middle;
                }
                less if less < 0 => low = middle + 1,
                _ => high = middle,
            }
        }
        self.foreign().str("it has no tensor `").str(name.as_str()).str("`").fail()
    }

    const fn data(&self, tensor: usize) -> &'a [u8] {
        let TypedTensor { start, end, .. } = self.tensors[tensor];
        self.bytes.split_at(end).0.split_at(start).1
    }

    /// How the integers of a node stand for real numbers: as those of the node in whose memory it lies do.
    pub(super) const fn quantization(&self, node: usize) -> Quantization {
        self.quantizations[self.deployed.live.root[node] as usize]
    }

    /// What a layer's kernel is made from.
    pub(super) const fn numbers(&self, node: usize) -> Numbers {
        let (deployed, graph) = (self.deployed, &self.deployed.graph);
        let (mut inputs, mut input) = ([Quantization::UNIT; 2], 0);
        while input < inputs.len() && input < graph.node(node).inputs as usize {
            inputs[input] = self.quantization(graph.operand(node, input));
            input += 1;
        }
        let op = &graph.node(node).op;
        if let Op::Rectifier(_) = op {
            inputs[1].scale = float(self.data(self.weights[node][1] as usize));
        }
        let mut numbers = Numbers { inputs, output: self.quantization(node), ..Numbers::UNIT };
        numbers.weights = WeightScales::PerChannel;
        if let Op::Upsample(upsample) = op {
            numbers.grid = upsample.grid;
        }
        if let Some(clamp) = deployed.clamp(node) {
            numbers.activation = activation(deployed, clamp);
        }
        numbers
    }

    /// A layer's weights.
    pub(super) const fn raw(&self, node: usize) -> Raw<'a> {
        let [weights, scales, biases] = self.weights[node];
        Raw {
            weights: self.data_or_none(weights),
            bias: self.data_or_none(biases),
            scales: self.data_or_none(scales),
            input_scale: match self.deployed.graph.node(node).inputs {
                0 => 1.0,
                _ => self.quantization(self.deployed.graph.operand(node, 0)).scale,
            },
            output_scale: self.quantization(node).scale,
        }
    }

    const fn data_or_none(&self, tensor: u16) -> &'a [u8] {
        match tensor {
            NONE => &[],
            tensor => self.data(tensor as usize),
        }
    }

    const fn foreign(&self) -> Text {
        let text = Text::new().str("the file's tensors are not those of `").str(self.deployed.graph.name);
        text.str("` in 8-bit integers: ")
    }

    #[track_caller]
    const fn fail_unlike(&self, found: &TypedTensor<'_>, element: Element, shape: &Shape) -> ! {
        self.foreign()
            .str("its tensor `")
            .str(found.name)
            .str("` is ")
            .shape(&found.shape)
            .str(" of ")
            .str(found.element.name())
            .str(", and the network's ")
            .shape(shape)
            .str(" of ")
            .str(element.name())
            .fail()
    }

    #[track_caller]
    const fn fail(&self, layer: &Spelling, what: &str, problem: &str) -> ! {
        let text = self.foreign().str("its tensor `").str(layer.as_str()).str(".").str(what).str("` ");
        text.str(problem).fail()
    }

    /// Tells of a tensor that no layer has.
    #[track_caller]
    const fn fail_foreign(&self) -> ! {
        let mut tensor = 0;
        while tensor < self.tensors.len() {
            let name = self.tensors[tensor].name;
            if !self.has(name) {
                self.foreign().str("its tensor `").str(name).str("` is not of this network").fail();
            }
            tensor += 1;
        }
        panic!("the file has a tensor twice")
    }

    /// Whether a layer or an input has a tensor of this name.
    const fn has(&self, name: &str) -> bool {
        let (graph, mut node) = (&self.deployed.graph, 0);
        while node < graph.len() {
            let mut tensor = 0;
            while tensor < ENDS.len() {
                let owner = if node < graph.input_count { spell_input(self.deployed, node) } else { graph.spell(node) };
                let is_step = node < graph.input_count || is_run(self.deployed, node);
                let exists = tensor < 2 || self.weights[node][tensor - 2] != NONE;
                if is_step && exists && order(owner.str(ENDS[tensor]).as_str(), name) == 0 {
                    return true;
                }
                tensor += 1;
            }
            if self.weights[node][0] != NONE && order(self.tensors[self.weights[node][0] as usize].name, name) == 0 {
                return true;
            }
            node += 1;
        }
        false
    }
}

/// What the names of a layer's tensors end in.
const ENDS: [&str; 5] = [".scale", ".zero_point", ".weight", ".weight_scale", ".bias"];

/// The name of an input in a file.
pub(crate) const fn spell_input(deployed: &Deployed, node: usize) -> Spelling {
    Spelling::new().str("input.").str(deployed.graph.inputs[node].name)
}

/// The extents of weights in a file: their input channels, the second axis, come last; of other numbers, the first.
pub(crate) const fn stored_shape(shape: &Shape, scaled: Scaled) -> Shape {
    let (mut dims, rank) = (shape.to_usize(), shape.rank());
    let first = if let Scaled::Channels = scaled { 1 } else { 0 };
    if rank > first + 1 {
        let (channels, mut axis) = (dims[first], first);
        while axis + 1 < rank {
            dims[axis] = dims[axis + 1];
            axis += 1;
        }
        dims[axis] = channels;
    }
    Shape::new(dims.split_at(rank).0)
}

const fn float(bytes: &[u8]) -> f32 {
    match bytes.first_chunk() {
        Some(bytes) => f32::from_le_bytes(*bytes),
        None => 1.0,
    }
}
