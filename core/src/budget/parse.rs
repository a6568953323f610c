//! How limits are written: `macs <= 3M, ram < 64 KiB, layer.params <= LIMIT, warn = 90%`.

use core::fmt;
use core::ops::Range;

use crate::base::suggest::{Alternatives, List, closest};
use crate::budget::amount::{self, Amount, word_end};
use crate::cost::quantities::Own;
use crate::quantity::limit::Relation;
use crate::quantity::quantity::{Quantity, Unit};
use crate::tools::tally;

/// Other words for netcost's own quantities, and what to write for them.
const SYNONYMS: &[(&[&str], &str)] = &[
    (&["memory", "mem", "sram", "arena", "activations", "peak_memory"], "`ram`"),
    (&["rom", "size", "model_size", "storage", "bytes"], "`flash`"),
    (&["weights"], "`params` for their number, `flash` for their bytes"),
    (&["parameters", "num_params", "param_count"], "`params`"),
    (&["madds", "mult_adds", "multiply_adds", "mac_count"], "`macs`"),
    (&["ops", "operations"], "`flops`"),
    (&["bandwidth"], "`traffic`"),
    (&["peak"], "`peak_live`"),
    (&["warning", "warn_at"], "`warn = 90%`"),
];

/// Every quantity that a budget can limit: netcost's own, then those of the other tools.
pub fn quantities() -> impl Iterator<Item = &'static Quantity> + Clone {
    Own::ALL.iter().chain(tally::QUANTITIES.iter().copied().flatten())
}

/// A limit, as it was written. It displays in the usual form: `ram <= 64 KiB`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written<'a> {
    /// What is limited, as it was written: `layer.macs`.
    pub words: &'a str,
    /// What is limited.
    pub quantity: &'static Quantity,
    /// Whether it limits each layer rather than the network.
    pub per_layer: bool,
    /// How the number is compared with the limit.
    pub relation: Relation,
    /// The right side.
    pub value: Value<'a>,
    /// Its place, from the quantity to the end of the value.
    pub range: Range<usize>,
}

/// The right side of a limit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value<'a> {
    /// `6.2M`, and its value.
    Amount(Amount<'a>, u64),
    /// An expression of Rust, which a macro reads, and its place.
    Expression(&'a str, Range<usize>),
}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", self.words, self.relation.symbol())?;
        match &self.value {
            Value::Amount(amount, _) => amount.fmt(f),
            Value::Expression(text, _) => f.write_str(text),
        }
    }
}

/// What is wrong with the text of a budget, and where, in bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error<'a> {
    /// The place.
    pub range: Range<usize>,
    problem: Problem<'a>,
}

impl fmt::Display for Error<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

/// Reads a budget: passes each limit, or what is wrong with it, to `each`, and returns the percentage of `warn = 90%`.
pub fn parse<'a>(text: &'a str, mut each: impl FnMut(Result<Written<'a>, Error<'a>>)) -> Option<u8> {
    let mut warn: Option<(u8, Range<usize>)> = None;
    let mut is_empty = true;
    let mut from = 0;
    while !text[from..].trim().is_empty() {
        let comma = from + clause_end(&text[from..]);
        let clause = Clause::new(text, from, comma);
        from = (comma + 1).min(text.len());
        let error = match clause.parse() {
            Ok(Parsed::Limit(limit)) => {
                is_empty = false;
                let thousands = thousands_end(&text[from..]);
                if thousands > 0 && limit.range.end == comma && matches!(limit.value, Value::Amount(..)) {
                    let range = limit.range.start..from + thousands;
                    from = (range.end + 1).min(text.len());
                    each(Err(Error { range, problem: Problem::Thousands }));
                } else {
                    each(Ok(limit));
                }
                continue;
            }
            Ok(Parsed::Warn(percent, range)) if warn.is_none() => {
                warn = Some((percent, range));
                continue;
            }
            Ok(Parsed::Warn(_, range)) => Error { range, problem: Problem::WarnTwice },
            Err(error) => error,
        };
        is_empty = false;
        each(Err(error));
    }
    let (percent, range) = warn?;
    if is_empty {
        each(Err(Error { range, problem: Problem::WarnAlone(percent) }));
    }
    Some(percent)
}

/// Where the thousands end that a text begins with, as in `000, 000, ram <= 1`; 0 if there are none.
fn thousands_end(text: &str) -> usize {
    let mut end = 0;
    loop {
        let from = end + usize::from(end > 0 && text[end..].starts_with(','));
        let clause = from + clause_end(&text[from..]);
        let digits = text[from..clause].trim();
        if digits.len() != 3 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return end;
        }
        end = clause;
    }
}

enum Parsed<'a> {
    Limit(Written<'a>),
    Warn(u8, Range<usize>),
}

/// The text between two commas, and how far it has been read.
struct Clause<'a> {
    text: &'a str,
    at: usize,
    /// Where it ends, without spaces.
    end: usize,
    comma: usize,
}

impl<'a> Clause<'a> {
    fn new(text: &'a str, from: usize, comma: usize) -> Self {
        let mut clause = Clause { text, at: from, end: from + text[from..comma].trim_end().len(), comma };
        clause.end = clause.end.max(from);
        clause.skip_spaces();
        clause
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or("")
    }

    fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Moves past the next `len` bytes and the spaces after them, and returns the range of those bytes.
    fn eat(&mut self, len: usize) -> Range<usize> {
        let range = self.at..self.at + len;
        self.at = range.end;
        self.skip_spaces();
        range
    }

    /// Where the next token is: the comma after the clause; or else `before`, at the end of the text.
    fn next_or(&self, before: &Range<usize>) -> Range<usize> {
        match self.rest().chars().next() {
            Some(first) => self.at..self.at + word_end(self.rest()).max(first.len_utf8()),
            None if self.comma < self.text.len() => self.comma..self.comma + 1,
            None => before.clone(),
        }
    }

    /// A limit with its quantity at the end, as `3M >= macs`, or in the middle.
    fn reversed(&self) -> Option<Problem<'a>> {
        let rest = self.rest();
        let (at, relation) = ["<=", "<", ">=", ">"].iter().filter_map(|word| Some((rest.find(word)?, word))).min()?;
        let (before, after) = (rest[..at].trim_end(), rest[at + relation.len()..].trim_start_matches(['=', ' ']));
        let (words, after) = after.split_at(path_end(after));
        if !is_quantity(words) || is_quantity(before) {
            return None;
        }
        let upper = after.trim_start().trim_start_matches(['<', '=']).trim_start();
        match (relation.starts_with('<'), upper) {
            (true, "") => None,
            (true, upper) => Some(Problem::Reversed(words, upper)),
            (false, _) => Some(Problem::Reversed(words, before)),
        }
    }

    fn parse(mut self) -> Result<Parsed<'a>, Error<'a>> {
        if self.rest().is_empty() {
            return Err(Error { range: self.next_or(&(self.at..self.end)), problem: Problem::Empty });
        }
        if let Some(problem) = self.reversed() {
            return Err(Error { range: self.at..self.end, problem });
        }
        let words = path_end(self.rest());
        if words == 0 || self.rest().starts_with(|first: char| first.is_ascii_digit()) {
            let range = self.next_or(&(self.at..self.end));
            return Err(Error { range, problem: Problem::NoQuantity });
        }
        let range = self.eat(words);
        match &self.text[range.clone()] {
            "warn" => self.warn(range),
            words => self.limit(words, range).map(Parsed::Limit),
        }
    }

    /// `= 90%`
    fn warn(mut self, word: Range<usize>) -> Result<Parsed<'a>, Error<'a>> {
        let error = |range, problem| Err(Error { range, problem });
        if !self.rest().starts_with('=') {
            return error(self.next_or(&word), Problem::WarnForm);
        }
        self.eat(1);
        let is_number = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
        let number = self.rest().bytes().take_while(is_number).count();
        if number == 0 || !self.rest().starts_with(|first: char| first.is_ascii_digit()) {
            return error(self.next_or(&word), Problem::WarnForm);
        }
        let number = self.eat(number);
        if !self.rest().starts_with('%') {
            return error(self.next_or(&word), Problem::WarnForm);
        }
        let range = word.start..self.eat(1).end;
        if !self.rest().is_empty() {
            return error(self.next_or(&word), Problem::Comma);
        }
        let digits = &self.text[number.clone()];
        if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return error(number, Problem::WarnWhole);
        }
        match digits.parse() {
            Ok(percent @ 1..=100) => Ok(Parsed::Warn(percent, range)),
            _ => error(number, Problem::WarnPercent),
        }
    }

    /// `<= value`
    fn limit(mut self, words: &'a str, place: Range<usize>) -> Result<Written<'a>, Error<'a>> {
        if let Some(after) = self.rest().strip_prefix("::") {
            let next = &after[..path_end(after.trim_start()) + after.len() - after.trim_start().len()];
            let range = place.start..self.at + "::".len() + next.len();
            return Err(Error { range, problem: Problem::Colons(words, next.trim_start()) });
        }
        let (per_layer, word) = match words.strip_prefix("layer.") {
            Some(word) => (true, word),
            None => (false, words),
        };
        let quantity = match quantities().find(|known| known.word == word) {
            Some(known) if known.per_layer || !per_layer => known,
            Some(_) => return Err(Error { range: place, problem: Problem::OfNetwork(word) }),
            None => return Err(Error { range: place, problem: Problem::Unknown { words, word, per_layer } }),
        };
        let is_next = |relation: &Relation| self.rest().starts_with(relation.symbol());
        let relation = [Relation::AtMost, Relation::Exactly, Relation::Below].into_iter().find(is_next);
        let Some(relation) = relation.filter(|_| !self.rest().starts_with("<<")) else {
            let range = if self.rest().is_empty() { place } else { self.next_or(&place) };
            return Err(Error { range, problem: Problem::NoRelation(words) });
        };
        let operator = self.eat(relation.symbol().len());
        let range = place.start..self.end;
        let value = self.rest();
        if value.is_empty() {
            return Err(Error { range: operator, problem: Problem::NoValue(words, relation, quantity.unit) });
        }
        let value_at = self.at..self.end;
        if value.starts_with('-') {
            return Err(Error { range: value_at, problem: Problem::Negative });
        }
        if value.starts_with('=') {
            return Err(Error { range: operator.start..self.at + 1, problem: Problem::Apart(words, relation) });
        }
        if let Some(and) = value.find("&&").filter(|and| is_quantity(first_words(&value[and + 2..]))) {
            let and = self.at + and;
            return Err(Error { range: and..and + 2, problem: Problem::And });
        }
        let within = value.strip_prefix('(').and_then(|value| value.strip_suffix(')')).map(str::trim);
        let amount = within.filter(|within| Amount::split(within, quantity.unit).is_some()).unwrap_or(value);
        let value = match Amount::split(amount, quantity.unit) {
            None => Value::Expression(value, value_at),
            Some((amount, unit)) => {
                let unit_at = value_at.start + unit.start..value_at.start + unit.end;
                let at = |range| |problem| Error { range, problem: Problem::Amount(problem) };
                let (amount, factor) =
                    amount.and_then(|amount| Ok((amount, amount.factor(quantity)?))).map_err(at(unit_at))?;
                Value::Amount(amount, amount.value(factor).map_err(at(value_at))?)
            }
        };
        Ok(Written { words, quantity, per_layer, relation, value, range })
    }
}

/// Whether a text is the word of a quantity, of the network or of each layer.
fn is_quantity(words: &str) -> bool {
    let word = words.strip_prefix("layer.").unwrap_or(words);
    quantities().any(|known| known.word == word)
}

fn first_words(text: &str) -> &str {
    let text = text.trim_start();
    &text[..path_end(text)]
}

/// Where the words at the start of a text end: `macs`, `layer.macs`, `fvcore.flops`.
fn path_end(text: &str) -> usize {
    let mut end = word_end(text);
    while end > 0 && text[end..].starts_with('.') && word_end(&text[end + 1..]) > 0 {
        end += 1 + word_end(&text[end + 1..]);
    }
    end
}

/// The comma that ends a clause, or the end of the text: commas within brackets and strings do not count.
fn clause_end(text: &str) -> usize {
    let (mut brackets, mut angles) = (0_usize, 0_usize);
    // Whether an operand has just ended: a `<` compares it, and elsewhere is a bracket.
    let mut operand = false;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        let rest = &text[at..];
        let mut len = 1;
        match byte {
            b',' if brackets == 0 && angles == 0 => return at,
            b'"' => len = 1 + string_end(&rest[1..], '"'),
            b'\'' => len = 1 + char_end(&rest[1..]),
            b'(' | b'[' | b'{' => brackets += 1,
            b')' | b']' | b'}' => brackets = brackets.saturating_sub(1),
            b'<' if brackets == 0 && (angles > 0 || !operand) && !rest.starts_with("<=") => angles += 1,
            b'>' if brackets == 0 && !text[..at].ends_with('-') => angles = angles.saturating_sub(1),
            _ => len = word_end(rest).max(rest.chars().next().map_or(1, char::len_utf8)),
        }
        if !byte.is_ascii_whitespace() {
            operand = matches!(byte, b')' | b']' | b'}' | b'"' | b'\'' | b'>') || word_end(rest) > 0;
        }
        at += len;
    }
    text.len()
}

/// Where a string ends, after its closing quote.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, next) in text.char_indices() {
        match next {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if next == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Where a character ends, after its closing quote; 0 for a lifetime.
fn char_end(text: &str) -> usize {
    let mut chars = text.char_indices();
    match chars.next() {
        Some((_, '\\')) => string_end(text, '\''),
        Some(_) if matches!(chars.next(), Some((_, '\''))) => string_end(text, '\''),
        _ => 0,
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Problem<'a> {
    Empty,
    NoQuantity,
    /// The words of the quantity, and the limit.
    Reversed(&'a str, &'a str),
    Colons(&'a str, &'a str),
    Apart(&'a str, Relation),
    And,
    Thousands,
    Unknown {
        words: &'a str,
        word: &'a str,
        per_layer: bool,
    },
    OfNetwork(&'a str),
    NoRelation(&'a str),
    NoValue(&'a str, Relation, Unit),
    Negative,
    Amount(amount::Problem<'a>),
    Comma,
    WarnForm,
    WarnWhole,
    WarnPercent,
    WarnTwice,
    WarnAlone(u8),
}

impl fmt::Display for Problem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Problem::Empty => f.write_str("a comma too many: no limit is before it"),
            Problem::Reversed(words, limit) => {
                write!(f, "a limit begins with its quantity and is an upper bound: write `{words} <= {limit}`")
            }
            Problem::Colons(words, next) => write!(f, "a point is between the words: write `{words}.{next}`"),
            Problem::Apart(words, relation) => {
                write!(f, "`{0}=` has no space in it: write `{words} {0}= ..`", relation.symbol())
            }
            Problem::And => f.write_str("limits are separated by commas: write `,` for `&&`"),
            Problem::Thousands => f.write_str("a number has no commas: write `3_000_000`, or `3M`"),
            Problem::NoQuantity => f.write_str("a limit begins with a quantity: write `macs <= 3M`"),
            Problem::Unknown { words, word, per_layer } => unknown(f, words, word, per_layer),
            Problem::OfNetwork(word) => {
                let words = List(words_beside(word, true));
                write!(f, "`{word}` is a number of the whole network; a layer has {words}")
            }
            Problem::NoRelation(words) => {
                write!(f, "a limit is written `{words} <= ..`, `{words} < ..`, or `{words} == ..` to pin it")
            }
            Problem::NoValue(words, relation, unit) => {
                let example = match unit {
                    Unit::Count => "3M",
                    Unit::Bytes => "64 KiB",
                };
                write!(f, "a value is missing: write `{words} {} {example}`", relation.symbol())
            }
            Problem::Negative => f.write_str("a limit is not negative"),
            Problem::Amount(problem) => problem.fmt(f),
            Problem::Comma => f.write_str("expected a comma after the limit"),
            Problem::WarnForm => f.write_str("a warning comes near the limit: write `warn = 90%`"),
            Problem::WarnWhole => f.write_str("`warn` is a whole number of percent, from 1 to 100"),
            Problem::WarnPercent => f.write_str("`warn` is a percentage of the limit, from 1% to 100%"),
            Problem::WarnTwice => f.write_str("`warn` is given twice: one applies to all limits beside it"),
            Problem::WarnAlone(percent) => {
                write!(f, "`warn` needs a limit to compare with: write `macs <= 3M, warn = {percent}%`")
            }
        }
    }
}

/// What to write in place of an unknown quantity: one of its tool, if that is known.
fn unknown(f: &mut fmt::Formatter<'_>, words: &str, word: &str, per_layer: bool) -> fmt::Result {
    write!(f, "unknown quantity `{words}`; ")?;
    if let Some((_, code)) = SYNONYMS.iter().find(|(others, _)| others.contains(&word)) {
        return write!(f, "write {code}");
    }
    if let (false, Some(warn)) = (per_layer, closest(word, ["warn"])) {
        return write!(f, "did you mean `{warn} = 90%`?");
    }
    if word == "layer" {
        return f.write_str("a limit on each layer names what is limited: write `layer.macs`");
    }
    if let Some(first) = quantities().find(|known| tool_of(known.word) == Some(word)) {
        let all = List(words_beside(first.word, per_layer));
        return write!(f, "`{word}` is a tool with numbers of its own: {all}");
    }
    let beside = Alternatives { found: word, known: words_beside(word, per_layer) };
    let Some(tool) = tool_of(word) else {
        return write!(f, "{beside}, and those of other tools, such as `fvcore.flops`");
    };
    if beside.known.clone().next().is_some() {
        return write!(f, "{beside}");
    }
    let is_first = |&(at, tool): &(usize, &str)| !tools().take(at).any(|before| before == tool);
    let tools = tools().enumerate().filter(is_first).map(|(_, tool)| tool);
    let known = Some("layer").filter(|_| !per_layer).into_iter().chain(tools);
    write!(f, "`{tool}` is not a tool: {}", Alternatives { found: tool, known })
}

/// The words of the same tool, or netcost's own for a word without one: all, or those of a layer.
fn words_beside(word: &str, per_layer: bool) -> impl Iterator<Item = &'static str> + Clone {
    let known = quantities().filter(move |known| known.per_layer || !per_layer).map(|known| known.word);
    known.filter(move |known| tool_of(known) == tool_of(word))
}

fn tools() -> impl Iterator<Item = &'static str> + Clone {
    quantities().filter_map(|known| tool_of(known.word))
}

fn tool_of(word: &str) -> Option<&str> {
    word.split_once('.').map(|(tool, _)| tool)
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::format;
    use std::string::{String, ToString};
    use std::vec::Vec;

    use super::{Value, parse};

    /// Each limit as `its text = its value`, or `the text with an error: the message`.
    fn read(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        parse(text, |read| {
            all.push(match read {
                Ok(limit) => match limit.value {
                    Value::Amount(_, value) => format!("{limit} = {value}"),
                    Value::Expression(_, ref range) => format!("{limit}, {}", &text[range.clone()]),
                },
                Err(error) => format!("{}: {error}", &text[error.range.clone()]),
            });
        });
        all
    }

    #[test]
    fn amounts_are_exact() {
        let text = " macs<=3M ,ram < 1.5KiB, fvcore.flops == 1_000, layer.flash <= 64 kB, flops < 1.5e3,";
        let expected = [
            "macs <= 3M = 3000000",
            "ram < 1.5 KiB = 1536",
            "fvcore.flops == 1000 = 1000",
            "layer.flash <= 64 kB = 64000",
            "flops < 1.5e3 = 1500",
        ];
        assert_eq!(read(text), expected);
    }

    #[test]
    fn an_expression_ends_at_its_comma() {
        for value in
            ["A::<1, 2>::B", "f(1, 2)", "<A as B<1, 2>>::C", "{ \"a,\" ; ','; 3 }", "A < B", "3 * K", "1..2", "0xff"]
        {
            let text = format!("macs <= {value}, ram <= 1");
            assert_eq!(read(&text), [format!("macs <= {value}, {value}"), "ram <= 1 = 1".to_string()]);
        }
    }

    #[test]
    fn an_error_has_its_place() {
        assert_eq!(read("macs <= 3Q"), ["Q: unknown unit `Q`; `macs` takes k, M, G and T"]);
        assert_eq!(
            read("macs <= 1,, ram"),
            [
                "macs <= 1 = 1",
                ",: a comma too many: no limit is before it",
                "ram: a limit is written `ram <= ..`, `ram < ..`, or `ram == ..` to pin it",
            ]
        );
        assert_eq!(
            read("warn = \"90\", macs <= 1"),
            ["\": a warning comes near the limit: write `warn = 90%`", "macs <= 1 = 1",]
        );
    }

    #[test]
    fn other_words_and_forms_are_answered_with_the_right_ones() {
        let cases = [
            ("memory <= 64 KiB", "memory: unknown quantity `memory`; write `ram`"),
            ("rom <= 64 KiB", "rom: unknown quantity `rom`; write `flash`"),
            (
                "layer.weights <= 1",
                "layer.weights: unknown quantity `layer.weights`; write `params` for their number, \
              `flash` for their bytes",
            ),
            ("wran = 90%", "wran: unknown quantity `wran`; did you mean `warn = 90%`?"),
            (
                "layer <= 3",
                "layer: unknown quantity `layer`; a limit on each layer names what is limited: write `layer.macs`",
            ),
            (
                "thop <= 3M",
                "thop: unknown quantity `thop`; `thop` is a tool with numbers of its own: thop.macs and thop.params",
            ),
            ("thop::macs <= 3M", "thop::macs: a point is between the words: write `thop.macs`"),
            ("layer :: macs <= 3M", "layer :: macs: a point is between the words: write `layer.macs`"),
            ("3M >= macs", "3M >= macs: a limit begins with its quantity and is an upper bound: write `macs <= 3M`"),
            (
                "2 * L > macs",
                "2 * L > macs: a limit begins with its quantity and is an upper bound: write `macs <= 2 * L`",
            ),
            (
                "1M <= macs <= 3M",
                "1M <= macs <= 3M: a limit begins with its quantity and is an upper bound: \
              write `macs <= 3M`",
            ),
            ("macs <= 3,000,000", "macs <= 3,000,000: a number has no commas: write `3_000_000`, or `3M`"),
            ("macs < = 3M", "< =: `<=` has no space in it: write `macs <= ..`"),
            ("macs <= 3M && params <= 1", "&&: limits are separated by commas: write `,` for `&&`"),
            (", macs <= 3M", ",: a comma too many: no limit is before it"),
        ];
        for (text, error) in cases {
            let all: Vec<String> = read(text).into_iter().filter(|line| !line.starts_with("macs <= 3M =")).collect();
            assert_eq!(all, [error]);
        }
        assert_eq!(read("macs <= (3M), ram <= ( 64 KiB )"), ["macs <= 3M = 3000000", "ram <= 64 KiB = 65536"]);
        assert_eq!(read("macs <= 3, params <= 000"), ["macs <= 3 = 3", "params <= 000 = 0"]);
    }

    #[test]
    fn a_text_of_any_kind_is_read() {
        for text in [
            "",
            ",",
            "<",
            "macs <= '",
            "macs <= \"",
            "ü <= 3",
            "macs <= ü",
            "macs <= 0x",
            "warn = 9",
            "macs <= <",
            "1.",
            "macs <= 1.e",
            "macs <= 1,000",
            "macs::",
            "macs:: <= 1",
            "1 <= macs <",
            "> macs",
            "macs <= ()",
        ] {
            read(text);
        }
    }
}
