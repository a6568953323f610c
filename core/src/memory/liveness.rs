//! Which tensors share memory, how long each piece of memory lives, and how much lives at a time.

use crate::base::math::add;
use crate::graph::graph::{Graph, MAX_NODES};
use crate::op::storage::Storage;

/// No buffer.
const NONE: u16 = u16::MAX;

/// How much memory is shared, from less to more.
#[derive(Clone, Copy)]
pub(crate) enum Sharing {
    /// Every output lies beside its operands.
    Apart,
    /// A layer that works element by element takes over a dying operand, and what is joined along the first axis is
    /// made where it is joined.
    InPlace,
    /// And depthwise convolutions and pools trail behind their dying operand, in part of its memory.
    Trailing,
}

/// A piece of memory, and the steps `first..=last` during which it is in use.
#[derive(Clone, Copy)]
pub(crate) struct Buffer {
    pub elements: u64,
    pub first: u16,
    pub last: u16,
    /// The buffer made later in whose memory it lies, wholly or in part.
    heir: u16,
    /// How far it begins behind its heir, in elements.
    shift: u64,
    /// Whether it is a part of its heir's tensor, as against overwritten by it.
    joined: bool,
    /// The last node that reads a tensor that is a part of it.
    held: u16,
    /// The last node up to which all of it is in use, as parts or itself.
    whole: u16,
    /// The last concatenation that has looked at it.
    seen_by: u16,
    /// The elements that are copied into it, if it is a concatenation.
    pub moved: u64,
}

impl Buffer {
    const EMPTY: Buffer = Buffer {
        elements: 0,
        first: 0,
        last: 0,
        heir: NONE,
        shift: 0,
        joined: false,
        held: 0,
        whole: 0,
        seen_by: 0,
        moved: 0,
    };
}

/// The memory of every tensor, and of the scratch of layers.
pub(crate) struct Buffers {
    pub len: usize,
    pub buffers: [Buffer; MAX_NODES],
    /// The buffer of each node that is the root of its memory.
    pub of_root: [u16; MAX_NODES],
    /// Whether any buffer is a part of another, and whether any trails behind another.
    pub joining: bool,
    pub trailing: bool,
    /// The elements of all.
    total: u64,
    /// A buffer that each is a part of, and where in it: the last that was found.
    around: [u16; MAX_NODES],
    at: [u64; MAX_NODES],
}

impl Buffers {
    /// One buffer for each tensor that has memory of its own, and for each chain of tensors of one size of which each
    /// takes over the memory of an operand that nobody reads afterwards.
    pub const fn new(graph: &Graph, sharing: Sharing) -> Self {
        let mut all = Buffers {
            len: 0,
            buffers: [Buffer::EMPTY; MAX_NODES],
            of_root: [0; MAX_NODES],
            joining: false,
            trailing: false,
            total: 0,
            around: [0; MAX_NODES],
            at: [0; MAX_NODES],
        };
        let shares = !matches!(sharing, Sharing::Apart);
        let mut node = 0;
        while node < graph.len {
            if graph.holds.root[node] as usize == node {
                let last = graph.holds.last_use[node];
                match if shares { all.dying_operand(graph, node) } else { None } {
                    Some(buffer) => {
                        all.of_root[node] = buffer as u16;
                        let buffer = &mut all.buffers[buffer];
                        (buffer.last, buffer.held, buffer.whole) = (last, 0, last);
                    }
                    None => {
                        let elements = graph.node(node).memory();
                        // Inputs are there before the first step.
                        let first = if node < graph.input_count { 0 } else { node as u16 };
                        let buffer = all.push(elements, first, last);
                        all.of_root[node] = buffer;
                        // Its scratch is the next in the list, for `Plan::scratch`.
                        let scratch = graph.scratch(node);
                        if scratch > 0 {
                            all.push(scratch, first, first);
                        }
                        if shares && graph.joins && graph.node(node).op.is_contiguous_concat(&graph.node(node).shape) {
                            all.join(graph, node);
                        }
                    }
                }
            }
            node += 1;
        }
        if matches!(sharing, Sharing::Trailing) {
            all.trail(graph);
        }
        all
    }

    /// Whether each buffer stands alone.
    pub const fn is_simple(&self) -> bool {
        !self.joining && !self.trailing
    }

    const fn push(&mut self, elements: u64, first: u16, last: u16) -> u16 {
        if self.len == MAX_NODES {
            panic!("a network has at most 2,048 layers, the scratch of layers among them");
        }
        // All of them together fit in a u64, and so do all sums of some.
        self.total = add(self.total, elements);
        self.buffers[self.len] = Buffer { elements, first, last, whole: last, moved: elements, ..Buffer::EMPTY };
        self.around[self.len] = self.len as u16;
        self.len += 1;
        self.len as u16 - 1
    }

    /// The buffer of an operand that a layer may overwrite: of the same size, and read by nobody later.
    const fn dying_operand(&self, graph: &Graph, node: usize) -> Option<usize> {
        if !matches!(graph.node(node).op.storage(), Storage::InPlace) {
            return None;
        }
        let mut input = 0;
        while input < graph.node(node).inputs as usize {
            let root = graph.holds.root[graph.operand(node, input)] as usize;
            let buffer = self.of_root[root] as usize;
            if self.dies_at(buffer, node)
                && self.buffers[buffer].elements == graph.node(node).shape.elements
                && !self.reads_part(graph, node, buffer)
            {
                return Some(buffer);
            }
            input += 1;
        }
        None
    }

    /// Whether a node is the last to read a buffer, and nobody reads parts of it from there on.
    const fn dies_at(&self, buffer: usize, node: usize) -> bool {
        let Buffer { last, heir, held, .. } = self.buffers[buffer];
        last as usize == node && heir == NONE && (held as usize) < node
    }

    /// Whether an operand is a part of a buffer: what is broadcast is still read when its place is written.
    const fn reads_part(&self, graph: &Graph, node: usize, buffer: usize) -> bool {
        let mut input = 0;
        while input < graph.node(node).inputs as usize {
            let operand = graph.operand(node, input);
            if self.of_root[graph.holds.root[operand] as usize] as usize == buffer
                && graph.node(operand).shape.elements != self.buffers[buffer].elements
            {
                return true;
            }
            input += 1;
        }
        false
    }

    /// The buffer made last of which a buffer is a part, and where in it.
    const fn outermost(&mut self, buffer: usize) -> (usize, u64) {
        let mut around = self.around[buffer] as usize;
        let mut at = self.at[buffer];
        while self.buffers[around].joined {
            at += self.buffers[around].shift;
            around = self.buffers[around].heir as usize;
        }
        (self.around[buffer], self.at[buffer]) = (around as u16, at);
        (around, at)
    }

    /// Lays the operands of a concatenation into its memory: those that have memory of their own, and runs of those
    /// that lie together already, in another concatenation.
    const fn join(&mut self, graph: &Graph, node: usize) {
        let this = self.of_root[node] as usize;
        let end = self.buffers[this].last;
        let mut runs = [Run { buffer: 0, at: 0 }; MAX_OPERANDS];
        let mut count = 0;
        let (first, edge, inputs) = graph.operands(node);
        let mut cursor = Cursor { input: 0, at: 0, first, edge, inputs };
        while let Some(run) = self.next_run(graph, node, &mut cursor) {
            runs[count] = run;
            count += 1;
        }
        // Where it can be overwritten, a part that is read from then on would prevent that; nothing is lost if all of it
        // is read from then on.
        let mut spare_living = false;
        if self.is_overwritten(graph, this) {
            let mut living = 0;
            let mut i = 0;
            while i < count {
                let part = &mut self.buffers[runs[i].buffer];
                if part.whole >= end && part.seen_by as usize != node {
                    living += part.elements;
                }
                part.seen_by = node as u16;
                i += 1;
            }
            spare_living = living != self.buffers[this].elements;
        }
        let mut whole = u16::MAX;
        let mut i = 0;
        while i < count {
            let Run { buffer, at } = runs[i];
            i += 1;
            let part = &mut self.buffers[buffer];
            let held = if part.last > part.held { part.last } else { part.held };
            if spare_living && held >= end || part.heir != NONE {
                continue;
            }
            part.heir = this as u16;
            part.shift = at;
            part.joined = true;
            self.joining = true;
            let elements = part.elements;
            if part.whole < whole {
                whole = part.whole;
            }
            self.buffers[this].moved -= elements;
            if held > self.buffers[this].held {
                self.buffers[this].held = held;
            }
        }
        if self.buffers[this].moved == 0 && whole > end {
            self.buffers[this].whole = whole;
        }
    }

    /// Whether the last layer that reads a buffer can take it over.
    const fn is_overwritten(&self, graph: &Graph, buffer: usize) -> bool {
        let Buffer { last, elements, .. } = self.buffers[buffer];
        if last as usize == graph.len {
            return false;
        }
        let reader = graph.node(last as usize);
        matches!(reader.op.storage(), Storage::InPlace) && reader.shape.elements == elements
    }

    /// The next operands of a concatenation that together are a buffer, which may become a part of it.
    const fn next_run(&mut self, graph: &Graph, node: usize, cursor: &mut Cursor) -> Option<Run> {
        while cursor.input < cursor.inputs {
            let first = self.operand(graph, cursor, cursor.input);
            let Buffer { elements, last, heir, .. } = self.buffers[first.buffer];
            let mut end = cursor.input;
            let mut covered = 0;
            let mut place = first.at;
            let mut width = first.elements;
            while covered < elements && place == covered {
                covered += width;
                end += 1;
                if end == cursor.inputs {
                    break;
                }
                let other = self.operand(graph, cursor, end);
                place = if other.buffer == first.buffer { other.at } else { u64::MAX };
                width = other.elements;
            }
            let at = cursor.at;
            if covered == elements
                && heir == NONE
                && first.buffer != self.of_root[node] as usize
                && (last as usize <= node || !self.is_overwritten(graph, first.buffer))
            {
                cursor.input = end;
                cursor.at = at + elements;
                return Some(Run { buffer: first.buffer, at });
            }
            cursor.at = at + first.elements;
            cursor.input += 1;
        }
        None
    }

    /// The buffer an operand is a part of, and where in it.
    const fn operand(&mut self, graph: &Graph, cursor: &Cursor, input: usize) -> Operand {
        let mut operand = cursor.first;
        if input > 0 {
            operand = graph.edge(cursor.edge + input - 1);
        }
        let own = self.of_root[graph.holds.root[operand] as usize] as usize;
        let mut around = self.around[own] as usize;
        let mut at = self.at[own];
        if self.buffers[around].joined {
            (around, at) = self.outermost(own);
        }
        Operand { buffer: around, at: at + graph.holds.offset[operand], elements: graph.node(operand).shape.elements }
    }

    /// Lays outputs before their dying operand, as closely as their layer allows.
    pub const fn trail(&mut self, graph: &Graph) {
        let mut node = graph.input_count;
        while node < graph.len {
            if let Some(lag) = graph.node(node).op.lag(&graph.node(node).shape) {
                let this = self.of_root[node];
                let operand = graph.operand(node, 0);
                let buffer = self.of_root[graph.holds.root[operand] as usize] as usize;
                if lag < graph.node(node).shape.elements
                    && self.buffers[this as usize].heir == NONE
                    && self.dies_at(buffer, node)
                    && graph.node(operand).shape.elements == self.buffers[buffer].elements
                {
                    (self.buffers[buffer].heir, self.buffers[buffer].shift) = (this, lag);
                    self.trailing = true;
                }
            }
            node += 1;
        }
    }

    /// The elements alive at each step.
    pub const fn live(&self, steps: usize) -> Live {
        let mut born = [0; MAX_NODES];
        let mut dead = [0; MAX_NODES + 1];
        let mut i = 0;
        while i < self.len {
            let Buffer { elements, first, last, heir, shift, joined, .. } = self.buffers[i];
            if heir != NONE && !joined {
                // At this step both are alive, one over the other.
                let after = &self.buffers[heir as usize];
                let (end, other) = (shift + elements, after.elements);
                let both = if end > other { end } else { other };
                dead[last as usize] += elements + other - both;
                if (last as usize) < MAX_NODES {
                    born[last as usize + 1] += elements + other - both;
                }
            }
            // What it is a part of counts in its stead.
            let mut first = first as usize;
            let mut around = i;
            while self.buffers[around].joined && first <= last as usize {
                around = self.buffers[around].heir as usize;
                let (from, to) = (self.buffers[around].first, self.buffers[around].last as usize);
                if from > last {
                    break;
                }
                if from as usize > first {
                    born[first] += elements;
                    dead[from as usize] += elements;
                }
                if to >= first {
                    first = to + 1;
                }
            }
            if first <= last as usize {
                born[first] += elements;
                if (last as usize) < MAX_NODES {
                    dead[last as usize + 1] += elements;
                }
            }
            i += 1;
        }
        let mut live = Live { at: [0; MAX_NODES], peak: 0, step: 0 };
        let mut now = 0;
        let mut step = 0;
        while step < steps {
            now = now + born[step] - dead[step];
            live.at[step] = now;
            if now > live.peak {
                live.peak = now;
                live.step = step;
            }
            step += 1;
        }
        live
    }

    /// Groups of buffers that lie at fixed distances from each other.
    pub const fn groups(&self) -> Groups {
        let mut groups =
            Groups { of: [0; MAX_NODES], at: [0; MAX_NODES], next: [NONE; MAX_NODES], extent: [0; MAX_NODES] };
        // An heir has a higher number.
        let mut buffer = self.len;
        while buffer > 0 {
            buffer -= 1;
            let Buffer { elements, heir, shift, .. } = self.buffers[buffer];
            let mut group = buffer;
            let mut at = 0;
            if heir != NONE {
                group = groups.of[heir as usize] as usize;
                at = groups.at[heir as usize] + shift;
                groups.next[buffer] = groups.next[group];
                groups.next[group] = buffer as u16;
            }
            groups.of[buffer] = group as u16;
            groups.at[buffer] = at;
            if at + elements > groups.extent[group] {
                groups.extent[group] = at + elements;
            }
        }
        groups
    }
}

/// The most operands of a concatenation.
const MAX_OPERANDS: usize = crate::graph::list::CAPACITY;

/// How far the operands of a concatenation have been gone through.
struct Cursor {
    input: usize,
    at: u64,
    first: usize,
    edge: usize,
    inputs: usize,
}

/// An operand: the buffer that it is a part of, and where in it.
struct Operand {
    buffer: usize,
    at: u64,
    elements: u64,
}

/// A buffer that may become a part of a concatenation, and where in it.
#[derive(Clone, Copy)]
struct Run {
    buffer: usize,
    at: u64,
}

/// Which buffers lie at fixed distances from each other. A group goes by the number of its last buffer, where it starts.
pub(crate) struct Groups {
    /// The group of each buffer.
    pub of: [u16; MAX_NODES],
    /// Where each buffer starts in its group.
    pub at: [u64; MAX_NODES],
    /// The next buffer of the same group.
    next: [u16; MAX_NODES],
    /// The elements of each group.
    pub extent: [u64; MAX_NODES],
}

impl Groups {
    /// The buffer of a group behind another; the first is the group's own.
    pub const fn next(&self, buffer: usize) -> Option<usize> {
        match self.next[buffer] {
            NONE => None,
            next => Some(next as usize),
        }
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
        Buffers::new(graph, if in_place { Sharing::Trailing } else { Sharing::Apart }).live(graph.len)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::shape::Shape;
    use crate::graph::graph::{Builder, Settings};
    use crate::graph::tensor::{Tensor, Tensors};
    use crate::layers::pool::avg_pool::AvgPool2d;
    use crate::layers::pool::max_pool::MaxPool2d;
    use crate::layers::rearrange::concat::Concat;
    use crate::layers::rearrange::slice::Chunk;
    use crate::memory::plan::Plan;
    use crate::testing::testing::{Array, Box, Vec, run, vec, with_room};

    /// A layer of a random network: what it does, and which tensors it may take.
    type Choice = (u8, [usize; 4]);

    const INPUTS: [[usize; 3]; 2] = [[2, 6, 5], [4, 3, 3]];

    /// Layers on tensors that were made before, as far as their shapes fit; the last two are outputs, and any one.
    fn declare<'g>(inputs: &[Tensor<'g>], choices: &[Choice]) -> Vec<Tensor<'g>> {
        let mut tensors = inputs.to_vec();
        for (kind, picks) in choices {
            let pick = |of: &[Tensor<'g>], pick: usize| of[of.len() - 1 - (picks[pick] * picks[pick] / 40) % of.len()];
            let x = pick(&tensors, 0);
            let alike: Vec<_> = tensors.iter().copied().filter(|y| y.shape().same(&x.shape())).collect();
            let side: Vec<_> =
                tensors.iter().copied().filter(|y| y.shape().with(0, 1).same(&x.shape().with(0, 1))).collect();
            let spacious = x.dim(1) > 2 && x.dim(2) > 2;
            match kind {
                0 | 1 => tensors.push(x.relu()),
                2 => tensors.push(x.sigmoid()),
                3 | 4 => tensors.push(x.add(pick(&alike, 1))),
                5 if spacious => tensors.push(x.max_pool2d(MaxPool2d::new(2))),
                6 => tensors.push(x.max_pool2d(MaxPool2d::new(3).stride(1).padding(1))),
                7 if spacious => tensors.push(x.avg_pool2d(AvgPool2d::new([2, 3]).stride([1, 2]))),
                8 if x.channels() % 2 == 0 => tensors.extend(x.chunk::<2>(Chunk::new(2))),
                9 => tensors.push(Tensors([x, pick(&side, 1)]).concat(Concat::new())),
                10 => tensors.push(Tensors([pick(&side, 1), pick(&side, 2), x]).concat(Concat::new())),
                _ => tensors.push(Tensors([x, pick(&side, 1), pick(&side, 2), pick(&side, 3)]).concat(Concat::new())),
            }
            if tensors.last().is_some_and(|y| y.elements() > 2000) {
                tensors.pop();
            }
        }
        let len = tensors.len();
        vec![tensors[len - 1].identity(), tensors[len - 2], tensors[choices[0].1[3] % len]]
    }

    fn graph(settings: Settings, choices: &[Choice]) -> Box<Graph> {
        let mut graph = Box::new(Graph::new(settings));
        let builder = Builder::new(&mut graph, "test");
        let inputs = INPUTS.map(|shape| builder.input("x", Shape::new(&shape)));
        for output in declare(&inputs, choices) {
            builder.output(output, output.shape());
        }
        builder.finish();
        graph
    }

    fn any_network() -> impl Strategy<Value = Vec<Choice>> {
        prop::collection::vec((0u8..13, prop::array::uniform4(0usize..20)), 2..24)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        /// What shares memory gives what lies apart, to the bit.
        #[test]
        fn sharing_changes_no_result(choices in any_network()) {
            run(&INPUTS.map(|shape| Array::numbers(&shape)), |_, inputs| declare(inputs, &choices));
        }

        /// At no step lives more, and the arena is never larger, than with fewer ways of sharing.
        #[test]
        fn sharing_never_takes_more(choices in any_network()) {
            with_room(|| {
                let mut graph = graph(Settings::new().fuse(), &choices);
                let live = |graph: &Graph, sharing| Buffers::new(graph, sharing).live(graph.len);
                let is_below = |a: &Live, b: &Live| a.at.iter().zip(&b.at).all(|(a, b)| a <= b);
                let trailing = live(&graph, Sharing::Trailing);
                let in_place = live(&graph, Sharing::InPlace);
                assert!(is_below(&trailing, &in_place) && is_below(&in_place, &live(&graph, Sharing::Apart)));
                let len = Plan::new(&graph).len;
                assert!(len >= trailing.peak);
                graph.joins = false;
                assert!(is_below(&in_place, &live(&graph, Sharing::InPlace)));
                assert!(len <= Plan::new(&graph).len);
            });
        }
    }
}
