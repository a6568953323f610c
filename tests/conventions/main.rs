//! Other tools' numbers, as the tools themselves printed them.

mod networks;
mod page;
mod probes;
mod rules;

use std::collections::BTreeMap;

use netcost::Network;
use netcost::conventions::*;

/// By their words in budgets.
type Counts = BTreeMap<&'static str, Option<u64>>;

/// All tools' numbers for a batch, by their words in budgets; `None` where a tool fails.
fn counts<N: Network>(batch: u64) -> Counts {
    let mut all = BTreeMap::new();
    macro_rules! add {
        ($($tool:literal $Tool:ident { $($name:ident)* })*) => {
            $(let count = $Tool::count::<N>().map(|count| count.batch(batch)).ok();
            $(all.insert(concat!($tool, ".", stringify!($name)), count.map(|count| count.$name));)*)*
        };
    }
    add! {
        "thop" Thop { macs params }
        "ultralytics_thop" UltralyticsThop { macs params }
        "ptflops" Ptflops { macs params }
        "ptflops_aten" PtflopsAten { macs params }
        "fvcore" Fvcore { flops }
        "torchstat" Torchstat { flops madd mem_read mem_write memory params }
        "torchinfo" Torchinfo { mult_adds params input_bytes output_bytes params_bytes }
        "calflops" Calflops { flops macs params }
        "flop_counter" FlopCounter { flops flops_no_grad }
    }
    all
}
