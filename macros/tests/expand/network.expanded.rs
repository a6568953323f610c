/// Keyword spotting.
#[cfg(feature = "kws")]
#[allow(clippy::many_single_char_names)]
#[allow(
    non_camel_case_types,
    missing_debug_implementations,
    missing_copy_implementations
)]
pub enum DsCnn {}
#[cfg(feature = "kws")]
#[allow(clippy::many_single_char_names)]
impl ::netcost::Declared for DsCnn {
    const GRAPH: &'static ::netcost::__macro::Deployed = &{
        let mut __store = ::netcost::__macro::Deployed::new(
            ::netcost::__macro::Settings::new(),
        );
        let __builder = ::netcost::__macro::Builder::new(__store.graph_mut(), "DsCnn");
        let __graph = &__builder;
        let x = ::netcost::__macro::Builder::input(
            __graph,
            "x",
            ::netcost::__macro::Shape::new(&[1, 49, 10]),
        );
        #[allow(unused_braces)]
        let __out: ::netcost::__macro::Tensor<'_> = {
            let mut x = x
                .conv2d(
                    ::netcost::layers::Conv2d::new(64, [10, 4])
                        .stride(2)
                        .padding(Same)
                        .bias(false),
                )
                .batch_norm(::netcost::layers::BatchNorm::new())
                .relu();
            {
                let [mut __next, __end] = [0, 4];
                while __next < __end {
                    let _ = __next;
                    __next += 1;
                    x = separable(x, 64);
                }
            }
            x.global_avg_pool().flatten().linear(::netcost::layers::Linear::new(CLASSES))
        };
        ::netcost::__macro::Builder::output(
            __graph,
            __out,
            ::netcost::__macro::Shape::new(&[CLASSES]),
        );
        ::netcost::__macro::Builder::finish(__graph);
        ::netcost::__macro::Deployed::deploy(&mut __store);
        __store
    };
    const STATELESS: () = ::netcost::__macro::check_stateless(Self::GRAPH);
}
#[cfg(feature = "kws")]
impl ::netcost::Network for DsCnn {}
#[cfg(feature = "kws")]
#[doc(hidden)]
#[allow(non_snake_case, dead_code)]
#[inline]
pub const fn DsCnn<'graph>(
    x: ::netcost::__macro::Tensor<'graph>,
) -> ::netcost::__macro::Tensor<'graph> {
    let [__out] = x.builder().splice(::netcost::__macro::block::<DsCnn>(), [x]);
    __out
}
#[cfg(feature = "kws")]
const _: () = {
    let _ = <DsCnn as ::netcost::Declared>::GRAPH;
    let _ = <DsCnn as ::netcost::Network>::COST;
};
#[cfg(feature = "kws")]
#[allow(clippy::many_single_char_names)]
const _: () = {
    const __WARN: bool = <DsCnn as ::netcost::Declared>::GRAPH.has_unread();
    {
        #[allow(dead_code)]
        struct Layers<const WARN: bool>;
        #[allow(dead_code)]
        impl Layers<true> {
            #[deprecated(
                note = "no output of `DsCnn` depends on some of its layers, so they are neither counted nor run: `DsCnn::UNREAD` and `report()` name them; write `#[allow(deprecated)]` if you mean it"
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
#[allow(
    non_camel_case_types,
    missing_debug_implementations,
    missing_copy_implementations
)]
enum Pair {}
impl crate::reexported::Declared for Pair {
    const GRAPH: &'static crate::reexported::__macro::Deployed = &{
        let mut __store = crate::reexported::__macro::Deployed::new(
            crate::reexported::__macro::Settings::new()
                .fuse()
                .dtype(crate::reexported::DataType::I8),
        );
        let __builder = crate::reexported::__macro::Builder::new(
            __store.graph_mut(),
            "Pair",
        );
        let __graph = &__builder;
        let mut a = crate::reexported::__macro::Builder::input(
            __graph,
            "a",
            crate::reexported::__macro::Shape::new(&[3, SIZE / 2, config::SIZE]),
        );
        let b = crate::reexported::__macro::Builder::input(
            __graph,
            "b",
            crate::reexported::__macro::Shape::new(&[4]),
        );
        #[allow(unused_braces)]
        let __out: (
            crate::reexported::__macro::Tensor<'_>,
            crate::reexported::__macro::Tensor<'_>,
        ) = '__body: {
            if a.channels() == 1 {
                break '__body (a, b);
            }
            a = a.relu();
            (a, b)
        };
        crate::reexported::__macro::Builder::output(
            __graph,
            __out.0,
            crate::reexported::__macro::Shape::new(&[3]),
        );
        crate::reexported::__macro::Builder::output(
            __graph,
            __out.1,
            crate::reexported::__macro::Shape::new(&[4]),
        );
        crate::reexported::__macro::Builder::finish(__graph);
        crate::reexported::__macro::Deployed::deploy(&mut __store);
        __store
    };
    const RUNS: () = crate::reexported::__macro::check_floats(Self::GRAPH);
    const STATELESS: () = crate::reexported::__macro::check_stateless(Self::GRAPH);
}
impl crate::reexported::Network for Pair {}
impl crate::reexported::Quantized for Pair {
    const LENGTHS: crate::reexported::__macro::quantized::Lengths = crate::reexported::__macro::quantized::Lengths::of::<
        Self,
    >(<Self as crate::reexported::Declared>::GRAPH);
    type ArenaBytes = [i8; { <Pair as crate::reexported::Quantized>::LENGTHS.arena }];
    const EMPTY: Self::ArenaBytes = [0; {
        <Pair as crate::reexported::Quantized>::LENGTHS.arena
    }];
    type WeightBytes = [u8; { <Pair as crate::reexported::Quantized>::LENGTHS.weights }];
    type Recipe = crate::reexported::__macro::quantized::WithWeights<
        { <Pair as crate::reexported::Quantized>::LENGTHS.steps },
        { <Pair as crate::reexported::Quantized>::LENGTHS.inputs },
        { <Pair as crate::reexported::Quantized>::LENGTHS.outputs },
    >;
    const KERNELS: u32 = crate::reexported::__macro::quantized::mask_declared(
        <Pair as crate::reexported::Declared>::GRAPH,
    );
}
impl crate::reexported::__macro::quantized::TakesWeights<
    { <Pair as crate::reexported::Quantized>::LENGTHS.weights },
    { <Pair as crate::reexported::Quantized>::LENGTHS.steps },
    { <Pair as crate::reexported::Quantized>::LENGTHS.inputs },
    { <Pair as crate::reexported::Quantized>::LENGTHS.outputs },
> for Pair {}
impl Pair {
    /// Starts the network: writes the first numbers of its state, which the runner keeps from one run to the next.
    #[inline]
    pub fn start<'a>(
        weights: &'a crate::reexported::Weights<Self>,
        arena: &'a mut crate::reexported::Arena<Self>,
    ) -> crate::reexported::QuantizedRunner<'a, Self> {
        crate::reexported::QuantizedRunner::new(weights, arena)
    }
    /// Runs the network on the inputs in the arena. The result derefs to the first output.
    ///
    /// # Errors
    /// If the steps are damaged, which only corrupted flash can cause.
    #[inline]
    pub fn run<'a>(
        weights: &crate::reexported::Weights<Self>,
        arena: &'a mut crate::reexported::Arena<Self>,
    ) -> ::core::result::Result<
        crate::reexported::Outputs<'a, i8>,
        crate::reexported::RunError,
    > {
        crate::reexported::__macro::quantized::run(weights, arena, |_| ())
    }
    /// The same, calling `after` with the index in `LAYERS` of each layer that a kernel has run.
    ///
    /// # Errors
    /// As `run`.
    #[inline]
    pub fn run_each<'a>(
        weights: &crate::reexported::Weights<Self>,
        arena: &'a mut crate::reexported::Arena<Self>,
        after: impl ::core::ops::FnMut(usize),
    ) -> ::core::result::Result<
        crate::reexported::Outputs<'a, i8>,
        crate::reexported::RunError,
    > {
        crate::reexported::__macro::quantized::run(weights, arena, after)
    }
}
#[doc(hidden)]
#[allow(non_snake_case, dead_code)]
#[inline]
const fn Pair<'graph>(
    a: crate::reexported::__macro::Tensor<'graph>,
    b: crate::reexported::__macro::Tensor<'graph>,
) -> (
    crate::reexported::__macro::Tensor<'graph>,
    crate::reexported::__macro::Tensor<'graph>,
) {
    let [__out0, __out1] = a
        .builder()
        .splice(crate::reexported::__macro::block::<Pair>(), [a, b]);
    (__out0, __out1)
}
const _: () = {
    let _ = <Pair as crate::reexported::Declared>::GRAPH;
    let _ = <Pair as crate::reexported::Network>::COST;
};
const _: () = {
    const __WARN: bool = <Pair as crate::reexported::Declared>::GRAPH.has_unread();
    {
        #[allow(dead_code)]
        struct Layers<const WARN: bool>;
        #[allow(dead_code)]
        impl Layers<true> {
            #[deprecated(
                note = "no output of `Pair` depends on some of its layers, so they are neither counted nor run: `Pair::UNREAD` and `report()` name them; write `#[allow(deprecated)]` if you mean it"
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
crate::reexported::__typelevel!(Pair);
#[allow(
    non_camel_case_types,
    missing_debug_implementations,
    missing_copy_implementations
)]
enum Heads {}
impl ::netcost::Declared for Heads {
    const GRAPH: &'static ::netcost::__macro::Deployed = &{
        let mut __store = ::netcost::__macro::Deployed::new(
            ::netcost::__macro::Settings::new(),
        );
        let __builder = ::netcost::__macro::Builder::new(__store.graph_mut(), "Heads");
        let __graph = &__builder;
        let x = ::netcost::__macro::Builder::input(
            __graph,
            "x",
            ::netcost::__macro::Shape::new(&[8]),
        );
        #[allow(unused_braces)]
        let __out: [::netcost::__macro::Tensor<'_>; HEADS] = {
            [x.linear(::netcost::layers::Linear::new(2)); HEADS]
        };
        let mut __next = 0usize;
        while __next < __out.len() {
            ::netcost::__macro::Builder::output(
                __graph,
                __out[__next],
                ::netcost::__macro::Shape::new(&[2]),
            );
            __next += 1;
        }
        ::netcost::__macro::Builder::finish(__graph);
        ::netcost::__macro::Deployed::deploy(&mut __store);
        __store
    };
    const STATELESS: () = ::netcost::__macro::check_stateless(Self::GRAPH);
}
impl ::netcost::Network for Heads {}
#[doc(hidden)]
#[allow(non_snake_case, dead_code)]
#[inline]
const fn Heads<'graph>(
    x: ::netcost::__macro::Tensor<'graph>,
) -> [::netcost::__macro::Tensor<'graph>; HEADS] {
    x.builder().splice(::netcost::__macro::block::<Heads>(), [x])
}
const _: () = {
    let _ = <Heads as ::netcost::Declared>::GRAPH;
    let _ = <Heads as ::netcost::Network>::COST;
};
const _: () = {
    const __WARN: bool = <Heads as ::netcost::Declared>::GRAPH.has_unread();
    {
        #[allow(dead_code)]
        struct Layers<const WARN: bool>;
        #[allow(dead_code)]
        impl Layers<true> {
            #[deprecated(
                note = "no output of `Heads` depends on some of its layers, so they are neither counted nor run: `Heads::UNREAD` and `report()` name them; write `#[allow(deprecated)]` if you mean it"
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
