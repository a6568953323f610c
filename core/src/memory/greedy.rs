//! Greedy placement, group by group: from one end of the arena or from both.

use crate::graph::graph::MAX_NODES;
use crate::memory::buffers::{Buffers, NONE};
use crate::memory::groups::Groups;

/// Greedy plans are tried up to this many pairs of tensors that are live together.
pub(super) const MAX_OVERLAPS: usize = 8 * MAX_NODES;

/// For each buffer, those of other groups that are live together with it: linked lists, in both directions.
pub(super) struct Overlaps {
    /// The edges of all lists.
    pub len: usize,
    head: [u16; MAX_NODES],
    next: [u16; MAX_OVERLAPS],
    other: [u16; MAX_OVERLAPS],
}

impl Overlaps {
    /// `None` if there are too many.
    pub const fn new(buffers: &Buffers, groups: &Groups) -> Option<Self> {
        let mut all = Overlaps { len: 0, head: [0; MAX_NODES], next: [0; MAX_OVERLAPS], other: [0; MAX_OVERLAPS] };
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
        all.len = edges - 1;
        Some(all)
    }
}

/// The order in which groups are placed.
#[derive(Clone, Copy)]
pub(super) enum Order {
    Earliest,
    LargestThenEarlier,
    LargestThenLater,
    Latest,
}

/// Where groups are placed.
#[derive(Clone, Copy)]
pub(super) enum Ends {
    /// In the lowest gap.
    Lower,
    /// In the lowest gap below the bound or in the highest, whichever is away from the neighbour placed last: so a chain
    /// lies alternately at both ends, and takes no more than two neighbours of it.
    Both,
}

impl Ends {
    pub const fn other(self) -> Self {
        match self {
            Ends::Lower => Ends::Both,
            Ends::Both => Ends::Lower,
        }
    }
}

/// What [`greedy`] finds.
pub(super) struct Greedy {
    pub offsets: [u64; MAX_NODES],
    pub len: u64,
    /// The first group, by its place in the order, that lies above the bound.
    pub over: usize,
}

/// Places each group in a gap that fits all of its buffers among the placed ones that are live with them.
pub(super) const fn greedy(
    buffers: &Buffers,
    groups: &Groups,
    overlaps: &Overlaps,
    (order, count): (&[u16; MAX_NODES], usize),
    ends: Ends,
    bound: u64,
) -> Greedy {
    let mut made = Greedy { offsets: [0; MAX_NODES], len: 0, over: 0 };
    // When each group was placed, from 1, and whether it is at the upper end.
    let mut turns = [0u16; MAX_NODES];
    let mut upper = [false; MAX_NODES];
    let mut shelf = Shelf::new();
    let mut i = 0;
    while i < count {
        let group = order[i] as usize;
        let extent = groups.extent[group];
        if let Ends::Both = ends {
            let mut latest = 0;
            let mut member = Some(group);
            while let Some(buffer) = member {
                let mut edge = overlaps.head[buffer] as usize;
                while edge != 0 {
                    let other = groups.of[overlaps.other[edge] as usize] as usize;
                    if turns[other] > latest {
                        latest = turns[other];
                        upper[group] = !upper[other];
                    }
                    edge = overlaps.next[edge] as usize;
                }
                member = groups.next(buffer);
            }
        }
        // At the upper end, everything is measured from the bound downwards.
        let mut offset = u64::MAX;
        while offset == u64::MAX {
            let from_above = upper[group];
            // Where the group would overlap placed buffers, in terms of the group's start.
            shelf.clear(extent);
            let mut member = Some(group);
            while let Some(buffer) = member {
                let (at, end) = (groups.at[buffer], groups.at[buffer] + buffers.buffers[buffer].elements);
                let mut edge = overlaps.head[buffer] as usize;
                while edge != 0 {
                    let other = overlaps.other[edge] as usize;
                    if turns[groups.of[other] as usize] > 0 {
                        let (from, to) = (
                            made.offsets[other] + (extent - end),
                            made.offsets[other] + buffers.buffers[other].elements,
                        );
                        if to > at {
                            let to = to - at;
                            if !from_above {
                                shelf.insert(from, to);
                            } else if from < bound {
                                shelf.insert(bound.saturating_sub(to), bound - from);
                            }
                        }
                    }
                    edge = overlaps.next[edge] as usize;
                }
                member = groups.next(buffer);
            }
            let gap = shelf.gap();
            if !from_above {
                offset = gap;
            } else if gap + extent <= bound {
                offset = bound - extent - gap;
            } else {
                upper[group] = false;
            }
        }
        let mut member = Some(group);
        while let Some(buffer) = member {
            made.offsets[buffer] = offset + groups.at[buffer];
            member = groups.next(buffer);
        }
        i += 1;
        turns[group] = i as u16;
        let end = offset + extent;
        if end > made.len {
            if end > bound && made.len <= bound {
                made.over = i - 1;
            }
            made.len = end;
        }
    }
    made
}

/// The groups in the order in which they are placed, and their number. Most networks have few sizes: each has a list of
/// its groups.
pub(super) const fn ordered(buffers: &Buffers, groups: &Groups, by: Order) -> ([u16; MAX_NODES], usize) {
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
    let by_size = matches!(by, Order::LargestThenEarlier | Order::LargestThenLater);
    let backwards = matches!(by, Order::LargestThenLater | Order::Latest);
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
