//! JSON text: a strict reader that allocates nothing, and quoting.

use core::fmt;

/// How many lists and objects may be open at once, as in `serde_json`.
const MAX_DEPTH: u32 = 127;

/// A text that is not JSON, or not the JSON asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Invalid {
    /// The byte at which it fails.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
}

/// Reads a JSON text from its start to its end. It accepts what `serde_json` accepts, nothing else.
pub(crate) struct Json<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Json<'a> {
    pub fn new(text: &'a str) -> Self {
        Json { text, at: 0 }
    }

    /// The next byte that is not blank.
    fn next(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    pub fn invalid<T>(&self, expected: &'static str) -> Result<T, Invalid> {
        Err(Invalid { at: self.at, expected })
    }

    /// Skips a token, if it is the next.
    pub fn takes(&mut self, token: &str) -> bool {
        self.next();
        self.takes_here(token)
    }

    /// The same, without a blank before it.
    fn takes_here(&mut self, token: &str) -> bool {
        let takes = self.text.as_bytes()[self.at..].starts_with(token.as_bytes());
        if takes {
            self.at += token.len();
        }
        takes
    }

    pub fn expect(&mut self, token: &str, expected: &'static str) -> Result<(), Invalid> {
        if self.takes(token) { Ok(()) } else { self.invalid(expected) }
    }

    /// Whether the next value is a list.
    pub fn is_array(&mut self) -> bool {
        self.next() == Some(b'[')
    }

    pub fn end(&mut self) -> Result<(), Invalid> {
        if self.next().is_none() { Ok(()) } else { self.invalid("the end of the text") }
    }

    /// An object; `member` reads the value of each key.
    pub fn object<E: From<Invalid>>(
        &mut self,
        mut member: impl FnMut(&mut Self, Text<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect("{", "an object")?;
        if self.takes("}") {
            return Ok(());
        }
        loop {
            let key = self.text()?;
            self.expect(":", "`:`")?;
            member(self, key)?;
            if self.takes("}") {
                return Ok(());
            }
            self.expect(",", "`,` or `}`")?;
        }
    }

    /// A list; `item` reads each value.
    pub fn array(&mut self, mut item: impl FnMut(&mut Self) -> Result<(), Invalid>) -> Result<(), Invalid> {
        self.expect("[", "a list")?;
        if self.takes("]") {
            return Ok(());
        }
        loop {
            item(self)?;
            if self.takes("]") {
                return Ok(());
            }
            self.expect(",", "`,` or `]`")?;
        }
    }

    /// The text of what `read` reads.
    pub fn raw<E>(&mut self, read: impl FnOnce(&mut Self) -> Result<(), E>) -> Result<&'a str, E> {
        self.next();
        let start = self.at;
        read(self)?;
        Ok(&self.text[start..self.at])
    }

    pub fn text(&mut self) -> Result<Text<'a>, Invalid> {
        self.expect("\"", "a string")?;
        let start = self.at;
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => match unescape(&self.text[self.at..]) {
                    Some((_, len)) => self.at += len,
                    None => return self.invalid("an escape of JSON"),
                },
                Some(b' '..) => self.at += 1,
                Some(_) => return self.invalid("no control character in a string"),
                None => return self.invalid("the end of a string"),
            }
        }
        self.at += 1;
        Ok(Text { raw: &self.text[start..self.at - 1] })
    }

    /// A number without sign, fraction and exponent.
    pub fn natural(&mut self) -> Result<usize, Invalid> {
        self.next();
        let start = self.at;
        self.number()?.parse().or(Err(Invalid { at: start, expected: "a natural number below 2⁶⁴" }))
    }

    fn number(&mut self) -> Result<&'a str, Invalid> {
        self.raw(|json| {
            json.takes_here("-");
            // A number does not start with a zero, unless that is all.
            if !json.takes_here("0") {
                json.digits()?;
            }
            if json.takes_here(".") {
                json.digits()?;
            }
            if json.takes_here("e") || json.takes_here("E") {
                let _ = json.takes_here("+") || json.takes_here("-");
                json.digits()?;
            }
            Ok(())
        })
    }

    fn digits(&mut self) -> Result<(), Invalid> {
        let digits = self.text.as_bytes()[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += digits;
        if digits == 0 { self.invalid("a digit") } else { Ok(()) }
    }

    /// Skips any value, within `depth` open lists and objects.
    pub fn skip(&mut self, depth: u32) -> Result<(), Invalid> {
        match self.next() {
            Some(b'{' | b'[') if depth == MAX_DEPTH => self.invalid("fewer lists and objects in each other"),
            Some(b'{') => self.object(|json, _| json.skip(depth + 1)),
            Some(b'[') => self.array(|json| json.skip(depth + 1)),
            Some(b'"') => self.text().map(drop),
            Some(b'-' | b'0'..=b'9') => {
                let start = self.at;
                match self.number()?.parse::<f64>() {
                    Ok(number) if number.is_finite() => Ok(()),
                    _ => Err(Invalid { at: start, expected: "a smaller number" }),
                }
            }
            _ if self.takes("true") || self.takes("false") || self.takes("null") => Ok(()),
            _ => self.invalid("a value"),
        }
    }
}

/// A string of a JSON text, as it is written there.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    raw: &'a str,
}

impl<'a> Text<'a> {
    /// What the string says.
    pub fn chars(self) -> impl Iterator<Item = char> + 'a {
        let mut rest = self.raw;
        core::iter::from_fn(move || {
            let (char, len) = match unescape(rest) {
                Some(escape) => escape,
                None => rest.chars().next().map(|char| (char, char.len_utf8()))?,
            };
            rest = &rest[len..];
            Some(char)
        })
    }

    /// Whether it says this.
    pub fn is(self, text: &str) -> bool {
        self.chars().eq(text.chars())
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chars().try_for_each(|char| fmt::Write::write_char(f, char))
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.raw)
    }
}

/// The character of the escape at the start of a text, and the length of the escape.
fn unescape(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if is_hex { u16::from_str_radix(digits, 16).ok() } else { None }
    };
    let char = match text.strip_prefix('\\')?.as_bytes().first()? {
        b'u' => {
            let first = unit(0)?;
            if let Some(char) = char::from_u32(first.into()) {
                return Some((char, 6));
            }
            // Half of a character beyond 16 bits; the other half follows.
            return char::decode_utf16([first, unit(6)?]).next()?.ok().map(|char| (char, 12));
        }
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        byte @ (b'"' | b'\\' | b'/') => char::from(*byte),
        _ => return None,
    };
    Some((char, 2))
}

/// Displays a text as a string of JSON.
#[cfg(feature = "std")]
pub(crate) struct Quoted<'a>(pub &'a str);

#[cfg(feature = "std")]
impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for char in self.0.chars() {
            match char {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                '\u{8}' => f.write_str("\\b")?,
                '\u{c}' => f.write_str("\\f")?,
                '\0'..' ' => write!(f, "\\u{:04x}", u32::from(char))?,
                char => fmt::Write::write_char(f, char)?,
            }
        }
        f.write_str("\"")
    }
}
