//! How a network is deployed: the options of `#[network]`.

use crate::base::dtype::DataType;
use crate::base::layout::Layout;

/// How a network is analysed and deployed.
#[derive(Clone, Copy)]
pub struct Settings {
    pub(crate) fuse: bool,
    pub(crate) dtype: DataType,
    /// That of the data type, which every layer asks for.
    pub(crate) layout: Layout,
    pub(crate) stream: bool,
    pub(crate) declared_order: bool,
}

impl Settings {
    /// Layer by layer as declared, in `f32`.
    pub const fn new() -> Self {
        let dtype = DataType::F32;
        Settings { fuse: false, dtype, layout: dtype.layout(), stream: false, declared_order: false }
    }

    /// Normalisations, and in 8 bits clamps, are folded into the layer before them. Element-wise layers, depthwise
    /// convolutions (in 8 bits, all convolutions) and pools share memory with a dying operand, and concatenations with
    /// their operands.
    pub const fn fuse(mut self) -> Self {
        self.fuse = true;
        self
    }

    /// The network runs row by row, as far as its layers do, where that takes less memory; it is fed by rows.
    pub const fn stream(mut self) -> Self {
        self.stream = true;
        self
    }

    /// Layers run in the order of their declaration, even if branches would take less memory in another one.
    pub const fn declared_order(mut self) -> Self {
        self.declared_order = true;
        self
    }

    /// The type of weights and activations.
    pub const fn dtype(mut self, dtype: DataType) -> Self {
        (self.dtype, self.layout) = (dtype, dtype.layout());
        self
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings::new()
    }
}

/// How a network is deployed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deployment {
    /// The type of weights and activations.
    pub dtype: DataType,
    /// Whether normalisations are folded and memory is shared.
    pub fused: bool,
}
