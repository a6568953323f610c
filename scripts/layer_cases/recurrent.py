"""Recurrent layers, and the embeddings before them."""

import torch
from torch import Tensor, nn

from layer_cases import Draw, Input, Net, graph


def indices(rows: int, *shape: int) -> Draw:
    return lambda rng: rng.integers(0, rows, shape)


def embedding(name: str, rows: int, dim: int, *shape: int, **options: int) -> None:
    layer = nn.Embedding(rows, dim, **options)
    graph(name, indices(rows, *shape), {0: layer}, lambda net, x: net[0](x.long()))


def everything(output: Tensor, states: Tensor | tuple[Tensor, Tensor]) -> Tensor:
    """A sequence, followed by the last states."""
    states = states if isinstance(states, tuple) else (states,)
    return torch.cat([output.flatten(1), *(state.transpose(0, 1).flatten(1) for state in states)], 1)


def sequence(name: str, layer: nn.RNNBase, steps: int, state: bool = False) -> None:
    """A layer over a sequence: its outputs, including the last states; from given states, or from zeros."""
    inputs: list[Input] = [(steps, layer.input_size)]
    is_lstm = isinstance(layer, nn.LSTM)
    if state:
        passes = layer.num_layers * (1 + layer.bidirectional)
        inputs.append((passes, layer.proj_size or layer.hidden_size))
        inputs += [(passes, layer.hidden_size)] if is_lstm else []

    def run(net: Net, x: Tensor, *hx: Tensor) -> Tensor:
        hx = tuple(tensor.transpose(0, 1).contiguous() for tensor in hx)
        return everything(*net[0](x, (hx if is_lstm else hx[0]) if hx else None))

    graph(name, inputs, {0: layer}, run)


def step(name: str, layer: nn.RNNCellBase, state: bool = True) -> None:
    """One step."""
    is_lstm = isinstance(layer, nn.LSTMCell)
    inputs: list[Input] = [(layer.input_size,)] + [(layer.hidden_size,)] * state * (1 + is_lstm)

    def run(net: Net, x: Tensor, *hx: Tensor) -> Tensor:
        new = net[0](x, (hx if is_lstm else hx[0]) if hx else None)
        return torch.cat(new, 1) if is_lstm else new

    graph(name, inputs, {0: layer}, run)


def declare() -> None:
    embedding("embedding", 10, 6, 7)
    embedding("embedding_one_row", 1, 5, 3)
    embedding("embedding_one_column", 9, 1, 4)
    embedding("embedding_rank2", 8, 5, 3, 2)
    embedding("embedding_padding_idx", 6, 3, 12, padding_idx=2)

    batch_first = {"batch_first": True}
    sequence("rnn", nn.RNN(5, 7, **batch_first), 6)
    sequence("rnn_relu", nn.RNN(5, 7, nonlinearity="relu", **batch_first), 6)
    sequence("rnn_no_bias", nn.RNN(3, 5, bias=False, **batch_first), 4)
    sequence("rnn_one_step", nn.RNN(3, 5, **batch_first), 1)
    sequence("rnn_bidirectional", nn.RNN(5, 3, bidirectional=True, **batch_first), 5)
    sequence("rnn_stacked", nn.RNN(5, 3, num_layers=3, nonlinearity="relu", **batch_first), 5)
    sequence("rnn_hx", nn.RNN(4, 3, num_layers=2, **batch_first), 3, state=True)

    sequence("lstm", nn.LSTM(5, 7, **batch_first), 6)
    sequence("lstm_one_step", nn.LSTM(3, 5, **batch_first), 1)
    sequence("lstm_one_unit", nn.LSTM(1, 1, **batch_first), 9)
    sequence("lstm_many_units", nn.LSTM(9, 17, **batch_first), 3)
    sequence("lstm_no_bias", nn.LSTM(5, 3, bias=False, **batch_first), 4)
    sequence("lstm_bidirectional", nn.LSTM(5, 3, bidirectional=True, **batch_first), 5)
    sequence("lstm_stacked", nn.LSTM(5, 3, num_layers=2, dropout=0.5, **batch_first), 5)
    sequence("lstm_stacked_bidirectional", nn.LSTM(4, 5, num_layers=3, bidirectional=True, **batch_first), 4)
    sequence("lstm_proj_size", nn.LSTM(5, 7, proj_size=3, **batch_first), 5)
    both = {"num_layers": 2, "bidirectional": True, "bias": False, "proj_size": 2, **batch_first}
    sequence("lstm_proj_size_stacked_bidirectional_no_bias", nn.LSTM(3, 5, **both), 4)
    sequence("lstm_hx", nn.LSTM(4, 3, **batch_first), 3, state=True)
    sequence("lstm_hx_proj_size", nn.LSTM(4, 5, num_layers=2, bidirectional=True, proj_size=3, **batch_first), 3, state=True)

    sequence("gru", nn.GRU(5, 7, **batch_first), 6)
    sequence("gru_one_step", nn.GRU(3, 5, **batch_first), 1)
    sequence("gru_many_units", nn.GRU(9, 17, **batch_first), 3)
    sequence("gru_no_bias", nn.GRU(5, 3, bias=False, **batch_first), 4)
    sequence("gru_bidirectional", nn.GRU(5, 3, bidirectional=True, **batch_first), 5)
    sequence("gru_stacked", nn.GRU(5, 3, num_layers=4, dropout=0.5, **batch_first), 5)
    sequence("gru_hx", nn.GRU(4, 3, num_layers=2, bidirectional=True, **batch_first), 3, state=True)

    step("rnn_cell", nn.RNNCell(5, 7))
    step("rnn_cell_relu", nn.RNNCell(5, 7, nonlinearity="relu"))
    step("rnn_cell_no_hx", nn.RNNCell(3, 5, bias=False), state=False)
    step("lstm_cell", nn.LSTMCell(5, 7))
    step("lstm_cell_no_bias", nn.LSTMCell(5, 7, bias=False))
    step("lstm_cell_no_hx", nn.LSTMCell(3, 5), state=False)
    step("gru_cell", nn.GRUCell(5, 7))
    step("gru_cell_no_hx", nn.GRUCell(3, 5, bias=False), state=False)

    # https://pytorch.org/tutorials/beginner/nlp/sequence_models_tutorial.html
    tagger = {"word_embeddings": nn.Embedding(9, 6), "lstm": nn.LSTM(6, 5, **batch_first), "hidden2tag": nn.Linear(5, 3)}
    graph(
        "lstm_tagger",
        indices(9, 5),
        tagger,
        lambda net, x: net.hidden2tag(net.lstm(net.word_embeddings(x.long()))[0]),
    )
    layers = {0: nn.Conv1d(3, 4, 3), 2: nn.GRU(4, 5, **batch_first), 3: nn.Linear(5, 2)}
    graph("gru_among_layers", (3, 9), layers, lambda net, x: net[3](net[2](net[0](x).transpose(1, 2))[0]))
