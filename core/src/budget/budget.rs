//! The budget of a declared network, as the macros check it.

use core::slice;

use crate::budget::check::Numbers;
use crate::budget::message;
use crate::cost::memory::Memory;
use crate::cost::quantities::own::Number;
use crate::declared::Declared;
use crate::quantity::limit::Limit;
use crate::tables::Tables;
use crate::tools::tally::Tally;

/// The first limit that a network breaks; `usize::MAX` if it keeps all of them.
pub const fn first_broken<N: Declared>(limits: &[Limit]) -> usize {
    numbers::<N>(limits).first_broken(limits)
}

/// Whether a network keeps a limit, but uses `percent` of it or more.
pub const fn near<N: Declared>(limits: &[Limit], index: usize, percent: u64) -> bool {
    numbers::<N>(slice::from_ref(&limits[index])).near(&limits[index], percent)
}

/// Fails the compilation, naming each limit that a network breaks, by how much, and the heaviest layers.
#[track_caller]
pub const fn exceeded<N: Declared>(limits: &[Limit]) -> ! {
    message::exceeded(limits, &numbers::<N>(limits)).fail()
}

/// What a network uses of a limit.
pub(crate) const fn used<N: Declared>(limit: &Limit) -> u64 {
    numbers::<N>(slice::from_ref(limit)).used(limit)
}

/// The numbers that some limits ask for. Each is named in a function of its own, because the constants that a function
/// names are evaluated whenever it is called.
const fn numbers<N: Declared>(limits: &[Limit]) -> Numbers<'static> {
    const fn arena<N: Declared>() -> u64 {
        Tables::<N>::ARENA_BYTES
    }
    const fn peak<N: Declared>() -> u64 {
        Tables::<N>::PEAK_LIVE_BYTES
    }
    const fn peak_in_place<N: Declared>() -> u64 {
        Tables::<N>::PEAK_LIVE_IN_PLACE_BYTES
    }
    const fn tally<N: Declared>() -> Tally {
        Tables::<N>::TALLY
    }
    let mut numbers = Numbers { network: N::GRAPH, memory: Memory::NONE, tally: Tally::NONE };
    let mut i = 0;
    while i < limits.len() {
        let Limit { quantity, per_layer, .. } = &limits[i];
        if quantity.tool().is_some() {
            numbers.tally = tally::<N>();
        } else if *per_layer {
        } else if quantity.is(Number::ram) {
            numbers.memory.arena_bytes = arena::<N>();
        } else if quantity.is(Number::peak_live) {
            numbers.memory.peak_live_bytes = peak::<N>();
        } else if quantity.is(Number::peak_live_in_place) {
            numbers.memory.peak_live_in_place_bytes = peak_in_place::<N>();
        }
        i += 1;
    }
    numbers
}
