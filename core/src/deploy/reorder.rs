//! Another order of branches, in which less memory may be in use.
//!
//! Nodes that each read the one before them, and are not read by others, are run one after another: a unit. Of the units
//! that could be run next, those that leave no more in use than there was go first, the one that takes least before the
//! others; then the one that takes most beyond what it leaves. That is the best order of chains: Liu, "An application of
//! generalized tree pebbling to sparse matrix factorization", 1987. Once a unit has read what others read, it may be their
//! turn.

use crate::graph::graph::{Graph, MAX_EDGES, MAX_NODES, NONE};
use crate::graph::settings::Settings;
use crate::layers::list::Op;
use crate::memory::buffers::{Buffers, Live, Sharing};
use crate::memory::liveness::{Liveness, Shares};
use crate::memory::schedule::Schedule;

/// The most units that are compared, so that time is near-linear.
const MOST_READY: usize = 8;

/// Networks of so many nodes have time for orders that may be of no use.
const FEW: usize = 64;

/// The most operands of all nodes, and as many custom layers as wait for another.
const MAX_OPERANDS: usize = MAX_EDGES + 2 * MAX_NODES;

/// Orders, and the most elements in use in each: that of the declaration, and some in which less is.
pub(crate) struct Orders {
    len: usize,
    orders: [(Schedule, u64); 3],
}

impl Orders {
    /// None if there is only that of the declaration.
    pub const fn new(graph: &Graph, live: &mut Liveness) -> Self {
        let mut all = Orders { len: 0, orders: [(Schedule::DECLARED, 0); 3] };
        let Settings { fuse, stream, declared_order, .. } = graph.settings;
        if !live.branches || declared_order || stream || live.states.count > 0 {
            return all;
        }
        let sharing = if fuse { Sharing::TRAILING } else { Sharing::APART };
        let few = graph.len() <= FEW;
        let mut spans = Spans::new(graph, live, !few);
        if spans.len == 0 {
            return all;
        }
        let (others, last_use) = (spans.orders(graph, live), live.last_use);
        let mut i = 0;
        while i < others.len() {
            if others[i].differs {
                if all.len == 0 {
                    let Live { peak, step, .. } = Buffers::new(graph, live, sharing).live(graph.len());
                    all.orders[0].1 = peak;
                    all.len = 1;
                    if !few {
                        spans.only(step);
                    }
                }
                let declared = all.orders[0].1;
                if few || spans.len > 0 && spans.all[0].is_moved(&others[i]) {
                    live.follow_by(graph, others[i]);
                    let peak = Buffers::new(graph, live, sharing).live(graph.len()).peak;
                    (live.schedule, live.last_use) = (Schedule::DECLARED, last_use);
                    // Where less is not in use, a plan may still take less: fusing takes no more than not fusing.
                    if peak < declared || few && fuse && peak == declared {
                        all.orders[all.len] = (others[i], peak);
                        all.len += 1;
                    }
                }
            }
            i += 1;
        }
        if all.len == 1 {
            all.len = 0;
        }
        all
    }

    /// Takes the one in which least is in use.
    pub const fn take(&mut self) -> Option<(Schedule, u64)> {
        if self.len == 0 {
            return None;
        }
        let (mut least, mut i) = (0, 1);
        while i < self.len {
            if self.orders[i].1 < self.orders[least].1 {
                least = i;
            }
            i += 1;
        }
        let taken = self.orders[least];
        self.len -= 1;
        self.orders[least] = self.orders[self.len];
        Some(taken)
    }
}

/// The nodes `from..to`.
#[derive(Clone, Copy)]
struct Span {
    from: u16,
    to: u16,
}

/// The parts of a network that can be run in another order: all nodes after one read it, directly or not, and one reads
/// all nodes before it.
struct Spans {
    len: usize,
    all: [Span; MAX_NODES],
}

impl Span {
    /// Whether an order is another one here.
    const fn is_moved(self, schedule: &Schedule) -> bool {
        let mut node = self.from;
        while node < self.to {
            if schedule.nodes[node as usize] != node {
                return true;
            }
            node += 1;
        }
        false
    }
}

impl Spans {
    /// All of them, or those in which more is in use than outside of them, about.
    const fn new(graph: &Graph, live: &Liveness, above: bool) -> Self {
        let len = graph.len();
        // The first node that reads each. Views are no nodes here.
        let mut read_by = [len as u16; MAX_NODES];
        // The nodes that are not read by the one after them, and the last that is.
        let (mut breaks, mut count) = ([(0, 0); MAX_NODES], 0);
        // What is read for the last time by each node, and what is in use when it is run.
        let (mut dying, mut in_use, mut now) = ([0; MAX_NODES + 1], [0; MAX_NODES], 0);
        // Inputs are there before the run.
        let mut before = graph.input_count - 1;
        let mut node = 0;
        while node < len {
            let this = graph.nodes.get(node);
            // What reads nothing is often read at once: it stays, so that it does not set the whole network free.
            let mut latest = if above && this.inputs == 0 { before } else { graph.input_count - 1 };
            if this.inputs > 0 && live.written[node] > 0 {
                let mut operand = this.first as usize;
                let (mut edge, end) = (this.edge as usize, this.edge as usize + this.inputs as usize - 1);
                loop {
                    let root = live.root[operand] as usize;
                    if read_by[root] as usize == len {
                        read_by[root] = node as u16;
                    }
                    if root > latest {
                        latest = root;
                    }
                    if edge == end {
                        break;
                    }
                    operand = graph.edges[edge] as usize;
                    edge += 1;
                }
            }
            if live.written[node] > 0 && node >= graph.input_count {
                if latest < before {
                    breaks[count] = (before, latest as u16);
                    count += 1;
                }
                before = node;
            }
            if live.root[node] as usize == node {
                let size = live.size[node];
                dying[live.last_use[node] as usize] += size;
                in_use[node] = now + size;
                if graph.settings.fuse && !matches!(live.shares[node], Shares::Nothing) {
                    in_use[node] -= if dying[node] < size { dying[node] } else { size };
                }
                now += size;
            }
            now -= dying[node];
            node += 1;
        }
        let mut spans = Spans { len: 0, all: [Span { from: 0, to: 0 }; MAX_NODES] };
        let mut i = 0;
        while i < count {
            // The one after it can be run before it, right after what that reads; and it, right before what reads it.
            let (node, latest) = breaks[i];
            let mut span = Span { from: latest + 1, to: read_by[node] };
            while spans.len > 0 && spans.all[spans.len - 1].to >= span.from {
                spans.len -= 1;
                let Span { from, to } = spans.all[spans.len];
                span = Span {
                    from: if from < span.from { from } else { span.from },
                    to: if to > span.to { to } else { span.to },
                };
            }
            spans.all[spans.len] = span;
            spans.len += 1;
            i += 1;
        }
        if above {
            spans.above(&in_use, len);
        }
        spans
    }

    /// Keeps that with a node, if there is one.
    const fn only(&mut self, node: usize) {
        let mut i = 0;
        while i < self.len && self.all[i].to as usize <= node {
            i += 1;
        }
        self.all[0] = self.all[i];
        self.len = (i < self.len && self.all[i].from as usize <= node) as usize;
    }

    /// Other orders: as if outputs shared memory with operands, and as if they did not.
    const fn orders(&self, graph: &Graph, live: &Liveness) -> [Schedule; 2] {
        let mut orders = [Schedule::DECLARED; 2];
        let mut search = Search::new(graph, live);
        let mut i = 0;
        while i < self.len {
            search.order(self.all[i], &mut orders);
            i += 1;
        }
        orders
    }

    /// Drops those in which no more is in use than elsewhere.
    const fn above(&mut self, in_use: &[u64; MAX_NODES], len: usize) {
        let mut most = [0; MAX_NODES + 1];
        let (mut node, mut i) = (0, 0);
        while node < len && self.len > 0 {
            if i < self.len && node >= self.all[i].to as usize {
                i += 1;
            }
            // The last is elsewhere.
            let at = if i < self.len && node >= self.all[i].from as usize { i } else { MAX_NODES };
            if in_use[node] > most[at] {
                most[at] = in_use[node];
            }
            node += 1;
        }
        let mut kept = 0;
        i = 0;
        while i < self.len {
            if most[i] > most[MAX_NODES] {
                self.all[kept] = self.all[i];
                kept += 1;
            }
            i += 1;
        }
        self.len = kept;
    }
}

/// How much more is in use, at most and in the end.
#[derive(Clone, Copy)]
struct Growth {
    most: i64,
    left: i64,
}

/// A search for an order of a part.
struct Search<'a> {
    graph: &'a Graph,
    live: &'a Liveness,
    /// The operands of its nodes, and where those of each end.
    operands: [u16; MAX_OPERANDS],
    ends: [u16; MAX_NODES + 1],
    /// The custom layer before each: the order of custom layers may matter to their kernels.
    before: [u16; MAX_NODES],
    /// How often the memory of each root is still to be read.
    unread: [u16; MAX_NODES],
    /// Whether outputs may share memory with operands.
    shares: bool,
    /// The end of the part: what is read after it stays.
    to: usize,
}

impl<'a> Search<'a> {
    const fn new(graph: &'a Graph, live: &'a Liveness) -> Self {
        Search {
            graph,
            live,
            operands: [0; MAX_OPERANDS],
            ends: [0; MAX_NODES + 1],
            before: [NONE; MAX_NODES],
            unread: [0; MAX_NODES],
            shares: false,
            to: 0,
        }
    }

    /// Orders the nodes of a part, where that leaves less in use: as if outputs shared memory with operands, and as if
    /// they did not.
    const fn order(&mut self, Span { from, to }: Span, [shared, beside]: &mut [Schedule; 2]) {
        let (from, to) = (from as usize, to as usize);
        self.to = to;
        let starts = self.read(from);
        let units = self.units(from, &starts);
        self.shares = self.graph.settings.fuse;
        if self.shares {
            self.sort(from, units, shared);
            self.count(from, to);
        }
        self.shares = false;
        self.sort(from, units, beside);
    }

    /// Reads the operands of a part, and finds out which nodes start a unit.
    const fn read(&mut self, from: usize) -> [bool; MAX_NODES + 1] {
        let mut starts = [false; MAX_NODES + 1];
        let (mut run, mut custom, mut count) = (from, NONE, 0);
        self.ends[from] = 0;
        let mut node = from;
        while node < self.to {
            let this = self.graph.nodes.get(node);
            let (begin, mut follows) = (count, false);
            if this.inputs > 0 {
                let mut operand = this.first;
                let (mut edge, end) = (this.edge as usize, this.edge as usize + this.inputs as usize - 1);
                loop {
                    self.unread[self.live.root[operand as usize] as usize] += 1;
                    follows |= operand as usize + 1 == node;
                    self.operands[count] = operand;
                    count += 1;
                    if edge == end {
                        break;
                    }
                    operand = self.graph.edges[edge];
                    edge += 1;
                }
            }
            self.ends[node + 1] = count as u16;
            if let Op::Custom(_) = this.op {
                self.before[node] = custom;
                if custom != NONE {
                    starts[custom as usize + 1] = true;
                    starts[node] = true;
                }
                custom = node as u16;
            }
            if !follows || node == from {
                run = node;
                starts[node] = true;
            }
            let mut i = begin;
            while i < count {
                let operand = self.operands[i] as usize;
                if operand >= from && operand < run {
                    starts[operand + 1] = true;
                    starts[node] = true;
                }
                i += 1;
            }
            node += 1;
        }
        starts
    }

    /// The units of a part.
    const fn units(&self, from: usize, starts: &[bool; MAX_NODES + 1]) -> Units {
        let mut units = Units::new(self.to);
        let mut of = [0; MAX_NODES];
        let mut node = from;
        while node < self.to {
            if starts[node] {
                let unit = units.len;
                (units.start[unit], units.at[unit]) = (node as u16, node as u16);
                units.len += 1;
                let mut i = self.ends[node];
                while i < self.ends[node + 1] {
                    let operand = self.operands[i as usize] as usize;
                    if operand >= from {
                        units.wait(unit, of[operand]);
                    }
                    i += 1;
                }
                if self.before[node] != NONE {
                    units.wait(unit, of[self.before[node] as usize]);
                }
                if units.missing[unit] == 0 {
                    units.insert(unit);
                }
            }
            of[node] = units.len - 1;
            node += 1;
        }
        units
    }

    /// Orders units, where that leaves less in use.
    const fn sort(&mut self, from: usize, mut units: Units, schedule: &mut Schedule) {
        let declared = self.grow(from, self.to, true);
        let mut nodes = [0; MAX_NODES];
        let (mut time, mut now, mut most) = (from, 0, 0);
        while units.count > 0 {
            let place = if units.count > 1 { self.best(&units) } else { 0 };
            let unit = units.ready[place] as usize;
            let (mut node, last) = (units.at[unit] as usize, units.start[unit + 1] as usize);
            let end = if units.count > 1 { self.pause(node, last, units.start[unit]) } else { last };
            let growth = self.grow(node, end, false);
            units.at[unit] = end as u16;
            if end == last {
                units.take(place);
            }
            if now + growth.most > most {
                most = now + growth.most;
            }
            now += growth.left;
            while node < end {
                nodes[time] = node as u16;
                node += 1;
                time += 1;
            }
        }
        if most < declared.most {
            time = from;
            while time < self.to {
                schedule.nodes[time] = nodes[time];
                schedule.times[nodes[time] as usize] = time as u16;
                time += 1;
            }
            schedule.differs = true;
        }
    }

    /// Where a unit is interrupted: once it has read what others read, it may be time for them.
    const fn pause(&self, from: usize, to: usize, start: u16) -> usize {
        let mut node = from;
        while node < to {
            let mut i = self.ends[node];
            node += 1;
            while i < self.ends[node] {
                if self.operands[i as usize] < start {
                    return node;
                }
                i += 1;
            }
        }
        to
    }

    /// The place of the unit that is run next, among those that are ready.
    const fn best(&mut self, units: &Units) -> usize {
        let (mut best, mut least) = (0, (true, i64::MAX));
        let mut i = 0;
        while i < units.count && i < MOST_READY {
            let unit = units.ready[i] as usize;
            let Growth { most, left } = self.grow(units.at[unit] as usize, units.start[unit + 1] as usize, true);
            let (grows, rank) = if left > 0 { (true, left - most) } else { (false, most) };
            if grows == least.0 && rank < least.1 || !grows && least.0 {
                (best, least) = (i, (grows, rank));
            }
            i += 1;
        }
        best
    }

    /// Runs nodes; or only finds out what that would take.
    const fn grow(&mut self, from: usize, to: usize, undo: bool) -> Growth {
        let live = self.live;
        let (mut now, mut most, mut i) = (0, 0, self.ends[from] as usize);
        let mut node = from;
        while node < to {
            let mut freed = 0;
            while i < self.ends[node + 1] as usize {
                let root = live.root[self.operands[i] as usize] as usize;
                self.unread[root] -= 1;
                if self.unread[root] == 0 && (live.last_use[root] as usize) < self.to {
                    freed += live.size[root] as i64;
                }
                i += 1;
            }
            if live.root[node] as usize == node {
                let size = live.size[node] as i64;
                let mut during = now + size;
                if live.irregular {
                    during += self.graph.scratch(node) as i64;
                }
                if self.shares && !matches!(live.shares[node], Shares::Nothing) {
                    during -= if freed < size { freed } else { size };
                }
                if during > most {
                    most = during;
                }
                now += size;
            }
            now -= freed;
            node += 1;
        }
        if undo {
            self.count(from, to);
        }
        Growth { most, left: now }
    }

    /// Counts what nodes read.
    const fn count(&mut self, from: usize, to: usize) {
        let mut i = self.ends[from] as usize;
        while i < self.ends[to] as usize {
            self.unread[self.live.root[self.operands[i] as usize] as usize] += 1;
            i += 1;
        }
    }
}

/// The units of a part, and which of them could be run next.
#[derive(Clone, Copy)]
struct Units {
    len: usize,
    /// The first node of each.
    start: [u16; MAX_NODES + 1],
    /// The first that was not run yet.
    at: [u16; MAX_NODES],
    /// How many others each still waits for.
    missing: [u16; MAX_NODES],
    /// Linked lists of those that wait for each.
    waits: usize,
    head: [u16; MAX_NODES],
    next: [u16; MAX_OPERANDS],
    waiting: [u16; MAX_OPERANDS],
    /// Those that wait for none.
    count: usize,
    ready: [u16; MAX_NODES],
}

impl Units {
    const fn new(end: usize) -> Self {
        Units {
            len: 0,
            start: [end as u16; MAX_NODES + 1],
            at: [0; MAX_NODES],
            missing: [0; MAX_NODES],
            waits: 0,
            head: [NONE; MAX_NODES],
            next: [NONE; MAX_OPERANDS],
            waiting: [NONE; MAX_OPERANDS],
            count: 0,
            ready: [0; MAX_NODES],
        }
    }

    /// Notes that a unit waits for another one.
    const fn wait(&mut self, unit: usize, other: usize) {
        self.missing[unit] += 1;
        (self.waiting[self.waits], self.next[self.waits]) = (unit as u16, self.head[other]);
        self.head[other] = self.waits as u16;
        self.waits += 1;
    }

    /// Notes that a unit could be run next.
    const fn insert(&mut self, unit: usize) {
        let mut at = self.count;
        while at > 0 && self.ready[at - 1] as usize > unit {
            self.ready[at] = self.ready[at - 1];
            at -= 1;
        }
        self.ready[at] = unit as u16;
        self.count += 1;
    }

    /// Takes a unit that was run, by its place among those that are ready; those that waited for it alone are ready.
    const fn take(&mut self, mut at: usize) {
        let unit = self.ready[at] as usize;
        self.count -= 1;
        while at < self.count {
            self.ready[at] = self.ready[at + 1];
            at += 1;
        }
        let mut wait = self.head[unit];
        while wait != NONE {
            let other = self.waiting[wait as usize] as usize;
            self.missing[other] -= 1;
            if self.missing[other] == 0 {
                self.insert(other);
            }
            wait = self.next[wait as usize];
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::base::dtype::DataType;
    use crate::deploy::deployed::Deployed;
    use crate::graph::settings::Settings;
    use crate::graph::tensor::Tensor;
    use crate::layers::conv::conv::Conv1d;
    use crate::layers::product::linear::Linear;
    use crate::layers::rearrange::pad::Pad1d;
    use crate::testing::testing::{Array, Box, Vec, build, vec, with_room};

    /// Whether it is run in another order than that of its declaration, and the bytes of its arena.
    fn arena(settings: Settings, shape: &[usize], declare: fn(Tensor<'_>) -> Tensor<'_>) -> (bool, u64) {
        let network: Box<Deployed> = build(settings, &[Array::numbers(shape)], &|_, x| vec![declare(x[0])]);
        (network.live.schedule.differs, network.plan().len * network.dtype().bytes())
    }

    fn wide(x: Tensor<'_>) -> Tensor<'_> {
        x.linear(Linear::new(1112)).linear(Linear::new(64))
    }

    fn narrow(x: Tensor<'_>) -> Tensor<'_> {
        x.linear(Linear::new(100)).linear(Linear::new(64))
    }

    fn sum<const WIDE_FIRST: bool>(x: Tensor<'_>) -> Tensor<'_> {
        let (wide, narrow) = if WIDE_FIRST {
            let wide = wide(x);
            (wide, narrow(x))
        } else {
            let narrow = narrow(x);
            (wide(x), narrow)
        };
        wide.add(narrow).add(x)
    }

    #[test]
    fn the_branch_that_takes_most_is_run_first() {
        with_room(|| {
            let of = |settings| [arena(settings, &[64], sum::<true>), arena(settings, &[64], sum::<false>)];
            assert_eq!(of(Settings::new()), [(false, 4960), (true, 4960)]);
            assert_eq!(of(Settings::new().declared_order()), [(false, 4960), (false, 5216)]);
        });
    }

    /// A temporal convolutional network: the sum of what its blocks add, as they are made or in the end.
    fn temporal<const LATE: bool>(mut x: Tensor<'_>) -> Tensor<'_> {
        let mut skips: Vec<Tensor<'_>> = vec![];
        for dilation in [1, 2, 4, 8, 1, 2, 4, 8] {
            let pad = Pad1d::new(2 * dilation).after(0);
            let conv = Conv1d::new(64, 3).dilation(dilation);
            let y = x.pad1d(pad).conv1d(conv).relu().pad1d(pad).conv1d(conv).relu();
            x = x.add(y).relu();
            match skips.pop() {
                Some(sum) if !LATE => skips.push(sum.add(y)),
                Some(last) => skips.extend([last, y]),
                None => skips.push(y),
            }
        }
        let mut skips = skips.into_iter();
        let first = skips.next().expect("a block");
        skips.fold(first, |sum, skip| sum.add(skip)).relu()
    }

    #[test]
    fn sums_are_made_as_soon_as_they_can_be() {
        with_room(|| {
            let of = |settings| {
                [arena(settings, &[64, 50], temporal::<false>), arena(settings, &[64, 50], temporal::<true>)]
            };
            assert_eq!(of(Settings::new()), [(false, 55_296), (true, 55_296)]);
            assert_eq!(of(Settings::new().declared_order()), [(false, 55_296), (false, 132_096)]);
            assert_eq!(of(Settings::new().fuse()), [(false, 55_296), (true, 55_296)]);
            assert_eq!(of(Settings::new().fuse().dtype(DataType::I8)), [(false, 13_824), (true, 13_824)]);
        });
    }
}
