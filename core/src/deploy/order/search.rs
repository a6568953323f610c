//! The search for an order of a part of a network.

use crate::deploy::order::units::{MAX_OPERANDS, Units};
use crate::graph::graph::{Graph, MAX_NODES, NONE};
use crate::layers::list::Op;
use crate::memory::liveness::{Liveness, Shares};
use crate::memory::schedule::Schedule;

/// The most units that are compared, so that time is near-linear.
const MOST_READY: usize = 8;

/// How much more is in use, at most and in the end.
#[derive(Clone, Copy)]
struct Growth {
    most: i64,
    left: i64,
}

/// A search for an order of a part.
pub(super) struct Search<'a> {
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
    pub const fn new(graph: &'a Graph, live: &'a Liveness) -> Self {
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
    pub const fn order(&mut self, from: usize, to: usize, [shared, beside]: &mut [Schedule; 2]) {
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
