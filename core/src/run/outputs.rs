//! What a run returns.

use core::fmt;
use core::ops::Deref;

use crate::graph::graph::MAX_PORTS;
use crate::program::views::View;

/// The outputs of a run, in the arena. Derefs to the first one.
#[derive(Clone, Copy)]
pub struct Outputs<'a, T = f32> {
    arena: &'a [T],
    views: &'a [View; MAX_PORTS],
}

impl<'a, T> Outputs<'a, T> {
    pub(crate) fn new(arena: &'a [T], views: &'a [View; MAX_PORTS]) -> Self {
        Outputs { arena, views }
    }

    /// The output with this index, if there is one.
    pub fn get(&self, index: usize) -> Option<&'a [T]> {
        let View { offset, len } = *self.views.get(index)?;
        let output = self.arena.get(offset..)?.get(..len)?;
        if output.is_empty() { None } else { Some(output) }
    }
}

impl<T> Deref for Outputs<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.get(0).unwrap_or(&[])
    }
}

impl<T: fmt::Debug> fmt::Debug for Outputs<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries((0..MAX_PORTS).map_while(|index| self.get(index))).finish()
    }
}
