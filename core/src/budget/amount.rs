//! Amounts with units: `6.2M` and `64 KiB` as exact whole numbers.

use core::fmt;
use core::ops::Range;

use crate::base::suggest::{List, closest};
use crate::quantity::quantity::{Quantity, Unit};

type Factors = [(&'static str, u64)];

const COUNTS: &Factors = &[("k", 1_000), ("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000)];
const BYTES: &Factors = &[
    ("B", 1),
    ("kB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];

/// A number of a quantity, as it was written. It displays without separators: `3M`, `64 KiB`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Amount<'a> {
    digits: &'a str,
    unit: &'a str,
    of: Unit,
}

impl<'a> Amount<'a> {
    /// Splits a text into a number and its unit, with or without a space between; `None` if it is anything else. With
    /// the amount comes the range of its unit.
    pub(crate) fn split(text: &'a str, of: Unit) -> Option<(Result<Self, Problem<'a>>, Range<usize>)> {
        let end = digits_end(text)?;
        let (digits, rest) = text.split_at(end);
        let suffix = &rest[..word_end(rest)];
        let after = rest[suffix.len()..].trim_start();
        if word_end(after) != after.len() || after.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        let suffix_at = end..end + suffix.len();
        let suffix = if suffix == "u64" { "" } else { suffix };
        if after.is_empty() {
            return Some((Ok(Amount { digits, unit: suffix, of }), suffix_at));
        }
        let unit = text.len() - after.len()..text.len();
        match suffix {
            "" => Some((Ok(Amount { digits, unit: after, of }), unit)),
            _ => Some((Err(Problem::TwoUnits(suffix, after)), unit)),
        }
    }

    /// The factor of the unit.
    pub(crate) fn factor(&self, quantity: &'static Quantity) -> Result<u64, Problem<'a>> {
        if self.unit.is_empty() {
            return Ok(1);
        }
        let known = factors(self.of).iter().find(|(name, _)| *name == self.unit);
        known.map(|(_, factor)| *factor).ok_or(Problem::Unit(self.unit, quantity))
    }

    /// The number, such as `6.2` or `1.5e3`, times the factor of its unit, without rounding.
    pub(crate) fn value(self, factor: u64) -> Result<u64, Problem<'a>> {
        let (mantissa, exponent) = self.digits.split_once(['e', 'E']).unwrap_or((self.digits, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches(['0', '_']);
        let digits = |text: &'a str| text.bytes().filter(u8::is_ascii_digit).map(|digit| u128::from(digit - b'0'));
        let mut number = digits(whole).chain(digits(fraction));
        let number = number.try_fold(0_u128, |sum, digit| sum.checked_mul(10)?.checked_add(digit));
        let Some(mut value) = number.and_then(|number| number.checked_mul(factor.into())) else {
            return Err(Problem::TooLarge(self));
        };
        if value == 0 {
            return Ok(0);
        }
        let places = digits(fraction).count() as i64;
        let power = digits(exponent).fold(0_i64, |sum, digit| sum.saturating_mul(10).saturating_add(digit as i64));
        let power = if exponent.starts_with('-') { -power } else { power };
        // value = digits · factor · 10^power
        let mut power = power.saturating_sub(places);
        while power < 0 {
            if value % 10 != 0 {
                return Err(Problem::Fraction(self));
            }
            value /= 10;
            power += 1;
        }
        while power > 0 {
            value = value.checked_mul(10).ok_or(Problem::TooLarge(self))?;
            power -= 1;
        }
        u64::try_from(value).map_err(|_| Problem::TooLarge(self))
    }
}

impl fmt::Display for Amount<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digits.split('_').try_for_each(|digits| f.write_str(digits))?;
        let gap = if self.of == Unit::Bytes && !self.unit.is_empty() { " " } else { "" };
        write!(f, "{gap}{}", self.unit)
    }
}

/// What is wrong with an amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Problem<'a> {
    TwoUnits(&'a str, &'a str),
    Unit(&'a str, &'static Quantity),
    Fraction(Amount<'a>),
    TooLarge(Amount<'a>),
}

impl fmt::Display for Problem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Problem::TwoUnits(one, other) => write!(f, "two units, `{one}` and `{other}`"),
            Problem::Unit(unit, quantity) => unknown_unit(f, unit, quantity),
            Problem::Fraction(amount) => write!(f, "`{amount}` is not a whole number"),
            Problem::TooLarge(amount) => write!(f, "`{amount}` is too large: a limit is below 2^64"),
        }
    }
}

fn unknown_unit(f: &mut fmt::Formatter<'_>, unit: &str, quantity: &Quantity) -> fmt::Result {
    let (other, kind) = match quantity.unit {
        Unit::Count => (BYTES, "bytes"),
        Unit::Bytes => (COUNTS, "counts"),
    };
    let own = factors(quantity.unit).iter().map(|(name, _)| *name);
    if other.iter().any(|(name, _)| *name == unit) {
        write!(f, "`{unit}` is a unit of {kind}; ")?;
    } else {
        write!(f, "unknown unit `{unit}`; ")?;
        if let Some(near) = closest(unit, own.clone()) {
            write!(f, "did you mean `{near}`? ")?;
        }
    }
    write!(f, "`{}` takes {}", quantity.word, List(own))
}

const fn factors(unit: Unit) -> &'static Factors {
    match unit {
        Unit::Count => COUNTS,
        Unit::Bytes => BYTES,
    }
}

/// Where the number at the start of a text ends, without its unit; `None` if there is none.
fn digits_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_digit = |byte: &&u8| byte.is_ascii_digit() || **byte == b'_';
    let digits = |from: usize| from + bytes[from..].iter().take_while(is_digit).count();
    if !bytes.first()?.is_ascii_digit() {
        return None;
    }
    // A number in another base is an expression.
    if let [b'0', b'x' | b'o' | b'b', next, ..] = bytes
        && next.is_ascii_hexdigit()
    {
        return None;
    }
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') && !bytes.get(end + 1).is_some_and(|next| *next == b'.' || is_word(next)) {
        end += 1;
    } else if bytes.get(end) == Some(&b'.') && bytes[end + 1].is_ascii_digit() {
        end = digits(end + 1);
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        if bytes[end + 1 + sign..exponent].iter().any(u8::is_ascii_digit) {
            end = exponent;
        }
    }
    Some(end)
}

fn is_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'_'
}

/// Where the word at the start of a text ends.
pub(crate) fn word_end(text: &str) -> usize {
    text.bytes().take_while(is_word).count()
}
