//! Where the arena plan puts each tensor.

use crate::base::math::add;
use crate::graph::graph::{Graph, MAX_NODES};
use crate::memory::buffers::{Buffer, Buffers, Sharing};
use crate::memory::groups::Groups;
use crate::memory::liveness::Liveness;

/// The plans by size are tried up to this many pairs of tensors that are live together.
const MAX_OVERLAPS: usize = 8 * MAX_NODES;

/// No buffer.
const NONE: u16 = u16::MAX;

/// Where each tensor lies in the arena.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    of_root: [u16; MAX_NODES],
    /// The offset of each buffer.
    offsets: [u64; MAX_NODES],
    /// The elements of the arena.
    pub len: u64,
    /// Those at its start that are kept from one run to the next.
    kept: u64,
}

impl Plan {
    /// The best of several plans: each is tried only if those before it miss the bound. If outputs may trail their
    /// operands, the plans in which they do not are tried too, where those might take less.
    pub const fn new(graph: &Graph, live: &Liveness, sharing: Sharing) -> Self {
        if sharing.in_place || live.irregular {
            return Plan::of(graph, live, &Buffers::new(graph, live, sharing), sharing);
        }
        let (plan, bound, pairs) = apart(graph, live);
        if plan.len <= bound || 2 * pairs >= MAX_OVERLAPS {
            return plan;
        }
        let buffers = Buffers::new(graph, live, sharing);
        plan.or_greedy(&buffers, &buffers.groups(), bound)
    }

    /// The same, for buffers that share memory in this way.
    pub const fn of(graph: &Graph, live: &Liveness, buffers: &Buffers, sharing: Sharing) -> Self {
        let mut plan = Plan::best(buffers, graph.len());
        if buffers.trailing {
            let buffers = Buffers::new(graph, live, Sharing { trails: false, ..sharing });
            if plan.len > buffers.live(graph.len()).peak {
                let other = Plan::best(&buffers, graph.len());
                if other.len < plan.len {
                    plan = other;
                }
            }
        }
        plan
    }

    /// The best of first-fit in execution order, where every group of buffers is one block while any of them is live,
    /// and greedy plans, buffer by buffer: the largest group first, with ties to the later or to the earlier one; and
    /// in execution order. If too many tensors are live at a time to compare them all, only first-fit is tried.
    const fn best(buffers: &Buffers, steps: usize) -> Self {
        if buffers.is_simple() {
            let Simple { offsets, len, bound, pairs } = in_order(buffers);
            let plan = Plan { of_root: buffers.of_root, offsets, len, kept: 0 };
            if len <= bound || 2 * pairs >= MAX_OVERLAPS {
                return plan;
            }
            return plan.or_greedy(buffers, &buffers.groups(), bound);
        }
        let bound = buffers.live(steps).peak;
        let groups = buffers.groups();
        let (offsets, len) = by_block(buffers, &groups);
        Plan { of_root: buffers.of_root, offsets, len, kept: 0 }.or_greedy(buffers, &groups, bound)
    }

    /// The plan; or, if it takes more than `enough`, a greedy one that takes less.
    const fn or_greedy(mut self, buffers: &Buffers, groups: &Groups, enough: u64) -> Self {
        if self.len > enough
            && let Some(overlaps) = Overlaps::new(buffers, groups)
        {
            let orders = [Order::LargestThenLater, Order::LargestThenEarlier, Order::Earliest];
            let mut i = 0;
            while i < orders.len() && self.len > enough {
                let (other, other_len) = greedy(buffers, groups, &overlaps, orders[i]);
                if other_len < self.len {
                    self.of_root = buffers.of_root;
                    (self.offsets, self.len) = (other, other_len);
                }
                i += 1;
            }
        }
        self
    }

    /// This plan after so many elements that are kept.
    pub const fn after(mut self, kept: u64) -> Self {
        self.len = add(self.len, kept);
        self.kept = kept;
        self
    }

    /// This plan with every tensor at the arena's start, over the others.
    #[cfg(test)]
    pub const fn collapsed(self) -> Self {
        Plan { offsets: [0; MAX_NODES], ..self }
    }

    /// Where the scratch of a node that has some starts, in elements.
    pub const fn scratch(&self, node: usize) -> u64 {
        // It follows the output in the list of buffers.
        self.kept + self.offsets[self.of_root[node] as usize + 1]
    }

    /// Where a node's output starts, in elements.
    pub const fn offset(&self, live: &Liveness, node: usize) -> u64 {
        let root = live.root[node] as usize;
        if live.is_kept(root) {
            return live.offset[node];
        }
        self.kept + self.offsets[self.of_root[root] as usize] + live.offset[node]
    }
}

/// Pieces of memory in use, ordered by their start; pieces without a usable gap between them are merged.
struct Shelf {
    room: u64,
    len: usize,
    starts: [u64; MAX_NODES],
    ends: [u64; MAX_NODES],
}

impl Shelf {
    const fn new() -> Self {
        Shelf { room: 0, len: 0, starts: [0; MAX_NODES], ends: [0; MAX_NODES] }
    }

    /// Empties it, to place something with this many elements.
    const fn clear(&mut self, room: u64) {
        (self.room, self.len) = (room, 0);
    }

    const fn insert(&mut self, start: u64, end: u64) {
        // The first piece that ends close enough.
        let mut at = self.len;
        while at > 0 && self.ends[at - 1] + self.room > start {
            at -= 1;
        }
        let mut after = at;
        let mut first = start;
        let mut last = end;
        while after < self.len && self.starts[after] < end + self.room {
            if self.starts[after] < first {
                first = self.starts[after];
            }
            if self.ends[after] > last {
                last = self.ends[after];
            }
            after += 1;
        }
        if after == at {
            let mut moved = self.len;
            while moved > at {
                self.starts[moved] = self.starts[moved - 1];
                self.ends[moved] = self.ends[moved - 1];
                moved -= 1;
            }
            self.len += 1;
        } else if after > at + 1 {
            let mut to = at + 1;
            while after < self.len {
                self.starts[to] = self.starts[after];
                self.ends[to] = self.ends[after];
                to += 1;
                after += 1;
            }
            self.len = to;
        }
        self.starts[at] = first;
        self.ends[at] = last;
    }

    /// The first gap that is large enough.
    const fn gap(&self) -> u64 {
        if self.len == 0 || self.starts[0] >= self.room { 0 } else { self.ends[0] }
    }
}

/// Free memory below the highest in use, ordered by its start.
struct Gaps {
    len: usize,
    starts: [u64; MAX_NODES],
    ends: [u64; MAX_NODES],
    top: u64,
    /// The maximum of `top` so far.
    most: u64,
}

impl Gaps {
    const fn new() -> Self {
        Gaps { len: 0, starts: [0; MAX_NODES], ends: [0; MAX_NODES], top: 0, most: 0 }
    }

    /// Takes the first piece that is large enough.
    const fn take(&mut self, elements: u64) -> u64 {
        let mut i = 0;
        while i < self.len {
            let start = self.starts[i];
            if self.ends[i] - start >= elements {
                if self.ends[i] - start > elements {
                    self.starts[i] = start + elements;
                } else {
                    self.remove(i);
                }
                return start;
            }
            i += 1;
        }
        let start = self.top;
        self.top = start + elements;
        if self.top > self.most {
            self.most = self.top;
        }
        start
    }

    const fn remove(&mut self, mut at: usize) {
        self.len -= 1;
        while at < self.len {
            self.starts[at] = self.starts[at + 1];
            self.ends[at] = self.ends[at + 1];
            at += 1;
        }
    }

    const fn give(&mut self, start: u64, end: u64) {
        if end == self.top {
            self.top = start;
            if self.len > 0 && self.ends[self.len - 1] == start {
                self.len -= 1;
                self.top = self.starts[self.len];
            }
            return;
        }
        let mut at = self.len;
        while at > 0 && self.starts[at - 1] > start {
            at -= 1;
        }
        let after = at < self.len && self.starts[at] == end;
        if at > 0 && self.ends[at - 1] == start {
            if after {
                self.ends[at - 1] = self.ends[at];
                self.remove(at);
            } else {
                self.ends[at - 1] = end;
            }
            return;
        }
        if after {
            self.starts[at] = start;
            return;
        }
        let mut moved = self.len;
        while moved > at {
            self.starts[moved] = self.starts[moved - 1];
            self.ends[moved] = self.ends[moved - 1];
            moved -= 1;
        }
        self.starts[at] = start;
        self.ends[at] = end;
        self.len += 1;
    }
}

/// What [`in_order`] finds.
struct Simple {
    offsets: [u64; MAX_NODES],
    len: u64,
    /// The most elements live at a time.
    bound: u64,
    /// The number of pairs of buffers that are live together.
    pairs: usize,
}

/// First-fit in execution order, for a graph whose outputs share no memory; the most elements live at a time; and the
/// number of pairs of outputs that are live together.
const fn apart(graph: &Graph, live: &Liveness) -> (Plan, u64, usize) {
    let len = graph.len();
    let mut plan = Plan { of_root: [0; MAX_NODES], offsets: [0; MAX_NODES], len: 0, kept: 0 };
    let mut gaps = Gaps::new();
    // Linked lists of the outputs that end at each step.
    let mut ending = [NONE; MAX_NODES];
    let mut next = [NONE; MAX_NODES];
    let mut living = 0;
    let mut bound = 0;
    let mut count = 0;
    let mut pairs = 0;
    let mut node = 0;
    while node < len {
        if live.root[node] as usize == node {
            let elements = live.size[node];
            let offset = gaps.take(elements);
            plan.offsets[node] = offset;
            plan.of_root[node] = node as u16;
            living += elements;
            if living > bound {
                bound = living;
            }
            pairs += count;
            count += 1;
            let last = live.last_use[node] as usize;
            if last < len {
                next[node] = ending[last];
                ending[last] = node as u16;
            }
        }
        if node + 1 >= graph.input_count {
            let mut ended = ending[node];
            while ended != NONE {
                let elements = live.size[ended as usize];
                let offset = plan.offsets[ended as usize];
                gaps.give(offset, offset + elements);
                living -= elements;
                count -= 1;
                ended = next[ended as usize];
            }
        }
        node += 1;
    }
    plan.len = gaps.most;
    (plan, bound, pairs)
}

/// First-fit in execution order, for buffers that share no memory.
const fn in_order(buffers: &Buffers) -> Simple {
    let mut offsets = [0; MAX_NODES];
    let mut gaps = Gaps::new();
    // Linked lists of the buffers that end at each step.
    let mut ending = [NONE; MAX_NODES];
    let mut next = [NONE; MAX_NODES];
    let mut step = 0;
    let mut living = 0;
    let mut bound = 0;
    let mut count = 0;
    let mut pairs = 0;
    let mut buffer = 0;
    while buffer < buffers.len {
        let Buffer { elements, first, last, .. } = buffers.buffers[buffer];
        while step < first as usize {
            let mut ended = ending[step];
            while ended != NONE {
                let elements = buffers.buffers[ended as usize].elements;
                let offset = offsets[ended as usize];
                gaps.give(offset, offset + elements);
                living -= elements;
                count -= 1;
                ended = next[ended as usize];
            }
            step += 1;
        }
        offsets[buffer] = gaps.take(elements);
        living += elements;
        if living > bound {
            bound = living;
        }
        pairs += count;
        count += 1;
        if (last as usize) < MAX_NODES {
            next[buffer] = ending[last as usize];
            ending[last as usize] = buffer as u16;
        }
        buffer += 1;
    }
    Simple { offsets, len: gaps.most, bound, pairs }
}

/// First-fit in execution order, with groups as blocks.
const fn by_block(buffers: &Buffers, groups: &Groups) -> ([u64; MAX_NODES], u64) {
    let mut last = [0; MAX_NODES];
    let mut buffer = 0;
    while buffer < buffers.len {
        let group = groups.of[buffer] as usize;
        if buffers.buffers[buffer].last > last[group] {
            last[group] = buffers.buffers[buffer].last;
        }
        buffer += 1;
    }
    let mut offsets = [0; MAX_NODES];
    let mut placed = [false; MAX_NODES];
    let mut gaps = Gaps::new();
    let mut ending = [NONE; MAX_NODES];
    let mut next = [NONE; MAX_NODES];
    let mut step = 0;
    let mut buffer = 0;
    while buffer < buffers.len {
        let group = groups.of[buffer] as usize;
        if !placed[group] {
            let first = buffers.buffers[buffer].first as usize;
            while step < first {
                let mut ended = ending[step];
                while ended != NONE {
                    let offset = offsets[ended as usize];
                    gaps.give(offset, offset + groups.extent[ended as usize]);
                    ended = next[ended as usize];
                }
                step += 1;
            }
            offsets[group] = gaps.take(groups.extent[group]);
            placed[group] = true;
            let last = last[group] as usize;
            if last < MAX_NODES {
                next[group] = ending[last];
                ending[last] = group as u16;
            }
        }
        buffer += 1;
    }
    // Computes all buffers' offsets from their groups', which are stored at the groups' last buffers.
    let mut buffer = 0;
    while buffer < buffers.len {
        offsets[buffer] = offsets[groups.of[buffer] as usize] + groups.at[buffer];
        buffer += 1;
    }
    (offsets, gaps.most)
}

/// For each buffer, those of other groups that are live together with it: linked lists, in both directions.
struct Overlaps {
    head: [u16; MAX_NODES],
    next: [u16; MAX_OVERLAPS],
    other: [u16; MAX_OVERLAPS],
}

impl Overlaps {
    /// `None` if there are too many.
    const fn new(buffers: &Buffers, groups: &Groups) -> Option<Self> {
        let mut all = Overlaps { head: [0; MAX_NODES], next: [0; MAX_OVERLAPS], other: [0; MAX_OVERLAPS] };
        let mut edges = 1; // 0 ends a list
        let mut alive = [0u16; MAX_NODES];
        let mut count = 0;
        let mut buffer = 0;
        while buffer < buffers.len {
            let first = buffers.buffers[buffer].first;
            let mut kept = 0;
            let mut i = 0;
            while i < count {
                let other = alive[i];
                if buffers.buffers[other as usize].last >= first {
                    alive[kept] = other;
                    kept += 1;
                    if groups.of[other as usize] != groups.of[buffer] {
                        if edges + 2 > MAX_OVERLAPS {
                            return None;
                        }
                        all.other[edges] = other;
                        all.next[edges] = all.head[buffer];
                        all.head[buffer] = edges as u16;
                        all.other[edges + 1] = buffer as u16;
                        all.next[edges + 1] = all.head[other as usize];
                        all.head[other as usize] = edges as u16 + 1;
                        edges += 2;
                    }
                }
                i += 1;
            }
            alive[kept] = buffer as u16;
            count = kept + 1;
            buffer += 1;
        }
        Some(all)
    }
}

/// The order in which groups are placed.
#[derive(Clone, Copy)]
enum Order {
    LargestThenLater,
    LargestThenEarlier,
    Earliest,
}

/// Places each group in the first gap that fits all of its buffers among the placed ones that are live with them.
const fn greedy(buffers: &Buffers, groups: &Groups, overlaps: &Overlaps, order: Order) -> ([u64; MAX_NODES], u64) {
    let (order, count) = ordered(buffers, groups, order);
    let mut offsets = [0; MAX_NODES];
    let mut placed = [false; MAX_NODES];
    let mut len = 0;
    let mut shelf = Shelf::new();
    let mut i = 0;
    while i < count {
        let group = order[i] as usize;
        let extent = groups.extent[group];
        // Where the group would overlap placed buffers, in terms of the group's start.
        shelf.clear(extent);
        let mut member = Some(group);
        while let Some(buffer) = member {
            let (at, end) = (groups.at[buffer], groups.at[buffer] + buffers.buffers[buffer].elements);
            let mut edge = overlaps.head[buffer] as usize;
            while edge != 0 {
                let other = overlaps.other[edge] as usize;
                if placed[groups.of[other] as usize] {
                    let Buffer { elements, .. } = buffers.buffers[other];
                    let other_end = offsets[other] + elements;
                    if other_end > at {
                        shelf.insert(offsets[other] + (extent - end), other_end - at);
                    }
                }
                edge = overlaps.next[edge] as usize;
            }
            member = groups.next(buffer);
        }
        let offset = shelf.gap();
        let mut member = Some(group);
        while let Some(buffer) = member {
            offsets[buffer] = offset + groups.at[buffer];
            member = groups.next(buffer);
        }
        placed[group] = true;
        let end = offset + extent;
        if end > len {
            len = end;
        }
        i += 1;
    }
    (offsets, len)
}

/// The groups in the order in which they are placed, and their number. Most networks have few sizes: each has a list of
/// its groups.
const fn ordered(buffers: &Buffers, groups: &Groups, by: Order) -> ([u16; MAX_NODES], usize) {
    let mut order = [0; MAX_NODES];
    let mut count = 0;
    let mut seen = [false; MAX_NODES];
    let mut sizes = Sizes {
        len: 0,
        order: [0; MAX_NODES],
        sizes: [0; MAX_NODES],
        first: [NONE; MAX_NODES],
        last: [NONE; MAX_NODES],
    };
    let mut next = [NONE; MAX_NODES];
    let by_size = !matches!(by, Order::Earliest);
    let backwards = matches!(by, Order::LargestThenLater);
    let mut i = 0;
    while i < buffers.len {
        let mut buffer = i;
        if backwards {
            buffer = buffers.len - 1 - i;
        }
        let group = groups.of[buffer];
        if !seen[group as usize] {
            seen[group as usize] = true;
            if by_size {
                let size = sizes.find(groups.extent[group as usize]) as usize;
                let last = sizes.last[size];
                if last == NONE {
                    sizes.first[size] = group;
                } else {
                    next[last as usize] = group;
                }
                sizes.last[size] = group;
            } else {
                order[count] = group;
                count += 1;
            }
        }
        i += 1;
    }
    i = 0;
    while i < sizes.len {
        let mut group = sizes.first[sizes.order[i] as usize];
        while group != NONE {
            order[count] = group;
            count += 1;
            group = next[group as usize];
        }
        i += 1;
    }
    (order, count)
}

/// Sizes, and the first and last group of each.
struct Sizes {
    len: usize,
    /// The indices of the sizes, largest first.
    order: [u16; MAX_NODES],
    sizes: [u64; MAX_NODES],
    first: [u16; MAX_NODES],
    last: [u16; MAX_NODES],
}

impl Sizes {
    /// The index of a size.
    const fn find(&mut self, size: u64) -> u16 {
        let mut from = 0;
        let mut to = self.len;
        while from < to {
            let middle = (from + to) / 2;
            let number = self.order[middle];
            let other = self.sizes[number as usize];
            if other == size {
                return number;
            }
            if other > size {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        let number = self.len as u16;
        let mut at = self.len;
        while at > from {
            self.order[at] = self.order[at - 1];
            at -= 1;
        }
        self.order[from] = number;
        self.sizes[number as usize] = size;
        self.len += 1;
        number
    }
}
