//! First-fit in execution order.

use crate::graph::graph::{Graph, MAX_NODES};
use crate::memory::buffers::{Buffer, Buffers, NONE};
use crate::memory::groups::Groups;
use crate::memory::liveness::Liveness;

/// What first-fit finds.
pub(super) struct Simple {
    pub offsets: [u64; MAX_NODES],
    pub len: u64,
    /// The most elements live at a time.
    pub bound: u64,
    /// The number of pairs of buffers that are live together.
    pub pairs: usize,
}

/// First-fit in execution order, for a graph whose outputs share no memory: each node's output is a buffer.
pub(super) const fn apart(graph: &Graph, live: &Liveness) -> Simple {
    let len = graph.len();
    let mut offsets = [0; MAX_NODES];
    let mut gaps = Gaps::new();
    // Linked lists of the outputs that end at each step.
    let mut ending = [NONE; MAX_NODES];
    let mut next = [NONE; MAX_NODES];
    let mut living = 0;
    let mut bound = 0;
    let mut count = 0;
    let mut pairs = 0;
    let mut time = 0;
    while time < len {
        let node = live.schedule.nodes[time] as usize;
        if live.root[node] as usize == node {
            let elements = live.size[node];
            let offset = gaps.take(elements);
            offsets[node] = offset;
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
        if time + 1 >= graph.input_count {
            let mut ended = ending[time];
            while ended != NONE {
                let elements = live.size[ended as usize];
                let offset = offsets[ended as usize];
                gaps.give(offset, offset + elements);
                living -= elements;
                count -= 1;
                ended = next[ended as usize];
            }
        }
        time += 1;
    }
    Simple { offsets, len: gaps.most, bound, pairs }
}

/// First-fit in execution order, for buffers that share no memory.
pub(super) const fn in_order(buffers: &Buffers) -> Simple {
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
pub(super) const fn by_block(buffers: &Buffers, groups: &Groups) -> ([u64; MAX_NODES], u64) {
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
        if start == end {
            return;
        }
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
