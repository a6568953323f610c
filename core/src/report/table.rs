//! Tables of layers as aligned text and as Markdown, for the report and the profile.

use core::fmt::{self, Write};

use crate::base::array_text::ArrayText;

/// The blanks between two columns.
const GAP: usize = 2;

/// A row of `C` cells. The first three, names and a shape, are left-aligned; numbers are right-aligned.
pub(crate) struct Row<const C: usize> {
    pub cells: [Cell; C],
    /// A remark after the row.
    pub note: &'static str,
}

impl<const C: usize> Row<C> {
    pub fn headings(headings: [&str; C]) -> Self {
        Row { cells: headings.map(Cell::new), note: "" }
    }

    fn is_left(column: usize) -> bool {
        column < 3
    }

    fn write(&self, f: &mut impl Write, widths: &[usize; C]) -> fmt::Result {
        // Blanks are written only if something follows.
        let mut blanks = 0;
        for (column, (cell, &width)) in self.cells.iter().zip(widths).enumerate() {
            let fill = width.saturating_sub(cell.width());
            let (before, after) = if Self::is_left(column) { (0, fill) } else { (fill, 0) };
            blanks += before;
            if cell.width() > 0 {
                write!(f, "{:blanks$}{}", "", cell.as_str())?;
                blanks = 0;
            }
            blanks += after + GAP;
        }
        if !self.note.is_empty() {
            write!(f, "  <- {}", self.note)?;
        }
        f.write_char('\n')
    }

    #[cfg(feature = "std")]
    fn write_markdown(&self, f: &mut impl Write) -> fmt::Result {
        for cell in &self.cells {
            write!(f, "| {} ", cell.as_str())?;
        }
        f.write_str("|")?;
        if !self.note.is_empty() {
            write!(f, " {}", self.note)?;
        }
        f.write_char('\n')
    }
}

/// Writes a table as aligned text.
pub(crate) fn write<const C: usize, R: Iterator<Item = Row<C>>>(
    f: &mut impl Write,
    headings: [&str; C],
    rows: impl Fn() -> R,
    total: &Row<C>,
) -> fmt::Result {
    let headings = Row::headings(headings);
    let mut widths = [0; C];
    let mut widen = |row: &Row<C>| {
        for (width, cell) in widths.iter_mut().zip(&row.cells) {
            *width = (*width).max(cell.width());
        }
    };
    widen(&headings);
    rows().for_each(|row| widen(&row));
    widen(total);
    // Columns without a heading are empty, and at the end.
    let columns = widths.iter().filter(|&&width| width > 0).count();
    let rule = widths.iter().sum::<usize>() + GAP * columns.saturating_sub(1);
    headings.write(f, &widths)?;
    writeln!(f, "{:-<rule$}", "")?;
    for row in rows() {
        row.write(f, &widths)?;
    }
    writeln!(f, "{:-<rule$}", "")?;
    total.write(f, &widths)
}

/// Writes a table as Markdown.
#[cfg(feature = "std")]
pub(crate) fn write_markdown<const C: usize>(
    f: &mut impl Write,
    headings: [&str; C],
    rows: impl Iterator<Item = Row<C>>,
    total: &Row<C>,
) -> fmt::Result {
    Row::headings(headings).write_markdown(f)?;
    for column in 0..C {
        f.write_str(if Row::<C>::is_left(column) { "|:--" } else { "|--:" })?;
    }
    f.write_str("|\n")?;
    for row in rows {
        row.write_markdown(f)?;
    }
    total.write_markdown(f)
}

/// A short text; what does not fit is cut.
#[derive(Clone, Copy)]
pub(crate) struct Cell(ArrayText<64>);

impl Cell {
    pub fn new(text: impl fmt::Display) -> Self {
        let mut cell = ArrayText::new();
        let _ = write!(cell, "{text}");
        Cell(cell)
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    fn width(&self) -> usize {
        self.as_str().chars().count()
    }
}

/// A number that displays with commas between thousands.
///
/// ```
/// # extern crate std;
/// assert_eq!(std::format!("{:>9}", netcost_core::Grouped(25_000)), "   25,000");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grouped(pub u64);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(ArrayText::<26>::new().number(self.0).as_str())
    }
}

/// A number of tenths, displayed as a decimal.
pub(crate) struct Tenths(pub u64);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", Grouped(self.0 / 10), self.0 % 10)
    }
}

/// Bytes, followed by KiB or MiB if large enough.
pub(crate) struct Bytes(pub u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} B", Grouped(self.0))?;
        match self.0 {
            0..1024 => Ok(()),
            1024..1_048_576 => write!(f, " ({} KiB)", Tenths(tenths(self.0, 1024))),
            _ => write!(f, " ({} MiB)", Tenths(tenths(self.0, 1 << 20))),
        }
    }
}

/// `part / whole` in tenths, rounded to the nearest.
pub(crate) fn tenths(part: u64, whole: u64) -> u64 {
    ((part as u128 * 20 + whole as u128) / (2 * whole as u128).max(1)) as u64
}
