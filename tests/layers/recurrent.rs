//! Recurrent layers, and the embeddings before them.

use super::*;

#[network]
fn Embedding(x: Tensor<7>) -> Tensor<7, 6> {
    x.embedding(10, 6)
}

#[network]
fn EmbeddingOneRow(x: Tensor<3>) -> Tensor<3, 5> {
    x.embedding(1, 5)
}

#[network]
fn EmbeddingOneColumn(x: Tensor<4>) -> Tensor<4, 1> {
    x.embedding(9, 1)
}

#[network]
fn EmbeddingRank2(x: Tensor<3, 2>) -> Tensor<3, 2, 5> {
    x.embedding(8, 5)
}

#[network]
fn EmbeddingPaddingIdx(x: Tensor<12>) -> Tensor<12, 3> {
    x.embedding(6, 3)
}

cases! {
    embedding: Embedding,
    embedding_one_row: EmbeddingOneRow,
    embedding_one_column: EmbeddingOneColumn,
    embedding_rank2: EmbeddingRank2,
    embedding_padding_idx: EmbeddingPaddingIdx,
}
