//! What a report or a profile is about.

use crate::cost::cost::Cost;
use crate::cost::layer::Layer;
use crate::declared::Declared;
use crate::graph::settings::Deployment;
use crate::tables::Tables;

/// A network and its declared costs.
#[derive(Clone, Copy)]
pub(crate) struct Subject {
    pub network: &'static str,
    pub deployment: Deployment,
    pub cost: Cost,
    pub layers: &'static [Layer],
}

impl Subject {
    /// A declared network.
    pub fn of<D: Declared>() -> Self {
        Subject {
            network: Tables::<D>::NAME,
            deployment: const { Tables::<D>::DEPLOYMENT },
            cost: const { D::GRAPH.cost },
            layers: Tables::<D>::LAYERS,
        }
    }
}
