//! Memory: how long tensors live, the bounds that follow, and where the arena plan puts them.

use crate::census::add;
use crate::graph::{Graph, MAX_NODES};
use crate::layers::Storage;

/// The most pairs of tensors that live together for which the plan by size is tried.
const MAX_OVERLAPS: usize = 16 * 1024;

/// A piece of memory, and the steps `first..=last` during which it is in use.
#[derive(Clone, Copy)]
struct Buffer {
    elements: u64,
    first: u16,
    last: u16,
}

/// The memory of every tensor.
pub(crate) struct Buffers {
    len: usize,
    buffers: [Buffer; MAX_NODES],
    /// The buffer of each node that is the root of its memory.
    of_root: [u16; MAX_NODES],
}

impl Buffers {
    /// One buffer for each tensor that has memory of its own; with `in_place`, one for each chain of tensors of
    /// which each takes over the memory of an operand that nobody reads afterwards.
    pub const fn new(graph: &Graph, in_place: bool) -> Self {
        let mut all = Buffers {
            len: 0,
            buffers: [Buffer { elements: 0, first: 0, last: 0 }; MAX_NODES],
            of_root: [0; MAX_NODES],
        };
        let mut node = 0;
        while node < graph.len {
            if graph.nodes[node].root as usize == node {
                match if in_place { all.dying_operand(graph, node) } else { None } {
                    Some(buffer) => {
                        all.of_root[node] = buffer as u16;
                        all.buffers[buffer].last = graph.nodes[node].last_use;
                    }
                    None => {
                        // Inputs are there before the first step.
                        let first = if node < graph.input_count { 0 } else { node };
                        all.buffers[all.len] = Buffer {
                            elements: graph.nodes[node].elements,
                            first: first as u16,
                            last: graph.nodes[node].last_use,
                        };
                        all.of_root[node] = all.len as u16;
                        all.len += 1;
                    }
                }
            }
            node += 1;
        }
        all
    }

    /// The buffer of an operand that a layer may overwrite: of the same size, and read by nobody later.
    const fn dying_operand(&self, graph: &Graph, node: usize) -> Option<usize> {
        if !matches!(graph.nodes[node].op.storage(), Storage::InPlace) {
            return None;
        }
        let mut input = 0;
        while input < graph.nodes[node].inputs as usize {
            let root = graph.nodes[graph.operand(node, input)].root as usize;
            let buffer = self.of_root[root] as usize;
            if self.buffers[buffer].last as usize == node
                && self.buffers[buffer].elements == graph.nodes[node].elements
                && !self.reads_part(graph, node, buffer)
            {
                return Some(buffer);
            }
            input += 1;
        }
        None
    }

    /// Whether an operand is a part of a buffer: what is broadcast is still read when its place is written.
    const fn reads_part(&self, graph: &Graph, node: usize, buffer: usize) -> bool {
        let mut input = 0;
        while input < graph.nodes[node].inputs as usize {
            let operand = &graph.nodes[graph.operand(node, input)];
            if self.of_root[operand.root as usize] as usize == buffer
                && operand.elements != self.buffers[buffer].elements
            {
                return true;
            }
            input += 1;
        }
        false
    }

    /// The elements alive at each step.
    const fn live(&self, steps: usize) -> Live {
        let mut born = [0; MAX_NODES];
        let mut dead = [0; MAX_NODES + 1];
        let mut i = 0;
        while i < self.len {
            let Buffer { elements, first, last } = self.buffers[i];
            born[first as usize] = add(born[first as usize], elements);
            if (last as usize) < MAX_NODES {
                dead[last as usize + 1] += elements;
            }
            i += 1;
        }
        let mut live = Live { at: [0; MAX_NODES], peak: 0, step: 0 };
        let mut now = 0;
        let mut step = 0;
        while step < steps {
            now = add(now - dead[step], born[step]);
            live.at[step] = now;
            if now > live.peak {
                live.peak = now;
                live.step = step;
            }
            step += 1;
        }
        live
    }
}

/// The elements alive at each step, and the most at any.
pub(crate) struct Live {
    pub at: [u64; MAX_NODES],
    pub peak: u64,
    /// The first step at which the peak is reached.
    pub step: usize,
}

impl Live {
    pub const fn new(graph: &Graph, in_place: bool) -> Self {
        Buffers::new(graph, in_place).live(graph.len)
    }
}

/// Where each tensor lies in the arena.
pub(crate) struct Plan {
    of_root: [u16; MAX_NODES],
    offsets: [u64; MAX_NODES],
    /// The elements of the arena.
    pub len: u64,
}

impl Plan {
    /// The best of three plans: first-fit in execution order; and greedy by size, the largest tensor first, and of equal
    /// ones the later, or the earlier. One is tried where those before it miss the bound. Where tensors are so many at
    /// a time that comparing them all would take long, it is first-fit alone.
    pub const fn new(graph: &Graph) -> Self {
        let buffers = Buffers::new(graph, graph.settings.fuse);
        let bound = buffers.live(graph.len).peak;
        let (mut offsets, mut len) = by_time(&buffers);
        let mut later_first = true;
        let mut tries = 0;
        while len > bound && tries < 2 {
            if let Some((other, other_len)) = by_size(&buffers, later_first)
                && other_len < len
            {
                (offsets, len) = (other, other_len);
            }
            later_first = false;
            tries += 1;
        }
        Plan { of_root: buffers.of_root, offsets, len }
    }

    /// A plan that lays every tensor at the arena's start, over the others.
    #[cfg(test)]
    pub const fn collapsed(graph: &Graph) -> Self {
        Plan { offsets: [0; MAX_NODES], ..Plan::new(graph) }
    }

    /// Where a node's output starts, in elements.
    pub const fn offset(&self, graph: &Graph, node: usize) -> u64 {
        let node = &graph.nodes[node];
        self.offsets[self.of_root[node.root as usize] as usize] + node.offset
    }
}

/// A list of buffers in the order of their offsets.
struct Shelf {
    items: [u16; MAX_NODES],
    len: usize,
}

impl Shelf {
    const fn new() -> Self {
        Shelf { items: [0; MAX_NODES], len: 0 }
    }

    const fn insert(&mut self, buffer: usize, offsets: &[u64; MAX_NODES]) {
        let mut at = self.len;
        while at > 0 && offsets[self.items[at - 1] as usize] > offsets[buffer] {
            self.items[at] = self.items[at - 1];
            at -= 1;
        }
        self.items[at] = buffer as u16;
        self.len += 1;
    }

    /// The first gap of `elements` between the buffers on the shelf.
    const fn gap(&self, elements: u64, buffers: &Buffers, offsets: &[u64; MAX_NODES]) -> u64 {
        let mut end = 0;
        let mut i = 0;
        while i < self.len {
            let other = self.items[i] as usize;
            if offsets[other] >= end && offsets[other] - end >= elements {
                return end;
            }
            let other_end = add(offsets[other], buffers.buffers[other].elements);
            if other_end > end {
                end = other_end;
            }
            i += 1;
        }
        end
    }
}

/// First-fit in execution order.
const fn by_time(buffers: &Buffers) -> ([u64; MAX_NODES], u64) {
    let mut offsets = [0; MAX_NODES];
    let mut len = 0;
    let mut shelf = Shelf::new();
    let mut buffer = 0;
    while buffer < buffers.len {
        let Buffer { elements, first, .. } = buffers.buffers[buffer];
        shelf = still_live(shelf, buffers, first);
        offsets[buffer] = shelf.gap(elements, buffers, &offsets);
        let end = add(offsets[buffer], elements);
        if end > len {
            len = end;
        }
        shelf.insert(buffer, &offsets);
        buffer += 1;
    }
    (offsets, len)
}

/// Takes off the shelf what is dead before a step.
const fn still_live(mut shelf: Shelf, buffers: &Buffers, step: u16) -> Shelf {
    let mut kept = 0;
    let mut i = 0;
    while i < shelf.len {
        if buffers.buffers[shelf.items[i] as usize].last >= step {
            shelf.items[kept] = shelf.items[i];
            kept += 1;
        }
        i += 1;
    }
    shelf.len = kept;
    shelf
}

/// Greedy by size; `None` if there are too many overlaps.
const fn by_size(buffers: &Buffers, later_first: bool) -> Option<([u64; MAX_NODES], u64)> {
    // The buffers that live together with each: both directions, as linked lists.
    let mut head = [0u16; MAX_NODES];
    let mut next = [0u16; MAX_OVERLAPS];
    let mut other = [0u16; MAX_OVERLAPS];
    let mut edges = 1; // 0 ends a list
    let mut shelf = Shelf::new();
    let mut buffer = 0;
    while buffer < buffers.len {
        shelf = still_live(shelf, buffers, buffers.buffers[buffer].first);
        let mut i = 0;
        while i < shelf.len {
            if edges + 2 > MAX_OVERLAPS {
                return None;
            }
            let live = shelf.items[i];
            other[edges] = live;
            next[edges] = head[buffer];
            head[buffer] = edges as u16;
            other[edges + 1] = buffer as u16;
            next[edges + 1] = head[live as usize];
            head[live as usize] = edges as u16 + 1;
            edges += 2;
            i += 1;
        }
        shelf.items[shelf.len] = buffer as u16;
        shelf.len += 1;
        buffer += 1;
    }

    let order = largest_first(buffers, later_first);
    let mut offsets = [0; MAX_NODES];
    let mut placed = [false; MAX_NODES];
    let mut len = 0;
    let mut i = 0;
    while i < buffers.len {
        let buffer = order[i] as usize;
        let mut neighbours = Shelf::new();
        let mut edge = head[buffer] as usize;
        while edge != 0 {
            if placed[other[edge] as usize] {
                neighbours.insert(other[edge] as usize, &offsets);
            }
            edge = next[edge] as usize;
        }
        let elements = buffers.buffers[buffer].elements;
        offsets[buffer] = neighbours.gap(elements, buffers, &offsets);
        placed[buffer] = true;
        let end = add(offsets[buffer], elements);
        if end > len {
            len = end;
        }
        i += 1;
    }
    Some((offsets, len))
}

/// The buffers by falling size, and of equal ones the later or the earlier first: a merge sort from runs of one
/// upwards.
const fn largest_first(buffers: &Buffers, later_first: bool) -> [u16; MAX_NODES] {
    let mut order = [0; MAX_NODES];
    let mut i = 0;
    while i < buffers.len {
        order[i] = if later_first { buffers.len - 1 - i } else { i } as u16;
        i += 1;
    }
    let mut run = 1;
    while run < buffers.len {
        let mut merged = [0; MAX_NODES];
        let mut start = 0;
        while start < buffers.len {
            let middle = if start + run < buffers.len { start + run } else { buffers.len };
            let end = if middle + run < buffers.len { middle + run } else { buffers.len };
            let (mut left, mut right, mut at) = (start, middle, start);
            while at < end {
                let take_left = right == end
                    || left < middle
                        && buffers.buffers[order[left] as usize].elements
                            >= buffers.buffers[order[right] as usize].elements;
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
    order
}
