//! torchstat.

use crate::base::math::multiply;
use crate::graph::graph::Graph;
use crate::op::row::Row;
use crate::tools::tool::tool;

tool! {
    /// [torchstat](https://github.com/Swall0w/torchstat) 0.0.7: `stat(model, (3, 224, 224))`.
    ///
    /// Its names are the other way round than elsewhere: `Flops` are multiply-accumulates, with an operation for each
    /// bias of a convolution and one for each element of activations, pools and batch norms; `MAdd` are multiplications
    /// and additions, about twice as many. Memory is the outputs of all modules, each in memory of its own.
    ///
    /// It knows layers of images: nothing else than ReLU, ReLU6, LeakyReLU, ELU and PReLU of the activations, nothing of
    /// adaptive pools, other normalisations, transposed convolutions (but for their `MAdd`), and of what is no
    /// module. It fails on an input that is not an image, on a linear layer of several rows, on attention, on recurrent
    /// layers and on embeddings. A module that is called several times is counted at its last call; here each call has a
    /// module of its own.
    ///
    /// It always runs a batch of one.
    Torchstat: torchstat = "torchstat 0.0.7" fails { network: fails_on_network, layer: fails_on_layer },
    /// What torchstat prints.
    TorchstatCount |row, _n| {
        /// `Flops`: multiply-accumulates, and other operations as they are.
        flops: Count, "Flops of torchstat" => row.torchstat_flops;
        /// `MAdd`: multiplications and additions.
        madd: Count, "MAdd of torchstat" => row.torchstat_madd;
        /// `MemRead`: bytes of inputs and parameters.
        mem_read: Bytes, "B of torchstat's MemRead" => multiply(4, row.torchstat_read);
        /// `MemWrite`: bytes of outputs.
        mem_write: Bytes, "B of torchstat's MemWrite" => multiply(4, row.torchstat_write);
        /// `memory`: bytes of the outputs of all modules, which it prints in MB of 2²⁰.
        memory: Bytes, "B of torchstat's memory" => multiply(4, row.torchstat_memory);
        /// `params`: of modules without modules in them.
        params: Count, "parameters of torchstat" => row.leaf_params;
    }
}

/// Its `input_size` has three numbers.
const fn fails_on_network(graph: &Graph, _: &Row) -> Option<&'static str> {
    if graph.input_count == 1 && graph.inputs[0].shape.rank() == 3 {
        return None;
    }
    Some("it takes one input, of channels, height and width")
}

const fn fails_on_layer(row: &Row) -> Option<&'static str> {
    row.torchstat_fails
}
