//! Which layer of a network became which of another: the alignment with the least distance.

use crate::diff::layer::Layer;

/// What speaks against a layer's being new, or gone.
const ALONE: u32 = 3;

/// Pairs of indices, in order. An index without a partner is a layer that was removed, or added.
pub fn align(old: &[Layer<'_>], new: &[Layer<'_>]) -> Vec<(Option<usize>, Option<usize>)> {
    let is_same = |(a, b): &(&Layer<'_>, &Layer<'_>)| a.distance(b) == Some(0);
    let start = old.iter().zip(new).take_while(is_same).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(is_same).count();
    let (olds, news) = (&old[start..old.len() - end], &new[start..new.len() - end]);

    // The least distance of what follows each pair of places.
    let width = news.len() + 1;
    let mut least = vec![0; (olds.len() + 1) * width];
    let paired = |i: usize, j: usize| olds.get(i)?.distance(news.get(j)?);
    for i in (0..=olds.len()).rev() {
        for j in (0..=news.len()).rev() {
            let removed = (i < olds.len()).then(|| ALONE + least[(i + 1) * width + j]);
            let added = (j < news.len()).then(|| ALONE + least[i * width + j + 1]);
            let both = paired(i, j).map(|distance| distance + least[(i + 1) * width + j + 1]);
            least[i * width + j] = [both, removed, added].into_iter().flatten().min().unwrap_or(0);
        }
    }

    let mut pairs: Vec<_> = (0..start).map(|i| (Some(i), Some(i))).collect();
    let (mut i, mut j) = (0, 0);
    while i < olds.len() || j < news.len() {
        let here = least[i * width + j];
        let at = (Some(start + i), Some(start + j));
        if paired(i, j).is_some_and(|distance| distance + least[(i + 1) * width + j + 1] == here) {
            pairs.push(at);
            (i, j) = (i + 1, j + 1);
        } else if i < olds.len() && ALONE + least[(i + 1) * width + j] == here {
            pairs.push((at.0, None));
            i += 1;
        } else {
            pairs.push((None, at.1));
            j += 1;
        }
    }
    pairs.extend((0..end).rev().map(|i| (Some(old.len() - 1 - i), Some(new.len() - 1 - i))));
    pairs
}
