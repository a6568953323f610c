const fn keywords<'graph>(x: Tensor<'graph>, kernel: impl Extent<2>) -> Tensor<'graph> {
    let __graph = x.builder();
    #[allow(unused_imports)]
    use ::netcost::__macro::refusals::*;
    let y = x
        .batch_norm(::netcost::layers::BatchNorm::new())
        .conv2d(::netcost::layers::Conv2d::new(64, kernel))
        .conv2d(::netcost::layers::Conv2d::new(8, [1, 3]).stride(2));
    let z = y
        .conv2d(
            ::netcost::layers::Conv2d::new(y.channels() * 2, 3)
                .padding((y.width() + 1) / 2),
        )
        .name(
            ::netcost::__macro::Name::new(
                &["conv", ".a{}"],
                &[(y.channels() + 1) as usize],
            ),
        );
    let z = z.relu().name(::netcost::__macro::Name::new(&[NAME], &[])).identity();
    ::netcost::__macro::Operands::new(
            ::netcost::__macro::Tensors([
                    z,
                    ::netcost::__macro::Tensors(
                            ::netcost::__macro::List::from_array([y, z]),
                        )
                        .concat(::netcost::layers::Concat::new().axis(1)),
                ])
                .concat(::netcost::layers::Concat::new())
                .name(::netcost::__macro::Name::new(&["cat"], &[])),
            ::netcost::__macro::Builder::parameter(
                __graph,
                ::netcost::layers::Parameter::new([z.channels(), 1, 1]),
            ),
        )
        .add()
}
const fn shadowed<'graph>(x: Tensor<'graph>, concat: Merge) -> Tensor<'graph> {
    concat(x)
}
const fn named<'graph>(x: Tensor<'graph>) -> Tensor<'graph> {
    let __graph = x.builder();
    {
        let [mut __next, __end] = [0, 2];
        while __next < __end {
            let i = __next;
            __next += 1;
            x = (match (x, x.channels() / 2) {
                (__0, __1) => {
                    let __scope = __graph
                        .enter(
                            ::netcost::__macro::Name::new(
                                &["layer", ""],
                                &[(i + 1) as usize],
                            ),
                        );
                    let __out = block::<3>(__0, __1);
                    __graph.leave(__scope);
                    __out
                }
            })
                .relu();
        }
    }
    let _ = match (&[x, x],) {
        (__0,) => {
            let __scope = __graph.enter(::netcost::__macro::Name::new(&["last"], &[]));
            let __out = block(__0);
            __graph.leave(__scope);
            __out
        }
    };
    x
}
