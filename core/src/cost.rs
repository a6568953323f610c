//! What a layer and a network cost.

use crate::census::{add, multiply};
use crate::graph::{Graph, Io};
use crate::layers::{Op, State};
use crate::name::Spelling;
use crate::plan::Plan;
use crate::program::is_step;
use crate::sharing::Live;
use crate::{Census, DataType, Shape};

/// Bytes moved between memory and arithmetic.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Traffic {
    /// Bytes of parameters read.
    pub weights: u64,
    /// Bytes of operands read.
    pub input: u64,
    /// Bytes of outputs written.
    pub output: u64,
}

impl Traffic {
    /// No byte.
    pub const ZERO: Traffic = Traffic { weights: 0, input: 0, output: 0 };

    /// All bytes, read and written.
    pub const fn total(&self) -> u64 {
        add(add(self.weights, self.input), self.output)
    }

    /// Both together.
    #[must_use]
    pub const fn plus(&self, other: &Traffic) -> Self {
        Traffic {
            weights: add(self.weights, other.weights),
            input: add(self.input, other.input),
            output: add(self.output, other.output),
        }
    }

    #[track_caller]
    const fn batch(&self, n: u64) -> Self {
        Traffic { weights: self.weights, input: multiply(self.input, n), output: multiply(self.output, n) }
    }
}

/// The cost of one inference, of a layer or of a network.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cost {
    /// Multiply-accumulates of dot products, dense: a dot product of length n counts n, taps on zero padding count as
    /// if they were data, a bias does not count.
    pub macs: u64,
    /// Multiply-accumulates that are executed: those on padding are left out.
    pub macs_executed: u64,
    /// All floating-point operations of the dense census, each being one: a linear layer of I inputs and J outputs has
    /// (2I−1)·J, with bias 2·I·J; activations and normalisations count.
    pub flops: u64,
    /// The dense census: taps on zero padding count as if they were data.
    pub census: Census,
    /// The census of what is executed.
    pub census_executed: Census,
    /// Learned parameters, PyTorch's `sum(p.numel())`; running statistics are buffers and do not count.
    pub params: u64,
    /// Numbers the run reads as weights: the parameters, with a normalisation as its scale and its shift.
    pub weights: u64,
    /// Bytes of those, in the network's data type; biases of integer types have four each. What flash must hold.
    pub weight_bytes: u64,
    /// Compulsory traffic: each operand of each layer is moved once; a view moves nothing, and neither does what is
    /// concatenated and, in a fused network, was made in its place. Of an embedding's weights a row is read for each
    /// index, and none twice.
    pub traffic: Traffic,
    /// Traffic without any reuse: one read of each input for every MAC, and one for every input element of a layer
    /// without MACs; weights and outputs once, and of an embedding's weights a row for each index.
    pub traffic_uncached: Traffic,
}

impl Cost {
    pub(crate) const ZERO: Cost = Cost {
        macs: 0,
        macs_executed: 0,
        flops: 0,
        census: Census::ZERO,
        census_executed: Census::ZERO,
        params: 0,
        weights: 0,
        weight_bytes: 0,
        traffic: Traffic::ZERO,
        traffic_uncached: Traffic::ZERO,
    };

    /// The cost of a network: the sum of its layers'.
    #[track_caller]
    pub(crate) const fn of(graph: &Graph) -> Self {
        let mut total = Cost::ZERO;
        let mut node = 0;
        while node < graph.len {
            total.absorb_node(graph, node);
            node += 1;
        }
        total.sum_up();
        total
    }

    /// The cost of one layer.
    pub(crate) const fn of_node(graph: &Graph, node: usize) -> Self {
        let mut cost = Cost::ZERO;
        cost.absorb_node(graph, node);
        cost.sum_up();
        cost
    }

    /// Sets what follows from the other numbers.
    const fn sum_up(&mut self) {
        self.flops = self.census.total();
        self.traffic_uncached.output = self.traffic.output;
    }

    /// Adds the cost of a layer, but for what [`Cost::sum_up`] sets.
    #[track_caller]
    const fn absorb_node(&mut self, graph: &Graph, node: usize) {
        let this = &graph.nodes[node];
        if matches!(this.op, Op::Input(_)) {
            return;
        }
        let io = Io { graph, node };
        let stored = self.absorb_state(graph, node, &this.op.state(io));
        if stored != 0 {
            self.absorb_weights(io, stored);
        }
        if this.view {
            return;
        }
        let work = this.op.work(io);
        if work.macs != 0 {
            self.macs = add(self.macs, work.macs);
            self.macs_executed = add(self.macs_executed, work.macs_executed);
        }
        self.census.absorb(&work.census);
        self.census_executed.absorb(&work.census_executed);

        let bytes = graph.settings.dtype.bytes();
        let mut inputs = 0;
        let mut input = 0;
        while input < this.inputs as usize {
            inputs = add(inputs, graph.nodes[graph.operand(node, input)].elements);
            input += 1;
        }
        if matches!(this.op, Op::Slice(_) | Op::Permute(_) | Op::Concat(_)) {
            // The other parts are not read, and what was made in its place is not moved.
            inputs = this.written;
        }
        let input = multiply(inputs, bytes);
        let output = multiply(this.written, bytes);
        let uncached = if work.macs != 0 { multiply(multiply(work.macs, this.inputs as u64), bytes) } else { input };
        self.traffic.input = add(self.traffic.input, input);
        self.traffic.output = add(self.traffic.output, output);
        self.traffic_uncached.input = add(self.traffic_uncached.input, uncached);
    }

    /// Counts a layer's tensors: the learned parameters, the numbers it stores for the run, and their bytes, which it
    /// returns. What is stored is listed by [`Graph::stored`].
    #[track_caller]
    const fn absorb_state(&mut self, graph: &Graph, node: usize, state: &State) -> u64 {
        let this = &graph.nodes[node];
        let epilogue = graph.epilogue(node).is_some();
        if state.len == 0 && !epilogue {
            return 0;
        }
        let (bytes, bias_bytes) = (graph.settings.dtype.bytes(), graph.settings.dtype.bias_bytes());
        let mut stored = 0;
        if state.normalisation.is_some() {
            if state.is_affine() {
                self.params = add(self.params, 2 * this.shape.at(0) as u64);
            }
        } else {
            let mut i = 0;
            while i < state.len {
                let entry = state.entry(i);
                let elements = entry.shape.elements();
                if entry.learned {
                    self.params = add(self.params, elements);
                }
                if !(entry.bias && epilogue) {
                    self.weights = add(self.weights, elements);
                    stored = add(stored, multiply(elements, if entry.bias { bias_bytes } else { bytes }));
                }
                i += 1;
            }
        }
        if epilogue || state.normalisation.is_some() && !this.folded {
            let both = 2 * this.shape.at(0) as u64;
            self.weights = add(self.weights, both);
            stored = add(stored, multiply(both, bias_bytes));
        }
        self.weight_bytes = add(self.weight_bytes, stored);
        stored
    }

    /// Counts what a layer reads of the bytes that it stores: all of them, but of an embedding the rows looked up.
    #[track_caller]
    const fn absorb_weights(&mut self, io: Io<'_>, stored: u64) {
        let uncached = match &io.graph.nodes[io.node].op {
            Op::Embedding(_) => multiply(io.elements(), io.graph.settings.dtype.bytes()),
            _ => stored,
        };
        self.traffic.weights = add(self.traffic.weights, if uncached < stored { uncached } else { stored });
        self.traffic_uncached.weights = add(self.traffic_uncached.weights, uncached);
    }

    /// Both together.
    #[must_use]
    pub const fn plus(&self, other: &Cost) -> Self {
        Cost {
            macs: add(self.macs, other.macs),
            macs_executed: add(self.macs_executed, other.macs_executed),
            flops: add(self.flops, other.flops),
            census: self.census.plus(&other.census),
            census_executed: self.census_executed.plus(&other.census_executed),
            params: add(self.params, other.params),
            weights: add(self.weights, other.weights),
            weight_bytes: add(self.weight_bytes, other.weight_bytes),
            traffic: self.traffic.plus(&other.traffic),
            traffic_uncached: self.traffic_uncached.plus(&other.traffic_uncached),
        }
    }

    /// The cost of a batch of `n`: arithmetic and activations n-fold; parameters stay, and weights are moved once.
    ///
    /// # Panics
    /// If a number does not fit in a `u64`: at compile time, in a const.
    #[must_use]
    pub const fn batch(&self, n: u64) -> Self {
        Cost {
            macs: multiply(self.macs, n),
            macs_executed: multiply(self.macs_executed, n),
            flops: multiply(self.flops, n),
            census: self.census.times(n),
            census_executed: self.census_executed.times(n),
            traffic: self.traffic.batch(n),
            traffic_uncached: self.traffic_uncached.batch(n),
            ..*self
        }
    }
}

/// The RAM of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Memory {
    /// Bytes of the arena under the planned layout: inputs, outputs, activations, scratch. The stack is not in it.
    pub arena_bytes: u64,
    /// The most bytes of it that are one layer's scratch: that of a `custom` layer, or of a recurrent layer that is
    /// stacked or projected; the other kernels of netcost need none.
    pub scratch_bytes: u64,
    /// The largest sum of tensors live at one step, with every output beside its operands: the bound for plans
    /// without in-place operators.
    pub peak_live_bytes: u64,
    /// The same with memory shared wherever the planner knows how to, whether or not the network is fused: the outputs
    /// of element-wise layers laid over a dying operand, those of depthwise convolutions and of pools as closely before
    /// it as their windows allow, and the operands of a concatenation along the first axis laid where they are joined.
    pub peak_live_in_place_bytes: u64,
}

impl Memory {
    pub(crate) const fn of(graph: &Graph, plan: &Plan) -> Self {
        let bytes = graph.settings.dtype.bytes();
        Memory {
            arena_bytes: multiply(plan.len, bytes),
            scratch_bytes: multiply(most_scratch(graph), bytes),
            peak_live_bytes: multiply(Live::new(graph, false).peak, bytes),
            peak_live_in_place_bytes: multiply(Live::new(graph, true).peak, bytes),
        }
    }

    /// The memory of a batch of `n`: n-fold.
    ///
    /// # Panics
    /// If a number does not fit in a `u64`: at compile time, in a const.
    #[must_use]
    pub const fn batch(&self, n: u64) -> Self {
        Memory {
            arena_bytes: multiply(self.arena_bytes, n),
            scratch_bytes: multiply(self.scratch_bytes, n),
            peak_live_bytes: multiply(self.peak_live_bytes, n),
            peak_live_in_place_bytes: multiply(self.peak_live_in_place_bytes, n),
        }
    }
}

/// The most elements of scratch that a layer has.
const fn most_scratch(graph: &Graph) -> u64 {
    let mut most = 0;
    let mut node = 0;
    while node < graph.len {
        let scratch = graph.scratch(node);
        if scratch > most {
            most = scratch;
        }
        node += 1;
    }
    most
}

/// One layer of a network and its cost.
#[derive(Clone, Copy)]
pub struct Layer {
    /// The name given in the declaration, or else its index in its scope.
    pub name: Spelling,
    /// The operator, as it is written: `conv2d`.
    pub operator: &'static str,
    /// The extents of its output.
    pub output: Shape,
    /// What it costs.
    pub cost: Cost,
    /// Bytes of all tensors live while it runs: with memory shared where the network is fused, else with every output
    /// beside its operands.
    pub live_bytes: u64,
    /// Bytes among them that its kernel has for its own use.
    pub scratch_bytes: u64,
    /// How it is run.
    pub run: LayerRun,
}

/// How a layer is run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LayerRun {
    /// By a kernel.
    Kernel,
    /// Not at all: its output is the memory of its inputs, seen otherwise.
    View,
    /// By the layer before it, into which it is folded.
    Folded,
}

impl Layer {
    pub(crate) const EMPTY: Layer = Layer {
        name: Spelling::new(),
        operator: "",
        output: Shape::new(&[]),
        cost: Cost::ZERO,
        live_bytes: 0,
        scratch_bytes: 0,
        run: LayerRun::View,
    };

    pub(crate) const fn of(graph: &Graph, node: usize, live: &Live) -> Self {
        let this = &graph.nodes[node];
        Layer {
            name: graph.spell(node),
            operator: this.op.name(),
            output: this.shape,
            cost: Cost::of_node(graph, node),
            live_bytes: multiply(live.at[node], graph.settings.dtype.bytes()),
            scratch_bytes: multiply(graph.scratch(node), graph.settings.dtype.bytes()),
            run: if this.folded {
                LayerRun::Folded
            } else if is_step(graph, node) {
                LayerRun::Kernel
            } else {
                LayerRun::View
            },
        }
    }

    /// Its share of the network's MACs or, where there are none, of its FLOPs, in thousandths.
    pub const fn share(&self, network: &Cost) -> u64 {
        let (part, whole) =
            if network.macs > 0 { (self.cost.macs, network.macs) } else { (self.cost.flops, network.flops) };
        if whole == 0 { 0 } else { ((part as u128 * 2000 + whole as u128) / (2 * whole as u128)) as u64 }
    }
}

/// What a network is deployed as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deployment {
    /// The type of weights and activations.
    pub dtype: DataType,
    /// Whether normalisations are folded and memory is shared.
    pub fused: bool,
}
