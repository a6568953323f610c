//! The extents of a tensor.

use crate::base::message::Text;

/// The most axes a tensor can have.
pub const MAX_RANK: usize = 6;

/// The extents of a tensor, without a batch axis: `[channels, height, width]` for an image.
///
/// Every extent is between 1 and `u32::MAX`, and the number of elements fits in a `u64`; no other shape can be
/// constructed.
///
/// ```
/// let shape = netcost_core::Shape::new(&[3, 224, 224]);
/// assert_eq!(shape.elements(), 150_528);
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    rank: u8,
    pub(crate) dims: [u32; MAX_RANK],
    pub(crate) elements: u64,
}

/// The place of an axis where the channels, axis 0, come last.
pub(crate) const fn channel_last_axis(axis: usize, rank: usize) -> usize {
    if axis == 0 { rank - 1 } else { axis - 1 }
}

/// Whether extents look like those of an image with its channels last: grey or colours, after more than a few pixels.
pub const fn is_channels_last([height, width, channels]: [usize; 3]) -> bool {
    height >= 8 && width >= 8 && matches!(channels, 1 | 3 | 4)
}

impl Shape {
    /// The shape with these extents.
    ///
    /// # Panics
    /// If there are more than [`MAX_RANK`] extents, one of them is zero or over `u32::MAX`, or their product
    /// overflows a `u64`.
    #[track_caller]
    pub const fn new(dims: &[usize]) -> Self {
        // In const evaluation, a pattern is several times faster than a loop, and shapes are constructed all the time.
        match *dims {
            [] => Shape::of(0, [1; MAX_RANK]),
            [a] => Shape::vector(a),
            [a, b] => Shape::of(2, [a, b, 1, 1, 1, 1]),
            [a, b, c] => Shape::image(a, b, c),
            [a, b, c, d] => Shape::of(4, [a, b, c, d, 1, 1]),
            [a, b, c, d, e] => Shape::of(5, [a, b, c, d, e, 1]),
            [a, b, c, d, e, f] => Shape::of(6, [a, b, c, d, e, f]),
            _ => fail_rank(dims.len()),
        }
    }

    /// Its extents in the order of memory where the channels, axis 0, come last; and how many.
    pub(crate) const fn channel_last(&self) -> ([u32; MAX_RANK], usize) {
        let (mut dims, rank) = ([1; MAX_RANK], self.rank as usize);
        let mut axis = 1;
        while axis < rank {
            dims[axis - 1] = self.dims[axis];
            axis += 1;
        }
        if rank > 0 {
            dims[rank - 1] = self.dims[0];
        }
        (dims, rank)
    }

    /// The shape of one axis.
    #[track_caller]
    pub(crate) const fn vector(a: usize) -> Self {
        if a == 0 || a > u32::MAX as usize {
            check_size(&[a, 1, 1, 1, 1, 1], 1);
        }
        Shape { rank: 1, dims: [a as u32, 1, 1, 1, 1, 1], elements: a as u64 }
    }

    /// The shape of three axes.
    #[track_caller]
    pub(crate) const fn image(a: usize, b: usize, c: usize) -> Self {
        // Three extents of 21 bits cannot overflow.
        if (a | b | c) as u64 >= 0x20_0000 {
            check_size(&[a, b, c, 1, 1, 1], 3);
        }
        let elements = a as u64 * b as u64 * c as u64;
        if elements == 0 {
            fail_zero(&[a, b, c, 1, 1, 1], 3);
        }
        Shape { rank: 3, dims: [a as u32, b as u32, c as u32, 1, 1, 1], elements }
    }

    /// The shape of `rank` axes, padded with ones.
    #[track_caller]
    pub(crate) const fn of(rank: u8, dims: [usize; MAX_RANK]) -> Self {
        let [a, b, c, d, e, f] = dims;
        if rank <= 3 && a != 0 && b != 0 && c != 0 && ((a | b | c) as u64) < 0x20_0000 {
            return Shape { rank, ..Shape::image(a, b, c) };
        }
        // Six extents of ten bits cannot overflow.
        if a == 0 || b == 0 || c == 0 || d == 0 || e == 0 || f == 0 || (a | b | c | d | e | f) >= 1024 {
            check_size(&dims, rank);
        }
        Shape {
            rank,
            dims: [a as u32, b as u32, c as u32, d as u32, e as u32, f as u32],
            elements: a as u64 * b as u64 * c as u64 * d as u64 * e as u64 * f as u64,
        }
    }

    /// The number of axes.
    pub const fn rank(&self) -> usize {
        self.rank as usize
    }

    /// The extent of an axis, counted from the front, or from the back when negative.
    ///
    /// # Panics
    /// If there is no such axis.
    #[track_caller]
    pub const fn dim(&self, axis: isize) -> usize {
        self.dims[self.axis(axis)] as usize
    }

    /// The index of an axis that may be counted from the back.
    #[track_caller]
    pub(crate) const fn axis(&self, axis: isize) -> usize {
        let rank = self.rank as isize;
        let index = if axis < 0 { axis + rank } else { axis };
        if index < 0 || index >= rank {
            fail_axis(self, axis);
        }
        index as usize
    }

    /// The extent of an axis known to exist.
    pub(crate) const fn at(&self, axis: usize) -> usize {
        self.dims[axis] as usize
    }

    /// The extent of the axis that is `back` from the end, where 1 is the last one; 1 if there is no such axis.
    pub(crate) const fn back_axis(&self, back: usize) -> usize {
        if back <= self.rank() { self.at(self.rank() - back) } else { 1 }
    }

    /// The number of elements: the product of all extents, 1 for a shape without axes.
    pub const fn elements(&self) -> u64 {
        self.elements
    }

    /// The product of the extents of the axes `from..to`.
    pub(crate) const fn product(&self, from: usize, to: usize) -> u64 {
        let mut product = 1;
        let mut axis = from;
        while axis < to {
            product *= self.dims[axis] as u64;
            axis += 1;
        }
        product
    }

    /// The same shape with one extent replaced; checked like [`Shape::new`].
    #[track_caller]
    pub(crate) const fn with(&self, axis: usize, dim: usize) -> Self {
        let mut dims = self.to_usize();
        dims[axis] = dim;
        Shape::of(self.rank, dims)
    }

    /// All extents, padded with ones after the rank.
    pub(crate) const fn to_usize(self) -> [usize; MAX_RANK] {
        let d = self.dims;
        [d[0] as usize, d[1] as usize, d[2] as usize, d[3] as usize, d[4] as usize, d[5] as usize]
    }

    /// The extents, in order.
    pub fn dims(&self) -> impl ExactSizeIterator<Item = usize> + '_ {
        self.dims.iter().take(self.rank()).map(|&dim| dim as usize)
    }

    /// Whether both shapes have the same extents, except along an axis.
    pub(crate) const fn same_but(&self, other: &Shape, axis: usize) -> bool {
        let [a, b, c, d, e, f] = &self.dims;
        let [other_a, other_b, other_c, other_d, other_e, other_f] = &other.dims;
        self.rank == other.rank
            && (axis == 0 || *a == *other_a)
            && (*b == *other_b || axis == 1)
            && (*c == *other_c || axis == 2)
            && (self.rank < 4
                || (*d == *other_d || axis == 3) && (*e == *other_e || axis == 4) && (*f == *other_f || axis == 5))
    }

    /// Whether both shapes have the same extents.
    pub const fn same(&self, other: &Shape) -> bool {
        // Extents after the rank are ones.
        let [a, b, c, d, e, f] = &self.dims;
        let [other_a, other_b, other_c, other_d, other_e, other_f] = &other.dims;
        self.rank == other.rank
            && *a == *other_a
            && *b == *other_b
            && *c == *other_c
            && (self.rank < 4 || *d == *other_d && *e == *other_e && *f == *other_f)
    }
}

impl core::fmt::Display for Shape {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.rank == 0 {
            return f.write_str("scalar");
        }
        for (axis, dim) in self.dims().enumerate() {
            if axis > 0 {
                f.write_str("×")?;
            }
            write!(f, "{dim}")?;
        }
        Ok(())
    }
}

impl core::fmt::Debug for Shape {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.dims()).finish()
    }
}

#[track_caller]
const fn fail_rank(rank: usize) -> ! {
    Text::new()
        .str("a shape of ")
        .number(rank as u64)
        .str(" axes: a tensor has at most ")
        .number(MAX_RANK as u64)
        .fail()
}

#[track_caller]
const fn fail_zero(dims: &[usize; MAX_RANK], rank: u8) -> ! {
    let mut axis = 0;
    while dims[axis] != 0 {
        axis += 1;
    }
    Text::new()
        .str("shape ")
        .dims(dims.split_at(rank as usize).0)
        .str(": axis ")
        .number(axis as u64)
        .str(" is empty; every extent is at least 1")
        .fail()
}

#[track_caller]
const fn check_size(dims: &[usize; MAX_RANK], rank: u8) {
    let mut elements = 1u64;
    let mut axis = 0;
    while axis < MAX_RANK {
        if dims[axis] == 0 {
            fail_zero(dims, rank);
        }
        let dim = dims[axis] as u64;
        if dim > u32::MAX as u64 || elements > u64::MAX / dim {
            Text::new()
                .str("shape ")
                .dims(dims.split_at(rank as usize).0)
                .str(" is too large: an extent is below 2^32, and the number of elements below 2^64")
                .fail();
        }
        elements *= dim;
        axis += 1;
    }
}

#[track_caller]
const fn fail_axis(shape: &Shape, axis: isize) -> ! {
    let text = Text::new().str("a tensor of shape ").shape(shape).str(" has no axis ").signed(axis as i64).str("; ");
    let last = shape.rank as i64 - 1;
    let text = match shape.rank {
        0 => text.str("it has none"),
        1 => text.str("its only one is 0"),
        _ => text.str("they go from 0 to ").signed(last).str(", or from the back, from -1 to ").signed(-last - 1),
    };
    text.str(" (a declaration has no batch axis: axis 0 is the channel)").fail()
}

impl Text {
    /// Appends the extents of a shape as the arguments of `Tensor<..>`: `3, 224, 224`.
    pub const fn extents(self, shape: &Shape) -> Self {
        self.separated(shape.to_usize().split_at(shape.rank()).0, ", ")
    }

    /// Appends a shape: `3×224×224`.
    pub const fn shape(self, shape: &Shape) -> Self {
        if shape.rank() == 0 {
            return self.str("scalar");
        }
        self.dims(shape.to_usize().split_at(shape.rank()).0)
    }
}
