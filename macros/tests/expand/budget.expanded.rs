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
                #[allow(unused_imports)]
                use ::netcost::__macro::refusals::*;
                ::netcost::__macro::Written(2 * LIMIT).limit()
            },
            text: "ram <= 2 * LIMIT",
        },
        ::netcost::__macro::Limit {
            quantity: ::netcost::__macro::quantities::params,
            per_layer: false,
            relation: ::netcost::__macro::Relation::AtMost,
            value: {
                #[allow(unused_imports)]
                use ::netcost::__macro::refusals::*;
                ::netcost::__macro::Written({ limits::PARAMS }).limit()
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
const fn Net<'graph>(
    x: ::netcost::__macro::Tensor<'graph>,
) -> ::netcost::__macro::Tensor<'graph> {
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
    {
        const __WARN: bool = ::netcost::__macro::near::<
            Net,
        >(<Net as ::netcost::Declared>::LIMITS, 0usize, 90u64);
        {
            #[allow(dead_code)]
            struct Budget<const WARN: bool>;
            #[allow(dead_code)]
            impl Budget<true> {
                #[deprecated(
                    note = "`Net` uses 90% or more of its limit `macs <= 3M`; its `report()` shows how much"
                )]
                const NEARLY_USED: () = ();
            }
            #[allow(dead_code)]
            impl Budget<false> {
                const NEARLY_USED: () = ();
            }
            let () = Budget::<__WARN>::NEARLY_USED;
        }
    }
    {
        const __WARN: bool = ::netcost::__macro::near::<
            Net,
        >(<Net as ::netcost::Declared>::LIMITS, 1usize, 90u64);
        {
            #[allow(dead_code)]
            struct Budget<const WARN: bool>;
            #[allow(dead_code)]
            impl Budget<true> {
                #[deprecated(
                    note = "`Net` uses 90% or more of its limit `layer.flops < 6.2M`; its `report()` shows how much"
                )]
                const NEARLY_USED: () = ();
            }
            #[allow(dead_code)]
            impl Budget<false> {
                const NEARLY_USED: () = ();
            }
            let () = Budget::<__WARN>::NEARLY_USED;
        }
    }
};
const _: () = {
    const __WARN: bool = <Net as ::netcost::Declared>::GRAPH.has_unread();
    {
        #[allow(dead_code)]
        struct Layers<const WARN: bool>;
        #[allow(dead_code)]
        impl Layers<true> {
            #[deprecated(
                note = "no output of `Net` depends on some of its layers, so they are neither counted nor run: `Net::UNREAD` and `report()` name them; write `#[allow(deprecated)]` if you mean it"
            )]
            const UNREAD: () = ();
        }
        #[allow(dead_code)]
        impl Layers<false> {
            const UNREAD: () = ();
        }
        let () = Layers::<__WARN>::UNREAD;
    }
};
