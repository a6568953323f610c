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
    let mut other: ::netcost::__macro::List<::netcost::__macro::Tensor<'_>> = ::netcost::__macro::List::<
        Tensor<'_>,
    >::new();
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
const fn filled_later<'graph>(x: Tensor<'graph>) -> Tensor<'graph> {
    #[allow(unused_imports)]
    use ::netcost::__macro::refusals::*;
    let mut skips: ::netcost::__macro::List<::netcost::__macro::Tensor<'_>> = ::netcost::__macro::List::new();
    let mut widths = ::netcost::__macro::List::new();
    let mut x = x;
    {
        let [mut __next, __end] = [0, 3];
        while __next < __end {
            let i = __next;
            __next += 1;
            if i > 0 {
                let skip = skips.pop().unwrap();
                x = ::netcost::__macro::Operands::new(skip, x).add();
            }
            skips.push(x.relu());
            widths.push(x.channels());
        }
    }
    x
}
