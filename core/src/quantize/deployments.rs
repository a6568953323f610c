//! A declared network as it is calibrated, in `f32`, and as it is quantized, in 8-bit integers: the same layers under other
//! settings.

use core::marker::PhantomData;

use crate::base::dtype::DataType;
use crate::declared::Declared;
use crate::deploy::deployed::Deployed;
use crate::graph::graph::Graph;
use crate::graph::settings::Settings;
use crate::quantized::kernels::check;

/// The network in `f32`.
pub(super) struct Floats<N>(PhantomData<fn() -> N>);

impl<N: Declared> Declared for Floats<N> {
    const GRAPH: &'static Deployed = &deployed(N::GRAPH, Settings::new().fuse());
    const ASSERT: () = N::ASSERT;
}

/// The network in 8-bit integers, as it is deployed.
pub(super) struct Integers<N>(PhantomData<fn() -> N>);

impl<N: Declared> Declared for Integers<N> {
    const GRAPH: &'static Deployed = &deployed(
        N::GRAPH,
        match N::GRAPH.dtype() {
            DataType::I8 => N::GRAPH.graph().settings,
            _ => Settings::new().fuse().dtype(DataType::I8),
        },
    );
    const ASSERT: () = N::ASSERT;
    const RUNS: () = check(Self::GRAPH);
}

/// The layers of a network under other settings.
const fn deployed(network: &Deployed, settings: Settings) -> Deployed {
    let mut deployed = Deployed::new(settings);
    *deployed.graph_mut() = Graph { settings, ..*network.graph() };
    deployed.deploy();
    deployed
}
