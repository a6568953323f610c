//! The kernels of a user's own layers.

use core::any::Any;
use core::cell::Cell;

use crate::kernel::counting::Counting;
use crate::kernel::machine::{Machine, Plain};

/// The operator of a custom layer.
///
/// Its arithmetic goes through the [`Machine`], so that a validation counts it and compares it with the census that the
/// layer states.
///
/// ```
/// use netcost_core::{Arguments, Kernel, Machine};
///
/// /// `x²`, element by element.
/// #[derive(Clone, Copy)]
/// struct Square;
///
/// impl Kernel for Square {
///     const NAME: &'static str = "square";
///
///     fn run<M: Machine>(machine: &mut M, arguments: Arguments<'_>) {
///         for (x, y) in arguments.input.iter().zip(arguments.output) {
///             y.set(machine.mul(x.get(), x.get()));
///         }
///     }
/// }
/// ```
///
/// In a declaration: `x.custom(Square, census = Census::ZERO.mul(x.elements() as u64))`.
pub trait Kernel: Copy + 'static {
    /// What the report calls the operator.
    const NAME: &'static str;

    /// Computes the output.
    fn run<M: Machine>(machine: &mut M, arguments: Arguments<'_>);
}

/// What a custom kernel computes on.
#[derive(Clone, Copy)]
pub struct Arguments<'a> {
    /// The input, which must not be written: another layer may read it too.
    pub input: &'a [Cell<f32>],
    /// The output, in memory separate from the input.
    pub output: &'a [Cell<f32>],
    /// The layer's parameters.
    pub params: &'a [f32],
    /// Memory for the kernel's own use, of the size that the layer states. Its contents are arbitrary.
    pub scratch: &'a [Cell<f32>],
}

/// A custom kernel on one of the machines.
pub(crate) type Run<M> = for<'a> fn(&mut M, Arguments<'a>);

/// The custom kernels of a network in the order of its layers, on the machine that runs it: the kernels of the other
/// machine are not linked.
#[derive(Clone, Copy)]
pub enum Customs {
    #[doc(hidden)]
    Plain(&'static [Run<Plain>]),
    #[doc(hidden)]
    Counting(&'static [Run<Counting>]),
}

impl Customs {
    /// Runs a kernel on the machine that they belong to.
    #[inline(always)]
    pub(crate) fn run<M: Machine>(self, machine: &mut M, number: usize, arguments: Arguments<'_>) -> Option<()> {
        let machine: &mut dyn Any = machine;
        match self {
            Customs::Plain(kernels) => kernels.get(number)?(machine.downcast_mut()?, arguments),
            Customs::Counting(kernels) => kernels.get(number)?(machine.downcast_mut()?, arguments),
        }
        Some(())
    }
}
