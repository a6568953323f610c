//! The order of a tensor's axes in memory.

use crate::base::shape::Shape;

/// The order in which kernels go along a tensor's axes, the outermost first.
#[derive(Clone, Copy)]
pub(crate) enum Layout {
    /// As declared: channel after channel.
    ChannelFirst,
    /// The first axis, the channels, comes last: position after position, all channels of each.
    ChannelLast,
}

impl Layout {
    /// How far apart neighbours along an axis lie, in elements.
    pub const fn stride(self, shape: &Shape, axis: usize) -> u64 {
        let after = shape.product(axis + 1, shape.rank());
        match self {
            Layout::ChannelFirst => after,
            Layout::ChannelLast if axis == 0 => 1,
            Layout::ChannelLast => after * shape.at(0) as u64,
        }
    }

    /// Whether an axis is the outermost in memory of those with an extent over 1.
    pub const fn is_outermost(self, shape: &Shape, axis: usize) -> bool {
        match self {
            Layout::ChannelFirst => shape.product(0, axis) == 1,
            Layout::ChannelLast if axis == 0 => shape.product(1, shape.rank()) == 1,
            Layout::ChannelLast => shape.product(1, axis) == 1,
        }
    }

    /// Whether the elements of a tensor lie in the same order in memory under another shape.
    pub const fn is_kept(self, shape: &Shape, other: &Shape) -> bool {
        match self {
            Layout::ChannelFirst => true,
            Layout::ChannelLast => {
                let (channels, others) = (channels(shape), channels(other));
                channels == others || is_line(shape, channels) && is_line(other, others)
            }
        }
    }
}

/// The extent of the first axis, 1 if there is none.
const fn channels(shape: &Shape) -> u64 {
    if shape.rank() == 0 { 1 } else { shape.at(0) as u64 }
}

/// Whether its elements lie in the order in which they are declared: there is one channel, or one position.
const fn is_line(shape: &Shape, channels: u64) -> bool {
    channels == 1 || channels == shape.elements()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::testing::{Vec, vec};

    const LAYOUTS: [Layout; 2] = [Layout::ChannelFirst, Layout::ChannelLast];

    /// The places in memory of the elements of a tensor, in the order in which they are declared.
    fn places(layout: Layout, shape: &Shape) -> Vec<u64> {
        let mut places = vec![0];
        for (axis, extent) in shape.dims().enumerate() {
            let along = |place: u64| (0..extent as u64).map(move |at| place + at * layout.stride(shape, axis));
            places = places.into_iter().flat_map(along).collect();
        }
        places
    }

    fn shapes() -> [Shape; 14] {
        let dims: [&[usize]; 14] = [
            &[],
            &[12],
            &[12, 1],
            &[1, 12],
            &[3, 4],
            &[4, 3],
            &[3, 2, 2],
            &[3, 4, 1],
            &[3, 1, 4],
            &[1, 3, 4],
            &[12, 1, 1],
            &[2, 3, 2, 1],
            &[2, 1, 1, 6],
            &[1, 1, 2, 6],
        ];
        dims.map(Shape::new)
    }

    #[test]
    fn every_element_has_a_place_of_its_own() {
        for shape in shapes() {
            for layout in LAYOUTS {
                let mut all = places(layout, &shape);
                all.sort_unstable();
                assert!(all.iter().copied().eq(0..shape.elements()), "{shape}");
            }
        }
        assert_eq!(places(Layout::ChannelFirst, &Shape::new(&[2, 3])), [0, 1, 2, 3, 4, 5]);
        assert_eq!(places(Layout::ChannelLast, &Shape::new(&[2, 3])), [0, 2, 4, 1, 3, 5]);
    }

    #[test]
    fn a_shape_keeps_the_order_of_another_if_every_element_stays_in_its_place() {
        let twelve = shapes().into_iter().filter(|shape| shape.elements() == 12);
        for (shape, other) in twelve.clone().flat_map(|shape| twelve.clone().map(move |other| (shape, other))) {
            for layout in LAYOUTS {
                let same = places(layout, &shape) == places(layout, &other);
                assert_eq!(layout.is_kept(&shape, &other), same, "{shape} {other}");
            }
        }
    }

    #[test]
    fn parts_along_the_outermost_axis_lie_one_after_another() {
        for shape in shapes() {
            for (axis, layout) in (0..shape.rank()).flat_map(|axis| LAYOUTS.map(|layout| (axis, layout))) {
                let part = layout.stride(&shape, axis) * shape.at(axis) as u64;
                assert_eq!(layout.is_outermost(&shape, axis), part == shape.elements(), "{shape} {axis}");
            }
        }
    }
}
