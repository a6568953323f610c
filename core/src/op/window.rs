//! The options of a window that slides over the axes of an image, which convolution and pooling share.

use crate::base::message::Text;
use crate::base::per_axis as extent;
use crate::base::per_axis::{Extent, Padding};
use crate::base::shape::Shape;
use crate::op::axis::Axis;

/// The options that convolution and pooling share, over `N` axes.
#[derive(Clone, Copy)]
pub(crate) struct Window<const N: usize> {
    pub kernel: [usize; N],
    pub stride: [usize; N],
    pub padding: [usize; N],
    /// Whether the padding is [`Same`](crate::base::per_axis::Same) instead.
    pub same: bool,
    pub dilation: [usize; N],
    pub ceil: bool,
    /// Whether each option was given as one number for all axes.
    is_cubic: bool,
}

impl<const N: usize> Window<N> {
    pub const fn new<K: Extent<N>>(kernel: K) -> Self {
        Window {
            kernel: extent::extent(kernel),
            stride: [1; N],
            padding: [0; N],
            same: false,
            dilation: [1; N],
            ceil: false,
            is_cubic: extent::is_number::<K>(),
        }
    }

    /// A window that moves by its own size, as those of pools do.
    pub const fn tiling<K: Extent<N>>(kernel: K) -> Self {
        let mut window = Self::new(kernel);
        window.stride = window.kernel;
        window
    }

    pub const fn stride<S: Extent<N>>(mut self, stride: S) -> Self {
        self.stride = extent::extent(stride);
        self.is_cubic &= extent::is_number::<S>();
        self
    }

    pub const fn padding<P: Padding<N>>(mut self, padding: P) -> Self {
        self.padding = extent::extent(padding);
        self.same = extent::is_same::<P>();
        self.is_cubic &= extent::is_number::<P>();
        self
    }

    pub const fn dilation<D: Extent<N>>(mut self, dilation: D) -> Self {
        self.dilation = extent::extent(dilation);
        self.is_cubic &= extent::is_number::<D>();
        self
    }

    /// The window along axis `axis` of an input, whose extent there is `input`.
    #[track_caller]
    pub const fn axis(&self, layer: &'static str, axis: usize, input: usize) -> Axis {
        let kernel = self.kernel[axis];
        let stride = self.stride[axis];
        let dilation = self.dilation[axis];
        let mut before = self.padding[axis];
        // 2^14
        if kernel == 0 || stride == 0 || dilation == 0 || (kernel | stride | dilation | before | input) >= 0x4000 {
            self.check_size(layer, axis, input);
        }
        let span = dilation * (kernel - 1);
        let mut padded = input + 2 * before;
        if self.same {
            let needed = (input.div_ceil(stride) - 1) * stride + span + 1;
            let missing = needed.saturating_sub(input);
            before = missing / 2;
            padded = input + missing;
        }
        if span >= padded {
            fail_kernel(layer, span as u64 + 1, kernel, input, padded as u64);
        }
        let steps = padded - span - 1;
        let mut output = steps / stride + 1;
        if self.ceil {
            output = steps.div_ceil(stride) + 1;
            // A window must begin on data or on the padding before it (PyTorch's rule).
            if (output - 1) * stride >= input + before {
                output -= 1;
            }
        }
        Axis {
            input: input as u32,
            output: output as u32,
            kernel: kernel as u32,
            stride: stride as u32,
            dilation: dilation as u32,
            before: before as u32,
        }
    }

    /// Fails on a window whose arithmetic would overflow.
    #[track_caller]
    pub const fn check_size(&self, layer: &'static str, axis: usize, input: usize) {
        const LIMIT: u128 = 1 << 30;
        if self.kernel[axis] == 0 {
            fail_zero(layer, "kernel");
        }
        if self.stride[axis] == 0 {
            fail_zero(layer, "stride");
        }
        if self.dilation[axis] == 0 {
            fail_zero(layer, "dilation");
        }
        let padding = self.padding[axis] as u128;
        let span = self.dilation[axis] as u128 * self.kernel[axis] as u128;
        if span > LIMIT || self.stride[axis] as u128 > LIMIT || padding > LIMIT || input as u128 > LIMIT {
            let what = if span > LIMIT {
                "the kernel, dilated,"
            } else if padding > LIMIT {
                "the padding"
            } else if input as u128 > LIMIT {
                "the input"
            } else {
                "the stride"
            };
            let text = Text::new().str("`").str(layer).str("`: ").str(what).str(" is too large along axis ");
            text.number(axis as u64 + 1).str(": the extents of a window and of its input are at most 2^30").fail();
        }
    }

    /// The windows along the last `N` axes of an input with one channel axis before them, as the last of three.
    #[track_caller]
    pub const fn axes(&self, layer: &'static str, input: &Shape) -> [Axis; 3] {
        if input.rank() != N + 1 {
            fail_rank(layer, N, input);
        }
        let first = self.axis(layer, 0, input.dims[1] as usize);
        match N {
            1 => [Axis::UNIT, Axis::UNIT, first],
            // Most windows are square, on square inputs.
            2 if self.is_square(input) => [Axis::UNIT, first, first],
            2 => [Axis::UNIT, first, self.axis(layer, 1, input.at(2))],
            _ => [first, self.axis(layer, 1, input.at(2)), self.axis(layer, 2, input.at(3))],
        }
    }

    /// Whether both of two axes have the same windows.
    pub const fn is_square(&self, input: &Shape) -> bool {
        N == 2 && self.is_cubic && input.dims[1] == input.dims[2]
    }

    /// The same for a pool, whose padding is at most half the kernel (PyTorch's rule).
    #[track_caller]
    pub const fn pool_axes(&self, layer: &'static str, input: &Shape) -> [Axis; 3] {
        let axes = self.axes(layer, input);
        let mut axis = 0;
        while axis < N {
            if self.padding[axis] > self.kernel[axis] / 2 {
                fail_padding(layer, self.padding[axis], self.kernel[axis]);
            }
            axis += 1;
        }
        axes
    }

    /// The output of `channels` channels.
    #[track_caller]
    pub const fn output(channels: usize, axes: &[Axis; 3]) -> Shape {
        let [z, y, x] = axes;
        match N {
            1 => Shape::new(&[channels, x.output as usize]),
            2 => Shape::image(channels, y.output as usize, x.output as usize),
            _ => Shape::new(&[channels, z.output as usize, y.output as usize, x.output as usize]),
        }
    }
}

#[track_caller]
pub(crate) const fn fail_zero(layer: &str, what: &str) -> ! {
    Text::new().str("`").str(layer).str("`: the ").str(what).str(" is zero; it is at least 1").fail()
}

#[track_caller]
const fn fail_kernel(layer: &str, window: u64, kernel: usize, input: usize, padded: u64) -> ! {
    let mut text = Text::new().str("`").str(layer).str("`: a kernel of ").number(kernel as u64);
    if window != kernel as u64 {
        text = text.str(", dilated to ").number(window).str(",");
    }
    text = text.str(" is larger than its input of ").number(input as u64);
    if padded != input as u64 {
        text = text.str(", padded to ").number(padded);
    }
    text.str("; pad the input, or take a smaller kernel").fail()
}

#[track_caller]
const fn fail_padding(layer: &str, padding: usize, kernel: usize) -> ! {
    Text::new()
        .str("`")
        .str(layer)
        .str("`: a padding of ")
        .number(padding as u64)
        .str(" is more than half its kernel of ")
        .number(kernel as u64)
        .str(", so that windows would lie outside the input; it is at most ")
        .number(kernel as u64 / 2)
        .fail()
}

#[track_caller]
pub(crate) const fn fail_rank(layer: &str, axes: usize, input: &Shape) -> ! {
    let expected = match axes {
        1 => "[channels, length]",
        2 => "[channels, height, width]",
        _ => "[channels, depth, height, width]",
    };
    Text::new()
        .str("`")
        .str(layer)
        .str("` takes a tensor of ")
        .str(expected)
        .str(", and is given one of shape ")
        .shape(input)
        .str(" (a declaration has no batch axis)")
        .fail()
}
