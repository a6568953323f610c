//! Where a network is cut into segments: the cuts for which the arena is smallest, by the least arena for each place of a
//! map at one.
//!
//! A map lies at the start of the arena, or towards its end. The next one lies over it, where rows are written after what
//! they overwrite was read, or at the other end.

use crate::base::math::add;
use crate::stream::rows::{MAX_LAYERS, NONE, Rows};

/// The most layers of a segment that does not begin with the input.
const LONGEST: usize = 128;

/// The best way to a map at one place.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    /// The bytes that it takes.
    pub bytes: u64,
    /// Those after the map, up to the end of the arena.
    pub after: u64,
    /// How many segments it has.
    pub count: u16,
    /// The tensor that the last of them reads, and whether its map lies towards the end; `NONE` if it is fed.
    pub from: u16,
    pub from_end: bool,
}

impl Way {
    const NONE: Way = Way { bytes: u64::MAX, after: 0, count: 0, from: NONE, from_end: false };

    const fn is_better(&self, other: &Way) -> bool {
        self.bytes < other.bytes
            || self.bytes == other.bytes
                && (self.after < other.after || self.after == other.after && self.count < other.count)
    }
}

/// The best ways to each tensor.
pub(crate) struct Cuts {
    pub at_start: [Way; MAX_LAYERS + 1],
    pub at_end: [Way; MAX_LAYERS + 1],
}

impl Cuts {
    /// The best ways to all cuts, of those that take less than so many bytes.
    pub const fn new(rows: &Rows, most: u64) -> Self {
        let mut cuts = Cuts { at_start: [Way::NONE; MAX_LAYERS + 1], at_end: [Way::NONE; MAX_LAYERS + 1] };
        cuts.input(rows);
        cuts.from(rows, NONE as usize, most);
        let mut from = 0;
        while from < rows.len {
            if rows.tensors[from].is_cut && cuts.is_reached(from) {
                cuts.from(rows, from, most);
            }
            from += 1;
        }
        cuts
    }

    /// Whether there is a way to a tensor.
    const fn is_reached(&self, tensor: usize) -> bool {
        self.at_start[tensor].bytes < u64::MAX || self.at_end[tensor].bytes < u64::MAX
    }

    /// Whether a way of at least so many bytes may be better than those to a tensor. Of as many, the first that is found
    /// has long segments, but may leave more after it.
    const fn may_be_better(&self, to: usize, bytes: u64) -> bool {
        let end = &self.at_end[to];
        bytes < self.at_start[to].bytes || bytes < end.bytes || bytes == end.bytes && end.after > 0
    }

    /// The input as a map.
    const fn input(&mut self, rows: &Rows) {
        let way = Way { bytes: map(rows, 0), count: 1, ..Way::NONE };
        (self.at_start[0], self.at_end[0]) = (way, way);
    }

    /// Tries all segments that begin with a map, or with the input as it is fed.
    const fn from(&mut self, rows: &Rows, from: usize, most: u64) {
        let is_fed = from == NONE as usize;
        let (first, read) = if is_fed { (0, 0) } else { (from, map(rows, from)) };
        // The memory of the rows that pass through, and the most that layers share.
        let mut own = if is_fed { rows.tensors[0].ring() } else { 0 };
        // Those up to its map are needed in any case.
        let before = match is_fed {
            true => 0,
            false if self.at_start[from].bytes < self.at_end[from].bytes => self.at_start[from].bytes,
            false => self.at_end[from].bytes,
        };
        let (mut shared, mut layer) = (0, first);
        while layer < rows.len && layer - first < if is_fed { MAX_LAYERS } else { LONGEST } {
            let to = layer + 1;
            if rows.tensors[to].is_cut {
                let last = rows.shared(layer, from, to);
                let passing = own + rows.layers[layer].sums + if last > shared { last } else { shared };
                let written = map(rows, to);
                let least = passing + if read > written { read } else { written };
                if least < most && self.may_be_better(to, if least > before { least } else { before }) {
                    if is_fed {
                        let way = Way { bytes: passing + written, count: 1, ..Way::NONE };
                        self.offer(to, [way; 2]);
                    } else {
                        self.extend(rows, from, to, passing);
                    }
                }
            }
            let bytes = rows.shared(layer, from, NONE as usize);
            shared = if bytes > shared { bytes } else { shared };
            own = add(own, rows.tensors[to].ring() + rows.layers[layer].sums);
            if own + read >= most {
                return;
            }
            layer = to;
        }
    }

    /// Tries a segment from one map to another, with so many bytes for the rows that pass through.
    const fn extend(&mut self, rows: &Rows, from: usize, to: usize, passing: u64) {
        let (read, written) = (map(rows, from), map(rows, to));
        let lag = rows.lag(from, to).next_multiple_of(4);
        let (start, end) = (self.at_start[from], self.at_end[from]);
        if start.bytes < u64::MAX {
            let way = Way { from: from as u16, from_end: false, count: start.count + 1, ..Way::NONE };
            if lag == 0 {
                let bytes = passing + if read > written { read } else { written };
                self.offer(to, [Way { bytes: most(bytes, start.bytes), ..way }, Way::NONE]);
            }
            self.offer(to, [Way::NONE, Way { bytes: most(passing + read + written, start.bytes), ..way }]);
        }
        if end.bytes < u64::MAX {
            let way = Way { from: from as u16, from_end: true, count: end.count + 1, ..Way::NONE };
            let bytes = passing + end.after + read + written;
            self.offer(to, [Way { bytes: most(bytes, end.bytes), ..way }, Way::NONE]);
            let lag = lag_at_end(lag, read, written, end.after);
            let bytes = passing + end.after + read + lag;
            let after = end.after + read + lag - written;
            self.offer(to, [Way::NONE, Way { bytes: most(bytes, end.bytes), after, ..way }]);
        }
    }

    /// Takes ways to a tensor, at the start of the arena and at its end, if they are better than those that are known.
    const fn offer(&mut self, to: usize, [start, end]: [Way; 2]) {
        if start.is_better(&self.at_start[to]) {
            self.at_start[to] = start;
        }
        if end.is_better(&self.at_end[to]) {
            self.at_end[to] = end;
        }
    }
}

/// How far before a map towards the end of the arena the next one starts that lies over it, and ends in the arena.
pub(crate) const fn lag_at_end(lag: u64, read: u64, written: u64, after: u64) -> u64 {
    most(lag, written.saturating_sub(read + after))
}

/// The bytes of a map, in whole words.
pub(crate) const fn map(rows: &Rows, tensor: usize) -> u64 {
    rows.tensors[tensor].map().next_multiple_of(4)
}

const fn most(a: u64, b: u64) -> u64 {
    if a > b { a } else { b }
}
