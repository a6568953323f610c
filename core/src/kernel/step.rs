//! One step of a run: its words, and the memory it works on.

use core::cell::Cell;

use crate::kernel::custom::Customs;
use crate::kernel::machine::Machine;
use crate::kernel::refusal::Refusal;

/// `None` if a kernel finds its step malformed, or [refuses](Step::refuse) its input.
pub(crate) type Ran = Option<()>;

/// What a run passes on from step to step.
#[derive(Clone, Copy)]
pub(crate) struct Progress<'a> {
    /// The weights that no step has taken yet.
    pub weights: &'a [f32],
    /// Why the last step was not run, if its kernel says so.
    pub refusal: Option<Refusal>,
}

impl<'a> Progress<'a> {
    pub fn new(weights: &'a [f32]) -> Self {
        Progress { weights, refusal: None }
    }
}

/// One step of a program, with the memory it works on.
pub struct Step<'a, 's> {
    words: &'a [u32],
    arena: &'a [Cell<f32>],
    progress: &'s mut Progress<'a>,
    customs: Customs,
}

impl<'a, 's> Step<'a, 's> {
    pub(crate) fn new(
        words: &'a [u32],
        arena: &'a [Cell<f32>],
        progress: &'s mut Progress<'a>,
        customs: Customs,
    ) -> Self {
        Step { words, arena, progress, customs }
    }

    /// Ends the run, with a reason.
    pub(crate) fn refuse(self, refusal: Refusal) -> Ran {
        self.progress.refusal = Some(refusal);
        None
    }

    /// The custom kernels of the network.
    pub(crate) fn customs(&self) -> Customs {
        self.customs
    }

    /// The next words.
    #[inline(always)]
    pub(crate) fn words<const N: usize>(&mut self) -> Option<[u32; N]> {
        let (words, rest) = self.words.split_first_chunk::<N>()?;
        self.words = rest;
        Some(*words)
    }

    /// The last words: those of the layer itself, after the places of operands and scratch, which may be left out.
    #[inline(always)]
    pub(crate) fn last_words<const N: usize>(&mut self) -> Option<[u32; N]> {
        let (rest, words) = self.words.split_last_chunk::<N>()?;
        self.words = rest;
        Some(*words)
    }

    /// A tensor that may be left out, at the next word.
    #[inline(always)]
    pub(crate) fn optional<M: Machine>(&mut self, machine: &mut M, len: usize) -> Option<&'a [Cell<f32>]> {
        if len == 0 {
            return Some(&[]);
        }
        let [at] = self.words()?;
        self.view(machine, at, len)
    }

    /// The words that have not been read.
    #[inline(always)]
    pub(crate) fn rest(&self) -> &'a [u32] {
        self.words
    }

    /// A tensor in the arena.
    #[inline(always)]
    pub(crate) fn view<M: Machine>(&self, machine: &mut M, offset: u32, len: usize) -> Option<&'a [Cell<f32>]> {
        let view = self.arena.get(offset as usize..)?.get(..len)?;
        machine.touch(offset as usize + len);
        Some(view)
    }

    /// The next parameters.
    #[inline(always)]
    pub(crate) fn params<M: Machine>(&mut self, machine: &mut M, len: usize) -> Option<&'a [f32]> {
        let (params, rest) = self.progress.weights.split_at_checked(len)?;
        self.progress.weights = rest;
        machine.read(len);
        Some(params)
    }
}

/// A type whose numbers are words of a step, listed once for the layer that writes them and the kernel that reads them:
/// declared here, or, as `words!(Type: a, b)`, elsewhere.
macro_rules! words {
    ($(#[$doc:meta])* struct $Type:ident { $($(#[$of_word:meta])* $word:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) struct $Type {
            $($(#[$of_word])* pub $word: u32,)+
        }
        $crate::kernel::step::words!($Type: $($word),+);
    };
    ($Type:ident: $($word:ident),+ $(,)?) => {
        impl $Type {
            pub(crate) const fn encode(&self, words: $crate::op::words::Words) -> $crate::op::words::Words {
                words$(.push(self.$word))+
            }

            #[inline(always)]
            pub(crate) fn decode([$($word),+]: [u32; [$(stringify!($word)),+].len()]) -> Self {
                $Type { $($word),+ }
            }
        }
    };
}
pub(crate) use words;

/// Copies elements, up to the shorter length.
#[inline(always)]
pub(crate) fn copy(from: &[Cell<f32>], to: &[Cell<f32>]) {
    for (from, to) in from.iter().zip(to) {
        to.set(from.get());
    }
}

/// The rows of a matrix, without the panics of `chunks_exact`.
#[inline(always)]
pub(crate) const fn rows<T>(matrix: &[T], len: usize) -> Rows<'_, T> {
    Rows { rest: matrix, len }
}

/// See [`rows`].
#[derive(Clone)]
pub(crate) struct Rows<'a, T> {
    rest: &'a [T],
    len: usize,
}

impl<'a, T> Iterator for Rows<'a, T> {
    type Item = &'a [T];

    #[inline(always)]
    fn next(&mut self) -> Option<&'a [T]> {
        if self.rest.is_empty() {
            return None;
        }
        let (row, rest) = self.rest.split_at_checked(self.len)?;
        self.rest = rest;
        Some(row)
    }
}
