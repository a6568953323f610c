//! Groups of buffers that lie at fixed distances from each other.

use crate::graph::graph::MAX_NODES;
use crate::memory::buffers::{Buffer, Buffers, NONE};

/// Which buffers lie at fixed distances from each other. A group has the number of its last buffer.
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
    /// The elements of the largest group, which no plan is less than.
    pub const fn widest(&self, buffers: usize) -> u64 {
        let (mut widest, mut group) = (0, 0);
        while group < buffers {
            if self.extent[group] > widest {
                widest = self.extent[group];
            }
            group += 1;
        }
        widest
    }

    /// The buffer of a group that follows another; the first is the group's own.
    pub const fn next(&self, buffer: usize) -> Option<usize> {
        match self.next[buffer] {
            NONE => None,
            next => Some(next as usize),
        }
    }
}

impl Buffers {
    /// Groups of buffers at fixed distances from each other.
    pub const fn groups(&self) -> Groups {
        let mut groups =
            Groups { of: [0; MAX_NODES], at: [0; MAX_NODES], next: [NONE; MAX_NODES], extent: [0; MAX_NODES] };
        // An heir has a higher number.
        let mut buffer = self.len;
        while buffer > 0 {
            buffer -= 1;
            let Buffer { elements, heir, shift, .. } = self.buffers[buffer];
            let mut group = buffer;
            let mut at = self.before[buffer];
            if heir != NONE {
                group = groups.of[heir as usize] as usize;
                at = groups.at[heir as usize].wrapping_add_signed(shift);
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
