//! The part-of-speech tagger of PyTorch's tutorial on sequence models.

use netcost::prelude::*;

/// Scores of each word's tags: an embedding, an LSTM over the words, and a linear layer.
#[network]
pub fn LstmTagger<
    const WORDS: usize,
    const VOCABULARY: usize,
    const EMBEDDING: usize,
    const HIDDEN: usize,
    const TAGS: usize,
>(
    words: Tensor<WORDS>,
) -> Tensor<WORDS, TAGS> {
    let x = words.embedding(VOCABULARY, EMBEDDING, name = "word_embeddings");
    let (x, _) = x.lstm(HIDDEN, name = "lstm");
    x.linear(TAGS, name = "hidden2tag")
}
