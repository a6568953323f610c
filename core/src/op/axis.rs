//! A window that slides along an axis: the arithmetic that convolution and pooling share.

use crate::base::math::multiply;

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

/// Division without a panic: a divisor of zero gives zero.
#[inline(always)]
pub(crate) fn ceil_div(a: u32, b: u32) -> u32 {
    if b == 1 { a } else { a.wrapping_add(b).wrapping_sub(1).checked_div(b).unwrap_or(0) }
}

/// Whether windows over three axes are the same: along an axis with one window, the stride makes no difference, and with one
/// tap, the dilation.
pub(crate) const fn agree(a: &[Axis; 3], b: &[Axis; 3]) -> bool {
    let mut i = 0;
    while i < a.len() {
        let (a, b) = (&a[i], &b[i]);
        if a.input != b.input
            || a.output != b.output
            || a.kernel != b.kernel
            || a.before != b.before
            || a.stride != b.stride && a.output > 1
            || a.dilation != b.dilation && a.kernel > 1
        {
            return false;
        }
        i += 1;
    }
    true
}

/// The greatest common divisor.
pub(crate) const fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Axis {
    /// Whether a window reaches beyond the data.
    pub const fn is_padded(&self) -> bool {
        let reach = (self.output as u64 - 1) * self.stride as u64 + (self.kernel as u64 - 1) * self.dilation as u64;
        self.before > 0 || reach >= self.input as u64
    }

    /// A missing axis.
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

    /// Whether there is one window, which is all of the input.
    pub const fn is_input(&self) -> bool {
        self.output == 1 && self.before == 0 && self.kernel == self.input && (self.kernel == 1 || self.dilation == 1)
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

    /// The same windows on data that includes the padding, of the same size on both sides.
    pub const fn padded(&self) -> Self {
        Axis { input: self.input + 2 * self.before, before: 0, ..*self }
    }

    /// The taps of one window that fall on data.
    #[inline(always)]
    pub fn span_at(&self, window: u32) -> Span {
        let at = window.wrapping_mul(self.stride);
        // The number of taps before the first element of data, and before the first element after it.
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

    /// The last window with all its taps on data, if any has.
    #[cfg(dsp)]
    #[inline(always)]
    pub fn last_whole(&self) -> u32 {
        let reach = self.kernel.wrapping_sub(1).wrapping_mul(self.dilation).wrapping_add(1);
        let last = self.input.wrapping_add(self.before).wrapping_sub(reach).checked_div(self.stride).unwrap_or(0);
        last.min(self.output.wrapping_sub(1))
    }

    /// The elements of one channel of the input, and of the output.
    #[inline(always)]
    pub fn volumes([z, y, x]: &[Axis; 3]) -> (usize, usize) {
        (
            z.input as usize * y.input as usize * x.input as usize,
            z.output as usize * y.output as usize * x.output as usize,
        )
    }

    /// Counts the taps on data: all taps, less those of the few windows that reach beyond it.
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
        let mut after = 0;
        if last >= end {
            after = last + 1 - end;
        }
        if dilation == 1 && before < kernel && after < kernel {
            // Every window has a tap on data: the first misses `before`, the second a stride less, and so on.
            if before > stride || after > stride {
                let missed = missed(before, stride, output) + missed(after, stride, output);
                return Taps { valid: output * kernel - missed, windows: output };
            }
            return Taps { valid: output * kernel - before - after, windows: output };
        }
        // Windows that end before the data, and windows that start after it.
        let mut ahead = before.saturating_sub(span).div_ceil(stride);
        if ahead > output {
            ahead = output;
        }
        let after = output.saturating_sub(end.div_ceil(stride));
        let mut beyond = (ahead + after) * kernel;
        // Windows whose first taps lie before the data.
        let mut at = ahead * stride;
        let last = (output - after) * stride;
        while at < last && at < before {
            beyond += (before - at).div_ceil(dilation);
            at += stride;
        }
        // Windows whose last taps lie after the data.
        at = last;
        while at > ahead * stride && at - stride + span >= end {
            at -= stride;
            beyond += kernel - (end - at).div_ceil(dilation);
        }
        // Any other window has a tap on data, unless its taps are so far apart that they step over the data.
        let windows = if dilation <= self.input as u64 { output - ahead - after } else { self.nonempty() };
        Taps { valid: output * kernel - beyond, windows }
    }

    /// The windows with at least one tap on data, one by one.
    const fn nonempty(&self) -> u64 {
        let (before, dilation) = (self.before as u64, self.dilation as u64);
        let mut windows = 0;
        let mut window = 0;
        while window < self.output as u64 {
            let at = window * self.stride as u64;
            // The first tap at or after the first element of data.
            let tap = if at >= before { 0 } else { (before - at).div_ceil(dilation) };
            if tap < self.kernel as u64 && at + tap * dilation < before + self.input as u64 {
                windows += 1;
            }
            window += 1;
        }
        windows
    }
}

/// The taps that windows miss in all, if the first (or last) misses `taps`, and each next one a stride less.
const fn missed(taps: u64, stride: u64, windows: u64) -> u64 {
    if taps <= stride {
        return taps;
    }
    let count = taps.div_ceil(stride);
    let count = if count < windows { count } else { windows };
    count * taps - stride * (count * (count - 1) / 2)
}

/// The totals of three axes with windows, for one channel.
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
