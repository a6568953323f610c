//! Amounts with units: `6.2M` and `64 KiB` as exact whole numbers.

use netcost_core::{Quantity, Unit};
use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{Expr, Lit};

use crate::report::{closest, list};

const COUNTS: &[(&str, u64)] = &[("k", 1_000), ("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000)];
const BYTES: &[(&str, u64)] = &[
    ("B", 1),
    ("kB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];

/// A literal as it was written, with its unit in the suffix or behind it.
pub struct Number {
    pub lit: Lit,
    pub unit: Option<Ident>,
}

impl ToTokens for Number {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.lit.to_tokens(tokens);
        self.unit.to_tokens(tokens);
    }
}

/// A number read.
pub struct Amount {
    pub value: u64,
    /// `3M`, `64 KiB`
    pub text: String,
}

impl Amount {
    /// Reads a number as a quantity's value.
    pub fn read(number: &Number, quantity: &Quantity) -> syn::Result<Self> {
        let (digits, suffix) = match &number.lit {
            Lit::Int(lit) => (lit.base10_digits(), lit.suffix()),
            Lit::Float(lit) => (lit.base10_digits(), lit.suffix()),
            _ => ("", ""),
        };
        let suffix = if suffix == "u64" { "" } else { suffix };
        let (unit, span) = match &number.unit {
            Some(unit) if !suffix.is_empty() => {
                return Err(syn::Error::new(unit.span(), format!("two units, `{suffix}` and `{unit}`")));
            }
            Some(unit) => (unit.to_string(), unit.span()),
            None => (suffix.to_owned(), number.lit.span()),
        };
        let factor = factor(&unit, quantity, span)?;
        let gap = if matches!(quantity.unit, Unit::Bytes) && !unit.is_empty() { " " } else { "" };
        let text = format!("{digits}{gap}{unit}");
        let error = |message| Err(syn::Error::new_spanned(number, message));
        match exact(digits, factor) {
            Exact::Whole(value) => Ok(Amount { value, text }),
            Exact::Fraction => error(format!("`{text}` is not a whole number")),
            Exact::Overflow => error(format!("`{text}` is too large: a limit is below 2^64")),
        }
    }
}

/// What one of the unit is worth.
fn factor(unit: &str, quantity: &Quantity, span: Span) -> syn::Result<u64> {
    let (own, other, kind) = match quantity.unit {
        Unit::Count => (COUNTS, BYTES, "bytes"),
        Unit::Bytes => (BYTES, COUNTS, "counts"),
    };
    if unit.is_empty() {
        return Ok(1);
    }
    if let Some((_, factor)) = own.iter().find(|(name, _)| *name == unit) {
        return Ok(*factor);
    }
    let word = quantity.word;
    let takes = list(own.iter().map(|(name, _)| *name));
    let message = if other.iter().any(|(name, _)| *name == unit) {
        format!("`{unit}` is a unit of {kind}; `{word}` takes {takes}")
    } else {
        match closest(unit, own.iter().map(|(name, _)| *name)) {
            Some(near) => format!("unknown unit `{unit}`; did you mean `{near}`? `{word}` takes {takes}"),
            None => format!("unknown unit `{unit}`; `{word}` takes {takes}"),
        }
    };
    Err(syn::Error::new(span, message))
}

enum Exact {
    Whole(u64),
    Fraction,
    Overflow,
}

/// A decimal number such as `6.2` or `1.5e3` times a factor, without rounding.
fn exact(digits: &str, factor: u64) -> Exact {
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let significant = format!("{whole}{fraction}");
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return Exact::Whole(0);
    }
    let Ok(exponent) = exponent.parse::<i64>() else {
        return if exponent.starts_with('-') { Exact::Fraction } else { Exact::Overflow };
    };
    // value = significant · factor · 10^power
    let mut power = exponent.saturating_sub(fraction.len() as i64);
    let Some(mut value) = significant.parse::<u128>().ok().and_then(|number| number.checked_mul(factor.into())) else {
        return Exact::Overflow;
    };
    while power < 0 {
        if value % 10 != 0 {
            return Exact::Fraction;
        }
        value /= 10;
        power += 1;
    }
    while power > 0 {
        match value.checked_mul(10) {
            Some(product) => value = product,
            None => return Exact::Overflow,
        }
        power -= 1;
    }
    u64::try_from(value).map_or(Exact::Overflow, Exact::Whole)
}

/// An expression as one would write it.
pub fn spell(expr: &Expr) -> String {
    let mut text = expr.to_token_stream().to_string();
    for (spaced, close) in [(" :: ", "::"), ("( ", "("), (" )", ")"), (" . ", "."), (" ,", ",")] {
        text = text.replace(spaced, close);
    }
    text
}
