//! What to suggest in place of an unknown word.

use core::fmt;

/// "a, b and c"
pub struct List<I>(pub I);

impl<'a, I: Iterator<Item = &'a str> + Clone> fmt::Display for List<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = self.0.clone();
        let mut separator = "";
        while let Some(word) = words.next() {
            write!(f, "{separator}{word}")?;
            separator = if words.clone().count() == 1 { " and " } else { ", " };
        }
        Ok(())
    }
}

/// "did you mean `stride`? There are stride, padding and bias"
pub struct Alternatives<'f, I> {
    /// The unknown word.
    pub found: &'f str,
    /// The words it may be.
    pub known: I,
}

impl<'a, I: Iterator<Item = &'a str> + Clone> fmt::Display for Alternatives<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = List(self.known.clone());
        match closest(self.found, self.known.clone()) {
            Some(word) => write!(f, "did you mean `{word}`? There are {all}"),
            None => write!(f, "there are {all}"),
        }
    }
}

/// The known word that is the fewest edits away from the one found, if they are few for its length.
pub fn closest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let len = found.chars().count();
    let most = (len / 3).clamp(1, 3).min(len.saturating_sub(1));
    known
        .into_iter()
        .filter_map(|word| Some((distance(found, word)?, word)))
        .filter(|&(edits, _)| edits <= most)
        .min_by_key(|&(edits, _)| edits)
        .map(|(_, word)| word)
}

/// The Levenshtein distance, ignoring case; `None` if a known word is too long for a suggestion.
fn distance(found: &str, known: &str) -> Option<usize> {
    let lower = |word| str::chars(word).flat_map(char::to_lowercase);
    let mut row: [usize; 64] = core::array::from_fn(|i| i);
    let row = row.get_mut(..=lower(known).count())?;
    for (i, x) in lower(found).enumerate() {
        let (mut diagonal, mut left) = (i, i + 1);
        row[0] = left;
        for (y, cell) in lower(known).zip(&mut row[1..]) {
            let substituted = diagonal + usize::from(x != y);
            diagonal = *cell;
            left = substituted.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied()
}
