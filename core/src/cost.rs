//! What a layer and a network cost.

use crate::census::{add, multiply};
use crate::graph::{Graph, Io};
use crate::layers::{Op, State};
use crate::name::Spelling;
use crate::plan::{Live, Plan};
use crate::program::is_step;
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
    /// Compulsory traffic: each operand of each layer is moved once; a view moves nothing.
    pub traffic: Traffic,
    /// Traffic without any reuse: one input read for every MAC, and one for every input element of a layer without
    /// MACs; weights and outputs once.
    pub traffic_uncached: Traffic,
}

impl Cost {
    const ZERO: Cost = Cost {
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
    pub(crate) const fn of(graph: &Graph) -> Self {
        let mut total = Cost::ZERO;
        let mut node = 0;
        while node < graph.len {
            total = total.plus(&Cost::of_node(graph, node));
            node += 1;
        }
        total
    }

    /// The cost of one layer.
    pub(crate) const fn of_node(graph: &Graph, node: usize) -> Self {
        let this = &graph.nodes[node];
        if matches!(this.op, Op::Input(_)) {
            return Cost::ZERO;
        }
        let io = Io { graph, node };
        let mut cost = Cost::ZERO;
        count_state(&mut cost, graph, node, &this.op.state(io));
        if this.view {
            return cost;
        }
        let work = this.op.work(io);
        (cost.macs, cost.macs_executed) = (work.macs, work.macs_executed);
        (cost.census, cost.census_executed) = (work.census, work.census_executed);
        cost.flops = work.census.total();

        let bytes = graph.settings.dtype.bytes();
        let mut inputs = 0;
        let mut input = 0;
        while input < io.inputs() {
            inputs = add(inputs, graph.nodes[graph.operand(node, input)].elements);
            input += 1;
        }
        cost.traffic.weights = cost.weight_bytes;
        cost.traffic.input = multiply(inputs, bytes);
        cost.traffic.output = multiply(io.elements(), bytes);
        cost.traffic_uncached = cost.traffic;
        if work.macs > 0 {
            cost.traffic_uncached.input = multiply(work.macs, bytes);
        }
        cost
    }

    /// Both together.
    #[must_use]
    pub const fn plus(mut self, other: &Cost) -> Self {
        // Most numbers of most layers are zero, and a call costs more than a comparison in const evaluation.
        macro_rules! sum {
            ($($number:ident)*) => {
                $(if other.$number != 0 {
                    self.$number = add(self.$number, other.$number);
                })*
            };
        }
        sum!(macs macs_executed flops params weights weight_bytes);
        self.census = self.census.plus(&other.census);
        self.census_executed = self.census_executed.plus(&other.census_executed);
        self.traffic = self.traffic.plus(&other.traffic);
        self.traffic_uncached = self.traffic_uncached.plus(&other.traffic_uncached);
        self
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

/// Counts a layer's tensors: the learned parameters, the numbers it stores for the run, and their bytes. What is
/// stored is listed by [`Graph::stored`].
const fn count_state(cost: &mut Cost, graph: &Graph, node: usize, state: &State) {
    let (bytes, bias_bytes) = (graph.settings.dtype.bytes(), graph.settings.dtype.bias_bytes());
    let epilogue = graph.epilogue(node).is_some();
    let normalisation = state.normalisation.is_some();
    let mut i = 0;
    while i < state.len {
        let entry = &state.entries[i];
        let elements = entry.shape.elements();
        if entry.learned {
            cost.params = add(cost.params, elements);
        }
        if !(normalisation || entry.bias && epilogue) {
            cost.weights = add(cost.weights, elements);
            cost.weight_bytes = add(cost.weight_bytes, multiply(elements, if entry.bias { bias_bytes } else { bytes }));
        }
        i += 1;
    }
    if epilogue || normalisation && !graph.nodes[node].folded {
        let both = 2 * graph.nodes[node].shape.at(0) as u64;
        cost.weights = add(cost.weights, both);
        cost.weight_bytes = add(cost.weight_bytes, multiply(both, bias_bytes));
    }
}

/// The RAM of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Memory {
    /// Bytes of the arena under the planned layout: inputs, outputs, activations. The stack is not in it.
    pub arena_bytes: u64,
    /// The largest sum of tensors live at one step, with every output beside its operands: the bound for plans
    /// without in-place operators.
    pub peak_live_bytes: u64,
    /// The same with outputs laid into dying operands where the operator allows.
    pub peak_live_in_place_bytes: u64,
}

impl Memory {
    pub(crate) const fn of(graph: &Graph, plan: &Plan) -> Self {
        let bytes = graph.settings.dtype.bytes();
        Memory {
            arena_bytes: multiply(plan.len, bytes),
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
            peak_live_bytes: multiply(self.peak_live_bytes, n),
            peak_live_in_place_bytes: multiply(self.peak_live_in_place_bytes, n),
        }
    }
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
    /// Bytes of all tensors live while it runs: in place where the network is fused, else with every output beside
    /// its operands.
    pub live_bytes: u64,
    /// How it is run.
    pub run: LayerRun,
}

/// How a layer is run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LayerRun {
    /// By a kernel.
    Kernel,
    /// Not at all: its output is its input's memory, seen otherwise.
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
    /// Whether normalisations are folded and element-wise layers in place.
    pub fused: bool,
}
