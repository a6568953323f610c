//! What other tools count for a layer.

use crate::base::math::{add, multiply};

macro_rules! rows {
    ($($(#[$doc:meta])* $column:ident,)*) => {
        /// What the tools count for a layer, on a batch of one.
        ///
        /// Operations and elements; a tool's bytes follow from them. There is no default: a layer that no tool sees
        /// says so by `Row::UNCOUNTED`.
        #[doc(hidden)]
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct Row {
            $($(#[$doc])* pub(crate) $column: u64,)*
            /// Why torchstat gives no number for a network with this layer.
            pub(crate) torchstat_fails: Option<&'static str>,
        }

        // Not every column is set on its own by some layer.
        #[allow(dead_code)]
        impl Row {
            /// No tool counts anything.
            pub(crate) const UNCOUNTED: Row = Row { $($column: 0,)* torchstat_fails: None };

            $($(#[$doc])*
            pub(crate) const fn $column(mut self, count: u64) -> Self {
                self.$column = count;
                self
            })*

            /// All of it `n` times.
            pub(crate) const fn times(mut self, n: u64) -> Self {
                $(if self.$column != 0 {
                    self.$column = multiply(self.$column, n);
                })*
                self
            }

            #[track_caller]
            pub(crate) const fn absorb(&mut self, other: &Row) {
                // Most of most rows is zero, and a call costs more than a comparison in const evaluation.
                $(if other.$column != 0 {
                    self.$column = add(self.$column, other.$column);
                })*
                if self.torchstat_fails.is_none() {
                    self.torchstat_fails = other.torchstat_fails;
                }
            }
        }
    };
}

rows! {
    /// Learned parameters.
    params,
    /// The parameters of leaf modules that are called.
    leaf_params,
    /// Multiply-accumulates of dot products, as netcost counts them.
    macs,
    /// Dot products.
    dots,
    /// thop's MACs.
    thop,
    /// Parameters that thop sees: those of modules that it has a rule for.
    thop_params,
    /// MACs of ultralytics' fork of thop.
    ultralytics_thop,
    /// MACs of ptflops' hooks on modules; it divides their sum by the batch.
    ptflops,
    /// MACs of its hook on `nn.Upsample`, which forgets the batch, although the sum is divided by it.
    ptflops_upsample,
    /// MACs of the functions that ptflops patches, which it does not divide.
    ptflops_functional,
    /// MACs of ptflops' backend `aten`.
    ptflops_aten,
    /// fvcore's FLOPs.
    fvcore,
    /// torchstat's Flops.
    torchstat_flops,
    /// torchstat's MAdd.
    torchstat_madd,
    /// Elements that torchstat has read.
    torchstat_read,
    /// Elements that torchstat has written.
    torchstat_write,
    /// Elements of the outputs of modules, torchstat's memory.
    torchstat_memory,
    /// torchinfo's mult-adds.
    torchinfo,
    /// Elements of the outputs of modules with parameters of their own.
    torchinfo_output,
    /// Elements of the network's inputs.
    torchinfo_input,
    /// calflops' FLOPs.
    calflops,
    /// calflops' MACs.
    calflops_macs,
    /// FLOPs of PyTorch's FlopCounterMode.
    flop_counter,
    /// The same under `torch.no_grad()`.
    flop_counter_no_grad,
    /// FLOPs by the rule of Molchanov et al.
    molchanov,
    /// Memory accesses by Hollemans' rule.
    hollemans,
}

impl Row {
    /// Dot products with learned weights, `dots` of them with `macs` multiply-accumulates in all, and perhaps a bias
    /// for each, in the columns of all tools that see them.
    pub(crate) const fn dot_products(self, macs: u64, dots: u64, bias: bool) -> Self {
        let with_bias = if bias { add(macs, dots) } else { macs };
        let twice = multiply(2, macs);
        Row {
            macs,
            dots,
            thop: macs,
            ultralytics_thop: macs,
            ptflops: with_bias,
            ptflops_aten: with_bias,
            fvcore: macs,
            calflops: if bias { add(twice, dots) } else { twice },
            calflops_macs: macs,
            flop_counter: twice,
            flop_counter_no_grad: twice,
            ..self
        }
    }
}
