//! Where the arena plan puts each tensor.

use crate::census::add;
use crate::graph::{Graph, MAX_NODES};
use crate::sharing::{Buffer, Buffers, Groups, Sharing};

/// The most pairs of tensors that live together for which the plans by size are tried.
const MAX_OVERLAPS: usize = 8 * MAX_NODES;

/// Where each tensor lies in the arena.
pub(crate) struct Plan {
    of_root: [u16; MAX_NODES],
    /// Of each buffer.
    offsets: [u64; MAX_NODES],
    /// The elements of the arena.
    pub len: u64,
}

impl Plan {
    /// The best of several plans; one is tried where those before it miss the bound.
    pub const fn new(graph: &Graph) -> Self {
        Plan::within(graph, 0)
    }

    /// A plan that takes no more than `enough`, or else the best. Under `fuse`, with the outputs of windows trailing
    /// behind their inputs, and then without, where that might take less.
    const fn within(graph: &Graph, enough: u64) -> Self {
        let sharing = if graph.settings.fuse { Sharing::Trailing } else { Sharing::Apart };
        let buffers = Buffers::new(graph, sharing);
        let mut plan = Plan::of(&buffers, graph.len, enough);
        if buffers.trailing && plan.len > enough {
            let buffers = Buffers::new(graph, Sharing::InPlace);
            if plan.len > buffers.live(graph.len).peak {
                let other = Plan::of(&buffers, graph.len, enough);
                if other.len < plan.len {
                    plan = other;
                }
            }
        }
        plan
    }

    /// Whether a network takes more if what is joined is made where it is joined: less lives at any step then, but at
    /// fixed distances, which may not fit as well.
    pub const fn suffers_from_joins(graph: &mut Graph) -> bool {
        graph.joins = false;
        let copied = Buffers::new(graph, Sharing::Trailing).live(graph.len).peak;
        graph.joins = true;
        let joined = Plan::within(graph, copied).len;
        if joined <= copied {
            return false;
        }
        graph.joins = false;
        let suffers = Plan::within(graph, 0).len < joined;
        graph.joins = true;
        suffers
    }

    /// The best of first-fit in execution order, with every group of buffers as one block for as long as any of them
    /// lives; and of greedy plans, buffer by buffer: the largest group first, of equal ones the later, or the earlier;
    /// and in execution order. Where tensors are so many at a time that comparing them all would take long, it is the
    /// first alone.
    const fn of(buffers: &Buffers, steps: usize, enough: u64) -> Self {
        let bound = buffers.live(steps).peak;
        let enough = if enough > bound { enough } else { bound };
        let groups = buffers.groups();
        let (mut offsets, mut len) = by_block(buffers, &groups);
        if len > enough
            && let Some(overlaps) = Overlaps::new(buffers, &groups)
        {
            let orders = [Order::LargestThenLater, Order::LargestThenEarlier, Order::Earliest];
            let mut i = 0;
            while i < orders.len() && len > enough {
                let (other, other_len) = greedy(buffers, &groups, &overlaps, orders[i]);
                if other_len < len {
                    (offsets, len) = (other, other_len);
                }
                i += 1;
            }
        }
        Plan { of_root: buffers.of_root, offsets, len }
    }

    /// A plan that lays every tensor at the arena's start, over the others.
    #[cfg(test)]
    pub const fn collapsed(graph: &Graph) -> Self {
        Plan { offsets: [0; MAX_NODES], ..Plan::new(graph) }
    }

    /// Where a node's scratch starts, in elements.
    pub const fn scratch(&self, graph: &Graph, node: usize) -> Option<u64> {
        if graph.scratch(node) == 0 {
            return None;
        }
        // It is behind the output in the list of buffers.
        Some(self.offsets[self.of_root[node] as usize + 1])
    }

    /// Where a node's output starts, in elements.
    pub const fn offset(&self, graph: &Graph, node: usize) -> u64 {
        let node = &graph.nodes[node];
        self.offsets[self.of_root[node.root as usize] as usize] + node.offset
    }
}

/// Pieces of memory that are taken, in the order of their starts.
struct Shelf {
    len: usize,
    starts: [u64; MAX_NODES],
    ends: [u64; MAX_NODES],
}

impl Shelf {
    const fn new() -> Self {
        Shelf { len: 0, starts: [0; MAX_NODES], ends: [0; MAX_NODES] }
    }

    const fn insert(&mut self, start: u64, end: u64) {
        let mut at = self.len;
        while at > 0 && self.starts[at - 1] > start {
            at -= 1;
        }
        if at > 0 && self.ends[at - 1] >= end {
            // It lies within another.
            return;
        }
        let mut moved = self.len;
        while moved > at {
            (self.starts[moved], self.ends[moved]) = (self.starts[moved - 1], self.ends[moved - 1]);
            moved -= 1;
        }
        (self.starts[at], self.ends[at]) = (start, end);
        self.len += 1;
    }

    /// The first gap of `elements`.
    const fn gap(&self, elements: u64) -> u64 {
        let mut end = 0;
        let mut i = 0;
        while i < self.len && self.starts[i] < add(end, elements) {
            if self.ends[i] > end {
                end = self.ends[i];
            }
            i += 1;
        }
        end
    }
}

/// First-fit in execution order, of groups as blocks.
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
    let mut len = 0;
    // The groups that are alive, in the order of their offsets.
    let mut alive = [0u16; MAX_NODES];
    let mut count = 0;
    let mut shelf = Shelf::new();
    let mut buffer = 0;
    while buffer < buffers.len {
        let group = groups.of[buffer] as usize;
        if !placed[group] {
            let first = buffers.buffers[buffer].first;
            shelf.len = 0;
            let mut kept = 0;
            let mut i = 0;
            while i < count {
                let other = alive[i] as usize;
                if last[other] >= first {
                    alive[kept] = alive[i];
                    kept += 1;
                    shelf.insert(offsets[other], offsets[other] + groups.extent[other]);
                }
                i += 1;
            }
            offsets[group] = shelf.gap(groups.extent[group]);
            placed[group] = true;
            count = kept + 1;
            while kept > 0 && offsets[alive[kept - 1] as usize] > offsets[group] {
                alive[kept] = alive[kept - 1];
                kept -= 1;
            }
            alive[kept] = group as u16;
            let end = add(offsets[group], groups.extent[group]);
            if end > len {
                len = end;
            }
        }
        buffer += 1;
    }
    // From the groups' offsets, which stand at their last buffers, to all buffers'.
    let mut buffer = 0;
    while buffer < buffers.len {
        offsets[buffer] = offsets[groups.of[buffer] as usize] + groups.at[buffer];
        buffer += 1;
    }
    (offsets, len)
}

/// The buffers that live together with each, of other groups: both directions, as linked lists.
struct Overlaps {
    head: [u16; MAX_NODES],
    next: [u16; MAX_OVERLAPS],
    other: [u16; MAX_OVERLAPS],
}

impl Overlaps {
    /// `None` if they are too many.
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

/// In which order groups are placed.
#[derive(Clone, Copy)]
enum Order {
    LargestThenLater,
    LargestThenEarlier,
    Earliest,
}

/// Places group after group in the first gap that each of its buffers has among the placed ones that live with it.
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
        // Where the group would meet what is placed: each piece as the group's start sees it.
        shelf.len = 0;
        let mut member = Some(group);
        while let Some(buffer) = member {
            let (at, end) = (groups.at[buffer], groups.at[buffer] + buffers.buffers[buffer].elements);
            let mut edge = overlaps.head[buffer] as usize;
            while edge != 0 {
                let other = overlaps.other[edge] as usize;
                if placed[groups.of[other] as usize] {
                    let Buffer { elements, .. } = buffers.buffers[other];
                    let other_end = add(offsets[other], elements);
                    if other_end > at {
                        shelf.insert(offsets[other] + (extent - end), other_end - at);
                    }
                }
                edge = overlaps.next[edge] as usize;
            }
            member = groups.next(buffer);
        }
        let offset = shelf.gap(extent);
        let mut member = Some(group);
        while let Some(buffer) = member {
            offsets[buffer] = offset + groups.at[buffer];
            member = groups.next(buffer);
        }
        placed[group] = true;
        let end = add(offset, extent);
        if end > len {
            len = end;
        }
        i += 1;
    }
    (offsets, len)
}

/// The groups in the order in which they are placed, and how many they are: a merge sort from runs of one upwards.
const fn ordered(buffers: &Buffers, groups: &Groups, by: Order) -> ([u16; MAX_NODES], usize) {
    let mut order = [0; MAX_NODES];
    let mut count = 0;
    let mut seen = [false; MAX_NODES];
    let mut i = 0;
    while i < buffers.len {
        let buffer = if matches!(by, Order::LargestThenLater) { buffers.len - 1 - i } else { i };
        let group = groups.of[buffer];
        if !seen[group as usize] {
            seen[group as usize] = true;
            order[count] = group;
            count += 1;
        }
        i += 1;
    }
    if matches!(by, Order::Earliest) {
        return (order, count);
    }
    let mut run = 1;
    while run < count {
        let mut merged = [0; MAX_NODES];
        let mut start = 0;
        while start < count {
            let middle = if start + run < count { start + run } else { count };
            let end = if middle + run < count { middle + run } else { count };
            let (mut left, mut right, mut at) = (start, middle, start);
            while at < end {
                let take_left = right == end
                    || left < middle && groups.extent[order[left] as usize] >= groups.extent[order[right] as usize];
                merged[at] = if take_left { order[left] } else { order[right] };
                if take_left {
                    left += 1;
                } else {
                    right += 1;
                }
                at += 1;
            }
            start = end;
        }
        order = merged;
        run *= 2;
    }
    (order, count)
}
