//! What a layer writes for its kernel: the words of one step.

/// The most words of one step.
pub(crate) const STEP_WORDS: usize = 288;

/// The words of one step, as they are written.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    items: [u32; STEP_WORDS],
    len: usize,
}

impl Words {
    pub const fn new() -> Self {
        Words { items: [0; STEP_WORDS], len: 0 }
    }

    /// The words that have been written.
    #[cfg(feature = "std")]
    pub fn as_slice(&self) -> &[u32] {
        &self.items[..self.len]
    }

    /// The number of words that have been written.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// One of them.
    pub const fn at(&self, index: usize) -> u32 {
        self.items[index]
    }

    /// Appends a word.
    pub const fn push(mut self, word: u32) -> Self {
        if self.len == STEP_WORDS {
            panic!("a layer of this network has too many operands to be run");
        }
        self.items[self.len] = word;
        self.len += 1;
        self
    }

    /// Appends a number of elements.
    pub const fn count(self, count: u64) -> Self {
        self.push(word(count))
    }

    /// Appends a number.
    pub const fn float(self, value: f32) -> Self {
        self.push(value.to_bits())
    }
}

/// A number of elements as a word.
pub(crate) const fn word(count: u64) -> u32 {
    if count > u32::MAX as u64 {
        panic!("this network is too large to be run: it has a tensor of 2^32 elements or more");
    }
    count as u32
}
