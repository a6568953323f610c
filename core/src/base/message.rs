//! Text that is made at compile time, for the messages of compile errors.

/// A message under construction. What does not fit is cut.
#[derive(Clone, Copy)]
pub struct Text {
    bytes: [u8; Text::CAPACITY],
    len: usize,
}

impl Text {
    const CAPACITY: usize = 4096;

    /// An empty text.
    pub const fn new() -> Self {
        Text { bytes: [0; Self::CAPACITY], len: 0 }
    }

    /// Appends a string.
    pub const fn str(mut self, text: &str) -> Self {
        let bytes = text.as_bytes();
        if self.len + bytes.len() > Self::CAPACITY {
            return self;
        }
        let mut i = 0;
        while i < bytes.len() {
            self.bytes[self.len] = bytes[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    /// Appends spaces up to a column of the current line.
    pub const fn column(mut self, column: usize) -> Self {
        let mut width = 0;
        let mut i = self.len;
        while i > 0 && self.bytes[i - 1] != b'\n' {
            i -= 1;
            if self.bytes[i] & 0xC0 != 0x80 {
                width += 1; // a character, not the continuation of one
            }
        }
        while width < column {
            self = self.str(" ");
            width += 1;
        }
        self
    }

    /// Appends a number, its thousands separated by commas.
    pub const fn number(self, value: u64) -> Self {
        if value < 1000 {
            return self.digits(value, 1);
        }
        self.number(value / 1000).str(",").digits(value % 1000, 3)
    }

    /// Appends a signed number.
    pub const fn signed(self, value: i64) -> Self {
        if value < 0 { self.str("-").number(value.unsigned_abs()) } else { self.number(value as u64) }
    }

    /// Appends a number without separators, with at least `width` digits.
    pub const fn digits(mut self, value: u64, width: usize) -> Self {
        if value >= 10 || width > 1 {
            self = self.digits(value / 10, width.saturating_sub(1));
        }
        const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        self.str(DIGITS[(value % 10) as usize])
    }

    /// Appends a ratio as a percentage with one decimal, rounded to nearest.
    pub const fn percent(self, part: u64, whole: u64) -> Self {
        let whole = if whole == 0 { 1 } else { whole as u128 };
        let tenths = ((part as u128 * 2000 + whole) / (2 * whole)) as u64;
        self.number(tenths / 10).str(".").digits(tenths % 10, 1).str(" %")
    }

    /// Appends extents: `3×224×224`.
    pub const fn dims(self, dims: &[usize]) -> Self {
        self.separated(dims, "×")
    }

    pub(crate) const fn separated(mut self, dims: &[usize], separator: &str) -> Self {
        let mut axis = 0;
        while axis < dims.len() {
            if axis > 0 {
                self = self.str(separator);
            }
            self = self.digits(dims[axis] as u64, 1);
            axis += 1;
        }
        self
    }

    /// The text so far.
    pub const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }

    /// Ends the compilation with this text.
    #[track_caller]
    pub const fn fail(&self) -> ! {
        panic!("{}", self.as_str())
    }
}

impl Default for Text {
    fn default() -> Self {
        Text::new()
    }
}
