//! A window that slides over an axis: the arithmetic that convolution and pooling share.

use crate::base::math::multiply;
use crate::base::message::Text;
use crate::base::per_axis as extent;
use crate::base::per_axis::{Extent, Padding};
use crate::base::shape::Shape;

/// The window along one axis.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Axis {
    pub input: u32,
    pub output: u32,
    pub kernel: u32,
    pub stride: u32,
    pub dilation: u32,
    /// Padding before the first element.
    pub before: u32,
}

/// The taps of the windows along an axis that fall on data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Taps {
    /// Taps on data, over all windows.
    pub valid: u64,
    /// Windows with at least one tap on data.
    pub windows: u64,
}

/// The taps `from..to` of a window fall on data, the first of them on element `at`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Span {
    pub from: u32,
    pub to: u32,
    pub at: u32,
}

impl Span {
    /// Whether every tap of the window falls on data.
    #[inline(always)]
    pub fn is_whole(&self, axis: &Axis) -> bool {
        self.to - self.from == axis.kernel
    }
}

/// Division that leaves no panic behind: a divisor of zero gives zero.
#[inline(always)]
pub(crate) fn ceil_div(a: u32, b: u32) -> u32 {
    if b == 1 { a } else { a.wrapping_add(b).wrapping_sub(1).checked_div(b).unwrap_or(0) }
}

/// The greatest common divisor.
pub(crate) const fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Axis {
    /// An axis that is not there.
    pub const UNIT: Axis = Axis { input: 1, output: 1, kernel: 1, stride: 1, dilation: 1, before: 0 };

    /// Whether another axis has the same window.
    pub const fn same(&self, other: &Axis) -> bool {
        self.input == other.input
            && self.output == other.output
            && self.kernel == other.kernel
            && self.stride == other.stride
            && self.dilation == other.dilation
            && self.before == other.before
    }

    /// How far the last tap of a window lies from its first.
    pub const fn span(&self) -> u64 {
        self.dilation as u64 * (self.kernel as u64 - 1)
    }

    /// Whether every tap of every window falls on data.
    #[cfg(feature = "std")]
    pub const fn is_inside(&self) -> bool {
        self.before == 0 && (self.output as u64 - 1) * self.stride as u64 + self.span() < self.input as u64
    }

    /// Whether it passes over its input element by element.
    pub const fn is_dense(&self) -> bool {
        self.kernel == 1 && self.stride == 1 && self.before == 0 && self.input == self.output
    }

    /// The same windows on data with the padding in it, as much behind as before.
    pub const fn padded(&self) -> Self {
        Axis { input: self.input + 2 * self.before, before: 0, ..*self }
    }

    /// The taps of one window that fall on data.
    #[inline(always)]
    pub fn span_at(&self, window: u32) -> Span {
        let at = window.wrapping_mul(self.stride);
        // The number of taps before the first element of data, and before the first element behind it.
        let from = if at >= self.before { 0 } else { ceil_div(self.before - at, self.dilation) };
        let end = self.input.wrapping_add(self.before);
        let to = if at >= end { 0 } else { ceil_div(end - at, self.dilation) };
        let to = if to < self.kernel { to } else { self.kernel };
        if from >= to {
            return Span { from: 0, to: 0, at: 0 };
        }
        let at = at.wrapping_add(from.wrapping_mul(self.dilation)).saturating_sub(self.before);
        Span { from, to, at }
    }

    /// The elements of one channel of the input, and of the output.
    #[inline(always)]
    pub fn volumes([z, y, x]: &[Axis; 3]) -> (usize, usize) {
        (
            z.input as usize * y.input as usize * x.input as usize,
            z.output as usize * y.output as usize * x.output as usize,
        )
    }

    /// Counts the taps on data: all of them, less those of the few windows that reach beyond it.
    pub const fn taps(&self) -> Taps {
        let output = self.output as u64;
        let kernel = self.kernel as u64;
        let stride = self.stride as u64;
        let dilation = self.dilation as u64;
        let before = self.before as u64;
        let span = dilation * (kernel - 1);
        let end = before + self.input as u64;
        // How far the last window reaches.
        let last = (output - 1) * stride + span;
        if before == 0 && last < end {
            return Taps { valid: output * kernel, windows: output };
        }
        let mut behind = 0;
        if last >= end {
            behind = last + 1 - end;
        }
        if dilation == 1 && before < kernel && behind < kernel {
            // Every window has a tap on data: the first misses `before`, the second a stride less, and so on.
            if before > stride || behind > stride {
                let missed = missed(before, stride, output) + missed(behind, stride, output);
                return Taps { valid: output * kernel - missed, windows: output };
            }
            return Taps { valid: output * kernel - before - behind, windows: output };
        }
        // Windows that end before the data, and windows that start behind it.
        let mut ahead = before.saturating_sub(span).div_ceil(stride);
        if ahead > output {
            ahead = output;
        }
        let behind = output.saturating_sub(end.div_ceil(stride));
        let mut beyond = (ahead + behind) * kernel;
        // Windows whose first taps lie before the data.
        let mut at = ahead * stride;
        let last = (output - behind) * stride;
        while at < last && at < before {
            beyond += (before - at).div_ceil(dilation);
            at += stride;
        }
        // Windows whose last taps lie behind the data.
        at = last;
        while at > ahead * stride && at - stride + span >= end {
            at -= stride;
            beyond += kernel - (end - at).div_ceil(dilation);
        }
        // Any other window has a tap on data, unless its taps are so far apart that they step over the data.
        let windows = if dilation <= self.input as u64 { output - ahead - behind } else { self.nonempty() };
        Taps { valid: output * kernel - beyond, windows }
    }

    /// The windows with at least one tap on data, one by one.
    const fn nonempty(&self) -> u64 {
        let (before, dilation) = (self.before as u64, self.dilation as u64);
        let mut windows = 0;
        let mut window = 0;
        while window < self.output as u64 {
            let at = window * self.stride as u64;
            // The first tap at or behind the first element of data.
            let tap = if at >= before { 0 } else { (before - at).div_ceil(dilation) };
            if tap < self.kernel as u64 && at + tap * dilation < before + self.input as u64 {
                windows += 1;
            }
            window += 1;
        }
        windows
    }
}

/// What windows miss in all of which the first, or last, misses so many taps, and each next a stride less.
const fn missed(taps: u64, stride: u64, windows: u64) -> u64 {
    if taps <= stride {
        return taps;
    }
    let count = (taps + stride - 1) / stride;
    let count = if count < windows { count } else { windows };
    count * taps - stride * (count * (count - 1) / 2)
}

/// What three axes with windows have in all, for one channel.
#[derive(Clone, Copy)]
pub(crate) struct Volume {
    /// Taps of one window.
    pub kernel: u64,
    /// Taps on data, over all windows.
    pub valid: u64,
    /// Windows with at least one tap on data.
    pub windows: u64,
}

impl Volume {
    pub const fn of(axes: &[Axis; 3]) -> Self {
        let [z, y, x] = axes;
        let kernel = multiply(multiply(z.kernel as u64, y.kernel as u64), x.kernel as u64);
        let (z, y_taps) = (z.taps(), y.taps());
        let x = if x.same(y) { y_taps } else { x.taps() };
        let y = y_taps;
        Volume {
            kernel,
            valid: multiply(multiply(z.valid, y.valid), x.valid),
            windows: multiply(multiply(z.windows, y.windows), x.windows),
        }
    }
}

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

    /// A window that moves on by its own size, as those of pools do.
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

    /// Refuses a window whose arithmetic would overflow.
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
            text.number(axis as u64 + 1).str(": extents of a window and of what it goes over are at most 2^30").fail();
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
        .str(", so that windows would lie beside the input; it is at most ")
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::testing::Vec;

    /// The taps of a window that fall on data, and the element each falls on.
    fn taps_of(axis: &Axis, window: u32) -> Vec<(u32, u32)> {
        let place = |tap: u32| (window * axis.stride + tap * axis.dilation).checked_sub(axis.before);
        let on_data = |tap| place(tap).filter(|&at| at < axis.input).map(|at| (tap, at));
        (0..axis.kernel).filter_map(on_data).collect()
    }

    prop_compose! {
        fn any_axis()(
            input in 1u32..12, output in 1u32..12, kernel in 1u32..6, stride in 1u32..6, dilation in 1u32..5,
            before in 0u32..8,
        ) -> Axis {
            Axis { input, output, kernel, stride, dilation, before }
        }
    }

    proptest! {
        #[test]
        fn taps_are_those_counted_window_by_window(axis in any_axis()) {
            let taps: Vec<_> = (0..axis.output).map(|window| taps_of(&axis, window).len() as u64).collect();
            let windows = taps.iter().filter(|&&taps| taps > 0).count() as u64;
            prop_assert_eq!(axis.taps(), Taps { valid: taps.iter().sum(), windows });
        }

        #[test]
        fn a_span_is_the_taps_on_data(axis in any_axis()) {
            for window in 0..axis.output {
                let taps = taps_of(&axis, window);
                let Span { from, to, at } = axis.span_at(window);
                prop_assert_eq!(taps.len() as u32, to - from);
                prop_assert!(at <= axis.input);
                if let Some(&first) = taps.first() {
                    prop_assert_eq!(first, (from, at));
                }
            }
        }
    }
}
