const fn operators<'graph>(
    x: Tensor<'graph>,
    y: Tensor<'graph>,
    n: usize,
) -> Tensor<'graph> {
    #[allow(unused_imports)]
    use ::netcost::__macro::refusals::*;
    let half = n / 2 + WIDTH * config::DEPTH - 1;
    let gain = 0.5 * 2.0;
    let mut z = ::netcost::__macro::Operands::new(
            ::netcost::__macro::Operands::new(
                    ::netcost::__macro::Operands::new(x, y).add(),
                    0.5,
                )
                .mul(),
            ::netcost::__macro::Operands::new(gain, x).div(),
        )
        .sub();
    z = ::netcost::__macro::Operands::new(z, y.scale(gain)).add();
    let mut k = n;
    k += x.channels() / 2 - half;
    k *= helper(n);
    let unknown = ::netcost::__macro::Operands::new(helper(n), k).add();
    z = ::netcost::__macro::Operands::new(z, z.relu().neg()).mul();
    let (a, b) = (x, n);
    ::netcost::__macro::Operands::new(a, b * n).sub()
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
