/// Stays usable.
#[allow(non_camel_case_types)]
pub enum Wrong<const N: usize> {}
impl<const N: usize> ::netcost::Declared for Wrong<{ N }> {
    const GRAPH: &'static ::netcost::__macro::Deployed = ::netcost::__macro::Deployed::STUB;
}
impl<const N: usize> ::netcost::Network for Wrong<{ N }> {}
#[doc(hidden)]
#[allow(non_snake_case, dead_code, unused_variables)]
pub const fn Wrong<'graph, const N: usize>(
    x: Tensor<'graph>,
    width: usize,
) -> (Tensor<'graph>, Tensor<'graph>) {
    ::core::compile_error! {
        "unknown quantity `mac`; did you mean `macs`? There are macs, macs_executed, macs_live, dead_channels, flops, params, flash, ram, peak_live, peak_live_in_place, traffic and traffic_uncached, and those of other tools, such as `fvcore.flops`"
    }
    ::core::compile_error! {
        "a network's inputs are tensors; make `width` a const generic of the network"
    }
    ::core::compile_error! {
        "an output states its extents: write `Tensor<10>`, or `Tensor<C, H, W>`"
    }
    ::core::compile_error! {
        "`relu` takes no options"
    }
}
#[doc(hidden)]
#[allow(non_snake_case, dead_code, unused_variables)]
const fn wrong<'graph>(x: Tensor<'graph>, n: usize) -> [Tensor<'graph>; 2] {
    ::core::compile_error! {
        "`conv2d` needs `kernel`: write x.conv2d(out_channels, kernel)"
    }
    ::core::compile_error! {
        "there is no layer `map`: a #[block] makes one of others, `custom` one with a kernel of your own"
    }
}
::core::compile_error! {
    "#[budget] belongs on a #[network] function or on a type alias of a network"
}
struct Misplaced;
