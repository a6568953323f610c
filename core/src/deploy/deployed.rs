//! A network as deployed.

use crate::base::dtype::DataType;
use crate::base::shape::is_channels_last;
use crate::cost::cost::Cost;
use crate::deploy::fold::Folds;
use crate::deploy::joins::Joins;
use crate::deploy::order::orders::Orders;
use crate::deploy::shared::Shared;
use crate::graph::graph::Graph;
use crate::graph::io::Io;
use crate::graph::settings::Settings;
use crate::memory::buffers::{Buffers, Live, Sharing};
use crate::memory::liveness::Liveness;
use crate::memory::plan::Plan;
use crate::memory::schedule::Schedule;
#[cfg(feature = "std")]
use crate::op::storage::Reads;
use crate::op::sums::Sums;

/// A network as deployed: the declared graph, and everything that follows from it and its settings.
pub struct Deployed {
    pub(crate) graph: Graph,
    pub(crate) live: Liveness,
    pub(crate) shared: Shared,
    folds: Folds,
    pub(crate) sharing: Sharing,
    /// The arena's plan, if it was already made to decide which operands are copied.
    plan: Option<Plan>,
    /// What one inference costs.
    pub(crate) cost: Cost,
}

impl Deployed {
    /// The stub of a network whose declaration has an error.
    pub const STUB: &'static Deployed = &{
        let mut stub = Deployed::new(Settings::new());
        stub.graph.stub = true;
        stub
    };

    /// An empty network: declare it in its [graph](Deployed::graph_mut), then [deploy](Deployed::deploy) it. Both work
    /// in place, since the const interpreter takes long to move a graph.
    pub const fn new(settings: Settings) -> Self {
        Deployed {
            graph: Graph::new(settings),
            live: Liveness::none(),
            shared: Shared::none(),
            folds: Folds::none(),
            sharing: Sharing::APART,
            plan: None,
            cost: Cost::ZERO,
        }
    }

    /// The graph, to be declared.
    pub const fn graph_mut(&mut self) -> &mut Graph {
        &mut self.graph
    }

    /// Deploys the declared network.
    ///
    /// # Panics
    /// If a state is not updated, or read after it is; if layers of the same name have different weights; or if a cost
    /// does not fit in a `u64`.
    #[track_caller]
    pub const fn deploy(&mut self) {
        self.live.follow(&self.graph);
        self.live.states.check(&self.graph, &self.live.last_use);
        self.shared.find(&self.graph);
        if self.graph.settings.fuse {
            self.folds.fold(&self.graph, &mut self.live, &self.shared);
        }
        let joins = self.share();
        joins.note(&self.graph, &mut self.live);
        (self.sharing, self.plan) = (joins.sharing, joins.plan);
        self.cost = self.total();
    }

    /// How memory is shared, with branches in the order that takes least.
    const fn share(&mut self) -> Joins {
        let (graph, live) = (&self.graph, &mut self.live);
        let mut orders = Orders::new(graph, live);
        let mut least: Option<(Joins, Schedule)> = None;
        while let Some((schedule, bound)) = orders.take() {
            if let Some((joins, _)) = &least
                && joins.len() <= bound
            {
                break;
            }
            live.follow_by(graph, schedule);
            let joins = Joins::planned(graph, live);
            match &least {
                Some((other, _)) if other.len() <= joins.len() => (),
                _ => least = Some((joins, schedule)),
            }
        }
        match least {
            Some((joins, schedule)) => {
                live.follow_by(graph, schedule);
                joins
            }
            None => Joins::new(graph, live),
        }
    }

    /// The same network with other settings.
    pub(crate) const fn with(&self, settings: Settings) -> Self {
        let mut other = Deployed::new(settings);
        other.graph = self.graph;
        other.graph.settings = settings;
        other.deploy();
        other
    }

    /// Whether an input looks like an image with its channels last.
    pub const fn has_channels_last(&self, input: usize) -> bool {
        let [height, width, channels, ..] = self.graph.node(input).shape.to_usize();
        is_channels_last([height, width, channels])
    }

    /// The declared graph.
    pub const fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Whether it has layers that nobody reads, and no network that is a block of it has warned of them.
    pub const fn has_unread(&self) -> bool {
        self.graph.reported() > self.graph.reported_by_blocks
    }

    pub(crate) const fn len(&self) -> usize {
        self.graph.len()
    }

    /// The type of weights and activations.
    pub(crate) const fn dtype(&self) -> DataType {
        self.graph.settings.dtype
    }

    /// What the rules of a node's layer read.
    pub(crate) const fn io(&self, node: usize) -> Io<'_> {
        Io {
            graph: &self.graph,
            node,
            this: self.graph.nodes.get(node),
            written: self.live.written[node],
            epilogue: self.folds.norms.after(node).is_some(),
            folded: self.folds.folded[node],
        }
    }

    /// The normalisation that is folded into a layer.
    pub(crate) const fn epilogue(&self, layer: usize) -> Option<usize> {
        self.folds.norms.after(layer)
    }

    /// The clamp that is folded into a layer.
    pub(crate) const fn clamp(&self, layer: usize) -> Option<usize> {
        self.folds.clamps.after(layer)
    }

    /// The node whose tensor a layer writes: the last that is folded into it, or its own.
    pub(crate) const fn result(&self, layer: usize) -> usize {
        match (self.folds.norms.after(layer), self.folds.clamps.after(layer)) {
            (_, Some(clamp)) => clamp,
            (Some(norm), None) => norm,
            (None, None) => layer,
        }
    }

    /// Whether a node is a normalisation or a clamp that is folded into the layer before it.
    pub(crate) const fn is_folded(&self, node: usize) -> bool {
        self.folds.folded[node]
    }

    /// Whether a node is run: inputs, views and what is folded are not.
    pub(crate) const fn is_step(&self, node: usize) -> bool {
        !self.live.is_view(node) && node >= self.graph.input_count
    }

    /// The plan of the arena.
    pub(crate) const fn plan(&self) -> Plan {
        let plan = match self.plan {
            Some(plan) => plan,
            None => Plan::new(&self.graph, &self.live, self.sharing),
        };
        plan.after(self.live.states.elements)
    }

    /// The elements in use at each step, with memory shared wherever it can be, or with every output in memory of its
    /// own.
    pub(crate) const fn in_use(&self, shared: bool) -> Live {
        let sharing = match (shared, self.graph.settings.fuse) {
            (false, _) => Sharing::APART,
            (true, false) => Sharing::TRAILING,
            // Its concatenations are built in place or copied, whichever takes less.
            (true, true) => self.sharing,
        };
        let buffers = Buffers::new(&self.graph, &self.live, sharing);
        let mut live = buffers.live(self.len());
        if buffers.choosing {
            // A plan overwrites either operand.
            let sharing = Sharing { over_newest: true, ..sharing };
            let newest = Buffers::new(&self.graph, &self.live, sharing).live(self.len());
            if newest.peak < live.peak {
                live = newest;
            }
        }
        live.with(self.live.states.elements, self.len())
    }

    /// The rows of the smallest table that an input holds indices of, if there is one.
    #[cfg(feature = "std")]
    pub(crate) fn rows_of_input(&self, input: usize) -> Option<usize> {
        let rows = |node: usize| match self.graph.storage(node).reads {
            Reads::Rows(rows) if self.live.root[self.graph.operand(node, 0)] == self.graph.inputs[input].node => {
                Some(rows)
            }
            _ => None,
        };
        (self.graph.input_count..self.len()).filter_map(rows).min()
    }

    /// The cost of a layer.
    #[track_caller]
    pub(crate) const fn cost_of(&self, node: usize) -> Cost {
        let mut sums = Sums::ZERO;
        self.count(self.io(node), &mut sums);
        sums.cost(self.dtype())
    }

    /// Counts a layer, which may read indices, or the weights of another layer.
    #[track_caller]
    const fn count(&self, io: Io<'_>, sums: &mut Sums) {
        let before = *sums;
        io.this.op.count(io, sums);
        if self.shared.first(io.node).is_some() {
            sums.share(&before);
        }
        if self.live.has_indices {
            sums.count_indices(io, &self.live);
        }
    }

    /// The cost of all layers.
    #[track_caller]
    const fn total(&self) -> Cost {
        let mut sums = Sums::ZERO;
        let len = self.len();
        let mut node = self.graph.input_count;
        let (graph, fuses) = (&self.graph, self.graph.settings.fuse);
        // A call for each layer would be most of this loop.
        let is_plain = !self.shared.any && !self.live.has_indices;
        while node < len {
            let this = graph.nodes.get(node);
            let mut io = Io { graph, node, this, written: self.live.written[node], epilogue: false, folded: false };
            if fuses {
                io = self.io(node);
            }
            if is_plain {
                this.op.count(io, &mut sums);
            } else {
                self.count(io, &mut sums);
            }
            node += 1;
        }
        sums.cost(self.dtype())
    }
}
