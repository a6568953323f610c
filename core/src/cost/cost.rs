//! What a layer and a network cost.

use crate::base::dtype::DataType;
use crate::base::math::{add, multiply, narrow};
use crate::base::name::Spelling;
use crate::base::shape::Shape;
use crate::graph::graph::Graph;
use crate::graph::io::Io;
use crate::memory::liveness::Live;
use crate::memory::plan::Plan;
use crate::op::sums::Sums;
use crate::op::work::{Census, Counts};
use crate::program::program::is_step;

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
        let mut sums = Sums::ZERO;
        let mut node = graph.input_count;
        while node < graph.len {
            graph.node(node).op.count(Io { graph, node }, &mut sums);
            node += 1;
        }
        sums.cost(graph.settings.dtype)
    }

    /// The cost of one layer.
    #[track_caller]
    pub(crate) const fn of_node(graph: &Graph, node: usize) -> Self {
        let mut sums = Sums::ZERO;
        graph.node(node).op.count(Io { graph, node }, &mut sums);
        sums.cost(graph.settings.dtype)
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

impl Sums {
    #[track_caller]
    pub const fn cost(&self, dtype: DataType) -> Cost {
        let (bytes, wide_bytes) = (dtype.bytes() as u128, dtype.bias_bytes() as u128);
        let mut all = self.census;
        let mut skipped = self.census_skipped;
        all.mul += self.dots;
        all.add += self.dots - self.bare - self.bare_empty;
        skipped.mul += self.dots_skipped;
        skipped.add += self.dots_skipped - self.bare_empty;
        let (macs, macs_skipped) = (self.macs + self.dots, self.macs_skipped + self.dots_skipped);
        let census = all.without(&Counts::ZERO);
        let weights = self.weights + self.kernels;
        let weight_bytes = bytes * weights + wide_bytes * self.wide_weights;
        let weights_read = weight_bytes - bytes * self.unread;
        let output = narrow(bytes * (self.output + self.moved));
        Cost {
            macs: narrow(macs),
            macs_executed: narrow(macs - macs_skipped),
            flops: census.total(),
            census,
            census_executed: all.without(&skipped),
            params: narrow(self.params + self.kernels),
            weights: narrow(weights + self.wide_weights),
            weight_bytes: narrow(weight_bytes),
            traffic: Traffic {
                weights: narrow(weights_read),
                input: narrow(bytes * (self.input + self.moved)),
                output,
            },
            traffic_uncached: Traffic {
                weights: narrow(weights_read + bytes * self.reread),
                input: narrow(bytes * (self.input_uncached + self.moved + self.dots)),
                output,
            },
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
        let this = graph.node(node);
        Layer {
            name: graph.spell(node),
            operator: this.op.name(),
            output: this.shape,
            cost: Cost::of_node(graph, node),
            live_bytes: multiply(live.at[node], graph.settings.dtype.bytes()),
            scratch_bytes: multiply(graph.scratch(node), graph.settings.dtype.bytes()),
            run: if graph.is_folded(node) {
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
