//! What a run returns.

use core::fmt;
use core::ops::Deref;

use crate::graph::graph::MAX_PORTS;
use crate::program::views::View;

/// The outputs of a run, in the arena. Derefs to the first one.
#[derive(Clone, Copy)]
pub struct Outputs<'a> {
    arena: &'a [f32],
    views: &'a [View; MAX_PORTS],
}

impl<'a> Outputs<'a> {
    pub(crate) fn new(arena: &'a [f32], views: &'a [View; MAX_PORTS]) -> Self {
        Outputs { arena, views }
    }

    /// The output with this index, if there is one.
    pub fn get(&self, index: usize) -> Option<&'a [f32]> {
        let View { offset, len } = *self.views.get(index)?;
        let output = self.arena.get(offset..)?.get(..len)?;
        if output.is_empty() { None } else { Some(output) }
    }
}

impl Deref for Outputs<'_> {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        self.get(0).unwrap_or(&[])
    }
}

impl fmt::Debug for Outputs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries((0..MAX_PORTS).map_while(|index| self.get(index))).finish()
    }
}
