//! What tools count at a layer of a network.

use crate::deploy::deployed::Deployed;
use crate::op::row::Row;
use crate::tools::modules::Whole;

/// What is counted at a layer.
#[derive(Clone, Copy)]
pub(crate) struct Counted {
    pub row: Row,
    /// The module that it is part of, if tools see that as a whole.
    pub module: Option<Part>,
}

/// A module of several layers.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    pub operator: &'static str,
    /// The first layer of the module, and the last, which has its row.
    pub first: usize,
    pub last: usize,
}

impl Counted {
    pub const NOTHING: Counted = Counted { row: Row::UNCOUNTED, module: None };

    pub const fn of(deployed: &Deployed, node: usize) -> Self {
        let graph = &deployed.graph;
        let row = Row::of_node(deployed, node);
        let Some(whole) = Whole::around(graph, node) else { return Counted { row, module: None } };
        let operator = match whole.module.whole() {
            Some(operator) => operator,
            None => "",
        };
        let (first, last) = (graph.layer_number(whole.first), graph.layer_number(whole.last));
        Counted { row, module: Some(Part { operator, first, last }) }
    }
}
