//! Which tensors share memory, how long each piece of memory is in use, and how much is in use at a time.

use crate::base::math::add;
use crate::graph::graph::{Graph, MAX_NODES};
use crate::memory::liveness::{Liveness, Shares};
use crate::op::storage::Storage;

/// No buffer.
pub(crate) const NONE: u16 = u16::MAX;

/// How memory is shared.
#[derive(Clone, Copy)]
pub(crate) struct Sharing {
    /// Element-wise layers overwrite a dying operand.
    pub in_place: bool,
    /// Of several, they overwrite the one in the newest memory, not the oldest.
    pub over_newest: bool,
    /// Operands of a concatenation along the first axis are computed in its memory.
    pub joins: bool,
    /// Layers with windows trail a dying operand, in part of its memory.
    pub trails: bool,
    /// They do where more elements than these would be in use otherwise.
    pub above: u64,
    /// The first node with memory of a plan, which exists before the first step: those before it run by rows.
    pub from: u16,
}

impl Sharing {
    /// Every output has memory of its own.
    pub const APART: Sharing =
        Sharing { in_place: false, over_newest: false, joins: false, trails: false, above: 0, from: 0 };

    /// Memory is shared in every way.
    pub const TRAILING: Sharing =
        Sharing { in_place: true, over_newest: false, joins: true, trails: true, above: 0, from: 0 };

    /// The same, with operands of concatenations computed in place or copied.
    pub const fn with_joins(mut self, joins: bool) -> Self {
        self.joins = joins;
        self
    }
}

/// A piece of memory, and the times `first..=last` at which it is in use.
#[derive(Clone, Copy)]
pub(crate) struct Buffer {
    pub elements: u64,
    pub first: u16,
    pub last: u16,
    /// The later buffer whose memory it shares, wholly or in part.
    pub heir: u16,
    /// Where it starts, in elements after the start of its heir.
    pub shift: i64,
    /// Whether it is a part of its heir's tensor rather than overwritten by it.
    pub joined: bool,
    /// The last time at which one of its parts is read.
    pub held: u16,
    /// The last time until which all of it is in use, as a whole or in parts.
    pub whole: u16,
    /// The last concatenation that examined it.
    pub seen_by: u16,
    /// The elements copied into it, if it is a concatenation.
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

/// The memory of every tensor, and of layers' scratch.
pub(crate) struct Buffers {
    pub len: usize,
    pub buffers: [Buffer; MAX_NODES],
    /// The buffer of each node that owns its memory.
    pub of_root: [u16; MAX_NODES],
    /// Whether any buffer is a part of another, and whether any trails another.
    pub joining: bool,
    pub trailing: bool,
    /// Whether any layer can overwrite one of several operands.
    pub choosing: bool,
    /// The elements of all buffers.
    total: u64,
    /// For each buffer, the outermost known one that it is a part of, and its offset there.
    pub around: [u16; MAX_NODES],
    pub at: [u64; MAX_NODES],
    /// How far those that lie at fixed distances from a buffer reach before its start.
    pub before: [u64; MAX_NODES],
}

impl Buffers {
    /// One buffer for each tensor with memory of its own, and for each chain of equally large tensors that overwrite an
    /// operand that is not read afterwards.
    pub const fn new(graph: &Graph, live: &Liveness, sharing: Sharing) -> Self {
        let mut all = Buffers {
            len: 0,
            buffers: [Buffer::EMPTY; MAX_NODES],
            of_root: [0; MAX_NODES],
            joining: false,
            trailing: false,
            choosing: false,
            total: 0,
            around: [0; MAX_NODES],
            at: [0; MAX_NODES],
            before: [0; MAX_NODES],
        };
        // In another order than that of the declaration, nothing runs by rows.
        let from = sharing.from as usize;
        let mut time = from;
        while time < graph.len() {
            let node = live.schedule.nodes[time] as usize;
            if live.root[node] as usize == node {
                // What is kept takes none of this memory: an empty buffer, for a step.
                let last = if live.is_kept(node) { time as u16 } else { live.last_use[node] };
                match if sharing.in_place && time > from {
                    all.dying_operand(graph, live, node, sharing.over_newest)
                } else {
                    None
                } {
                    Some(buffer) => {
                        all.of_root[node] = buffer as u16;
                        let buffer = &mut all.buffers[buffer];
                        (buffer.last, buffer.held, buffer.whole) = (last, 0, last);
                    }
                    None => {
                        let storage = if live.irregular && time > from { graph.storage(node) } else { Storage::OWN };
                        // Inputs exist before the first step.
                        let first = if time < graph.input_count || time == from { 0 } else { time as u16 };
                        let buffer = all.push(live.size[node], first, last);
                        all.of_root[node] = buffer;
                        // Its scratch is the next buffer, where `Plan::scratch` expects it.
                        if storage.scratch > 0 {
                            all.push(storage.scratch, first, first);
                        }
                        if sharing.joins && time > from && matches!(live.shares[node], Shares::Joined) {
                            all.join(graph, live, node);
                        }
                    }
                }
            }
            time += 1;
        }
        if sharing.trails {
            all.trail(graph, live, sharing);
        }
        all
    }

    /// Whether no buffers share memory.
    pub const fn is_simple(&self) -> bool {
        !self.joining && !self.trailing
    }

    const fn push(&mut self, elements: u64, first: u16, last: u16) -> u16 {
        if self.len == MAX_NODES {
            panic!("a network has at most 2,048 layers, the scratch of layers among them");
        }
        // All of them together fit in a u64, and so does any sum of some.
        self.total = add(self.total, elements);
        self.buffers[self.len] = Buffer { elements, first, last, whole: last, moved: elements, ..Buffer::EMPTY };
        self.around[self.len] = self.len as u16;
        self.len += 1;
        self.len as u16 - 1
    }

    /// The elements live at each time.
    pub const fn live(&self, steps: usize) -> Live {
        let mut born = [0; MAX_NODES];
        let mut dead = [0; MAX_NODES + 1];
        let mut i = 0;
        while i < self.len {
            let Buffer { elements, first, last, heir, shift, joined, .. } = self.buffers[i];
            if heir != NONE && !joined {
                // At this time both are live, and share memory.
                let other = self.buffers[heir as usize].elements;
                let (before, after) = reach(shift, (0, elements), other);
                let both = before + after;
                dead[last as usize] += elements + other - both;
                if (last as usize) < MAX_NODES {
                    born[last as usize + 1] += elements + other - both;
                }
            }
            // The buffer it is a part of counts instead.
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
}

/// How far an heir of so many elements, and what reaches that far before and after the start of another buffer, which is
/// shifted against it, reach before and after the heir's own start.
pub(super) const fn reach(shift: i64, (before, after): (u64, u64), heir: u64) -> (u64, u64) {
    let (start, end) = (shift - before as i64, shift + after as i64);
    (if start < 0 { start.unsigned_abs() } else { 0 }, if end > heir as i64 { end as u64 } else { heir })
}

impl Live {
    /// With what is kept from one run to the next.
    pub const fn with(mut self, kept: u64, steps: usize) -> Self {
        let mut step = 0;
        while kept > 0 && step < steps {
            self.at[step] = add(self.at[step], kept);
            step += 1;
        }
        self.peak = add(self.peak, kept);
        self
    }
}

/// The elements live at each time, and the most at any time.
pub(crate) struct Live {
    pub at: [u64; MAX_NODES],
    pub peak: u64,
    /// The first time at which the peak is reached.
    pub step: usize,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::shape::Shape;
    use crate::deploy::deployed::Deployed;
    use crate::graph::settings::Settings;
    use crate::graph::tensor::{Builder, Tensor, Tensors};
    use crate::layers::pool::avg_pool::AvgPool2d;
    use crate::layers::pool::max_pool::MaxPool2d;
    use crate::layers::rearrange::concat::Concat;
    use crate::layers::rearrange::slice::Chunk;
    use crate::memory::plan::Plan;
    use crate::testing::testing::{Array, Box, Vec, run, vec, with_room};

    /// A layer of a random network: its operation, and the tensors it may take.
    type Choice = (u8, [usize; 4]);

    const INPUTS: [[usize; 3]; 2] = [[2, 6, 5], [4, 3, 3]];

    /// Layers on earlier tensors, as far as their shapes fit; the last two and any other one are outputs.
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

    fn deployed(settings: Settings, choices: &[Choice]) -> Box<Deployed> {
        let mut network = Box::new(Deployed::new(settings));
        let builder = Builder::new(network.graph_mut(), "test");
        let inputs = INPUTS.map(|shape| builder.input("x", Shape::new(&shape)));
        for output in declare(&inputs, choices) {
            builder.output(output, output.shape());
        }
        builder.finish();
        network.deploy();
        network
    }

    fn any_network() -> impl Strategy<Value = Vec<Choice>> {
        prop::collection::vec((0u8..13, prop::array::uniform4(0usize..20)), 2..24)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        /// Sharing memory does not change a bit of the results.
        #[test]
        fn sharing_changes_no_result(choices in any_network()) {
            run(&INPUTS.map(|shape| Array::numbers(&shape)), |_, inputs| declare(inputs, &choices));
        }

        /// More sharing never makes more memory live at a step, and no plan takes less than what is live.
        #[test]
        fn sharing_never_takes_more(choices in any_network()) {
            with_room(|| {
                let Deployed { graph, live: lives, .. } = &*deployed(Settings::new().fuse(), &choices);
                let live = |sharing| Buffers::new(graph, lives, sharing).live(graph.len());
                let is_below = |a: &Live, b: &Live| a.at.iter().zip(&b.at).all(|(a, b)| a <= b);
                let trailing = live(Sharing::TRAILING);
                let in_place = live(Sharing { trails: false, ..Sharing::TRAILING });
                assert!(is_below(&trailing, &in_place) && is_below(&in_place, &live(Sharing::APART)));
                let len = |sharing| Plan::new(graph, lives, sharing).len;
                let newest = live(Sharing { over_newest: true, ..Sharing::TRAILING });
                assert!(len(Sharing::TRAILING) >= trailing.peak.min(newest.peak));
                let copying = Sharing::TRAILING.with_joins(false);
                assert!(is_below(&in_place, &live(Sharing { trails: false, ..copying })));
            });
        }
    }
}
