//! Budgets: limits on a network's numbers, checked at compile time.

use crate::base::message::Text;
use crate::cost::cost::Cost;
use crate::deploy::deployed::Deployed;
use crate::network::Network;
use crate::op::row::Row;
use crate::tools::tools as conventions;
use crate::tools::tools::{Refusal, Tool};

/// What a quantity is counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// A number of things: `k`, `M`, `G`, `T`.
    Count,
    /// Bytes: `B`, `kB`, `MB`, `GB`, `KiB`, `MiB`, `GiB`.
    Bytes,
}

/// How a quantity is written in a budget.
#[derive(Clone, Copy, Debug)]
pub struct QuantitySyntax {
    /// The word: `macs`.
    pub word: &'static str,
    /// The variant of [`Quantity`]: `Macs`.
    pub variant: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// Whether a limit can be put on each layer: `layer.macs <= 1M`.
    pub per_layer: bool,
}

macro_rules! quantities {
    ($($(#[$doc:meta])* $variant:ident, $word:literal, $unit:ident, $per_layer:literal, $what:literal;)*) => {
        /// A number that a budget limits.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Quantity {
            $($(#[$doc])* $variant,)*
        }

        /// Every quantity a budget can limit.
        pub const QUANTITIES: &[QuantitySyntax] = &[
            $(QuantitySyntax {
                word: $word,
                variant: stringify!($variant),
                unit: Unit::$unit,
                per_layer: $per_layer,
            },)*
        ];

        impl Quantity {
            /// The word it is written with.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Quantity::$variant => $word,)*
                }
            }

            /// What it is counted in.
            pub const fn unit(self) -> Unit {
                match self {
                    $(Quantity::$variant => Unit::$unit,)*
                }
            }

            /// What is counted, in the plural.
            pub const fn what(self) -> &'static str {
                match self {
                    $(Quantity::$variant => $what,)*
                }
            }
        }
    };
}

quantities! {
    /// [`Cost::macs`].
    Macs, "macs", Count, true, "MACs";
    /// [`Cost::macs_executed`].
    MacsExecuted, "macs_executed", Count, true, "executed MACs";
    /// [`Cost::flops`].
    Flops, "flops", Count, true, "FLOPs";
    /// [`Cost::params`].
    Params, "params", Count, true, "parameters";
    /// [`Cost::weight_bytes`].
    Flash, "flash", Bytes, true, "B of flash";
    /// [`Memory::arena_bytes`](crate::cost::cost::Memory::arena_bytes); of a layer, the bytes live while it runs.
    Ram, "ram", Bytes, true, "B of RAM";
    /// [`Memory::peak_live_bytes`](crate::cost::cost::Memory::peak_live_bytes).
    PeakLive, "peak_live", Bytes, false, "B live at the peak";
    /// [`Memory::peak_live_in_place_bytes`](crate::cost::cost::Memory::peak_live_in_place_bytes).
    PeakLiveInPlace, "peak_live_in_place", Bytes, false, "B live at the peak, in place";
    /// [`Cost::traffic`], weights, input and output together.
    Traffic, "traffic", Bytes, true, "B of traffic";
    /// [`Cost::traffic_uncached`], weights, input and output together.
    TrafficUncached, "traffic_uncached", Bytes, true, "B of uncached traffic";
    /// [`ThopCount::macs`](crate::tools::thop::ThopCount::macs).
    ThopMacs, "thop.macs", Count, true, "MACs of thop";
    /// [`ThopCount::params`](crate::tools::thop::ThopCount::params).
    ThopParams, "thop.params", Count, true, "parameters of thop";
    /// [`UltralyticsThopCount::macs`](crate::tools::thop::UltralyticsThopCount::macs).
    UltralyticsThopMacs, "ultralytics_thop.macs", Count, true, "MACs of ultralytics-thop";
    /// [`UltralyticsThopCount::params`](crate::tools::thop::UltralyticsThopCount::params).
    UltralyticsThopParams, "ultralytics_thop.params", Count, true, "parameters of ultralytics-thop";
    /// [`PtflopsCount::macs`](crate::tools::ptflops::PtflopsCount::macs).
    PtflopsMacs, "ptflops.macs", Count, true, "MACs of ptflops";
    /// [`PtflopsCount::params`](crate::tools::ptflops::PtflopsCount::params).
    PtflopsParams, "ptflops.params", Count, true, "parameters of ptflops";
    /// [`PtflopsAtenCount::macs`](crate::tools::ptflops::PtflopsAtenCount::macs).
    PtflopsAtenMacs, "ptflops_aten.macs", Count, true, "MACs of ptflops' aten";
    /// [`PtflopsAtenCount::params`](crate::tools::ptflops::PtflopsAtenCount::params).
    PtflopsAtenParams, "ptflops_aten.params", Count, true, "parameters of ptflops' aten";
    /// [`FvcoreCount::flops`](crate::tools::fvcore::FvcoreCount::flops).
    FvcoreFlops, "fvcore.flops", Count, true, "FLOPs of fvcore";
    /// [`TorchstatCount::flops`](crate::tools::torchstat::TorchstatCount::flops).
    TorchstatFlops, "torchstat.flops", Count, true, "Flops of torchstat";
    /// [`TorchstatCount::madd`](crate::tools::torchstat::TorchstatCount::madd).
    TorchstatMadd, "torchstat.madd", Count, true, "MAdd of torchstat";
    /// [`TorchstatCount::mem_read`](crate::tools::torchstat::TorchstatCount::mem_read).
    TorchstatMemRead, "torchstat.mem_read", Bytes, true, "B of torchstat's MemRead";
    /// [`TorchstatCount::mem_write`](crate::tools::torchstat::TorchstatCount::mem_write).
    TorchstatMemWrite, "torchstat.mem_write", Bytes, true, "B of torchstat's MemWrite";
    /// [`TorchstatCount::memory`](crate::tools::torchstat::TorchstatCount::memory).
    TorchstatMemory, "torchstat.memory", Bytes, true, "B of torchstat's memory";
    /// [`TorchstatCount::params`](crate::tools::torchstat::TorchstatCount::params).
    TorchstatParams, "torchstat.params", Count, true, "parameters of torchstat";
    /// [`TorchinfoCount::mult_adds`](crate::tools::torchinfo::TorchinfoCount::mult_adds).
    TorchinfoMultAdds, "torchinfo.mult_adds", Count, true, "mult-adds of torchinfo";
    /// [`TorchinfoCount::params`](crate::tools::torchinfo::TorchinfoCount::params).
    TorchinfoParams, "torchinfo.params", Count, true, "parameters of torchinfo";
    /// [`TorchinfoCount::input_bytes`](crate::tools::torchinfo::TorchinfoCount::input_bytes).
    TorchinfoInputBytes, "torchinfo.input_bytes", Bytes, false, "B of torchinfo's input";
    /// [`TorchinfoCount::output_bytes`](crate::tools::torchinfo::TorchinfoCount::output_bytes).
    TorchinfoOutputBytes, "torchinfo.output_bytes", Bytes, true, "B of torchinfo's passes";
    /// [`TorchinfoCount::params_bytes`](crate::tools::torchinfo::TorchinfoCount::params_bytes).
    TorchinfoParamsBytes, "torchinfo.params_bytes", Bytes, true, "B of torchinfo's parameters";
    /// [`CalflopsCount::flops`](crate::tools::calflops::CalflopsCount::flops).
    CalflopsFlops, "calflops.flops", Count, true, "FLOPs of calflops";
    /// [`CalflopsCount::macs`](crate::tools::calflops::CalflopsCount::macs).
    CalflopsMacs, "calflops.macs", Count, true, "MACs of calflops";
    /// [`CalflopsCount::params`](crate::tools::calflops::CalflopsCount::params).
    CalflopsParams, "calflops.params", Count, true, "parameters of calflops";
    /// [`FlopCounterCount::flops`](crate::tools::flop_counter::FlopCounterCount::flops).
    FlopCounterFlops, "flop_counter.flops", Count, true, "FLOPs of FlopCounterMode";
    /// [`FlopCounterCount::flops_no_grad`](crate::tools::flop_counter::FlopCounterCount::flops_no_grad).
    FlopCounterFlopsNoGrad, "flop_counter.flops_no_grad", Count, true, "FLOPs of FlopCounterMode, no_grad";
    /// [`TextbookCount::two_n`](crate::tools::textbook::TextbookCount::two_n).
    TextbookTwoN, "textbook.two_n", Count, true, "FLOPs by 2n";
    /// [`TextbookCount::two_n_minus_1`](crate::tools::textbook::TextbookCount::two_n_minus_1).
    TextbookTwoNMinusOne, "textbook.two_n_minus_1", Count, true, "FLOPs by 2n − 1";
    /// [`TextbookCount::molchanov`](crate::tools::textbook::TextbookCount::molchanov).
    TextbookMolchanov, "textbook.molchanov", Count, true, "FLOPs by Molchanov's rule";
    /// [`HollemansCount::accesses`](crate::tools::hollemans::HollemansCount::accesses).
    HollemansAccesses, "hollemans.accesses", Count, true, "accesses by Hollemans' rule";
}

/// How a number has to stand to its limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// `<=`
    AtMost,
    /// `<`
    Below,
    /// `==`: any change of the number breaks the budget.
    Exactly,
}

/// One limit of a budget.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What is limited.
    pub quantity: Quantity,
    /// Whether it limits each layer rather than the network.
    pub per_layer: bool,
    /// How the number has to stand to the limit.
    pub relation: Relation,
    /// The limit, in units of the quantity.
    pub value: u64,
    /// The limit as it was written: `macs <= 3M`.
    pub text: &'static str,
}

impl Limit {
    const fn holds(&self, used: u64) -> bool {
        match self.relation {
            Relation::AtMost => used <= self.value,
            Relation::Below => used < self.value,
            Relation::Exactly => used == self.value,
        }
    }

    /// What a network uses of it: for a limit on each layer, the heaviest layer's.
    pub(crate) const fn used<N: Network>(&self) -> u64 {
        if self.per_layer {
            return Heaviest::new(N::GRAPH, self.quantity).value(0);
        }
        match self.quantity {
            Quantity::Ram => N::ARENA_BYTES,
            Quantity::PeakLive => N::PEAK_LIVE_BYTES,
            Quantity::PeakLiveInPlace => N::PEAK_LIVE_IN_PLACE_BYTES,
            quantity => match quantity.tool() {
                Some(_) => N::TALLY.quantity(quantity),
                None => of_cost(quantity, &N::GRAPH.cost),
            },
        }
    }

    /// Why the tool whose number it limits gives none.
    const fn refusal<N: Network>(&self) -> Option<Refusal> {
        match self.quantity.tool() {
            Some(tool) => N::TALLY.refusal(tool),
            None => None,
        }
    }
}

const fn of_cost(quantity: Quantity, cost: &Cost) -> u64 {
    match quantity {
        Quantity::Macs => cost.macs,
        Quantity::MacsExecuted => cost.macs_executed,
        Quantity::Flops => cost.flops,
        Quantity::Params => cost.params,
        Quantity::Flash => cost.weight_bytes,
        Quantity::Traffic => cost.traffic.total(),
        Quantity::TrafficUncached => cost.traffic_uncached.total(),
        // Of memory, or a tool's.
        _ => 0,
    }
}

/// The layers that weigh most in a quantity.
struct Heaviest {
    nodes: [usize; Heaviest::LEN],
    values: [u64; Heaviest::LEN],
    len: usize,
}

impl Heaviest {
    /// How many layers a message names.
    const LEN: usize = 3;

    const fn new(deployed: &Deployed, quantity: Quantity) -> Self {
        let live = match quantity {
            Quantity::Ram => Some(deployed.in_use(deployed.graph.settings.fuse)),
            Quantity::PeakLive => Some(deployed.in_use(false)),
            Quantity::PeakLiveInPlace => Some(deployed.in_use(true)),
            _ => None,
        };
        let mut all = Heaviest { nodes: [0; Self::LEN], values: [0; Self::LEN], len: 0 };
        let mut node = deployed.graph.input_count;
        while node < deployed.len() {
            let value = match (&live, quantity.tool()) {
                (Some(live), _) => live.at[node] * deployed.dtype().bytes(),
                (None, Some(_)) => conventions::of_row(quantity, &Row::of_node(deployed, node), 1),
                (None, None) => of_cost(quantity, &deployed.cost_of(node)),
            };
            all.insert(node, value);
            node += 1;
        }
        all
    }

    /// Keeps the list by falling value; of equal ones the earlier layer first.
    const fn insert(&mut self, node: usize, value: u64) {
        let mut at = self.len;
        while at > 0 && self.values[at - 1] < value {
            at -= 1;
        }
        if at == Self::LEN || value == 0 {
            return;
        }
        let mut last = if self.len == Self::LEN { Self::LEN - 1 } else { self.len };
        self.len = last + 1;
        while last > at {
            (self.nodes[last], self.values[last]) = (self.nodes[last - 1], self.values[last - 1]);
            last -= 1;
        }
        (self.nodes[at], self.values[at]) = (node, value);
    }

    const fn value(&self, index: usize) -> u64 {
        self.values[index]
    }
}

/// The first limit that a network breaks; `usize::MAX` if it keeps all.
pub const fn first_broken<N: Network>(limits: &[Limit]) -> usize {
    let mut i = 0;
    while i < limits.len() {
        if limits[i].refusal::<N>().is_some() || !limits[i].holds(limits[i].used::<N>()) {
            return i;
        }
        i += 1;
    }
    usize::MAX
}

/// Whether a network keeps a limit, but uses `percent` of it or more.
pub const fn near<N: Network>(limits: &[Limit], index: usize, percent: u64) -> bool {
    let limit = &limits[index];
    let used = limit.used::<N>();
    limit.refusal::<N>().is_none()
        && !matches!(limit.relation, Relation::Exactly)
        && limit.holds(used)
        && used as u128 * 100 >= limit.value as u128 * percent as u128
}

/// Ends the compilation, naming each limit that a network breaks, by how much, and the layers that weigh most.
#[track_caller]
pub const fn exceeded<N: Network>(limits: &[Limit]) -> ! {
    let mut text = Text::new().str("`").str(N::NAME).str("` breaks its budget");
    let mut i = 0;
    while i < limits.len() {
        if let Some(refusal) = limits[i].refusal::<N>() {
            text = text.str("\n  ").str(limits[i].text).str(": the tool gives no number, it fails");
            text = refusal.describe(&N::GRAPH.graph, text);
        } else {
            let used = limits[i].used::<N>();
            if !limits[i].holds(used) {
                text = describe::<N>(text, &limits[i], used);
            }
        }
        i += 1;
    }
    text.fail()
}

const fn describe<N: Network>(text: Text, limit: &Limit, used: u64) -> Text {
    let what = limit.quantity.what();
    let mut text = text.str("\n  ").str(limit.text);
    if !is_amount(limit.text) {
        text = text.str(" = ").number(limit.value);
    }
    text = text.str(": ");
    text = if limit.per_layer { text.str("the heaviest layer has ") } else { text.str("it has ") };
    text = text.number(used).str(" ").str(what).str(", ");
    let difference = used.abs_diff(limit.value);
    text = match limit.relation {
        Relation::Exactly => text.number(difference).str(if used > limit.value { " more" } else { " fewer" }),
        Relation::Below if difference == 0 => text.str("which is not below the limit"),
        _ => text.number(difference).str(" over"),
    };
    if limit.value > 0 && difference > 0 {
        text = text.str(" (").percent(difference, limit.value).str(")");
    }
    let heaviest = Heaviest::new(N::GRAPH, limit.quantity);
    let mut i = 0;
    while i < heaviest.len {
        let (node, value) = (heaviest.nodes[i], heaviest.values[i]);
        text = text
            .str("\n    layer `")
            .str(N::GRAPH.graph.spell(node).as_str())
            .str("`, ")
            .str(N::GRAPH.graph.node(node).op.name())
            .str(" to ")
            .shape(&N::GRAPH.graph.node(node).shape)
            .str(":")
            .column(44)
            .str(" ")
            .number(value)
            .str(if limit.quantity.is_live() { " live while it runs" } else { "" });
        if !limit.quantity.is_live() && !limit.per_layer {
            text = text.str(", ").percent(value, used);
        }
        i += 1;
    }
    text
}

/// Whether a limit was written as a number, `macs <= 3M` or `ram < 64 KiB`, and not as an expression.
const fn is_amount(text: &str) -> bool {
    let text = text.as_bytes();
    let mut at = 0;
    while at < text.len() && !matches!(text[at], b'<' | b'=') {
        at += 1;
    }
    while at < text.len() && matches!(text[at], b'<' | b'=' | b' ') {
        at += 1;
    }
    if at == text.len() || !text[at].is_ascii_digit() {
        return false;
    }
    // Behind a number, there is at most its unit.
    let mut spaces = 0;
    while at < text.len() {
        spaces += (text[at] == b' ') as usize;
        at += 1;
    }
    spaces <= 1
}

impl Quantity {
    /// Whether it is a number of bytes at a time, of which layers have no shares.
    const fn is_live(self) -> bool {
        matches!(self, Quantity::Ram | Quantity::PeakLive | Quantity::PeakLiveInPlace)
    }

    /// The tool whose number it is; `None` for netcost's own.
    pub(crate) const fn tool(self) -> Option<Tool> {
        Some(match self {
            Quantity::ThopMacs | Quantity::ThopParams => Tool::Thop,
            Quantity::UltralyticsThopMacs | Quantity::UltralyticsThopParams => Tool::UltralyticsThop,
            Quantity::PtflopsMacs | Quantity::PtflopsParams => Tool::Ptflops,
            Quantity::PtflopsAtenMacs | Quantity::PtflopsAtenParams => Tool::PtflopsAten,
            Quantity::FvcoreFlops => Tool::Fvcore,
            Quantity::TorchstatFlops
            | Quantity::TorchstatMadd
            | Quantity::TorchstatMemRead
            | Quantity::TorchstatMemWrite
            | Quantity::TorchstatMemory
            | Quantity::TorchstatParams => Tool::Torchstat,
            Quantity::TorchinfoMultAdds
            | Quantity::TorchinfoParams
            | Quantity::TorchinfoInputBytes
            | Quantity::TorchinfoOutputBytes
            | Quantity::TorchinfoParamsBytes => Tool::Torchinfo,
            Quantity::CalflopsFlops | Quantity::CalflopsMacs | Quantity::CalflopsParams => Tool::Calflops,
            Quantity::FlopCounterFlops | Quantity::FlopCounterFlopsNoGrad => Tool::FlopCounter,
            Quantity::TextbookTwoN | Quantity::TextbookTwoNMinusOne | Quantity::TextbookMolchanov => Tool::Textbook,
            Quantity::HollemansAccesses => Tool::Hollemans,
            _ => return None,
        })
    }
}

/// Warns, on stable Rust, by way of a deprecated function that only `Warn<true>` has.
pub struct Warn<const NEAR: bool>;

impl Warn<true> {
    /// The warning.
    #[deprecated(note = "this network is near a limit of its budget; its `report()` shows what is left")]
    pub const fn check() {}
}

impl Warn<false> {
    /// No warning.
    pub const fn check() {}
}
