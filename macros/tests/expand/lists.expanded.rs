const fn lists<'graph>(
    x: Tensor<'graph>,
    skips: ::netcost::__macro::List<Tensor<'graph>>,
    grid: &[[Tensor<'graph>; 2]],
) -> ::netcost::__macro::List<Tensor<'graph>> {
    let __graph = x.builder();
    #[allow(unused_imports)]
    use ::netcost::__macro::refusals::*;
    let mut features = ::netcost::__macro::List::from_array([x]);
    let empty: ::netcost::__macro::List<(usize, Tensor<'_>)> = ::netcost::__macro::List::new();
    let mut other = ::netcost::__macro::List::<Tensor<'_>>::new();
    let repeated = ::netcost::__macro::List::repeat(x.relu(), 3 * x.channels());
    features
        .push(
            ::netcost::__macro::Operands::new((*features.at(0)).relu(), *repeated.at(1))
                .add(),
        );
    *features.at_mut(1) = ::netcost::__macro::Operands::new(
            *features.at(features.len() - 1),
            *skips.at(0),
        )
        .add();
    *features.at_mut(0) = ::netcost::__macro::Operands::new(*features.at(0), x).add();
    other
        .push(
            ::netcost::__macro::Builder::parameter(
                __graph,
                ::netcost::layers::Parameter::new([1]),
            ),
        );
    let array = [x, x];
    let first = array[0];
    while let Some(skip) = skips.pop() {
        features
            .push(
                ::netcost::__macro::Tensors([skip, grid[0][1]])
                    .concat(::netcost::layers::Concat::new()),
            );
    }
    features
}
