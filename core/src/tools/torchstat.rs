//! torchstat.

use crate::base::math::multiply;
use crate::graph::graph::Graph;
use crate::op::row::Row;
use crate::tools::tool::tool;

tool! {
    /// [torchstat](https://github.com/Swall0w/torchstat) 0.0.7: `stat(model, (3, 224, 224))`.
    ///
    /// Its names are the reverse of the usual ones: `Flops` are multiply-accumulates, plus one operation for each bias
    /// of a convolution and for each element of activations, pools and batch norms; `MAdd` are multiplications and
    /// additions, about twice that. Memory is the sum of all modules' outputs.
    ///
    /// It knows layers for images. Of the activations, it knows only ReLU, ReLU6, LeakyReLU, ELU and PReLU; it counts
    /// nothing for adaptive pools, other normalisations, transposed convolutions (except for `MAdd`), and anything that
    /// is not a module. It fails on inputs that are not images, linear layers of several rows, attention, recurrent
    /// layers and embeddings. It counts a module that is called several times at its last call; here each call has its
    /// own module.
    ///
    /// It always runs a batch of one.
    Torchstat: torchstat = "torchstat 0.0.7" fails { network: fails_on_network, layer: fails_on_layer },
    /// What torchstat prints.
    TorchstatCount |row, _n| {
        /// `Flops`: multiply-accumulates, and other operations as one each.
        flops: Count, "Flops of torchstat" => row.torchstat_flops;
        /// `MAdd`: multiplications and additions.
        madd: Count, "MAdd of torchstat" => row.torchstat_madd;
        /// `MemRead`: bytes of inputs and parameters.
        mem_read: Bytes, "B of torchstat's MemRead" => multiply(4, row.torchstat_read);
        /// `MemWrite`: bytes of outputs.
        mem_write: Bytes, "B of torchstat's MemWrite" => multiply(4, row.torchstat_write);
        /// `memory`: bytes of the outputs of all modules, printed in MB of 2²⁰.
        memory: Bytes, "B of torchstat's memory" => multiply(4, row.torchstat_memory);
        /// `params`: the parameters of leaf modules.
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
