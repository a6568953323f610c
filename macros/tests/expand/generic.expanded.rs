#[allow(
    non_camel_case_types,
    missing_debug_implementations,
    missing_copy_implementations
)]
pub enum AlexNet<const H: usize, const W: usize = 224>
where
    Assert<{ H > 62 }>: True,
{}
impl<const H: usize, const W: usize> ::netcost::Declared for AlexNet<{ H }, { W }>
where
    Assert<{ H > 62 }>: True,
{
    const GRAPH: &'static ::netcost::__macro::Deployed = &{
        let mut __store = ::netcost::__macro::Deployed::new(
            ::netcost::__macro::Settings::new(),
        );
        let __builder = ::netcost::__macro::Builder::new(__store.graph_mut(), "AlexNet");
        let __graph = &__builder;
        let x = ::netcost::__macro::Builder::input(
            __graph,
            "x",
            ::netcost::__macro::Shape::new(&[3, H, W]),
        );
        #[allow(unused_braces)]
        let __out: ::netcost::__macro::Tensor<'_> = {
            x.conv2d(::netcost::layers::Conv2d::new(64, 11).stride(4).padding(2))
                .flatten()
                .linear(::netcost::layers::Linear::new(1000))
        };
        ::netcost::__macro::Builder::output(
            __graph,
            __out,
            ::netcost::__macro::Shape::new(&[1000]),
        );
        ::netcost::__macro::Builder::finish(__graph);
        ::netcost::__macro::Deployed::deploy(&mut __store);
        __store
    };
    const LIMITS: &'static [::netcost::__macro::Limit] = &[
        ::netcost::__macro::Limit {
            quantity: ::netcost::__macro::quantities::macs,
            per_layer: false,
            relation: ::netcost::__macro::Relation::AtMost,
            value: 1000000000u64,
            text: "macs <= 1G",
        },
    ];
    const ASSERT: () = {
        let __broken = ::netcost::__macro::first_broken::<
            Self,
        >(<Self as ::netcost::Declared>::LIMITS);
        if __broken == 0usize {
            ::netcost::__macro::exceeded::<Self>(<Self as ::netcost::Declared>::LIMITS)
        }
    };
    const STATELESS: () = ::netcost::__macro::check_stateless(Self::GRAPH);
}
impl<const H: usize, const W: usize> ::netcost::Network for AlexNet<{ H }, { W }>
where
    Assert<{ H > 62 }>: True,
{}
#[doc(hidden)]
#[allow(non_snake_case, dead_code)]
#[inline]
pub const fn AlexNet<'graph, const H: usize, const W: usize>(
    x: ::netcost::__macro::Tensor<'graph>,
) -> ::netcost::__macro::Tensor<'graph>
where
    Assert<{ H > 62 }>: True,
{
    let [__out] = x
        .builder()
        .splice(::netcost::__macro::block::<AlexNet<{ H }, { W }>>(), [x]);
    __out
}
#[cfg(not(explore))]
type Small = AlexNet<224, 224>;
#[cfg(not(explore))]
const _: () = {
    let _ = <Small as ::netcost::Network>::report;
    const __BUDGET: &[::netcost::__macro::Limit] = &[
        ::netcost::__macro::Limit {
            quantity: ::netcost::__macro::quantities::macs,
            per_layer: false,
            relation: ::netcost::__macro::Relation::AtMost,
            value: 1000000000u64,
            text: "macs <= 1G",
        },
    ];
    let _ = <Small as ::netcost::Declared>::GRAPH;
    let __broken = ::netcost::__macro::first_broken::<Small>(__BUDGET);
    if __broken == 0usize {
        ::netcost::__macro::exceeded::<Small>(__BUDGET)
    }
    let () = <Small as ::netcost::Declared>::ASSERT;
};
