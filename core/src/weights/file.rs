//! What a weight file contains, without its data.

use core::fmt;

use crate::base::shape::Shape;

/// One tensor of a weight file. A file's tensors are sorted by name.
#[derive(Clone, Copy, Debug)]
pub struct FileTensor<'a> {
    /// Its name: `features.0.weight`.
    pub name: &'a str,
    /// Its extents.
    pub shape: Shape,
    /// Where its data starts in the file, in bytes.
    pub start: usize,
}

/// The tensors of a weight file, without its data.
#[derive(Clone, Copy, Debug)]
pub struct FileIndex<'a> {
    /// Sorted by name, byte by byte.
    pub tensors: &'a [FileTensor<'a>],
    /// The same as indices, in the natural order of their names: `layer.2` before `layer.10`.
    pub natural: &'a [usize],
}

/// The position of an element in a tensor, one index per axis: `[2, 0, 7]`.
#[derive(Clone, Copy)]
pub struct Position<'a> {
    /// The element's index.
    pub element: usize,
    /// The extents of the tensor.
    pub shape: &'a [usize],
}

impl fmt::Display for Position<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut stride: usize = self.shape.iter().product();
        let indices = self.shape.iter().map(|extent| {
            stride /= extent;
            self.element / stride % extent
        });
        f.write_str("[")?;
        for (axis, index) in indices.enumerate() {
            write!(f, "{}{index}", if axis == 0 { "" } else { ", " })?;
        }
        f.write_str("]")
    }
}

/// The natural order of names: runs of digits compare as numbers, so that `layer.2` comes before `layer.10`.
pub fn natural_order(a: &str, b: &str) -> core::cmp::Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (Some(x), Some(y)) = (a.chars().next(), b.chars().next()) else {
            return a.len().cmp(&b.len());
        };
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            let ((m, rest_a), (n, rest_b)) = (a.split_at(digits(a)), b.split_at(digits(b)));
            let (m, n) = (m.trim_start_matches('0'), n.trim_start_matches('0'));
            let order = m.len().cmp(&n.len()).then_with(|| m.cmp(n));
            if order.is_ne() {
                return order;
            }
            (a, b) = (rest_a, rest_b);
        } else {
            if x != y {
                return x.cmp(&y);
            }
            (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]);
        }
    }
}
