//! torchstat.

use crate::graph::graph::Graph;
use crate::tools::tools::{Refusal, convention};

convention! {
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
    Torchstat: "torchstat 0.0.7",
    /// What torchstat prints.
    TorchstatCount {
        /// `Flops`: multiply-accumulates, and other operations as they are.
        flops: TorchstatFlops,
        /// `MAdd`: multiplications and additions.
        madd: TorchstatMadd,
        /// `MemRead`: bytes of inputs and parameters.
        mem_read: TorchstatMemRead,
        /// `MemWrite`: bytes of outputs.
        mem_write: TorchstatMemWrite,
        /// `memory`: bytes of the outputs of all modules, which it prints in MB of 2²⁰.
        memory: TorchstatMemory,
        /// `params`: of modules without modules in them.
        params: TorchstatParams,
    }
}

/// Its `input_size` has three numbers.
pub(crate) const fn refuses_input(graph: &Graph) -> Option<Refusal> {
    if graph.input_count == 1 && graph.inputs[0].shape.rank() == 3 {
        return None;
    }
    Some(Refusal { node: None, reason: "it takes one input, of channels, height and width" })
}
