//! What layers that move elements, and do nothing else, have in common.

/// A layer that does no arithmetic and learns nothing, and what other tools count for it nevertheless.
macro_rules! moves {
    ($Layer:ident, |$io:pat_param| $row:expr) => {
        impl $Layer {
            pub(crate) const fn work(&self, _: $crate::graph::io::Io<'_>) -> $crate::op::work::Work {
                $crate::op::work::Work::NONE
            }

            pub(crate) const fn state(&self, _: $crate::graph::io::Io<'_>) -> $crate::op::state::State {
                $crate::op::state::State::NONE
            }

            pub(crate) const fn conventions(&self, $io: $crate::graph::io::Io<'_>) -> $crate::op::row::Row {
                $row
            }
        }
    };
}
pub(crate) use moves;

/// A layer whose output is its operand's memory under another shape.
macro_rules! views {
    ($Layer:ident, |$io:pat_param| $row:expr) => {
        $crate::layers::moves::moves!($Layer, |$io| $row);

        impl $Layer {
            pub(crate) const fn storage(&self, _: $crate::graph::io::Io<'_>) -> $crate::op::storage::Storage<'_> {
                $crate::op::storage::Storage::view(0)
            }

            pub(crate) const fn encode(
                &self,
                _: $crate::graph::io::Io<'_>,
                words: $crate::op::words::Words,
            ) -> $crate::op::words::Words {
                words
            }

            pub(crate) fn kernel<M: $crate::kernel::machine::Machine>(
                _: &mut M,
                _: $crate::kernel::step::Step<'_, '_>,
            ) -> $crate::kernel::step::Ran {
                Some(())
            }
        }
    };
}
pub(crate) use views;
