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

#[network]
fn Rnn(x: Tensor<6, 5>) -> Tensor<49> {
    let (y, h) = x.rnn(7);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn RnnRelu(x: Tensor<6, 5>) -> Tensor<49> {
    let (y, h) = x.rnn(7, nonlinearity = Nonlinearity::Relu);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn RnnNoBias(x: Tensor<4, 3>) -> Tensor<25> {
    let (y, h) = x.rnn(5, bias = false);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn RnnOneStep(x: Tensor<1, 3>) -> Tensor<10> {
    let (y, h) = x.rnn(5);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn RnnBidirectional(x: Tensor<5, 5>) -> Tensor<36> {
    let (y, h) = x.rnn(3, bidirectional = true);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn RnnStacked(x: Tensor<5, 5>) -> Tensor<24> {
    let (y, h) = x.rnn(3, num_layers = 3, nonlinearity = Nonlinearity::Relu);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn RnnHx(x: Tensor<3, 4>, h_0: Tensor<2, 3>) -> Tensor<15> {
    let (y, h) = x.rnn(3, num_layers = 2, hx = h_0);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn Lstm(x: Tensor<6, 5>) -> Tensor<56> {
    let (y, (h, c)) = x.lstm(7);
    concat([y.flatten(), h.flatten(), c.flatten()])
}

#[network]
fn LstmOneStep(x: Tensor<1, 3>) -> Tensor<15> {
    let (y, (h, c)) = x.lstm(5);
    concat([y.flatten(), h.flatten(), c.flatten()])
}

#[network]
fn LstmOneUnit(x: Tensor<9, 1>) -> Tensor<11> {
    let (y, (h, c)) = x.lstm(1);
    concat([y.flatten(), h.flatten(), c.flatten()])
}

#[network]
fn LstmManyUnits(x: Tensor<3, 9>) -> Tensor<85> {
    let (y, (h, c)) = x.lstm(17);
    concat([y.flatten(), h.flatten(), c.flatten()])
}

#[network]
fn LstmNoBias(x: Tensor<4, 5>) -> Tensor<18> {
    let (y, (h, c)) = x.lstm(3, bias = false);
    concat([y.flatten(), h.flatten(), c.flatten()])
}

#[network]
fn LstmBidirectional(x: Tensor<5, 5>) -> Tensor<42> {
    let (y, (h, c)) = x.lstm(3, bidirectional = true);
    concat([y.flatten(), h.flatten(), c.flatten()])
}

#[network]
fn LstmStacked(x: Tensor<5, 5>) -> Tensor<27> {
    let (y, (h, c)) = x.lstm(3, num_layers = 2, dropout = 0.5);
    concat([y.flatten(), h.flatten(), c.flatten()])
}

#[network]
fn LstmStackedBidirectional(x: Tensor<4, 4>) -> Tensor<100> {
    let (y, (h, c)) = x.lstm(5, num_layers = 3, bidirectional = true);
    concat([y.flatten(), h.flatten(), c.flatten()])
}

#[network]
fn LstmProjSize(x: Tensor<5, 5>) -> Tensor<25> {
    let (y, (h, c)) = x.lstm(7, proj_size = 3);
    concat([y.flatten(), h.flatten(), c.flatten()])
}

#[network]
fn LstmProjSizeStackedBidirectionalNoBias(x: Tensor<4, 3>) -> Tensor<44> {
    let (y, (h, c)) = x.lstm(5, num_layers = 2, bias = false, bidirectional = true, proj_size = 2);
    concat([y.flatten(), h.flatten(), c.flatten()])
}

#[network]
fn LstmHx(x: Tensor<3, 4>, h_0: Tensor<1, 3>, c_0: Tensor<1, 3>) -> Tensor<15> {
    let (y, (h, c)) = x.lstm(3, hx = (h_0, c_0));
    concat([y.flatten(), h.flatten(), c.flatten()])
}

#[network]
fn LstmHxProjSize(x: Tensor<3, 4>, h_0: Tensor<4, 3>, c_0: Tensor<4, 5>) -> Tensor<50> {
    let (y, (h, c)) = x.lstm(5, num_layers = 2, bidirectional = true, proj_size = 3, hx = (h_0, c_0));
    concat([y.flatten(), h.flatten(), c.flatten()])
}

#[network]
fn Gru(x: Tensor<6, 5>) -> Tensor<49> {
    let (y, h) = x.gru(7);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn GruOneStep(x: Tensor<1, 3>) -> Tensor<10> {
    let (y, h) = x.gru(5);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn GruManyUnits(x: Tensor<3, 9>) -> Tensor<68> {
    let (y, h) = x.gru(17);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn GruNoBias(x: Tensor<4, 5>) -> Tensor<15> {
    let (y, h) = x.gru(3, bias = false);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn GruBidirectional(x: Tensor<5, 5>) -> Tensor<36> {
    let (y, h) = x.gru(3, bidirectional = true);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn GruStacked(x: Tensor<5, 5>) -> Tensor<27> {
    let (y, h) = x.gru(3, num_layers = 4, dropout = 0.5);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn GruHx(x: Tensor<3, 4>, h_0: Tensor<4, 3>) -> Tensor<30> {
    let (y, h) = x.gru(3, num_layers = 2, bidirectional = true, hx = h_0);
    concat([y.flatten(), h.flatten()])
}

#[network]
fn RnnCell(x: Tensor<5>, h: Tensor<7>) -> Tensor<7> {
    x.rnn_cell(7, hx = h)
}

#[network]
fn RnnCellRelu(x: Tensor<5>, h: Tensor<7>) -> Tensor<7> {
    x.rnn_cell(7, nonlinearity = Nonlinearity::Relu, hx = h)
}

#[network]
fn RnnCellNoHx(x: Tensor<3>) -> Tensor<5> {
    x.rnn_cell(5, bias = false)
}

#[network]
fn LstmCell(x: Tensor<5>, h: Tensor<7>, c: Tensor<7>) -> Tensor<14> {
    let (h, c) = x.lstm_cell(7, hx = (h, c));
    concat([h, c])
}

#[network]
fn LstmCellNoBias(x: Tensor<5>, h: Tensor<7>, c: Tensor<7>) -> Tensor<14> {
    let (h, c) = x.lstm_cell(7, bias = false, hx = (h, c));
    concat([h, c])
}

#[network]
fn LstmCellNoHx(x: Tensor<3>) -> Tensor<10> {
    let (h, c) = x.lstm_cell(5);
    concat([h, c])
}

#[network]
fn GruCell(x: Tensor<5>, h: Tensor<7>) -> Tensor<7> {
    x.gru_cell(7, hx = h)
}

#[network]
fn GruCellNoHx(x: Tensor<3>) -> Tensor<5> {
    x.gru_cell(5, bias = false)
}

#[network]
fn LstmTagger(words: Tensor<5>) -> Tensor<5, 3> {
    let (x, _) = words.embedding(9, 6, name = "word_embeddings").lstm(5, name = "lstm");
    x.linear(3, name = "hidden2tag")
}

#[network]
fn GruAmongLayers(x: Tensor<3, 9>) -> Tensor<7, 2> {
    let (x, _) = x.conv1d(4, 3).transpose(0, 1).gru(5);
    x.linear(2)
}

cases! {
    embedding: Embedding,
    embedding_one_row: EmbeddingOneRow,
    embedding_one_column: EmbeddingOneColumn,
    embedding_rank2: EmbeddingRank2,
    embedding_padding_idx: EmbeddingPaddingIdx,
    rnn: Rnn,
    rnn_relu: RnnRelu,
    rnn_no_bias: RnnNoBias,
    rnn_one_step: RnnOneStep,
    rnn_bidirectional: RnnBidirectional,
    rnn_stacked: RnnStacked,
    rnn_hx: RnnHx,
    lstm: Lstm,
    lstm_one_step: LstmOneStep,
    lstm_one_unit: LstmOneUnit,
    lstm_many_units: LstmManyUnits,
    lstm_no_bias: LstmNoBias,
    lstm_bidirectional: LstmBidirectional,
    lstm_stacked: LstmStacked,
    lstm_stacked_bidirectional: LstmStackedBidirectional,
    lstm_proj_size: LstmProjSize,
    lstm_proj_size_stacked_bidirectional_no_bias: LstmProjSizeStackedBidirectionalNoBias,
    lstm_hx: LstmHx,
    lstm_hx_proj_size: LstmHxProjSize,
    gru: Gru,
    gru_one_step: GruOneStep,
    gru_many_units: GruManyUnits,
    gru_no_bias: GruNoBias,
    gru_bidirectional: GruBidirectional,
    gru_stacked: GruStacked,
    gru_hx: GruHx,
    rnn_cell: RnnCell,
    rnn_cell_relu: RnnCellRelu,
    rnn_cell_no_hx: RnnCellNoHx,
    lstm_cell: LstmCell,
    lstm_cell_no_bias: LstmCellNoBias,
    lstm_cell_no_hx: LstmCellNoHx,
    gru_cell: GruCell,
    gru_cell_no_hx: GruCellNoHx,
    lstm_tagger: LstmTagger,
    gru_among_layers: GruAmongLayers,
}
