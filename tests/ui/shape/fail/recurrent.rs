//! What recurrent layers and embeddings cannot take.
use netcost::prelude::*;

#[network]
fn Hidden(x: Tensor<5, 8>) -> Tensor<5, 8> {
    let (y, _) = x.lstm(0);
    y
}

#[network]
fn Layers(x: Tensor<5, 8>) -> Tensor<5, 8> {
    let (y, _) = x.gru(8, num_layers = 0);
    y
}

#[network]
fn Projection(x: Tensor<5, 8>) -> Tensor<5, 8> {
    let (y, _) = x.lstm(8, proj_size = 8);
    y
}

#[network]
fn Dropped(x: Tensor<5, 8>) -> Tensor<5, 8> {
    let (y, _) = x.rnn(8, dropout = 1.5);
    y
}

#[network]
fn Batched(x: Tensor<1, 5, 8>) -> Tensor<1, 5, 8> {
    let (y, _) = x.rnn(8);
    y
}

#[network]
fn Steps(x: Tensor<5, 8>) -> Tensor<8> {
    x.rnn_cell(8)
}

#[network]
fn Sequence(x: Tensor<5, 8>) -> Tensor<8> {
    x.gru_cell(8)
}

#[network]
fn States(x: Tensor<5, 8>, h: Tensor<2, 8>, c: Tensor<1, 8>) -> Tensor<5, 4> {
    let (y, _) = x.lstm(8, proj_size = 4, hx = (h, c));
    y
}

#[network]
fn CellState(x: Tensor<5>, h: Tensor<8>, c: Tensor<4>) -> Tensor<8> {
    let (h, _) = x.lstm_cell(8, hx = (h, c));
    h
}

#[network]
fn Undirected(x: Tensor<5, 8>) -> Tensor<5, 8> {
    let (y, _) = x.gru(8, proj_size = 4);
    y
}

#[network]
fn Sequential(x: Tensor<5, 8>) -> Tensor<5, 8> {
    x.lstm(8).relu()
}

#[network]
fn NoRows(x: Tensor<5>) -> Tensor<5, 8> {
    x.embedding(0, 8)
}

#[network]
fn NoColumns(x: Tensor<5>) -> Tensor<5, 8> {
    x.embedding(8, 0)
}

#[network]
fn Rows(x: Tensor<5>) -> Tensor<5, 8> {
    x.embedding(1 << 25, 8)
}

#[network]
fn Axes(x: Tensor<1, 1, 1, 1, 1, 5>) -> Tensor<5, 8> {
    x.embedding(9, 8)
}

fn main() {}
