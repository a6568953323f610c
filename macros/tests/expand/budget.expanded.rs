#[allow(
    non_camel_case_types,
    missing_debug_implementations,
    missing_copy_implementations
)]
enum Net {}
impl ::netcost::Declared for Net {
    const GRAPH: &'static ::netcost::__macro::Deployed = &{
        let mut __store = ::netcost::__macro::Deployed::new(
            ::netcost::__macro::Settings::new(),
        );
        let __builder = ::netcost::__macro::Builder::new(__store.graph_mut(), "Net");
        let __graph = &__builder;
        let x = ::netcost::__macro::Builder::input(
            __graph,
            "x",
            ::netcost::__macro::Shape::new(&[3]),
        );
        #[allow(unused_braces)]
        let __out: ::netcost::__macro::Tensor<'_> = { x.relu() };
        ::netcost::__macro::Builder::output(
            __graph,
            __out,
            ::netcost::__macro::Shape::new(&[3]),
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
            value: 3000000u64,
            text: "macs <= 3M",
        },
        ::netcost::__macro::Limit {
            quantity: ::netcost::__macro::quantities::flops,
            per_layer: true,
            relation: ::netcost::__macro::Relation::Below,
            value: 6200000u64,
            text: "layer.flops < 6.2M",
        },
        ::netcost::__macro::Limit {
            quantity: ::netcost::__macro::quantities::flash,
            per_layer: false,
            relation: ::netcost::__macro::Relation::Exactly,
            value: 65536u64,
            text: "flash == 64 KiB",
        },
        ::netcost::__macro::Limit {
            quantity: ::netcost::__macro::quantities::ram,
            per_layer: false,
            relation: ::netcost::__macro::Relation::AtMost,
            value: {
                let __written = 2 * LIMIT;
                let __limit = __written as u64;
                #[allow(clippy::float_cmp)]
                let __exact = __limit as f64 == __written as f64;
                ::core::assert!(__exact, "a limit is a whole number, and not negative");
                __limit
            },
            text: "ram <= 2 * LIMIT",
        },
        ::netcost::__macro::Limit {
            quantity: ::netcost::__macro::quantities::params,
            per_layer: false,
            relation: ::netcost::__macro::Relation::AtMost,
            value: {
                let __written = { limits::PARAMS };
                let __limit = __written as u64;
                #[allow(clippy::float_cmp)]
                let __exact = __limit as f64 == __written as f64;
                ::core::assert!(__exact, "a limit is a whole number, and not negative");
                __limit
            },
            text: "params <= { limits::PARAMS }",
        },
        ::netcost::__macro::Limit {
            quantity: ::netcost::__macro::quantities::traffic,
            per_layer: false,
            relation: ::netcost::__macro::Relation::AtMost,
            value: 1000000u64,
            text: "traffic <= 1 MB",
        },
    ];
    const STATELESS: () = ::netcost::__macro::check_stateless(Self::GRAPH);
}
impl ::netcost::Network for Net {}
#[doc(hidden)]
#[allow(non_snake_case, dead_code)]
#[inline]
const fn Net<'__g>(
    x: ::netcost::__macro::Tensor<'__g>,
) -> ::netcost::__macro::Tensor<'__g> {
    let [__out] = x.builder().splice(::netcost::__macro::block::<Net>(), [x]);
    __out
}
const _: () = {
    let _ = <Net as ::netcost::Declared>::GRAPH;
    let __broken = ::netcost::__macro::first_broken::<
        Net,
    >(<Net as ::netcost::Declared>::LIMITS);
    if __broken == 0usize {
        ::netcost::__macro::exceeded::<Net>(<Net as ::netcost::Declared>::LIMITS)
    }
    if __broken == 1usize {
        ::netcost::__macro::exceeded::<Net>(<Net as ::netcost::Declared>::LIMITS)
    }
    if __broken == 2usize {
        ::netcost::__macro::exceeded::<Net>(<Net as ::netcost::Declared>::LIMITS)
    }
    if __broken == 3usize {
        ::netcost::__macro::exceeded::<Net>(<Net as ::netcost::Declared>::LIMITS)
    }
    if __broken == 4usize {
        ::netcost::__macro::exceeded::<Net>(<Net as ::netcost::Declared>::LIMITS)
    }
    if __broken == 5usize {
        ::netcost::__macro::exceeded::<Net>(<Net as ::netcost::Declared>::LIMITS)
    }
    ::netcost::__macro::Warn::<
        {
            ::netcost::__macro::near::<
                Net,
            >(<Net as ::netcost::Declared>::LIMITS, 0usize, 90u64)
        },
    >::check();
    ::netcost::__macro::Warn::<
        {
            ::netcost::__macro::near::<
                Net,
            >(<Net as ::netcost::Declared>::LIMITS, 1usize, 90u64)
        },
    >::check();
};
