//! Names of layers, spelled out only when read.

use core::fmt;

use crate::base::array_text::ArrayText;

/// The most expressions a name can have.
const MAX_ARGS: usize = 4;

/// The name of a layer or block, from `name = "layer{i}.conv{k}"`: text with numbers in between.
#[derive(Clone, Copy)]
pub struct Name {
    pieces: &'static [&'static str],
    args: [usize; MAX_ARGS],
}

impl Name {
    pub(crate) const EMPTY: Name = Name { pieces: &[], args: [0; MAX_ARGS] };

    /// The name with the text of `pieces`, and `args` between them.
    ///
    /// # Panics
    /// If there are more than four numbers, or no text.
    #[track_caller]
    pub const fn new(pieces: &'static [&'static str], args: &[usize]) -> Self {
        if args.len() > MAX_ARGS {
            panic!("a name takes at most four numbers");
        }
        if pieces.len() < 2 && (pieces.is_empty() || pieces[0].is_empty()) {
            panic!("the name is empty");
        }
        let mut name = Name { pieces, args: [0; MAX_ARGS] };
        let mut i = 0;
        while i < args.len() {
            name.args[i] = args[i];
            i += 1;
        }
        name
    }

    /// A name without numbers, for a layer that is part of another.
    pub(crate) const fn of(text: &'static [&'static str; 1]) -> Self {
        Name { pieces: text, ..Name::EMPTY }
    }

    /// Whether it adds nothing to the enclosing scope.
    pub(crate) const fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Writes the name into a buffer; see [`Spelling`].
    pub(crate) const fn spell(&self, mut out: Spelling) -> Spelling {
        let mut i = 0;
        while i < self.pieces.len() {
            if i > 0 {
                out = out.number(self.args[i - 1]);
            }
            out = out.str(self.pieces[i]);
            i += 1;
        }
        out
    }
}

/// A hash of a name that is spelled piece by piece.
#[derive(Clone, Copy)]
pub(crate) struct NameHash(pub u64);

impl NameHash {
    /// The hash of the empty text.
    pub const START: NameHash = NameHash(0);

    /// The hash with a text appended.
    pub const fn str(self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut hash, mut i) = (self.0 as u128, 0);
        while i < bytes.len() {
            // The 64-bit prime of Fowler, Noll and Vo.
            hash = ((hash ^ bytes[i] as u128) * 0x100_0000_01B3) & 0xFFFF_FFFF_FFFF_FFFF;
            i += 1;
        }
        NameHash(hash as u64)
    }

    /// The hash with a number appended.
    pub const fn number(self, value: usize) -> Self {
        let hash = if value < 10 { self } else { self.number(value / 10) };
        const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        hash.str(DIGITS[value % 10])
    }

    /// The hash with a name appended.
    pub const fn name(mut self, name: &Name) -> Self {
        let mut i = 0;
        while i < name.pieces.len() {
            if i > 0 {
                self = self.number(name.args[i - 1]);
            }
            self = self.str(name.pieces[i]);
            i += 1;
        }
        self
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, piece) in self.pieces.iter().enumerate() {
            if let Some(arg) = i.checked_sub(1).and_then(|i| self.args.get(i)) {
                write!(f, "{arg}")?;
            }
            f.write_str(piece)?;
        }
        Ok(())
    }
}

/// A name spelled out at compile time, such as `layer1.0.conv1.weight`: at most 128 bytes.
#[derive(Clone, Copy)]
pub struct Spelling(ArrayText<128>);

impl Spelling {
    pub(crate) const fn new() -> Self {
        Spelling(ArrayText::new())
    }

    pub(crate) const fn str(self, text: &str) -> Self {
        if self.0.len() + text.len() > 128 {
            panic!("a layer's name is longer than 128 bytes, its blocks' included");
        }
        Spelling(self.0.str(text))
    }

    pub(crate) const fn number(self, value: usize) -> Self {
        self.str(ArrayText::<20>::new().digits(value as u64, 1).as_str())
    }

    /// Whether both are the same text.
    pub(crate) const fn same(&self, other: &Spelling) -> bool {
        let (a, b) = (self.as_str().as_bytes(), other.as_str().as_bytes());
        let mut i = 0;
        while i < a.len() && i < b.len() && a[i] == b[i] {
            i += 1;
        }
        i == a.len() && i == b.len()
    }

    /// The name as text.
    pub const fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Negative, zero or positive if `a` comes before, equals, or comes after `b`, byte by byte.
pub(crate) const fn order(a: &str, b: &str) -> i32 {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return a[i] as i32 - b[i] as i32;
        }
        i += 1;
    }
    a.len() as i32 - b.len() as i32
}
