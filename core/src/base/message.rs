//! Text built at compile time, for the messages of compile errors.

use crate::base::array_text::ArrayText;

/// A message under construction. Text that does not fit is cut off.
pub type Text = ArrayText<4096>;

impl Text {
    /// Appends spaces up to a column of the current line.
    pub const fn column(mut self, column: usize) -> Self {
        let mut width = 0;
        let text = self.as_str().as_bytes();
        let mut i = text.len();
        while i > 0 && text[i - 1] != b'\n' {
            i -= 1;
            if text[i] & 0xC0 != 0x80 {
                width += 1; // a character, not the continuation of one
            }
        }
        while width < column {
            self = self.str(" ");
            width += 1;
        }
        self
    }

    /// Appends a signed number.
    pub const fn signed(self, value: i64) -> Self {
        if value < 0 { self.str("-").number(value.unsigned_abs()) } else { self.number(value as u64) }
    }

    /// Appends a ratio as a percentage with one decimal, rounded to the nearest.
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

    /// Fails the compilation with this text.
    #[track_caller]
    pub const fn fail(&self) -> ! {
        panic!("{}", self.as_str())
    }
}
