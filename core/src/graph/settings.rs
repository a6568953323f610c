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
}

impl Settings {
    /// Layer by layer as declared, in `f32`.
    pub const fn new() -> Self {
        Settings { fuse: false, dtype: DataType::F32, layout: DataType::F32.layout(), stream: false }
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
