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

/// The Levenshtein distance, ignoring case, with a swap of two letters as one edit; `None` if a known word is too long for
/// a suggestion.
fn distance(found: &str, known: &str) -> Option<usize> {
    let lower = |word| str::chars(word).flat_map(char::to_lowercase);
    // The distances of the letters so far from each beginning of the known word, and those of one and of two letters less.
    let mut rows: [[usize; 64]; 3] = [core::array::from_fn(|i| i); 3];
    let len = lower(known).count();
    let mut last = None;
    for (i, x) in lower(found).enumerate() {
        rows.rotate_right(1);
        let [row, before, two_before] = &mut rows;
        row[0] = i + 1;
        let mut left = None;
        for (j, y) in lower(known).enumerate() {
            let mut least = (*before.get(j)? + usize::from(x != y)).min(before.get(j + 1)? + 1).min(row[j] + 1);
            if last == Some(y) && left == Some(x) {
                least = least.min(two_before[j - 1] + 1);
            }
            row[j + 1] = least;
            left = Some(y);
        }
        last = Some(x);
    }
    rows[0].get(len).copied()
}
