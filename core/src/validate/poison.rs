//! What a validation fills the memory around live tensors with, and how it detects that one was overwritten.

use core::cell::Cell;

use crate::program::places::Place;

/// Words after the arena that no layer may write.
pub(crate) struct Guards<'a> {
    cells: &'a [Cell<f32>],
    saved: [f32; Guards::COUNT],
}

impl<'a> Guards<'a> {
    const COUNT: usize = 8;
    const PATTERN: u32 = 0xA5A5_A5A5;

    /// Takes the first words after the arena, if there are any.
    pub fn set(after: &'a [Cell<f32>]) -> Self {
        let cells = after.get(..Self::COUNT).unwrap_or(after);
        let mut saved = [0.0; Self::COUNT];
        for (cell, saved) in cells.iter().zip(&mut saved) {
            *saved = cell.replace(f32::from_bits(Self::PATTERN));
        }
        Guards { cells, saved }
    }

    pub fn are_whole(&self) -> bool {
        self.cells.iter().all(|cell| cell.get().to_bits() == Self::PATTERN)
    }

    /// Restores the previous values.
    pub fn lift(&self) {
        for (cell, &saved) in self.cells.iter().zip(&self.saved) {
            cell.set(saved);
        }
    }
}

/// The tensors live at a time, except what is made then.
#[derive(Clone, Copy)]
pub(crate) struct Tenants<'a> {
    pub arena: &'a [Cell<f32>],
    pub places: &'a [Place],
    pub time: u16,
}

impl<'a> Tenants<'a> {
    fn places(self) -> impl Iterator<Item = &'a Place> {
        let is_alive = move |place: &&Place| {
            place.from < place.to && (place.made < self.time || place.kept) && place.last >= self.time
        };
        self.places.iter().filter(is_alive)
    }

    /// Digests of the tensors that are read later, and of those that are read last at this time.
    pub fn digests(self) -> (u64, u64) {
        let (mut kept, mut read) = (FIRST, FIRST);
        for place in self.places() {
            let cells = self.arena.get(place.from as usize..place.to as usize).unwrap_or(&[]);
            let of = if place.last > self.time { &mut kept } else { &mut read };
            *of = digest(*of, cells);
        }
        (kept, read)
    }

    /// Fills all memory that none of them occupies.
    pub fn poison_rest(self, poison: f32) {
        let mut at = 0;
        while at < self.arena.len() {
            // The lowest of the tensors that reach further.
            let next = self.places().filter(|place| place.to as usize > at).min_by_key(|place| place.from);
            let (from, to) =
                next.map_or((self.arena.len(), self.arena.len()), |place| (place.from as usize, place.to as usize));
            for cell in self.arena.get(at..from).unwrap_or(&[]) {
                cell.set(poison);
            }
            at = to;
        }
    }
}

pub(crate) const FIRST: u64 = 0xCBF2_9CE4_8422_2325;

/// Extends a digest: Fowler, Noll and Vo's hash FNV-1a, one number at a time.
pub(crate) fn digest(digest: u64, cells: &[Cell<f32>]) -> u64 {
    cells.iter().fold(digest, |digest, cell| (digest ^ cell.get().to_bits() as u64).wrapping_mul(0x100_0000_01B3))
}
