//! The plan of a network that runs row by row: its segments, and where maps, rows and scratch lie.

use crate::base::dtype::DataType;
use crate::deploy::deployed::Deployed;
use crate::graph::settings::Settings;
use crate::memory::buffers::{Buffers, Live, Sharing};
use crate::memory::plan::Plan;
use crate::op::axis::Axis;
use crate::stream::cuts::{Cuts, Way, map};
use crate::stream::rows::{MAX_LAYERS, NONE, Rows};

/// The most cuts for which the rest of the network is planned.
const MOST_TRIES: usize = 4;

/// Layers that run row by row, from one tensor to another. All but the first begin with a whole map.
#[derive(Clone, Copy)]
pub(crate) struct Segment {
    pub from: u16,
    pub to: u16,
}

/// Where the rows of a tensor lie.
#[derive(Clone, Copy)]
pub(crate) struct Ring {
    /// Where its oldest row lies, and how long a row is.
    pub start: u32,
    pub row: u32,
    pub height: u16,
    /// The rows that lie one after the other from there on: all of a map.
    pub slots: u16,
    /// Where its newest row lies if these are taken.
    pub newest: u32,
    pub is_map: bool,
    /// The first and the last layer that read it in its segment; `NONE` if none does.
    pub first: u16,
    pub last: u16,
}

/// What a layer does with rows.
#[derive(Clone, Copy)]
pub(crate) struct Pass {
    /// The tensors that it reads, and their number.
    pub inputs: [u16; 2],
    pub input_count: u16,
    pub axis: Axis,
    /// Where its scratch lies.
    pub scratch: u32,
    /// Whether it adds up all rows as they come, and where.
    pub is_sum: bool,
    pub sums: u32,
}

/// The plan of a network that runs row by row.
pub(crate) struct Stream {
    pub segments: [Segment; MAX_LAYERS + 1],
    pub segment_count: usize,
    /// The last node of each segment, and the bytes of its maps, rows and scratch.
    uses: [(u16, u64); MAX_LAYERS + 1],
    pub rings: [Ring; MAX_LAYERS + 1],
    pub passes: [Pass; MAX_LAYERS],
    /// The layers that run by rows, and the node whose map the others begin with.
    pub len: usize,
    pub end: usize,
    /// The plan of the others; its length is that of the whole arena.
    pub plan: Plan,
}

impl Stream {
    /// Finds the plan.
    pub const fn new(deployed: &Deployed) -> Self {
        let rows = Rows::new(deployed);
        let in_use = deployed.in_use(true);
        let cuts = Cuts::new(&rows, in_use.peak);
        // What each cut takes at least, with what the layers after it need.
        let mut bounds = [u64::MAX; MAX_LAYERS + 1];
        let (mut rest, mut node, mut least) = (0, deployed.len(), u64::MAX);
        let mut tensor = rows.len + 1;
        while tensor > 0 {
            tensor -= 1;
            while node > rows.node(tensor) + 1 {
                node -= 1;
                rest = longer(in_use.at[node], rest);
            }
            let (start, end) = (cuts.at_start[tensor].bytes, cuts.at_end[tensor].bytes);
            if rows.tensors[tensor].is_cut {
                bounds[tensor] = longer(if start < end { start } else { end }, rest);
                least = if bounds[tensor] < least { bounds[tensor] } else { least };
            }
        }
        // The earlier the cut, the less runs by rows.
        let mut best = Stream::whole(deployed, &rows);
        let (mut tries, mut tensor) = (0, 0);
        while tensor < rows.len && tries < MOST_TRIES && (tensor == 0 || best.plan.len > least) {
            tensor += 1;
            if bounds[tensor] <= least {
                best.or(deployed, &rows, &cuts, tensor);
                tries += 1;
            }
        }
        if tensor < rows.len && best.plan.len > least && bounds[rows.len] < best.plan.len {
            best.or(deployed, &rows, &cuts, rows.len);
        }
        best
    }

    /// The elements in use at each step: of a layer that runs by rows, those of its segment.
    pub const fn in_use(&self, deployed: &Deployed) -> Live {
        let sharing = Sharing { from: self.end as u16, ..deployed.sharing };
        let mut live = Buffers::new(&deployed.graph, &deployed.live, sharing).live(deployed.len());
        let (mut segment, mut node) = (0, 0);
        while segment < self.segment_count {
            let (last, bytes) = self.uses[segment];
            while node <= last as usize && self.len > 0 {
                live.at[node] = bytes;
                node += 1;
            }
            segment += 1;
        }
        live
    }

    /// The rows that are made before the rest of the network runs.
    const fn rows(&self) -> u64 {
        let (mut rows, mut tensor) = (0, 0);
        while tensor < self.len {
            tensor += 1;
            rows += self.rings[tensor].height as u64;
        }
        rows
    }

    /// The network layer by layer, with its input as a map.
    const fn whole(deployed: &Deployed, rows: &Rows) -> Self {
        let mut stream = Stream {
            segments: [Segment::NONE; MAX_LAYERS + 1],
            segment_count: 1,
            uses: [(0, 0); MAX_LAYERS + 1],
            rings: [Ring::NONE; MAX_LAYERS + 1],
            passes: [Pass::NONE; MAX_LAYERS],
            len: 0,
            end: 0,
            plan: deployed.plan(),
        };
        if deployed.graph.input_count > 0 {
            stream.rings[0] = Ring::map(rows, 0, stream.plan.offset(&deployed.live, 0));
        }
        stream
    }

    /// The same with another end of what runs by rows, if that takes less.
    const fn or(&mut self, deployed: &Deployed, rows: &Rows, cuts: &Cuts, end: usize) {
        let from = rows.node(end);
        let plan = Plan::new(&deployed.graph, &deployed.live, Sharing { from: from as u16, ..deployed.sharing });
        let offset = plan.offset(&deployed.live, from);
        // Maps at the start leave as much room before them as the last has in the plan of the rest; those at the end, after
        // them.
        let before = offset.next_multiple_of(4);
        let after = (plan.len - offset).next_multiple_of(4);
        let way = &cuts.at_end[end];
        let ends = [
            Chain { bytes: 0, before, tensor: end, is_at_end: false },
            Chain { bytes: 0, before: 0, tensor: end, is_at_end: true },
        ];
        let mut i = 0;
        while i < ends.len() {
            let mut chain = ends[i];
            let is_possible = match chain.is_at_end {
                true => way.bytes < u64::MAX && way.after + map(rows, end) >= after,
                false => cuts.at_start[end].bytes < u64::MAX,
            };
            if is_possible {
                let rest = if chain.is_at_end { before + way.after + map(rows, end) } else { before + after };
                chain.bytes = longer(chain.bytes(rows, cuts), rest);
                if chain.bytes < self.plan.len {
                    (self.len, self.end, self.segment_count) = (end, from, 0);
                    self.plan = plan.after(chain.place(rows, cuts) - offset);
                    self.plan.len = chain.bytes;
                    self.place(deployed, rows, cuts, chain);
                }
            }
            i += 1;
        }
    }

    /// Places the segments that lead to a map.
    const fn place(&mut self, deployed: &Deployed, rows: &Rows, cuts: &Cuts, mut chain: Chain) {
        // From the last segment to the first.
        while chain.tensor != NONE as usize {
            let (from, to) = (chain.read(cuts).tensor, chain.tensor);
            let is_fed = from == NONE as usize;
            self.rings[to] = Ring::map(rows, to, chain.place(rows, cuts));
            let mut room = chain.room(rows, cuts);
            let (mut tensor, mut shared) = (if is_fed { 0 } else { from + 1 }, 0);
            while tensor < to {
                let start = room.take(rows.tensors[tensor].ring());
                self.rings[tensor] = Ring { start: start as u32, ..Ring::of(rows, tensor) };
                tensor += 1;
            }
            let first = if is_fed { 0 } else { from };
            let mut layer = first;
            while layer < to {
                let sums = rows.layers[layer].sums;
                if sums > 0 {
                    self.passes[layer].sums = room.take(sums) as u32;
                }
                shared = longer(shared, rows.shared(layer, from, to));
                layer += 1;
            }
            let start = room.after;
            self.share(rows, (from, to), (start, start + shared));
            self.segments[self.segment_count] = Segment { from: if is_fed { 0 } else { from as u16 }, to: to as u16 };
            let last = deployed.result(rows.node(to)) as u16;
            self.uses[self.segment_count] = (last, start + shared + chain.end(rows, cuts));
            self.segment_count += 1;
            chain = chain.read(cuts);
        }
        let (mut low, mut high) = (0, self.segment_count - 1);
        while low < high {
            (self.segments[low], self.segments[high]) = (self.segments[high], self.segments[low]);
            (self.uses[low], self.uses[high]) = (self.uses[high], self.uses[low]);
            (low, high) = (low + 1, high - 1);
        }
    }

    /// Places newest rows, in turn at both ends of the memory that all share, and scratch between them.
    const fn share(&mut self, rows: &Rows, (from, to): (usize, usize), (low, high): (u64, u64)) {
        let mut is_high = [false; MAX_LAYERS + 1];
        let mut layer = if from == NONE as usize { 0 } else { from };
        if layer == 0 {
            self.rings[0].newest = low as u32;
        }
        while layer < to {
            let of = &rows.layers[layer];
            let (mut scratch, mut is_after_high, mut input) = (low, true, 0);
            while input < of.input_count as usize {
                let tensor = of.inputs[input] as usize;
                if tensor != from && rows.tensors[tensor].shares {
                    is_after_high = is_high[tensor];
                    if !is_after_high {
                        scratch = low + rows.tensors[tensor].newest();
                    }
                }
                input += 1;
            }
            if layer + 1 < to {
                // At the end that no operand is at.
                let row = rows.tensors[layer + 1].newest();
                is_high[layer + 1] = !is_after_high;
                self.rings[layer + 1].newest = if is_after_high { low } else { high - row } as u32;
                if is_after_high {
                    scratch = low + row;
                }
            }
            let Pass { sums, .. } = self.passes[layer];
            self.passes[layer] = Pass {
                inputs: of.inputs,
                input_count: of.input_count,
                axis: of.axis,
                scratch: scratch as u32,
                is_sum: of.sums > 0,
                sums,
            };
            layer += 1;
        }
    }
}

/// The ways from the input to a map.
#[derive(Clone, Copy)]
struct Chain {
    /// The bytes of the arena, and those before maps at its start.
    bytes: u64,
    before: u64,
    tensor: usize,
    is_at_end: bool,
}

impl Chain {
    const fn way(&self, cuts: &Cuts) -> Way {
        if self.is_at_end { cuts.at_end[self.tensor] } else { cuts.at_start[self.tensor] }
    }

    /// The chain to the map that the last segment reads.
    const fn read(&self, cuts: &Cuts) -> Chain {
        let way = self.way(cuts);
        Chain { tensor: way.from as usize, is_at_end: way.from_end, ..*self }
    }

    /// Where its map lies.
    const fn place(&self, rows: &Rows, cuts: &Cuts) -> u64 {
        if self.is_at_end { self.bytes - self.way(cuts).after - map(rows, self.tensor) } else { self.before }
    }

    /// The room for rows beside the maps of the last segment, towards the start of the arena; and the bytes from the
    /// first map towards its end on.
    const fn room_and_end(&self, rows: &Rows, cuts: &Cuts) -> (Room, u64) {
        let (mut start, mut end) = (self.before, 0);
        let maps = [*self, self.read(cuts)];
        let mut i = 0;
        while i < maps.len() {
            let of = &maps[i];
            if of.tensor != NONE as usize {
                if of.is_at_end {
                    end = longer(end, of.way(cuts).after + map(rows, of.tensor));
                } else {
                    start = longer(start, self.before + map(rows, of.tensor));
                }
            }
            i += 1;
        }
        (Room { before: 0, until: self.before, after: start }, end)
    }

    const fn room(&self, rows: &Rows, cuts: &Cuts) -> Room {
        self.room_and_end(rows, cuts).0
    }

    const fn end(&self, rows: &Rows, cuts: &Cuts) -> u64 {
        self.room_and_end(rows, cuts).1
    }

    /// The bytes of the arena that all segments need.
    const fn bytes(mut self, rows: &Rows, cuts: &Cuts) -> u64 {
        let mut bytes = 0;
        while self.tensor != NONE as usize {
            let (from, to) = (self.read(cuts).tensor, self.tensor);
            let is_fed = from == NONE as usize;
            let (mut room, end) = self.room_and_end(rows, cuts);
            let (mut tensor, mut shared) = (if is_fed { 0 } else { from + 1 }, 0);
            while tensor < to {
                room.take(rows.tensors[tensor].ring());
                tensor += 1;
            }
            let mut layer = if is_fed { 0 } else { from };
            while layer < to {
                room.take(rows.layers[layer].sums);
                shared = longer(shared, rows.shared(layer, from, to));
                layer += 1;
            }
            bytes = longer(bytes, room.after + shared + end);
            self = self.read(cuts);
        }
        bytes
    }
}

/// Memory on both sides of the maps at the start of the arena.
struct Room {
    before: u64,
    until: u64,
    after: u64,
}

impl Room {
    /// Takes so many bytes, before the maps if there is room. What all share comes after all of these.
    const fn take(&mut self, bytes: u64) -> u64 {
        let at = if self.before + bytes <= self.until { &mut self.before } else { &mut self.after };
        *at += bytes;
        *at - bytes
    }
}

/// A network that runs by rows and layer by layer.
#[derive(Clone, Copy)]
pub(crate) struct ByRows {
    /// Whether it is declared to run by rows.
    pub is_run: bool,
    /// The bytes of the arena if it was not or, else, if it was; and how many rows that makes.
    pub bytes: u64,
    pub rows: u64,
}

impl ByRows {
    /// What the other kind of run takes, if there is one: if rows pass through its first layers, and that takes less.
    pub const fn of(deployed: &Deployed) -> Option<Self> {
        let settings = deployed.graph.settings;
        let Settings { stream: is_run, dtype, .. } = settings;
        if !matches!(dtype, DataType::I8) || deployed.graph.stub {
            return None;
        }
        if is_run {
            let bytes = match deployed.live.branches {
                true => deployed.with(Settings { stream: false, ..settings }).plan().len,
                false => deployed.plan().len,
            };
            return Some(ByRows { is_run, bytes, rows: 0 });
        }
        let stream = match deployed.live.schedule.differs {
            // Rows pass through layers as they are declared.
            true => Stream::new(&deployed.with(Settings { declared_order: true, ..settings })),
            false => Stream::new(deployed),
        };
        if stream.len == 0 {
            return None;
        }
        Some(ByRows { is_run, bytes: stream.plan.len, rows: stream.rows() })
    }
}

impl Segment {
    pub const NONE: Segment = Segment { from: 0, to: 0 };
}

impl Ring {
    pub const NONE: Ring =
        Ring { start: 0, row: 0, height: 0, slots: 0, newest: 0, is_map: false, first: NONE, last: NONE };

    /// Whatever its place.
    const fn of(rows: &Rows, tensor: usize) -> Self {
        let of = &rows.tensors[tensor];
        Ring {
            row: of.row as u32,
            height: of.height as u16,
            slots: of.slots as u16,
            first: of.first,
            last: of.last,
            ..Ring::NONE
        }
    }

    /// All rows, from a place on.
    const fn map(rows: &Rows, tensor: usize, start: u64) -> Self {
        let height = rows.tensors[tensor].height as u16;
        Ring { start: start as u32, slots: height, is_map: true, ..Ring::of(rows, tensor) }
    }

    /// Where the row at a place lies.
    pub fn at(&self, place: u16) -> usize {
        self.start as usize + self.row as usize * place as usize
    }
}

impl Pass {
    pub const NONE: Pass =
        Pass { inputs: [0; 2], input_count: 0, axis: Axis::UNIT, scratch: 0, is_sum: false, sums: 0 };

    /// Whether it reads a tensor.
    pub fn reads(&self, tensor: usize) -> bool {
        self.inputs.iter().take(self.input_count as usize).any(|&input| input as usize == tensor)
    }
}

const fn longer(a: u64, b: u64) -> u64 {
    if a > b { a } else { b }
}
