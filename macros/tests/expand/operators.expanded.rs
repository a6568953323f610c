#[doc(hidden)]
#[allow(non_snake_case, dead_code, unused_variables)]
const fn operators<'graph>(
    x: Tensor<'graph>,
    y: Tensor<'graph>,
    n: usize,
) -> Tensor<'graph> {
    ::core::compile_error! {
        "the negative of a tensor is a layer: write `x.neg()`"
    }
}
const fn comparisons<'graph>(x: Tensor<'graph>, act: Act) -> Tensor<'graph> {
    #[allow(unused_imports)]
    use ::netcost::__macro::refusals::*;
    if ::core::matches!(act, Act::Relu) && x.channels() == 3 {
        x.relu()
    } else if !::core::matches!(act, self::Act::Swish)
        || ::core::matches!(MODE, Mode::Fast)
    {
        x.silu()
    } else {
        let y = match act {
            Act::None => return x,
            Act::Scaled(by) => ::netcost::__macro::Operands::new(x, by).mul(),
        };
        ::netcost::__macro::Operands::new(y, 2.0).div()
    }
}
