//! Text in an array, without a heap, at compile time too.

use core::fmt;

/// A text of at most `N` bytes; what does not fit is cut.
#[derive(Clone, Copy)]
pub struct ArrayText<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> ArrayText<N> {
    /// An empty text.
    pub const fn new() -> Self {
        ArrayText { bytes: [0; N], len: 0 }
    }

    /// Appends a string.
    pub const fn str(mut self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut count = bytes.len();
        if count > N - self.len {
            count = N - self.len;
            // A character is cut as a whole.
            while count > 0 && bytes[count] & 0xC0 == 0x80 {
                count -= 1;
            }
        }
        let mut i = 0;
        while i < count {
            self.bytes[self.len] = bytes[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    /// Appends a number without separators, with at least `width` digits.
    pub const fn digits(mut self, value: u64, width: usize) -> Self {
        if value >= 10 || width > 1 {
            self = self.digits(value / 10, width.saturating_sub(1));
        }
        const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        self.str(DIGITS[(value % 10) as usize])
    }

    /// Appends a number with commas between thousands.
    pub const fn number(self, value: u64) -> Self {
        if value < 1000 {
            return self.digits(value, 1);
        }
        self.number(value / 1000).str(",").digits(value % 1000, 3)
    }

    /// The bytes written so far.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// The text so far.
    pub const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

impl<const N: usize> Default for ArrayText<N> {
    fn default() -> Self {
        ArrayText::new()
    }
}

impl<const N: usize> fmt::Write for ArrayText<N> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        *self = self.str(text);
        Ok(())
    }
}

impl<const N: usize> fmt::Display for ArrayText<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
