//! Tensors of a declaration, and the builder that they carry.

use core::marker::PhantomData;

use crate::base::message::Text;
use crate::base::name::Name;
use crate::base::shape::Shape;
use crate::graph::graph::Graph;

/// What a declaration builds its graph through; every tensor carries a reference to it.
pub struct Builder<'g> {
    /// Dereferenced by [`Builder::graph`] alone.
    pub(crate) graph: *mut Graph,
    pub(crate) lent: PhantomData<&'g mut Graph>,
}

impl<'g> Builder<'g> {
    /// A builder that fills `graph`.
    pub const fn new(graph: &'g mut Graph, name: &'static str) -> Self {
        graph.name = name;
        Builder { graph, lent: PhantomData }
    }

    /// The graph. With a safe `Cell<Option<&mut Graph>>`, taken and put back, checking a network of 1,000 layers or
    /// DenseNet-201 takes 11 to 20 % more processor time.
    #[allow(unsafe_code, clippy::mut_from_ref)]
    pub(crate) const fn graph(&self) -> &mut Graph {
        // SAFETY: the graph is lent to this builder alone, for `'g`, which outlives it. A pointer is not `Sync`. Each
        // method of the builder calls this once, runs no code of others while it uses the reference, and does not
        // return it: no two are alive.
        unsafe { &mut *self.graph }
    }
}

/// A tensor in a declaration: its shape, and its place in the graph that is being built.
///
/// In a signature under `#[network]` it is written with its extents, `Tensor<3, 224, 224>`; in a block, as `Tensor`.
/// It is `Copy`; layers are methods of it that return the next one.
#[derive(Clone, Copy)]
#[must_use = "a layer whose output is not used does not belong in the network"]
pub struct Tensor<'g> {
    pub(crate) builder: &'g Builder<'g>,
    pub(crate) node: u16,
    pub(crate) shape: Shape,
}

impl<'g> Tensor<'g> {
    /// Its extents, without a batch axis.
    pub const fn shape(&self) -> Shape {
        self.shape
    }

    /// The number of axes.
    pub const fn rank(&self) -> usize {
        self.shape.rank()
    }

    /// The extent of an axis, counted from the back when negative.
    #[track_caller]
    pub const fn dim(&self, axis: isize) -> usize {
        self.shape.dim(axis)
    }

    /// The extent of axis 0.
    #[track_caller]
    pub const fn channels(&self) -> usize {
        self.shape.dim(0)
    }

    /// The extent of the second-to-last axis.
    #[track_caller]
    pub const fn height(&self) -> usize {
        self.shape.dim(-2)
    }

    /// The extent of the last axis.
    #[track_caller]
    pub const fn width(&self) -> usize {
        self.shape.dim(-1)
    }

    /// The number of elements.
    pub const fn elements(&self) -> usize {
        self.shape.elements() as usize
    }

    /// Gives the layer that made this tensor a name: `x.relu(name = "act")`.
    #[track_caller]
    pub const fn name(self, name: Name) -> Self {
        self.builder.rename(self.node, name);
        self
    }

    #[doc(hidden)]
    pub const fn builder(&self) -> &'g Builder<'g> {
        self.builder
    }
}

/// Checks the shape a block declares for a tensor.
#[track_caller]
pub const fn expect<'g>(tensor: Tensor<'g>, declared: Shape) -> Tensor<'g> {
    if !declared.same(&tensor.shape) {
        Text::new()
            .str("the block declares ")
            .shape(&declared)
            .str(", but the tensor here is ")
            .shape(&tensor.shape)
            .fail();
    }
    tensor
}

/// The operands of `+ - * /`, where the macros cannot tell tensors from numbers: the types choose.
pub struct Operands<A, B>(pub(crate) A, pub(crate) B);

impl<A, B> Operands<A, B> {
    /// Both of them. If the fields were public, rustc would suggest them where an operator does not fit.
    pub const fn new(a: A, b: B) -> Self {
        Operands(a, b)
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl Operands<$number, $number> {
            /// `a + b`
            pub const fn add(self) -> $number {
                self.0 + self.1
            }

            /// `a - b`
            pub const fn sub(self) -> $number {
                self.0 - self.1
            }

            /// `a * b`
            pub const fn mul(self) -> $number {
                self.0 * self.1
            }

            /// `a / b`
            pub const fn div(self) -> $number {
                self.0 / self.1
            }
        })*
    };
}

numbers!(usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f32 f64);

/// The tensors that `concat` takes: an array, a list, or a reference to one.
pub struct Tensors<T>(pub T);
