//! The steps of a session.

use std::boxed::Box;

use crate::run::error::RunError;
use crate::session::isa::Isa;
use crate::session::memory::Memory;

/// The result of a step.
pub(crate) type Ran = Result<(), RunError>;

/// What a step does.
pub(crate) trait Kernel: Send + Sync {
    fn run(&self, isa: Isa, memory: &mut Memory) -> Ran;
}

/// A step of a session: a layer with those after it that are computed with it, or a change of layout before it.
pub(crate) struct Step {
    /// The number of the first of them.
    pub layer: usize,
    pub kernel: Box<dyn Kernel>,
}
