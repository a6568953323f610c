//! The list of other tools whose numbers are known.

/// Hands every tool to a macro: its type, what it prints, its word in budgets, its file in `tools`.
macro_rules! each_tool {
    ($macro:ident) => {
        $macro! {
            Thop ThopCount: thop in thop,
            UltralyticsThop UltralyticsThopCount: ultralytics_thop in thop,
            Ptflops PtflopsCount: ptflops in ptflops,
            PtflopsAten PtflopsAtenCount: ptflops_aten in ptflops,
            Fvcore FvcoreCount: fvcore in fvcore,
            Torchstat TorchstatCount: torchstat in torchstat,
            Torchinfo TorchinfoCount: torchinfo in torchinfo,
            Calflops CalflopsCount: calflops in calflops,
            FlopCounter FlopCounterCount: flop_counter in flop_counter,
            Textbook TextbookCount: textbook in textbook,
            Hollemans HollemansCount: hollemans in hollemans,
        }
    };
}
pub(crate) use each_tool;

macro_rules! tools {
    ($($Tool:ident $Count:ident: $word:ident in $file:ident,)*) => {
        /// Another tool.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Tool {
            $($Tool,)*
        }
    };
}
each_tool!(tools);
